//! The committer: one lane. It takes all that waits, notes the head it knows, loads, decides, and writes once.

use std::sync::Arc;

use domain::{
    command::{Command, Target},
    ids::CaseId,
    merkle::Frontier,
    moment::Micros,
    rows::{AnyRow, Rows},
};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;
use workflows::engine::{self, Decision, Reach, Rules, Snapshot, decide};

use super::{
    request::{Accepted, Answer, DoorFault, Request, Work},
    seal,
};
use crate::{
    clock::Clock,
    store::{
        Database, StoreFault,
        connect::Lane,
        load::{self, Loaded, Wanted},
        write::{self, Outcomes, Written},
    },
};

/// Acts that may wait before the door says that it is busy.
const QUEUE: usize = 4096;
/// Acts in one write.
const BATCH: usize = 256;
/// Tries to win the head before giving up; each loss means that another server wrote.
const TRIES: u32 = 50;

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

/// What the committer knows between batches; true as long as the head is where it left it.
struct Known {
    lane: Lane,
    frontier: Frontier,
    last_at: Micros,
    kept: Rows,
}

/// The one writer of this process.
pub struct Committer {
    database: Database,
    rules: Arc<Rules>,
    clock: Clock,
    known: Option<Known>,
}

impl std::fmt::Debug for Committer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Committer").finish_non_exhaustive()
    }
}

type Verdict = Result<Answer, DoorFault>;

impl Committer {
    /// Starts the committer in a task of its own.
    pub fn start(database: Database, rules: Arc<Rules>, clock: Clock) -> Door {
        let (sender, mut queue) = mpsc::channel::<Request>(QUEUE);
        let mut committer = Self { database, rules, clock, known: None };
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
        let verdicts = match self.attempt(&works).await {
            Ok(verdicts) => verdicts,
            Err(fault) if works.len() == 1 => vec![Err(DoorFault::Store(fault.to_string()))],
            Err(_) => {
                let mut verdicts = Vec::new();
                for work in &works {
                    let alone = self.attempt(std::slice::from_ref(work)).await;
                    verdicts.push(match alone {
                        Ok(mut verdicts) => verdicts.pop().unwrap_or(Err(DoorFault::Busy)),
                        Err(fault) => Err(DoorFault::Store(fault.to_string())),
                    });
                }
                verdicts
            }
        };
        for (answer, verdict) in answers.into_iter().zip(verdicts) {
            let _ = answer.send(verdict); // the caller may have gone away
        }
    }

    async fn attempt(&mut self, works: &[Work]) -> Result<Vec<Verdict>, StoreFault> {
        let mut lane = None;
        for _ in 0..TRIES {
            let mut known = match self.known.take() {
                Some(known) => known,
                None => self.learn(lane.take()).await?,
            };
            let (verdicts, outcomes) = self.load_and_decide(&known, works).await?;
            if outcomes.entries.is_empty() {
                self.known = Some(known);
                return Ok(verdicts);
            }
            match write::record(&known.lane, &outcomes).await {
                Ok(Written::Done) => {
                    // What cannot be read now is read before the next batch; this one is written.
                    self.known = if self.remember(&mut known, outcomes) { Some(known) } else { self.learn(Some(known.lane)).await.ok() };
                    return Ok(verdicts);
                }
                Ok(Written::Lost) => lane = Some(known.lane),
                Err(fault) => {
                    // An unknown outcome: the head tells whether it was ours.
                    let (frontier, _) = write::head(self.database.pool()).await?;
                    if frontier == outcomes.frontier {
                        return Ok(verdicts);
                    }
                    return Err(fault);
                }
            }
        }
        Err(StoreFault::Broken("another server keeps winning the head".into()))
    }

    /// Reads head and kept rows afresh; the head first, so that it is never newer than what it vouches for.
    async fn learn(&self, lane: Option<Lane>) -> Result<Known, StoreFault> {
        let lane = match lane {
            Some(lane) => lane,
            None => self.database.lane().await?,
        };
        let (frontier, last_at) = write::head(&lane.0).await?;
        let kept = load::kept(&lane.0).await?;
        if let Some(clock) = kept.clocks.get("demo") {
            self.clock.set(clock.now);
        }
        Ok(Known { lane, frontier, last_at, kept })
    }

