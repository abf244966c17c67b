//! A drafted paper: what stands on it, part by part.

use domain::sheet::{SheetKind, SheetPart};

use crate::evidence;

/// A part of a paper; a row of a table has several cells, everything else one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub part: SheetPart,
    pub cells: Vec<String>,
}

impl Part {
    pub fn of(part: SheetPart, text: impl Into<String>) -> Self {
        Self { part, cells: vec![text.into()] }
    }

    /// All that it says.
    pub fn text(&self) -> String {
        self.cells.join("　")
    }
}

/// A paper of a case in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub kind: SheetKind,
    pub title: String,
    /// 文号; with a blank in the place of the number before one is given, none of a paper without numbers.
    pub number: Option<String>,
    /// It was not issued: its number and date stand open.
    pub draft: bool,
    pub parts: Vec<Part>,
    /// What it lacks, in Chinese and English; its place on the paper says so.
    pub missing: Vec<(String, String)>,
}

impl Sheet {
    /// The digest of all its words: whoever signs it off names it, so that no other words are signed off.
    pub fn digest(&self) -> String {
        let parts: Vec<_> = self.parts.iter().map(|part| (part.part.key(), &part.cells)).collect();
        evidence::digest(serde_json::json!([self.kind.key(), parts]).to_string().as_bytes())
    }
}
