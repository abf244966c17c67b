//! The checks of a house, each with its cure.

use std::path::Path;

use domain::moment::Micros;
use sea_orm::{ConnectionTrait, DbBackend};
use serde::Serialize;
use time::Month;
use workflows::engine::Rules;

use super::{papers, waiting};
use crate::{
    app::Place,
    checkpoints::signed::{self, Places},
    clock::Clock,
    config::Settings,
    drafts::page,
    keys::KeyRing,
    lock::{Hold, HouseLock},
    store::witness,
    store::{Database, StoreFault, load, trail, write},
    work::{guard, relay},
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
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn ok(&mut self, check: &'static str, words: impl Into<String>) {
        self.0.push(Finding { check, health: Health::Ok, words: words.into() });
    }

    pub(super) fn warn(&mut self, check: &'static str, words: impl Into<String>) {
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
    let file = place.database.strip_prefix("sqlite:").map(Path::new);
    if let Some(missing) = [Some(place.folder.as_path()), file].into_iter().flatten().find(|path| !path.exists()) {
        found.fail(
            "database",
            format!("{} does not exist; `xinxiu migrate` makes a house, `xinxiu restore` brings a copy back", missing.display()),
        );
        return found.0;
    }
    let _lock = match HouseLock::take(place, Hold::Shared).await {
        Ok(lock) => lock,
        Err(fault) => {
            found.fail("lock", fault.to_string());
            return found.0;
        }
    };
    law(&mut found, place).await;
    let keys = KeyRing::open_existing(&place.folder.join("keys"), &place.origin);
    match &keys {
        Ok(keys) => found.ok("keys", format!("{} keys, signing for {}", keys.list().len(), keys.origin())),
        Err(fault) => found.fail("keys", fault.to_string()),
    }
    match Database::open(&place.database).await {
        Err(fault) => found.fail("database", format!("{fault}; check the address and that the database runs")),
        Ok(database) => {
            if let Err(fault) = rows(&mut found, &database, place, keys.ok()).await {
                found.fail("database", fault.to_string());
            }
        }
    }
    found.0
}

/// Whether letters could be sent with the settings; nothing is contacted.
pub fn mail(settings: &Settings, data: &Path) -> Finding {
    let mut found = Findings::default();
    match settings.can_send(data) {
        Err(fault) => found.fail("mail", fault.to_string()),
        Ok(()) if settings.smtp_host.is_some() && settings.mail_from == Settings::default().mail_from => {
            found.warn("mail", "a relay is set and mail_from is not: no relay of the world takes letters from example.invalid");
        }
        Ok(()) => found.ok(
            "mail",
            settings.smtp_host.as_ref().map_or_else(|| "letters go to the folder mail".to_owned(), |host| format!("letters go to {host}")),
        ),
    }
    found.0.remove(0)
}

/// With which fonts papers are set as PDF.
pub fn fonts(settings: &Settings) -> Finding {
    let mut found = Findings::default();
    match page::found(settings.fonts.as_deref()) {
        None => found.warn("fonts", page::PageFault::NoFont.to_string()),
        Some(faces) if faces.iter().all(|face| face.office) => found.ok("fonts", "papers are set in the office fonts of the folder"),
        Some(faces) => {
            let names = faces.iter().filter(|face| !face.office).filter_map(|face| face.file.file_stem());
            let names: std::collections::BTreeSet<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
            let names = names.into_iter().collect::<Vec<_>>().join(", ");
            found.ok("fonts", format!("papers are set in {names} where 仿宋, 小标宋 or 黑体 is not in the folder of the setting `fonts`"));
        }
    }
    found.0.remove(0)
}

fn folder(found: &mut Findings, folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    match std::fs::metadata(folder) {
        Err(fault) => found.fail("folder", format!("{}: {fault}", folder.display())),
        Ok(meta) if meta.permissions().readonly() => found.fail("folder", format!("{} cannot be written; chmod u+w it", folder.display())),
        Ok(meta) if meta.permissions().mode() & 0o077 != 0 => {
            found.warn("folder", format!("{} is open to others than its owner; chmod 0700 it", folder.display()));
        }
        Ok(_) => found.ok("folder", folder.display().to_string()),
    }
}

async fn law(found: &mut Findings, place: &Place) {
    let rules = match crate::app::law_of(place).await {
        Ok(rules) => rules,
        Err(fault) => return found.fail("law", fault.to_string()),
    };
    let loaded = if rules.loaded().is_empty() {
        String::new()
    } else {
        format!("; loaded since: {}", rules.loaded().keys().cloned().collect::<Vec<_>>().join(", "))
    };
    found.ok("law", format!("{} process tables pass their load checks{loaded}", rules.catalogue.all().count()));
    let (today, horizon) = (Clock::real().today(), rules.law.calendars().horizon());
    let words = format!("working days are known to {horizon}");
    if horizon < today || (horizon.year() == today.year() && today.month() >= Month::November) {
        found.warn("calendar", format!("{words}; dates beyond are provisional until next year's notice is loaded"));
    } else {
        found.ok("calendar", words);
    }
}

async fn rows(found: &mut Findings, database: &Database, place: &Place, keys: Option<KeyRing>) -> Result<(), StoreFault> {
    if database.is_empty().await? {
        found.warn("schema", "the database is empty; `xinxiu migrate` makes its tables");
        return Ok(());
    }
    match database.pending().await? {
        0 => found.ok("schema", "up to date"),
        count => found.warn("schema", format!("{count} migrations wait; end the servers and run `xinxiu migrate`")),
    }
    durable(found, database).await?;
    guards(found, database).await?;
    database.refuse_other_build().await?;
    database.refuse_unfinished().await?;
    let (frontier, last_at) = write::head(database.pool()).await?;
    if let Some(keys) = keys {
        let verifiers = keys.verifier_keys();
        let places = Places { folder: &place.folder, second: place.second.as_deref(), origin: &place.origin, keys: &verifiers };
        let last = trail::last_checkpoint(database).await?.map_or(0, |(size, _)| size);
        match signed::refuse_fork(database, places).await {
            Ok(()) => found.ok("trail", format!("{} entries, the last checkpoint covers {last}", frontier.size())),
            Err(fault) => found.fail("trail", fault.to_string()),
        }
    }
    let papers = papers::examine(database, &place.folder.join("documents")).await?;
    match papers.faults.as_slice() {
        [] => found.ok("papers", format!("{} papers are as they were kept", papers.count)),
        faults => found.fail("papers", faults.join("; ")),
    }
    let clock = clock(database).await?;
    let gap = database.settings().await?.get(witness::GAP).and_then(|text| text.parse().ok());
    let gap = gap.or_else(|| Rules::embedded().ok().and_then(|rules| rules.law.settings().number(witness::GAP)));
    witness::read(database, &clock, gap.unwrap_or_default()).await?;
    match clock.doubt(last_at) {
        None => found.ok("clock", "the machine's clock and the last entry agree"),
        Some(doubt) => found.warn("clock", guard::words(&doubt)),
    }
    let now = clock.now();
    let overdue = load::ringing(database, now, 1000).await?.len();
    if overdue == 0 {
        found.ok("timers", "none is overdue");
    } else {
        found.warn("timers", format!("{overdue} are overdue; `xinxiu serve` runs them"));
    }
    match relay::standing(database).await? {
        None => found.ok("relay", "it refused nothing lately"),
        Some(fault) => {
            let code = fault.code.map_or_else(String::new, |code| format!(" with {code}"));
            let words = format!(
                "{} fails{code} since {}, {} tries; no letter is lost: {}",
                fault.step.words(),
                Micros(fault.since).day(),
                fault.tries,
                fault.step.cure()
            );
            found.warn("relay", words);
        }
    }
    waiting::offices(found, database).await?;
    waiting::imports(found, database, &place.folder).await?;
    waiting::letters(found, database).await
}

/// Whether every trigger is there by which the database refuses what would break the trail.
async fn guards(found: &mut Findings, database: &Database) -> Result<(), StoreFault> {
    let sql = match database.backend() {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        _ => "SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    };
    let mut missing = migrations::guard_names(database.backend());
    for row in database.pool().query_all_raw(database.statement(sql, Vec::new())).await? {
        let there: String = row.try_get_by_index(0)?;
        missing.retain(|name| *name != there);
    }
    match missing.as_slice() {
        [] => found.ok("guards", "the database refuses what would break the trail"),
        lost => found.fail(
            "guards",
            format!(
                "triggers of the database are missing or switched off ({}, among them {}): somebody may have written around the door; run `xinxiu audit verify`, then bring a copy back",
                lost.len(),
                lost[0]
            ),
        ),
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
        let answer = row
            .map(|row| row.try_get_by_index::<String>(0).or_else(|_| row.try_get_by_index::<i64>(0).map(|number| number.to_string())))
            .transpose()?;
        if answer.as_deref() != Some(*expected) {
            wrong.push(format!("{question} is {}, it has to be {expected}", answer.unwrap_or_default()));
        }
    }
    if wrong.is_empty() {
        found.ok("durability", "every acknowledged write is on the disk");
    } else {
        found.fail("durability", wrong.join("; "));
    }
    Ok(())
}

/// The worst of all findings.
pub fn worst(found: &[Finding]) -> Health {
    found.iter().map(|finding| finding.health).max().unwrap_or(Health::Ok)
}
