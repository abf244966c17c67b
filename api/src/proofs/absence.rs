//! Nothing is published about somebody: the statement as a file, and its offline check.
//!
//! The house has bound itself to a list by an entry of its log, which names the root of the list's map. The file shows that in
//! the map of this root nothing stands at the keys of a code and of names, and that the entry stands in the signed log.

use domain::{
    entry::Entry,
    merkle::{Siblings, SparseMap, root_without},
    published::{KeyOf, Noted},
};
use serde::{Deserialize, Serialize};

use super::{ProofFault, inclusion};

/// The first words of the file; whoever reads them knows the rest.
pub const FORMAT: &str = "xinxiu absence v1";

/// A code or a name, and what shows that nothing stands at its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    of: KeyOf,
    /// In its canonical form.
    text: String,
    siblings: Siblings,
}

/// The file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    format: String,
    /// The time to which it speaks.
    at: String,
    keys: Vec<Shown>,
    /// The exact bytes of the entry that notes the list.
    entry: String,
    /// Proof that the entry is in the signed log (c2sp.org/tlog-proof@v1), with the checkpoint.
    proof: String,
}

/// What a good statement says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Absent {
    /// The time to which it speaks.
    pub at: String,
    /// Codes and names that are not on the list, each in its canonical form.
    pub codes: Vec<String>,
    pub names: Vec<String>,
    /// How many rows the list had.
    pub rows: u64,
    /// Root of the list's map.
    pub list: String,
    #[serde(flatten)]
    pub log: inclusion::Checked,
}

/// Whether a text claims to be such a file.
pub fn is_statement(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// A code or a name, in its canonical form.
pub type Of = (KeyOf, String);

/// Writes the statement that nothing stands at these keys; the first key at which something does stands in the error.
///
/// # Errors
/// Code or name under which the map holds something.
pub fn build<'a>(of: &'a [Of], map: &SparseMap, note: &Noted, entry: &str, proof: &str) -> Result<String, &'a Of> {
    let mut keys = Vec::new();
    for one @ (kind, text) in of {
        let siblings = map.without(&kind.key(text)).ok_or(one)?;
        keys.push(Shown { of: *kind, text: text.clone(), siblings });
    }
    let statement = Statement { format: FORMAT.to_owned(), at: note.at(), keys, entry: entry.to_owned(), proof: proof.to_owned() };
    Ok(serde_json::to_string_pretty(&statement).unwrap_or_default() + "\n")
}

/// Checks a statement offline: nothing but the file and the log's verifier key.
///
/// # Errors
/// [`ProofFault`] with what is wrong.
pub fn check(file: &str, key: &str) -> Result<Absent, ProofFault> {
    let statement: Statement =
        serde_json::from_str(file).map_err(|_| ProofFault::Form(FORMAT, "it is no such JSON, or a part of it is missing or unknown"))?;
    if statement.format != FORMAT {
        return Err(ProofFault::Form(FORMAT, "it says that it is in another format"));
    }
    let log = inclusion::check(&statement.proof, statement.entry.as_bytes(), key)?;
    let entry = Entry::from_bytes(statement.entry.as_bytes()).ok().filter(|entry| entry.index == log.index);
    let note = entry.as_ref().and_then(Noted::of).ok_or(ProofFault::NoList)?;
    if statement.at != note.at() {
        return Err(ProofFault::OtherTime { said: statement.at, noted: note.at() });
    }
    if statement.keys.is_empty() {
        return Err(ProofFault::Form(FORMAT, "it names neither code nor name"));
    }
    let (mut codes, mut names) = (Vec::new(), Vec::new());
    for Shown { of, text, siblings } in statement.keys {
        if of.canonical(&text) != text || root_without(&of.key(&text), &siblings) != Some(note.root) {
            return Err(ProofFault::NotAbsent(text));
        }
        if of == KeyOf::Code { &mut codes } else { &mut names }.push(text);
    }
    Ok(Absent { at: note.at(), codes, names, rows: note.rows, list: note.root.to_string(), log })
}
