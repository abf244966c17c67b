//! `PostgreSQL`'s advisory lock, on a connection of its own: the server lets go of it when that connection ends.

use std::time::Duration;

use domain::merkle::Frontier;
use sea_orm::ConnectionTrait;

use super::{
    LockFault,
    holder::{self, Holder},
    house::Hold,
};
use crate::store::{
    Database, Lane, StoreFault,
    connect::{HOUSE, LANE, alone},
    identity, tree, write,
};

/// How often the connection is asked whether it lives, and how long it may take to answer.
const EVERY: Duration = Duration::from_millis(500);
const PATIENCE: Duration = Duration::from_secs(10);
/// How often, and how long apart, it is tried again where no holder is named.
const TRIES: u32 = 40;
const BETWEEN: Duration = Duration::from_millis(50);
const PLACE: &str = "the database";

/// A connection that holds the lock.
#[derive(Debug)]
pub(super) struct Advisory {
    connection: Lane,
    url: String,
    hold: Hold,
}

impl Advisory {
    /// Takes the lock.
    ///
    /// # Errors
    /// [`LockFault`] at once where somebody holds it the other way; after a moment where nobody says so.
    pub async fn take(url: &str, hold: Hold) -> Result<Self, LockFault> {
        let taken = Self { connection: alone(url).await?, url: url.to_owned(), hold };
        let name = format!("SET application_name = '{}'", Holder::here().line().replace('\'', ""));
        taken.connection.0.execute_unprepared(&name).await.map_err(StoreFault::from)?;
        for _ in 0..TRIES {
            if taken.free(hold).await? {
                return Ok(taken);
            }
            let holders = taken.holders().await?;
            if !holders.is_empty() {
                return Err(LockFault::Held { place: PLACE.to_owned(), holders: holder::all(&holders) });
            }
            // A connection that ends is forgotten by name before its lock is let go.
            tokio::time::sleep(BETWEEN).await;
        }
        Err(LockFault::Held { place: PLACE.to_owned(), holders: holder::all(&[]) })
    }

    async fn free(&self, hold: Hold) -> Result<bool, StoreFault> {
        let shared = if hold == Hold::Alone { "" } else { "_shared" };
        let free = self.yes(&format!("SELECT pg_try_advisory_lock{shared}({HOUSE})")).await?;
        if !free || hold == Hold::Shared {
            return Ok(free);
        }
        // A server that has lost its lock may still be writing.
        let idle = self.yes(&format!("SELECT pg_try_advisory_lock({LANE})")).await?;
        self.yes(&format!("SELECT pg_advisory_unlock({})", if idle { LANE } else { HOUSE })).await?;
        Ok(idle)
    }

    /// Lets others in beside this holder; there is no moment in which nobody holds it.
    pub async fn share(&mut self) -> Result<(), LockFault> {
        self.connection.0.execute_unprepared(&format!("SELECT pg_advisory_lock_shared({HOUSE})")).await.map_err(StoreFault::from)?;
        self.yes(&format!("SELECT pg_advisory_unlock({HOUSE})")).await?;
        self.hold = Hold::Shared;
        Ok(())
    }

    /// Lets go of it.
    pub async fn release(self) -> Result<(), LockFault> {
        self.connection.0.execute_unprepared("SELECT pg_advisory_unlock_all()").await.map_err(StoreFault::from)?;
        Ok(())
    }

    async fn yes(&self, sql: &str) -> Result<bool, StoreFault> {
        let statement = sea_orm::Statement::from_string(self.connection.0.get_database_backend(), sql);
        let row = self.connection.0.query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(false))
    }

    async fn holders(&self) -> Result<Vec<Holder>, StoreFault> {
        let sql = format!(
            "SELECT DISTINCT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid \
             WHERE l.locktype = 'advisory' AND l.granted AND l.classid = ({HOUSE} >> 32)::bigint::oid AND l.pid <> pg_backend_pid() \
             AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        );
        let statement = sea_orm::Statement::from_string(self.connection.0.get_database_backend(), sql);
        let rows = self.connection.0.query_all_raw(statement).await?;
        let names = rows.iter().filter_map(|row| row.try_get_by_index::<String>(0).ok());
        Ok(names.filter_map(|name| Holder::of_line(&name)).collect())
    }

    /// Looks after the lock for as long as the house is open: while it is lost nothing is read or written.
    pub async fn watch(mut self, database: Database) {
        let mut seen: Option<Frontier> = None;
        loop {
            tokio::time::sleep(EVERY).await;
            match tokio::time::timeout(PATIENCE, write::head(&self.connection.0)).await {
                Ok(Ok((head, _))) => seen = Some(head),
                _ => {
                    database.gate().close();
                    tracing::error!(
                        "the connection that holds the lock of the house was lost; nothing is written until the lock is held again"
                    );
                    self = self.again(&database, seen.as_ref()).await;
                    database.gate().open();
                    tracing::warn!("the lock of the house is held again");
                }
            }
        }
    }

    /// Takes the lock again, as soon as the database is there and is the same house with what was written in it.
    async fn again(self, database: &Database, seen: Option<&Frontier>) -> Self {
        let Self { connection, url, hold } = self;
        drop(connection);
        let mut told = false;
        loop {
            let Ok(taken) = Self::take(&url, hold).await else {
                tokio::time::sleep(EVERY).await;
                continue;
            };
            match same(&taken.connection, database, seen).await {
                Ok(true) => return taken,
                Ok(false) if !told => {
                    told = true;
                    tracing::error!(
                        "another house is in the database than before, or an older one: it was restored meanwhile; start this server anew"
                    );
                }
                Ok(false) | Err(_) => {}
            }
            drop(taken);
            tokio::time::sleep(EVERY).await;
        }
    }
}

/// Whether the house is the one that was opened, and still begins with the entries that were seen.
async fn same(connection: &Lane, database: &Database, seen: Option<&Frontier>) -> Result<bool, StoreFault> {
    if identity::generation(&connection.0).await?.as_deref() != database.generation() {
        return Ok(false);
    }
    match seen {
        None => Ok(true),
        Some(seen) => tree::begins_with(&connection.0, seen.size(), &seen.root()).await,
    }
}
