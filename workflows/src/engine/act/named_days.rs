//! Days that a case itself names: the end of a period, of a term, of what was promised.

use domain::{
    calendar::{DayName, Derived, Limit, Parameter, Unit, Why, due},
    data::{BaseKind, RecordData},
    process::CaseData,
};

use crate::{definition::file::RecordDate, engine::act::Act};

/// The day that a clock ends on without being counted; none where the case names none.
pub(super) fn of_case(act: &Act<'_>, date: RecordDate) -> Option<Derived> {
    if date == RecordDate::PeriodEnd {
        return Some(Derived::named(DayName::PeriodEnd, act.case.data.0.batch()?.form.period_last_day));
    }
    if date == RecordDate::TaskDue {
        return Some(Derived::named(DayName::TaskDue, act.case.data.0.task()?.due?));
    }
    if date == RecordDate::SubmissionDue {
        return Some(Derived::named(DayName::SubmissionDue, act.case.data.0.submission()?.form.due));
    }
    if let CaseData::Commitment(data) = &act.case.data.0 {
        return match date {
            RecordDate::PerformanceEnd => data.performance_end.clone(),
            RecordDate::CorrectionEnd => Some(Derived::named(DayName::CorrectionEnd, data.correct_by?)),
            _ => None,
        };
    }
    if let (RecordDate::AuthorityEnd, CaseData::AccountBinding(data)) = (date, &act.case.data.0) {
        return Some(Derived::named(DayName::AuthorityEnd, data.until?));
    }
    let record: RecordData = act.case.data.0.record()?.clone();
    let repair = record.first_day_of_repair();
    match date {
        RecordDate::PeriodEnd
        | RecordDate::AuthorityEnd
        | RecordDate::TaskDue
        | RecordDate::SubmissionDue
        | RecordDate::PerformanceEnd
        | RecordDate::CorrectionEnd => None,
        RecordDate::MinTermEnd => repair?.shifted(-1),
        RecordDate::MinTermNear => {
            let days = i64::from(act.parameter(RecordDate::NEAR)?);
            repair?.shifted(-days - 1).filter(|near| near.day() >= act.today())
        }
        RecordDate::MaxTermEnd => record.terms.derived.max_last_day.clone(),
        RecordDate::PublicationStart => publication_start(act, &record)?.shifted(-1),
        RecordDate::ContinuedUntil => Some(Derived::named(DayName::ContinuedUntil, record.continued_until?)),
    }
}

/// The first day of publication: the day the decision names, else the setting's number of working days from today.
fn publication_start(act: &Act<'_>, record: &RecordData) -> Option<Derived> {
    if let Some(day) = record.form.publish_on {
        let days = [(DayName::PublishOn, day), (DayName::Act, act.today())];
        return Derived::latest(Why::NotBeforeToday, days.map(|(what, day)| Derived::named(what, day)).to_vec());
    }
    let setting = if record.base == BaseKind::Listing { RecordDate::LISTING_WITHIN } else { RecordDate::PUBLISH_WITHIN };
    let count = act.setting_number(setting)?;
    let limit = Limit { from: act.today(), count, unit: Unit::WorkingDay, pauses: &[], day_one_counts: false, move_to_working_day: false };
    let found = due(act.rules.law.calendars(), &limit).ok()?;
    let share = Parameter { key: setting.to_owned(), count };
    Some(Derived::counted(Some(act.verb.key()), vec![share], &[], found))
}
