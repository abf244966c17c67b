//! Personal values that no duty keeps any more: what keeps the others, and to which day.

use domain::{
    calendar::{Limit, Unit, due},
    erasure::ErasureTarget,
    ids::{AccountId, CaseId, SubjectId},
    process::{CaseData, Phase, Verb},
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{AsText, Case, Erasure, OpenIdLink, Standing},
};
use time::Date;

use crate::{
    definition::file::Rest,
    engine::{Rules, act::setting_number, admin::registered, sight::snapshot::Snapshot},
};

/// Notes the erasure of a target's values where nothing keeps them, and takes away by what they were looked up.
pub(crate) fn erase(rules: &Rules, snapshot: &mut Snapshot, today: Date, act: &domain::admin::AdminAct) -> Result<(), Refusal> {
    let domain::admin::AdminAct::ErasePersonal { id, target, ground, values } = act else { return Ok(()) };
    let reasons = keeps(rules, snapshot, *target, today);
    if !reasons.is_empty() {
        return Err(Refusal { reasons });
    }
    if values.is_empty() {
        return Err(Reason::new(Code::NothingToErase).into());
    }
    if let ErasureTarget::Case(id) = target
        && snapshot.whole(*id).is_none()
    {
        return Err(Reason::new(Code::NothingToErase).into());
    }
    let cases: Vec<_> = cases(snapshot, *target).iter().map(|case| case.id).collect();
    match target {
        ErasureTarget::Subject(subject) => {
            if let Some(mut row) = snapshot.rows().subjects.get(&subject.to_string()).cloned() {
                row.id_number_hash = None;
                snapshot.put(row);
            }
        }
        ErasureTarget::Account(account) => {
            if let Some(mut row) = snapshot.rows().accounts.get(&account.to_string()).cloned() {
                row.login_key = None;
                snapshot.put(row);
            }
            let links: Vec<OpenIdLink> =
                snapshot.rows().of::<OpenIdLink>(*account).filter(|row| row.subject_key.is_some()).cloned().collect();
            for link in links {
                snapshot.put(OpenIdLink { subject_key: None, ended_on: Some(today), ..link });
            }
        }
        ErasureTarget::Case(_) => {}
    }
    let (kind, target) = target.parts();
    snapshot.put(Erasure { id: *id, kind, target, cases: AsText(cases), ground: *ground, erased_on: today, swept: 0 });
    Ok(())
}

/// Notes that letters, papers and logs of an erasure are gone.
pub(crate) fn swept(snapshot: &mut Snapshot, id: domain::ids::RowId) -> Result<(), Refusal> {
    let row = snapshot.rows().erasures.get(&id.to_string()).filter(|row| row.swept == 0).cloned();
    let row = row.ok_or_else(|| Refusal::from(Reason::new(Code::AlreadySo)))?;
    snapshot.put(Erasure { swept: 1, ..row });
    Ok(())
}

fn cases(snapshot: &mut Snapshot, target: ErasureTarget) -> Vec<Case> {
    match target {
        ErasureTarget::Subject(id) => of_subject(snapshot, id),
        ErasureTarget::Case(id) => snapshot.whole(id).into_iter().collect(),
        ErasureTarget::Account(_) => Vec::new(),
    }
}

fn of_subject(snapshot: &Snapshot, id: SubjectId) -> Vec<Case> {
    snapshot.claims_on_subject(id).cloned().collect()
}

/// Everything that keeps a target's values on a day.
pub fn keeps(rules: &Rules, snapshot: &mut Snapshot, target: ErasureTarget, today: Date) -> Vec<Reason> {
    let mut kept = match target {
        ErasureTarget::Account(id) => account(rules, snapshot, id, today),
        _ => Vec::new(),
    };
    let mut all = cases(snapshot, target);
    // The list that holds an entry names its subject too.
    let lists: Vec<CaseId> =
        all.iter().filter(|case| matches!(case.data.0, CaseData::ProposalEntry(_))).filter_map(|case| case.parent).collect();
    all.extend(lists.into_iter().filter_map(|id| snapshot.whole(id)));
    for case in &all {
        kept.extend(case_keeps(rules, snapshot, case, today));
    }
    kept
}

