//! Random walks through every process: acts by chance, time that passes, timers that ring.

use std::collections::BTreeMap;

use domain::{
    command::{Actor, Command, Target},
    moment::Micros,
    office::Role,
    process::{Process, Verb},
    refusal::Reason,
    rows::{Case, Deadline},
};
use time::{Date, Duration};
use uuid::Uuid;
use workflows::engine::{Rules, decide, offer, ring};

use super::{
    bring,
    city::{City, definition, rows_from},
};
use crate::support::chance::Chance;

/// An act that was tried, before it was tried.
#[derive(Clone)]
pub struct Tried {
    pub process: Process,
    /// Position of the row in the definition.
    pub row: usize,
    pub state: String,
    pub case: Option<Case>,
    pub command: Command,
}

/// Acts that end a case early or come from outside: taken seldom, so that walks go deep.
const SELDOM: [Verb; 25] = [
    Verb::Note,
    Verb::AskOffice,
    Verb::AnswerOffice,
    Verb::Withdraw,
    Verb::WithdrawWithBatch,
    Verb::Cancel,
    Verb::Annul,
    Verb::NoteBaseAnnulled,
    Verb::NoteRecordEnded,
    Verb::Retract,
    Verb::RetractWithListing,
    Verb::RetractOnObjection,
    Verb::Decline,
    Verb::Drop,
    Verb::StopByRepair,
    Verb::ReleaseWithListing,
    Verb::BarRepair,
    Verb::RecordRelated,
    Verb::RecordFalsity,
    Verb::End,
    Verb::Expire,
    Verb::ReturnToFiler,
    Verb::SendBack,
    Verb::Amend,
    Verb::RefuseForFalsity,
];

/// Most cases of one walk.
const MOST: usize = 14;

/// One walk.
pub struct Walk<'r> {
    pub rules: &'r Rules,
    pub city: City,
    pub chance: Chance,
}

impl<'r> Walk<'r> {
    pub fn new(rules: &'r Rules, seed: u64) -> Self {
        let mut chance = Chance(seed);
        Self { rules, city: City::new(&mut chance), chance }
    }

    /// Lets days pass and rings what falls due, one day's timers after another.
    pub fn days_pass(&mut self, days: usize) {
        self.city.today += Duration::days(i64::try_from(days).expect("days"));
        let now = Micros::offices_open(self.city.today);
        let mut due: Vec<(Micros, Deadline)> = self
            .city
            .snapshot
            .rows()
            .deadlines
            .values()
            .filter_map(|row| Some((row.fires_at.filter(|at| *at <= now)?, row.clone())))
            .collect();
        due.sort_by_key(|(at, row)| (*at, row.id));
        for (_, row) in due {
            let seed = Uuid::new_v5(&Uuid::NAMESPACE_OID, &self.chance.below(usize::MAX).to_be_bytes());
            drop(ring(self.rules, &mut self.city.snapshot, row.id, now, seed));
        }
        self.city.snapshot.settle();
    }

    /// An act that somebody might try now, mostly on the newest cases; none where there is nothing to try it on.
    pub fn attempt(&mut self) -> Option<Tried> {
        let mut cases = self.city.cases();
        cases.sort_by_key(|case| std::cmp::Reverse((case.opened_at, case.id)));
        let opens = cases.len() < 3 || (cases.len() < MOST && self.chance.below(8) == 0);
        let (process, case) = if opens {
            (Process::ALL[self.chance.below(Process::ALL.len())], None)
        } else {
            let among = if self.chance.below(3) > 0 { cases.len().min(4) } else { cases.len() };
            let case = cases[self.chance.below(among)].clone();
            (case.process, Some(case))
        };
        let version = definition(self.rules, process, self.city.today);
        let state = case.as_ref().map_or_else(|| "new".to_owned(), |case| case.state.clone());
        let mut rows = rows_from(&version.definition, &state);
        if self.chance.below(12) > 0 {
            rows.retain(|row| !SELDOM.contains(&version.definition.transition[*row].verb));
        }
        let row = *rows.get(self.chance.below(rows.len().max(1)))?;
        self.try_row(process, row, case)
    }

    /// The row, by somebody who may, with everything in order.
    pub fn try_row(&mut self, process: Process, row: usize, case: Option<Case>) -> Option<Tried> {
        let version = definition(self.rules, process, self.city.today);
        let transition = &version.definition.transition[row];
        let (target, subject, office) = if let Some(case) = &case {
            (Target::Case(case.id), case.subject, case.finding_office.clone().unwrap_or_else(|| case.office.clone()))
        } else {
            let opening = self.city.opening(&mut self.chance, process)?;
            let (subject, office) = (opening.subject, opening.office.clone());
            (Target::New(opening), subject, office?)
        };
        let mut actors = self.city.actors(&version.definition, row, subject);
        if self.chance.below(15) == 0 {
            actors = self.city.anybody();
        }
        let actor = *actors.get(self.chance.below(actors.len().max(1)))?;
        let kind = self
            .city
            .subjects
            .iter()
            .find(|(id, _)| Some(*id) == subject)
            .map_or(domain::record::SubjectKind::LegalPerson, |(_, kind)| *kind);
        let arguments = bring::arguments(&mut self.city, &mut self.chance, transition, case.as_ref(), kind, &office);
        let command = self.city.command(&mut self.chance, actor, target, transition.verb, arguments);
        let state = case.as_ref().map_or_else(|| "new".to_owned(), |case| case.state.clone());
        Some(Tried { process, row, state, case, command })
    }

    /// What would be said to the command on a day; nothing is changed.
    pub fn said(&mut self, command: &Command, day: Date) -> Vec<Reason> {
        let command = Command { effective_on: day, now: Micros::offices_open(day), ..command.clone() };
        let mark = self.city.snapshot.mark();
        let said = decide(self.rules, &mut self.city.snapshot, &command).err().map(|refusal| refusal.reasons).unwrap_or_default();
        self.city.snapshot.rollback(mark);
        said
    }

    /// What the case's page would say to the actor about the verb on a day; none where the verb is not a person's.
    pub fn offered(&mut self, tried: &Tried, day: Date) -> Option<Vec<Reason>> {
        let (case, Actor::Account(_)) = (tried.case.as_ref()?, tried.command.actor) else { return None };
        let version = self.rules.catalogue.of_case(case)?;
        if version.definition.transition[tried.row].who == [Role::System] {
            return None;
        }
        let all = offer(self.rules, &mut self.city.snapshot, case, tried.command.actor, day, Micros::offices_open(day));
        let verb = tried.command.verbs[0];
        Some(all.into_iter().find(|one| one.verb == verb).unwrap_or_else(|| panic!("{verb} is not offered")).reasons)
    }

    /// Does it, if the engine lets it.
    pub fn act(&mut self, command: &Command) -> bool {
        let done = decide(self.rules, &mut self.city.snapshot, command).is_ok();
        self.city.snapshot.settle();
        done
    }
}

/// How often each verb was accepted and refused.
#[derive(Default)]
pub struct Count(pub BTreeMap<(Process, Verb), (usize, usize)>);

impl Count {
    pub fn note(&mut self, tried: &Tried, accepted: bool) {
        let at = self.0.entry((tried.process, tried.command.verbs[0])).or_default();
        if accepted { at.0 += 1 } else { at.1 += 1 }
    }
}
