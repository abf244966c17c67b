//! The things that count towards a measure on a day, and whose each is.

use std::collections::BTreeMap;

use domain::{
    collection::Measured,
    rows::{MeasureLine, PlanFact},
};
use time::Date;

use crate::plan::file::{By, Count, Measure, Plan};

/// What a fact is looked up by: what is counted, and the year of its day. An appointment stands for years and is found without one.
pub fn counted_in(count: Count, year: i32) -> String {
    if count == Count::Appointments { count.key().to_owned() } else { format!("{}|{year}", count.key()) }
}

/// The words under which everything that a plan counts of this is found.
pub fn years_of(plan: &Plan, count: Count) -> Vec<String> {
    let mut words: Vec<_> = (plan.first.year()..=plan.last.year()).map(|year| counted_in(count, year)).collect();
    words.dedup();
    words
}

/// What a plan may count, as it stands on a day.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub plan: &'a Plan,
    /// The policy office: the plan asks it for the total where it is one of several owners.
    pub lead: &'a str,
    pub as_of: Date,
    pub all: &'a [PlanFact],
    /// Rates that were frozen.
    pub frozen: &'a [MeasureLine],
}

impl<'a> Facts<'a> {
    /// What counts towards a measure.
    pub fn of(&self, measure: &Measure) -> Vec<&'a PlanFact> {
        let counts = |fact: &&PlanFact| self.stands(fact) && is_of(fact, measure.count) && fits(fact, measure);
        let mut found: Vec<_> = self.all.iter().filter(counts).collect();
        found.sort_by_key(|fact| (fact.on_day, fact.id));
        if matches!(measure.count, Count::LinkChecks | Count::ColumnParts) {
            // A part counts once, by its newest piece; a later check of the same link takes the place of an earlier one.
            let newest: BTreeMap<_, _> = found.into_iter().map(|fact| (fact.kind.as_deref(), fact)).collect();
            found = newest.into_values().filter(|fact| measure.count != Count::LinkChecks || fact.amount == Some(1)).collect();
        }
        found.sort_by_key(|fact| (fact.on_day, fact.id));
        found
    }

    /// What is watched of a count, without a quota.
    pub fn watched(&self, count: Count, kinds: &[String]) -> Vec<&'a PlanFact> {
        let counts = |fact: &&PlanFact| self.stands(fact) && is_of(fact, count) && is_among(fact, kinds);
        let mut found: Vec<_> = self.all.iter().filter(counts).collect();
        found.sort_by_key(|fact| (fact.on_day, fact.id));
        found
    }

    /// The newest line of a rate that was frozen by the day, inside the plan; of a period, that of the plan.
    pub fn rate(&self, measure: Measured, scope: &str) -> Option<&'a MeasureLine> {
        let inside = |line: &&MeasureLine| {
            let period = line.first_day.is_none_or(|first| first == self.plan.first);
            period && (self.plan.first..=self.as_of.min(self.plan.last)).contains(&line.as_of)
        };
        let of = self.frozen.iter().filter(|line| line.measure == measure && line.scope == scope);
        of.filter(inside).max_by_key(|line| (line.as_of, line.at_size))
    }

    /// Whether it lies in the period and had not fallen away by the day.
    fn stands(&self, fact: &PlanFact) -> bool {
        let there = fact.on_day <= self.as_of && fact.fallen_on.is_none_or(|day| day > self.as_of);
        if is_of(fact, Count::Appointments) {
            // Who was appointed before the plan counts as long as the appointment holds.
            return there && fact.on_day <= self.plan.last && fact.until.is_none_or(|until| until >= self.as_of.min(self.plan.last));
        }
        there && (self.plan.first..=self.plan.last).contains(&fact.on_day)
    }

    /// The office whose share a thing is; one thing counts for one office.
    pub fn owner(&self, fact: &'a PlanFact, measure: &'a Measure) -> &'a str {
        let of_field = || self.plan.field.iter().find(|field| Some(field.key) == fact.field).map(|field| field.office.as_str());
        let of_kind = || measure.kinds.get(fact.kind.as_deref()?).map(String::as_str);
        let found = match measure.by {
            Some(By::Field) => of_field(),
            Some(By::Kind) => of_kind(),
            Some(By::Owner) | None => None,
        };
        found.unwrap_or(&fact.office)
    }
}

/// Whether a fact is of this count.
fn is_of(fact: &PlanFact, count: Count) -> bool {
    fact.counted.split('|').next() == Some(count.key())
}

fn is_among(fact: &PlanFact, kinds: &[String]) -> bool {
    let any = kinds.iter().any(|kind| kind == "any" || kind == "any_channel");
    kinds.is_empty() || any || fact.kind.as_ref().is_some_and(|kind| kinds.contains(kind))
}

fn fits(fact: &PlanFact, measure: &Measure) -> bool {
    // The kinds of a rate say what is asked of it, not what is counted.
    let kinds = measure.count.is_rate() || is_among(fact, &measure.of);
    let theme = measure.theme.is_none_or(|theme| fact.theme.as_deref() == Some(theme.key()));
    kinds && theme && (!measure.shown || fact.shown == 1) && (!measure.concluded || fact.concluded == 1)
}