    /// Takes over what was written; false where an account came to hold a seat and has to be read along.
    fn remember(&self, known: &mut Known, outcomes: Outcomes) -> bool {
        let mut complete = true;
        known.frontier = outcomes.frontier;
        known.last_at = outcomes.at.unwrap_or(known.last_at);
        for row in outcomes.rows {
            if let AnyRow::DemoClock(clock) = &row {
                self.clock.set(clock.now);
            }
            let staff = matches!(&row, AnyRow::Account(account) if known.kept.accounts.contains_key(&account.id.to_string()));
            if let AnyRow::RoleAssignment(role) = &row {
                complete &= known.kept.accounts.contains_key(&role.account.to_string());
            }
            if seal::is_kept(row.table()) || staff {
                known.kept.put(row);
            }
        }
        complete
    }

    /// Loads what the works name and decides them; where a follow-up or a guard reaches further, that is loaded too.
    async fn load_and_decide(&self, known: &Known, works: &[Work]) -> Result<(Vec<Verdict>, Outcomes), StoreFault> {
        let mut wanted = wanted(works);
        loop {
            let loaded = load::batch(&known.lane.0, &wanted).await?;
            let (verdicts, outcomes, needs) = self.decide_all(known, works, loaded)?;
            if !wanted.widen(&needs) {
                return Ok((verdicts, outcomes));
            }
        }
    }

    fn decide_all(&self, known: &Known, works: &[Work], loaded: Loaded) -> Result<(Vec<Verdict>, Outcomes, Reach), StoreFault> {
        let (snapshot, receipts) = loaded.snapshot(known.kept.clone());
        let mut outcomes =
            Outcomes { seen: known.frontier.size(), frontier: known.frontier.clone(), ..Outcomes::default() };
        // A demo's time begins with the act that starts its clock; elsewhere time never runs backwards.
        let now = demo_start(works).unwrap_or_else(|| self.clock.now().max(known.last_at));
        outcomes.at = Some(now);
        let mut batch = Batch { committer: self, snapshot, outcomes, receipts, now };
        let mut verdicts = Vec::new();
        for work in works {
            verdicts.push(batch.one(work)?);
        }
        let Batch { snapshot, mut outcomes, .. } = batch;
        outcomes.rows = snapshot.dirty().into_values().flatten().collect();
        Ok((verdicts, outcomes, snapshot.needs().clone()))
    }
}

fn demo_start(works: &[Work]) -> Option<Micros> {
    works.iter().find_map(|work| match work {
        Work::Act { command, .. } => match command.admin.as_deref() {
            Some(domain::admin::AdminAct::StartDemoClock { at }) => Some(*at),
            _ => None,
        },
        Work::Ring { .. } => None,
    })
}

fn wanted(works: &[Work]) -> Wanted {
    let mut wanted = Wanted::default();
    for work in works {
        match work {
            Work::Act { command, receipt, .. } => {
                wanted.add(command);
                wanted.receipts.extend(receipt.iter().map(|(id, _)| id.clone()));
            }
            Work::Ring { case, .. } => {
                wanted.cases.insert(case.to_string());
            }
        }
    }
    wanted
}

/// One batch while it is decided.
struct Batch<'a> {
    committer: &'a Committer,
    snapshot: Snapshot,
    outcomes: Outcomes,
    receipts: std::collections::BTreeMap<String, load::Receipt>,
    now: Micros,
}

