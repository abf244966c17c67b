//! Acts on cases of the process `proposal_batch`. Written from the law by `make generate`; not edited by hand.

use super::ProposalBatch;

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct ProposalBatchActs;

crate::case_mutations!(ProposalBatchActs, ProposalBatch, proposal_batch, {
    /// Submit the list. 提交名单。
    /// The policy office reviews it; keep the receipt. 提交后由政策法规科审核，报送单位留存回执。
    /// Who: head of the filing office. From: Draft.
    /// Law: The city's creation plan task 7. Letters: A proposed punishment list arrived (to the policy office); Proposed list handed over: keep the receipt (to the filing office). Since release 1.
    submit_proposal_batch SubmitProposalBatchInput SubmitProposalBatchPayload Submit {}
    /// Start the review. 开始审核。
    /// Who: policy reviewer. From: Submitted.
    /// Law: The city's creation plan task 7. Since release 1.
    start_proposal_review StartProposalReviewInput StartProposalReviewPayload StartReview {}
    /// Return to the filer. 退回报送单位。
    /// The whole list goes back; name every fault at once. 整份退回，一次写明全部问题。
    /// Who: policy reviewer. From: Submitted.
    /// A rule of the house. Letters: Proposed list returned (to the filing office); Proposed list returned (to the policy office). Since release 1.
    return_proposal_batch ReturnProposalBatchInput ReturnProposalBatchPayload ReturnToFiler {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Take the list up again. 重新办理名单。
    /// Who: officer of the filing office. From: Returned.
    /// A rule of the house. Since release 1.
    take_up_proposal_batch TakeUpProposalBatchInput TakeUpProposalBatchPayload TakeUpAgain {}
    /// Withdraw the list. 撤回名单。
    /// Who: head of the filing office. From: Draft; Submitted; Returned.
    /// A rule of the house. Letters: Proposed list withdrawn (to the filing office); Proposed list withdrawn (to the policy office). Since release 1.
    withdraw_proposal_batch WithdrawProposalBatchInput WithdrawProposalBatchPayload Withdraw {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
} many {
    /// Start the review, on many cases at once. 批量开始审核。
    /// Each is decided alone, as `startProposalReview` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    start_proposal_reviews StartProposalReviewsInput StartProposalReviewsPayload StartProposalReviewsResult StartReview {}
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[
    ("openProposalBatch", "Who: officer of the filing office. It opens a case.\nLaw: The city's creation plan task 7. Since release 1."),
    ("amendProposalBatch", "Who: officer of the filing office. From: Draft.\nA rule of the house. Since release 1."),
    (
        "sendProposalBatch",
        "Who: policy head; bureau leader. From: Decided, to be sent.\nLaw: The city's creation plan task 7. Letters: Proposed list sent to the province (to the filing office); Proposed list sent to the province (to the policy office). Since release 1.",
    ),
    (
        "sendProposalSupplement",
        "Who: policy head; bureau leader. From: Sent to the province; Partly answered.\nA rule of the house. Letters: Proposed list sent to the province (to the filing office); Proposed list sent to the province (to the policy office). Since release 1.",
    ),
];
