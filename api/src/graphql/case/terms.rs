//! Class and terms of a record with how each was found.

use async_graphql::{Enum, SimpleObject};
use domain::{
    calendar::Derived,
    data::{DerivedTerms, RecordData},
    record::{PenaltyKind, RecordClass},
};
use time::Date;
use workflows::engine::Rules;

use crate::graphql::core::{
    enums::EnumOf,
    shown::{self, Citation},
    words::Words,
};

/// Which day of a record it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum RecordTermKey {
    /// Last day of the minimum term.
    MinLastDay,
    /// First day on which a repair application can be accepted.
    EarliestRepair,
    /// Last lawful day of publication.
    MaxLastDay,
    /// No repair before the day after it.
    BarredUntil,
}

/// A term with how it was found.
#[derive(Clone, Debug, SimpleObject)]
pub struct RecordTerm {
    /// Which term it is.
    pub key: RecordTermKey,
    /// The day, under the law that the record is under.
    pub day: Date,
    /// Enough to find it again with nothing else, as JSON text.
    pub derivation: String,
    /// How the day was found, in sentences.
    pub explanation: Words,
}

/// A penalty, or the listing, with the class that it falls into.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "ClassStep")]
pub struct ClassStepShown {
    /// None for the listing.
    pub penalty: Option<EnumOf<PenaltyKind>>,
    /// None where the rule knows no classes.
    pub class: Option<EnumOf<RecordClass>>,
    /// The article that puts it into its class.
    pub article: Citation,
}

/// The terms that there are.
pub(in crate::graphql) fn all(rules: &Rules, data: &RecordData) -> Vec<RecordTerm> {
    let term = |key, found: Option<&Derived>| {
        found.map(|found| RecordTerm {
            key,
            day: found.day(),
            derivation: serde_json::to_string(found).unwrap_or_default(),
            explanation: shown::explained(rules, found),
        })
    };
    let (found, last_day, repair) = (&data.terms.derived, data.derived_last_day(), data.first_day_of_repair());
    let terms = [
        term(RecordTermKey::MinLastDay, found.min_last_day.as_ref()),
        term(RecordTermKey::EarliestRepair, repair.as_ref()),
        term(RecordTermKey::MaxLastDay, last_day.as_ref()),
        term(RecordTermKey::BarredUntil, data.barred.as_ref()),
    ];
    terms.into_iter().flatten().collect()
}

pub(in crate::graphql) fn classes(rules: &Rules, found: &DerivedTerms) -> Vec<ClassStepShown> {
    let shown = |step: &domain::data::ClassStep| ClassStepShown {
        penalty: step.penalty.map(EnumOf),
        class: step.class.map(EnumOf),
        article: Citation::of(rules, &step.article),
    };
    found.classes.iter().map(shown).collect()
}
