//! One command and its follow-ups, decided on a snapshot: accepted whole or refused whole.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    command::{Command, Target},
    data::{BaseKind, CaseData},
    ids::{CaseId, IdSource, SubjectId},
    office::Role,
    process::{Process, Verb},
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{AsText, Case, CaseLink, CreditSubject},
};
use serde_json::json;

use super::{
    Rules, act::Act, asks, deadlines, decision::{Decision, Draft, Outcome}, desks, effects, follow, guards, house,
    propose, roles::{self, ActorView}, snapshot::{Done, Snapshot},
};
use crate::definition::{
    Version,
    file::{Rest, Transition},
    words::{Effect, FollowUp},
};

/// Follow-ups of follow-ups go no deeper than this; the load check proves that no table needs more.
pub const MAX_DEPTH: usize = 4;

/// Decides a command. On acceptance the snapshot is as the act leaves it; on refusal it is as it was.
///
/// # Errors
/// A [`Refusal`] with every unmet condition.
pub fn decide(rules: &Rules, snapshot: &mut Snapshot, command: &Command) -> Result<Decision, Refusal> {
    let mark = snapshot.mark();
    let mut entries = Vec::new();
    let answer = match &command.target {
        Target::House => house::decide(rules, snapshot, command, &mut entries),
        _ => one(rules, snapshot, command, None, 0, &mut entries).map(|_| ()),
    };
    match answer {
        Ok(()) => Ok(Decision::new(entries)),
        Err(refusal) => {
            snapshot.rollback(mark);
            Err(refusal)
        }
    }
}

/// The entry of a refusal to a signed-in person who may see the case.
pub fn refused(snapshot: &Snapshot, command: &Command, refusal: &Refusal) -> Draft {
    let actor = ActorView::of(snapshot, command.actor);
    let case = match &command.target {
        Target::Case(id) => snapshot.rows().cases.get(&id.to_string()),
        _ => None,
    };
    Draft {
        process: case.map(|case| case.process),
        case: case.map(|case| case.id),
        version: None,
        cause: None,
        verb: command.verbs.first().map(|verb| verb.key().to_owned()).unwrap_or_default(),
        actor: actor.account,
        person: actor.person,
        office: None,
        effective_on: command.effective_on,
        outcome: Outcome::Refused { reasons: refusal.reasons.clone() },
        definition: case.map(|case| (case.definition.clone(), case.definition_digest.clone())),
        input: serde_json::to_value(command).unwrap_or_default(),
        facts: BTreeMap::new(),
        changes: Vec::new(),
        notices: Vec::new(),
        skipped: Vec::new(),
        cites: Vec::new(),
    }
}

/// One case, one act: the first of the command's verbs whose conditions hold.
pub(super) fn one(
    rules: &Rules,
    snapshot: &mut Snapshot,
    command: &Command,
    cause: Option<usize>,
    depth: usize,
    entries: &mut Vec<Draft>,
) -> Result<CaseId, Refusal> {
    let actor = ActorView::of(snapshot, command.actor);
    let mut ids = IdSource::new(command.seed);
    let start = snapshot.mark();
    let (case, version, fresh) = subject_of(rules, snapshot, command, &actor, &mut ids)?;
    if let Some(verb) = command.verbs.first().filter(|verb| Verb::DESK.contains(verb)) {
        return desks::decide(rules, snapshot, command, &actor, case, &version, *verb, entries);
    }
    let state = if fresh { "new" } else { case.state.as_str() };
    let mut best: Option<Refusal> = None;
    for verb in &command.verbs {
        let Some(row) = version.definition.transition(state, *verb) else {
            keep_fewest(&mut best, wrong_state(&version, &case, *verb, fresh).into());
            continue;
        };
        let row = row.clone();
        let proposed = propose::proposed(rules, snapshot, &version, &row, &case, command);
        let mut act = Act {
            rules, snapshot, command, version: version.clone(), row, verb: *verb, actor: &actor,
            case: case.clone(), proposed, ids: &mut ids, facts: BTreeMap::new(),
        };
        let reasons = unmet(&mut act, cause.is_some());
        if reasons.is_empty() {
            return carry_out(act, start, cause, depth, fresh, entries);
        }
        keep_fewest(&mut best, Refusal { reasons });
    }
    snapshot.rollback(start);
    Err(best.unwrap_or_else(|| Reason::new(Code::StateDoesNotAllow).into()))
}

