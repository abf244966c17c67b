//! Proposed punishment list (失信惩戒建议名单): a batch for one reporting period, and its entries.

use serde::{Deserialize, Serialize};
use time::{Date, Month};

use crate::{
    form::{Field, Known, Takes},
    ground::GroundFacts,
    paper::FormDate,
    personal::Sealed,
    process::{Fields, titled},
    processes::listing::{COUNTS, GROUNDS, LIST_TYPE},
    record::Sector,
};

/// The month or quarter that a batch reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    Month(i32, Month),
    /// 1 to 4.
    Quarter(i32, u8),
}

impl Period {
    /// Reads `2026-05` or `2026-Q2`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, part) = text.split_once('-')?;
        let digits = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        let year: i32 = digits(year, 4).then(|| year.parse().ok()).flatten()?;
        match part.strip_prefix('Q') {
            Some(quarter) => quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter)).map(|quarter| Self::Quarter(year, quarter)),
            None if digits(part, 2) => Some(Self::Month(year, Month::try_from(part.parse::<u8>().ok()?).ok()?)),
            None => None,
        }
    }

    /// The last calendar day.
    pub fn last_day(self) -> Option<Date> {
        let (year, month) = match self {
            Self::Month(year, month) => (year, month),
            Self::Quarter(year, quarter) => (year, Month::try_from(quarter * 3).ok()?),
        };
        Date::from_calendar_date(year, month, month.length(year)).ok()
    }
}

/// What a batch says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchForm {
    /// `2026-05` or `2026-Q2`
    pub period: String,
    pub period_last_day: Date,
    pub remark: Option<Sealed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchData {
    pub form: BatchForm,
    /// The day of the last hand-over to the policy office.
    pub submitted_on: Option<Date>,
    pub sent_on: Option<Date>,
}

/// What an entry proposes. The subject and the base document are those of the record that it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryForm {
    /// Key of a list type.
    pub list_type: String,
    /// Keys of the list type's grounds.
    pub grounds: Vec<String>,
    /// Keys of measures on the list.
    pub measures: Vec<String>,
    /// What the counting grounds among them rest on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<GroundFacts>,
    pub facts: Sealed,
    pub remark: Option<Sealed>,
}

titled! {
    /// What became of an entry at the province.
    ProvinceAnswer {
        Accepted = "ACCEPTED" "采纳" "accepted",
        Rejected = "REJECTED" "不采纳" "rejected",
        Returned = "RETURNED" "退回" "returned",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryData {
    pub form: EntryForm,
    /// The sector whose unit has to give its opinion, as the list type asks.
    pub opinion_of: Option<Sector>,
    /// Whether the named unit agrees; none before it has spoken.
    pub unit_agrees: Option<bool>,
    pub forwarded_on: Option<Date>,
    pub answer: Option<ProvinceAnswer>,
    pub answered_on: Option<Date>,
}

impl Fields for BatchForm {
    const DATES: &'static [FormDate] = &[FormDate::Period];
    const INPUT: Option<&'static str> = None;
    const DRAWN: &'static [Field] = &[
        Field::new("period", ("报送周期", "reporting period"), Takes::Text).needed().help(("2026-05 或 2026-Q2", "2026-05 or 2026-Q2")),
        Field::new("remark", ("备注", "remark"), Takes::LongText),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        vec![(FormDate::Period, self.period_last_day)]
    }
}

impl Fields for EntryForm {
    const DATES: &'static [FormDate] = &[];
    const INPUT: Option<&'static str> = Some("entry");
    const DRAWN: &'static [Field] = &[
        LIST_TYPE,
        GROUNDS,
        Field::new("measures", ("建议措施", "proposed measures"), Takes::SomeOf(Known::Measure)),
        COUNTS,
        Field::new("facts", ("事实和理由", "facts and reasons"), Takes::LongText).needed(),
        Field::new("remark", ("备注", "remark"), Takes::LongText),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        Vec::new()
    }
}
