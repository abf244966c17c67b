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
    words::{Effect, FollowUp},
};

/// Follow-ups of follow-ups go no deeper than this: the engine stops there, and no table needs more.
pub const MAX_DEPTH: usize = 4;

/// The follow-up graph has no cycle, is not too deep, and every target accepts its verb from some state.
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
    for node in graph.keys() {
        if depth(&graph, *node, 0) > MAX_DEPTH {
            let newest = catalogue.all().filter(|version| version.definition.key == node.0).last();
            faults.extend(newest.map(|version| (&version.definition, format!("“{}”: its follow-ups run in a circle or too deep", node.1))));
        }
    }
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
