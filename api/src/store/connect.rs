//! Connections: one kept for the door, a pool for everything that only reads or writes beside the trail.

use std::{sync::Arc, time::{Duration, Instant}};

use domain::rows::Rows;
use migrations::Migrator;
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement,
};
use sea_orm_migration::MigratorTrait;

use super::{pool::{self, Plans, Pool, kept}, side::Upload};
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
    #[error("{0}")]
    Broken(String),
}

/// A database and how to reach it.
#[derive(Clone, Debug)]
pub struct Database {
    url: String,
    pool: Arc<Pool>,
    keyed: Arc<Pool>,
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
            .create_if_missing(true)
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
    /// Opens a database; `SQLite` makes the file where there is none.
    ///
    /// # Errors
    /// When it cannot be reached or its `SQLite` is too old.
    pub async fn open(url: &str) -> Result<Self, StoreFault> {
        if !url.starts_with("sqlite:") && !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
            return Err(StoreFault::Url(url.split(':').next().unwrap_or_default().to_owned()));
        }
        let pool = Arc::new(Pool::above(sea_orm::Database::connect(options(url, pool::MOST + 1)).await?, Plans::Any));
        let keyed = match pool.get_database_backend() {
            DbBackend::Postgres => Arc::new(Pool::above(sea_orm::Database::connect(options(url, pool::MOST)).await?, Plans::Once)),
            _ => pool.clone(),
        };
        let database = Self { url: url.to_owned(), pool, keyed, uploads: Recent::at_most(UPLOADS), kept: Recent::at_most(1) };
        if database.backend() == DbBackend::Sqlite {
            let version = database.text("SELECT sqlite_version()").await?.unwrap_or_default();
            let number = |text: &str| text.split('.').filter_map(|part| part.parse::<u32>().ok()).collect::<Vec<_>>();
            if number(&version) < number(OLDEST_SQLITE) {
                return Err(StoreFault::OldSqlite(version));
            }
        }
        Ok(database)
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
        }
        Ok(Lane(lane))
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

/// The door's own connection.
#[derive(Debug)]
pub struct Lane(pub DatabaseTransaction);
