//! The route of a case: what was done, where it is, what comes next, who does it and until when at the latest.

use domain::{
    office::Role,
    process::{RouteAt, Verb},
    rows::Case,
};
use time::Date;

use super::{
    days,
    known::{Day, Known},
    way::{self, Planned},
};
use crate::{
    definition::{Definition, file::Transition},
    engine::{
        Rules,
        sight::{roles, snapshot::Snapshot},
    },
    law::Words,
};

/// An act that was done, with the office that did it.
#[derive(Clone, Debug)]
pub struct Past {
    pub verb: Verb,
    pub on: Date,
    pub office: Option<String>,
}

/// What may happen at a step instead of it, or beside it.
#[derive(Clone, Debug)]
pub struct Branch {
    pub verb: Verb,
    /// None where the case stays in its state.
    pub leads_to: Option<String>,
    /// None where the house does it by itself.
    pub role: Option<Role>,
    /// The office that holds the role in this case; none of the party, and where several offices hold it.
    pub office: Option<String>,
    pub cites: Vec<String>,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    pub at: RouteAt,
    /// None where the case rests and nobody has to act.
    pub verb: Option<Verb>,
    /// The state in which the step is done.
    pub state: String,
    /// As of a [`Branch`].
    pub leads_to: Option<String>,
    /// As of a [`Branch`]; none of what was done.
    pub role: Option<Role>,
    /// As of a [`Branch`]; of what was done, the office that did it.
    pub office: Option<String>,
    /// The day on which it was done; ahead, the last one if nobody is late, and none where nothing presses.
    pub day: Option<Date>,
    /// The calendars that the day was counted by may still change.
    pub provisional: bool,
    pub cites: Vec<String>,
    /// Why the house does it, where no law is cited.
    pub house: Option<Words>,
    pub branches: Vec<Branch>,
}

/// The steps of a case: those behind it, the one at which it is, those ahead.
#[derive(Clone, Debug, Default)]
pub struct Route {
    pub steps: Vec<Step>,
}

impl Route {
    /// Everything that may come next: the steps in the state in which the case is, with their branches.
    pub fn possible(&self, state: &str) -> Vec<Verb> {
        let here = self.steps.iter().filter(|step| step.at != RouteAt::Done && step.state == state);
        here.flat_map(|step| step.verb.into_iter().chain(step.branches.iter().map(|branch| branch.verb))).collect()
    }

    /// Steps that are not done yet.
    pub fn ahead(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.at != RouteAt::Done)
    }
}

/// The route of a case on a day: along the ordinary way of its table to the state in which it rests; where it rests, what its
/// clocks still bring. Nothing is decided and nothing is changed.
pub fn route(rules: &Rules, snapshot: &mut Snapshot, case: &Case, past: &[Past], today: Date) -> Route {
    let Some(version) = rules.catalogue.of_case(case) else { return Route::default() };
    let known = Known::of(rules, snapshot, &version, case, today);
    let teller = Teller { known: &known, snapshot };
    let mut steps = behind(&version.definition, past);
    let done = steps.len();
    if known.rests(&case.state) {
        steps.extend(teller.at_rest());
    } else {
        steps.extend(teller.on_the_way());
    }
    if let Some(here) = steps.get_mut(done) {
        here.at = RouteAt::Here;
    }
    Route { steps }
}

/// What was done, by the rows of the table: the house's own acts are no steps.
fn behind(definition: &Definition, past: &[Past]) -> Vec<Step> {
    let mut state = "new".to_owned();
    let mut steps = Vec::new();
    for done in past.iter().filter(|done| !done.verb.is_between_offices()) {
        let row = definition.transition(&state, done.verb).map(|row| &**row).or_else(|| definition.rows_of(done.verb).next());
        let Some(row) = row else { continue };
        let leads_to = leads_to(row);
        steps.push(Step {
            at: RouteAt::Done,
            verb: Some(done.verb),
            state: state.clone(),
            leads_to: leads_to.clone(),
            role: None,
            office: done.office.clone(),
            day: Some(done.on),
            provisional: false,
            cites: row.cites.clone(),
            house: row.house.clone(),
            branches: Vec::new(),
        });
        state = leads_to.unwrap_or(state);
    }
    steps
}

