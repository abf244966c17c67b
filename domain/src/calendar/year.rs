//! Years as the State Council's notices set them.

use std::{collections::BTreeMap, sync::Arc};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use time::{Date, Month, Weekday};

/// A calendar file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CalendarFault {
    #[error("{file}: {fault}")]
    Unreadable { file: String, fault: serde_json::Error },
    #[error("{file}: the file is of the year {year}; its name must be {year}.json")]
    WrongYear { file: String, year: i32 },
    #[error("{file}: “{date}” is not a day of the calendar")]
    BadDate { file: String, date: String },
    #[error("{file}: names no notice or no day; a year without its notice is not known")]
    NoNotice { file: String },
    #[error("{missing}.json is missing, so that {last} cannot be known yet")]
    Gap { missing: i32, last: i32 },
    #[error("no calendar is loaded")]
    Empty,
}

/// Why a day counts or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayReason {
    Weekday,
    Weekend,
    /// A day off by notice; the name of the holiday.
    Holiday(Arc<str>),
    /// A weekend day that is worked by notice.
    MakeUpWork(Arc<str>),
    /// 1 January, off by the Holiday Measures although no notice is loaded.
    StatutoryNewYear,
}

impl DayReason {
    /// A stable word and the holiday's name, where there is one.
    fn words(&self) -> Arc<str> {
        match self {
            Self::Weekday => "weekday".into(),
            Self::Weekend => "weekend".into(),
            Self::Holiday(name) => format!("holiday:{name}").into(),
            Self::MakeUpWork(name) => format!("make_up_work:{name}").into(),
            Self::StatutoryNewYear => "statutory_new_year".into(),
        }
    }

    const fn working(&self) -> bool {
        matches!(self, Self::Weekday | Self::MakeUpWork(_))
    }
}

/// What is known of a day.
#[derive(Clone, Copy, Debug)]
pub struct DayStatus<'a> {
    pub working: bool,
    pub reason: &'a DayReason,
    /// The reason as derivations carry it.
    pub words: &'a Arc<str>,
    /// Past the horizon: a notice yet to come may change it.
    pub provisional: bool,
}

#[derive(Deserialize)]
struct File {
    year: i32,
    papers: Vec<String>,
    days: Vec<Day>,
}

#[derive(Deserialize)]
struct Day {
    name: String,
    date: String,
    #[serde(rename = "isOffDay")]
    off: bool,
}

/// A reason with its words, made once.
type Kind = (DayReason, Arc<str>);

/// Places of the reasons that need no notice.
const WEEKDAY: usize = 0;
const WEEKEND: usize = 1;
const NEW_YEAR: usize = 2;

/// All loaded years.
#[derive(Clone, Debug)]
pub struct Calendars {
    kinds: Vec<Kind>,
    /// From the first known day on, one place in `kinds` a day.
    days: Vec<u16>,
    start: i32,
    papers: BTreeMap<i32, Vec<String>>,
    digests: BTreeMap<i32, Arc<str>>,
    first: i32,
    horizon: Date,
}

/// A year's file, read: its notices, and each day that they move with its name and whether it is off.
#[derive(Clone, Debug)]
pub struct YearFile {
    pub year: i32,
    pub papers: Vec<String>,
    pub days: Vec<(Date, String, bool)>,
}

impl YearFile {
    /// Reads the form of holiday-cn; `name` is what the file has to be called, `<year>.json`.
    ///
    /// # Errors
    /// When it is not of that form, names an impossible day or another year, or no notice.
    pub fn read(name: &str, text: &str) -> Result<Self, CalendarFault> {
        let file: File = serde_json::from_str(text).map_err(|fault| CalendarFault::Unreadable { file: name.to_owned(), fault })?;
        if name != format!("{}.json", file.year) {
            return Err(CalendarFault::WrongYear { file: name.to_owned(), year: file.year });
        }
        if file.papers.is_empty() || file.days.is_empty() {
            return Err(CalendarFault::NoNotice { file: name.to_owned() });
        }
        let bad = |date: &str| CalendarFault::BadDate { file: name.to_owned(), date: date.to_owned() };
        let days = file.days.into_iter().map(|day| Ok((crate::day::parse(&day.date).ok_or_else(|| bad(&day.date))?, day.name, day.off)));
        Ok(Self { year: file.year, papers: file.papers, days: days.collect::<Result<_, _>>()? })
    }
}