fn account(rules: &Rules, snapshot: &Snapshot, id: AccountId, today: Date) -> Vec<Reason> {
    let rows = snapshot.rows();
    let Some(account) = rows.accounts.get(&id.to_string()) else { return vec![Reason::new(Code::NothingToErase)] };
    let stands = |zh: &str, en: &str| Reason::new(Code::KeptAccountStands).titled("what", (zh, en));
    let mut kept = Vec::new();
    if account.standing == Standing::Active {
        kept.push(stands("未停用", "not disabled"));
    }
    if rows.roles.values().any(|role| role.account == id && role.standing == Standing::Active) {
        kept.push(stands("仍有岗位", "it holds a seat"));
    }
    if rows.bindings.values().any(|row| row.account == id && row.standing == Standing::Active) {
        kept.push(stands("仍有绑定", "it acts for a subject"));
    }
    let staff = rows.roles.values().any(|role| role.account == id);
    // What was given to ask for a binding that never came is kept for nothing.
    if let Some(from) = account.ended_on.filter(|_| !registered::never_bound(snapshot, id)) {
        kept.extend(retained(rules, snapshot, if staff { "staff_account" } else { "party_account" }, "", from, today));
    }
    kept
}

/// What keeps the values of a case: it goes on, or the years after its end are not over.
fn case_keeps(rules: &Rules, snapshot: &Snapshot, case: &Case, today: Date) -> Vec<Reason> {
    let mut kept = Vec::new();
    let rows = snapshot.rows();
    if rows.measures.values().any(|row| row.case_id == case.id && row.standing != Standing::Ended) {
        kept.push(Reason::new(Code::KeptMeasure).with("number", &case.number));
    }
    // That a term has passed is noted a day later and is no life of the case.
    let acts = snapshot.history(case.id).iter().filter(|done| !matches!(done.verb, Verb::NoteMissed | Verb::NoteUnanswered));
    let last_act = acts.map(|done| done.on).max().unwrap_or(case.received_on);
    let record = case.data.0.record();
    let term = record.and_then(|record| record.terms.max_last_day.max(record.continued_until).max(record.barred_until));
    let definition = rules.catalogue.of_case(case);
    let state = definition.as_ref().and_then(|version| version.definition.state(&case.state));
    // A record that is not published lives as long as its term.
    let unpublished = record.is_some_and(|record| record.published_on.is_none()) && state.is_some_and(|state| state.rest == Rest::Settled);
    let ended = case.phase == Phase::Ended || unpublished;
    if !ended {
        let words = definition.as_ref().map(|version| version.definition.state_title(&case.state)).unwrap_or_default();
        kept.push(match term.filter(|day| record.is_some_and(|record| record.published_on.is_some()) && today <= *day) {
            Some(day) => {
                Reason::new(Code::KeptPublished).with("number", &case.number).with("last_day", day).under(Some("order_36_2025/art_12_2"))
            }
            None => Reason::new(Code::KeptCaseOpen).with("number", &case.number).titled("state", words),
        });
        return kept;
    }
    let end = if case.phase == Phase::Ended { record.and_then(|record| record.barred_until) } else { term };
    kept.extend(retained(rules, snapshot, "case", &case.number, last_act.max(end.unwrap_or(last_act)), today));
    kept
}

/// The years of a rule from a day on, while they run.
fn retained(rules: &Rules, snapshot: &Snapshot, rule: &str, number: &str, from: Date, today: Date) -> Option<Reason> {
    let rule = rules.law.retention(rule)?;
    let years = setting_number(rules, snapshot, &rule.setting).unwrap_or_default().max(rule.at_least.value);
    let limit = Limit { from, count: years, unit: Unit::Year, pauses: &[], day_one_counts: false, move_to_working_day: false };
    let until = due(rules.law.calendars(), &limit).ok()?.due;
    let cite =
        if years == rule.at_least.value && years > 0 { Some(rule.at_least.cites.as_str()) } else { rule.cites.first().map(String::as_str) };
    let reason = Reason::new(Code::KeptRetention).titled("what", (&rule.zh, &rule.en)).with("number", number).with("until", until);
    (today <= until).then(|| reason.under(cite).from_day(until.next_day()))
}
