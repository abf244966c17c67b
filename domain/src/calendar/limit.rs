//! Limits and how they are counted (Civil Code arts. 200–204; working days by the yearly notices).

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use serde::{Deserialize, Serialize};
use time::{Date, Month};

use super::{Calendars, DayReason};
use crate::process::titled;

titled! {
    /// What a limit is counted in.
    Unit {
        WorkingDay = "working_day" "个工作日" "working day",
        Day = "day" "日" "day",
        Month = "month" "个月" "month",
        Year = "year" "年" "year",
    }
}

/// A closed range of days that a limit does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    #[serde(with = "crate::day")]
    pub first: Date,
    #[serde(with = "crate::day")]
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
    #[error("the pauses are longer than a century")]
    Century,
    #[error("the limit runs past the last day of the calendar")]
    Range,
}

impl LimitFault {
    /// A stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Count => "COUNT_OUT_OF_RANGE",
            Self::Pause => "PAUSE_ENDS_BEFORE_IT_BEGINS",
            Self::Century => "PAUSES_TOO_LONG",
            Self::Range => "DATE_OUT_OF_RANGE",
        }
    }

    /// (zh, en) for people.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Count => ("数量应为1至3660", "the count must be 1 to 3,660"),
            Self::Pause => ("中止期间的截止日早于起始日", "a pause ends before it begins"),
            Self::Century => ("中止期间合计超过一百年", "the pauses are longer than a century"),
            Self::Range => ("期限超出可计算的日期范围", "the limit runs past the last day that can be counted"),
        }
    }
}

/// A day with why it was, or was not, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayMark {
    #[serde(with = "crate::day")]
    pub date: Date,
    pub reason: Arc<str>,
}

/// A limit with how it was counted: enough to count it again with nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    #[serde(with = "crate::day")]
    pub from: Date,
    pub count: u32,
    pub unit: Unit,
    pub day_one_counts: bool,
    pub move_to_working_day: bool,
    #[serde(with = "crate::day")]
    pub due: Date,
    /// A day past the horizon was looked up.
    pub provisional: bool,
    /// Limits in days and working days: every day counted.
    #[serde(with = "crate::day::list")]
    pub counted: Vec<Date>,
    pub skipped: Vec<DayMark>,
    /// Weekend days among the counted that a notice makes working days.
    pub make_up: Vec<DayMark>,
    pub pauses: Vec<Pause>,
    /// Digest of each year's calendar that was looked up.
    #[serde(with = "years")]
    pub calendars: BTreeMap<i32, Arc<str>>,
    /// The last day that those calendars are certain of, where one was looked up.
    #[serde(with = "crate::day::optional")]
    pub horizon: Option<Date>,
    /// The day before it was moved to a working day.
    #[serde(with = "crate::day::optional")]
    pub moved_from: Option<Date>,
}

impl Derivation {
    /// The matching day of the last month, or its last day, before pauses and holidays moved it; none of days.
    pub fn matching(&self) -> Option<Date> {
        let months = matches!(self.unit, Unit::Month | Unit::Year);
        let last = self.moved_from.unwrap_or(self.due);
        let paused = self.skipped.iter().filter(|mark| mark.date <= last && *mark.reason == **PAUSED).count();
        let paused = i64::try_from(paused).ok()?;
        months.then(|| last.checked_sub(time::Duration::days(paused))).flatten()
    }

    /// The rules by which it was counted (Civil Code arts. 201–203).
    pub fn articles(&self) -> impl Iterator<Item = &'static str> {
        let months = matches!(self.unit, Unit::Month | Unit::Year);
        [(true, "civil_code/art_201"), (months, "civil_code/art_202"), (self.moved_from.is_some(), "civil_code/art_203")]
            .into_iter()
            .filter_map(|(used, article)| used.then_some(article))
    }
}

/// Years as keys of an object; they are read as text, since tagged data is.
mod years {
    use std::{collections::BTreeMap, sync::Arc};

    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    type Digests = BTreeMap<i32, Arc<str>>;

    pub(super) fn serialize<S: Serializer>(digests: &Digests, serializer: S) -> Result<S::Ok, S::Error> {
        digests.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Digests, D::Error> {
        let found = BTreeMap::<String, Arc<str>>::deserialize(deserializer)?;
        found.into_iter().map(|(year, digest)| Ok((year.parse().map_err(D::Error::custom)?, digest))).collect()
    }
}

/// Days of the longest pauses that are counted through.
const CENTURY: i64 = 36_525;

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
    // Every paused day is named in the answer.
    if limit.pauses.iter().map(|pause| (pause.last - pause.first).whole_days()).sum::<i64>() > CENTURY {
        return Err(LimitFault::Century);
    }
    let found = Derivation {
        from: limit.from,
        count: limit.count,
        unit: limit.unit,
        day_one_counts: limit.day_one_counts,
        move_to_working_day: limit.move_to_working_day,
        due: limit.from,
        provisional: false,
        counted: Vec::new(),
        skipped: Vec::new(),
        make_up: Vec::new(),
        pauses: limit.pauses.to_vec(),
        calendars: BTreeMap::new(),
        horizon: None,
        moved_from: None,
    };
    let mut count = Count { calendars, found, paused: Paused::new(limit.pauses), year: None };
    match limit.unit {
        Unit::WorkingDay | Unit::Day => count.days()?,
        Unit::Month => count.months(limit.count)?,
        Unit::Year => count.months(limit.count * 12)?,
    }
    if limit.move_to_working_day {
        count.move_on()?;
    }
    Ok(count.found)
}

