//! Connections: one kept for the door, a pool for everything that only reads or writes beside the trail.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use domain::rows::Rows;
use migrations::Migrator;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement};
use sea_orm_migration::MigratorTrait;

use super::{
    identity,
    pool::{self, Gate, Plans, Pool, kept},
    side::Upload,
};
use crate::recent::Recent;

/// The oldest `SQLite` without the fault that can corrupt a WAL file.
const OLDEST_SQLITE: &str = "3.51.3";

/// Uploads remembered; an act names its papers soon after they were sent.
const UPLOADS: usize = 4096;

#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    #[error("database: {0}")]
    Db(#[from] DbErr),
    #[error("the database url must begin with sqlite: or postgres:, it is “{0}”")]
    Url(String),
    #[error("SQLite {0} is built in, {OLDEST_SQLITE} or newer is needed")]
    OldSqlite(String),
    #[error("the database was written by a newer program: it holds migration “{0}”, which this one does not know")]
    Newer(String),
    #[error(
        "the house was made by another build of xinxiu ({0}); nothing was released yet, so there is no way over: build it anew, or open it with the build that made it"
    )]
    OtherBuild(String),
    #[error(
        "the house was not finished when it was made; `xinxiu migrate` finishes one that is empty, a demo is built anew in an empty place"
    )]
    Unfinished,
    #[error(
        "the database's encoding is {0}, it has to be UTF8: names with rare characters would be lost; make it with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
    )]
    Encoding(String),
    #[error("{}: {cause}; the file and its folder have to be there, and the account that runs this program has to be able to read and write both", path.display())]
    File { path: PathBuf, cause: String },
    #[error("the lock of the house was lost: nothing is written until it is held again")]
    LockLost,
    #[error("{0}")]
    Broken(String),
}

impl StoreFault {
    /// What was read or written cannot be right: a fault of the house, said in its own words.
    pub fn broken(cause: impl ToString) -> Self {
        Self::Broken(cause.to_string())
    }
}

/// Keys of the advisory locks of a house; one database holds one house.
pub(crate) const HOUSE: i64 = 0x0078_696e_7869_7500;
/// Held by whoever keeps a door's own connection.
pub(crate) const LANE: i64 = HOUSE + 1;

/// A database and how to reach it.
#[derive(Clone, Debug)]
pub struct Database {
    url: String,
    pool: Arc<Pool>,
    keyed: Arc<Pool>,
    gate: Gate,
    /// Which house was opened.
    generation: Arc<OnceLock<String>>,
    /// Uploads made or named lately; an upload never changes.
    pub(super) uploads: Recent<String, Upload>,
    /// The rows that every decision may need, as they were read lately.
    pub(super) kept: Recent<(), (Instant, Arc<Rows>)>,
}

fn options(url: &str, most: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(most)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            // A mistyped name makes no database; whoever makes one makes the file first.
            .create_if_missing(false)
            .pragma("journal_mode", "WAL")
            // A log that is shown to a court must survive a power cut.
            .pragma("synchronous", "FULL")
            .pragma("busy_timeout", "5000")
            .pragma("foreign_keys", "ON")
            .pragma("trusted_schema", "OFF")
    });
    options
}

impl Database {
    /// Opens a database as [`Database::open`] does; where there is no file for `SQLite` it makes an empty one that only its
    /// owner can read.
    ///
    /// # Errors
    /// As [`Database::open`], or when the file cannot be made.
    pub async fn create(url: &str) -> Result<Self, StoreFault> {
        use std::os::unix::fs::OpenOptionsExt;
        if let Some(path) = url.strip_prefix("sqlite:").map(Path::new) {
            let made = std::fs::OpenOptions::new().append(true).create(true).mode(0o600).open(path);
            made.map_err(|fault| StoreFault::File { path: path.to_owned(), cause: fault.to_string() })?;
        }
        Self::open(url).await
    }

