//! The ordinary way: from a state, over rows that lead on, to a state at rest. Nothing on it is guessed of what a party or a
//! decider may do: what else may happen stands beside each step.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    office::Role,
    paper::ItemList,
    process::{Phase, Verb},
};

use super::known::Known;
use crate::definition::{
    file::{Mark, Transition},
    words::{Effect, Guard, Relation},
};

/// A step of the way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Planned<'a> {
    pub state: &'a str,
    pub row: &'a Transition,
    /// The first step in this state: what else may happen there stands beside it.
    pub first: bool,
}

impl<'a> Planned<'a> {
    /// The state in which the step leaves the case.
    pub fn after(&self) -> &'a str {
        if self.row.to == "same" { self.state } else { &self.row.to }
    }
}

/// No way is longer: one that were would go in a circle.
const LONGEST: usize = 40;

/// What a row costs as a part of the way; the cheapest way is the ordinary one.
const STEP: u32 = 10;
/// The house does it when a time is over.
const BY_TIMER: u32 = 1;
/// The party need not do it.
const BY_PARTY: u32 = 2;
/// Only an act in another case does it.
const BY_ANOTHER: u32 = 20;
/// It leads out of several states; ordinary it is from the last of them.
const EARLY_EXIT: u32 = 100;

/// The steps from the case's state to where it comes to rest; none where it rests already.
pub(super) fn ordinary<'a>(known: &Known<'a>) -> Vec<Planned<'a>> {
    let mut steps = Vec::new();
    let Some(here) = known.definition.state(&known.case.state).map(|state| state.key.as_str()) else { return steps };
    if known.rests(here) {
        return steps;
    }
    let goals = goals(known);
    let Some(left) = goals.into_iter().map(|goal| distances(known, goal)).find(|left| left.contains_key(here)) else { return steps };
    let (mut at, mut spoken) = (here, !known.unheard);
    let mut open: BTreeSet<ItemList> = known.points.keys().copied().collect();
    while !known.rests(at) && steps.len() < LONGEST {
        let Some(on) = next(known, at, &left) else { break };
        let detour = if spoken || !on.guards.contains(&Guard::NamedUnitHasSpoken) { None } else { opinion(known, at) };
        let on = detour.map_or(on, |(ask, _)| ask);
        let before = steps.len();
        steps.extend(needed(known, at, on, &open).map(|row| Planned { state: at, row, first: false }));
        steps.push(Planned { state: at, row: on, first: false });
        if let Some((_, give)) = detour {
            steps.push(Planned { state: &on.to, row: give, first: true });
        }
        steps[before].first = true;
        for step in &steps[before..] {
            for effect in &step.row.effects {
                match effect {
                    Effect::OpenItems(list) => drop(open.insert(*list)),
                    Effect::SettleItems(list) | Effect::DropItems(list) => drop(open.remove(list)),
                    Effect::MarkOpinion => spoken = true,
                    _ => {}
                }
            }
        }
        at = steps.last().map_or(at, Planned::after);
    }
    steps
}

/// States at rest, the one first in which a case ends as it was meant to.
fn goals<'a>(known: &Known<'a>) -> Vec<&'a str> {
    let mut goals: Vec<_> = known.definition.state.iter().filter(|state| known.rests(&state.key)).collect();
    goals.sort_by_key(|state| {
        let undone = state.marks.contains(&Mark::Undone);
        let over = state.marks.contains(&Mark::Over);
        (state.phase != Phase::InEffect, undone, over)
    });
    goals.into_iter().map(|state| state.key.as_str()).collect()
}

/// How far each open state is from a goal.
fn distances<'a>(known: &Known<'a>, goal: &'a str) -> BTreeMap<&'a str, u32> {
    let mut left = BTreeMap::from([(goal, 0)]);
    loop {
        let mut nearer = false;
        for state in known.definition.state.iter().filter(|state| !known.rests(&state.key)) {
            let at = state.key.as_str();
            let best = known.rows(at).filter_map(|row| Some(cost(known, at, row) + left.get(row.to.as_str())?)).min();
            if let Some(best) = best.filter(|best| left.get(at).is_none_or(|known| best < known)) {
                left.insert(at, best);
                nearer = true;
            }
        }
        if !nearer {
            return left;
        }
    }
}

/// The row that leads on from a state.
fn next<'a>(known: &Known<'a>, at: &str, left: &BTreeMap<&str, u32>) -> Option<&'a Transition> {
    let far = |row: &Transition| Some(cost(known, at, row) + left.get(row.to.as_str())?);
    known.rows(at).filter_map(|row| Some((far(row)?, row))).min_by_key(|(far, _)| *far).map(|(_, row)| row)
}

fn cost(known: &Known<'_>, at: &str, row: &Transition) -> u32 {
    let house = row.who == [Role::System];
    let timer = known.definition.deadline.iter().any(|rule| rule.at_end.contains(&row.verb));
    let own = known.rows(at).any(|other| other.effects.iter().any(|effect| leads_to(effect, row.verb)));
    let actor = match (house, timer, row.who.first()) {
        (true, true, _) => BY_TIMER,
        (true, false, _) if !own => BY_ANOTHER,
        (false, _, Some(Role::Party)) => BY_PARTY,
        _ => 0,
    };
    STEP + actor + if exits_early(known, at, row) { EARLY_EXIT } else { 0 }
}

/// Whether an effect does the verb in the same case.
fn leads_to(effect: &Effect, verb: Verb) -> bool {
    matches!(effect, Effect::MayDo(follow) | Effect::MustDo(follow) if follow.on == Relation::This && follow.verbs.contains(&verb))
}

fn exits_early(known: &Known<'_>, at: &str, row: &Transition) -> bool {
    let place = |key: &str| known.definition.state.iter().position(|state| state.key == key);
    known.rests(&row.to) && row.from.iter().any(|from| place(from) > place(at))
}

/// Rows that keep the state and bring what the row that leads on asks for: points settled, an act done before it.
fn needed<'a>(known: &Known<'a>, at: &str, on: &Transition, open: &BTreeSet<ItemList>) -> impl Iterator<Item = &'a Transition> {
    let wanted = move |row: &&Transition| {
        let settles = |guard: &Guard| match guard {
            Guard::AllSettled(list) => {
                let by = Effect::SettleItems(*list);
                open.contains(list) && row.effects.contains(&by) && !on.effects.contains(&by)
            }
            Guard::DoneBefore(done) => done.verb == row.verb && !known.was_done(done.verb, done.since),
            _ => false,
        };
        row.to == "same" && on.guards.iter().any(settles)
    };
    known.rows(at).filter(wanted).collect::<Vec<_>>().into_iter()
}

/// How the named unit is asked in a state, and how it answers.
fn opinion<'a>(known: &Known<'a>, at: &str) -> Option<(&'a Transition, &'a Transition)> {
    known.rows(at).find_map(|ask| {
        let give = known.rows(&ask.to).find(|give| give.to == at && give.effects.contains(&Effect::MarkOpinion))?;
        Some((ask, give))
    })
}
