//! What a transition does to its own case, beside changing the state.

use domain::{
    calendar::{Derived, Limit, Parameter, Unit, due},
    data::CaseData,
    paper::DateKey,
    record::SubjectKind,
    rows::{Binding, Listed, ListedStatus, Measure, Standing},
};

use crate::{
    definition::words::Effect,
    engine::{
        act::{Act, deadlines, items, numbers},
        decide::receipt,
    },
    processes::{listing, objection, proposal, shield},
};

/// Runs one effect on the case; follow-ups and notices are collected by the caller.
pub(crate) fn run(act: &mut Act<'_>, effect: &Effect) {
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
        Effect::SuspendMeasures | Effect::ResumeMeasures | Effect::EndContinuation => shield::run(act, effect),
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
        Effect::IssueNotice
        | Effect::MarkNoticeServed
        | Effect::MarkHearing
        | Effect::IssueDecision
        | Effect::WithdrawDecision
        | Effect::MarkDecisionServed => listing::run(act, effect),
        Effect::IssueAnswer | Effect::MarkAnswerServed => objection::run(act, effect),
    }
}

fn number_decision(act: &mut Act<'_>) {
    let (text, signed_on) = (numbers::document_number(act, "decision", "信修"), act.signed_on());
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
    let mine: Vec<_> = act.mine::<Measure>().filter(|row| row.standing != Standing::Ended).cloned().collect();
    for mut row in mine {
        row.standing = Standing::Ended;
        row.lifted_on = Some(act.today());
        act.snapshot.put(row);
    }
}

fn bar_repair(act: &mut Act<'_>, parameter: &str) {
    let Some(years) = act.parameter(parameter) else { return };
    let limit =
        Limit { from: act.signed_on(), count: years, unit: Unit::Year, pauses: &[], day_one_counts: false, move_to_working_day: false };
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
