//! What a decision is: the entries it writes, each with its changes and notices.

use std::collections::BTreeMap;

use domain::{
    ids::{AccountId, CaseId, PersonId, SubjectId},
    letter::Letter,
    personal::Sealed,
    process::{Process, Verb},
    refusal::Reason,
};
use serde::Serialize;
use serde_json::Value;
use time::Date;

use crate::engine::sight::snapshot::Change;

/// Whether an entry records an accepted act or a lawful no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Accepted,
    Refused { reasons: Vec<Reason> },
}

/// One entry before it is sealed into the tree.
#[derive(Clone, Debug)]
pub struct Draft {
    pub process: Option<Process>,
    pub case: Option<CaseId>,
    /// The case's version after the act; none where refused or for administrative acts.
    pub version: Option<i64>,
    /// Position in this decision of the entry that caused it.
    pub cause: Option<usize>,
    /// Number of an entry before this decision that caused it.
    pub under: Option<u64>,
    pub verb: String,
    pub actor: Option<AccountId>,
    pub person: Option<PersonId>,
    /// Whom the actor stood in for: account and person.
    pub principal: Option<(AccountId, PersonId)>,
    /// The subject that the actor spoke for, and the binding of its authority.
    pub agency: Option<(SubjectId, CaseId)>,
    /// The office on whose behalf the actor acted.
    pub office: Option<String>,
    pub effective_on: Date,
    pub outcome: Outcome,
    pub definition: Option<(String, String)>,
    /// The input as the act brought it; personal texts are commitments.
    pub input: Value,
    /// What the guards looked at.
    pub facts: BTreeMap<String, Value>,
    pub changes: Vec<Change>,
    pub notices: Vec<NoticeDraft>,
    /// Follow-ups that were allowed to fail and did.
    pub skipped: Vec<Value>,
    pub cites: Vec<String>,
}

/// To whom a notice goes: an account, or an address that the application gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recipient {
    pub account: Option<AccountId>,
    pub address: Option<Sealed>,
}

/// A letter to be sent; its text is rendered when it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoticeDraft {
    pub letter: Letter,
    pub recipient: Recipient,
    pub arguments: Value,
}

/// The answer of [`crate::engine::decide`]; only it builds one.
#[derive(Clone, Debug)]
pub struct Decision {
    entries: Vec<Draft>,
}

impl Decision {
    pub(crate) fn new(entries: Vec<Draft>) -> Self {
        Self { entries }
    }

    pub(crate) fn extend(&mut self, more: impl IntoIterator<Item = Draft>) {
        self.entries.extend(more);
    }

    /// The act's own entry first, then its follow-ups in the order in which they were decided.
    pub fn entries(&self) -> &[Draft] {
        &self.entries
    }

    pub fn into_entries(self) -> Vec<Draft> {
        self.entries
    }

    /// The case that the act was about.
    pub fn case(&self) -> Option<CaseId> {
        self.entries.first().and_then(|entry| entry.case)
    }

    pub fn verb(&self) -> Option<Verb> {
        self.entries.first().and_then(|entry| Verb::from_key(&entry.verb))
    }
}

/// What an entry keeps of a value. Every value of an entry has a JSON form; one without would be a fault of this program, and
/// an entry that says `null` in its stead would be a false one: the act fails instead, and nothing is written.
pub(crate) fn written(value: &impl serde::Serialize) -> Value {
    match serde_json::to_value(value) {
        Ok(value) => value,
        Err(fault) => panic!("a value of an entry has no JSON form: {fault}"),
    }
}