impl Batch<'_> {
    fn one(&mut self, work: &Work) -> Result<Verdict, StoreFault> {
        match work {
            Work::Ring { deadline, case } => {
                let seed = self.seed(case);
                let decision = engine::ring(&self.committer.rules, &mut self.snapshot, *deadline, self.now, seed);
                match decision {
                    None => Ok(Ok(Answer::Nothing)),
                    Some(decision) => self.accept(decision).map(|accepted| Ok(Answer::Accepted(accepted))),
                }
            }
            Work::Act { command, expected_version, receipt, keep_refusal, personal } => {
                if let Some(verdict) = self.repeated(receipt.as_ref(), command) {
                    return Ok(verdict);
                }
                self.overdue_first(command)?;
                if let Some(fault) = self.conflict(command, *expected_version) {
                    return Ok(Err(fault));
                }
                let before = self.outcomes.frontier.size();
                let answer = match decide(&self.committer.rules, &mut self.snapshot, command) {
                    Ok(decision) => {
                        seal::erased(&mut self.outcomes, command.admin.as_deref(), self.now);
                        Answer::Accepted(self.accept(decision)?)
                    }
                    Err(refusal) => {
                        let entry = keep_refusal.then(|| self.refuse(command, &refusal)).transpose()?;
                        Answer::Refused { refusal, entry }
                    }
                };
                if self.outcomes.frontier.size() > before {
                    seal::personal(&mut self.outcomes, personal, before);
                    self.keep_receipt(receipt.as_ref(), before);
                }
                Ok(Ok(answer))
            }
        }
    }

    fn seed(&self, case: &CaseId) -> Uuid {
        Uuid::new_v5(&case.0, &self.outcomes.frontier.size().to_be_bytes())
    }

    fn accept(&mut self, decision: Decision) -> Result<Accepted, StoreFault> {
        let case = decision.case();
        let simulated = self.committer.clock.simulated();
        let numbers = seal::add(&self.committer.rules, &mut self.outcomes, decision, self.now, simulated)?;
        let (entry, follow_ups) = numbers.split_first().map(|(first, rest)| (*first, rest.to_vec())).unwrap_or_default();
        Ok(Accepted { entry, case, follow_ups, repeated: false })
    }

    fn refuse(&mut self, command: &Command, refusal: &domain::refusal::Refusal) -> Result<u64, StoreFault> {
        let draft = engine::decide::refused(&self.snapshot, command, refusal);
        let simulated = self.committer.clock.simulated();
        let first = self.outcomes.frontier.size();
        seal::entry(&self.committer.rules, &mut self.outcomes, draft, first, self.now, simulated)
    }

    /// A command on a case first runs that case's timers that are due.
    fn overdue_first(&mut self, command: &Command) -> Result<(), StoreFault> {
        let Target::Case(id) = command.target else { return Ok(()) };
        loop {
            let due = self
                .snapshot
                .rows()
                .deadlines
                .values()
                .filter(|row| row.case_id == id && row.fires_at.is_some_and(|at| at <= self.now))
                .min_by_key(|row| (row.fires_at, row.id))
                .map(|row| row.id);
            let Some(deadline) = due else { return Ok(()) };
            let seed = self.seed(&id);
            match engine::ring(&self.committer.rules, &mut self.snapshot, deadline, self.now, seed) {
                Some(decision) => drop(self.accept(decision)?),
                None => return Ok(()),
            }
        }
    }

    fn conflict(&self, command: &Command, expected: Option<i64>) -> Option<DoorFault> {
        let Target::Case(id) = command.target else { return None };
        match self.snapshot.rows().cases.get(&id.to_string()) {
            None => Some(DoorFault::NotFound),
            Some(case) => expected
                .is_some_and(|version| version != case.version)
                .then_some(DoorFault::Conflict { current: case.version }),
        }
    }

    fn repeated(&self, receipt: Option<&(String, String)>, command: &Command) -> Option<Verdict> {
        let (id, hash) = receipt?;
        let kept = self.receipts.get(id)?;
        if kept.input_hash != *hash {
            return Some(Err(DoorFault::KeyReused));
        }
        let case = match command.target {
            Target::Case(case) => Some(case),
            _ => None,
        };
        Some(Ok(Answer::Accepted(Accepted { entry: kept.entry, case, follow_ups: Vec::new(), repeated: true })))
    }

    fn keep_receipt(&mut self, receipt: Option<&(String, String)>, entry: u64) {
        if let Some((id, hash)) = receipt {
            self.receipts.insert(id.clone(), load::Receipt { input_hash: hash.clone(), entry });
            self.outcomes.receipts.push(serde_json::json!({ "id": id, "input_hash": hash, "entry": entry }));
        }
    }
}
