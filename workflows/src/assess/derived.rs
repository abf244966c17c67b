//! Class and terms with every step behind them: the days are those of `assess`.

use domain::{
    calendar::{DayName, Derived, LimitFault, Parameter, Why},
    data::{ClassStep, DerivedTerms},
    record::{RecordClass, RecordFacts, SubstancePolicy},
};

use time::Date;

use super::{
    class::graded,
    outcome::{AssessFault, Assessment, books},
    terms::{counted, months},
};
use crate::law::{Law, Rulebook};

/// How the figures of an assessment were found; nothing where it names none.
///
/// # Errors
/// When a term runs out of the calendar.
pub fn derive(law: &Law, facts: &RecordFacts, on: Date, found: &Assessment) -> Result<DerivedTerms, AssessFault> {
    let [old, new] = books(law, facts, on)?;
    // What is open changes no day of a determined record, and no class is named where it would change that.
    let classes = if found.class.is_some() { classes(new, facts) } else { Vec::new() };
    if found.undetermined {
        return Ok(DerivedTerms { classes, ..DerivedTerms::default() });
    }
    let (by_new, by_old) = (terms(law, facts, new, new)?, terms(law, facts, old, new)?);
    let [min_last_day, max_last_day] = match facts.substance_policy {
        SubstancePolicy::ByFindingDate => by_old,
        SubstancePolicy::CurrentRule => by_new,
        SubstancePolicy::Favourable if old.key == new.key => by_new,
        SubstancePolicy::Favourable => {
            let [old_min, old_max] = by_old;
            let [new_min, new_max] = by_new;
            [shorter(old_min, new_min), shorter(old_max, new_max)]
        }
    };
    let earliest_repair = repair(facts, min_last_day.clone())?;
    Ok(DerivedTerms { classes, min_last_day, earliest_repair, max_last_day })
}

fn classes(book: &Rulebook, facts: &RecordFacts) -> Vec<ClassStep> {
    let mut kinds = facts.penalties.iter().map(|penalty| penalty.kind);
    let graded = graded(book, facts, RecordClass::Minor);
    let step = |graded: super::class::Graded<'_>| ClassStep {
        penalty: if graded.listing { None } else { kinds.next() },
        class: graded.grade.class,
        article: graded.rule.cites.clone(),
    };
    graded.map(step).collect()
}

/// Last days of the minimum and of the maximum term under one book: of several penalties the longest (Order 36 art. 12(3)).
fn terms(law: &Law, facts: &RecordFacts, book: &Rulebook, today: &Rulebook) -> Result<[Option<Derived>; 2], AssessFault> {
    let (mut min, mut max) = (Vec::new(), Vec::new());
    for graded in graded(book, facts, RecordClass::Minor) {
        let found = months(facts, book, today, graded);
        let count = |of: &mut Vec<Derived>, figure: Option<(u32, &str)>, word: &str| -> Result<(), LimitFault> {
            let Some((months, cite)) = figure else { return Ok(()) };
            let parameter = Parameter { key: format!("{}/{}/{word}", book.key, graded.grade.key), count: months };
            let event = Some(DayName::Finding.key());
            let one = Derived::counted(event, vec![parameter], &[cite.to_owned()], counted(law, facts, months)?);
            // Penalties of one grade have one term.
            if !of.contains(&one) {
                of.push(one);
            }
            Ok(())
        };
        count(&mut min, found.min, "min")?;
        count(&mut max, found.max, if graded.grade.published() { "max" } else { "necessity" })?;
    }
    Ok([min, max].map(|of| Derived::latest(Why::LongestOfPenalties, of)))
}

/// No term at all is shorter than any.
fn shorter(old: Option<Derived>, new: Option<Derived>) -> Option<Derived> {
    Derived::earliest(Why::ShorterOfLaws, vec![old?, new?])
}

/// The first day of repair: the day after the minimum term and the penalties' own periods, and not before duties are done.
fn repair(facts: &RecordFacts, min: Option<Derived>) -> Result<Option<Derived>, AssessFault> {
    if min.is_none() && facts.duties_done_on.is_none() {
        return Ok(None); // repair opens with the duties
    }
    let until = facts.penalties.iter().filter_map(|penalty| penalty.until).max();
    let over = min.into_iter().chain(until.map(|day| Derived::named(DayName::PenaltyUntil, day))).collect();
    let after = match Derived::latest(Why::RepairOpens, over) {
        Some(over) => Some(over.shifted(1).ok_or(LimitFault::Range)?),
        None => None,
    };
    let done = facts.duties_done_on.map(|day| Derived::named(DayName::DutiesDone, day));
    Ok(Derived::latest(Why::RepairOpens, after.into_iter().chain(done).collect()))
}
