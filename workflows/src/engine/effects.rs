//! What a transition does to its own case, beside changing the state.

use domain::{
    calendar::{Derived, Limit, Parameter, Unit, due},
    data::{BaseKind, CaseData},
    ids::AccountId,
    letter::Letter,
    office::{Addressee, Rank},
    paper::DateKey,
    record::SubjectKind,
    rows::{Binding, Deadline, DeadlineStatus, Listed, ListedStatus, Measure, NumberSeries, Standing},
};
use serde_json::json;

use super::{
    act::Act,
    deadlines,
    decision::{NoticeDraft, Recipient},
    items, list_type, listing, objection, proposal, receipt, roles,
};
use crate::definition::words::{Effect, Notify};

/// Runs one effect on the case; follow-ups and notices are collected by the caller.
pub(super) fn run(act: &mut Act<'_>, effect: &Effect) {
    match effect {
        Effect::Notify(_) | Effect::MustDo(_) | Effect::MayDo(_) => {}
        Effect::Extend(extension) => deadlines::extend(act, &extension.deadline, &extension.by),
        Effect::OpenItems(list) => items::open(act, *list),
        Effect::SettleItems(list) => items::settle(act, *list),
        Effect::DropItems(list) => items::drop(act, *list),
        Effect::NumberDecision => number_decision(act),
        Effect::FixClassAndTerms | Effect::ContinuePublication => {}
        Effect::StartPublication => start_publication(act),
        Effect::EndPublication => end_publication(act),
        Effect::MarkDutiesDone => {
            let done_on = act.command.arguments.dates.get(&DateKey::DoneOn).copied().unwrap_or(act.today());
            if let Some(record) = act.record_data_mut() {
                record.duties_done_on = Some(done_on);
            }
        }
        Effect::MarkBaseAnnulled => {
            if let Some(record) = act.record_data_mut() {
                record.in_force = false;
            }
        }
        Effect::StartMeasures => start_measures(act),
        Effect::LiftMeasures => lift_measures(act),
        Effect::BarRepair(parameter) => bar_repair(act, parameter),
        Effect::LiftBar => {
            if let Some(record) = act.record_data_mut() {
                (record.barred_until, record.barred) = (None, None);
            }
        }
        Effect::MarkFalsity => {
            if let Some(repair) = act.repair_data_mut() {
                repair.falsity = true;
            }
        }
        Effect::Bind => bind(act),
        Effect::Unbind => unbind(act),
        Effect::HandOver(sides) => receipt::hand_over(act, *sides),
        Effect::MarkSubmitted | Effect::MarkSent | Effect::MarkOpinion | Effect::MarkAnswer => proposal::run(act, effect),
        Effect::IssueNotice | Effect::MarkNoticeServed | Effect::MarkHearing | Effect::IssueDecision
        | Effect::MarkDecisionServed => listing::run(act, effect),
        Effect::IssueAnswer | Effect::MarkAnswerServed => objection::run(act, effect),
    }
}

/// The next number of a series: without gaps and without repeats, since only the door gives one.
pub(super) fn next_number(act: &mut Act<'_>, series: &str) -> i64 {
    let last = act.snapshot.rows().series.get(series).map_or(0, |row| row.last);
    act.snapshot.put(NumberSeries { id: series.to_owned(), last: last + 1 });
    last + 1
}

/// The next 文号 of the case's office: its word, the kind of document, the year, a number without gaps.
pub(super) fn document_number(act: &mut Act<'_>, series: &str, kind: &str) -> String {
    let office = act.case.finding_office.clone().unwrap_or_else(|| act.case.office.clone());
    let word = act.snapshot.rows().offices.get(&office).map(|row| row.number_word.clone()).unwrap_or_default();
    let year = act.signed_on().year();
    let number = next_number(act, &format!("{series}|{office}|{year}"));
    format!("{word}{kind}〔{year}〕{number}号")
}

fn number_decision(act: &mut Act<'_>) {
    let (text, signed_on) = (document_number(act, "decision", "信修"), act.signed_on());
    if let Some(repair) = act.repair_data_mut() {
        repair.decision_number = Some(text);
        repair.decided_on = Some(signed_on);
    }
}