fn leads_to(row: &Transition) -> Option<String> {
    (row.to != "same").then(|| row.to.clone())
}

/// Tells rows as steps of this case.
struct Teller<'k, 'a> {
    known: &'k Known<'a>,
    snapshot: &'k Snapshot,
}

impl Teller<'_, '_> {
    fn on_the_way(&self) -> Vec<Step> {
        let way = way::ordinary(self.known);
        let days = days::of(self.known, &way);
        let told = |(step, day): (&Planned<'_>, Option<Day>)| {
            let beside = if step.first { self.beside(step.state, &verbs_in(&way, step.state)) } else { Vec::new() };
            self.step(step.row, step.state, day, beside)
        };
        if way.is_empty() { vec![self.waits(&[])] } else { way.iter().zip(days).map(told).collect() }
    }

    /// A case at rest: that it rests, then what its clocks bring, in the order of their days.
    fn at_rest(&self) -> Vec<Step> {
        let state = &self.known.case.state;
        let mut coming: Vec<(Day, Vec<&Transition>)> = Vec::new();
        for clock in &self.known.clocks {
            let (Some(rule), Some(end)) = (self.known.rule(&clock.key), days::day(clock)) else { continue };
            let rows = |verbs: &[Verb]| self.known.rows(state).filter(|row| verbs.contains(&row.verb)).collect::<Vec<_>>();
            let (rung, met) = (rows(&rule.at_end), rows(&rule.met_by));
            let day = if rung.is_empty() { Some(end) } else { days::rung(self.known, clock) };
            let rows = if rung.is_empty() { met } else { rung };
            coming.extend(day.filter(|_| !rows.is_empty()).map(|day| (day, rows)));
        }
        coming.sort_by_key(|(day, _)| day.on);
        let told: Vec<Verb> = coming.iter().flat_map(|(_, rows)| rows.iter().map(|row| row.verb)).collect();
        let steps = coming.iter().map(|(day, rows)| {
            let branches = rows[1..].iter().map(|row| self.branch(row)).collect();
            self.step(rows[0], state, Some(*day), branches)
        });
        std::iter::once(self.waits(&told)).chain(steps).collect()
    }

    /// That nobody has to act, with everything that may still happen but what is told by itself.
    fn waits(&self, told: &[Verb]) -> Step {
        let state = &self.known.case.state;
        Step {
            at: RouteAt::Here,
            verb: None,
            state: state.clone(),
            leads_to: None,
            role: None,
            office: None,
            day: None,
            provisional: false,
            cites: Vec::new(),
            house: self.known.definition.state(state).and_then(|state| state.why.clone()),
            branches: self.beside(state, told),
        }
    }

    fn beside(&self, state: &str, told: &[Verb]) -> Vec<Branch> {
        self.known.rows(state).filter(|row| !told.contains(&row.verb)).map(|row| self.branch(row)).collect()
    }

    fn step(&self, row: &Transition, state: &str, day: Option<Day>, branches: Vec<Branch>) -> Step {
        let Branch { verb, leads_to, role, office, cites } = self.branch(row);
        Step {
            at: RouteAt::Ahead,
            verb: Some(verb),
            state: state.to_owned(),
            leads_to,
            role,
            office,
            day: day.map(|day| day.on),
            provisional: day.is_some_and(|day| day.provisional),
            cites,
            house: row.house.clone(),
            branches,
        }
    }

    fn branch(&self, row: &Transition) -> Branch {
        let role = row.who.iter().copied().find(|role| *role != Role::System);
        let seat = role.and_then(|role| roles::seat(self.snapshot, role, self.known.case));
        Branch { verb: row.verb, leads_to: leads_to(row), role, office: seat.and_then(|(_, office)| office), cites: row.cites.clone() }
    }
}

fn verbs_in(way: &[Planned<'_>], state: &str) -> Vec<Verb> {
    way.iter().filter(|step| step.state == state).map(|step| step.row.verb).collect()
}