/// Of several verbs the refusal with the fewest unmet conditions says most.
fn keep_fewest(best: &mut Option<Refusal>, refusal: Refusal) {
    if best.as_ref().is_none_or(|kept| refusal.reasons.len() < kept.reasons.len()) {
        *best = Some(refusal);
    }
}

pub(super) fn wrong_state(version: &Version, case: &Case, verb: Verb, fresh: bool) -> Reason {
    let definition = &version.definition;
    let name = |key: &str| definition.state(key).map_or_else(|| key.to_owned(), |state| format!("{} {}", state.zh, state.en));
    let from: Vec<_> = definition.rows_of(verb).flat_map(|row| row.from.iter()).map(|key| name(key)).collect();
    let state = if fresh { "new".to_owned() } else { name(&case.state) };
    Reason::new(Code::StateDoesNotAllow).with("state", state).with("from", from.join("、"))
}

/// Role, stepping aside, what must be brought, then the guards: everything that speaks against the act.
pub(super) fn unmet(act: &mut Act<'_>, follow_up: bool) -> Vec<Reason> {
    let article = act.row.article().map(str::to_owned);
    if let Some(reason) = wrong_role(act) {
        return vec![reason.under(article.as_deref())];
    }
    let mut reasons = Vec::new();
    reasons.extend(stepped_aside(act));
    if !follow_up {
        let today = act.today();
        reasons.extend(asks::missing(&act.row.asks, &act.command.arguments, today));
        reasons.extend(unknown_items(act));
    }
    for guard in act.row.guards.clone() {
        reasons.extend(guards::refuses(act, &guard));
    }
    reasons.into_iter().map(|reason| reason.under(article.as_deref())).collect()
}

pub(super) fn stepped_aside(act: &Act<'_>) -> Option<Reason> {
    let person = act.actor.person?;
    let aside = act.snapshot.rows().recusals.values().any(|row| row.case_id == act.case.id && row.person == person);
    aside.then(|| Reason::new(Code::SteppedAside).under(Some("penalty_law_2021/art_43")))
}

pub(super) fn wrong_role(act: &Act<'_>) -> Option<Reason> {
    let who = &act.row.who;
    if who.iter().any(|role| roles::holds(act.snapshot, act.actor, *role, &act.case)) {
        return None;
    }
    if who == &[Role::System] {
        return Some(Reason::new(Code::SystemOnly));
    }
    let names: Vec<_> = who.iter().filter(|role| **role != Role::System).map(|role| role.title().0).collect();
    Some(Reason::new(Code::RoleDoesNotAllow).with("who", names.join("、")))
}

/// Points to be settled must be open points of the list.
fn unknown_items(act: &Act<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for effect in &act.row.effects {
        let Effect::SettleItems(list) = effect else { continue };
        let open: Vec<_> = act.open_items(*list).into_iter().map(|item| item.key).collect();
        for draft in act.command.arguments.items.get(list).into_iter().flatten() {
            let key = draft.key.clone().unwrap_or_default();
            if !open.contains(&key) {
                reasons.push(Reason::new(Code::UnknownItem).with("item", &key).with("open", open.join(", ")));
            }
        }
    }
    reasons
}

