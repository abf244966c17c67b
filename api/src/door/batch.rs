//! One batch while it is decided: each piece of work in order, on the rows as the one before it left them.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    admin::AdminAct,
    command::{Command, Target},
    ids::{CaseId, RowId, beside},
    moment::Micros,
    refusal::Refusal,
    rows::Deadline,
};
use time::Date;
use uuid::Uuid;
use workflows::engine::{self, Decision, Rules, Snapshot, decide};

use super::{
    request::{Accepted, Answer, DoorFault, Work},
    seal::{self, Stamp},
};
use crate::store::{StoreFault, cells::ReceiptRow, load::Receipt, write::Outcomes};

pub(super) type Verdict = Result<Answer, DoorFault>;

/// What a batch is decided on, and what comes of it.
pub(super) struct Batch<'a> {
    /// The law as the acts before have left it.
    pub rules: Arc<Rules>,
    pub stamp: Stamp,
    /// The time up to which the house acts by itself; none while the machine's clock is only a claim.
    pub rings_until: Option<Micros>,
    pub snapshot: &'a mut Snapshot,
    pub outcomes: Outcomes,
    pub receipts: BTreeMap<String, Receipt>,
}

impl Batch<'_> {
    pub fn one(&mut self, work: &Work) -> Result<Verdict, StoreFault> {
        match work {
            Work::Ring { deadline, case } => match self.ring(*deadline, *case)? {
                None => Ok(Ok(Answer::Nothing)),
                Some(decision) => self.accept(decision).map(|accepted| Ok(Answer::Accepted(accepted))),
            },
            Work::Move { case } => match self.move_over(*case, self.stamp.now.day()) {
                None => Ok(Ok(Answer::Nothing)),
                Some(decision) => self.accept(decision).map(|accepted| Ok(Answer::Accepted(accepted))),
            },
            Work::Act { command, expected_version, receipt, keep_refusal, personal, credential } => {
                if let Some(verdict) = self.repeated(receipt.as_ref(), command) {
                    return Ok(verdict);
                }
                self.overdue_first(command)?;
                if let Some(fault) = self.conflict(command, *expected_version) {
                    return Ok(Err(fault));
                }
                let before = self.outcomes.frontier.size();
                let answer = match decide(&self.rules, self.snapshot, command) {
                    Ok(decision) => {
                        seal::erased(&mut self.outcomes, command.admin.as_deref(), self.stamp.now);
                        seal::sign_in(&mut self.outcomes, command.admin.as_deref(), credential.as_ref(), self.stamp.now);
                        let accepted = self.accept(decision)?;
                        self.follow(command.admin.as_deref())?;
                        Answer::Accepted(accepted)
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

    /// The law with the file that an accepted act has loaded.
    fn follow(&mut self, act: Option<&AdminAct>) -> Result<(), StoreFault> {
        if let Some(AdminAct::LoadLaw { path, text }) = act {
            self.rules = Arc::new(self.rules.with(path, text).map_err(StoreFault::broken)?);
        }
        Ok(())
    }

    fn seed(&self, case: &CaseId) -> Uuid {
        beside(&case.0, &self.outcomes.frontier.size().to_be_bytes())
    }

    fn accept(&mut self, decision: Decision) -> Result<Accepted, StoreFault> {
        let case = decision.case();
        let row = case.and_then(|id| self.snapshot.rows().cases.get(&id.to_string()).cloned()).map(Box::new);
        let (written, follow_ups) = seal::add(&self.rules, self.snapshot, &mut self.outcomes, decision, self.stamp)?;
        let written = written.map(Box::new);
        let entry = written.as_ref().map(|entry| entry.index).unwrap_or_default();
        Ok(Accepted { entry, written, case, row, follow_ups, repeated: false })
    }

    fn refuse(&mut self, command: &Command, refusal: &Refusal) -> Result<u64, StoreFault> {
        let draft = engine::decide::refused(self.snapshot, command, refusal);
        let first = self.outcomes.frontier.size();
        seal::entry(&self.rules, self.snapshot, &mut self.outcomes, draft, first, self.stamp).map(|entry| entry.index)
    }

    /// A command on a case first runs that case's timers that were due when it came: what came in the last second of a time
    /// is in time, however long it waited here.
    fn overdue_first(&mut self, command: &Command) -> Result<(), StoreFault> {
        let Target::Case(id) = command.target else { return Ok(()) };
        let Some(until) = self.rings_until else { return Ok(()) };
        loop {
            let due = self
                .snapshot
                .rows()
                .of::<Deadline>(id)
                .filter(|row| row.fires_at.is_some_and(|at| at <= until.min(command.now)))
                .min_by_key(|row| (row.fires_at, row.id))
                .map(|row| row.id);
            let Some(deadline) = due else { return self.moved_first(id) };
            match self.ring(deadline, id)? {
                Some(decision) => drop(self.accept(decision)?),
                None => return Ok(()),
            }
        }
    }

    /// Rings a deadline by the law of its legal day: a case that newer law has taken over by then goes over first.
    fn ring(&mut self, deadline: RowId, case: CaseId) -> Result<Option<Decision>, StoreFault> {
        if self.rings_until.is_none() {
            return Ok(None);
        }
        if let Some(day) = engine::rings_as_of(self.snapshot, deadline, self.stamp.now)
            && let Some(moved) = self.move_over(case, day)
        {
            self.accept(moved)?;
        }
        let seed = self.seed(&case);
        Ok(engine::ring(&self.rules, self.snapshot, deadline, self.stamp.now, seed))
    }

    /// The act by which a case goes over to newer law; none where none takes it over.
    fn move_over(&mut self, case: CaseId, day: Date) -> Option<Decision> {
        self.rings_until?;
        let seed = self.seed(&case);
        engine::move_over(&self.rules, self.snapshot, case, day, self.stamp.now, seed)
    }

    /// And goes over to the law that has taken its case over since.
    fn moved_first(&mut self, id: CaseId) -> Result<(), StoreFault> {
        match self.move_over(id, self.stamp.now.day()) {
            Some(decision) => self.accept(decision).map(drop),
            None => Ok(()),
        }
    }

    fn conflict(&self, command: &Command, expected: Option<i64>) -> Option<DoorFault> {
        let Target::Case(id) = command.target else { return None };
        match self.snapshot.case(id) {
            None => Some(DoorFault::NotFound),
            Some(case) => expected.is_some_and(|version| version != case.version).then_some(DoorFault::Conflict { current: case.version }),
        }
    }

    fn repeated(&self, receipt: Option<&(String, Vec<String>)>, command: &Command) -> Option<Verdict> {
        let (id, hashes) = receipt?;
        let kept = self.receipts.get(id)?;
        if !hashes.contains(&kept.input_hash) {
            return Some(Err(DoorFault::KeyReused));
        }
        let case = match command.target {
            Target::Case(case) => Some(case),
            _ => None,
        };
        Some(Ok(Answer::Accepted(Accepted { entry: kept.entry, written: None, case, row: None, follow_ups: Vec::new(), repeated: true })))
    }

    fn keep_receipt(&mut self, receipt: Option<&(String, Vec<String>)>, entry: u64) {
        if let Some((id, hashes)) = receipt
            && let Some(hash) = hashes.first()
        {
            self.receipts.insert(id.clone(), Receipt { input_hash: hash.clone(), entry });
            self.outcomes.receipts.push(ReceiptRow { id: id.clone(), input_hash: hash.clone(), entry });
        }
    }
}
