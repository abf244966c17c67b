//! How much of a measure is there: in all, and by owner, month, field and kind.

use domain::{
    collection::Measured,
    record::Sector,
    rows::{MeasureLine, PlanFact},
};
use time::Date;

use super::facts::Facts;
use crate::plan::{
    file::{Count, Measure},
    frozen::ALL,
    months::{YearMonth, full_months},
    share,
};

/// What a part of a quota is asked of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    All,
    Office(String),
    Month(YearMonth),
    Field(Sector),
    Kind(String),
}

/// So many of so many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub of: Of,
    pub have: u64,
    pub need: u64,
    /// Of a month: it has ended without what it asks, and nothing can make that good.
    pub gone: bool,
}

impl Part {
    pub const fn met(&self) -> bool {
        self.have >= self.need
    }
}

/// A measure as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub count: Count,
    /// Of a rate: so many of so many; of what is not a rate, how much there is.
    pub share: Option<share::Share>,
    pub have: u64,
    pub parts: Vec<Part>,
    /// None where there are no data.
    pub met: Option<bool>,
    /// Of a rate that was frozen: the lines of it.
    pub frozen: Vec<MeasureLine>,
}

/// The measure of a line; `owners` are asked for it until `due`.
pub fn of(facts: &Facts<'_>, measure: &Measure, owners: &[&str], due: Date) -> Counted {
    let found = facts.of(measure);
    if measure.count.is_rate() {
        return rate(facts, measure, owners, &found);
    }
    let count = |wanted: &dyn Fn(&PlanFact) -> bool| found.iter().filter(|fact| wanted(fact)).count() as u64;
    let mut parts = Vec::new();
    let mut add = |of: Of, have: u64, need: Option<u32>, gone: bool| {
        if let Some(need) = need {
            parts.push(Part { of, have, need: u64::from(need), gone: gone && have < u64::from(need) });
        }
    };
    add(Of::All, found.len() as u64, measure.at_least, false);
    for office in asked(facts, measure, owners) {
        add(Of::Office(office.to_owned()), count(&|fact| facts.owner(fact, measure) == office), measure.each_owner, false);
    }
    if measure.each_month.is_some() {
        for month in full_months(facts.plan.first, due.min(facts.plan.last)) {
            let ended = last_day(month).is_some_and(|last| last < facts.as_of);
            add(Of::Month(month), count(&|fact| month_of(fact.on_day) == month), measure.each_month, ended);
        }
    }
    for field in &facts.plan.field {
        add(Of::Field(field.key), count(&|fact| fact.field == Some(field.key)), measure.each_field, false);
    }
    for kind in &measure.of {
        add(Of::Kind(kind.clone()), count(&|fact| fact.kind.as_ref() == Some(kind)), measure.each_kind, false);
    }
    let met = Some(parts.iter().all(Part::met));
    Counted { count: measure.count, share: None, have: found.len() as u64, parts, met, frozen: Vec::new() }
}

/// Owners of whom each asks its own number.
pub fn asked<'a>(facts: &Facts<'a>, measure: &'a Measure, owners: &[&'a str]) -> Vec<&'a str> {
    match &measure.each_of {
        Some(group) => facts.plan.offices(std::slice::from_ref(group)),
        None => owners.to_vec(),
    }
}

/// A rate: of lists handed over on time the months of each owner; the others as they were frozen.
fn rate(facts: &Facts<'_>, measure: &Measure, owners: &[&str], found: &[&PlanFact]) -> Counted {
    if measure.count != Count::ProposalsOnTime {
        return frozen(facts, measure);
    }
    let mut whole = share::Share::default();
    let mut parts = Vec::new();
    let lone = owners.len() == 1;
    // The office that receives the lists hands none over to itself.
    for office in owners.iter().filter(|office| lone || **office != facts.lead) {
        let mut own = share::Share::default();
        for month in full_months(facts.plan.first, facts.as_of.min(facts.plan.last)) {
            let told = found.iter().any(|fact| facts.owner(fact, measure) == *office && tells_of(fact, month));
            own.count(told);
            whole.count(told);
        }
        parts.push(Part { of: Of::Office((*office).to_owned()), have: own.num, need: own.den, gone: false });
    }
    Counted { count: measure.count, share: Some(whole), have: whole.num, parts, met: whole.met(), frozen: Vec::new() }
}

/// What a rate is frozen as.
fn measured(count: Count, kinds: &[String]) -> Vec<Measured> {
    match count {
        Count::Coverage => vec![Measured::Coverage],
        Count::Completeness => vec![Measured::Completeness],
        _ => kinds.iter().filter_map(|kind| Measured::from_key(&kind.to_uppercase())).collect(),
    }
}

/// A rate as it was frozen last: whole, or by the owner of each kind.
fn frozen(facts: &Facts<'_>, measure: &Measure) -> Counted {
    let (mut parts, mut lines, mut met) = (Vec::new(), Vec::new(), None);
    let share = |line: &MeasureLine| share::Share::new(line.num.unsigned_abs(), line.den.unsigned_abs());
    let measured = measured(measure.count, &measure.of);
    for rate in &measured {
        for (kind, owner) in &measure.kinds {
            let Some(line) = facts.rate(*rate, &format!("kind|{kind}")).filter(|line| line.den > 0) else { continue };
            let own = share(line);
            parts.push(Part { of: Of::Office(owner.clone()), have: own.num, need: own.den, gone: false });
        }
        if let Some(line) = facts.rate(*rate, ALL) {
            met = match (met, share(line).met()) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (known, whole) => whole.or(known),
            };
            lines.push(line.clone());
        }
    }
    // What is wrong says more than what is whole.
    let told = lines.iter().find(|line| line.num < line.den).or(lines.first()).map(share).unwrap_or_default();
    if measure.kinds.is_empty() && !lines.is_empty() {
        parts.push(Part { of: Of::All, have: told.num, need: told.den, gone: false });
    }
    let known = (!lines.is_empty()).then_some(told);
    Counted { count: measure.count, share: known, have: told.num, parts, met, frozen: lines }
}

/// Whether a list or a nil report, handed over by its last day, speaks of a month: `amount` months that end with `until`.
fn tells_of(fact: &PlanFact, month: YearMonth) -> bool {
    let (Some(until), Some(months)) = (fact.until, fact.amount) else { return false };
    let number = |month: YearMonth| i64::from(month.year) * 12 + i64::from(month.month);
    let last = number(month_of(until));
    fact.on_day <= until && (last - months + 1..=last).contains(&number(month))
}

/// The month in which a day lies.
pub fn month_of(day: Date) -> YearMonth {
    YearMonth { year: day.year(), month: u8::from(day.month()) }
}

fn last_day(month: YearMonth) -> Option<Date> {
    let name = time::Month::try_from(month.month).ok()?;
    Date::from_calendar_date(month.year, name, name.length(month.year)).ok()
}
