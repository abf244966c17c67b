//! Kinds of file: which columns each has, and what its rows become.

use std::hash::{Hash, Hasher};

use domain::process::{Process, Verb};
use workflows::{Rules, engine::admin::registers};

use super::{applications, information, penalties, proposals};
use crate::sheets::Layout;

/// Kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    PenaltyRecords,
    RepairApplications,
    ProposalEntries,
    /// Rows of an item of the catalogue.
    Information(Register),
}

/// The layout of an item's register file.
#[derive(Clone, Copy, Debug)]
pub struct Register(pub(super) &'static Layout);

impl PartialEq for Register {
    fn eq(&self, other: &Self) -> bool {
        self.0.key == other.0.key
    }
}

impl Eq for Register {}

impl Hash for Register {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.key.hash(state);
    }
}

impl Register {
    /// Key of the item.
    pub fn item(self) -> &'static str {
        self.0.key.strip_prefix(registers::LAYOUT).unwrap_or(self.0.key)
    }
}

impl Kind {
    /// Kinds whose rows become cases.
    pub const OF_CASES: [Self; 3] = [Self::PenaltyRecords, Self::RepairApplications, Self::ProposalEntries];

    pub const fn layout(self) -> &'static Layout {
        match self {
            Self::PenaltyRecords => &penalties::LAYOUT,
            Self::RepairApplications => &applications::LAYOUT,
            Self::ProposalEntries => &proposals::LAYOUT,
            Self::Information(register) => register.0,
        }
    }

    /// The process of the cases that its rows become; none of a register's.
    pub const fn process(self) -> Option<Process> {
        match self {
            Self::PenaltyRecords => Some(Process::PublicationRecord),
            Self::RepairApplications => Some(Process::RepairApplication),
            Self::ProposalEntries => Some(Process::ProposalEntry),
            Self::Information(_) => None,
        }
    }

    /// What a row does: a record is opened as the law says, an application is registered.
    pub(super) fn verbs(self) -> Vec<Verb> {
        match self {
            Self::PenaltyRecords => Verb::RECORD.to_vec(),
            Self::RepairApplications => vec![Verb::Register],
            Self::ProposalEntries => vec![Verb::Open],
            Self::Information(_) => Vec::new(),
        }
    }

    /// Rows that go through the door together.
    pub(super) const fn piece(self) -> usize {
        match self {
            Self::Information(_) => registers::PIECE,
            _ => super::check::PIECE,
        }
    }

    /// Whether the rows are those of a register.
    pub const fn is_register(self) -> bool {
        matches!(self, Self::Information(_))
    }

    /// Every kind that the house takes: those of cases, and a register file of each item that comes by file.
    pub fn all(rules: &Rules) -> Vec<Self> {
        let items = rules.items.all().iter().filter_map(|item| Self::of_item(rules, &item.key));
        Self::OF_CASES.into_iter().chain(items).collect()
    }

    /// The register file of an item; none where it comes by no file.
    pub fn of_item(rules: &Rules, item: &str) -> Option<Self> {
        information::layout(rules, item).map(Register).map(Self::Information)
    }

    /// The kind of a layout's key.
    pub fn from_key(rules: &Rules, key: &str) -> Option<Self> {
        let of_item = || Self::of_item(rules, key.strip_prefix(registers::LAYOUT)?);
        Self::OF_CASES.into_iter().find(|kind| kind.layout().key == key).or_else(of_item)
    }

    /// Keys of all layouts, for whoever named another.
    pub fn keys(rules: &Rules) -> String {
        Self::all(rules).into_iter().map(|kind| kind.layout().key).collect::<Vec<_>>().join(", ")
    }
}
