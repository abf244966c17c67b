//! Which cases may be opened about a record, an application or a subject, and for the others why not and from which day: the
//! same guards, asked on a case as it would be opened.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    binding::{BindingCapacity, BindingForm},
    command::{Actor, Arguments, Command, Opening, Target},
    ids::{CaseId, IdSource, SubjectId},
    moment::Micros,
    office::{Rank, Role},
    process::{CaseData, Phase, Process, Verb},
    refusal::Reason,
    rows::{AsText, Case},
};
use time::Date;
use uuid::Uuid;

use super::{guards, offer};
use crate::{
    definition::{
        Version,
        file::Transition,
        header::{About, Finding, Keeper},
    },
    engine::{
        Rules,
        act::Act,
        sight::{
            roles::{self, ActorView},
            snapshot::Snapshot,
        },
    },
    processes::{self, Filing},
};

/// What a new case would be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Matter {
    /// A record, or a case whose answer may be challenged.
    Case(CaseId),
    Subject(SubjectId),
    /// Nothing that the house has a row of: who it is about is said in the form, or it is about nobody.
    Unnamed,
}

/// An act that opens a case about the matter.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The table in force today, under which the case would be opened.
    pub version: Arc<Version>,
    pub verb: Verb,
    /// Why not; empty where the actor may do it today.
    pub reasons: Vec<Reason>,
    /// What would hold up a later step of the new case today, each with the day from which it no longer does.
    pub ahead: Vec<Reason>,
}

/// Every act with which a person opens a case about the matter, under the law in force today; of acts that one mutation does
/// the one with the fewest reasons against it.
pub fn openings(rules: &Rules, snapshot: &mut Snapshot, matter: Matter, actor: Actor, today: Date, now: Micros) -> Vec<Opened> {
    let view = ActorView::of(snapshot, actor, today);
    let about = match matter {
        Matter::Case(id) => match snapshot.whole(id) {
            Some(case) => Some(case),
            None => return Vec::new(),
        },
        Matter::Subject(_) | Matter::Unnamed => None,
    };
    let mut found: Vec<Opened> = Vec::new();
    for version in Process::ALL.iter().filter_map(|process| rules.catalogue.on(*process, today)) {
        let definition = &version.definition;
        for row in definition.transition.shared().filter(|row| opens(row)) {
            let fits = match (matter, &about) {
                (_, Some(case)) => definition.opens_about(row.verb, case),
                (Matter::Unnamed, None) => definition.target(row.verb).is_none(),
                (_, None) => definition.about == About::Subject,
            };
            let command = command(actor, definition.key, row.verb, today, now);
            let case = fits.then(|| sketch(snapshot, &version, &view, matter, about.as_ref(), &command)).flatten();
            let Some(case) = case else { continue };
            let asked = Asked { rules, version: &version, view: &view, command: &command, case: &case };
            let reasons = offer::reasons(&mut asked.act(snapshot, row, &mut IdSource::new(Uuid::nil())));
            let opened = Opened { version: version.clone(), verb: row.verb, reasons, ahead: asked.ahead(snapshot, row) };
            let mutation = definition.mutation(row.verb);
            match found.iter_mut().find(|other| other.version.definition.mutation(other.verb) == mutation) {
                Some(other) if other.reasons.len() <= opened.reasons.len() => {}
                Some(other) => *other = opened,
                None => found.push(opened),
            }
        }
    }
    found
}

/// Whether a person opens a case with the row.
fn opens(row: &Transition) -> bool {
    row.opens_a_case() && row.by_a_person()
}

fn command(actor: Actor, process: Process, verb: Verb, today: Date, now: Micros) -> Command {
    Command {
        actor,
        target: Target::New(Opening::of(process, None)),
        verbs: vec![verb],
        arguments: Arguments::default(),
        admin: None,
        effective_on: today,
        now,
        seed: Uuid::nil(),
        timer: None,
    }
}

