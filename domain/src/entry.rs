//! An audit entry: the exact bytes that are hashed into the tree (RFC 8785 JSON, integers only).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use time::Date;

use crate::{
    ids::{AccountId, CaseId, PersonId, SubjectId},
    moment::Micros,
};

/// One entry of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Position in the tree, from 0.
    pub index: u64,
    pub process: Option<String>,
    pub case: Option<CaseId>,
    /// The case's version after the act; none for refusals and administrative acts.
    pub version: Option<i64>,
    /// The entry that caused this one.
    pub cause: Option<u64>,
    pub verb: String,
    pub actor: Option<AccountId>,
    pub person: Option<PersonId>,
    /// The account for which the actor stood in, and its person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting_for: Option<AccountId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<PersonId>,
    /// The subject that the actor spoke for, and the binding that its authority is kept with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_subject: Option<SubjectId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<CaseId>,
    pub office: Option<String>,
    /// The legal day as of which the act holds.
    pub effective_on: Date,
    pub recorded_at: Micros,
    /// Written on a demo clock.
    pub simulated: bool,
    /// The machine's clock, where it could not be believed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<MachineClock>,
    pub outcome: Value,
    pub definition: Option<(String, String)>,
    /// Digests of rulebooks, calendars and settings at the time.
    pub law: Map<String, Value>,
    pub input: Value,
    pub facts: Map<String, Value>,
    pub changes: Vec<Value>,
    pub notices: Vec<Value>,
    pub skipped: Vec<Value>,
    pub cites: Vec<String>,
}

/// A machine's clock that is far from the last time that is known to be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineClock {
    /// What it says.
    pub says: Micros,
    /// The last time that is known: of the entry before, or of the last witness.
    pub known: Micros,
}

/// What a list tells of an entry; what it was decided on and what it changed stand in the entry alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLine {
    pub index: u64,
    pub case: Option<CaseId>,
    pub version: Option<i64>,
    pub cause: Option<u64>,
    /// None of an act of the house.
    pub process: Option<String>,
    pub verb: String,
    pub actor: Option<AccountId>,
    pub office: Option<String>,
    pub effective_on: Date,
    pub recorded_at: Micros,
    pub accepted: bool,
}

impl From<&Entry> for EntryLine {
    fn from(entry: &Entry) -> Self {
        Self {
            index: entry.index,
            case: entry.case,
            version: entry.version,
            cause: entry.cause,
            process: entry.process.clone(),
            verb: entry.verb.clone(),
            actor: entry.actor,
            office: entry.office.clone(),
            effective_on: entry.effective_on,
            recorded_at: entry.recorded_at,
            accepted: entry.accepted(),
        }
    }
}

impl Entry {
    /// Whether the act was accepted.
    pub fn accepted(&self) -> bool {
        self.outcome == Value::String("accepted".to_owned())
    }

    /// The exact bytes: canonical JSON.
    ///
    /// # Errors
    /// When a value cannot be written, which only a float could cause.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json_canonicalizer::to_vec(self)
    }

    /// # Errors
    /// When the bytes are no entry.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}
