//! Class and terms of a record.

use domain::{calendar::LimitFault, record::RecordFacts};
use time::Date;

use super::Refused;
use crate::{
    assess::{AssessFault, Assessment},
    law::Law,
};

/// # Errors
/// When the facts contradict themselves or a term runs out of the calendar.
pub fn assess(law: &Law, facts: &RecordFacts, today: Date) -> Result<Assessment, Refused> {
    crate::assess::assess(law, facts, today).map_err(|fault| match fault {
        AssessFault::Facts(faults) => match faults.first() {
            Some(fault) => Refused::new(fault.code, Some(fault.field.to_owned()), fault.zh, fault.en),
            None => Refused::no_law(),
        },
        AssessFault::Limit(fault) => {
            let field = if fault == LimitFault::Range { "findingDate" } else { "severeListing.ownTermYears" };
            Refused::limit(fault, field.to_owned())
        }
        AssessFault::NoRulebook => Refused::no_law(),
    })
}
