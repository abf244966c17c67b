//! Who imports a file holds it for as long as it lives: a lock that the system takes back when the process ends, so that
//! everybody can tell an import that goes on from one whose program died.

use std::{
    fs::{File, TryLockError},
    io::{Read, Write},
    path::{Path, PathBuf},
};

use domain::ids::RowId;
use sea_orm::{ConnectionTrait, DbBackend};

use crate::{
    app::App,
    lock,
    store::{Database, StoreFault, connect::Lane},
};

/// The house's own number among advisory locks of `PostgreSQL` with two keys.
const CLASS: i32 = 0x5858_0013;

/// An import that is held.
#[derive(Debug)]
pub struct Holding(Held);

#[derive(Debug)]
enum Held {
    File { path: PathBuf, _lock: File },
    Lane { lane: Lane, key: i32 },
}

/// The lock's second key.
fn key(import: RowId) -> i32 {
    let bytes = import.0.as_bytes();
    i32::from_be_bytes([bytes[12], bytes[13], bytes[14], bytes[15]])
}

fn path(folder: &Path, import: RowId) -> PathBuf {
    folder.join("imports").join(format!("{import}.lock"))
}

fn failed(path: &std::path::Path, fault: impl std::fmt::Display) -> StoreFault {
    StoreFault::broken(format!("{}: {fault}", path.display()))
}

/// The lock on a file; none where another process has it.
fn locked(path: &std::path::Path) -> Result<Option<File>, StoreFault> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|fault| failed(folder, fault))?;
    }
    let file = File::options().create(true).truncate(false).read(true).write(true).open(path).map_err(|fault| failed(path, fault))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(fault)) => Err(failed(path, fault)),
    }
}

async fn asked<C: ConnectionTrait>(db: &Database, connection: &C, function: &str, key: i32) -> Result<bool, StoreFault> {
    let sql = db.places(&format!("SELECT {function}(?, ?)"));
    let row = connection.query_one_raw(db.statement(&sql, vec![CLASS.into(), key.into()])).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(false))
}

/// Who holds an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    Nobody,
    /// Command, process, host and start, as far as it said so.
    Somebody(String),
}

/// Who holds an import; asked without taking it.
///
/// # Errors
/// When the database or the folder of locks fails.
pub async fn holder(database: &Database, folder: &Path, import: RowId) -> Result<Holder, StoreFault> {
    if database.backend() == DbBackend::Sqlite {
        let path = path(folder, import);
        let Ok(mut file) = File::open(&path) else { return Ok(Holder::Nobody) };
        if file.try_lock_shared().is_ok() {
            return Ok(Holder::Nobody);
        }
        let mut line = String::new();
        let _ = file.read_to_string(&mut line); // who cannot be read is told as unknown
        return Ok(Holder::Somebody(lock::told(&line)));
    }
    let sql = database.places(
        "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted \
         AND l.classid = ?::bigint::oid AND l.objid = ?::bigint::oid AND l.objsubid = 2 \
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    );
    let unsigned = |key: i32| i64::from(u32::from_ne_bytes(key.to_ne_bytes()));
    let values = vec![unsigned(CLASS).into(), unsigned(key(import)).into()];
    let row = database.pool().query_one_raw(database.statement(&sql, values)).await?;
    let name = row.map(|row| row.try_get_by_index::<String>(0)).transpose()?;
    Ok(name.map_or(Holder::Nobody, |name| Holder::Somebody(lock::told(&name))))
}

impl Holding {
    /// Holds an import that is about to begin.
    ///
    /// # Errors
    /// When the lock cannot be had.
    pub async fn take(app: &App, import: RowId) -> Result<Self, StoreFault> {
        let held = || StoreFault::broken("another process holds this import");
        if app.database.backend() == DbBackend::Sqlite {
            let path = path(&app.folder, import);
            let mut lock = locked(&path)?.ok_or_else(held)?;
            // On a full disk nobody can say who he is; the lock holds all the same.
            let _ = lock.write_all(lock::line().as_bytes());
            return Ok(Self(Held::File { path, _lock: lock }));
        }
        let (lane, key) = (app.database.lane().await?, key(import));
        let name = format!("SET application_name = '{}'", lock::line().replace('\'', ""));
        lane.0.execute_unprepared(&name).await?;
        let taken = asked(&app.database, &lane.0, "pg_try_advisory_lock", key).await?;
        if taken { Ok(Self(Held::Lane { lane, key })) } else { Err(held()) }
    }

    /// Whether nobody holds an import any more.
    ///
    /// # Errors
    /// When the database or the folder fails.
    pub async fn nobody(app: &App, import: RowId) -> Result<bool, StoreFault> {
        if app.database.backend() == DbBackend::Sqlite {
            let path = path(&app.folder, import);
            let free = locked(&path)?.is_some();
            if free {
                drop(std::fs::remove_file(path)); // an empty file more or less is no harm
            }
            return Ok(free);
        }
        // Taken for this one statement only.
        asked(&app.database, app.database.pool(), "pg_try_advisory_xact_lock", key(import)).await
    }

    /// Lets go.
    pub async fn end(self, app: &App) {
        match self.0 {
            Held::File { path, .. } => drop(std::fs::remove_file(path)), // an empty file more or less is no harm
            Held::Lane { lane, key } => drop(asked(&app.database, &lane.0, "pg_advisory_unlock", key).await), // it ends with the connection at the latest
        }
    }
}
