//! Which grades the facts fall into under a book, for one answer to what the law leaves open.

use domain::record::{RecordClass, RecordFacts};

use crate::law::{Grade, Rule, Rulebook};

/// One penalty, or the listing, as a book grades it.
#[derive(Clone, Copy)]
pub(super) struct Graded<'a> {
    pub rule: &'a Rule,
    pub grade: &'a Grade,
    pub listing: bool,
}

/// Every penalty and the listing with the rule that each falls under.
fn rules<'a>(book: &'a Rulebook, facts: &'a RecordFacts) -> impl Iterator<Item = (&'a Rule, bool)> {
    let penalties = facts.penalties.iter().filter_map(move |penalty| book.rule_of(penalty.kind, facts.procedure, penalty.size));
    let listing = facts.severe_listing.as_ref().and_then(|_| book.rule_of_listing());
    penalties.map(|rule| (rule, false)).chain(listing.map(|rule| (rule, true)))
}

/// Every penalty and the listing with its grade.
pub(super) fn graded<'a>(book: &'a Rulebook, facts: &'a RecordFacts, answer: RecordClass) -> impl Iterator<Item = Graded<'a>> {
    rules(book, facts).filter_map(move |(rule, listing)| {
        let key = rule.grade.as_ref().or_else(|| rule.answers.get(&answer))?;
        Some(Graded { rule, grade: &book.grade[book.place(key)?], listing })
    })
}

/// What a book leaves open about the facts.
pub(super) fn asks<'a>(book: &'a Rulebook, facts: &'a RecordFacts) -> impl Iterator<Item = &'a str> {
    rules(book, facts).filter_map(|(rule, _)| rule.asks.as_deref())
}

/// The gravest class among the penalties and the listing; none in books that know no classes.
pub(super) fn class(book: &Rulebook, facts: &RecordFacts, answer: RecordClass) -> Option<RecordClass> {
    graded(book, facts, answer).filter_map(|graded| graded.grade.class).max()
}
