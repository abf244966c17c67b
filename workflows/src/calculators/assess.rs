//! Class and terms of a record.

use domain::{
    calendar::{Derived, LimitFault},
    data::DerivedTerms,
    record::RecordFacts,
};
use serde::Serialize;
use time::Date;

use super::Refused;
use crate::{
    assess::{AssessFault, Assessment, derive},
    explain::{self, Said},
    law::Law,
};

/// An assessment with how each term was found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explained {
    #[serde(flatten)]
    pub assessment: Assessment,
    pub derivations: DerivedTerms,
    pub explanations: Explanations,
}

/// Each term in words; none where there is no such term.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanations {
    pub min_last_day: Option<Said>,
    pub earliest_repair: Option<Said>,
    pub max_last_day: Option<Said>,
}

/// # Errors
/// When the facts contradict themselves or a term runs out of the calendar.
pub fn assess(law: &Law, facts: &RecordFacts, today: Date) -> Result<Assessment, Refused> {
    crate::assess::assess(law, facts, today).map_err(refused)
}

/// # Errors
/// When the facts contradict themselves or a term runs out of the calendar.
pub fn explained(law: &Law, facts: &RecordFacts, today: Date) -> Result<Explained, Refused> {
    let assessment = assess(law, facts, today)?;
    let derivations = derive(law, facts, today, &assessment).map_err(refused)?;
    let said = |found: &Option<Derived>| found.as_ref().map(|found| explain::said(law, found));
    let explanations = Explanations {
        min_last_day: said(&derivations.min_last_day),
        earliest_repair: said(&derivations.earliest_repair),
        max_last_day: said(&derivations.max_last_day),
    };
    Ok(Explained { assessment, derivations, explanations })
}

fn refused(fault: AssessFault) -> Refused {
    match fault {
        AssessFault::Facts(faults) => match faults.first() {
            Some(fault) => Refused::new(fault.code, Some(fault.field.clone()), &fault.zh, &fault.en),
            None => Refused::no_law(),
        },
        AssessFault::Limit(fault) => {
            let field = if fault == LimitFault::Range { "findingDate" } else { "severeListing.ownTermYears" };
            Refused::limit(fault, field.to_owned())
        }
        AssessFault::NoRulebook => Refused::no_law(),
    }
}
