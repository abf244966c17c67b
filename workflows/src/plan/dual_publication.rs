//! Dual publication (双公示): licences and penalties of a period, reported in time and accepted by the platform.

use std::collections::HashMap;

use domain::calendar::{Calendars, Limit, LimitFault, Unit};
use serde::Serialize;
use time::Date;

use super::share::{Counted, Failing, FailingList, Share};

/// The setting that says how many working days a decision may take until it is reported.
pub const DAYS: &str = "dual_publication_days";

/// What is published twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Licence,
    Penalty,
}

impl Kind {
    pub const ALL: [Self; 2] = [Self::Licence, Self::Penalty];

    const fn place(self) -> usize {
        match self {
            Self::Licence => 0,
            Self::Penalty => 1,
        }
    }
}

/// A decision of the period.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    pub key: &'a str,
    pub kind: Kind,
    pub decided_on: Date,
    pub annulled_on: Option<Date>,
    /// It was found that nobody reported it: there is nothing to wait for.
    pub omission: bool,
}

/// A line that went to the platform.
#[derive(Clone, Debug)]
pub struct Sent<'a> {
    pub key: &'a str,
    pub sent_on: Date,
    /// The field that the own check finds wrong; it counts only until an answer is there.
    pub own_check: Option<&'a str>,
    pub answer: Option<Answer<'a>>,
}

/// What the platform said of a line.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    pub outcome: Outcome,
    pub code: Option<&'a str>,
    pub on: Date,
}

/// Whether the platform took a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Accepted,
    Returned,
}

/// The four rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Rate {
    /// 上报率
    Reported,
    /// 及时率
    Timely,
    /// 合规率
    Compliant,
    /// 首次合规率
    FirstPass,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub as_of: Date,
    /// One kind, or both.
    pub kind: Option<Kind>,
    /// Working days from the decision to the last day in time.
    pub days: u32,
}

/// All four rates on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DualPublication {
    #[serde(flatten)]
    pub counted: Counted<Rate>,
    pub reported: Share,
    pub timely: Share,
    pub compliant: Share,
    pub first_pass: Share,
    /// Not reported yet, and still in time.
    pub pending: u64,
    /// A last day in time was counted through days of a year whose calendar is not loaded.
    pub provisional: bool,
}

/// What cannot be counted, with the place in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DualFault {
    #[error("the decision at place {0} has the key of another one")]
    SameDecision(usize),
    #[error("the line at place {0} is about no decision of the period")]
    UnknownDecision(usize),
    #[error("the last day of the decision at place {0} lies past the calendar")]
    OutOfRange(usize),
}

/// The last day in time, and whether it is provisional.
///
/// # Errors
/// When the days run past the last day that can be counted.
pub fn due(calendars: &Calendars, decided_on: Date, days: u32) -> Result<(Date, bool), LimitFault> {
    let limit =
        Limit { from: decided_on, count: days, unit: Unit::WorkingDay, pauses: &[], day_one_counts: false, move_to_working_day: false };
    domain::calendar::due(calendars, &limit).map(|found| (found.due, found.provisional))
}

/// What one decision counts for.
struct Stand {
    reported: bool,
    timely: bool,
    /// Of a reported one.
    compliant: bool,
    /// Of one with an answer.
    first_pass: Option<bool>,
    reasons: Vec<String>,
}

