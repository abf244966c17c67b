//! Acts on cases of the process `ledger_entry`. Written from the law by `make generate`; not edited by hand.

use super::LedgerEntry;

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct LedgerEntryActs;

crate::case_mutations!(LedgerEntryActs, LedgerEntry, ledger_entry, {
    /// Take back. 撤回。
    /// It no longer counts in plans. 撤回后不再计入工作方案。
    /// Who: head of the filing office. From: To be completed; Noted.
    /// A rule of the house. Since release 1.
    withdraw_ledger_entry WithdrawLedgerEntryInput WithdrawLedgerEntryPayload Withdraw {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
} many {
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[
    ("noteLedgerEntry", "Who: officer of the filing office. It opens a case.\nLaw: The city's creation plan. Since release 1."),
    ("openLedgerEntry", "Who: officer of the filing office. It opens a case.\nA rule of the house. Since release 1."),
    ("amendLedgerEntry", "Who: officer of the filing office. From: To be completed.\nA rule of the house. Since release 1."),
    ("concludeLedgerEntry", "Who: officer of the filing office. From: To be completed.\nLaw: The city's creation plan. Since release 1."),
    ("correctLedgerEntry", "Who: officer of the filing office. From: Noted.\nA rule of the house. Since release 1."),
];
