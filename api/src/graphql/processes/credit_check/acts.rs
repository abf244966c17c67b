//! Acts on cases of the process `credit_check`. Written from the law by `make generate`; not edited by hand.

use super::CreditCheck;

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct CreditCheckActs;

crate::case_mutations!(CreditCheckActs, CreditCheck, credit_check, {
    /// Ask again. 重新查询。
    /// Today’s answer takes the place of the earlier one, which stays in the trail. 以今日的结果取代原结果；原结果留痕。
    /// Who: officer of the filing office. From: Answered, outcome to be noted.
    /// Law: Sichuan Social Credit Regulation art. 30. Since release 1.
    ask_credit_check_again AskCreditCheckAgainInput AskCreditCheckAgainPayload AskAgain {}
    /// Take back. 撤回。
    /// It no longer counts in plans. 撤回后不再计入工作方案。
    /// Who: head of the filing office. From: Answered, outcome to be noted; Outcome noted.
    /// A rule of the house. Since release 1.
    withdraw_credit_check WithdrawCreditCheckInput WithdrawCreditCheckPayload Withdraw {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
} many {
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[
    (
        "openCreditCheck",
        "Who: officer of the filing office. It opens a case.\nLaw: Sichuan Social Credit Regulation art. 30. Since release 1.",
    ),
    (
        "concludeCreditCheck",
        "Who: officer of the filing office. From: Answered, outcome to be noted.\nLaw: Sichuan Social Credit Regulation art. 30; Sichuan Social Credit Regulation art. 33. Since release 1.",
    ),
    (
        "concludeCreditCheckAgainst",
        "Who: head of the filing office. From: Answered, outcome to be noted.\nLaw: Sichuan Social Credit Regulation art. 30; Guiding opinions on restraining untrustworthiness point 8. Letters: A credit check went against you (to the party). Since release 1.",
    ),
];