fn carry_out(
    mut act: Act<'_>,
    start: usize,
    cause: Option<usize>,
    depth: usize,
    fresh: bool,
    entries: &mut Vec<Draft>,
) -> Result<CaseId, Refusal> {
    let old_state = if fresh { String::from("new") } else { act.case.state.clone() };
    if fresh {
        name_case(&mut act);
    }
    act.case.data = AsText(act.proposed.clone());
    if act.row.to != "same" {
        act.case.state.clone_from(&act.row.to);
    }
    if let Some(state) = act.version.definition.state(&act.case.state) {
        act.case.phase = state.phase;
    }
    act.case.version += 1;
    effects::attach(&mut act);
    for effect in act.row.effects.clone() {
        effects::run(&mut act, &effect);
    }
    deadlines::run(&mut act, &old_state);
    let case = act.case.clone();
    act.snapshot.put(case.clone());
    desks::rewrite(&mut act);
    act.snapshot.remember(case.id, Done { verb: act.verb, person: act.actor.person });
    let follow_ups = planned(&mut act);
    let index = entries.len();
    entries.push(draft(&act, start, cause));
    for (must, commands) in follow_ups {
        for command in commands {
            let mark = act.snapshot.mark();
            let kept = entries.len();
            let answer = if depth >= MAX_DEPTH {
                Err(Reason::new(Code::FollowUpRefused).with("verb", "–").with("case", "–").into())
            } else {
                one(act.rules, act.snapshot, &command, Some(index), depth + 1, entries)
            };
            if let Err(refusal) = answer {
                act.snapshot.rollback(mark);
                entries.truncate(kept);
                if must {
                    return Err(follow_up_refused(&act, &command, refusal));
                }
                entries[index].skipped.push(json!({ "verbs": command.verbs, "reasons": refusal.reasons }));
            }
        }
    }
    Ok(case.id)
}

fn planned(act: &mut Act<'_>) -> Vec<(bool, Vec<Command>)> {
    let plans: Vec<(bool, FollowUp)> = act
        .row
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::MustDo(follow) => Some((true, follow.clone())),
            Effect::MayDo(follow) => Some((false, follow.clone())),
            _ => None,
        })
        .collect();
    plans.into_iter().map(|(must, follow)| (must, follow::commands(act, &follow))).collect()
}

fn follow_up_refused(act: &Act<'_>, command: &Command, refusal: Refusal) -> Refusal {
    let number = match &command.target {
        Target::Case(id) => act.snapshot.rows().cases.get(&id.to_string()).map(|case| case.number.clone()),
        _ => None,
    };
    let verb = command.verbs.first().map(|verb| verb.title().0).unwrap_or_default();
    let mut reasons = vec![
        Reason::new(Code::FollowUpRefused).with("verb", verb).with("case", number.unwrap_or_default()).under(act.row.article()),
    ];
    reasons.extend(refusal.reasons);
    Refusal { reasons }
}

fn draft(act: &Act<'_>, start: usize, cause: Option<usize>) -> Draft {
    let office = act.row.who.iter().find_map(|role| act.actor.office_for(act.snapshot, *role, &act.case));
    let notices = act
        .row
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Notify(notify) => Some(effects::notices(act, notify)),
            _ => None,
        })
        .flatten()
        .collect();
    Draft {
        process: Some(act.case.process),
        case: Some(act.case.id),
        version: Some(act.case.version),
        cause,
        verb: act.verb.key().to_owned(),
        actor: act.actor.account,
        person: act.actor.person,
        office,
        effective_on: act.today(),
        outcome: Outcome::Accepted,
        definition: Some((act.case.definition.clone(), act.case.definition_digest.clone())),
        input: serde_json::to_value(act.command).unwrap_or_default(),
        facts: act.facts.clone(),
        changes: act.snapshot.changes(start),
        notices,
        skipped: Vec::new(),
        cites: act.row.cites.clone(),
    }
}

/// The case that the command is about: found, or sketched as it would be opened.
fn subject_of(
    rules: &Rules,
    snapshot: &mut Snapshot,
    command: &Command,
    actor: &ActorView,
    ids: &mut IdSource,
) -> Result<(Case, Arc<Version>, bool), Refusal> {
    match &command.target {
        Target::Case(id) => {
            let case = snapshot.rows().cases.get(&id.to_string()).cloned();
            let case = case.ok_or_else(|| Refusal::from(Reason::new(Code::StateDoesNotAllow)))?;
            let version = rules.catalogue.of_case(&case).ok_or_else(|| no_law(command))?;
            Ok((case, version, false))
        }
        Target::New(opening) => {
            let received_on = received_on(command);
            let version = rules.catalogue.on(opening.process, received_on).ok_or_else(|| no_law(command))?;
            let subject = find_or_make(snapshot, opening, ids);
            let case = sketch(snapshot, command, opening, actor, &version, subject, ids)?;
            Ok((case, version, true))
        }
        Target::House => Err(Reason::new(Code::StateDoesNotAllow).into()),
    }
}

