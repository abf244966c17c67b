//! The city's catalogue of credit information: what may be collected, by whom, with which fields, and where it goes.
//!
//! | module | holds |
//! |---|---|
//! | `file` | what the catalogue file may say |
//! | `check` | its load checks |
//! | `row` | a row read out of its values, and judged by its fields |

mod check;
mod file;
mod row;

use domain::{
    collection::{DecisionKind, Platform},
    rows::Office,
};
use time::Date;

pub(crate) use file::File;
pub use file::{Channel, Choice, Fact, Field, FieldType, Item, Publicity, Sharing, line_kind};
pub use row::{Origin, Unfit, Values};

use crate::law::Law;

/// The item of the decisions that the house collects out of its records.
pub const PENALTY: &str = "penalty";

/// All items.
#[derive(Clone, Debug)]
pub struct Items(Vec<Item>);

impl From<File> for Items {
    fn from(file: File) -> Self {
        Self(file.item)
    }
}

impl Items {
    pub fn all(&self) -> &[Item] {
        &self.0
    }

    pub fn get(&self, key: &str) -> Option<&Item> {
        self.0.iter().find(|item| item.key == key)
    }

    /// Items that go to a platform.
    pub fn of(&self, platform: Platform) -> impl Iterator<Item = &Item> {
        self.0.iter().filter(move |item| item.platforms.contains(&platform))
    }

    /// The item whose rows say who is in business.
    pub fn register(&self) -> Option<&Item> {
        self.0.iter().find(|item| item.register)
    }

    /// Items of decisions that are published twice.
    pub fn decisions(&self) -> impl Iterator<Item = (&Item, DecisionKind)> {
        self.0.iter().filter_map(|item| Some((item, item.decision?)))
    }

    /// Everything that is wrong with the file.
    pub(crate) fn faults(&self, law: &Law) -> Vec<String> {
        check::faults(&self.0, law)
    }
}

impl Item {
    /// Whether an office sends it.
    pub fn is_sent_by(&self, office: &Office) -> bool {
        self.sources.iter().any(|source| match source.strip_prefix('@') {
            Some(kind) => office.kind.key() == kind,
            None => *source == office.id,
        })
    }

    /// Whether an article on which it is collected is in force on a day.
    pub fn has_basis(&self, law: &Law, on: Date) -> bool {
        self.basis.iter().any(|cite| law.sources().check(cite, on).is_ok())
    }
}
