//! What the house says by the calendar and not by an act of a case: the day's digests, a year without a calendar, the root of
//! the published list.

use domain::{
    admin::AdminAct,
    command::Command,
    digest::Digest,
    ids::AccountId,
    letter::Letter,
    moment::Micros,
    office::Rank,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::Told,
};
use serde_json::json;
use time::{Date, Duration, Month};

use crate::engine::{
    Rules,
    act::setting_number,
    sight::{
        decision::{NoticeDraft, Recipient},
        roles,
        snapshot::Snapshot,
    },
};

/// Settings: from how many days before its first day a year's calendar is missed, and how often that is said again.
const WARN_BEFORE: &str = "calendar_warning_days";
const WARN_EVERY: &str = "calendar_warning_every_days";

/// The row that says when the day's digests last went out.
pub const DIGESTS: &str = "digests";

/// Setting: how many minutes lie at least between two notes of the published list on one day.
pub const NOTE_EVERY: &str = "published_note_minutes";

/// The row that says when the published list was last noted.
const NOTED: &str = "published";

/// The row that says when somebody last vouched for the machine's clock.
const CONFIRMED: &str = "day_confirmed";

/// Notes that somebody vouches for the machine's clock; the day that they say is the one that it shows.
pub(crate) fn confirm_day(snapshot: &mut Snapshot, command: &Command, day: Date) -> Result<(), Refusal> {
    if day != command.effective_on {
        return Err(Reason::new(Code::DayNotTheClocks).with("day", day).with("clock", command.effective_on).into());
    }
    snapshot.put(Told { id: CONFIRMED.to_owned(), at: command.now });
    Ok(())
}

/// Notes the root of the published list: at the beginning of a day, and after changes not too often.
pub(crate) fn note_published(rules: &Rules, snapshot: &mut Snapshot, command: &Command, as_of: Micros) -> Result<(), Refusal> {
    let today = command.effective_on;
    if as_of.day() != today {
        return Err(Reason::new(Code::DayNotTheClocks).with("day", as_of.day()).with("clock", today).into());
    }
    let every = i64::from(setting_number(rules, snapshot, NOTE_EVERY).unwrap_or_default()) * 60_000_000;
    let noted = snapshot.rows().told.get(NOTED).map(|row| row.at);
    if noted.is_some_and(|at| at.day() == today && command.now.0 < at.0 + every) {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    snapshot.put(Told { id: NOTED.to_owned(), at: command.now });
    Ok(())
}

/// The row that says when the missing calendar of a year was last told.
pub fn calendar_row(year: i32) -> String {
    format!("calendar|{year}")
}

/// Notes that the day's digests go out: once a working day.
pub(crate) fn send_digests(rules: &Rules, snapshot: &mut Snapshot, command: &Command) -> Result<(), Refusal> {
    let today = command.effective_on;
    let told = snapshot.rows().told.get(DIGESTS).is_some_and(|row| row.at.day() >= today);
    if told || !rules.law.calendars().day(today).working {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    snapshot.put(Told { id: DIGESTS.to_owned(), at: command.now });
    Ok(())
}

/// The first year, of the one that runs and the next, that has no calendar and is near enough to be missed.
pub fn calendar_missed(rules: &Rules, today: Date, days_before: u32) -> Option<i32> {
    let missed = |year: &i32| {
        let first = Date::from_calendar_date(*year, Month::January, 1);
        let near = first.is_ok_and(|first| today >= first - Duration::days(i64::from(days_before)));
        near && !rules.law.calendars().digests().contains_key(year)
    };
    [today.year(), today.year() + 1].into_iter().find(missed)
}

/// Notes that administrators are told of a missing calendar, again only after some days.
pub(crate) fn warn_of_calendar(rules: &Rules, snapshot: &mut Snapshot, command: &Command, year: i32) -> Result<(), Refusal> {
    let today = command.effective_on;
    let number = |key| setting_number(rules, snapshot, key).unwrap_or_default();
    let missed = calendar_missed(rules, today, number(WARN_BEFORE)) == Some(year);
    let every = Duration::days(i64::from(number(WARN_EVERY)));
    let told = snapshot.rows().told.get(&calendar_row(year)).is_some_and(|row| today < row.at.day() + every);
    if !missed || told {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    snapshot.put(Told { id: calendar_row(year), at: command.now });
    Ok(())
}

/// The letters of an administrative act.
pub(crate) fn notices(snapshot: &Snapshot, act: &AdminAct, today: Date) -> Vec<NoticeDraft> {
    match act {
        AdminAct::SendDigests { digests } => digests.iter().map(|digest| desk(digest, today)).collect(),
        AdminAct::WarnOfCalendar { year } => calendar(snapshot, *year, today),
        _ => Vec::new(),
    }
}

fn to(letter: Letter, account: AccountId, arguments: serde_json::Value) -> NoticeDraft {
    NoticeDraft { letter, recipient: Recipient { account: Some(account), address: None }, arguments }
}

fn desk(digest: &Digest, today: Date) -> NoticeDraft {
    let arguments = json!({
        "letter": Letter::DeskDigest,
        "matter": ["待办汇总", "What waits"],
        "case_number": today,
        "office": digest.office,
        "lines": digest.lines,
        "more": digest.more,
        "effective_on": today,
    });
    to(Letter::DeskDigest, digest.account, arguments)
}

fn calendar(snapshot: &Snapshot, year: i32, today: Date) -> Vec<NoticeDraft> {
    let first = Date::from_calendar_date(year, Month::January, 1).ok();
    let arguments = json!({
        "letter": Letter::CalendarMissing,
        "matter": ["工作日历", "Working-day calendar"],
        "case_number": year.to_string(),
        "office": roles::policy_office(snapshot),
        "due_on": first.and_then(Date::previous_day),
        "effective_on": today,
    });
    let mut holders: Vec<_> =
        roles::active_holders(snapshot, today).filter(|role| role.rank == Rank::Administrator).map(|role| role.account).collect();
    holders.sort_unstable();
    holders.dedup();
    holders.into_iter().map(|account| to(Letter::CalendarMissing, account, arguments.clone())).collect()
}
