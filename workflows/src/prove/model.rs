//! The steps of a model: every way in which a row can be taken.

use std::collections::{BTreeMap, BTreeSet};

use domain::{office::Role, process::Verb};

use super::{
    facts::{Facts, Holds, Way},
    property::{self, Property},
};
use crate::definition::{
    file::{DeadlineRule, Definition, Transition},
    words::{Effect, FollowUp, Guard, Relation},
};

/// Who takes a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Any person that the row names; four eyes do not ask who.
    Somebody,
    /// A person who has done nothing else in the case.
    SomebodyElse,
    /// The one person whose acts are remembered.
    Watched,
    /// The timer of this deadline.
    Timer(String),
    /// The act before it, in the same write.
    FollowUp,
    /// The act of another case.
    OtherCase,
}

/// One way of taking one row.
#[derive(Clone, Debug)]
pub struct Step {
    /// Position of the row in the definition.
    pub row: usize,
    pub actor: Actor,
    pub(super) way: Way,
    /// The follow-up that it answers, and its place in that list.
    pub(super) answers: Option<(usize, usize)>,
}

/// A guard of a row, by position.
#[derive(Clone, Debug)]
pub struct Place {
    pub row: usize,
    pub guard: usize,
}

/// A definition with its steps.
pub(super) struct Model<'a> {
    pub definition: &'a Definition,
    pub facts: Facts<'a>,
    pub steps: Vec<Step>,
    pub places: Vec<Place>,
    /// Follow-ups on the case itself: the row that sends and the verbs, of which the first that can is taken.
    pub own_follow_ups: Vec<(usize, Vec<Verb>)>,
    sent: &'a BTreeSet<Verb>,
}

/// Verbs that cases of other processes send to a case of this one.
pub fn sent_to<'a>(definitions: impl IntoIterator<Item = &'a Definition>, target: &Definition) -> BTreeSet<Verb> {
    let mut sent = BTreeSet::new();
    for definition in definitions {
        for follow in definition.transition.iter().flat_map(|row| &row.effects).filter_map(follow_up) {
            if follow.on != Relation::This && follow.on.process(definition.key) == target.key {
                sent.extend(&follow.verbs);
            }
        }
    }
    sent
}

fn follow_up(effect: &Effect) -> Option<&FollowUp> {
    match effect {
        Effect::MustDo(follow) | Effect::MayDo(follow) => Some(follow),
        _ => None,
    }
}

impl<'a> Model<'a> {
    pub fn new(definition: &'a Definition, sent: &'a BTreeSet<Verb>) -> Self {
        let mut model =
            Self { definition, facts: Facts::new(definition), steps: Vec::new(), places: Vec::new(), own_follow_ups: Vec::new(), sent };
        for (row, transition) in definition.transition.iter().enumerate() {
            model.places.extend((0..transition.guards.len()).map(|guard| Place { row, guard }));
            for guard in &transition.guards {
                model.facts.holds(guard, Way { watched: true, ..Way::default() });
            }
            let own = transition.effects.iter().filter_map(follow_up).filter(|follow| follow.on == Relation::This);
            model.own_follow_ups.extend(own.map(|follow| (row, follow.verbs.clone())));
        }
        property::facts(definition, &mut model.facts);
        for row in 0..definition.transition.len() {
            model.ways_of(row);
        }
        model
    }

