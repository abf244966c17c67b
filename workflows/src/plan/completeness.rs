//! Completeness (完整率): lines whose every required field is filled and of its type, of all lines that were sent.

use std::collections::HashMap;

use serde::Serialize;

use super::{
    cells::{self, CellType},
    share::{Counted, Failing, Share},
};

/// Whom a line is about, as far as required fields depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A legal person or another organisation.
    Org,
    /// A sole trader.
    Sole,
    /// A natural person.
    Person,
}

/// A field of an item of the catalogue.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    pub key: &'a str,
    pub cell: CellType<'a>,
    pub required: Required,
}

/// When a field has to be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Required {
    Never,
    Always,
    /// In lines about these.
    Kinds(Vec<LineKind>),
    /// When the field at this place is filled.
    With(usize),
}

/// A line as it was sent; of several with one key the last counts.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    pub key: &'a str,
    pub kind: LineKind,
    /// One for each field, in the order of the fields; empty where nothing was sent.
    pub values: Vec<&'a str>,
}

/// The share of lines, and beside it that of cells, which is never the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Completeness {
    #[serde(flatten)]
    pub counted: Counted,
    /// Required cells that are as they should be.
    pub cells: Share,
}

/// What a line is by the fields of its item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// What is wrong with its required cells, in the order of the fields.
    pub reasons: Vec<String>,
    /// Required cells that are as they should be, of all that are required.
    pub cells: Share,
}

/// Counts the latest version of each line.
pub fn completeness(fields: &[Field<'_>], lines: &[Line<'_>]) -> Completeness {
    let latest: HashMap<&str, &Line<'_>> = lines.iter().map(|line| (line.key, line)).collect();
    judged(latest.into_iter().map(|(key, line)| (key, judge(fields, line))))
}

/// Counts lines that were judged when they were sent, each key once.
pub fn judged<'a>(lines: impl Iterator<Item = (&'a str, Judged)>) -> Completeness {
    let (mut share, mut cells, mut failing) = (Share::default(), Share::default(), Vec::new());
    for (key, Judged { reasons, cells: own }) in lines {
        share.count(reasons.is_empty());
        (cells.num, cells.den) = (cells.num + own.num, cells.den + own.den);
        if !reasons.is_empty() {
            failing.push(Failing { key: key.to_owned(), reasons, of: Vec::new() });
        }
    }
    Completeness { counted: Counted::of(share, 0, failing), cells }
}

/// Looks at the required cells of a line.
pub fn judge(fields: &[Field<'_>], line: &Line<'_>) -> Judged {
    let value = |place: usize| cells::trimmed(line.values.get(place).copied().unwrap_or_default());
    let required = |field: &Field<'_>| match &field.required {
        Required::Never => false,
        Required::Always => true,
        Required::Kinds(kinds) => kinds.contains(&line.kind),
        Required::With(other) => cells::is_filled(value(*other)),
    };
    let mut found = Judged::default();
    for (place, field) in fields.iter().enumerate().filter(|(_, field)| required(field)) {
        let fault = field.cell.fault(value(place));
        found.cells.count(fault.is_none());
        found.reasons.extend(fault.map(|fault| format!("{fault}:{}", field.key)));
    }
    found
}