    /// Opens a database that is there.
    ///
    /// # Errors
    /// When it cannot be reached, its `SQLite` is too old, or it cannot hold every name.
    pub async fn open(url: &str) -> Result<Self, StoreFault> {
        if !url.starts_with("sqlite:") && !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
            return Err(StoreFault::Url(url.split(':').next().unwrap_or_default().to_owned()));
        }
        let gate = Gate::default();
        let connected = sea_orm::Database::connect(options(url, pool::MOST + 1)).await.map_err(|fault| unopened(url, fault))?;
        let pool = Arc::new(Pool::above(connected, Plans::Any, gate.clone()));
        let keyed = match pool.get_database_backend() {
            DbBackend::Postgres => {
                Arc::new(Pool::above(sea_orm::Database::connect(options(url, pool::MOST)).await?, Plans::Once, gate.clone()))
            }
            _ => pool.clone(),
        };
        let database = Self {
            url: url.to_owned(),
            pool,
            keyed,
            gate,
            generation: Arc::default(),
            uploads: Recent::at_most(UPLOADS),
            kept: Recent::at_most(1),
        };
        if database.backend() == DbBackend::Sqlite {
            let version = database.text("SELECT sqlite_version()").await?.unwrap_or_default();
            let number = |text: &str| text.split('.').filter_map(|part| part.parse::<u32>().ok()).collect::<Vec<_>>();
            if number(&version) < number(OLDEST_SQLITE) {
                return Err(StoreFault::OldSqlite(version));
            }
        } else {
            let encoding = database.text("SHOW server_encoding").await?.unwrap_or_default();
            if encoding != "UTF8" {
                return Err(StoreFault::Encoding(encoding));
            }
        }
        Ok(database)
    }

    /// Notes which house this is, so that another one in its place is seen.
    ///
    /// # Errors
    /// When the database fails, another build made the house, or its building was not finished.
    pub async fn know(&self) -> Result<(), StoreFault> {
        self.refuse_other_build().await?;
        if let Some(generation) = identity::generation(self.pool()).await? {
            let _ = self.generation.set(generation);
        }
        Ok(())
    }

    /// The house that was opened; none before that.
    pub fn generation(&self) -> Option<&str> {
        self.generation.get().map(String::as_str)
    }

    /// Closed while the lock of the house is lost.
    pub fn gate(&self) -> &Gate {
        &self.gate
    }

    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The same for statements that look keys up and are asked often: `PostgreSQL` plans each of them once.
    pub fn keyed(&self) -> &Pool {
        &self.keyed
    }

    pub fn backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a migration fails or the database is newer than the program.
    pub async fn migrate(&self) -> Result<(), StoreFault> {
        self.refuse_newer().await?;
        Migrator::up(self.pool.below(), None).await?;
        Ok(())
    }

    /// Whether no house lives here yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_empty(&self) -> Result<bool, StoreFault> {
        let there = match self.backend() {
            DbBackend::Sqlite => "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'audit_head'",
            _ => "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'audit_head'",
        };
        let row = self.pool.query_one_raw(self.statement(there, Vec::new())).await?;
        let tables: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
        Ok(tables == 0)
    }

    /// Whether the database holds no table at all, of a house or of anything else.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_no_tables(&self) -> Result<bool, StoreFault> {
        let sql = match self.backend() {
            DbBackend::Sqlite => "SELECT count(*) FROM sqlite_master",
            _ => "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()",
        };
        let row = self.pool.query_one_raw(self.statement(sql, Vec::new())).await?;
        Ok(row.map(|row| row.try_get_by_index::<i64>(0)).transpose()?.unwrap_or(0) == 0)
    }

    /// Drops every table and function that was brought into an empty `PostgreSQL` database.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn empty(&self) -> Result<(), StoreFault> {
        let all = "SELECT 'DROP TABLE IF EXISTS ' || quote_ident(tablename) || ' CASCADE' FROM pg_tables WHERE schemaname = current_schema() \
                   UNION ALL SELECT 'DROP FUNCTION IF EXISTS ' || oid::regprocedure || ' CASCADE' FROM pg_proc p WHERE pronamespace = current_schema()::regnamespace \
                   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')";
        for row in self.pool.query_all_raw(self.statement(all, Vec::new())).await? {
            self.pool.execute_unprepared(&row.try_get_by_index::<String>(0)?).await?;
        }
        Ok(())
    }

    /// How many migrations wait.
    ///
    /// # Errors
    /// When the database fails or is newer than the program.
    pub async fn pending(&self) -> Result<usize, StoreFault> {
        self.refuse_newer().await?;
        Ok(Migrator::get_pending_migrations(self.pool.below()).await?.len())
    }

    /// Ends every connection.
    ///
    /// # Errors
    /// When one does not end cleanly.
    pub async fn close(self) -> Result<(), StoreFault> {
        self.keyed.close().await?;
        Ok(self.pool.close().await?)
    }

    async fn refuse_newer(&self) -> Result<(), StoreFault> {
        let Ok(rows) = self.pool.query_all_raw(self.statement("SELECT version FROM seaql_migrations", Vec::new())).await else {
            return Ok(()); // a new database has no such table
        };
        let known: Vec<String> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
        for row in rows {
            let version: String = row.try_get_by_index(0)?;
            if !known.contains(&version) {
                return Err(StoreFault::Newer(version));
            }
        }
        Ok(())
    }

    /// A connection kept for the door: on it every statement commits by itself.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn lane(&self) -> Result<Lane, StoreFault> {
        let connection = sea_orm::Database::connect(options(&self.url, 1)).await?;
        let lane = kept(&connection, Plans::Once).await?;
        if connection.get_database_backend() == DbBackend::Postgres {
            lane.execute_unprepared("SET synchronous_commit = on").await?;
            // Long entries are packed on the way in; a server that was built without it packs in its own way.
            let _ = lane.execute_unprepared("SET default_toast_compression = lz4").await;
            self.only_in_this_house(&lane).await?;
        }
        Ok(Lane(lane))
    }

    /// A door's own connection outlives its house's lock; whoever puts another house in the database waits for it too.
    async fn only_in_this_house(&self, lane: &DatabaseTransaction) -> Result<(), StoreFault> {
        let row = lane.query_one_raw(self.statement(&format!("SELECT pg_try_advisory_lock_shared({LANE})"), Vec::new())).await?;
        let free: bool = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(false);
        let same = self.generation().is_none() || identity::generation(lane).await?.as_deref() == self.generation();
        if free && same { Ok(()) } else { Err(StoreFault::LockLost) }
    }

    pub fn statement(&self, sql: &str, values: Vec<sea_orm::Value>) -> Statement {
        Statement::from_sql_and_values(self.backend(), sql, values)
    }

    /// `?` placeholders as the database writes them.
    pub fn places(&self, sql: &str) -> String {
        super::dialect::places(self.backend(), sql)
    }

    async fn text(&self, sql: &str) -> Result<Option<String>, StoreFault> {
        let row = self.pool.query_one_raw(self.statement(sql, Vec::new())).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
    }
}

/// The door's own connection, or another that is kept.
#[derive(Debug)]
pub struct Lane(pub DatabaseTransaction);

/// One connection by itself, on which every statement commits by itself.
///
/// # Errors
/// When the database cannot be reached.
pub(crate) async fn alone(url: &str) -> Result<Lane, StoreFault> {
    let connection = sea_orm::Database::connect(options(url, 1)).await.map_err(|fault| unopened(url, fault))?;
    Ok(Lane(kept(&connection, Plans::Any).await?))
}

/// The file's name, where the database is a file.
fn unopened(url: &str, fault: DbErr) -> StoreFault {
    match url.strip_prefix("sqlite:") {
        Some(path) => StoreFault::File { path: PathBuf::from(path), cause: fault.to_string() },
        None => fault.into(),
    }
}
