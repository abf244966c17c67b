//! How much of a measure is there: in all, and by owner, month, field and kind.

use domain::{record::Sector, rows::PlanFact};
use time::Date;

use super::facts::Facts;
use crate::plan::{
    file::{By, Count, Measure},
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
    Counted { count: measure.count, share: None, have: found.len() as u64, parts, met }
}

/// Owners of whom each asks its own number.
pub fn asked<'a>(facts: &Facts<'a>, measure: &'a Measure, owners: &[&'a str]) -> Vec<&'a str> {
    match &measure.each_of {
        Some(group) => facts.plan.offices(std::slice::from_ref(group)),
        None => owners.to_vec(),
    }
}

/// A rate: of lists handed over on time the months of each owner; the others are counted from registers.
fn rate(facts: &Facts<'_>, measure: &Measure, owners: &[&str], found: &[&PlanFact]) -> Counted {
    let mut whole = share::Share::default();
    let mut parts = Vec::new();
    if measure.count == Count::ProposalsOnTime {
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
    }
    let known = measure.count == Count::ProposalsOnTime && measure.by != Some(By::Kind);
    Counted { count: measure.count, share: known.then_some(whole), have: whole.num, parts, met: whole.met() }
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
