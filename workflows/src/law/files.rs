//! The law as a set of files, path and text: those built into the program, and those loaded since.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use time::Date;

use super::fault::FileFault;

static LAW: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/law");
static DEFINITIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/definitions");

/// What a law file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A year's working days, `calendar/<year>.json`.
    Calendar,
    /// A process table, `definitions/<process>/<date>.<revision>.toml`.
    Definition,
    /// Terms and times of an instrument, `rulebooks/<name>.toml`.
    Rulebook,
    /// A plan of the city, `plans/<key>.<date>.<revision>.toml`.
    Plan,
    /// The words of an instrument's cited articles, `words/<source>.toml`.
    Words,
    /// One of the files of which there is one: what no instrument settles, list types, measures and the like.
    Single(&'static str),
}

/// Files of which there is one, each with the table that it is known by.
const SINGLES: [(&str, &str); 12] = [
    ("settings.toml", "setting"),
    ("list_types.toml", "list_type"),
    ("sources.toml", "source"),
    ("measures.toml", "measure"),
    ("retention.toml", "rule"),
    ("holidays.toml", "holiday"),
    ("sector_rules.toml", "sector_rule"),
    ("refusal_checks.toml", "refusal_check"),
    ("ledger_kinds.toml", "ledger_kind"),
    ("catalogue.toml", "item"),
    ("commitment_types.toml", "commitment_type"),
    ("schemes.toml", "scheme"),
];

impl Kind {
    /// The kind that a path stands for; none where no law file stands there.
    pub fn of_path(path: &str) -> Option<Self> {
        let inside = |folder: &str, ending: &str| {
            path.strip_prefix(folder)
                .and_then(|rest| rest.strip_suffix(ending))
                .is_some_and(|stem| !stem.is_empty() && stem.bytes().all(plain))
        };
        if inside("calendar/", ".json") {
            Some(Self::Calendar)
        } else if inside("definitions/", ".toml") {
            Some(Self::Definition)
        } else if inside("rulebooks/", ".toml") {
            Some(Self::Rulebook)
        } else if inside("plans/", ".toml") {
            Some(Self::Plan)
        } else if inside("words/", ".toml") {
            Some(Self::Words)
        } else {
            SINGLES.iter().find(|(known, _)| *known == path).map(|(known, _)| Self::Single(known))
        }
    }

    /// Whether a file of this kind is in force from a day of its own: it is released, and never changed afterwards.
    pub const fn is_dated(self) -> bool {
        matches!(self, Self::Definition | Self::Rulebook | Self::Plan)
    }

    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Calendar => ("工作日历", "working-day calendar"),
            Self::Definition => ("办理规则", "process table"),
            Self::Rulebook => ("实体规则", "rulebook"),
            Self::Plan => ("工作方案", "plan"),
            Self::Words => ("条文", "words of articles"),
            Self::Single(_) => ("设置和清单", "settings and lists"),
        }
    }
}

const fn plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/')
}

/// What tells a file's kind and place.
#[derive(Deserialize)]
struct Heading {
    #[serde(default)]
    key: Option<String>,
    #[serde(default)]
    in_force_from: Option<toml::value::Datetime>,
    #[serde(default)]
    revision: Option<u32>,
    #[serde(flatten)]
    rest: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct Year {
    year: i32,
}

/// Where a file belongs, known from its content; `name` is what it is called outside.
///
/// # Errors
/// Where the text cannot be read, or is of no known kind.
pub fn path_of(name: &str, text: &str) -> Result<String, FileFault> {
    let file = name.rsplit('/').next().unwrap_or(name);
    if text.trim_start().starts_with('{') {
        let year: Year = serde_json::from_str(text).map_err(|fault| FileFault::json(name, &fault))?;
        return Ok(format!("calendar/{}.json", year.year));
    }
    let heading: Heading = toml::from_str(text).map_err(|fault| FileFault::toml(name, text, &fault))?;
    if heading.rest.contains_key("transition") || heading.rest.contains_key("chosen_by") {
        let missing = |what: &str| FileFault::at(name, text, &format!("a process table needs “{what}”"));
        let key = heading.key.ok_or_else(|| missing("key"))?;
        let from = heading.in_force_from.ok_or_else(|| missing("in_force_from"))?;
        let revision = heading.revision.ok_or_else(|| missing("revision"))?;
        return Ok(format!("definitions/{key}/{from}.{revision}.toml"));
    }
    if heading.rest.contains_key("row") && heading.rest.contains_key("stage") {
        let missing = |what: &str| FileFault::at(name, text, &format!("a plan needs “{what}”"));
        let key = heading.key.ok_or_else(|| missing("key"))?;
        let from = heading.in_force_from.ok_or_else(|| missing("in_force_from"))?;
        let revision = heading.revision.ok_or_else(|| missing("revision"))?;
        return Ok(format!("plans/{key}.{from}.{revision}.toml"));
    }
    if heading.rest.contains_key("instrument") {
        return Ok(format!("rulebooks/{file}"));
    }
    if heading.rest.contains_key("article") {
        let source = heading.rest.get("source").and_then(toml::Value::as_str);
        return source
            .map(|source| format!("words/{source}.toml"))
            .ok_or_else(|| FileFault::at(name, text, "the words of articles need “source”, the key of their instrument"));
    }
    let single = SINGLES.iter().find(|(_, table)| heading.rest.contains_key(*table));
    single.map(|(path, _)| (*path).to_owned()).ok_or_else(|| {
        FileFault::at(name, text, "is of no known kind; allowed: a calendar year (JSON), a process table, a rulebook, the words of articles, a plan, settings, list types, sources, measures, retention, holidays, kinds of ledger entries, the catalogue, types of commitments, schemes")
    })
}

/// Path and text of every file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LawFiles(BTreeMap<String, String>);

impl LawFiles {
    /// The files built into the program.
    pub fn embedded() -> Self {
        let mut files = BTreeMap::new();
        gather(&LAW, "", &mut files);
        gather(&DEFINITIONS, "definitions/", &mut files);
        files.retain(|path, _| Kind::of_path(path).is_some());
        Self(files)
    }

    /// The same files and one more, which takes the place of what stood at its path.
    #[must_use]
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Files of a folder, by the rest of their path.
    pub fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.iter().filter_map(move |(path, text)| Some((path.strip_prefix(folder)?, text)))
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

fn gather(folder: &Dir<'_>, prefix: &str, files: &mut BTreeMap<String, String>) {
    for file in folder.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.insert(format!("{prefix}{path}"), text.to_owned());
        }
    }
    for inner in folder.dirs() {
        gather(inner, prefix, files);
    }
}

/// SHA-256 of a text, as entries and rows name it.
pub fn sha256(text: &str) -> String {
    format!("{:x}", Sha256::digest(text.as_bytes()))
}

/// From when a rulebook, a process table or a plan is in force, and why it may reach back before the day of loading.
#[derive(Clone, Debug, Deserialize)]
pub struct Reach {
    #[serde(deserialize_with = "super::dates::day")]
    pub in_force_from: Date,
    #[serde(default)]
    pub retroactive: Option<String>,
}