/// The case as it would be opened. Its own form is not there yet: in its place stands the record that it is about, which is
/// what the conditions of an opening look at; of any other, an empty request to act for a subject.
fn sketch(
    snapshot: &mut Snapshot,
    version: &Version,
    view: &ActorView,
    matter: Matter,
    about: Option<&Case>,
    command: &Command,
) -> Option<Case> {
    let record = match about {
        Some(case) if case.data.0.record().is_some() => Some(case.clone()),
        Some(case) => match case.record {
            Some(id) => Some(snapshot.whole(id)?),
            None => None,
        },
        None => None,
    };
    let subject = match matter {
        Matter::Subject(id) => Some(id),
        Matter::Case(_) => record.as_ref().or(about).and_then(|case| case.subject),
        // Whoever acts for somebody gives its own commitment.
        Matter::Unnamed => {
            let own = version.definition.rows_of(*command.verbs.first()?).any(|row| row.who.contains(&Role::Party));
            view.subjects.first().copied().filter(|_| own)
        }
    };
    let data = match &record {
        Some(record) => record.data.0.clone(),
        None => request(view, subject, &command.verbs)?,
    };
    let own = view.seats.iter().find(|(rank, _)| *rank == Rank::Officer).and_then(|(_, office)| office.clone());
    let finder = record.as_ref().or(about).and_then(|case| case.finding_office.clone());
    let office = finder.clone().or(own).or_else(|| roles::policy_office(snapshot)).unwrap_or_default();
    let definition = &version.definition;
    let finding_office = match definition.finding {
        Finding::Own => Some(office.clone()),
        Finding::OfRecord => finder,
        Finding::None => None,
    };
    let office = match definition.kept_by {
        Keeper::Opener => office,
        Keeper::FindingOffice => finding_office.clone().unwrap_or(office),
    };
    Some(Case {
        id: CaseId(IdSource::new(Uuid::nil()).draw()),
        process: definition.key,
        number: String::new(),
        definition: definition.version(),
        definition_digest: version.digest.clone(),
        state: String::from("new"),
        phase: Phase::Draft,
        version: 0,
        subject,
        office,
        finding_office,
        record: record.as_ref().map(|record| record.id),
        parent: about.map(|case| case.id).filter(|id| record.as_ref().is_none_or(|record| record.id != *id)),
        import: None,
        received_on: command.effective_on,
        stepped_on: command.effective_on,
        opened_at: command.now,
        decision_key: None,
        external_key: None,
        data: AsText(data),
    })
}

/// An empty request to act for a subject, or for one that nobody has named yet.
fn request(view: &ActorView, subject: Option<SubjectId>, verbs: &[Verb]) -> Option<CaseData> {
    let subject = subject.or(Some(SubjectId(Uuid::nil())));
    let filing = Filing { account: view.account, person: view.person, subject, verbs };
    let form = BindingForm { capacity: BindingCapacity::LegalRepresentative, until: None };
    processes::open(Process::AccountBinding, &form.into(), &filing)
}

/// A sketched case about which conditions are asked.
struct Asked<'a> {
    rules: &'a Rules,
    version: &'a Arc<Version>,
    view: &'a ActorView,
    command: &'a Command,
    case: &'a Case,
}

impl<'a> Asked<'a> {
    fn act<'b>(&self, snapshot: &'b mut Snapshot, row: &Arc<Transition>, ids: &'b mut IdSource) -> Act<'b>
    where
        'a: 'b,
    {
        Act {
            rules: self.rules,
            snapshot,
            command: self.command,
            version: self.version.clone(),
            row: row.clone(),
            verb: row.verb,
            actor: self.view,
            case: self.case.clone(),
            proposed: self.case.data.0.clone(),
            ids,
            facts: BTreeMap::new(),
        }
    }

    /// Conditions of the steps that persons take after the opening, as far as they wait for a day that is known already.
    fn ahead(&self, snapshot: &mut Snapshot, row: &Transition) -> Vec<Reason> {
        let definition = &self.version.definition;
        let (mut reached, mut next) = (BTreeSet::new(), vec![row.to.clone()]);
        let mut found: Vec<Reason> = Vec::new();
        while let Some(state) = next.pop() {
            if !reached.insert(state.clone()) {
                continue;
            }
            for row in definition.transition.shared().filter(|row| row.from.contains(&state)) {
                next.extend(Some(row.to.clone()).filter(|to| to != "same"));
                if !row.by_a_person() {
                    continue;
                }
                let mut ids = IdSource::new(Uuid::nil());
                let mut act = self.act(snapshot, row, &mut ids);
                for guard in &row.guards {
                    let reason = guards::refuses(&mut act, guard).filter(|reason| reason.opens_on.is_some());
                    let reason = reason.map(|reason| reason.under(row.article()));
                    found.extend(reason.filter(|reason| !found.iter().any(|known| known.code == reason.code)));
                }
            }
        }
        found
    }
}
