//! What an act asks by words of its own: keys of the law's data, and texts between offices.

use serde::Deserialize;

/// What an act may name by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKey {
    /// A rule of `law/sector_rules.toml`.
    SectorRule,
    /// Measures of the record; every one that is in force where none is named.
    Measures,
}

impl NameKey {
    pub const fn key(self) -> &'static str {
        match self {
            Self::SectorRule => "sector_rule_key",
            Self::Measures => "measures",
        }
    }
}

/// A text of an office, which is sealed and reaches no letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextKey {
    Note,
    Question,
    Answer,
}

impl TextKey {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Question => "question",
            Self::Answer => "answer",
        }
    }

    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Note => ("记事", "note"),
            Self::Question => ("征求意见的问题", "question"),
            Self::Answer => ("答复意见", "comment"),
        }
    }
}

/// Key of the office that an act asks, and its title.
pub const OFFICE: &str = "office";
/// (zh, en) of it.
pub const OFFICE_TITLE: (&str, &str) = ("被征求意见的单位", "the office that is asked");
