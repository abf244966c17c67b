//! Between which days a date may lie, and the one check that every date of an act, a form, a file and a deputy goes through.

use domain::{
    calendar::{Limit, Unit, due},
    ids::CaseId,
    paper::{ChoiceKey, DateKey, ItemList},
    process::{CaseData, Form, Verb},
    refusal::{Reason, ReasonCode as Code},
    rows::{Item, ItemStatus},
};
use serde_json::json;
use time::{Date, Duration, Month};

use crate::{
    definition::bounds::{Ceiling, DateAsk, Floor, NamedDay},
    engine::{act::Act, sight::roles},
};

/// (zh, en)
type Words = (String, String);

/// A day that a date may not pass, with the refusal that says so.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    day: Date,
    what: Words,
    code: Code,
}

impl Bound {
    fn new(code: Code, day: Date, (zh, en): (&str, &str)) -> Self {
        Self { day, what: (zh.to_owned(), en.to_owned()), code }
    }

    /// Not before `day`.
    pub(crate) fn from(day: Date, what: (&str, &str)) -> Self {
        Self::new(Code::DateOutOfOrder, day, what)
    }

    /// Not after `day`.
    pub(crate) fn to(day: Date, what: (&str, &str)) -> Self {
        Self::new(Code::DateTooLate, day, what)
    }

    fn today(day: Date) -> Self {
        Self::from(day, Floor::Today.title().unwrap_or_default())
    }
}

/// Why a date cannot be taken, if it cannot.
pub(crate) fn outside(title: (&str, &str), date: Date, floor: Option<&Bound>, ceiling: Option<&Bound>) -> Option<Reason> {
    let told = |bound: &Bound, name: &str| {
        Reason::new(bound.code).titled("key", title).with("date", date).titled("what", bound.what.clone()).with(name, bound.day)
    };
    let early = floor.filter(|bound| date < bound.day).map(|bound| told(bound, "earlier"));
    let late = || {
        let bound = ceiling.filter(|bound| date > bound.day)?;
        let comes = (bound.code == Code::DateInFuture).then_some(date);
        Some(told(bound, "latest").from_day(comes))
    };
    early.or_else(late)
}

/// Whether days from one to another begin before today, end before they begin, or are more than the longest.
pub(crate) fn of_days((from, until): (Date, Date), today: Date, longest: u32) -> bool {
    let last = from.checked_add(Duration::days(i64::from(longest))).unwrap_or(Date::MAX);
    let (now, begun) = (Bound::today(today), Bound::from(from, ("起始日", "the first day")));
    let far = today.checked_add(Duration::days(i64::from(longest))).unwrap_or(Date::MAX);
    let (soon, end) =
        (Bound::to(far, ("最晚起始日", "the last day on which it may begin")), Bound::to(last, ("最长期间", "the longest time")));
    outside(("起始日", "the first day"), from, Some(&now), Some(&soon)).is_some()
        || outside(("截止日", "the last day"), until, Some(&begun), Some(&end)).is_some()
}

/// A date of an act: between its first and its last day, and the act's own where the actor may name no other.
pub(crate) fn of_ask(act: &mut Act<'_>, ask: &DateAsk, date: Date) -> Option<Reason> {
    let bound = !ask.only.is_empty() && !ask.only.iter().any(|role| roles::holds(act.snapshot, act.actor, *role, &act.case));
    let first = if bound { Some(Bound::today(act.today())) } else { floor(act, &ask.from) };
    let last = ceiling(act, &ask.to, first.as_ref());
    outside(ask.key.title(), date, first.as_ref(), last.as_ref()).map(|reason| reason.with("field", field(ask.key)))
}

/// The name of the field, and of the column, that holds a date.
fn field(key: DateKey) -> String {
    let mut words = key.key().split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}

/// Every date of the act's form that lies outside, with the field that holds it.
pub(crate) fn of_form(act: &mut Act<'_>) -> Vec<Reason> {
    let Some(form) = act.command.arguments.form.clone() else { return Vec::new() };
    let rules = act.version.definition.form_date.clone();
    let mut reasons = Vec::new();
    for (key, date) in form.dates() {
        let Some(rule) = rules.iter().find(|rule| rule.key == key) else { continue };
        let first = floor(act, &rule.from);
        let last = ceiling(act, &rule.to, first.as_ref());
        reasons.extend(outside(key.title(), date, first.as_ref(), last.as_ref()).map(|reason| reason.with("field", key)));
    }
    reasons
}

/// The first day; today where the case does not know the event, none where there is none by law.
fn floor(act: &mut Act<'_>, floor: &Floor) -> Option<Bound> {
    let today = act.today();
    let found = match floor {
        Floor::None(_) => return None,
        Floor::Day(named) => return Some(of_law(Code::DateOutOfOrder, named)),
        Floor::Ahead(parameter) => return ahead(act, parameter),
        Floor::Chosen(words) => {
            let word = act.command.arguments.choices.get(&ChoiceKey::ShieldGround).and_then(|word| words.get(word)).cloned();
            return match word {
                Some(chosen) => self::floor(act, &chosen),
                None => Some(Bound::today(today)),
            };
        }
        Floor::Challenged => return Some(challenged(act).unwrap_or_else(|| Bound::today(today))),
        Floor::Today => Some(today),
        Floor::Tomorrow => today.next_day(),
        Floor::Finding => finding(act),
        Floor::Notice => act.case.data.0.listing().and_then(|data| Some(data.noticed.as_ref()?.on)),
        Floor::NoticeServed => act.case.data.0.listing().and_then(|data| data.notice_served_on),
        Floor::Decision => act.case.data.0.listing().and_then(|data| Some(data.decided.as_ref()?.on)),
        Floor::Answer => act.case.data.0.objection().and_then(|data| data.answered_on),
        Floor::Ground => ground(act),
        Floor::Forward => act.case.data.0.proposal().and_then(|data| data.forwarded_on),
        Floor::Signed => Some(act.signed_on()),
        Floor::Given => act.proposed.commitment().map(|data| data.form.given_on),
        Floor::Receipt => Some(act.case.received_on),
        Floor::StepBefore => Some(act.case.stepped_on),
    };
    Some(found.zip(floor.title()).map_or_else(|| Bound::today(today), |(day, what)| Bound::from(day, what)))
}

