//! The checks of a house, each with its cure.

use std::path::Path;

use sea_orm::{ConnectionTrait, DbBackend};
use serde::Serialize;
use time::Month;

use super::witnessed;
use crate::{
    app::Place,
    clock::Clock,
    keys::KeyRing,
    store::{Database, StoreFault, load, trail, write},
    work::outbox,
};

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Health {
    Ok,
    Warn,
    Fail,
}

/// One check.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    pub check: &'static str,
    pub health: Health,
    pub words: String,
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn ok(&mut self, check: &'static str, words: impl Into<String>) {
        self.0.push(Finding { check, health: Health::Ok, words: words.into() });
    }

    fn warn(&mut self, check: &'static str, words: impl Into<String>) {
        self.0.push(Finding { check, health: Health::Warn, words: words.into() });
    }

    fn fail(&mut self, check: &'static str, words: impl Into<String>) {
        self.0.push(Finding { check, health: Health::Fail, words: words.into() });
    }
}

/// Every check of the house at a place, without changing anything in it.
pub async fn examine(place: &Place) -> Vec<Finding> {
    let mut found = Findings::default();
    folder(&mut found, &place.folder);
    law(&mut found, place).await;
    match KeyRing::open_existing(&place.folder.join("keys"), &place.origin) {
        Ok(keys) => found.ok("keys", format!("{} keys, signing for {}", keys.list().len(), keys.origin())),
        Err(fault) => found.fail("keys", fault.to_string()),
    }
    let file = place.database.strip_prefix("sqlite:").map(Path::new);
    if let Some(file) = file.filter(|file| !file.exists()) {
        found.fail("database", format!("{} does not exist; `xinxiu migrate` makes it, `xinxiu restore` brings a copy back", file.display()));
        return found.0;
    }
    match Database::open(&place.database).await {
        Err(fault) => found.fail("database", format!("{fault}; check the address and that the database runs")),
        Ok(database) => {
            if let Err(fault) = rows(&mut found, &database, place).await {
                found.fail("database", fault.to_string());
            }
        }
    }
    found.0
}

fn folder(found: &mut Findings, folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    match std::fs::metadata(folder) {
        Err(fault) => found.fail("folder", format!("{}: {fault}", folder.display())),
        Ok(meta) if meta.permissions().readonly() => found.fail("folder", format!("{} cannot be written; chmod u+w it", folder.display())),
        Ok(meta) if meta.permissions().mode() & 0o007 != 0 => {
            found.warn("folder", format!("{} is open to every user of the machine; chmod 0750 it", folder.display()));
        }
        Ok(_) => found.ok("folder", folder.display().to_string()),
    }
}

async fn law(found: &mut Findings, place: &Place) {
    let rules = match crate::law::of_place(place).await {
        Ok(rules) => rules,
        Err(fault) => return found.fail("law", fault.to_string()),
    };
    let loaded = if rules.loaded().is_empty() { String::new() } else { format!("; loaded since: {}", rules.loaded().keys().cloned().collect::<Vec<_>>().join(", ")) };
    found.ok("law", format!("{} process tables pass their load checks{loaded}", rules.catalogue.all().count()));
    let (today, horizon) = (Clock::real().today(), rules.law.calendars().horizon());
    let words = format!("working days are known to {horizon}");
    if horizon < today || (horizon.year() == today.year() && today.month() >= Month::November) {
        found.warn("calendar", format!("{words}; dates beyond are provisional until next year's notice is loaded"));
    } else {
        found.ok("calendar", words);
    }
}

async fn rows(found: &mut Findings, database: &Database, place: &Place) -> Result<(), StoreFault> {
    if database.is_empty().await? {
        found.warn("schema", "the database is empty; `xinxiu migrate` makes its tables");
        return Ok(());
    }
    match database.pending().await? {
        0 => found.ok("schema", "up to date"),
        count => found.warn("schema", format!("{count} migrations wait; `xinxiu migrate` or the next `serve` runs them")),
    }
    durable(found, database).await?;
    let (frontier, _) = write::head(database.pool()).await?;
    let signed = trail::last_checkpoint(database).await?.map_or(0, |(size, _)| size);
    let beside = witnessed::largest(&place.folder, &place.origin).unwrap_or(0);
    let size = frontier.size();
    if signed.max(beside) > size {
        let words = format!("{size} entries, but a checkpoint over {} was signed: entries are missing; restore a newer copy", signed.max(beside));
        found.fail("trail", words);
    } else {
        found.ok("trail", format!("{size} entries, the last checkpoint covers {signed}"));
    }
    let now = clock(database).await?.now();
    let overdue = load::ringing(database, now, 1000).await?.len();
    if overdue == 0 { found.ok("timers", "none is overdue") } else { found.warn("timers", format!("{overdue} are overdue; `xinxiu serve` runs them")) }
    let (waiting, dead) = outbox::counts(database).await?;
    if dead == 0 {
        found.ok("outbox", format!("{waiting} letters wait"));
    } else {
        found.warn("outbox", format!("{dead} dead letters, {waiting} wait; `xinxiu mail list --status dead` shows them, `mail resend` sends again"));
    }
    Ok(())
}

async fn clock(database: &Database) -> Result<Clock, StoreFault> {
    let clock = Clock::real();
    database.read_clock(&clock).await?;
    Ok(clock)
}

/// What a kill does not test: that an acknowledged write is on the disk.
async fn durable(found: &mut Findings, database: &Database) -> Result<(), StoreFault> {
    let wanted: &[(&str, &str)] = match database.backend() {
        DbBackend::Sqlite => &[("PRAGMA synchronous", "2"), ("PRAGMA journal_mode", "wal")],
        _ => &[("SHOW fsync", "on"), ("SHOW synchronous_commit", "on"), ("SHOW full_page_writes", "on")],
    };
    let mut wrong = Vec::new();
    for (question, expected) in wanted {
        let row = database.pool().query_one_raw(database.statement(question, Vec::new())).await?;
        let answer = row.map(|row| row.try_get_by_index::<String>(0).or_else(|_| row.try_get_by_index::<i64>(0).map(|number| number.to_string()))).transpose()?;
        if answer.as_deref() != Some(*expected) {
            wrong.push(format!("{question} is {}, it has to be {expected}", answer.unwrap_or_default()));
        }
    }
    if wrong.is_empty() { found.ok("durability", "every acknowledged write is on the disk") } else { found.fail("durability", wrong.join("; ")) }
    Ok(())
}

/// The worst of all findings.
pub fn worst(found: &[Finding]) -> Health {
    found.iter().map(|finding| finding.health).max().unwrap_or(Health::Ok)
}
