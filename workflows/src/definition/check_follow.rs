//! Load checks over all processes: what an act sets going in another case can be done there, and comes to an end.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    office::Role,
    process::{Process, Verb},
};

use super::{
    catalogue::Catalogue,
    check::Fault,
    file::Definition,
    words::{Effect, FollowUp, Guard},
};

/// Follow-ups of follow-ups go no deeper than this: the engine stops there, and no table needs more.
pub const MAX_DEPTH: usize = 4;

/// The follow-up graph has no cycle, is not too deep, every target accepts its verb from some state, and guards look for acts
/// that are there.
pub(super) fn all<'a>(catalogue: &'a Catalogue, faults: &mut Vec<Fault<'a>>) {
    let mut graph: BTreeMap<(Process, Verb), BTreeSet<(Process, Verb)>> = BTreeMap::new();
    for version in catalogue.all() {
        let definition = &version.definition;
        for row in &definition.transition {
            for follow in row.effects.iter().filter_map(follow_up) {
                let target = follow.on.process(definition.key);
                for verb in &follow.verbs {
                    graph.entry((definition.key, row.verb)).or_default().insert((target, *verb));
                    for other in catalogue.all().filter(|other| other.definition.key == target) {
                        accepted(&other.definition, *verb, row.verb, faults);
                    }
                }
            }
        }
    }
    named(catalogue, faults);
    for node in graph.keys() {
        if depth(&graph, *node, 0) > MAX_DEPTH {
            let newest = catalogue.all().filter(|version| version.definition.key == node.0).last();
            faults.extend(newest.map(|version| (&version.definition, format!("“{}”: its follow-ups run in a circle or too deep", node.1))));
        }
    }
}

/// A guard that looks for an act names one that the cases it looks at have: another would never stop anybody.
fn named<'a>(catalogue: &'a Catalogue, faults: &mut Vec<Fault<'a>>) {
    for version in catalogue.all() {
        let definition = &version.definition;
        for row in &definition.transition {
            for (verb, processes) in row.guards.iter().flat_map(|guard| verbs_of(definition.key, guard)) {
                let here = processes.iter().all(|process| catalogue.newest().any(|version| version.definition.key == *process));
                let everywhere = verb.title_of_the_house().is_some();
                if here && !everywhere && !processes.iter().any(|process| catalogue.has(*process, verb)) {
                    faults.push((definition, format!("{}: a condition looks for “{verb}”, which no case that it looks at has", row.verb)));
                }
            }
        }
    }
}

/// The acts that a guard looks for, with the processes of the cases in which it looks.
fn verbs_of(own: Process, guard: &Guard) -> Vec<(Verb, Vec<Process>)> {
    let (verbs, processes) = match guard {
        Guard::NotThePersonWho(verbs) => (verbs.clone(), vec![own]),
        Guard::NotDoneBefore(verb) => (vec![*verb], vec![own]),
        Guard::DoneBefore(done) => (std::iter::once(done.verb).chain(done.since).collect(), vec![own]),
        Guard::NotThePersonIn(named) => (named.verbs.clone(), named.case.processes().to_vec()),
        _ => return Vec::new(),
    };
    verbs.into_iter().map(|verb| (verb, processes.clone())).collect()
}

fn follow_up(effect: &Effect) -> Option<&FollowUp> {
    match effect {
        Effect::MustDo(follow) | Effect::MayDo(follow) => Some(follow),
        _ => None,
    }
}

fn accepted<'a>(target: &'a Definition, verb: Verb, from: Verb, faults: &mut Vec<Fault<'a>>) {
    let rows: Vec<_> = target.rows_of(verb).collect();
    if rows.is_empty() {
        faults.push((target, format!("{from} sends “{verb}”, which it does not know")));
    } else if !rows.iter().all(|row| row.who.contains(&Role::System)) {
        faults.push((target, format!("“{verb}” comes as a follow-up of {from}, but the system may not do it")));
    }
}

fn depth(graph: &BTreeMap<(Process, Verb), BTreeSet<(Process, Verb)>>, node: (Process, Verb), so_far: usize) -> usize {
    if so_far > MAX_DEPTH {
        return so_far;
    }
    let next = graph.get(&node).into_iter().flatten();
    next.map(|next| depth(graph, *next, so_far + 1)).max().unwrap_or(so_far)
}
