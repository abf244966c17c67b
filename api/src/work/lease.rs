//! Leases: of several processes of one house, one at a time does what must not be done twice.
//!
//! A lease is a row that names its holder and its end, taken, renewed and given back in one statement each; its time is the
//! database's, since the machines of two servers need not agree on theirs. It ends by itself where a holder stands still,
//! and at once where the holder was a process of this machine that is gone.

use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::store::{Database, StoreFault, dialect};

/// Sends letters.
pub const OUTBOX: &str = "outbox";
/// Rings deadlines, sends digests, carries out erasures.
pub const TIMERS: &str = "timers";
/// Signs checkpoints.
pub const CHECKPOINTS: &str = "checkpoints";

/// A lease that this process wants or has.
#[derive(Debug)]
pub struct Lease {
    name: &'static str,
    holder: String,
    length: Duration,
    /// Until when it certainly holds, by this process's own clock.
    until: Option<Instant>,
}

/// A lease and who wants it.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    name: &'static str,
    holder: String,
}

impl Mark {
    /// That it is held at the moment of the statement, as a condition with its two parameters.
    pub fn is_held(&self, db: &Database) -> (String, [sea_orm::Value; 2]) {
        let sql = format!("EXISTS (SELECT 1 FROM lease WHERE name = ? AND holder = ? AND ends_at > {})", dialect::now_micros(db.backend()));
        (sql, [self.name.into(), self.holder.clone().into()])
    }
}

/// This process: the machine's boot, its room of process numbers, its number and its start. Whoever has the first two can
/// tell whether it still runs.
fn process() -> String {
    let text = |path: &str| std::fs::read_to_string(path).map(|text| text.trim().to_owned()).unwrap_or_default();
    let room = std::fs::read_link("/proc/self/ns/pid").map(|link| link.display().to_string()).unwrap_or_default();
    let id = std::process::id();
    format!("{} {} {id} {}", text("/proc/sys/kernel/random/boot_id"), room.replace(' ', "_"), started(id).unwrap_or_default())
}

/// When a process started, in ticks since the boot; none where there is no such process.
fn started(id: u32) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name in brackets may hold anything; the start is the twentieth word after it.
    stat.rsplit_once(')')?.1.split_whitespace().nth(19).map(str::to_owned)
}

/// Whether a holder was a process of this machine that is gone.
fn is_gone(holder: &str) -> bool {
    let here = process();
    let (theirs, ours): (Vec<_>, Vec<_>) = (holder.split(' ').collect(), here.split(' ').collect());
    let ([boot, room, id, start, _], [own_boot, own_room, ..]) = (theirs.as_slice(), ours.as_slice()) else { return false };
    !boot.is_empty()
        && !room.is_empty()
        && (boot, room) == (own_boot, own_room)
        && id.parse().is_ok_and(|id| started(id).as_deref() != Some(start))
}

impl Lease {
    /// A lease that is not held yet.
    pub fn new(name: &'static str, length: Duration) -> Self {
        Self { name, holder: format!("{} {}", process(), Uuid::new_v4().simple()), length, until: None }
    }

    /// Whether this process has the lease now: it takes it where nobody has it and renews it where half of it is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold(&mut self, db: &Database) -> Result<bool, StoreFault> {
        let now = Instant::now();
        if self.until.is_some_and(|until| until > now + self.length / 2) {
            return Ok(true);
        }
        let held = self.take(db, &self.holder).await? || self.take_of_the_gone(db).await?;
        self.until = held.then(|| now + self.length);
        Ok(held)
    }

    async fn take(&self, db: &Database, from: &str) -> Result<bool, StoreFault> {
        let (now, length) = (dialect::now_micros(db.backend()), i64::try_from(self.length.as_micros()).unwrap_or(i64::MAX));
        let sql = format!(
            "INSERT INTO lease (name, holder, ends_at) VALUES (?, ?, {now} + ?) ON CONFLICT (name) DO UPDATE \
             SET holder = excluded.holder, ends_at = excluded.ends_at WHERE lease.ends_at <= {now} OR lease.holder = ?"
        );
        let values = vec![self.name.into(), self.holder.clone().into(), length.into(), from.into()];
        Ok(db.pool().execute_raw(db.statement(&db.places(&sql), values)).await?.rows_affected() == 1)
    }

    async fn take_of_the_gone(&self, db: &Database) -> Result<bool, StoreFault> {
        let sql = db.places("SELECT holder FROM lease WHERE name = ?");
        let row = db.pool().query_one_raw(db.statement(&sql, vec![self.name.into()])).await?;
        let Some(holder) = row.map(|row| row.try_get_by_index::<String>(0)).transpose()? else { return Ok(false) };
        Ok(is_gone(&holder) && self.take(db, &holder).await?)
    }

    /// Gives the lease back, so that nobody waits for its end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release(&mut self, db: &Database) -> Result<(), StoreFault> {
        self.until = None;
        let sql = db.places("DELETE FROM lease WHERE name = ? AND holder = ?");
        db.pool().execute_raw(db.statement(&sql, vec![self.name.into(), self.holder.clone().into()])).await?;
        Ok(())
    }

    /// What other statements need to ask whether it is held.
    pub(super) fn mark(&self) -> Mark {
        Mark { name: self.name, holder: self.holder.clone() }
    }
}