fn of_law(code: Code, named: &NamedDay) -> Bound {
    Bound { day: named.day, what: (named.zh.clone(), named.en.clone()), code }
}

/// The finding that the form names, or that the case is or rests on.
fn finding(act: &Act<'_>) -> Option<Date> {
    match &act.command.arguments.form {
        Some(Form::Record(form)) => Some(form.facts.finding_date),
        _ => act.record().map(|data| data.form.facts.finding_date),
    }
}

/// The answer to the application that is challenged, else the finding.
fn challenged(act: &mut Act<'_>) -> Option<Bound> {
    let answered = act.case.parent.and_then(|id| decided(act, id));
    match answered {
        Some(day) => Some(Bound::from(day, ("申请答复或者违诺认定之日", "the day of the answer or of the finding"))),
        None => finding(act).zip(Floor::Finding.title()).map(|(day, what)| Bound::from(day, what)),
    }
}

fn decided(act: &mut Act<'_>, application: CaseId) -> Option<Date> {
    let case = act.snapshot.whole(application)?;
    let declined = act.snapshot.history(application).iter().rfind(|done| done.verb == Verb::Decline).map(|done| done.on);
    let breach = case.data.0.commitment().and_then(|data| Some(data.breach.as_ref()?.on));
    let signed = case.data.0.repair().and_then(|data| data.decided_on).or(breach);
    signed.max(declined)
}

/// The newest of the grounds that the act ends.
fn ground(act: &Act<'_>) -> Option<Date> {
    let named = act.command.arguments.items.get(&ItemList::ShieldGrounds).into_iter().flatten();
    let keys: Vec<_> = named.filter_map(|draft| draft.key.as_deref()).collect();
    let open = |item: &&Item| item.list == ItemList::ShieldGrounds && item.status == ItemStatus::Open && keys.contains(&item.key.as_str());
    act.mine::<Item>().filter(open).filter_map(|item| item.dated_on).max()
}

/// So many working days after today that the whole of them lie between.
fn ahead(act: &mut Act<'_>, parameter: &str) -> Option<Bound> {
    let count = act.parameter(parameter)?;
    let earliest = counted(act, parameter)?;
    act.facts.insert("earliest".into(), json!(earliest));
    Some(Bound { day: earliest, what: (format!("{count}个工作日"), format!("{count} working days")), code: Code::TooEarly })
}

/// The last of so many days after today as the parameter says.
fn counted(act: &Act<'_>, parameter: &str) -> Option<Date> {
    let unit = act.version.definition.parameter(parameter)?.unit.unwrap_or(Unit::Day);
    let limit =
        Limit { from: act.today(), count: act.parameter(parameter)?, unit, pauses: &[], day_one_counts: false, move_to_working_day: false };
    due(act.rules.law.calendars(), &limit).ok().map(|found| found.due)
}

/// The last day; today where the case does not know it.
fn ceiling(act: &mut Act<'_>, ceiling: &Ceiling, first: Option<&Bound>) -> Option<Bound> {
    let today = act.today();
    let found = match ceiling {
        Ceiling::Day(named) => return Some(of_law(Code::DateTooLate, named)),
        // Where the clock leaves no day that is far enough ahead, the party's time goes before the office's.
        Ceiling::EndOf(key) => {
            let title = act.version.definition.deadline_title(key);
            let end = act.deadline(key).and_then(|row| row.due_on);
            let last = end.max(first.map(|bound| bound.day))?;
            let (zh, en) = (format!("期限“{}”的最后一日", title.0), format!("the last day of the deadline “{}”", title.1));
            return Some(Bound::to(last, (&zh, &en)));
        }
        Ceiling::SectorRule => return None,
        Ceiling::Within(parameter) => match counted(act, parameter) {
            Some(day) => return Some(Bound::to(day, ("最长可至之日", "the last day that is possible"))),
            None => None,
        },
        Ceiling::MaxTerm => Some(max_term(act)?),
        Ceiling::Quarter => Some(quarter_end(today)),
        Ceiling::Today => None,
    };
    let bound = |code, day, of: &Ceiling| Bound::new(code, day, of.title().unwrap_or_default());
    Some(found.map_or_else(|| bound(Code::DateInFuture, today, &Ceiling::Today), |day| bound(Code::DateTooLate, day, ceiling)))
}

/// The last day on which the record may be published; while its class is open, the shortest term that the law knows.
fn max_term(act: &Act<'_>) -> Option<Date> {
    let CaseData::PublicationRecord(record) = &act.proposed else { return None };
    let shortest = || {
        let months = act.version.definition.parameter("necessity_months")?.value?;
        let from = record.form.facts.finding_date;
        let limit = Limit { from, count: months, unit: Unit::Month, pauses: &[], day_one_counts: false, move_to_working_day: false };
        due(act.rules.law.calendars(), &limit).ok().map(|found| found.due.max(act.today()))
    };
    record.terms.max_last_day.or_else(shortest)
}

fn quarter_end(today: Date) -> Date {
    let first = (u8::from(today.month()) - 1) / 3 * 3 + 3;
    let month = Month::try_from(first).unwrap_or(Month::December);
    Date::from_calendar_date(today.year(), month, month.length(today.year())).unwrap_or(today)
}
