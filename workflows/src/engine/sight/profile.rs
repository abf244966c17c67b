//! What the snapshot says of a subject on a day.

use std::collections::BTreeMap;

use domain::{
    benefit::EligibilityGap,
    check::{AnswerKind, AnswerLine},
    collection::DecisionKind,
    data::RecordData,
    ids::{CaseId, SubjectId},
    listing::ListingData,
    paper::ItemList,
    process::{CaseData, Phase},
    record::Sector,
    rows::{Case, CreditSubject, Information, Item, ItemStatus, Measure, Standing},
};
use time::Date;

use crate::{
    collection::{Fact, Values},
    definition::file::Mark,
    engine::{Rules, sight::snapshot::Snapshot},
    profile::Profile,
};

/// Everything that stands about the bearer of a code on a day.
pub(crate) fn profile(rules: &Rules, snapshot: &mut Snapshot, code: &str, on: Date) -> Profile {
    snapshot.look_for(code);
    let subject = snapshot.rows().under::<CreditSubject>(code).min_by_key(|row| row.id).cloned();
    let mut profile = Profile { kind: subject.as_ref().map(|row| row.kind), ..Profile::default() };
    if let Some(subject) = &subject {
        let cases: Vec<Case> = snapshot.of_subject(subject.id).cloned().collect();
        for case in &cases {
            of_case(rules, snapshot, case, on, &mut profile);
        }
        let lifted = |row: &Measure| row.lifted_on.map_or(row.standing != Standing::Active, |day| day <= on);
        let standing = |row: &&Measure| row.from_day <= on && !lifted(row);
        let measures = snapshot.rows().of::<Measure>(subject.id).filter(standing);
        profile.lines.extend(measures.map(|row| AnswerLine {
            what: Some(row.key.clone()),
            number: number_of(&cases, row.case_id),
            ..blank(AnswerKind::Measure)
        }));
    }
    of_registers(rules, &snapshot.information(code), on, &mut profile);
    profile.lines.sort_by(|a, b| (a.kind, &a.number, &a.what).cmp(&(b.kind, &b.number, &b.what)));
    profile
}

/// Who bears a code, and what keeps it from each scheme on a day; nothing where it can use the scheme.
pub fn eligibility(rules: &Rules, snapshot: &mut Snapshot, code: &str, on: Date) -> (Option<SubjectId>, Vec<Vec<EligibilityGap>>) {
    let profile = profile(rules, snapshot, code, on);
    let subject = snapshot.rows().under::<CreditSubject>(code).map(|row| row.id).min();
    (subject, rules.schemes.all().iter().map(|scheme| scheme.gaps(&profile, on)).collect())
}

const fn blank(kind: AnswerKind) -> AnswerLine {
    AnswerLine { kind, number: String::new(), what: None, sector: None, class: None, until: None, shown: false }
}

fn number_of(cases: &[Case], id: CaseId) -> String {
    cases.iter().find(|case| case.id == id).map(|case| case.number.clone()).unwrap_or_default()
}

fn of_case(rules: &Rules, snapshot: &Snapshot, case: &Case, on: Date, profile: &mut Profile) {
    let line = |kind| AnswerLine { number: case.number.clone(), ..blank(kind) };
    match &case.data.0 {
        CaseData::PublicationRecord(data) if stands(snapshot, case, data, on) => profile.lines.push(AnswerLine {
            class: data.terms.class,
            sector: data.form.facts.sector,
            until: data.derived_last_day().map(|last| last.day()),
            shown: is_shown(data, on),
            ..line(AnswerKind::Record)
        }),
        CaseData::ListingCase(data) if is_listed(rules, case, data, on) => {
            profile.lines.push(AnswerLine { what: Some(data.form.list_type.clone()), shown: true, ..line(AnswerKind::Listing) });
        }
        CaseData::Commitment(data) => {
            let broken = data.breach.as_ref().filter(|_| rules.catalogue.counts_as(case, Mark::Stands));
            let kind = if broken.is_some() { AnswerKind::Broken } else { AnswerKind::Commitment };
            if broken.is_some() || !rules.catalogue.counts_as(case, Mark::Over) {
                let until = data.performance_end.as_ref().map(domain::calendar::Derived::day);
                profile.lines.push(AnswerLine {
                    what: Some(data.form.of.clone()),
                    sector: Some(data.form.sector),
                    until,
                    shown: data.form.headline.is_some() && broken.is_none(),
                    ..line(kind)
                });
            }
            profile.breaches.extend(broken.map(|breach| breach.on));
        }
        _ => {}
    }
}

/// Whether a listing was in effect on a day: from its service on, until the step with which it ended.
fn is_listed(rules: &Rules, case: &Case, data: &ListingData, on: Date) -> bool {
    let ended = case.phase == Phase::Ended && case.stepped_on <= on;
    let in_effect = matches!(case.phase, Phase::InEffect | Phase::Ended) && !rules.catalogue.counts_as(case, Mark::Undone);
    in_effect && !ended && data.decision_served_on.is_some_and(|served| served <= on)
}

/// Whether a record stands on a day: in force, not ended, not shielded, within its longest term.
fn stands(snapshot: &Snapshot, case: &Case, data: &RecordData, on: Date) -> bool {
    let ended = data.ended_on.map_or(case.phase == Phase::Ended, |ended| ended <= on);
    let over = data.derived_last_day().is_some_and(|last| last.day() < on);
    let shields = |item: &Item| item.list == ItemList::ShieldGrounds && item.status == ItemStatus::Open;
    data.in_force && !ended && !over && !snapshot.rows().of::<Item>(case.id).any(shields)
}

fn is_shown(data: &RecordData, on: Date) -> bool {
    data.published_on.is_some_and(|first| first <= on)
}

/// Licences, grades, and whether it is in business.
fn of_registers(rules: &Rules, rows: &[Information], on: Date, profile: &mut Profile) {
    let mut grades: BTreeMap<Sector, (String, Date, AnswerLine)> = BTreeMap::new();
    for row in rows.iter().filter(|row| is_valid(row, on)) {
        let Some(item) = rules.items.get(&row.item) else { continue };
        profile.in_business |= item.register;
        profile.kind = profile.kind.or(item.register.then_some(row.kind));
        let values: Values = row.fields.read().unwrap_or_default();
        let told = |fact| item.told(&values, fact).unwrap_or_default().to_owned();
        let sector = row.sectors.as_deref().and_then(Sector::from_key);
        let line = |kind| AnswerLine { number: told(Fact::Number), sector, until: row.valid_to, ..blank(kind) };
        if item.decision == Some(DecisionKind::Licence) {
            profile.lines.push(line(AnswerKind::Licence));
        }
        let (grade, year, from) = (told(Fact::Grade), told(Fact::Year), row.valid_from.unwrap_or(row.collected_on));
        if let Some(sector) = sector.filter(|_| !grade.is_empty())
            && grades.get(&sector).is_none_or(|(known, day, _)| (known, day) < (&year, &from))
        {
            let line = AnswerLine { what: Some(grade.clone()), ..line(AnswerKind::Grade) };
            grades.insert(sector, (year, from, line));
        }
    }
    for (sector, (_, _, line)) in grades {
        profile.grades.extend(line.what.clone().map(|grade| (sector, grade)));
        profile.lines.push(line);
    }
}

/// Whether a row stands on a day.
fn is_valid(row: &Information, on: Date) -> bool {
    row.ended_on.is_none_or(|ended| on < ended)
        && row.valid_from.is_none_or(|from| from <= on)
        && row.valid_to.is_none_or(|until| on <= until)
}
