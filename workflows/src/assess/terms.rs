//! First and last days of publication under one book.

use domain::{
    calendar::{Derivation, Limit, LimitFault, Unit, due},
    record::{RecordClass, RecordFacts, SubjectKind},
};
use time::Date;

use super::class::{Graded, graded};
use crate::law::{Law, Rulebook};

/// Last days under one book, each with the figure's article. None where there is no such term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Term<'a> {
    pub published: bool,
    pub min: Option<Date>,
    pub max: Option<Date>,
    pub min_cite: Option<&'a str>,
    pub max_cite: Option<&'a str>,
}

/// Months of one penalty or listing, with their articles.
pub(super) struct Months<'a> {
    pub min: Option<(u32, &'a str)>,
    pub max: Option<(u32, &'a str)>,
}

/// The terms of a record under a book: of several penalties the longest count (Order 36 art. 12(3)).
pub(super) fn term<'a>(
    law: &'a Law,
    facts: &'a RecordFacts,
    book: &'a Rulebook,
    today: &'a Rulebook,
    answer: RecordClass,
) -> Result<Term<'a>, LimitFault> {
    let (mut min, mut max) = (None, None);
    for graded in graded(book, facts, answer) {
        let found = months(facts, book, today, graded);
        min = longer(min, found.min);
        max = longer(max, found.max);
    }
    let last_day = |term: Option<(u32, &'a str)>| term.map(|(months, _)| last_day(law, facts, months)).transpose();
    Ok(Term {
        published: max.is_some() && facts.subject_kind != SubjectKind::NaturalPerson,
        min: last_day(min)?,
        max: last_day(max)?,
        min_cite: min.map(|(_, cite)| cite),
        max_cite: max.map(|(_, cite)| cite),
    })
}

fn longer<'a>(one: Option<(u32, &'a str)>, other: Option<(u32, &'a str)>) -> Option<(u32, &'a str)> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.0 > one.0 { other } else { one }),
        _ => one.or(other),
    }
}

pub(super) fn months<'a>(facts: &'a RecordFacts, book: &'a Rulebook, today: &'a Rulebook, found: Graded<'a>) -> Months<'a> {
    let months = |figure: &'a crate::law::Figure| figure.months().map(|months| (months, figure.cites.as_str()));
    let mut min = book.min(found.grade, facts.sector).and_then(months);
    let mut max = found.grade.max.as_ref().and_then(months);
    if let (Some(listing), true) = (&facts.severe_listing, found.listing) {
        // Over the book's maximum only by the law that says so; the facts were checked for it. Without a term the book's own.
        if let Some(own) = listing.own_term_years.map(|years| years.saturating_mul(12)) {
            max = Some((own, max.map_or(found.rule.cites.as_str(), |(_, cite)| cite)));
            min = min.map(|(months, cite)| (months.min(own), cite));
        }
    }
    // Whether it is necessary is found today, by today's rule, also of a record that older law did not show.
    let limit = today.necessity().and_then(months);
    if let (None, Some(limit), Some(necessity)) = (max, limit, &facts.publication_necessity) {
        max = Some((necessity.months.min(limit.0), limit.1));
    }
    Months { min, max }
}

fn last_day(law: &Law, facts: &RecordFacts, months: u32) -> Result<Date, LimitFault> {
    counted(law, facts, months).map(|derivation| derivation.due)
}

/// So many months from the finding.
pub(super) fn counted(law: &Law, facts: &RecordFacts, months: u32) -> Result<Derivation, LimitFault> {
    let limit = Limit {
        from: facts.finding_date,
        count: months,
        unit: Unit::Month,
        pauses: &[],
        day_one_counts: facts.finding_date_counts,
        move_to_working_day: false,
    };
    due(law.calendars(), &limit)
}
