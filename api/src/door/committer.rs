//! The committer: one lane. It takes all that waits, notes the head it knows, loads, decides, and writes once.

use std::{collections::BTreeSet, sync::Arc};

use domain::{admin::AdminAct, moment::Micros, rows::AnyRow};
use tokio::sync::{mpsc, oneshot};
use workflows::engine::{Rules, recounted_from};

use super::{
    batch::{Batch, Verdict},
    crash,
    known::{self, Known},
    request::{Answer, DoorFault, Request, Work},
    seal::Stamp,
};
use crate::{
    clock::Clock,
    law::Held,
    store::{
        Database, StoreFault,
        connect::Lane,
        load::Wanted,
        write::{self, Outcomes, Written},
    },
    viewers::Viewers,
};

/// Acts that may wait before the door says that it is busy.
const QUEUE: usize = 4096;
/// Acts in one write.
const BATCH: usize = 256;
/// Tries to win the head before giving up; each loss means that another server wrote.
const TRIES: u32 = 50;
/// Batches that lock the head before they load, after another server has won it once.
const HEAD_FIRST: u32 = 50;

/// Where callers hand in their acts.
#[derive(Clone, Debug)]
pub struct Door(mpsc::Sender<Request>);

impl Door {
    /// Hands in one piece of work and waits for its answer; a caller that goes away does not stop it.
    ///
    /// # Errors
    /// [`DoorFault`] where no lawful answer could be given.
    pub async fn submit(&self, work: Work) -> Result<Answer, DoorFault> {
        let (answer, wait) = oneshot::channel();
        self.0.try_send(Request { work, answer }).map_err(|_| DoorFault::Busy)?;
        wait.await.unwrap_or(Err(DoorFault::Busy))
    }
}

/// The one writer of this process.
pub struct Committer {
    database: Database,
    law: Held,
    clock: Clock,
    viewers: Viewers,
    known: Option<Known>,
    lane: Option<Lane>,
    /// Batches that still lock the head first.
    head_first: u32,
}

impl std::fmt::Debug for Committer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Committer").finish_non_exhaustive()
    }
}

impl Committer {
    /// Starts the committer in a task of its own.
    pub fn start(database: Database, law: Held, clock: Clock, viewers: Viewers) -> Door {
        let (sender, mut queue) = mpsc::channel::<Request>(QUEUE);
        let mut committer = Self { database, law, clock, viewers, known: None, lane: None, head_first: 0 };
        tokio::spawn(async move {
            while let Some(first) = queue.recv().await {
                let mut batch = vec![first];
                while batch.len() < BATCH
                    && let Ok(next) = queue.try_recv()
                {
                    batch.push(next);
                }
                committer.flush(batch).await;
            }
        });
        Door(sender)
    }

    /// Decides and writes a batch; one that fails as a whole is tried one by one.
    async fn flush(&mut self, batch: Vec<Request>) {
        let (works, answers): (Vec<_>, Vec<_>) = batch.into_iter().map(|request| (request.work, request.answer)).unzip();
        crash::with(&works, "taken");
        let verdicts = match self.attempt(&works).await {
            Ok(verdicts) => verdicts,
            Err(fault) if works.len() == 1 => vec![Err(fault.into())],
            Err(_) => {
                let mut verdicts = Vec::new();
                for work in &works {
                    let alone = self.attempt(std::slice::from_ref(work)).await;
                    verdicts.push(match alone {
                        Ok(mut verdicts) => verdicts.pop().unwrap_or(Err(DoorFault::Busy)),
                        Err(fault) => Err(fault.into()),
                    });
                }
                verdicts
            }
        };
        for (answer, verdict) in answers.into_iter().zip(verdicts) {
            let _ = answer.send(verdict); // the caller may have gone away
        }
        crash::with(&works, "answered");
    }

    async fn attempt(&mut self, works: &[Work]) -> Result<Vec<Verdict>, StoreFault> {
        let mut keys = Keys::Trusted;
        for _ in 0..TRIES {
            let mut known = self.know().await?;
            let (verdicts, outcomes, rules) = self.decide(&mut known, works, keys).await?;
            crash::with(works, "decided");
            if self.database.gate().is_closed() {
                return Err(StoreFault::LockLost);
            }
            match known.write(&outcomes).await {
                Ok(Written::Done) => {
                    crash::with(works, "written");
                    // Whoever decides or reads from here on does so by the law that was just loaded.
                    if !Arc::ptr_eq(&known.rules, &rules) {
                        known.rules = rules.clone();
                        self.law.set(rules);
                    }
                    self.keep(known, outcomes);
                    return Ok(verdicts);
                }
                Ok(Written::Lost) => {
                    // Another server writes too: what it may have changed is not known, and it is better to queue for the head.
                    self.head_first = HEAD_FIRST;
                    self.viewers.forget();
                    self.database.forget_kept();
                    self.lane = Some(known.into_lane());
                }
                // A key that was answered before: nothing was written, and nothing that is known has changed.
                Err(fault) if fault.is_taken() && keys == Keys::Trusted => {
                    keys = Keys::LookedUp;
                    self.known = Some(known.undone());
                }
                // An unknown outcome: the trail tells whether it was ours.
                Err(_) if write::stands(&self.database, &outcomes).await? => {
                    self.forget_who(&outcomes);
                    return Ok(verdicts);
                }
                Err(fault) => return Err(fault),
            }
        }
        Err(StoreFault::broken("another server keeps winning the head"))
    }

