//! What the committer knows between batches; true as long as the head is where it left it.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    admin::AdminAct,
    command::Command,
    merkle::Frontier,
    moment::Micros,
    rows::{AnyRow, Table},
};
use sea_orm::ConnectionTrait;
use time::Date;
use workflows::engine::{Rules, Snapshot};

use crate::{
    clock::Clock,
    law::Held,
    store::{
        Database, StoreFault,
        connect::Lane,
        load::{self, Receipt, Wanted},
        write::{self, Outcomes, Written},
    },
};

/// Bytes of rows held, as JSON, before the committer begins anew, so that what it knows stays small.
const ROOM: usize = 8 << 20;
/// Bytes of a row that was written, more than most have.
const ROW: usize = 512;

/// The lane, the head, and the rows that were read or written since the head was read.
pub(super) struct Known {
    lane: Lane,
    pub frontier: Frontier,
    pub last_at: Micros,
    pub snapshot: Snapshot,
    /// The law with the files that were loaded up to the head.
    pub rules: Arc<Rules>,
    held: Wanted,
    /// Bytes of the rows that are held, as they were read and written.
    bytes: usize,
    /// Whether the head is locked: nobody else can win it before this batch is written or given up.
    locked: bool,
}

impl Known {
    /// Reads head and kept rows; the head first, so that it is never newer than what it vouches for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn learn(database: &Database, lane: Option<Lane>, clock: &Clock, law: &Held) -> Result<Self, StoreFault> {
        let lane = match lane {
            Some(lane) => lane,
            None => database.lane().await?,
        };
        let (frontier, last_at) = write::head(&lane.0).await?;
        let kept = load::kept(&lane.0).await?;
        if let Some(row) = kept.clocks.get("demo") {
            clock.set(row.now);
        }
        let rules = law.follow(&kept.law_files)?;
        let (snapshot, held) = (Snapshot::part(kept), Wanted::default());
        Ok(Self { lane, frontier, last_at, rules, snapshot, held, bytes: 0, locked: false })
    }

    /// Locks the head; what was known is read anew where another server has moved it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn head_first(self, database: &Database, clock: &Clock, law: &Held) -> Result<Self, StoreFault> {
        let (frontier, _) = write::lock_head(&self.lane).await?;
        let mut known = if frontier == self.frontier { self } else { Self::learn(database, Some(self.lane), clock, law).await? };
        known.locked = true;
        Ok(known)
    }

    /// Loads what is wanted and not held yet; past answers to the same keys.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(&mut self, wanted: Wanted) -> Result<std::collections::BTreeMap<String, Receipt>, StoreFault> {
        let beyond = wanted.beyond(&self.held);
        let loaded = load::batch(&self.lane.0, &beyond).await?;
        self.bytes += loaded.bytes;
        self.held.hold(beyond);
        Ok(loaded.put_into(&mut self.snapshot))
    }

    /// Cases with an open deadline that ends on a day or later.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ending_from(&self, day: Date) -> Result<BTreeSet<String>, StoreFault> {
        load::ending_from(&self.lane.0, day).await
    }

    /// Cases in which somebody who may lose a seat by an act, or has lost one, has claimed something; of an office that ends,
    /// all that is open there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claimed(&self, command: &Command) -> Result<BTreeSet<String>, StoreFault> {
        let account = match command.admin.as_deref() {
            Some(AdminAct::DisableAccount { id }) => Some(*id),
            Some(AdminAct::RevokeRole { id }) => self.snapshot.rows().roles.get(&id.to_string()).map(|role| role.account),
            Some(AdminAct::EndOffice { key, .. }) => return load::open_at(&self.lane.0, key).await,
            Some(AdminAct::ReturnClaims) => return load::claimed_without_seat(&self.lane.0, &self.snapshot, command.effective_on).await,
            _ => None,
        };
        match account {
            Some(account) => load::claimed_by(&self.lane.0, &account.to_string()).await,
            None => Ok(BTreeSet::new()),
        }
    }

    /// What a decision asked for and is still not held.
    pub fn missing(&self) -> Wanted {
        Wanted::asked(self.snapshot.needs()).beyond(&self.held)
    }

    /// Writes a batch; where there is nothing to write, only lets go of the head.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(&mut self, outcomes: &Outcomes) -> Result<Written, StoreFault> {
        if !outcomes.entries.is_empty() {
            let locked = std::mem::take(&mut self.locked);
            return write::record(&self.lane, outcomes, locked).await;
        }
        if std::mem::take(&mut self.locked) {
            self.lane.0.execute_unprepared("ROLLBACK").await?;
        }
        Ok(Written::Done)
    }

    /// Takes over what was written; none where so much is held that it is better to begin anew.
    pub fn keep(mut self, outcomes: Outcomes) -> Result<Self, Lane> {
        self.frontier = outcomes.frontier;
        self.last_at = outcomes.at.unwrap_or(self.last_at);
        self.bytes += outcomes.rows.len() * ROW;
        self.held.hold_made(self.snapshot.made());
        self.snapshot.settle();
        if self.bytes > ROOM { Err(self.lane) } else { Ok(self) }
    }

    /// What was decided and not written is forgotten.
    #[must_use]
    pub fn undone(mut self) -> Self {
        self.snapshot.rollback(0);
        self
    }

    /// The lane alone, of what is no longer true.
    pub fn into_lane(self) -> Lane {
        self.lane
    }
}

/// Whether a row says who somebody is or may be, or what holds for everybody, so that what was read lately does not count.
pub(super) fn tells_who(row: &AnyRow) -> bool {
    matches!(row.table(), Table::Account | Table::RoleAssignment | Table::Binding | Table::Office | Table::Setting)
}
