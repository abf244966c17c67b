//! Guards of which no named property speaks, each with the reason: a file for each process, `proofs/irrelevant/<process>.toml`.
//! `xinxiu workflows prove --without-each-guard` removes every guard of every process one by one. Whatever breaks no property
//! must stand there, and whatever stands there must break none. What these guards do refuse is shown by tests, not by the model.

use domain::process::{Process, Verb};
use include_dir::{Dir, include_dir};
use serde::{Deserialize, de::Error};

use super::{Script, words};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/proofs/irrelevant");

/// A guard in some rows of a process.
#[derive(Clone, Debug)]
pub struct Irrelevant {
    pub process: Process,
    /// First word of the guard.
    pub guard: String,
    pub rows: Vec<Verb>,
    pub reason: String,
}

/// What stands of it in the file of its process.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    guard: String,
    rows: Vec<Verb>,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    irrelevant: Vec<Line>,
}

/// The list that is built into the program.
///
/// # Errors
/// Line and word that are wrong, or the file of no process.
pub fn list() -> Result<Vec<Irrelevant>, toml::de::Error> {
    let mut all = Vec::new();
    for file in FILES.files() {
        let stem = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let process = Process::from_key(stem).ok_or_else(|| toml::de::Error::custom(format!("{stem}: no process")))?;
        let text = file.contents_utf8().ok_or_else(|| toml::de::Error::custom(format!("{stem}: not UTF-8")))?;
        let lines = toml::from_str::<File>(text)?.irrelevant;
        all.extend(lines.into_iter().map(|Line { guard, rows, reason }| Irrelevant { process, guard, rows, reason }));
    }
    Ok(all)
}

impl Irrelevant {
    /// Whether it speaks of the guard at this place, counted from 0.
    pub fn names(&self, script: &Script<'_>, place: usize) -> bool {
        let Some(at) = script.places.get(place) else { return false };
        let row = &script.definition.transition[at.row];
        self.process == script.definition.key && self.rows.contains(&row.verb) && self.guard == words::guard_key(&row.guards[at.guard])
    }
}
