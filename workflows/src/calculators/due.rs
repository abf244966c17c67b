//! The last day of a limit.

use domain::calendar::{Calendars, DayMark, Derivation, Derived, Limit, LimitFault, Pause, Unit};
use serde::{Deserialize, Deserializer, Serialize};
use time::Date;

use super::Refused;
use crate::{
    explain::{self, Said},
    law::Law,
};

/// A limit to be counted.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    /// Day of the event.
    #[serde(with = "domain::day")]
    pub from: Date,
    pub count: u32,
    #[serde(deserialize_with = "unit")]
    pub unit: Unit,
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// A last day that is not worked moves to the next working day (Civil Code art. 203).
    #[serde(default)]
    pub move_to_working_day: bool,
}

/// A unit as it is asked: in upper case, like every word of the outside.
fn unit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Unit, D::Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    enum Word {
        WorkingDay,
        Day,
        Month,
        Year,
    }
    Ok(match Word::deserialize(deserializer)? {
        Word::WorkingDay => Unit::WorkingDay,
        Word::Day => Unit::Day,
        Word::Month => Unit::Month,
        Word::Year => Unit::Year,
    })
}

/// The last day, and how it was found.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    #[serde(with = "domain::day")]
    pub due: Date,
    /// A day past the last loaded notice was looked up.
    pub provisional: bool,
    /// Limits in days and working days: every day counted.
    #[serde(with = "domain::day::list")]
    pub counted: Vec<Date>,
    pub skipped: Vec<DayMark>,
}

/// The same with what it takes to count it again, and in words.
#[derive(Clone, Debug, Serialize)]
pub struct Explained {
    #[serde(flatten)]
    pub answer: Answer,
    pub derivation: Derived,
    pub explanation: Said,
}

/// # Errors
/// When the count, a pause or the result is out of range.
pub fn due(calendars: &Calendars, asked: &Asked) -> Result<Answer, Refused> {
    count(calendars, asked).map(|found| Answer {
        due: found.due,
        provisional: found.provisional,
        counted: found.counted,
        skipped: found.skipped,
    })
}

/// # Errors
/// When the count, a pause or the result is out of range.
pub fn explained(law: &Law, asked: &Asked) -> Result<Explained, Refused> {
    let found = count(law.calendars(), asked)?;
    let answer = Answer { due: found.due, provisional: found.provisional, counted: found.counted.clone(), skipped: found.skipped.clone() };
    let derivation = Derived::counted(None, Vec::new(), &[], found);
    Ok(Explained { answer, explanation: explain::said(law, &derivation), derivation })
}

fn count(calendars: &Calendars, asked: &Asked) -> Result<Derivation, Refused> {
    let limit = Limit {
        from: asked.from,
        count: asked.count,
        unit: asked.unit,
        pauses: &asked.pauses,
        day_one_counts: false,
        move_to_working_day: asked.move_to_working_day,
    };
    domain::calendar::due(calendars, &limit).map_err(|fault| {
        let field = match fault {
            LimitFault::Count | LimitFault::Range => "count".to_owned(),
            LimitFault::Century => "pauses".to_owned(),
            LimitFault::Pause => {
                let wrong = asked.pauses.iter().position(|pause| pause.last < pause.first);
                wrong.map_or_else(|| "pauses".to_owned(), |index| format!("pauses[{index}].last"))
            }
        };
        Refused::limit(fault, field)
    })
}