fn start_publication(act: &mut Act<'_>) {
    let (today, case) = (act.today(), act.case.clone());
    let Some(record) = act.record_data_mut() else { return };
    record.published_on = record.published_on.or(Some(today));
    record.ended_on = None;
    let data = record.clone();
    let (Some(class), Some(last_day)) = (data.terms.class, data.terms.max_last_day.max(data.continued_until)) else {
        return;
    };
    let rows = act.snapshot.rows();
    let Some(subject) = case.subject.and_then(|id| rows.subjects.get(&id.to_string())) else { return };
    // The guards have said so already; the list itself refuses natural persons once more.
    if subject.kind == SubjectKind::NaturalPerson {
        return;
    }
    let office = case.finding_office.clone().unwrap_or_else(|| case.office.clone());
    let office = rows.offices.get(&office);
    let row = Listed {
        id: case.id,
        number: case.number,
        subject: subject.id,
        name: subject.name.clone().unwrap_or_default(),
        name_key: subject.name_key.clone().unwrap_or_default(),
        uscc: subject.uscc.clone(),
        class,
        decision_key: data.key(),
        decision_number: data.form.decision_number,
        office_zh: office.map(|row| row.zh.clone()).unwrap_or_default(),
        office_en: office.map(|row| row.en.clone()).unwrap_or_default(),
        decided_on: data.form.facts.finding_date,
        violation: data.form.violation.plain().unwrap_or_default().to_owned(),
        content: data.form.content.plain().unwrap_or_default().to_owned(),
        shown_from: data.published_on.unwrap_or(today),
        last_day,
        status: ListedStatus::Shown,
    };
    act.snapshot.put(row);
}

fn end_publication(act: &mut Act<'_>) {
    let today = act.today();
    if let Some(record) = act.record_data_mut()
        && record.published_on.is_some()
    {
        record.ended_on = Some(today);
    }
    let listed = act.snapshot.rows().listed.get(&act.case.id.to_string()).cloned();
    if let Some(mut row) = listed {
        row.status = ListedStatus::Hidden;
        act.snapshot.put(row);
    }
}

fn start_measures(act: &mut Act<'_>) {
    let (Some(subject), Some(record)) = (act.case.subject, act.case.data.0.record().cloned()) else { return };
    for key in record.form.measures {
        let row = Measure {
            id: act.draw(),
            case_id: act.case.id,
            subject,
            key,
            standing: Standing::Active,
            from_day: act.today(),
            lifted_on: None,
        };
        act.snapshot.put(row);
    }
}

fn lift_measures(act: &mut Act<'_>) {
    let mine: Vec<_> = act.mine::<Measure>().filter(|row| row.standing == Standing::Active).cloned().collect();
    for mut row in mine {
        row.standing = Standing::Ended;
        row.lifted_on = Some(act.today());
        act.snapshot.put(row);
    }
}

fn bar_repair(act: &mut Act<'_>, parameter: &str) {
    let Some(years) = act.parameter(parameter) else { return };
    let limit = Limit {
        from: act.signed_on(),
        count: years,
        unit: Unit::Year,
        pauses: &[],
        day_one_counts: false,
        move_to_working_day: false,
    };
    let law = act.version.definition.parameter(parameter).map(|parameter| parameter.law.clone()).unwrap_or_default();
    let share = Parameter { key: parameter.to_owned(), count: years };
    let event = act.verb.key();
    let found = due(act.rules.law.calendars(), &limit).ok().map(|count| Derived::counted(Some(event), vec![share], &law, count));
    let until = found.as_ref().map(Derived::day);
    if let Some(record) = act.record_data_mut().filter(|record| until > record.barred_until) {
        (record.barred_until, record.barred) = (until, found);
    }
}

fn bind(act: &mut Act<'_>) {
    let CaseData::AccountBinding(data) = act.case.data.0.clone() else { return };
    let row = Binding {
        id: act.draw(),
        case_id: act.case.id,
        account: data.account,
        subject: data.subject,
        standing: Standing::Active,
        until: data.until,
        person: data.person,
    };
    act.snapshot.put(row);
}

fn unbind(act: &mut Act<'_>) {
    let mine: Vec<_> = act.mine::<Binding>().cloned().collect();
    for mut row in mine {
        row.standing = Standing::Ended;
        act.snapshot.put(row);
    }
}

/// A letter to everyone the addressee stands for.
pub(super) fn notices(act: &Act<'_>, notify: &Notify) -> Vec<NoticeDraft> {
    let arguments = arguments(act, notify.letter);
    recipients(act, notify.to)
        .into_iter()
        .map(|recipient| NoticeDraft { letter: notify.letter, recipient, arguments: arguments.clone() })
        .collect()
}

