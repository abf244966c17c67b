//! First and last days of publication and repair.

use domain::{
    calendar::{Limit, LimitFault, Unit, due},
    record::{FactFault, RecordClass, RecordFacts, SubjectKind, SubstancePolicy},
};
use serde::Serialize;
use time::Date;

use super::class;
use crate::law::{Law, Rulebook};

/// Facts that cannot be assessed.
#[derive(Debug, thiserror::Error)]
pub enum AssessFault {
    #[error("{}", .0.iter().map(|fault| fault.en).collect::<Vec<_>>().join("; "))]
    Facts(Vec<FactFault>),
    #[error(transparent)]
    Limit(#[from] LimitFault),
    #[error("no rulebook is loaded")]
    NoRulebook,
}

/// What another law would say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Alternative {
    pub rulebook: String,
    pub published: bool,
    pub min_last_day: Option<Date>,
    pub max_last_day: Option<Date>,
    /// Whether its figure was taken for the minimum, for the maximum.
    pub used_for: Vec<&'static str>,
}

/// Class and terms. Days are None where there is no such term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Assessment {
    pub class: Option<RecordClass>,
    pub undetermined: bool,
    pub asks: Vec<String>,
    pub published: bool,
    pub min_last_day: Option<Date>,
    /// First day on which an application can be accepted, as far as the facts tell.
    pub earliest_repair: Option<Date>,
    pub max_last_day: Option<Date>,
    /// First day without publication.
    pub auto_stop: Option<Date>,
    pub rulebook: String,
    pub alternatives: Vec<Alternative>,
    pub cites: Vec<String>,
}

struct Term {
    published: bool,
    min: Option<Date>,
    max: Option<Date>,
}

/// Assesses a record.
///
/// # Errors
/// When the facts contradict themselves or a term runs out of the calendar.
pub fn assess(law: &Law, facts: &RecordFacts) -> Result<Assessment, AssessFault> {
    let faults = facts.validate();
    if !faults.is_empty() {
        return Err(AssessFault::Facts(faults));
    }
    let range = class::range(facts);
    let current = law.current().ok_or(AssessFault::NoRulebook)?;
    if range.low != range.high {
        return Ok(Assessment {
            class: None,
            undetermined: true,
            asks: range.asks,
            published: false,
            min_last_day: None,
            earliest_repair: None,
            max_last_day: None,
            auto_stop: None,
            rulebook: current.key.clone(),
            alternatives: Vec::new(),
            cites: range.cites,
        });
    }
    determined(law, facts, current, range.low, range.cites)
}

fn determined(law: &Law, facts: &RecordFacts, current: &Rulebook, class: RecordClass, mut cites: Vec<String>) -> Result<Assessment, AssessFault> {
    let old = law.rulebook_on(facts.finding_date).unwrap_or(current);
    let new_term = term(law, facts, current, class)?;
    let old_term = term(law, facts, old, class)?;
    let same = old.key == current.key;
    let (chosen, rulebook, used) = choose(facts.substance_policy, same, &old_term, &new_term, old, current);
    let published = chosen.published && facts.subject_kind != SubjectKind::NaturalPerson;
    cites.push("order_36_2025/art_12_1".to_owned());
    if facts.subject_kind == SubjectKind::NaturalPerson {
        cites.push("order_36_2025/art_12_3".to_owned());
    }
    let own_period = facts.penalties.iter().filter_map(|penalty| penalty.until).max();
    let min_end = chosen.min.max(own_period);
    let earliest = match class {
        RecordClass::Minor if chosen.min.is_none() => facts.duties_done_on.max(own_period.and_then(Date::next_day).filter(|_| facts.duties_done_on.is_some())),
        _ => min_end.and_then(Date::next_day).max(facts.duties_done_on),
    };
    let alternatives = if same {
        Vec::new()
    } else {
        let alternative = |book: &Rulebook, term: &Term, index: usize| Alternative {
            rulebook: book.key.clone(),
            published: term.published && facts.subject_kind != SubjectKind::NaturalPerson,
            min_last_day: term.min,
            max_last_day: term.max,
            used_for: used[index].clone(),
        };
        vec![alternative(old, &old_term, 0), alternative(current, &new_term, 1)]
    };
    Ok(Assessment {
        class: Some(class),
        undetermined: false,
        asks: Vec::new(),
        published,
        min_last_day: chosen.min,
        earliest_repair: earliest,
        max_last_day: chosen.max,
        auto_stop: chosen.max.filter(|_| published).and_then(Date::next_day),
        rulebook,
        alternatives,
        cites,
    })
}

type Used = [Vec<&'static str>; 2];

fn choose(policy: SubstancePolicy, same: bool, old: &Term, new: &Term, old_book: &Rulebook, book: &Rulebook) -> (Term, String, Used) {
    let copy = |term: &Term| Term { published: term.published, min: term.min, max: term.max };
    match policy {
        SubstancePolicy::ByFindingDate => (copy(old), old_book.key.clone(), [vec!["min", "max"], Vec::new()]),
        _ if same => (copy(new), book.key.clone(), [Vec::new(), vec!["min", "max"]]),
        SubstancePolicy::CurrentRule => (copy(new), book.key.clone(), [Vec::new(), vec!["min", "max"]]),
        SubstancePolicy::Favourable => {
            let mut used: Used = [Vec::new(), Vec::new()];
            // No term at all is shorter than any.
            used[usize::from(new.min <= old.min)].push("min");
            used[usize::from(new.max <= old.max)].push("max");
            let term = Term {
                published: old.published && new.published,
                min: old.min.min(new.min),
                max: old.max.min(new.max),
            };
            (term, format!("{}+{}", old_book.key, book.key), used)
        }
    }
}

/// A class's term under one rulebook: last day of the minimum and of the maximum.
fn term(law: &Law, facts: &RecordFacts, book: &Rulebook, class: RecordClass) -> Result<Term, AssessFault> {
    let terms = book.terms(class);
    let necessity = facts.publication_necessity.as_ref().filter(|_| class == RecordClass::Minor);
    let min = book.min_months(class, facts.sector).value;
    if class == RecordClass::Minor && !terms.published {
        let max = necessity.map(|necessity| last_day(law, facts, necessity.months.min(terms.max_months.value))).transpose()?;
        return Ok(Term { published: necessity.is_some(), min: None, max });
    }
    let mut max = terms.max_months.value;
    if let Some(listing) = &facts.severe_listing {
        let own = listing.own_term_years * 12;
        max = if listing.law.is_some() { own } else { own.min(max) };
    }
    let min_last = last_day(law, facts, min.min(max))?;
    Ok(Term { published: terms.published, min: Some(min_last), max: Some(last_day(law, facts, max)?) })
}

fn last_day(law: &Law, facts: &RecordFacts, months: u32) -> Result<Date, AssessFault> {
    let limit = Limit {
        from: facts.finding_date,
        count: months,
        unit: Unit::Month,
        pauses: &[],
        day_one_counts: facts.finding_date_counts,
        move_to_working_day: false,
    };
    Ok(due(law.calendars(), &limit)?.due)
}
