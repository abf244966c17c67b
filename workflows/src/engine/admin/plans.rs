//! The city's plan: started, moved to a newer version, closed. Its tasks are cases: the house opens, moves and closes them by acts of
//! their own, so that a start that is broken off goes on where it stopped.

use domain::{
    office::Rank,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{PlanRun, Standing},
};
use time::Date;

use crate::{
    engine::{
        Rules,
        sight::{
            roles::{self, ActorView},
            snapshot::Snapshot,
        },
    },
    plan::file::Plan,
};

/// The head of the policy office starts and closes plans.
pub(crate) fn may(snapshot: &Snapshot, actor: &ActorView) -> bool {
    roles::policy_office(snapshot).is_some_and(|office| actor.sits(Rank::Head, &office))
}

/// Plans that can be started on a day, the newest first.
pub fn startable(rules: &Rules, today: Date) -> impl Iterator<Item = &Plan> {
    rules.plans.iter().rev().filter(move |plan| plan.in_force_from <= today && today <= plan.last)
}

/// Runs a version of a plan from here on.
pub(crate) fn start(rules: &Rules, snapshot: &mut Snapshot, today: Date, version: &str) -> Result<(), Refusal> {
    let Some(plan) = startable(rules, today).find(|plan| plan.version() == version) else {
        return Err(not_in_force(rules, today, version));
    };
    let run = plan.run();
    let held = snapshot.rows().plan_runs.get(&run).cloned();
    if let Some(held) = held.as_ref().filter(|held| held.standing == Standing::Active) {
        if held.version == version {
            return Err(Reason::new(Code::AlreadySo).into());
        }
        // What was replaced does not come back: only a newer version takes over.
        let age = |version: &str| rules.plans.iter().position(|plan| plan.version() == version);
        if age(&held.version) > age(version) {
            return Err(not_in_force(rules, today, version));
        }
    }
    let mut unknown: Vec<_> = plan.lines().flat_map(|(_, asked)| plan.offices(asked.owners)).collect();
    unknown.sort_unstable();
    unknown.dedup();
    unknown.retain(|office| snapshot.rows().offices.get(*office).is_none_or(|row| row.standing != Standing::Active));
    if !unknown.is_empty() {
        let (zh, en): (Vec<_>, Vec<_>) = unknown
            .iter()
            .map(|key| {
                let (zh, en) = plan.office(key);
                (format!("{zh}（{key}）"), format!("{en} ({key})"))
            })
            .unzip();
        return Err(Reason::new(Code::PlanOfficesUnknown).titled("offices", (zh.join("、"), en.join(", "))).into());
    }
    let started_on = held.map_or(today, |held| held.started_on);
    snapshot.put(PlanRun { id: run, version: version.to_owned(), started_on, standing: Standing::Active, closed_on: None });
    Ok(())
}

/// A plan has ended.
pub(crate) fn close(rules: &Rules, snapshot: &mut Snapshot, today: Date, run: &str) -> Result<(), Refusal> {
    match snapshot.rows().plan_runs.get(run).cloned() {
        Some(held) if held.standing == Standing::Active => {
            snapshot.put(PlanRun { standing: Standing::Ended, closed_on: Some(today), ..held });
            Ok(())
        }
        Some(_) => Err(Reason::new(Code::AlreadySo).into()),
        None => Err(not_in_force(rules, today, run)),
    }
}

fn not_in_force(rules: &Rules, today: Date, plan: &str) -> Refusal {
    let known: Vec<_> = startable(rules, today).map(Plan::version).collect();
    let allowed = if known.is_empty() { ("无".to_owned(), "none".to_owned()) } else { (known.join("、"), known.join(", ")) };
    // What a caller typed is not repeated: it may be anything.
    let named =
        rules.plans.iter().find(|known| known.version() == plan || known.run() == plan).map_or_else(|| "?".to_owned(), Plan::version);
    Reason::new(Code::PlanNotInForce).with("plan", named).titled("allowed", allowed).into()
}