pub(super) fn recipients(act: &Act<'_>, to: Addressee) -> Vec<Recipient> {
    let account = |id: AccountId| Recipient { account: Some(id), address: None };
    let rows = act.snapshot.rows();
    match to {
        Addressee::Party => {
            let bound = act.case.subject.into_iter().flat_map(|subject| rows.of::<Binding>(subject));
            let mut found: Vec<_> = bound.filter(|row| roles::binds(row, act.today())).map(|row| account(row.account)).collect();
            if found.is_empty()
                && let Some(email) = contact(&act.case.data.0)
            {
                found.push(Recipient { account: None, address: Some(email) });
            }
            found
        }
        Addressee::Requester => match &act.case.data.0 {
            CaseData::AccountBinding(data) => vec![account(data.account)],
            _ => Vec::new(),
        },
        Addressee::FindingUnit => {
            office_staff(act, act.case.finding_office.as_deref().unwrap_or(&act.case.office), account)
        }
        Addressee::FilingOffice => office_staff(act, &act.case.office, account),
        Addressee::NamedUnit => {
            list_type::of(act).and_then(|list_type| list_type.opinion_of).map(|unit| office_staff(act, &unit, account)).unwrap_or_default()
        }
        Addressee::PolicyOffice => {
            roles::policy_office(act.snapshot).map(|office| office_staff(act, &office, account)).unwrap_or_default()
        }
    }
}

/// The address that an application or an objection gave.
fn contact(data: &CaseData) -> Option<domain::personal::Sealed> {
    match data {
        CaseData::RepairApplication(data) => data.form.contact_email.clone(),
        CaseData::Objection(data) => data.form.contact_email.clone(),
        _ => None,
    }
}

/// 文号 of the newest document that the case has issued.
fn issued_number(data: &CaseData) -> Option<String> {
    match data {
        CaseData::RepairApplication(data) => data.decision_number.clone(),
        CaseData::ListingCase(data) => data.decided.as_ref().or(data.noticed.as_ref()).map(|issued| issued.number.clone()),
        CaseData::Objection(data) => data.answer_number.clone(),
        _ => None,
    }
}

fn office_staff(act: &Act<'_>, office: &str, account: impl Fn(AccountId) -> Recipient) -> Vec<Recipient> {
    let mut staff: Vec<_> = roles::active_holders(act.snapshot, act.today())
        .filter(|role| role.office.as_deref() == Some(office) && matches!(role.rank, Rank::Officer | Rank::CounterClerk))
        .map(|role| role.account)
        .collect();
    staff.sort_unstable();
    staff.dedup();
    staff.into_iter().map(account).collect()
}

/// What the letter says, without any personal text: sealed values are named by id and opened when it is sent.
fn arguments(act: &Act<'_>, letter: Letter) -> serde_json::Value {
    let arguments = &act.command.arguments;
    let record = act.record_case();
    let due = act
        .mine::<Deadline>()
        .filter(|row| row.status == DeadlineStatus::Open && row.owner.is_some())
        .filter_map(|row| row.due_on.map(|due| (due, row.provisional == 1)))
        .min();
    let items: Vec<_> = arguments.items.values().flatten().filter_map(|item| item.words.clone()).collect();
    let record_data = record.as_ref().and_then(|case| case.data.0.record());
    let mut said = json!({
        "letter": letter,
        "case": act.case.id,
        "case_number": act.case.number,
        "process": act.case.process,
        "subject": act.case.subject,
        "office": act.case.finding_office.as_ref().unwrap_or(&act.case.office),
        "record_number": record.as_ref().map(|case| case.number.clone()),
        "decision_of_record": record_data.map(|data| data.form.decision_number.clone()),
        "is_falsity": record_data.is_some_and(|data| data.base == BaseKind::Falsity),
        "earliest_repair": record_data.and_then(domain::data::RecordData::first_day_of_repair).map(|found| found.day()),
        "max_last_day": record_data.and_then(|data| data.terms.max_last_day.max(data.continued_until)),
        "document_number": issued_number(&act.case.data.0),
        "reason": arguments.reason,
        "reason_code": arguments.reason_code,
        "items": items,
        "due_on": due.map(|(day, _)| day),
        "due_provisional": due.is_some_and(|(_, provisional)| provisional),
        "citations": act.row.cites,
        "effective_on": act.today(),
    });
    if letter == Letter::CaseMoved {
        said["points"] = json!(moved_to(act));
    }
    if letter == Letter::DeadlineMoved {
        said["points"] = json!(counted_again(act));
    }
    said
}

/// The clocks that the act counts again, and that run.
fn counted_again(act: &Act<'_>) -> Vec<String> {
    let rules = act.version.definition.deadline.iter().filter(|rule| rule.recounted_by.contains(&act.verb));
    let running = rules.filter(|rule| act.deadline(&rule.key).is_some_and(|row| row.status == DeadlineStatus::Open));
    running.map(|rule| format!("{} {}", rule.zh, rule.en)).collect()
}

/// The law that a case was moved to, and the state it is in there.
fn moved_to(act: &Act<'_>) -> Vec<String> {
    let law = &act.version.definition;
    let (title, from) = (&law.title, law.in_force_from);
    let state = law.state(&act.case.state).map(|state| format!("{} {}", state.zh, state.en));
    std::iter::once(format!("《{}》，{from}起施行 {}, in force from {from}", title.zh, title.en)).chain(state).collect()
}
