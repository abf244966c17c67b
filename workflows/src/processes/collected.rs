//! What the house collects out of its own records: a penalty of an organisation or a sole trader is a row of the catalogue from its
//! registration on, follows its corrections, and ends with the document that it rests on.

use domain::{
    data::{BaseKind, RecordData},
    ids::RowId,
    record::SubjectKind,
    rows::Information,
};
use time::Date;

use crate::{
    collection::{Origin, PENALTY, Values},
    definition::words::CountWord,
    engine::act::Act,
};

/// The row of the record follows it, or ends.
pub(crate) fn run(act: &mut Act<'_>, word: CountWord) {
    let id = RowId(act.case.id.into());
    let held = act.snapshot.rows().information.get(&id.to_string()).cloned();
    let today = act.today();
    if word == CountWord::End {
        if let Some(row) = held {
            act.snapshot.put(Information { ended_on: Some(today), ..row });
        }
        return;
    }
    let Some(data) = act.case.data.0.record().filter(|data| data.base == BaseKind::Penalty).cloned() else { return };
    let rules = act.rules;
    let (Some(item), Some(values)) = (rules.items.get(PENALTY), values(act, &data)) else { return };
    let origin = Origin {
        id,
        import: act.case.import,
        record: Some(act.case.id),
        place: 0,
        office: act.case.finding_office.clone().unwrap_or_else(|| act.case.office.clone()),
        collected_on: held.as_ref().map_or(today, |row| row.collected_on),
        arrived_at: act.command.now,
    };
    // A record that cannot be a row of the catalogue is a record all the same.
    if let Ok(row) = item.row(&values, origin) {
        act.snapshot.put(row);
    }
}

/// The values of a penalty by the fields of its item; none of a natural person.
fn values(act: &Act<'_>, data: &RecordData) -> Option<Values> {
    let subject = act.case.subject.and_then(|id| act.snapshot.rows().subjects.get(&id.to_string()))?;
    if subject.kind == SubjectKind::NaturalPerson {
        return None;
    }
    let form = &data.form;
    let day = |date: Date| date.to_string();
    let told = [
        ("CF_XDR_MC", subject.name.clone().unwrap_or_default()),
        ("CF_XDR_LB", subject.kind.key().to_owned()),
        ("CF_XDR_SHXYM", subject.uscc.clone().unwrap_or_default()),
        ("CF_WSH", form.decision_number.clone()),
        ("CF_WFXW", form.violation.plain().unwrap_or_default().to_owned()),
        ("CF_YJ", form.basis.clone()),
        ("CF_NR", form.content.plain().unwrap_or_default().to_owned()),
        ("CF_JDRQ", day(form.facts.finding_date)),
        ("CF_CFJG", form.body_name.clone()),
        ("CF_CFJGDM", form.body_uscc.clone()),
        ("CF_SJLYDW", form.source_name.clone()),
        ("CF_SJLYDWDM", form.source_uscc.clone()),
    ];
    Some(told.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key.to_owned(), value)).collect())
}
