//! Years as the State Council's notices set them.

use std::collections::BTreeMap;

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
    #[error("no calendar is loaded")]
    Empty,
}

/// Why a day counts or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayReason {
    Weekday,
    Weekend,
    /// A day off by notice; the name of the holiday.
    Holiday(String),
    /// A weekend day that is worked by notice.
    MakeUpWork(String),
    /// 1 January, off by the Holiday Measures although no notice is loaded.
    StatutoryNewYear,
}

impl DayReason {
    /// A stable word and the holiday's name, where there is one.
    pub fn words(&self) -> String {
        match self {
            Self::Weekday => "weekday".to_owned(),
            Self::Weekend => "weekend".to_owned(),
            Self::Holiday(name) => format!("holiday:{name}"),
            Self::MakeUpWork(name) => format!("make_up_work:{name}"),
            Self::StatutoryNewYear => "statutory_new_year".to_owned(),
        }
    }
}

/// What is known of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayStatus {
    pub working: bool,
    pub reason: DayReason,
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

/// All loaded years.
#[derive(Clone, Debug)]
pub struct Calendars {
    moved: BTreeMap<Date, (bool, String)>,
    papers: BTreeMap<i32, Vec<String>>,
    digests: BTreeMap<i32, String>,
    first: i32,
    last: i32,
}

impl Calendars {
    /// # Errors
    /// When a file is not of the form of holiday-cn, names an impossible day or another year, or none is given.
    pub fn from_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, CalendarFault> {
        let iso = time::macros::format_description!("[year]-[month]-[day]");
        let (mut moved, mut papers, mut digests) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (name, text) in files {
            let file: File = serde_json::from_str(text)
                .map_err(|fault| CalendarFault::Unreadable { file: name.to_owned(), fault })?;
            if name != format!("{}.json", file.year) {
                return Err(CalendarFault::WrongYear { file: name.to_owned(), year: file.year });
            }
            for day in file.days {
                let date = Date::parse(&day.date, &iso)
                    .map_err(|_| CalendarFault::BadDate { file: name.to_owned(), date: day.date.clone() })?;
                moved.insert(date, (day.off, day.name));
            }
            papers.insert(file.year, file.papers);
            digests.insert(file.year, format!("{:x}", Sha256::digest(text.as_bytes())));
        }
        let (first, last) = match (digests.keys().next(), digests.keys().next_back()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => return Err(CalendarFault::Empty),
        };
        Ok(Self { moved, papers, digests, first, last })
    }

    /// The last day that no notice yet to come is expected to change. The last days of December fall
    /// to the next year's New Year arrangement, so the last loaded year is certain to 24 December only.
    pub fn horizon(&self) -> Date {
        Date::from_calendar_date(self.last, Month::December, 24).unwrap_or(Date::MAX)
    }

    /// What is known of `day`.
    pub fn day(&self, day: Date) -> DayStatus {
        let provisional = day > self.horizon() || day.year() < self.first;
        if let Some((off, name)) = self.moved.get(&day) {
            let reason = if *off { DayReason::Holiday(name.clone()) } else { DayReason::MakeUpWork(name.clone()) };
            return DayStatus { working: !off, reason, provisional };
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let reason = if provisional && day.month() == Month::January && day.day() == 1 {
            DayReason::StatutoryNewYear
        } else if weekend {
            DayReason::Weekend
        } else {
            DayReason::Weekday
        };
        DayStatus { working: reason == DayReason::Weekday, reason, provisional }
    }

    /// SHA-256 of each year's file.
    pub fn digests(&self) -> &BTreeMap<i32, String> {
        &self.digests
    }

    /// The notices a year's file names.
    pub fn papers(&self, year: i32) -> &[String] {
        self.papers.get(&year).map_or(&[], Vec::as_slice)
    }
}
