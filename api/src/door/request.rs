//! A command as it waits at the door, and its answer.

use std::sync::Arc;

use domain::{
    command::Command,
    entry::Entry,
    ids::{AccountId, CaseId, RowId},
    refusal::Refusal,
    rows::Case,
};
use tokio::sync::oneshot;

use crate::store::StoreFault;

/// A personal value that is written with the act; the command carries only its commitment.
#[derive(Clone, Debug)]
pub struct PersonalDraft {
    pub id: uuid::Uuid,
    pub path: String,
    pub salt: String,
    pub key_id: String,
    /// Base64 of nonce and ciphertext.
    pub sealed: String,
}

/// The hash of a password, kept with the act that sets it; no part of the trail.
#[derive(Clone)]
pub struct Credential {
    pub account: AccountId,
    pub hash: String,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential").field("account", &self.account).finish_non_exhaustive()
    }
}

/// What is to be done.
#[derive(Clone, Debug)]
pub enum Work {
    Act {
        command: Box<Command>,
        expected_version: Option<i64>,
        /// Account and idempotency key, with the hashes under which the input may have been kept, the newest first.
        receipt: Option<(String, Vec<String>)>,
        /// Whether a refusal is kept in the trail: a signed-in person who may see the case.
        keep_refusal: bool,
        personal: Vec<PersonalDraft>,
        /// Written only with an accepted act; the account's tokens end with it.
        credential: Option<Credential>,
    },
    /// A deadline that has passed.
    Ring { deadline: RowId, case: CaseId },
    /// A case that a newer law takes over.
    Move { case: CaseId },
}

/// An accepted act, or the receipt of one.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// Number of the act's own entry.
    pub entry: u64,
    /// The entry itself, where the act was written just now.
    pub written: Option<Box<Entry>>,
    pub case: Option<CaseId>,
    /// The case as the act left it.
    pub row: Option<Box<Case>>,
    /// Entries of its follow-ups.
    pub follow_ups: Vec<u64>,
    /// The same key was answered before.
    pub repeated: bool,
}

/// What a caller gets.
#[derive(Clone, Debug)]
pub enum Answer {
    Accepted(Accepted),
    Refused {
        refusal: Refusal,
        entry: Option<u64>,
    },
    /// A timer that no longer runs.
    Nothing,
}

/// Why no answer could be given.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DoorFault {
    #[error("the case is at version {current}")]
    Conflict { current: i64 },
    #[error("there is no such case")]
    NotFound,
    #[error("this idempotency key was used with other input")]
    KeyReused,
    #[error("too many acts wait; try again in a few seconds")]
    Busy,
    #[error("the act could not be written: {0}")]
    Store(Arc<StoreFault>),
}

impl From<StoreFault> for DoorFault {
    fn from(fault: StoreFault) -> Self {
        Self::Store(Arc::new(fault))
    }
}

/// One waiting piece of work.
#[derive(Debug)]
pub struct Request {
    pub work: Work,
    pub answer: oneshot::Sender<Result<Answer, DoorFault>>,
}
