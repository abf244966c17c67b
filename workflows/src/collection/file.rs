//! What the catalogue file may say.

use domain::{
    collection::{DecisionKind, Platform},
    record::SubjectKind,
};
use serde::Deserialize;

use crate::{law::Words, plan::completeness::LineKind};

/// Whether an item may be shown to the public (Sichuan Regulation art. 22: 公开属性).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publicity {
    Public,
    /// As the law on the record says.
    ByLaw,
    /// Only where the subject agrees (Sichuan Regulation art. 48).
    ByConsent,
    NotPublic,
}

impl Publicity {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Public => ("公开", "public"),
            Self::ByLaw => ("依法公开", "public as the law says"),
            Self::ByConsent => ("主体同意后公开", "public where the subject agrees"),
            Self::NotPublic => ("不公开", "not public"),
        }
    }
}

/// Who may use it (共享范围).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    AllDepartments,
    /// Those that name the law by which they need it.
    OnRequest,
}

impl Sharing {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::AllDepartments => ("政务共享", "shared between departments"),
            Self::OnRequest => ("依申请共享", "shared on request"),
        }
    }
}

/// How its rows come in (归集渠道).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Register files of its sources.
    File,
    /// The house collects them out of its records.
    Record,
}

/// What the cells of a field hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    Text,
    /// Printable characters.
    Code,
    Uscc,
    Date,
    /// Units of ten thousand yuan, with at most six decimals.
    Money,
    /// One of the options.
    Choice,
    /// One or several fields of transport.
    Sectors,
}

/// Which fact of the row a field tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Name,
    Kind,
    Uscc,
    Sectors,
    Division,
    Number,
    DecidedOn,
    ValidFrom,
    ValidTo,
    /// The first day on which it no longer stands.
    EndedOn,
    /// The grade that it gives.
    Grade,
    /// The year that a grade is of.
    Year,
}

/// A word that a cell may hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub key: String,
    pub zh: String,
}

/// Whom a requirement is about, as platforms know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Whom {
    Org,
    Sole,
    Person,
}

impl Whom {
    pub const fn line(self) -> LineKind {
        match self {
            Self::Org => LineKind::Org,
            Self::Sole => LineKind::Sole,
            Self::Person => LineKind::Person,
        }
    }
}

/// Whom a row is about, as platforms know them.
pub const fn line_kind(kind: SubjectKind) -> LineKind {
    match kind {
        SubjectKind::LegalPerson | SubjectKind::UnincorporatedOrganisation => LineKind::Org,
        SubjectKind::SoleTrader => LineKind::Sole,
        SubjectKind::NaturalPerson => LineKind::Person,
    }
}

/// When a field has to be filled.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Asked {
    Word(AskedWord),
    Kinds { kinds: Vec<Whom> },
    With { with: String },
}

/// `"always"`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedWord {
    Always,
}

/// A field of an item.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub key: String,
    pub zh: String,
    pub en: String,
    #[serde(rename = "type")]
    pub holds: FieldType,
    #[serde(default)]
    pub longest: Option<u64>,
    #[serde(default)]
    pub option: Vec<Choice>,
    #[serde(default)]
    pub required: Option<Asked>,
    #[serde(default)]
    pub is: Option<Fact>,
}

/// What may be collected at all: a row of the catalogue.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub key: String,
    pub zh: String,
    pub en: String,
    /// Citations; without one in force on the day no row is collected.
    pub basis: Vec<String>,
    pub publicity: Publicity,
    pub sharing: Sharing,
    /// Offices that send it, or every office of a kind as `@county_bureau`.
    pub sources: Vec<String>,
    pub update: Words,
    pub channel: Channel,
    /// Whether its rows say who is in business.
    #[serde(default)]
    pub register: bool,
    pub counts_for_coverage: bool,
    /// Where it is published twice.
    #[serde(default)]
    pub decision: Option<DecisionKind>,
    pub platforms: Vec<Platform>,
    /// The fields that make a row the same row.
    pub unique: Vec<String>,
    pub field: Vec<Field>,
}

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub item: Vec<Item>,
}
