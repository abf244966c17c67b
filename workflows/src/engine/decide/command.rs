//! One command and its follow-ups, decided on a snapshot: accepted whole or refused whole.

use std::collections::BTreeMap;

use domain::{
    command::{Actor, Command, Target},
    data::RecordData,
    ids::{CaseId, IdSource},
    office::Role,
    paper::DateKey,
    process::Verb,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{AsText, Binding, Case, Recusal},
};
use serde_json::json;
use time::Date;

use crate::{
    definition::{
        MAX_DEPTH, Version,
        common::Common,
        words::{Effect, FollowUp},
    },
    engine::{
        Rules,
        act::{Act, asks, bounds, deadlines, desks, items, notes, numbers},
        admin,
        decide::{effects, follow, guards, letters, moves, opening, propose, reason_true},
        sight::{
            decision::{Decision, Draft, NoticeDraft, Outcome, written},
            roles::{self, ActorView},
            snapshot::{Done, Snapshot},
        },
    },
    processes::{self, shield},
};

/// Decides a command. On acceptance the snapshot is as the act leaves it; on refusal it is as it was.
///
/// # Errors
/// A [`Refusal`] with every unmet condition.
pub fn decide(rules: &Rules, snapshot: &mut Snapshot, command: &Command) -> Result<Decision, Refusal> {
    let mark = snapshot.mark();
    let mut entries = Vec::new();
    let answer = match &command.target {
        Target::House => admin::decide(rules, snapshot, command, &mut entries),
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
    let actor = ActorView::of(snapshot, command.actor, command.effective_on);
    let case = match &command.target {
        Target::Case(id) => snapshot.rows().cases.get(&id.to_string()),
        _ => None,
    };
    let seat = case.and_then(|case| actor.seat_near(case)).or(actor.seats.first());
    Draft {
        process: case.map(|case| case.process),
        case: case.map(|case| case.id),
        version: None,
        cause: None,
        under: None,
        verb: command.verbs.first().map(|verb| verb.key()).or(command.admin.as_ref().map(|act| act.key())).unwrap_or_default().to_owned(),
        actor: actor.account,
        person: actor.person,
        principal: seat.and_then(|(rank, office)| actor.stands_in(*rank, office.as_deref())).map(|seat| (seat.principal, seat.person)),
        agency: case.and_then(|case| actor.agency(case)),
        office: seat.and_then(|(_, office)| office.clone()),
        effective_on: command.effective_on,
        outcome: Outcome::Refused { reasons: refusal.reasons.clone() },
        definition: case.map(|case| (case.definition.clone(), case.definition_digest.clone())),
        input: written(command),
        facts: BTreeMap::new(),
        changes: Vec::new(),
        notices: Vec::new(),
        skipped: Vec::new(),
        cites: Vec::new(),
    }
}

/// One case, one act: the first of the command's verbs whose conditions hold.
pub(crate) fn one(
    rules: &Rules,
    snapshot: &mut Snapshot,
    command: &Command,
    cause: Option<usize>,
    depth: usize,
    entries: &mut Vec<Draft>,
) -> Result<CaseId, Refusal> {
    let actor = ActorView::of(snapshot, command.actor, command.effective_on);
    let mut ids = IdSource::new(command.seed);
    let start = snapshot.mark();
    let (case, version, fresh) = opening::case_of(rules, snapshot, command, &actor, &mut ids)?;
    if let Some(verb) = command.verbs.first().filter(|verb| Verb::DESK.contains(verb)) {
        return desks::decide(rules, snapshot, command, &actor, case, &version, *verb, entries);
    }
    if command.verbs == [Verb::MoveToNewLaw] && !fresh {
        return moves::over(rules, snapshot, command, &actor, case, &version, entries);
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
            rules,
            snapshot,
            command,
            version: version.clone(),
            row,
            verb: *verb,
            actor: &actor,
            case: case.clone(),
            proposed,
            ids: &mut ids,
            facts: BTreeMap::new(),
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

pub(crate) fn wrong_state(version: &Version, case: &Case, verb: Verb, fresh: bool) -> Reason {
    let definition = &version.definition;
    let new = || ("新案".to_owned(), "new".to_owned());
    let title = |key: &String| if key == "new" { new() } else { definition.state_title(key) };
    let (zh, en): (Vec<_>, Vec<_>) = definition.rows_of(verb).flat_map(|row| row.from.iter()).map(title).unzip();
    let state = if fresh { new() } else { definition.state_title(&case.state) };
    let reason = Reason::new(Code::StateDoesNotAllow).titled("state", state);
    if zh.is_empty() {
        // No row has the act: it is not done in such a case at all.
        return reason.titled("kind", (&definition.title.zh, &definition.title.en));
    }
    reason.titled("from", (zh.join("、"), en.join(", ")))
}

/// Role, stepping aside, what must be brought, then the guards: everything that speaks against the act.
pub(crate) fn unmet(act: &mut Act<'_>, follow_up: bool) -> Vec<Reason> {
    let article = act.row.article().map(str::to_owned);
    if let Some(reason) = wrong_role(act) {
        return vec![reason.under(article.as_deref())];
    }
    let mut reasons = Vec::new();
    for rule in Common::ALL {
        reasons.extend(match rule {
            Common::SteppedAside => stepped_aside(act),
            Common::OwnMatter => own_matter(act),
            Common::PushedBefore => opening::pushed_before(act),
            Common::SignedOffAsRead => numbers::signed_off_as_read(act),
        });
    }
    if !follow_up {
        let mut missing = asks::missing(act);
        // A platform pushes the papers that it has; the others are asked for in the case.
        missing.retain(|reason| act.command.imported().is_none() || reason.code != Code::MissingDocument);
        reasons.extend(missing);
        reasons.extend(unknown_items(act));
        reasons.extend(reason_true::refuses(act));
    }
    reasons.extend(bounds::of_form(act));
    let row = act.row.clone();
    for guard in &row.guards {
        reasons.extend(guards::refuses(act, guard));
    }
    reasons.into_iter().map(|reason| act.cited(reason)).collect()
}

pub(crate) fn stepped_aside(act: &Act<'_>) -> Option<Reason> {
    let persons = act.persons();
    let aside = act.mine::<Recusal>().any(|row| persons.contains(&row.person));
    aside.then(|| Reason::new(Code::SteppedAside).under(Common::SteppedAside.article()))
}

/// Whoever acts for the subject of a case acts in it as a party only, whatever account they use.
pub(crate) fn own_matter(act: &Act<'_>) -> Option<Reason> {
    let persons = act.persons();
    let theirs = |row: &Binding| Some(row.account) == act.actor.account || row.person.is_some_and(|person| persons.contains(&person));
    let bindings = act.case.subject.into_iter().flat_map(|subject| act.snapshot.rows().of::<Binding>(subject));
    let own = bindings.filter(|row| roles::binds(row, act.today())).any(theirs);
    let party = act.row.who.iter().any(|role| matches!(role, Role::Party | Role::Requester | Role::AnyAccount));
    (own && !party).then(|| Reason::new(Code::OwnMatter).under(Common::OwnMatter.article()))
}

pub(crate) fn wrong_role(act: &Act<'_>) -> Option<Reason> {
    let who = &act.row.who;
    if who.iter().any(|role| roles::holds(act.snapshot, act.actor, *role, &act.case)) {
        return None;
    }
    if who == &[Role::System] {
        return Some(Reason::new(Code::SystemOnly));
    }
    let (zh, en): (Vec<_>, Vec<_>) = who.iter().filter(|role| **role != Role::System).map(|role| role.title()).unzip();
    Some(Reason::new(Code::RoleDoesNotAllow).titled("who", (zh.join("、"), en.join(", "))))
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
                let reason = Reason::new(Code::UnknownItem).titled("item", list.point_title(&key));
                reasons.push(reason.titled("open", items::titles(*list, &open)));
            }
        }
    }
    reasons
}

