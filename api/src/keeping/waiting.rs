//! What waits for somebody, each with its cure: offices that say too little of themselves, imports that do not end, letters
//! that were given up.

use std::path::Path;

use domain::{
    import::ImportStatus,
    moment::Micros,
    rows::{ImportFile, Office, Standing},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::doctor::Findings;
use crate::{
    clock::Clock,
    files::holding::{self, Holder},
    store::{Database, StoreFault, entities},
    work::outbox,
};

/// Minutes after which an import has been arriving for long: a whole file takes a few.
const LONG: i64 = 10;

/// Offices of which letters cannot say where they are found.
///
/// # Errors
/// When the database fails.
pub(super) async fn offices(found: &mut Findings, database: &Database) -> Result<(), StoreFault> {
    let rows = entities::office::Entity::find().order_by_asc(entities::office::Column::Id).all(database.pool()).await?;
    let rows: Vec<Office> = rows.into_iter().map(|row| row.row().map_err(StoreFault::broken)).collect::<Result<_, _>>()?;
    let lacking = |row: &Office| {
        let known = [("address", &row.address_zh), ("telephone", &row.telephone), ("hours", &row.hours_zh)];
        let absent: Vec<_> = known.into_iter().filter(|(_, text)| text.is_none()).map(|(name, _)| name).collect();
        (!absent.is_empty()).then(|| format!("{} ({})", row.id, absent.join(", ")))
    };
    let silent: Vec<_> = rows.iter().filter(|row| row.standing == Standing::Active).filter_map(lacking).collect();
    if silent.is_empty() {
        found.ok("offices", "every office says where it is found and when it is open");
    } else {
        found.warn(
            "offices",
            format!(
                "letters cannot say where these are found: {}; `xinxiu office change KEY --address-zh … --telephone … --hours-zh …`, or the mutation changeOffice",
                silent.join(", ")
            ),
        );
    }
    Ok(())
}

/// Imports that have been arriving for long, with who holds each.
///
/// # Errors
/// When the database or the folder of locks fails.
pub(super) async fn imports(found: &mut Findings, database: &Database, folder: &Path) -> Result<(), StoreFault> {
    use entities::import_file::{Column, Entity};
    let rows = Entity::find().filter(Column::Status.eq(ImportStatus::Arriving.key())).order_by_asc(Column::Id).all(database.pool()).await?;
    let now = Clock::real().now();
    let mut long = Vec::new();
    for row in rows {
        let file: ImportFile = row.row().map_err(StoreFault::broken)?;
        let minutes = begun(&file).map_or(LONG, |at| (now.0 - at.0) / 60_000_000);
        if minutes < LONG {
            continue;
        }
        let cure = match holding::holder(database, folder, file.id).await? {
            Holder::Nobody => "its program has ended; a server that runs (`xinxiu serve`) gives it up and clears it".to_owned(),
            Holder::Somebody(who) => format!(
                "held by {who}; wait for it, let the office give it up (giveUpImport), or end that process, whereupon a server gives it up"
            ),
        };
        long.push(format!(
            "{} of {}: {} of {} rows have arrived in {minutes} minutes, {cure}",
            file.id, file.office, file.arrived, file.rows
        ));
    }
    if long.is_empty() {
        found.ok("imports", "none has been arriving for long");
    } else {
        found.warn("imports", long.join("; "));
    }
    Ok(())
}

/// When an import began, by the machine's clock.
fn begun(file: &ImportFile) -> Option<Micros> {
    let (seconds, nanos) = file.id.0.get_timestamp()?.to_unix();
    Some(Micros(i64::try_from(seconds).ok()? * 1_000_000 + i64::from(nanos) / 1000))
}

/// Letters that were given up, by what was said of them.
///
/// # Errors
/// When the database fails.
pub(super) async fn letters(found: &mut Findings, database: &Database) -> Result<(), StoreFault> {
    let (waiting, _) = outbox::counts(database).await?;
    let dead = outbox::dead_by_code(database).await?;
    if dead.is_empty() {
        found.ok("outbox", format!("{waiting} letters wait"));
        return Ok(());
    }
    let cures: Vec<_> = dead.iter().map(|(code, count)| format!("{count} × {code}: {}", outbox::cure(code).1)).collect();
    found.warn(
        "outbox",
        format!(
            "{} dead letters, {waiting} wait; `xinxiu mail list --status dead` shows them, `xinxiu mail resend --code CODE` sends them again once the cause is mended; {}",
            dead.iter().map(|(_, count)| count).sum::<i64>(),
            cures.join("; ")
        ),
    );
    Ok(())
}
