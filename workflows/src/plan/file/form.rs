//! What a plan file may say.

use std::collections::BTreeMap;

use domain::record::Sector;
use serde::Deserialize;
use time::Date;

use super::words::{By, Count, Evidence, Theme};
use crate::law::{Words, dates};

/// A plan. Date and revision are its version; a released file is never edited.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub key: String,
    /// Day of issue.
    #[serde(deserialize_with = "dates::day")]
    pub in_force_from: Date,
    pub revision: u32,
    /// Why it may reach back before the day on which it is loaded.
    #[serde(default)]
    pub retroactive: Option<String>,
    pub title: Words,
    /// As the city numbers it.
    pub number: String,
    /// A citation.
    pub source: String,
    /// The plan's period; everything is counted inside it.
    #[serde(deserialize_with = "dates::day")]
    pub first: Date,
    #[serde(deserialize_with = "dates::day")]
    pub last: Date,
    pub task: Vec<Task>,
    pub stage: Vec<Stage>,
    pub office: Vec<Named>,
    #[serde(default)]
    pub group: Vec<Group>,
    pub post: Vec<Named>,
    /// The office that answers for a field.
    #[serde(default)]
    pub field: Vec<FieldOffice>,
    pub section: Vec<Section>,
    /// Points that the plan gives several rows together.
    #[serde(default)]
    pub unsplit: Vec<Unsplit>,
    pub row: Vec<Row>,
    /// What the text asks beside the table: counted on the board, never in the score.
    #[serde(default)]
    pub duty: Vec<Duty>,
    /// What is counted on the board and opens no task.
    #[serde(default)]
    pub watch: Vec<Watch>,
}

/// A main task of the text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    pub no: u32,
    pub zh: String,
    pub en: String,
}

/// A part of the period.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub key: String,
    pub zh: String,
    pub en: String,
    #[serde(deserialize_with = "dates::day")]
    pub first: Date,
    #[serde(deserialize_with = "dates::day")]
    pub last: Date,
}

/// An office as the plan calls it, or a post.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub key: String,
    pub zh: String,
    pub en: String,
}

/// Offices that rows name together, as `@key`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub key: String,
    pub offices: Vec<String>,
}

/// A field with the office that answers for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldOffice {
    pub key: Sector,
    pub office: String,
}

/// A section of the table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub no: u32,
    pub zh: String,
    pub en: String,
    #[serde(default)]
    pub points: Option<u32>,
}

/// Points of several rows that the plan does not split.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsplit {
    pub rows: Vec<u32>,
    pub points: u32,
}

/// A row of the table. Each owner gets one task.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub no: u32,
    pub section: u32,
    pub zh: String,
    pub en: String,
    pub lead: Vec<String>,
    pub owners: Vec<String>,
    /// The stage by whose end it has to be met.
    pub due: String,
    #[serde(default)]
    pub bonus: bool,
    #[serde(default)]
    pub points: Option<Points>,
    /// All of them have to be met.
    pub measure: Vec<Measure>,
    pub evidence: Vec<Evidence>,
}

/// What a row is worth.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Points {
    /// Where it is met.
    Full(u32),
    /// For every field.
    EachField(u32),
}

/// A duty beside the table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub owners: Vec<String>,
    pub due: String,
    pub measure: Vec<Measure>,
    pub evidence: Vec<Evidence>,
}

/// A line of the board without a quota.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub count: Count,
    #[serde(default)]
    pub of: Vec<String>,
}

/// What is counted, and how much of it is enough for whom.
#[derive(Clone, Debug, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a word of the file each")]
#[serde(deny_unknown_fields)]
pub struct Measure {
    pub count: Count,
    /// Kinds of it that count.
    #[serde(default)]
    pub of: Vec<String>,
    #[serde(default)]
    pub theme: Option<Theme>,
    /// Only what the public sees counts.
    #[serde(default)]
    pub shown: bool,
    /// Only what is about something concluded counts.
    #[serde(default)]
    pub concluded: bool,
    /// Of all owners together.
    #[serde(default)]
    pub at_least: Option<u32>,
    #[serde(default)]
    pub each_owner: Option<u32>,
    /// A group of the owners: `each_owner` is asked of these alone.
    #[serde(default)]
    pub each_of: Option<String>,
    /// In every full month of the period, up to the day on which it is due.
    #[serde(default)]
    pub each_month: Option<u32>,
    #[serde(default)]
    pub each_field: Option<u32>,
    #[serde(default)]
    pub each_kind: Option<u32>,
    /// A rate: the whole.
    #[serde(default)]
    pub all: bool,
    /// Met for each owner when the row is met.
    #[serde(default)]
    pub shared: bool,
    /// What tells whose a thing is; its own office where nothing is said.
    #[serde(default)]
    pub by: Option<By>,
    /// With `by = "kind"`: the owner of each kind.
    #[serde(default)]
    pub kinds: BTreeMap<String, String>,
}

/// Rows, one at a time, where the whole cannot be read.
#[derive(Deserialize)]
pub(super) struct Parts {
    #[serde(default, rename = "row")]
    _row: Vec<Row>,
    #[serde(default, rename = "duty")]
    _duty: Vec<Duty>,
    #[serde(default, rename = "stage")]
    _stage: Vec<Stage>,
    #[serde(default, rename = "watch")]
    _watch: Vec<Watch>,
}

impl Plan {
    /// Key, date and revision, as its file is called.
    pub fn version(&self) -> String {
        format!("{}.{}.{}", self.key, self.in_force_from, self.revision)
    }

    /// Key and first day: what stays the same where a newer version of the plan comes.
    pub fn run(&self) -> String {
        format!("{}.{}", self.key, self.first)
    }

    /// Offices of a list of owners, each once; a group gives its offices.
    pub fn offices<'a>(&'a self, owners: &'a [String]) -> Vec<&'a str> {
        let mut found: Vec<&str> = Vec::new();
        for owner in owners {
            let group = owner.strip_prefix('@').and_then(|key| self.group.iter().find(|group| group.key == key));
            let offices = group.map_or_else(|| vec![owner.as_str()], |group| group.offices.iter().map(String::as_str).collect());
            for office in offices {
                if !found.contains(&office) {
                    found.push(office);
                }
            }
        }
        found
    }

    /// Tasks that it opens: one for each row and owner, and one for each duty and owner.
    pub fn opens(&self) -> (usize, usize) {
        let rows = self.row.iter().map(|row| self.offices(&row.owners).len()).sum();
        (rows, self.duty.iter().map(|duty| self.offices(&duty.owners).len()).sum())
    }

    pub fn stage(&self, key: &str) -> Option<&Stage> {
        self.stage.iter().find(|stage| stage.key == key)
    }

    /// (zh, en) of an office, as the plan calls it.
    pub fn office<'a>(&'a self, key: &'a str) -> (&'a str, &'a str) {
        self.office.iter().find(|office| office.key == key).map_or((key, key), |office| (&office.zh, &office.en))
    }
}
