//! Guards of which no named property speaks, each with the reason.

use domain::process::{Process, Verb};
use serde::Deserialize;

use super::{Script, words};

/// One entry of the list: a guard in some rows of a process.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Irrelevant {
    pub process: Process,
    /// First word of the guard.
    pub guard: String,
    pub rows: Vec<Verb>,
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    irrelevant: Vec<Irrelevant>,
}

/// The list that is built into the program.
///
/// # Errors
/// Line and word that are wrong.
pub fn list() -> Result<Vec<Irrelevant>, toml::de::Error> {
    toml::from_str::<File>(include_str!("../../proofs/irrelevant.toml")).map(|file| file.irrelevant)
}

impl Irrelevant {
    /// Whether it speaks of the guard at this place, counted from 0.
    pub fn names(&self, script: &Script<'_>, place: usize) -> bool {
        let Some(at) = script.places.get(place) else { return false };
        let row = &script.definition.transition[at.row];
        self.process == script.definition.key && self.rows.contains(&row.verb) && self.guard == words::guard_key(&row.guards[at.guard])
    }
}
