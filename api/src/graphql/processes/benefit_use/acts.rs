//! Acts on cases of the process `benefit_use`. Written from the law by `make generate`; not edited by hand.

use super::BenefitUse;

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct BenefitUseActs;

crate::case_mutations!(BenefitUseActs, BenefitUse, benefit_use, {
    /// Take back. 撤回。
    /// It no longer counts in plans. 撤回后不再计入工作方案。
    /// Who: head of the filing office. From: Noted.
    /// A rule of the house. Since release 1.
    withdraw_benefit_use WithdrawBenefitUseInput WithdrawBenefitUsePayload Withdraw {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
} many {
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[(
    "noteBenefitUse",
    "Who: officer of the filing office. It opens a case.\nLaw: Sichuan Social Credit Regulation art. 33. Since release 1.",
)];
