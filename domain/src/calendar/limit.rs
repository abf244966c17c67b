//! Limits and how they are counted (Civil Code arts. 200–204; working days by the yearly notices).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::{Date, Duration, Month};

use super::Calendars;

/// What a limit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    WorkingDay,
    Day,
    Month,
    Year,
}

impl Unit {
    pub const fn key(self) -> &'static str {
        match self {
            Self::WorkingDay => "working_day",
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::WorkingDay, Self::Day, Self::Month, Self::Year].into_iter().find(|unit| unit.key() == key)
    }
}

/// A closed range of days that a limit does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub first: Date,
    pub last: Date,
}

/// A limit to be counted.
#[derive(Clone, Copy, Debug)]
pub struct Limit<'a> {
    /// Day of the event.
    pub from: Date,
    /// 1 to 3,660.
    pub count: u32,
    pub unit: Unit,
    pub pauses: &'a [Pause],
    /// Off by default: the day of the event is not counted (Civil Code art. 201).
    pub day_one_counts: bool,
    /// A last day that is not a working day moves to the next one (Civil Code art. 203).
    pub move_to_working_day: bool,
}

/// A limit that cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitFault {
    #[error("the count must be 1 to 3,660")]
    Count,
    #[error("a pause ends before it begins")]
    Pause,
    #[error("the limit runs past the last day of the calendar")]
    Range,
}

impl LimitFault {
    /// A stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Count => "COUNT_OUT_OF_RANGE",
            Self::Pause => "PAUSE_ENDS_BEFORE_IT_BEGINS",
            Self::Range => "DATE_OUT_OF_RANGE",
        }
    }
}

/// A day that was looked at and not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    pub date: Date,
    pub reason: String,
}

/// A limit with how it was counted: enough to count it again with nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    pub from: Date,
    pub count: u32,
    pub unit: Unit,
    pub due: Date,
    /// A day past the horizon was looked up.
    pub provisional: bool,
    /// Working-day limits: every day counted.
    pub counted: Vec<Date>,
    pub skipped: Vec<Skipped>,
    pub pauses: Vec<Pause>,
    /// Digest of each year's calendar that was looked up.
    pub calendars: BTreeMap<i32, String>,
    /// The day before it was moved to a working day.
    pub moved_from: Option<Date>,
}

/// Counts a limit.
///
/// # Errors
/// [`LimitFault`] when the count, a pause or the result is out of range.
pub fn due(calendars: &Calendars, limit: &Limit<'_>) -> Result<Derivation, LimitFault> {
    if limit.count == 0 || limit.count > 3660 {
        return Err(LimitFault::Count);
    }
    if limit.pauses.iter().any(|pause| pause.last < pause.first) {
        return Err(LimitFault::Pause);
    }
    let mut found = Derivation {
        from: limit.from,
        count: limit.count,
        unit: limit.unit,
        due: limit.from,
        provisional: false,
        counted: Vec::new(),
        skipped: Vec::new(),
        pauses: limit.pauses.to_vec(),
        calendars: BTreeMap::new(),
        moved_from: None,
    };
    match limit.unit {
        Unit::WorkingDay => working_days(calendars, limit, &mut found)?,
        Unit::Day => found.due = days(limit, i64::from(limit.count))?,
        Unit::Month => found.due = months(limit, limit.count)?,
        Unit::Year => found.due = months(limit, limit.count * 12)?,
    }
    if limit.unit != Unit::WorkingDay {
        found.due = lengthened(limit, found.due)?;
    }
    if limit.move_to_working_day {
        move_on(calendars, &mut found)?;
    }
    Ok(found)
}

fn look(calendars: &Calendars, day: Date, found: &mut Derivation) -> bool {
    let status = calendars.day(day);
    found.provisional |= status.provisional;
    if let Some(digest) = calendars.digests().get(&day.year()) {
        found.calendars.entry(day.year()).or_insert_with(|| digest.clone());
    }
    if !status.working {
        found.skipped.push(Skipped { date: day, reason: status.reason.words() });
    }
    status.working
}

fn working_days(calendars: &Calendars, limit: &Limit<'_>, found: &mut Derivation) -> Result<(), LimitFault> {
    let mut day = if limit.day_one_counts { limit.from } else { next(limit.from)? };
    loop {
        let paused = limit.pauses.iter().any(|pause| (pause.first..=pause.last).contains(&day));
        if paused {
            found.skipped.push(Skipped { date: day, reason: "paused".to_owned() });
        } else if look(calendars, day, found) {
            found.counted.push(day);
            if found.counted.len() == limit.count as usize {
                found.due = day;
                return Ok(());
            }
        }
        day = next(day)?;
    }
}

fn days(limit: &Limit<'_>, count: i64) -> Result<Date, LimitFault> {
    let first = i64::from(limit.day_one_counts);
    limit.from.checked_add(Duration::days(count - first)).ok_or(LimitFault::Range)
}

/// The matching day of the last month, or its last day where there is none (Civil Code art. 202).
fn months(limit: &Limit<'_>, count: u32) -> Result<Date, LimitFault> {
    let start = i64::from(limit.from.year()) * 12 + i64::from(u8::from(limit.from.month())) - 1;
    let end = start + i64::from(count);
    let year = i32::try_from(end.div_euclid(12)).map_err(|_| LimitFault::Range)?;
    let month = u8::try_from(end.rem_euclid(12) + 1).ok().and_then(|month| Month::try_from(month).ok());
    let month = month.ok_or(LimitFault::Range)?;
    let day = limit.from.day().min(month.length(year));
    let matching = Date::from_calendar_date(year, month, day).map_err(|_| LimitFault::Range)?;
    if limit.day_one_counts { matching.previous_day().ok_or(LimitFault::Range) } else { Ok(matching) }
}

/// Pauses lengthen a limit by those of their days that fall into it.
fn lengthened(limit: &Limit<'_>, mut due: Date) -> Result<Date, LimitFault> {
    let mut pauses = limit.pauses.to_vec();
    pauses.sort_by_key(|pause| pause.first);
    let mut covered = limit.from;
    for pause in pauses {
        let first = pause.first.max(next(covered)?);
        if first > due || pause.last < first {
            continue;
        }
        let length = (pause.last - first).whole_days() + 1;
        due = due.checked_add(Duration::days(length)).ok_or(LimitFault::Range)?;
        covered = pause.last;
    }
    Ok(due)
}

fn move_on(calendars: &Calendars, found: &mut Derivation) -> Result<(), LimitFault> {
    let mut day = found.due;
    while !look(calendars, day, found) {
        day = next(day)?;
    }
    if day != found.due {
        found.moved_from = Some(found.due);
        found.due = day;
    }
    Ok(())
}

fn next(day: Date) -> Result<Date, LimitFault> {
    day.next_day().ok_or(LimitFault::Range)
}
