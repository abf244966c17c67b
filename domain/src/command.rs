//! What a caller wants done: who, to which case, which verb, with what.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::{
    admin::AdminAct,
    canonical,
    ids::{AccountId, CaseId, PersonId, RowId, SubjectId},
    import::ImportedRow,
    moment::Micros,
    paper::{ChoiceKey, DateKey, DocumentKind, ItemList, ReasonWord},
    personal::Sealed,
    process::{Form, Process, Verb},
    record::SubjectKind,
};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    Account(AccountId),
    /// Timers and follow-ups.
    System,
    /// The operator at the command line, before or beside accounts.
    Operator,
}

impl Actor {
    /// The word by which an entry names an actor without an account.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::System => "system",
            Self::Operator => "operator",
        }
    }
}

/// What the act is done to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Case(CaseId),
    /// Opens a case.
    New(Opening),
    /// An administrative act.
    House,
}

/// What a new case needs to know beside the act's arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub process: Process,
    /// The office that files or keeps it.
    pub office: Option<String>,
    /// An existing subject; records name their subject in `new_subject` where it may be unknown yet.
    pub subject: Option<SubjectId>,
    pub new_subject: Option<SubjectDraft>,
    /// The record that the case is about or rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<CaseId>,
    /// The case it belongs to: an entry's batch, a listing's proposal, a listed record's listing, the application that an
    /// objection challenges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<CaseId>,
    /// The row of a file that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportedRow>,
}

impl Opening {
    /// A case of a process that an office opens; subject, record and parent are still to be named.
    pub fn of(process: Process, office: Option<String>) -> Self {
        Self { process, office, subject: None, new_subject: None, record: None, parent: None, import: None }
    }

    /// A record that an office files about a subject.
    pub fn record(office: &str, subject: SubjectDraft) -> Self {
        Self { new_subject: Some(subject), ..Self::of(Process::PublicationRecord, Some(office.to_owned())) }
    }
}

/// A subject as a record names it; found by its identifier or made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectDraft {
    pub kind: SubjectKind,
    pub uscc: Option<String>,
    pub id_number: Option<Sealed>,
    pub id_number_hash: Option<String>,
    /// The same number under search keys that were rotated out: under one of them the person may be known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub older_hashes: Vec<String>,
    pub name: Option<String>,
    pub name_key: Option<String>,
    pub sealed_name: Option<Sealed>,
}

impl SubjectDraft {
    /// Everything under which the subject may be known: its code, or the keyed hashes of its number.
    pub fn identifiers(&self) -> impl Iterator<Item = &String> {
        self.uscc.iter().chain(&self.id_number_hash).chain(&self.older_hashes)
    }

    /// Whether it names the subject that is kept under this code or this hash; all of them stand in their key form.
    pub fn is_of(&self, code: Option<&String>, hash: Option<&String>) -> bool {
        self.identifiers().any(|known| code == Some(known) || hash == Some(known))
    }
}

/// An uploaded document that the act attaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentDraft {
    pub sha256: String,
    pub size: i64,
    pub media_type: String,
    pub name: Sealed,
    /// How the house drafted it; none of a file that somebody brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drafted: Option<Drafted>,
}

/// A paper that the house drafted, as whoever signs it off names it. No digest of its words stands here: they are personal, and a
/// digest without salt would confirm a guess at them when they are erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafted {
    /// The number that stands on it: what the series gives next, or the act is refused.
    pub number: String,
    /// The day that stands on it.
    pub on: Date,
    /// Whether it has the very words that were read before they were signed off.
    pub as_read: bool,
    /// Whether nothing is missing on it.
    pub complete: bool,
}

/// One point of an item list, as an act names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDraft {
    /// The fixed key, or the key of an open point.
    pub key: Option<String>,
    pub words: Option<Sealed>,
}

/// Everything an act can bring; a definition's `asks` says what it must.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arguments {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Sealed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<ReasonWord>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub documents: BTreeMap<DocumentKind, Vec<DocumentDraft>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub dates: BTreeMap<DateKey, Date>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub items: BTreeMap<ItemList, Vec<ItemDraft>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: BTreeMap<ChoiceKey, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Key of a rule that the act rests on, in `law/sector_rules.toml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Keys of measures of the record that the act names; every one that is in force where none is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measures: Option<Vec<String>>,
    /// Key of the office that the act asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// Other cases that the act names: the entries that an export holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<CaseId>,
    /// Desk acts: the work item and the person it goes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work_item: Option<RowId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

impl Command {
    /// The key of what Credit China pushed: one push opens one case, whatever becomes of it.
    pub fn external_key(&self) -> Option<String> {
        match &self.target {
            Target::New(opening) => external_key(opening.process, self.arguments.form.as_ref()?.external_number()?),
            _ => None,
        }
    }

    /// The row of a file that the act takes, where it takes one.
    pub fn imported(&self) -> Option<&ImportedRow> {
        match &self.target {
            Target::New(opening) => opening.import.as_ref(),
            _ => None,
        }
    }
}

/// The key of a number of Credit China among the cases of a process.
pub fn external_key(process: Process, number: &str) -> Option<String> {
    let number = canonical::code(number);
    (!number.is_empty()).then(|| format!("{process}|{number}"))
}

/// One act, complete: deciding it twice on the same snapshot gives the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    pub actor: Actor,
    pub target: Target,
    /// Verbs in order; the first whose guards hold is taken. Persons name one, or a closed family of complements.
    pub verbs: Vec<Verb>,
    #[serde(default)]
    pub arguments: Arguments,
    /// An administrative act, where `target` is the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin: Option<Box<AdminAct>>,
    /// The legal day of the act.
    pub effective_on: Date,
    /// When it was recorded.
    pub now: Micros,
    /// Seed of the ids that the act draws.
    pub seed: Uuid,
    /// The deadline that caused the act, for timers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timer: Option<RowId>,
}
