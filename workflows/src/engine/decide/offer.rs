//! Which acts are open to an actor, and for the others why not: the same guards, asked in advance.

use std::collections::BTreeMap;

use domain::{
    command::{Actor, Arguments, Command, Target},
    ids::IdSource,
    moment::Micros,
    office::Role,
    paper::{DateKey, DocumentKind},
    process::{FormKey, Verb},
    refusal::{Reason, Refusal},
    rows::Case,
};
use time::Date;
use uuid::Uuid;

use crate::{
    definition::words::{Ask, Effect, Guard},
    engine::{
        Rules,
        act::{Act, standing},
        decide::{self, follow, guards, propose},
        sight::{
            roles::{self, ActorView},
            snapshot::Snapshot,
        },
    },
};

/// One act, open or closed.
#[derive(Clone, Debug)]
pub struct Offered {
    pub verb: Verb,
    pub reasons: Vec<Reason>,
}

/// Every act of the case's process that a person may do, with the reasons that speak against it today.
/// What the act itself must bring is not counted: whoever acts will bring it.
pub fn offer(rules: &Rules, snapshot: &mut Snapshot, case: &Case, actor: Actor, today: Date, now: Micros) -> Vec<Offered> {
    let Some(version) = rules.catalogue.of_case(case) else { return Vec::new() };
    let view = ActorView::of(snapshot, actor, today);
    let mut verbs: Vec<Verb> =
        version.definition.transition.iter().filter(|row| row.by_a_person() && !row.opens_a_case()).map(|row| row.verb).collect();
    verbs.sort_unstable();
    verbs.dedup();
    let command = |verb| Command {
        actor,
        target: Target::Case(case.id),
        verbs: vec![verb],
        arguments: Arguments::default(),
        admin: None,
        effective_on: today,
        now,
        seed: Uuid::nil(),
        timer: None,
    };
    verbs
        .into_iter()
        .map(|verb| {
            let command = command(verb);
            let Some(row) = version.definition.transition(&case.state, verb).cloned() else {
                return Offered { verb, reasons: vec![decide::wrong_state(&version, case, verb, false)] };
            };
            let mut ids = IdSource::new(Uuid::nil());
            let proposed = propose::proposed(rules, snapshot, &version, &row, case, &command);
            let mut act = Act {
                rules,
                snapshot,
                command: &command,
                version: version.clone(),
                row,
                verb,
                actor: &view,
                case: case.clone(),
                proposed,
                ids: &mut ids,
                facts: BTreeMap::new(),
            };
            Offered { verb, reasons: reasons(&mut act) }
        })
        .collect()
}

pub(super) fn reasons(act: &mut Act<'_>) -> Vec<Reason> {
    let article = act.row.article().map(str::to_owned);
    if let Some(reason) = decide::wrong_role(act) {
        return vec![reason.under(article.as_deref())];
    }
    let mut found = Vec::new();
    if let Some(reason) = decide::stepped_aside(act) {
        found.push(reason);
    }
    found.extend(decide::own_matter(act));
    let formed = act.row.asks.iter().any(|ask| matches!(ask, Ask::Form(_) | Ask::Choice(_)));
    let row = act.row.clone();
    for guard in &row.guards {
        if !depends_on_input(act, guard, formed) {
            found.extend(guards::refuses(act, guard));
        }
    }
    if found.is_empty() {
        found.extend(follow_ups(act));
    }
    found.into_iter().map(|reason| act.cited(reason)).collect()
}

/// Why a follow-up that must be done would be refused, and with it the act: each is tried and taken back.
fn follow_ups(act: &mut Act<'_>) -> Vec<Reason> {
    let plans: Vec<_> = act
        .row
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::MustDo(follow) => Some(follow.clone()),
            _ => None,
        })
        .collect();
    for plan in plans {
        for command in follow::commands(act, &plan) {
            let mark = act.snapshot.mark();
            let answer = match formed(act, &command) {
                Some(case) => guards_of(act, &command, &case),
                None => decide::one(act.rules, act.snapshot, &command, Some(0), 1, &mut Vec::new()).map(|_| ()),
            };
            act.snapshot.rollback(mark);
            if let Err(refusal) = answer {
                return decide::follow_up_refused(act, &command, refusal).reasons;
            }
        }
    }
    Vec::new()
}

