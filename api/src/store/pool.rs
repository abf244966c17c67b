//! Connections that answer one statement after the other, each committed by itself.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement,
    TransactionTrait,
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Connections at most.
pub(super) const MOST: u32 = 8;

/// When `PostgreSQL` plans a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plans {
    /// As it sees fit, by the values too.
    Any,
    /// Once for all values: for statements that look keys up.
    Once,
}

/// Closed while nothing may go to the database.
#[derive(Clone, Debug, Default)]
pub struct Gate(Arc<AtomicBool>);

impl Gate {
    pub(crate) fn close(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(crate) fn open(&self) {
        self.0.store(false, Ordering::Release);
    }

    pub fn is_closed(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// A pool of its own above the library's, which asks each connection whether it lives whenever it comes back: a second way to
/// the database for every statement.
#[derive(Debug)]
pub struct Pool {
    below: DatabaseConnection,
    plans: Plans,
    gate: Gate,
    /// Kept as transactions that have already ended, since the library keeps a connection nowhere else.
    free: Mutex<Vec<DatabaseTransaction>>,
    permits: Semaphore,
    asked: AtomicU64,
}

impl Pool {
    pub(super) fn above(below: DatabaseConnection, plans: Plans, gate: Gate) -> Self {
        Self { below, plans, gate, free: Mutex::default(), permits: Semaphore::new(MOST as usize), asked: AtomicU64::new(0) }
    }

    /// How many statements went through it since it was opened.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// The library's pool, for what needs more than statements.
    pub(super) fn below(&self) -> &DatabaseConnection {
        &self.below
    }

    /// Ends every connection.
    pub(super) async fn close(&self) -> Result<(), DbErr> {
        self.free().clear();
        self.below.close_by_ref().await
    }

    fn free(&self) -> std::sync::MutexGuard<'_, Vec<DatabaseTransaction>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn take(&self) -> Result<(SemaphorePermit<'_>, DatabaseTransaction), DbErr> {
        if self.gate.is_closed() {
            return Err(DbErr::Conn(RuntimeErr::Internal(
                "the lock of the house was lost; nothing is read or written until it is held again".to_owned(),
            )));
        }
        self.asked.fetch_add(1, Ordering::Relaxed);
        let permit = self.permits.acquire().await.map_err(|_| DbErr::Conn(RuntimeErr::Internal("the pool is closed".to_owned())))?;
        let free = self.free().pop();
        match free {
            Some(connection) => Ok((permit, connection)),
            None => Ok((permit, kept(&self.below, self.plans).await?)),
        }
    }

    /// A connection that failed, or whose caller went away, is not kept: the library looks at it before it is used again.
    fn keep<T>(&self, connection: DatabaseTransaction, answer: Result<T, DbErr>) -> Result<T, DbErr> {
        if answer.is_ok() {
            self.free().push(connection);
        }
        answer
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Pool {
    fn get_database_backend(&self) -> DbBackend {
        self.below.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let (_permit, connection) = self.take().await?;
        let answer = connection.execute_raw(statement).await;
        self.keep(connection, answer)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let (_permit, connection) = self.take().await?;
        let answer = connection.execute_unprepared(sql).await;
        self.keep(connection, answer)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let (_permit, connection) = self.take().await?;
        let answer = connection.query_one_raw(statement).await;
        self.keep(connection, answer)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let (_permit, connection) = self.take().await?;
        let answer = connection.query_all_raw(statement).await;
        self.keep(connection, answer)
    }
}

/// A connection out of a pool of the library, on which every statement commits by itself.
pub(super) async fn kept(pool: &DatabaseConnection, plans: Plans) -> Result<DatabaseTransaction, DbErr> {
    let connection = pool.begin().await?;
    // sea-orm keeps a connection only inside a transaction; ending that at once leaves it in auto-commit.
    connection.execute_unprepared("COMMIT").await?;
    if pool.get_database_backend() == DbBackend::Postgres {
        connection.execute_unprepared("SET jit = off").await?;
        if plans == Plans::Once {
            connection.execute_unprepared("SET plan_cache_mode = force_generic_plan").await?;
            // A plan made while the tables are small must not read them whole later.
            connection.execute_unprepared("SET enable_seqscan = off").await?;
            // The keys of one statement differ: remembering what was looked up costs, and finds nothing.
            connection.execute_unprepared("SET enable_memoize = off").await?;
        }
    }
    Ok(connection)
}
