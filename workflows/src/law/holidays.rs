//! What a year's notice has to leave off: the Holiday Measures, against which a calendar file is checked.

use std::collections::BTreeSet;

use domain::calendar::YearFile;
use serde::Deserialize;
use time::{Date, Month, Weekday};

use super::figure::Mark;

/// One holiday of the Measures. Days are written as MM-DD.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub zh: String,
    pub en: String,
    /// Days off that the Measures give.
    pub days: usize,
    /// Those of them that fall on the same day every year.
    #[serde(default)]
    pub fixed: Vec<String>,
    /// The first and the last day on which it can fall.
    pub first: String,
    pub last: String,
    pub cites: String,
    pub mark: Mark,
}

/// All holidays and the day from which they hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    #[serde(deserialize_with = "super::dates::day")]
    pub in_force_from: Date,
    pub holiday: Vec<Holiday>,
}

impl Holidays {
    /// What speaks against a year's file, each sentence naming the “day” or the “holiday”.
    pub fn faults(&self, file: &YearFile) -> Vec<String> {
        let mut faults = form(file);
        if file.year < self.in_force_from.year() {
            return faults;
        }
        for (day, _, _) in file.days.iter().filter(|(day, _, off)| !off && weekday(*day)) {
            faults.push(format!("“{day}” is a weekday, so that no work can be made up on it"));
        }
        for holiday in &self.holiday {
            self::holiday(holiday, file, &mut faults);
        }
        let (off, made_up, given) = self.balance(file);
        if off < made_up + given {
            faults.push(format!(
                "{off} weekdays off with {made_up} days made up leave fewer than the {given} days that the Holiday Measures give"
            ));
        }
        faults
    }
}

impl Holidays {
    /// Weekdays off, days made up, and days that the Measures give.
    fn balance(&self, file: &YearFile) -> (usize, usize, usize) {
        let off = file.days.iter().filter(|(day, _, off)| *off && weekday(*day)).count();
        let made_up = file.days.iter().filter(|(_, _, off)| !off).count();
        (off, made_up, self.holiday.iter().map(|holiday| holiday.days).sum())
    }

    /// What a notice may say and seldom does, so that the file should be looked at again before it holds: a day too many off
    /// moves every deadline that runs over it.
    pub fn warnings(&self, file: &YearFile) -> Vec<String> {
        let mut warnings = Vec::new();
        let (off, made_up, given) = self.balance(file);
        if file.year < self.in_force_from.year() {
            return warnings;
        }
        if off > made_up + given {
            warnings.push(format!(
                "{off} weekdays are off, the Holiday Measures give {given} and {made_up} are made up: {} too many; a day on which work is made up is missing, or marked as off",
                off - made_up - given
            ));
        }
        // A notice names a weekend day as off only within a holiday: beside another day off of it, or as its fixed day.
        for (day, name, _) in file.days.iter().filter(|(day, _, off)| *off && !weekday(*day)) {
            let beside = |other: &Date| (*other - *day).whole_days().abs() == 1;
            let inside = file.days.iter().any(|(other, _, off)| *off && beside(other));
            if !inside {
                warnings.push(format!("“{day}” ({name}) is a weekend day off by itself; is it a day on which work is made up?"));
            }
        }
        warnings
    }
}

/// What no notice can say: a day twice, a day of another season.
fn form(file: &YearFile) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let season = |day: &Date| {
        day.year() == file.year
            || (day.year() == file.year - 1 && day.month() == Month::December)
            || (day.year() == file.year + 1 && day.month() == Month::January)
    };
    for (day, _, _) in &file.days {
        if !seen.insert(*day) {
            faults.push(format!("“{day}” is named twice"));
        }
        if !season(day) {
            faults.push(format!("“{day}” is no day that the notice of {} can arrange", file.year));
        }
    }
    faults
}

fn weekday(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn holiday(holiday: &Holiday, file: &YearFile, faults: &mut Vec<String>) {
    let day = |text: &str| domain::day::parse(&format!("{:04}-{text}", file.year));
    let (Some(first), Some(last)) = (day(&holiday.first), day(&holiday.last)) else {
        faults.push(format!("“{}” names no window in {}", holiday.zh, file.year));
        return;
    };
    let within = file.days.iter().filter(|(date, name, off)| *off && name.contains(&holiday.zh) && (first..=last).contains(date)).count();
    if within < holiday.days {
        faults.push(format!(
            "“{}” ({}) has {within} days off from {first} to {last}, the Holiday Measures give {}",
            holiday.zh, holiday.en, holiday.days
        ));
    }
    for fixed in holiday.fixed.iter().filter_map(|text| day(text)) {
        if !file.days.iter().any(|(date, _, off)| *date == fixed && *off) {
            faults.push(format!("“{fixed}” is off by the Holiday Measures ({}), and not in the file", holiday.zh));
        }
    }
}
