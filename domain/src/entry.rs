//! An audit entry: the exact bytes that are hashed into the tree (RFC 8785 JSON, integers only).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use time::Date;

use crate::{
    ids::{AccountId, CaseId, PersonId, SubjectId},
    moment::Micros,
};

/// Bytes of an entry, more than most have.
const ROOM: usize = 4096;

/// One entry of the trail. Its fields stand in the order of their names, in which RFC 8785 writes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The account for which the actor stood in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acting_for: Option<AccountId>,
    pub actor: Option<AccountId>,
    /// The binding that the authority to speak for a subject is kept with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<CaseId>,
    pub case: Option<CaseId>,
    /// The entry that caused this one.
    pub cause: Option<u64>,
    pub changes: Vec<Value>,
    pub cites: Vec<String>,
    /// The machine's clock, where it could not be believed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<MachineClock>,
    pub definition: Option<(String, String)>,
    /// The legal day as of which the act holds.
    pub effective_on: Date,
    pub facts: Map<String, Value>,
    /// The subject that the actor spoke for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_subject: Option<SubjectId>,
    /// Position in the tree, from 0.
    pub index: u64,
    pub input: Value,
    /// Digests of rulebooks, calendars and settings at the time.
    pub law: Map<String, Value>,
    pub notices: Vec<Value>,
    pub office: Option<String>,
    pub outcome: Value,
    pub person: Option<PersonId>,
    /// The person of the account for which the actor stood in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<PersonId>,
    pub process: Option<String>,
    pub recorded_at: Micros,
    /// Written on a demo clock.
    pub simulated: bool,
    pub skipped: Vec<Value>,
    pub verb: String,
    /// The case's version after the act; none for refusals and administrative acts.
    pub version: Option<i64>,
}

/// A machine's clock that is far from the last time that is known to be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineClock {
    /// The last time that is known: of the entry before, or of the last witness.
    pub known: Micros,
    /// What it says.
    pub says: Micros,
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

    /// The exact bytes: canonical JSON (RFC 8785). Plain `serde_json` writes it, since every object is written in the order of
    /// its names, no name goes beyond the basic plane and every number is an integer below 2^53; a test holds this against a
    /// canonicalizer.
    ///
    /// # Errors
    /// When a value cannot be written, which no entry's can.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = Vec::with_capacity(ROOM);
        serde_json::to_writer(&mut bytes, self)?;
        Ok(bytes)
    }

    /// # Errors
    /// When the bytes are no entry.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}
