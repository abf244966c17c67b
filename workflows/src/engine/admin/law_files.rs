//! Law files loaded while the house runs: checked with all other law, never reaching back unless they say why.

use domain::{
    admin::AdminAct,
    calendar::YearFile,
    command::Command,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::LawFile,
};
use time::Date;

use crate::{
    engine::{Rules, admin as house, sight::snapshot::Snapshot},
    law::{FileFault, Kind, Reach, path_of, sha256},
};

/// Faults that a refusal names; the command line shows all of them.
const NAMED: usize = 20;

/// Notes a law file that holds from here on.
pub(crate) fn load(rules: &Rules, snapshot: &mut Snapshot, command: &Command, path: &str, text: &str) -> Result<(), Refusal> {
    let kind = placed(path, text).map_err(|fault| faulty(&[fault]))?;
    if rules.files().get(path) == Some(text) {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    if rules.files().get(path).is_some() && kind.is_dated() {
        return Err(Reason::new(Code::LawFileReleased).with("file", path).into());
    }
    let new = rules.with(path, text).map_err(|fault| faulty(&fault.0))?;
    // What an administrator changed has to fit the new bounds too.
    let changed = snapshot
        .rows()
        .settings
        .values()
        .filter(|row| new.law.settings().get(&row.id).is_some())
        .find_map(|row| house::setting_refused(&new, snapshot, &row.id, &row.value));
    if let Some(reason) = changed {
        return Err(reason.into());
    }
    if kind.is_dated() {
        in_time(path, text, command.effective_on)?;
    }
    snapshot.put(LawFile { id: path.to_owned(), text: text.to_owned(), sha256: sha256(text), loaded_on: command.effective_on });
    Ok(())
}

/// The kind of a file that stands where its content belongs.
fn placed(path: &str, text: &str) -> Result<Kind, FileFault> {
    let belongs = path_of(path, text)?;
    match Kind::of_path(path) {
        Some(kind) if belongs == path => Ok(kind),
        _ => Err(FileFault::at(path, text, &format!("belongs to the path “{belongs}”"))),
    }
}

fn faulty(faults: &[FileFault]) -> Refusal {
    let reason = |fault: &FileFault| {
        let reason = Reason::new(Code::LawFileFaulty).with("file", &fault.file).with("line", fault.line);
        reason.with("column", fault.column).with("what", &fault.what)
    };
    Refusal { reasons: faults.iter().take(NAMED).map(reason).collect() }
}

/// What was decided stays decided: a new law holds from the day on which it is loaded, unless it says why earlier.
fn in_time(path: &str, text: &str, today: Date) -> Result<(), Refusal> {
    let reach: Reach = toml::from_str(text).map_err(|fault| faulty(&[FileFault::toml(path, text, &fault)]))?;
    let says_why = reach.retroactive.is_some_and(|why| !why.trim().is_empty());
    if reach.in_force_from >= today || says_why {
        return Ok(());
    }
    let reason = Reason::new(Code::LawInThePast).with("file", path).with("from", reach.in_force_from);
    Err(reason.with("today", today).into())
}

/// The first day whose count may change with a year's calendar; none where the act loads none.
pub fn recounted_from(rules: &Rules, act: &AdminAct) -> Option<Date> {
    let AdminAct::LoadLaw { path, text } = act else { return None };
    let year = YearFile::read(path.strip_prefix("calendar/")?, text).ok()?;
    let first = Date::from_calendar_date(year.year, time::Month::January, 1).ok()?;
    let named = year.days.iter().map(|(day, _, _)| *day).min();
    // Days past the horizon were provisional and are so no more.
    Some(named.into_iter().fold(first, Date::min).min(rules.law.calendars().horizon()))
}