fn received_on(command: &Command) -> time::Date {
    command.arguments.dates.get(&domain::paper::DateKey::ReceivedOn).copied().unwrap_or(command.effective_on)
}

fn no_law(command: &Command) -> Refusal {
    Reason::new(Code::NoLawInForce).with("on", received_on(command)).into()
}

fn find_or_make(snapshot: &mut Snapshot, opening: &domain::command::Opening, ids: &mut IdSource) -> Option<SubjectId> {
    if let Some(record) = opening.record {
        return snapshot.rows().cases.get(&record.to_string()).and_then(|case| case.subject);
    }
    let Some(draft) = &opening.new_subject else { return opening.subject };
    let same = |row: &&CreditSubject| {
        (draft.uscc.is_some() && row.uscc == draft.uscc)
            || (draft.id_number_hash.is_some() && row.id_number_hash == draft.id_number_hash)
    };
    if let Some(row) = snapshot.rows().subjects.values().find(same) {
        return Some(row.id);
    }
    let id = SubjectId(ids.draw());
    snapshot.put(CreditSubject {
        id,
        kind: draft.kind,
        uscc: draft.uscc.clone(),
        id_number_hash: draft.id_number_hash.clone(),
        id_number: draft.id_number.clone().map(AsText),
        id_number_masked: draft.id_number_masked.clone(),
        name: draft.name.clone(),
        name_key: draft.name_key.clone(),
        sealed_name: draft.sealed_name.clone().map(AsText),
    });
    Some(id)
}

fn sketch(
    snapshot: &Snapshot,
    command: &Command,
    opening: &domain::command::Opening,
    actor: &ActorView,
    version: &Version,
    subject: Option<SubjectId>,
    ids: &mut IdSource,
) -> Result<Case, Refusal> {
    let form = || Refusal::from(Reason::new(Code::MissingForm).with("form", opening.process));
    let mut data = propose::opening(command, actor, subject).ok_or_else(form)?;
    if let CaseData::PublicationRecord(record) = &mut data
        && command.verbs == [Verb::RecordFalsity]
    {
        record.base = BaseKind::Falsity;
    }
    let record = opening.record.and_then(|id| snapshot.rows().cases.get(&id.to_string()));
    let office = opening.office.clone().or_else(|| roles::policy_office(snapshot)).unwrap_or_default();
    let finding_office = match opening.process {
        Process::PublicationRecord => Some(office.clone()),
        Process::RepairApplication => record.and_then(|case| case.finding_office.clone()),
        Process::AccountBinding => None,
    };
    Ok(Case {
        id: CaseId(ids.draw()),
        process: opening.process,
        number: String::new(),
        definition: version.definition.version(),
        definition_digest: version.digest.clone(),
        state: String::from("new"),
        phase: domain::process::Phase::Draft,
        version: 0,
        subject,
        office: if opening.process == Process::RepairApplication { finding_office.clone().unwrap_or(office) } else { office },
        finding_office,
        record: opening.record,
        received_on: received_on(command),
        opened_at: command.now,
        data: AsText(data),
    })
}

/// Gives a new case its number and its links.
fn name_case(act: &mut Act<'_>) {
    let (process, year) = (act.case.process, act.today().year());
    let number = effects::next_number(act, &format!("case|{process}|{year}"));
    act.case.number = format!("{}{year}-{number:06}", process.number_prefix());
    if let Some(record) = act.case.record {
        let link = CaseLink { id: act.draw(), from_case: act.case.id, kind: "record".to_owned(), to_case: record };
        act.snapshot.put(link);
    }
}

/// Whether somebody must act in the case's state.
pub fn is_open(rules: &Rules, case: &Case) -> bool {
    let version = rules.catalogue.of_case(case);
    version.and_then(|version| version.definition.state(&case.state).map(|state| state.rest)) == Some(Rest::Open)
}

/// The row of `verb` in the case's state, with its version.
pub fn row_of(rules: &Rules, case: &Case, verb: Verb) -> Option<Transition> {
    rules.catalogue.of_case(case)?.definition.transition(&case.state, verb).cloned()
}
