//! What a case of each process carries besides the columns that every case has.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    calendar::{DayName, Derived, Why},
    ids::{AccountId, PersonId, SubjectId},
    listing::ListingData,
    objection::ObjectionData,
    personal::{Sealed, Words},
    process::words,
    proposal::{BatchData, EntryData},
    record::{PenaltyKind, RecordClass, RecordFacts},
};

/// The data of a case, one Rust type a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "process", rename_all = "snake_case")]
pub enum CaseData {
    PublicationRecord(Box<RecordData>),
    RepairApplication(Box<RepairData>),
    AccountBinding(BindingData),
    ListingCase(Box<ListingData>),
    ProposalBatch(BatchData),
    ProposalEntry(Box<EntryData>),
    Objection(Box<ObjectionData>),
}

words! {
    /// What the record rests on.
    BaseKind {
        /// 行政处罚
        Penalty = "PENALTY",
        /// A severe-list decision (列入决定).
        Listing = "LISTING",
        /// A person recorded together with a listed organisation (Sichuan Regulation art. 43).
        Related = "RELATED",
        /// False materials or a broken repair commitment (Order 36 art. 25).
        Falsity = "FALSITY",
    }
}

/// The record of a penalty or other base document and its publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordData {
    pub base: BaseKind,
    pub form: RecordForm,
    /// False from the day the base document was annulled, changed or declared unlawful.
    pub in_force: bool,
    pub terms: Terms,
    pub duties_done_on: Option<Date>,
    /// First day in the published list.
    pub published_on: Option<Date>,
    /// First day on which it is no longer published.
    pub ended_on: Option<Date>,
    /// No repair before the day after this one (Order 36 art. 25).
    pub barred_until: Option<Date>,
    /// How that day was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barred: Option<Derived>,
    /// A cited sector rule lets publication go on to this day although the maximum term is over (Order 36 art. 12(2)).
    pub continued_until: Option<Date>,
}

impl RecordData {
    /// The canonical key of its document's number.
    pub fn key(&self) -> String {
        crate::canonical::decision_number(&self.form.decision_number)
    }

    /// Whether two records of one subject are the same: both in force, of one kind, about one document.
    pub fn is_same(&self, other: &Self) -> bool {
        self.in_force && other.in_force && self.base == other.base && self.key() == other.key()
    }

    /// The first day of repair with how it was found: terms over, duties done, no bar for falsity (Order 36 arts. 12(2), 14,
    /// 25). None where no repair is possible or the duties alone decide and are not done. Every reader asks here.
    pub fn first_day_of_repair(&self) -> Option<Derived> {
        let never = self.base == BaseKind::Falsity || self.form.repair_barred_by.is_some() || !self.in_force;
        if never || self.terms.undetermined {
            return None;
        }
        let done = self.duties_done_on.map(|day| Derived::named(DayName::DutiesDone, day));
        let terms = match (self.terms.derived.earliest_repair.clone(), &done) {
            (Some(terms), _) => Some(terms),
            (None, None) => return None,
            // Without a minimum term repair opens with the duties, and not within a penalty's own period.
            (None, Some(_)) => {
                let until = self.form.facts.penalties.iter().filter_map(|penalty| penalty.until).max();
                until.and_then(|day| Derived::named(DayName::PenaltyUntil, day).shifted(1))
            }
        };
        let barred = self.barred.clone().and_then(|barred| barred.shifted(1));
        Derived::latest(Why::RepairOpens, terms.into_iter().chain(done).chain(barred).collect())
    }

    /// How the last lawful day of publication was found: the maximum term, or later where a sector rule continues it.
    pub fn derived_last_day(&self) -> Option<Derived> {
        let continued = self.continued_until.map(|day| Derived::named(DayName::ContinuedUntil, day));
        Derived::latest(Why::Continued, self.terms.derived.max_last_day.clone().into_iter().chain(continued).collect())
    }
}

/// Class and terms of a record with how they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub class: Option<RecordClass>,
    pub undetermined: bool,
    /// What has to be decided while undetermined.
    pub asks: Vec<String>,
    pub publication_due: bool,
    pub min_last_day: Option<Date>,
    pub earliest_repair: Option<Date>,
    pub max_last_day: Option<Date>,
    pub rulebook: String,
    pub cites: Vec<String>,
    /// The full assessment: both computations and every count.
    pub assessment: serde_json::Value,
    /// How the class and each day were found.
    #[serde(default)]
    pub derived: DerivedTerms,
}

/// How class and terms of a record were found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivedTerms {
    /// Every penalty and the listing with the class that it falls into by Order 36; the gravest is the record's.
    pub classes: Vec<ClassStep>,
    pub min_last_day: Option<Derived>,
    pub earliest_repair: Option<Derived>,
    pub max_last_day: Option<Derived>,
}