    /// What is known, read anew where nothing is; with the head locked where another server writes too.
    async fn know(&mut self) -> Result<Known, StoreFault> {
        let known = match self.known.take() {
            Some(known) => known,
            None => Known::learn(&self.database, self.lane.take(), &self.clock, &self.law).await?,
        };
        if self.head_first == 0 {
            return Ok(known);
        }
        self.head_first -= 1;
        known.head_first(&self.database, &self.clock, &self.law).await
    }

    /// Who may do what is read anew where a write changed it.
    fn forget_who(&self, outcomes: &Outcomes) {
        if !outcomes.credentials.is_empty() || outcomes.rows.iter().any(known::tells_who) {
            self.viewers.forget();
            self.database.forget_kept();
        }
    }

    fn keep(&mut self, known: Known, outcomes: Outcomes) {
        self.forget_who(&outcomes);
        for row in &outcomes.rows {
            if let AnyRow::DemoClock(clock) = row {
                self.clock.set(clock.now);
            }
        }
        match known.keep(outcomes) {
            Ok(known) => self.known = Some(known),
            Err(lane) => self.lane = Some(lane),
        }
    }

    /// Loads what the works name and decides them; where a follow-up or a guard reaches further, that is loaded too.
    async fn decide(&self, known: &mut Known, works: &[Work], keys: Keys) -> Result<(Vec<Verdict>, Outcomes, Arc<Rules>), StoreFault> {
        let mut wanted = wanted(works);
        let mut looked_up = if keys == Keys::LookedUp { all_keys(works) } else { BTreeSet::new() };
        wanted.receipts.clone_from(&looked_up);
        for day in works.iter().filter_map(|work| recounted_from(&known.rules, admin(work)?)) {
            wanted.cases.extend(known.ending_from(day).await?);
        }
        for work in works {
            if let Work::Act { command, .. } = work {
                wanted.cases.extend(known.claimed(command).await?);
            }
        }
        let mut receipts = known.load(wanted).await?;
        // A demo's time begins with the act that starts its clock; elsewhere time never runs backwards.
        let now = demo_start(works).unwrap_or_else(|| self.clock.now().max(known.last_at));
        loop {
            let outcomes = Outcomes { seen: known.frontier.size(), frontier: known.frontier.clone(), at: Some(now), ..Outcomes::default() };
            let stamp = Stamp { now, simulated: self.clock.simulated(), clock: self.clock.doubt(known.last_at) };
            let rings_until = self.clock.rings_until();
            let mut batch = Batch {
                rules: known.rules.clone(),
                stamp,
                rings_until,
                snapshot: &mut known.snapshot,
                outcomes,
                receipts: receipts.clone(),
            };
            let verdicts: Vec<_> = works.iter().map(|work| batch.one(work)).collect::<Result<_, _>>()?;
            let (mut outcomes, rules) = (batch.outcomes, batch.rules);
            let mut missing = known.missing();
            // What is written is refused where its key was answered before; for every other answer the key has to be looked up.
            let written: BTreeSet<_> = outcomes.receipts.iter().map(|receipt| receipt.id.as_str()).collect();
            missing.receipts =
                all_keys(works).into_iter().filter(|key| !written.contains(key.as_str()) && looked_up.insert(key.clone())).collect();
            let decided = missing.only_receipts();
            let found = known.load(missing).await?;
            if decided && found.is_empty() {
                outcomes.rows = known.snapshot.dirty().into_values().flatten().collect();
                return Ok((verdicts, outcomes, rules));
            }
            known.snapshot.rollback(0);
            receipts.extend(found);
        }
    }
}

/// Whether idempotency keys are looked up before an act is decided. They seldom repeat, and the write refuses one that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keys {
    Trusted,
    LookedUp,
}

fn all_keys(works: &[Work]) -> BTreeSet<String> {
    let key = |work: &Work| match work {
        Work::Act { receipt, .. } => receipt.as_ref().map(|(id, _)| id.clone()),
        Work::Ring { .. } | Work::Move { .. } => None,
    };
    works.iter().filter_map(key).collect()
}

fn admin(work: &Work) -> Option<&AdminAct> {
    match work {
        Work::Act { command, .. } => command.admin.as_deref(),
        Work::Ring { .. } | Work::Move { .. } => None,
    }
}

fn demo_start(works: &[Work]) -> Option<Micros> {
    works.iter().find_map(|work| match admin(work)? {
        AdminAct::StartDemoClock { at } => Some(*at),
        _ => None,
    })
}

fn wanted(works: &[Work]) -> Wanted {
    let mut wanted = Wanted::default();
    for work in works {
        match work {
            Work::Act { command, .. } => wanted.add(command),
            Work::Ring { case, .. } | Work::Move { case } => {
                wanted.cases.insert(case.to_string());
            }
        }
    }
    wanted
}