impl Calendars {
    /// # Errors
    /// When a file is not of the form of holiday-cn, names an impossible day or another year, or none is given.
    pub fn from_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, CalendarFault> {
        let (mut moved, mut papers, mut digests) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (name, text) in files {
            let file = YearFile::read(name, text)?;
            for (date, name, off) in file.days {
                let name = name.into();
                moved.insert(date, if off { DayReason::Holiday(name) } else { DayReason::MakeUpWork(name) });
            }
            papers.insert(file.year, file.papers);
            digests.insert(file.year, format!("{:x}", Sha256::digest(text.as_bytes())).into());
        }
        let (first, last) = match (digests.keys().next(), digests.keys().next_back()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => return Err(CalendarFault::Empty),
        };
        if let Some(missing) = (first..last).find(|year| !digests.contains_key(year)) {
            return Err(CalendarFault::Gap { missing, last });
        }
        let kinds = [DayReason::Weekday, DayReason::Weekend, DayReason::StatutoryNewYear].map(|reason| (reason.clone(), reason.words()));
        // The last days of December fall to the next year's New Year arrangement.
        let horizon = Date::from_calendar_date(last, Month::December, 24).unwrap_or(Date::MAX);
        let mut calendars = Self { kinds: kinds.to_vec(), days: Vec::new(), start: 0, papers, digests, first, horizon };
        calendars.lay_out(moved);
        Ok(calendars)
    }

    /// One entry a day from the first known day to the last, so that looking one up costs nothing.
    fn lay_out(&mut self, moved: BTreeMap<Date, DayReason>) {
        let Some(mut day) = moved.first_key_value().map(|(day, _)| *day) else { return };
        self.start = day.to_julian_day();
        let end = moved.last_key_value().map_or(day, |(day, _)| *day);
        let mut moved = moved.into_iter().peekable();
        while day <= end {
            let place = match moved.next_if(|(date, _)| *date == day) {
                Some((_, reason)) => self.kinds.iter().position(|(known, _)| *known == reason).unwrap_or_else(|| {
                    self.kinds.push((reason.clone(), reason.words()));
                    self.kinds.len() - 1
                }),
                None => by_weekday(day),
            };
            self.days.push(u16::try_from(place).unwrap_or_default());
            let Some(next) = day.next_day() else { break };
            day = next;
        }
    }

    /// The last day that no notice yet to come is expected to change: 24 December of the last loaded year.
    pub fn horizon(&self) -> Date {
        self.horizon
    }

    /// Working days after one day, up to and with another; negative where the other is before it.
    pub fn working_days_between(&self, after: Date, last: Date) -> i32 {
        let (first, end, sign) = if last >= after { (after, last, 1) } else { (last, after, -1) };
        let mut count = 0;
        let mut day = first;
        while day < end {
            let Some(next) = day.next_day() else { break };
            day = next;
            count += i32::from(self.day(day).working);
        }
        sign * count
    }

    /// What is known of `day`.
    pub fn day(&self, day: Date) -> DayStatus<'_> {
        let provisional = day > self.horizon || day.year() < self.first;
        let noticed = usize::try_from(day.to_julian_day() - self.start).ok().and_then(|index| self.days.get(index));
        let place = match noticed.map(|place| usize::from(*place)) {
            Some(place) if place > NEW_YEAR => place,
            _ if provisional && day.ordinal() == 1 => NEW_YEAR,
            Some(place) => place,
            None => by_weekday(day),
        };
        let (reason, words) = &self.kinds[place];
        DayStatus { working: reason.working(), reason, words, provisional }
    }

    /// SHA-256 of each year's file.
    pub fn digests(&self) -> &BTreeMap<i32, Arc<str>> {
        &self.digests
    }

    /// The notices a year's file names.
    pub fn papers(&self, year: i32) -> &[String] {
        self.papers.get(&year).map_or(&[], Vec::as_slice)
    }
}

fn by_weekday(day: Date) -> usize {
    if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) { WEEKEND } else { WEEKDAY }
}
