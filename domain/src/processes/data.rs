//! The record of a penalty or other base document: its form, its class and terms, its publication.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    calendar::{DayName, Derived, Why},
    paper::FormDate,
    personal::{Sealed, Words},
    process::{Fields, titled},
    record::{PenaltyKind, RecordClass, RecordFacts},
};

titled! {
    /// What the record rests on.
    BaseKind {
        /// 行政处罚
        Penalty = "PENALTY" "行政处罚" "administrative penalty",
        /// A severe-list decision (列入决定).
        Listing = "LISTING" "列入严重失信主体名单" "entry on a severe list",
        /// A person recorded together with a listed organisation (Sichuan Regulation art. 43).
        Related = "RELATED" "关联人员" "related person",
        /// False materials or a broken repair commitment (Order 36 art. 25).
        Falsity = "FALSITY" "虚假材料或者违反承诺" "falsity or broken commitment",
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

/// The dual-publication template's fields of a penalty record, amounts in yuan cents.
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

impl Fields for RecordForm {
    const DATES: &'static [FormDate] =
        &[FormDate::DecisionDate, FormDate::ValidUntil, FormDate::PenaltyUntil, FormDate::PublishOn, FormDate::DutiesDoneOn];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        let facts = &self.facts;
        let single = [
            (FormDate::DecisionDate, Some(facts.finding_date)),
            (FormDate::ValidUntil, self.valid_until),
            (FormDate::PublishOn, self.publish_on),
            (FormDate::DutiesDoneOn, facts.duties_done_on),
        ];
        let own = facts.penalties.iter().map(|penalty| (FormDate::PenaltyUntil, penalty.until));
        single.into_iter().chain(own).filter_map(|(key, date)| Some((key, date?))).collect()
    }
}