/// Pauses in the order of their first days, asked day by day.
struct Paused {
    ranges: Vec<Pause>,
    next: usize,
}

impl Paused {
    fn new(pauses: &[Pause]) -> Self {
        let mut ranges = pauses.to_vec();
        ranges.sort_unstable_by_key(|pause| pause.first);
        Self { ranges, next: 0 }
    }

    /// Whether a day is paused; days are asked in ascending order.
    fn covers(&mut self, day: Date) -> bool {
        while self.ranges.get(self.next).is_some_and(|pause| pause.last < day) {
            self.next += 1;
        }
        self.ranges.get(self.next).is_some_and(|pause| pause.first <= day)
    }
}

/// A limit while it is counted.
struct Count<'a> {
    calendars: &'a Calendars,
    found: Derivation,
    paused: Paused,
    /// The year whose calendar was noted last.
    year: Option<i32>,
}

impl Count<'_> {
    /// The first day that can count.
    fn first(&self) -> Result<Date, LimitFault> {
        if self.found.day_one_counts { Ok(self.found.from) } else { next(self.found.from) }
    }

    fn skip(&mut self, date: Date, reason: Arc<str>) {
        self.found.skipped.push(DayMark { date, reason });
    }

    /// Whether `day` is a working day; what was looked up is noted.
    fn look(&mut self, day: Date) -> bool {
        let status = self.calendars.day(day);
        self.found.provisional |= status.provisional;
        if self.year != Some(day.year()) {
            self.year = Some(day.year());
            self.found.horizon = Some(self.calendars.horizon());
            if let Some(digest) = self.calendars.digests().get(&day.year()) {
                self.found.calendars.insert(day.year(), digest.clone());
            }
        }
        match status.reason {
            _ if !status.working => self.skip(day, status.words.clone()),
            DayReason::MakeUpWork(_) => self.found.make_up.push(DayMark { date: day, reason: status.words.clone() }),
            _ => {}
        }
        status.working
    }

    /// Day by day, each counted or skipped.
    fn days(&mut self) -> Result<(), LimitFault> {
        let count = self.found.count as usize;
        self.found.counted.reserve_exact(count);
        let mut day = self.first()?;
        loop {
            if self.paused.covers(day) {
                self.skip(day, PAUSED.clone());
            } else if self.found.unit == Unit::Day || self.look(day) {
                self.found.counted.push(day);
                if self.found.counted.len() == count {
                    self.found.due = day;
                    return Ok(());
                }
            }
            day = next(day)?;
        }
    }

    /// The matching day of the last month, or its last day where there is none (Civil Code art. 202), and the paused
    /// days on top.
    fn months(&mut self, count: u32) -> Result<(), LimitFault> {
        let from = self.found.from;
        let end = i64::from(from.year()) * 12 + i64::from(u8::from(from.month())) - 1 + i64::from(count);
        let year = i32::try_from(end.div_euclid(12)).map_err(|_| LimitFault::Range)?;
        let month = u8::try_from(end.rem_euclid(12) + 1).ok().and_then(|month| Month::try_from(month).ok());
        let month = month.ok_or(LimitFault::Range)?;
        let (wanted, longest) = (from.day(), month.length(year));
        let matching = Date::from_calendar_date(year, month, wanted.min(longest)).map_err(|_| LimitFault::Range)?;
        // Counted from its own day, a month is full the day before the matching one.
        let before = self.found.day_one_counts && wanted <= longest;
        self.found.due = if before { matching.previous_day().ok_or(LimitFault::Range)? } else { matching };
        self.lengthen()
    }

    /// Pauses lengthen a limit by those of their days that fall into it.
    fn lengthen(&mut self) -> Result<(), LimitFault> {
        let mut free = self.first()?;
        for pause in std::mem::take(&mut self.paused.ranges) {
            let mut day = pause.first.max(free);
            if day > self.found.due {
                break;
            }
            while day <= pause.last {
                self.skip(day, PAUSED.clone());
                self.found.due = next(self.found.due)?;
                day = next(day)?;
            }
            free = free.max(day);
        }
        Ok(())
    }

    /// The last day moves to the next working day that is not paused (Civil Code art. 203).
    fn move_on(&mut self) -> Result<(), LimitFault> {
        if self.found.unit == Unit::WorkingDay {
            return Ok(());
        }
        self.paused = Paused::new(&self.found.pauses);
        let last = self.found.due;
        loop {
            let day = self.found.due;
            let paused = day != last && self.paused.covers(day);
            if paused {
                self.skip(day, PAUSED.clone());
            } else if self.look(day) {
                break;
            }
            self.found.due = next(day)?;
        }
        self.found.moved_from = Some(last).filter(|last| *last != self.found.due);
        Ok(())
    }
}

/// The reason of a paused day.
static PAUSED: LazyLock<Arc<str>> = LazyLock::new(|| "paused".into());

fn next(day: Date) -> Result<Date, LimitFault> {
    day.next_day().ok_or(LimitFault::Range)
}