/// The case of a follow-up that takes a form from the act, which is not there yet.
fn formed(act: &mut Act<'_>, command: &Command) -> Option<Case> {
    let Target::Case(id) = &command.target else { return None };
    let case = act.snapshot.whole(*id)?;
    let mut rows = command.verbs.iter().filter_map(|verb| standing::row_of(act.rules, &case, *verb));
    let formed = rows.any(|row| row.asks.iter().any(|ask| matches!(ask, Ask::Form(_))));
    (command.arguments.form.is_none() && formed).then_some(case)
}

/// What speaks against such a follow-up whatever the form will say.
fn guards_of(act: &mut Act<'_>, command: &Command, case: &Case) -> Result<(), Refusal> {
    let Some(version) = act.rules.catalogue.of_case(case) else { return Ok(()) };
    let view = ActorView { system: true, ..ActorView::default() };
    let mut best = Ok(());
    for verb in &command.verbs {
        let Some(row) = version.definition.transition(&case.state, *verb).cloned() else { continue };
        let mut ids = IdSource::new(Uuid::nil());
        let proposed = propose::proposed(act.rules, act.snapshot, &version, &row, case, command);
        let mut inner = Act {
            rules: act.rules,
            snapshot: &mut *act.snapshot,
            command,
            version: version.clone(),
            row,
            verb: *verb,
            actor: &view,
            case: case.clone(),
            proposed,
            ids: &mut ids,
            facts: BTreeMap::new(),
        };
        let row = inner.row.clone();
        let refused: Vec<_> = row.guards.iter().filter(|guard| !depends_on_input(&inner, guard, true)).cloned().collect();
        let reasons: Vec<_> = refused.iter().filter_map(|guard| guards::refuses(&mut inner, guard)).collect();
        if reasons.is_empty() {
            return Ok(());
        }
        best = Err(Refusal { reasons });
    }
    best
}

/// Whether the actor may say that what the act brings came in on an earlier day.
fn may_have_arrived_before(act: &Act<'_>) -> bool {
    act.row.asks.iter().any(|ask| match ask {
        Ask::Date(asked) | Ask::MayDate(asked) => {
            let may = |role: &Role| roles::holds(act.snapshot, act.actor, *role, &act.case);
            asked.key == DateKey::ReceivedOn && (asked.only.is_empty() || asked.only.iter().any(may))
        }
        _ => false,
    })
}

/// Conditions that only the act's own form, choice, points or export can settle.
fn depends_on_input(act: &Act<'_>, guard: &Guard, formed: bool) -> bool {
    match guard {
        Guard::Publication(_) | Guard::GroundCountsMet | Guard::MeasuresAllowed | Guard::OwnJurisdiction | Guard::NoSuchRecordYet => formed,
        Guard::ListTypeHasBasis | Guard::GroundsFromListType | Guard::MeasuresInListType => {
            act.row.asks.iter().any(|ask| matches!(ask, Ask::Form(FormKey::ListingDraft | FormKey::EntryDraft)))
        }
        Guard::TermOfListAllowed => {
            act.row.asks.iter().any(|ask| matches!(ask, Ask::Form(FormKey::ListingDraft | FormKey::ListingDecision)))
        }
        // A meeting's task is shown by a paper, which the act may bring.
        Guard::MeasureMet => {
            let brings = act.row.asks.iter().any(|ask| matches!(ask, Ask::MayAdd(DocumentKind::Evidence)));
            brings && act.case.data.0.task().is_some_and(|task| task.form.line().is_none())
        }
        Guard::LedgerComplete | Guard::SubmissionFits | Guard::Lines(_) => true,
        Guard::CheckFits | Guard::Outcome(_) | Guard::CommitmentFits | Guard::Eligible => true,
        // The consent may come with the act.
        Guard::PublicityAllowed => {
            let brings = act.row.asks.iter().any(|ask| matches!(ask, Ask::MayAdd(DocumentKind::ConsentToPublish)));
            brings && act.case.data.0.publicity().is_some_and(|data| data.form.names_person)
        }
        Guard::ExportCoversConfirmed | Guard::ClerkBrings(_) | Guard::SectorRuleListed | Guard::MeasuresMaySuspend => true,
        Guard::AuthorityShown => formed,
        // Which list the entry goes into is said with it.
        Guard::BatchIsDraft => act.case.parent.is_none(),
        Guard::StillRuns(_) => may_have_arrived_before(act),
        Guard::AllSettled(list) => act.row.effects.contains(&Effect::SettleItems(*list)),
        _ => false,
    }
}
