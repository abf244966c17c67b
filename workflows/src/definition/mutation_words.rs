//! What the table says of a mutation, for whoever reads the schema: who may, from which states, under which article, which
//! letters it sends, since when.

use std::{collections::BTreeSet, fmt::Write};

use domain::{
    office::Role,
    process::{Process, Verb},
};

use super::{
    Catalogue, Definition,
    file::Transition,
    words::{Ask, Effect},
};
use crate::law::Law;

/// Every version of a process, the oldest first.
pub(super) fn versions(catalogue: &Catalogue, process: Process) -> Vec<&Definition> {
    catalogue.all().filter(|version| version.definition.key == process).map(|version| &version.definition).collect()
}

/// Whether a person does the act on a case that exists.
pub(super) fn on_a_case(row: &Transition) -> bool {
    row.by_a_person() && !row.opens_a_case()
}

/// Whether the mutation of an act is written from the table; else it stands in the process's own file.
pub(super) fn is_written(versions: &[&Definition], verb: Verb) -> bool {
    let newest = versions.iter().rev().find(|definition| definition.rows_of(verb).next().is_some());
    let by_hand = newest.and_then(|definition| definition.act_words(verb)).is_some_and(|act| act.by_hand);
    let mut rows = versions.iter().flat_map(|definition| definition.rows_of(verb)).filter(|row| on_a_case(row)).peekable();
    !by_hand && rows.peek().is_some() && !rows.any(|row| row.asks.iter().any(|ask| matches!(ask, Ask::Form(_))))
}

/// Each once, in the order in which it comes first.
fn list(all: impl Iterator<Item = String>) -> String {
    let mut seen = BTreeSet::new();
    all.filter(|one| seen.insert(one.clone())).collect::<Vec<_>>().join("; ")
}

/// Lines about rows of one definition.
pub(super) fn lines(definition: &Definition, rows: &[&Transition], law: &Law) -> Vec<String> {
    let who = rows.iter().flat_map(|row| &row.who).filter(|role| **role != Role::System);
    let from: Vec<_> = rows.iter().flat_map(|row| &row.from).collect();
    let who = list(who.map(|role| role.title().1.to_owned()));
    let from = if from.iter().any(|key| *key == "new") {
        "It opens a case".to_owned()
    } else {
        format!("From: {}", list(from.iter().map(|key| definition.state_title(key).1)))
    };
    let cites = list(rows.iter().flat_map(|row| &row.cites).map(|cite| law.sources().title(cite).1));
    let letters = list(rows.iter().flat_map(|row| &row.effects).filter_map(|effect| match effect {
        Effect::Notify(notify) => Some(format!("{} (to {})", notify.letter.title_en(), notify.to.title().1)),
        _ => None,
    }));
    let mut last = if cites.is_empty() { "A rule of the house.".to_owned() } else { format!("Law: {cites}.") };
    if !letters.is_empty() {
        let _ = write!(last, " Letters: {letters}.");
    }
    vec![format!("Who: {who}. {from}."), format!("{last} Since release 1.")]
}

/// The mutations of a process that are not written from the table, with what the table says of them.
pub(super) fn by_hand(catalogue: &Catalogue, law: &Law, process: Process) -> Vec<(String, Vec<String>)> {
    let versions = versions(catalogue, process);
    let Some(newest) = versions.last() else { return Vec::new() };
    let mut found: Vec<(String, Vec<Verb>)> = Vec::new();
    for row in newest.transition.iter().filter(|row| row.by_a_person()) {
        if is_written(&versions, row.verb) {
            continue;
        }
        let mutation = newest.mutation(row.verb);
        match found.iter_mut().find(|(known, _)| *known == mutation) {
            Some((_, verbs)) => verbs.push(row.verb),
            None => found.push((mutation, vec![row.verb])),
        }
    }
    let told = |(mutation, verbs): (String, Vec<Verb>)| {
        let rows: Vec<_> = newest.transition.iter().filter(|row| verbs.contains(&row.verb)).collect();
        (mutation, lines(newest, &rows, law))
    };
    found.into_iter().map(told).collect()
}
