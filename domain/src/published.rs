//! The published list as a map: under which keys a row stands, which text stands for it, and what an entry says of the whole.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    canonical,
    entry::Entry,
    merkle::{Hash, Key},
    moment::Micros,
    rows::Listed,
};

/// What a key is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyOf {
    Code,
    Name,
}

impl KeyOf {
    const fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Name => "name",
        }
    }

    /// The one form of a code or a name that its key is made of.
    pub fn canonical(self, text: &str) -> String {
        match self {
            Self::Code => canonical::code(text),
            Self::Name => canonical::name(text),
        }
    }

    /// The key of a canonical text: the first half of SHA-256 over a word of its own and the text, so that no name meets a code.
    pub fn key(self, canonical: &str) -> Key {
        let digest = Sha256::new().chain_update(format!("xinxiu published {} v1\n", self.word())).chain_update(canonical).finalize();
        let mut key = Key::default();
        key.copy_from_slice(&digest[..16]);
        key
    }
}

/// Every key under which a row stands: of its code, where it has one, and of its name.
pub fn keys(row: &Listed) -> Vec<Key> {
    let code = row.uscc.as_deref().filter(|code| !code.is_empty()).map(|code| KeyOf::Code.key(&KeyOf::Code.canonical(code)));
    code.into_iter().chain([KeyOf::Name.key(&row.name_key)]).collect()
}

/// The cells of a row in the open data.
pub fn cells(row: &Listed) -> Vec<String> {
    vec![
        row.number.clone(),
        row.name.clone(),
        row.uscc.clone().unwrap_or_default(),
        row.class.title().0.to_owned(),
        row.decision_number.clone(),
        row.decided_on.to_string(),
        row.violation.clone(),
        row.content.clone(),
        row.shown_from.to_string(),
        row.last_day.to_string(),
    ]
}

/// The text of a row that is hashed: its cells as a JSON list, none with the apostrophe by which a file keeps programs from
/// calculating.
pub fn row_text(cells: &[String]) -> String {
    let bare: Vec<_> = cells.iter().map(|cell| cell.trim_start_matches('\'')).collect();
    serde_json::to_string(&bare).unwrap_or_default()
}

/// What an entry says of the published list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Number of the entry.
    pub index: u64,
    pub as_of: Micros,
    /// Entries of the trail after which the list stood so.
    pub at_size: u64,
    pub root: Hash,
    pub rows: u64,
    /// Id of the key that the day's salts are made with.
    pub salted_by: String,
}

/// The act as its entry has it.
#[derive(Deserialize)]
struct Input {
    as_of: Micros,
    at_size: u64,
    root: Hash,
    rows: u64,
    salted_by: String,
}

impl Noted {
    /// The word of the act.
    pub const VERB: &str = "note_published";

    /// What an entry says of the list; none where it is another act, was refused, or is not the house's own.
    pub fn of(entry: &Entry) -> Option<Self> {
        if entry.verb != Self::VERB || !entry.accepted() || entry.actor.is_some() {
            return None;
        }
        let Input { as_of, at_size, root, rows, salted_by } = serde_json::from_value(entry.input.get("admin")?.clone()).ok()?;
        Some(Self { index: entry.index, as_of, at_size, root, rows, salted_by })
    }

    /// The time to which it speaks, in seconds, as files write it.
    pub fn at(&self) -> String {
        let at = self.as_of.shanghai();
        format!("{}T{:02}:{:02}:{:02}+08:00", at.date(), at.hour(), at.minute(), at.second())
    }
}
