//! Simulations of new law that run on their own, so that whoever asked sees how far they are. They stand in memory alone: a
//! server that starts anew knows none.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use domain::{ids::AccountId, moment::Micros};
use time::Date;
use tokio::sync::Semaphore;
use uuid::Uuid;
use workflows::engine::Rules;

use crate::{
    app::App,
    law::simulate::{self, Change, Totals, Trial},
    store::StoreFault,
};

/// Simulations that are kept; the oldest that has ended makes room.
const MOST: usize = 16;
/// Changes of a simulation that are named; all are counted.
const NAMED: usize = 200;

/// What a simulation found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub totals: Totals,
    /// The first changes, in the order in which they were found.
    pub changes: Vec<Change>,
}

/// One simulation.
#[derive(Debug)]
pub struct Simulation {
    pub id: Uuid,
    /// Who asked for it; nobody else sees it.
    pub account: AccountId,
    pub path: String,
    pub as_of: Date,
    pub begun: Micros,
    looked: AtomicU64,
    /// Whether it broke off is told, the cause stands in the log.
    end: OnceLock<Option<Found>>,
}

impl Simulation {
    /// Rows looked at so far.
    pub fn looked(&self) -> u64 {
        self.looked.load(Ordering::Relaxed)
    }

    /// None while it runs; within, none where it broke off.
    pub fn end(&self) -> Option<Option<&Found>> {
        self.end.get().map(Option::as_ref)
    }
}

/// All simulations of this server.
#[derive(Debug)]
pub struct Simulations {
    kept: Mutex<BTreeMap<Uuid, Arc<Simulation>>>,
    /// One at a time, for each reads every case.
    turn: Arc<Semaphore>,
}

impl Default for Simulations {
    fn default() -> Self {
        Self { kept: Mutex::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

impl Simulations {
    /// Begins one; none where too many run already.
    pub fn begin(&self, app: &App, account: AccountId, new: Rules, path: String, as_of: Date) -> Option<Arc<Simulation>> {
        let simulation = Arc::new(Simulation {
            id: Uuid::now_v7(),
            account,
            path,
            as_of,
            begun: app.clock.now(),
            looked: AtomicU64::new(0),
            end: OnceLock::new(),
        });
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            let over = kept.iter().find(|(_, one)| one.end.get().is_some()).map(|(id, _)| *id)?;
            kept.remove(&over);
        }
        kept.insert(simulation.id, simulation.clone());
        drop(kept);
        let (app, turn, one) = (app.clone(), self.turn.clone(), simulation.clone());
        tokio::spawn(async move {
            let turn = turn.acquire().await;
            let found = run(&app, &new, &one).await;
            drop(turn);
            if let Err(fault) = &found {
                tracing::error!(%fault, "a simulation of new law broke off");
            }
            let _ = one.end.set(found.ok()); // it ends once
        });
        Some(simulation)
    }

    /// One that the account asked for.
    pub fn of(&self, account: AccountId, id: Uuid) -> Option<Arc<Simulation>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&id).filter(|one| one.account == account).cloned()
    }
}

async fn run(app: &App, new: &Rules, one: &Simulation) -> Result<Found, StoreFault> {
    let (old, settings) = (app.rules(), app.database.settings().await?);
    let paths = [one.path.clone()];
    let trial = Trial { old: &old, new, paths: &paths, as_of: one.as_of, settings: &settings };
    let mut changes = Vec::new();
    let told = |change| {
        if changes.len() < NAMED {
            changes.push(change);
        }
    };
    let totals = simulate::run(&app.database, &trial, told, |rows| one.looked.store(rows, Ordering::Relaxed)).await?;
    Ok(Found { totals, changes })
}