/// Counts the decisions of a period, as they and what was sent stand on a day.
///
/// # Errors
/// [`DualFault`]: two decisions of one key, a line about no decision, a day past the calendar.
pub fn dual_publication(
    calendars: &Calendars,
    asked: Asked,
    decisions: &[Decision<'_>],
    sent: &[Sent<'_>],
) -> Result<DualPublication, DualFault> {
    let lines = by_decision(asked.as_of, decisions, sent)?;
    let mut days: HashMap<Date, (Date, bool)> = HashMap::new();
    // Whether each kind has decisions that count, and all of them are reported and compliant.
    let mut kinds = [None; Kind::ALL.len()];
    let mut found = DualPublication {
        counted: Counted { share: None, met: None, excluded: 0, failing: FailingList::new(Vec::new()) },
        reported: Share::default(),
        timely: Share::default(),
        compliant: Share::default(),
        first_pass: Share::default(),
        pending: 0,
        provisional: false,
    };
    let mut failing = Vec::new();
    for (place, (decision, lines)) in decisions.iter().zip(&lines).enumerate() {
        if !stands(decision, asked) {
            continue;
        }
        let (last, provisional) = match days.get(&decision.decided_on) {
            Some(known) => *known,
            None => {
                let counted = due(calendars, decision.decided_on, asked.days).map_err(|_| DualFault::OutOfRange(place))?;
                days.insert(decision.decided_on, counted);
                counted
            }
        };
        found.provisional |= provisional;
        if lines.is_empty() && asked.as_of <= last && !decision.omission {
            found.pending += 1;
            continue;
        }
        let stand = stand(decision, lines, last, asked.as_of);
        let kind = &mut kinds[decision.kind.place()];
        *kind = Some(kind.unwrap_or(true) && stand.reported && stand.compliant);
        let of = found.add(&stand);
        if !of.is_empty() {
            failing.push(Failing { key: decision.key.to_owned(), reasons: stand.reasons, of });
        }
    }
    found.counted.excluded = found.pending;
    found.counted.met = kinds.into_iter().flatten().reduce(|one, other| one && other);
    found.counted.failing = FailingList::new(failing);
    Ok(found)
}

/// Whether a decision is there on the day, of the kind that is asked for, and not annulled.
fn stands(decision: &Decision<'_>, asked: Asked) -> bool {
    asked.kind.is_none_or(|kind| kind == decision.kind)
        && decision.decided_on <= asked.as_of
        && decision.annulled_on.is_none_or(|annulled| asked.as_of < annulled)
}

/// What of each decision was sent by a day: in the order of the days, those of one day as they stand.
fn by_decision<'l, 'a>(as_of: Date, decisions: &[Decision<'_>], sent: &'l [Sent<'a>]) -> Result<Vec<Vec<&'l Sent<'a>>>, DualFault> {
    let mut places = HashMap::with_capacity(decisions.len());
    for (place, decision) in decisions.iter().enumerate() {
        if places.insert(decision.key, place).is_some() {
            return Err(DualFault::SameDecision(place));
        }
    }
    let mut lines = vec![Vec::new(); decisions.len()];
    for (place, line) in sent.iter().enumerate() {
        let of = *places.get(line.key).ok_or(DualFault::UnknownDecision(place))?;
        if line.sent_on <= as_of {
            lines[of].push(line);
        }
    }
    for lines in &mut lines {
        lines.sort_by_key(|line: &&Sent<'_>| line.sent_on); // stable: lines of one day keep their order
    }
    Ok(lines)
}

/// What a decision counts for that is not pending.
fn stand(decision: &Decision<'_>, lines: &[&Sent<'_>], last: Date, as_of: Date) -> Stand {
    let answer = |line: &Sent<'_>| line.answer.map(|answer| (answer.outcome, answer.code.map(str::to_owned), answer.on));
    let there = |line: &Sent<'_>| answer(line).filter(|(_, _, on)| *on <= as_of);
    let (Some(first), Some(latest)) = (lines.first(), lines.last()) else {
        let reason = if decision.omission { "OMITTED" } else { "NOT_REPORTED" };
        return Stand { reported: false, timely: false, compliant: false, first_pass: None, reasons: vec![reason.to_owned()] };
    };
    let returned = |code: Option<String>| code.map_or_else(|| "RETURNED".to_owned(), |code| format!("RETURNED:{code}"));
    let timely = first.sent_on <= last;
    let wrong = match there(latest) {
        Some((Outcome::Accepted, ..)) => None,
        Some((Outcome::Returned, code, _)) => Some(returned(code)),
        None => latest.own_check.map(|field| format!("OWN_CHECK:{field}")),
    };
    let first_answer = lines.iter().find_map(|line| there(line));
    let first_pass = first_answer.as_ref().map(|(outcome, ..)| *outcome == Outcome::Accepted);
    let compliant = wrong.is_none();
    // What is wrong today says more than what was wrong at first.
    let wrong = wrong.or_else(|| first_answer.filter(|(outcome, ..)| *outcome == Outcome::Returned).map(|(_, code, _)| returned(code)));
    let late = (!timely).then(|| "LATE".to_owned());
    Stand { reported: true, timely, compliant, first_pass, reasons: late.into_iter().chain(wrong).collect() }
}

impl DualPublication {
    /// Counts a decision, and tells which rates it fails.
    fn add(&mut self, stand: &Stand) -> Vec<Rate> {
        self.reported.count(stand.reported);
        self.timely.count(stand.timely);
        if stand.reported {
            self.compliant.count(stand.compliant);
        }
        if let Some(passed) = stand.first_pass {
            self.first_pass.count(passed);
        }
        let failed = [
            (!stand.reported, Rate::Reported),
            (!stand.timely, Rate::Timely),
            (stand.reported && !stand.compliant, Rate::Compliant),
            (stand.first_pass == Some(false), Rate::FirstPass),
        ];
        failed.into_iter().filter_map(|(fails, rate)| fails.then_some(rate)).collect()
    }
}
