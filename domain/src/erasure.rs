//! Erasing personal values that no duty keeps: what of, and on which ground of the law.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{AccountId, CaseId, SubjectId},
    process::titled,
};

/// Whose values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureTarget {
    /// A credit subject with everything in its cases.
    Subject(SubjectId),
    /// An account: login, name, address.
    Account(AccountId),
    /// What one case holds beside its subject.
    Case(CaseId),
}

impl ErasureTarget {
    /// The word and the id that a row holds.
    pub fn parts(self) -> (ErasureKind, String) {
        match self {
            Self::Subject(id) => (ErasureKind::Subject, id.to_string()),
            Self::Account(id) => (ErasureKind::Account, id.to_string()),
            Self::Case(id) => (ErasureKind::Case, id.to_string()),
        }
    }
}

titled! {
    /// The word for a target.
    ErasureKind {
        Subject = "subject" "信用主体" "credit subject",
        Account = "account" "账号" "account",
        Case = "case" "案件" "case",
    }
}

titled! {
    /// The grounds of the Personal Information Protection Law art. 47; a text would itself be personal.
    ErasureGround {
        /// The purpose is met, can no longer be met, or does not need the values any more.
        PurposeMet = "purpose_met" "处理目的已实现" "the purpose is met",
        /// The term of keeping is over.
        TermOver = "term_over" "保存期限已届满" "the term of keeping is over",
        /// Consent was withdrawn.
        ConsentWithdrawn = "consent_withdrawn" "个人撤回同意" "consent was withdrawn",
        /// They were processed against the law.
        Unlawful = "unlawful" "违法处理" "processed against the law",
    }
}
