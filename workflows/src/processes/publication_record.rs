//! Publication record: its data, its publication, its measures.

use domain::{
    calendar::{Derived, Limit, Parameter, Unit, due},
    data::{BaseKind, RecordData, Terms},
    paper::DateKey,
    personal::Sealed,
    process::{Form, FormKey, Verb},
    record::SubjectKind,
    rows::{Listed, ListedStatus, Measure, Standing},
};
use serde_json::Value;
use time::Date;

use super::{
    kind::{Filing, Kind, Proposed},
    terms,
};
use crate::{
    definition::words::Effect,
    engine::{Rules, act::Act},
};

pub(crate) struct PublicationRecord;

impl Kind for PublicationRecord {
    type Data = RecordData;
    const FORMS: &'static [FormKey] = &[FormKey::Record];

    fn open(form: &Form, filing: &Filing<'_>) -> Option<RecordData> {
        let Form::Record(form) = form else { return None };
        let base = match filing.verbs {
            [Verb::RecordFalsity, ..] => BaseKind::Falsity,
            [Verb::RecordRelated] => BaseKind::Related,
            _ if form.facts.severe_listing.is_some() => BaseKind::Listing,
            _ => BaseKind::Penalty,
        };
        Some(RecordData {
            base,
            form: (**form).clone(),
            in_force: true,
            terms: Terms::default(),
            duties_done_on: form.facts.duties_done_on,
            published_on: None,
            ended_on: None,
            barred_until: None,
            barred: None,
            continued_until: None,
        })
    }

    fn amend(_: &Rules, data: &mut RecordData, form: &Form) {
        if let Form::Record(form) = form {
            data.form = (**form).clone();
        }
    }

    fn propose(act: &Proposed<'_>, data: &mut RecordData) {
        if act.row.effects.contains(&Effect::FixClassAndTerms) {
            terms::fix(act, data);
        }
        if act.row.effects.contains(&Effect::ContinuePublication) {
            data.continued_until = act.command.arguments.dates.get(&DateKey::Until).copied();
        }
    }

    fn event_day(data: &RecordData) -> Option<Date> {
        Some(data.form.facts.finding_date)
    }

    fn contact(_: &RecordData) -> Option<Sealed> {
        None
    }

    fn issued_number(_: &RecordData) -> Option<String> {
        None // its document is the finding, which letters about a record name anyway
    }

    fn said(_: &RecordData) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}

/// The duties are done, on the day that the act gives.
pub(crate) fn mark_duties_done(act: &mut Act<'_>) {
    let done_on = act.command.arguments.dates.get(&DateKey::DoneOn).copied().unwrap_or(act.today());
    edit(act, |record| record.duties_done_on = Some(done_on));
}

/// The document that the record rests on is out of force.
pub(crate) fn mark_base_annulled(act: &mut Act<'_>) {
    edit(act, |record| record.in_force = false);
}

/// The bar on repair is lifted.
pub(crate) fn lift_bar(act: &mut Act<'_>) {
    edit(act, |record| (record.barred_until, record.barred) = (None, None));
}

fn edit(act: &mut Act<'_>, change: impl FnOnce(&mut RecordData)) {
    if let Some(record) = act.record_data_mut() {
        change(record);
    }
}

pub(crate) fn start_publication(act: &mut Act<'_>) {
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

pub(crate) fn end_publication(act: &mut Act<'_>) {
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

pub(crate) fn start_measures(act: &mut Act<'_>) {
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

pub(crate) fn lift_measures(act: &mut Act<'_>) {
    let mine: Vec<_> = act.mine::<Measure>().filter(|row| row.standing != Standing::Ended).cloned().collect();
    for mut row in mine {
        row.standing = Standing::Ended;
        row.lifted_on = Some(act.today());
        act.snapshot.put(row);
    }
}

pub(crate) fn bar_repair(act: &mut Act<'_>, parameter: &str) {
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
