//! Acts on cases of the process `account_binding`. Written from the law by `make generate`; not edited by hand.

use domain::paper::DateKey;
use time::Date;

use super::AccountBinding;

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct AccountBindingActs;

crate::case_mutations!(AccountBindingActs, AccountBinding, account_binding, {
    /// Approve the binding. 核准绑定。
    /// Compare the papers with the person first; the account may act for the subject from then on. 核对材料与本人一致后核准，账号即可代表该主体办理。
    /// Who: counter clerk. From: Requested.
    /// A rule of the house. Letters: Account binding approved (to the account that asked). Since release 1.
    approve_account_binding ApproveAccountBindingInput ApproveAccountBindingPayload Approve {
        /// 确认: true where it was checked.
        confirmed: bool => |i, v| i.confirmed(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Decline the binding. 不予绑定。
    /// Say which paper does not prove the right to act. 写明哪项材料不能证明代理权限。
    /// Who: counter clerk. From: Requested.
    /// A rule of the house. Letters: Account binding declined (to the account that asked). Since release 1.
    decline_account_binding DeclineAccountBindingInput DeclineAccountBindingPayload Decline {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Withdraw the request. 撤回绑定申请。
    /// Who: the requester. From: Requested.
    /// A rule of the house. Since release 1.
    withdraw_account_binding WithdrawAccountBindingInput WithdrawAccountBindingPayload Withdraw {}
    /// End the binding. 解除绑定。
    /// The requester or the counter may end it; the account acts for the subject no longer. 申请人或者窗口均可解除；解除后账号不再能代表该主体办理。
    /// Who: the requester; counter clerk. From: Bound.
    /// A rule of the house. Letters: Account binding ended (to the account that asked). Since release 1.
    end_account_binding EndAccountBindingInput EndAccountBindingPayload End {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
} many {
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[(
    "requestAccountBinding",
    "Who: any account. It opens a case.\nA rule of the house. Letters: A binding request awaits your office (to the policy office); Another account asks to act for your company (to the party). Since release 1.",
)];