pub(crate) fn carry_out(
    mut act: Act<'_>,
    start: usize,
    cause: Option<usize>,
    depth: usize,
    fresh: bool,
    entries: &mut Vec<Draft>,
) -> Result<CaseId, Refusal> {
    let old_state = if fresh { String::from("new") } else { act.case.state.clone() };
    if fresh {
        opening::name_case(&mut act);
    }
    act.case.data = AsText(act.proposed.clone());
    act.case.decision_key = act.proposed.record().map(RecordData::key);
    if act.row.to != "same" {
        act.case.state.clone_from(&act.row.to);
    }
    if let Some(state) = act.version.definition.state(&act.case.state) {
        act.case.phase = state.phase;
    }
    // A courtesy of the house and newer law are no steps; what follows may have been signed before them.
    let bars = act.row.effects.iter().any(|effect| matches!(effect, Effect::BarRepair(_)));
    let step = act.row.to != "same" && act.verb != Verb::MoveToNewLaw || act.command.actor != Actor::System || bars;
    // Nor is what offices write to each other, nor the seal on a paper of an earlier day.
    if step && !act.verb.keeps_the_step() {
        act.case.stepped_on = if fresh { step_day(&act) } else { step_day(&act).max(act.case.stepped_on) };
    }
    act.case.version += 1;
    let issued = processes::issued_number(&act.case.data.0);
    items::attach(&mut act, issued.as_deref());
    let row = act.row.clone();
    for effect in &row.effects {
        effects::run(&mut act, effect);
    }
    deadlines::run(&mut act, &old_state);
    let fallen = notes::fall_away(&mut act);
    let case = act.case.clone();
    act.snapshot.put(case.clone());
    desks::rewrite(&mut act);
    act.snapshot.remember(
        case.id,
        Done { verb: act.verb, person: act.actor.person, principal: act.principal().map(|seat| seat.person), on: act.today() },
    );
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
    // A letter says what holds when the whole act is done: a bar on repair comes with a follow-up.
    entries[index].notices = notices(&act);
    entries[index].notices.extend(letters::not_needed(&act, &fallen));
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

/// The day of the step as its paper says it; of a new case, the day of the event that it is made for.
fn step_day(act: &Act<'_>) -> Date {
    let given = [DateKey::SignedOn, DateKey::ServedOn, DateKey::ReceivedOn].into_iter().find_map(|key| act.date(key));
    let event = || (act.case.version == 0).then(|| processes::event_day(&act.case.data.0)).flatten();
    given.or_else(event).unwrap_or(act.today())
}

/// What an act is called in the process of the case that the command is about.
fn title_in(act: &Act<'_>, command: &Command, verb: Verb) -> (String, String) {
    let process = match &command.target {
        Target::Case(id) => act.snapshot.rows().cases.get(&id.to_string()).map(|case| case.process),
        Target::New(opening) => Some(opening.process),
        Target::House => None,
    };
    act.rules.catalogue.act_title(process.unwrap_or(act.case.process), verb)
}

/// The refusal of an act whose follow-up must be done and is refused.
pub(crate) fn follow_up_refused(act: &Act<'_>, command: &Command, refusal: Refusal) -> Refusal {
    let number = match &command.target {
        Target::Case(id) => act.snapshot.rows().cases.get(&id.to_string()).map(|case| case.number.clone()),
        _ => None,
    };
    let verb = command.verbs.first().map(|verb| title_in(act, command, *verb)).unwrap_or_default();
    let mut reasons =
        vec![Reason::new(Code::FollowUpRefused).titled("verb", verb).with("case", number.unwrap_or_default()).under(act.row.article())];
    reasons.extend(refusal.reasons);
    Refusal { reasons }
}

fn draft(act: &Act<'_>, start: usize, cause: Option<usize>) -> Draft {
    let office = act.row.who.iter().find_map(|role| act.office_for(*role));
    Draft {
        process: Some(act.case.process),
        case: Some(act.case.id),
        version: Some(act.case.version),
        cause,
        under: act.command.imported().map(|row| row.cause),
        verb: act.verb.key().to_owned(),
        actor: act.actor.account,
        person: act.actor.person,
        principal: act.principal().map(|seat| (seat.principal, seat.person)),
        agency: act.row.who.contains(&Role::Party).then(|| act.actor.agency(&act.case)).flatten(),
        office,
        effective_on: act.today(),
        outcome: Outcome::Accepted,
        definition: Some((act.case.definition.clone(), act.case.definition_digest.clone())),
        input: written(act.command),
        facts: act.facts.clone(),
        changes: act.snapshot.changes(start),
        notices: Vec::new(),
        skipped: Vec::new(),
        cites: shield::cites(act),
    }
}

/// Every letter of the act.
fn notices(act: &Act<'_>) -> Vec<NoticeDraft> {
    let letters = act.row.effects.iter().filter_map(|effect| match effect {
        Effect::Notify(notify) => Some(letters::notices(act, notify)),
        _ => None,
    });
    letters.flatten().collect()
}
