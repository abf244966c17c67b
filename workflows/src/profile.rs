//! What the house knows of a subject on a day: what a credit check answers, and what schemes ask.

use std::collections::BTreeMap;

use domain::{
    check::{AnswerKind, AnswerLine},
    record::{Sector, SubjectKind},
};
use time::Date;

/// The measure under which a subject is inspected more often (列为重点监管对象), by its key in `law/measures.toml`.
const KEY_INSPECTION: &str = "key_inspection";

/// Everything that stands about a subject on a day; never what was repaired, has expired, was retracted or is shielded (Order 36
/// art. 3; Sichuan Regulation art. 53).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// None where the house has no row of the subject.
    pub kind: Option<SubjectKind>,
    pub lines: Vec<AnswerLine>,
    /// The grade of each field.
    pub grades: BTreeMap<Sector, String>,
    pub in_business: bool,
    /// Days on which commitments were found broken, and the findings stand.
    pub breaches: Vec<Date>,
}

impl Profile {
    fn has(&self, kind: AnswerKind, fits: impl Fn(&AnswerLine) -> bool) -> bool {
        self.lines.iter().any(|line| line.kind == kind && fits(line))
    }

    /// Whether it is on a severe list.
    pub fn is_listed(&self) -> bool {
        self.has(AnswerKind::Listing, |_| true)
    }

    /// Whether a record is published.
    pub fn has_shown_record(&self) -> bool {
        self.has(AnswerKind::Record, |line| line.shown)
    }

    pub fn is_under_key_inspection(&self) -> bool {
        self.has(AnswerKind::Measure, |line| line.what.as_deref() == Some(KEY_INSPECTION))
    }
}