/// One penalty, or the listing, with the class that it falls into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassStep {
    /// Kind of penalty; none for the listing.
    pub penalty: Option<PenaltyKind>,
    pub class: Option<RecordClass>,
    /// `source/article`
    pub article: String,
}

/// The dual-publication template's fields of a penalty record (`domain.md` B9), amounts in yuan cents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordForm {
    pub facts: RecordFacts,
    pub decision_number: String,
    pub violation: Words,
    /// 违法事实: free text.
    pub violation_facts: Sealed,
    pub basis: String,
    pub content: Words,
    pub fine_cents: Option<i64>,
    pub confiscated_cents: Option<i64>,
    pub licence: Option<Words>,
    pub valid_until: Option<Date>,
    pub body_name: String,
    pub body_uscc: String,
    pub source_name: String,
    pub source_uscc: String,
    pub legal_representative: Option<Sealed>,
    pub remark: Option<Sealed>,
    /// Keys of measures on the list that the decision puts in force.
    pub measures: Vec<String>,
    /// The day from which it is to be published; the setting's number of working days where none is given.
    pub publish_on: Option<Date>,
    /// Law that bars repair of this record, if any (Order 36 art. 2).
    pub repair_barred_by: Option<String>,
}

words! {
    /// Where a repair application came in.
    Channel {
        /// By the subject through the bureau.
        Portal = "PORTAL",
        /// On paper at the counter.
        Counter = "COUNTER",
        /// Pushed by Credit China as a file.
        CreditChina = "CREDIT_CHINA",
    }
}

/// What an application says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairForm {
    pub contact_name: Sealed,
    pub contact_phone: Sealed,
    pub contact_email: Option<Sealed>,
    pub statement: Option<Sealed>,
    /// The commitment of Order 36 art. 14(3): materials are true, responsibility accepted.
    pub commitment: bool,
    /// Credit China's own number of the application.
    pub external_number: Option<String>,
}

words! {
    /// What Credit China is told of an application that it pushed (Order 36 arts. 13, 16, 17, 25).
    PlatformAnswer {
        Declined = "DECLINED",
        Granted = "GRANTED",
        Refused = "REFUSED",
        Lapsed = "LAPSED",
        Withdrawn = "WITHDRAWN",
        Revoked = "REVOKED",
    }
}

impl PlatformAnswer {
    /// The answer that a state stands for; none while nothing is decided.
    pub fn of_state(state: &str) -> Option<Self> {
        match state {
            "declined" => Some(Self::Declined),
            "granted" | "closed" => Some(Self::Granted),
            "refused" => Some(Self::Refused),
            "lapsed" => Some(Self::Lapsed),
            "withdrawn" => Some(Self::Withdrawn),
            "revoked" => Some(Self::Revoked),
            _ => None,
        }
    }

    /// In the words of the answers file.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Declined => "不予受理",
            Self::Granted => "准予修复",
            Self::Refused => "不予修复",
            Self::Lapsed => "逾期未补正终止",
            Self::Withdrawn => "申请人撤回",
            Self::Revoked => "撤销修复",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RepairData {
    pub channel: Channel,
    pub form: RepairForm,
    pub applicant: Option<AccountId>,
    /// 文号 of the decision.
    pub decision_number: Option<String>,
    pub decided_on: Option<Date>,
    pub falsity: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BindingData {
    pub account: AccountId,
    pub subject: SubjectId,
    /// `legal_representative` or agent
    pub capacity: String,
    /// Last day of the agent's authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Who stands behind the account: nobody acts as an officer in the matter of a subject that they act for, whatever
    /// account they use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

impl CaseData {
    pub fn record(&self) -> Option<&RecordData> {
        match self {
            Self::PublicationRecord(data) => Some(data),
            _ => None,
        }
    }

    pub fn listing(&self) -> Option<&ListingData> {
        match self {
            Self::ListingCase(data) => Some(data),
            _ => None,
        }
    }

    pub fn batch(&self) -> Option<&BatchData> {
        match self {
            Self::ProposalBatch(data) => Some(data),
            _ => None,
        }
    }

    pub fn proposal(&self) -> Option<&EntryData> {
        match self {
            Self::ProposalEntry(data) => Some(data),
            _ => None,
        }
    }

    pub fn objection(&self) -> Option<&ObjectionData> {
        match self {
            Self::Objection(data) => Some(data),
            _ => None,
        }
    }

    pub fn repair(&self) -> Option<&RepairData> {
        match self {
            Self::RepairApplication(data) => Some(data),
            _ => None,
        }
    }
}