    /// Deadlines that a timer, a guard or a property looks at; the others change nothing but a note that they were missed.
    pub fn deadlines(&self) -> Vec<&'a DeadlineRule> {
        self.definition.deadline.iter().filter(|rule| self.acts(rule) || self.read(rule)).collect()
    }

    /// Whether a guard or a property asks if the deadline has passed.
    pub fn read(&self, rule: &DeadlineRule) -> bool {
        let guards = self.definition.transition.iter().flat_map(|row| &row.guards);
        let mut read = guards.filter_map(|guard| match guard {
            Guard::StillRuns(key) | Guard::HasEnded(key) => Some(key),
            _ => None,
        });
        let heard = Property::NoListingUnheard.speaks_of(self.definition);
        read.any(|key| *key == rule.key) || heard && rule.key == "defence"
    }

    /// Whether its timer does more than tell somebody.
    fn acts(&self, rule: &DeadlineRule) -> bool {
        let tells = |row: &Transition| row.to == "same" && row.effects.iter().all(|effect| matches!(effect, Effect::Notify(_)));
        let noted = |verb: &Verb| self.facts.all.keys().any(|name| name.starts_with(&format!("done_{verb}")));
        let starts = |verb: &Verb| self.definition.deadline.iter().any(|other| other.starts.contains(verb));
        rule.at_end.iter().any(|verb| noted(verb) || starts(verb) || !self.definition.rows_of(*verb).all(tells))
    }

    /// Whether it matters for the row who takes it.
    fn asks_who(&self, row: &Transition) -> bool {
        let eyes = row.guards.iter().any(|guard| matches!(guard, Guard::NotThePersonWho(_) | Guard::NotThePersonIn(_)));
        row.decides || eyes || self.facts.has(&format!("x_{}", row.verb))
    }

    fn ways_of(&mut self, row: usize) {
        let transition = &self.definition.transition[row];
        let mut actors = Vec::new();
        if transition.by_a_person() {
            let asked = self.asks_who(transition);
            actors.push((if asked { Actor::SomebodyElse } else { Actor::Somebody }, None));
            if asked {
                actors.push((Actor::Watched, None));
            }
        }
        if transition.who.contains(&Role::System) {
            let timers = self.deadlines().into_iter().filter(|rule| rule.at_end.contains(&transition.verb));
            actors.extend(timers.map(|rule| (Actor::Timer(rule.key.clone()), None)));
            for (number, (_, verbs)) in self.own_follow_ups.iter().enumerate() {
                let place = verbs.iter().position(|verb| *verb == transition.verb);
                actors.extend(place.map(|place| (Actor::FollowUp, Some((number, place)))));
            }
            if self.sent.contains(&transition.verb) {
                actors.push((Actor::OtherCase, None));
            }
        }
        let settles =
            transition.effects.iter().any(|effect| matches!(effect, Effect::SettleItems(list) if self.facts.has(&format!("open_{list}"))));
        let served = transition.guards.contains(&Guard::ServedLawfully);
        for (actor, answers) in actors {
            for all in [true, false] {
                for lawful in [true, false] {
                    if (!all && !settles) || (!lawful && !served) {
                        continue;
                    }
                    let way = Way { watched: actor == Actor::Watched, all: all && settles, lawful: lawful && served };
                    self.steps.push(Step { row, actor: actor.clone(), way, answers });
                }
            }
        }
    }

    /// Whether the case itself can take the row: by a person, a timer or a follow-up of its own.
    pub fn own(&self, row: &Transition) -> bool {
        let timed = self.definition.deadline.iter().any(|rule| rule.at_end.contains(&row.verb));
        let follows = self.own_follow_ups.iter().any(|(_, verbs)| verbs.contains(&row.verb));
        row.by_a_person() || timed || follows
    }

    /// What the guards of a row come to, each removable by its number, and whether they may refuse at any time.
    pub fn guards(&mut self, row: usize, way: Way) -> (Vec<String>, bool) {
        let mut expressions = Vec::new();
        let mut perhaps = false;
        let numbers: BTreeMap<_, _> =
            self.places.iter().enumerate().filter(|(_, place)| place.row == row).map(|(number, place)| (place.guard, number + 1)).collect();
        for (position, guard) in self.definition.transition[row].guards.iter().enumerate() {
            // Points that a row settles itself count as settled; those of another list do not.
            let all = way.all
                && matches!(guard, Guard::AllSettled(list) if self.definition.transition[row].effects.contains(&Effect::SettleItems(*list)));
            match self.facts.holds(guard, Way { all, ..way }) {
                Holds::Always => {}
                Holds::Perhaps => perhaps = true,
                Holds::When(expression) => expressions.push(format!("(c_expr {{ gone == {} }} || {expression})", numbers[&position])),
            }
        }
        (expressions, perhaps)
    }

    /// Rows of a verb, by position.
    pub fn rows_of(&self, verb: Verb) -> Vec<usize> {
        self.definition.transition.iter().enumerate().filter(|(_, row)| row.verb == verb).map(|(number, _)| number).collect()
    }
}
