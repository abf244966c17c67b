//! Full months of a period: a month that begins before it or ends after it asks for nothing.

use std::fmt;

use time::Date;

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearMonth {
    pub year: i32,
    /// From 1.
    pub month: u8,
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The months that lie whole in a period; none at all where its first day is after its last.
pub fn full_months(first: Date, last: Date) -> impl Iterator<Item = YearMonth> {
    // Months since year 0; one that has begun before the first day, or that goes on after the last, is left out.
    let number = |day: Date| i64::from(day.year()) * 12 + i64::from(u8::from(day.month())) - 1;
    let begin = number(first) + i64::from(first.day() > 1);
    let ends = last.day() == last.month().length(last.year());
    let end = number(last) + i64::from(ends);
    (begin..end).filter_map(|number| {
        Some(YearMonth { year: i32::try_from(number.div_euclid(12)).ok()?, month: u8::try_from(number.rem_euclid(12) + 1).ok()? })
    })
}
