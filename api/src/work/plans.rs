//! Tasks of plans that run: opened where a line has none, moved to a newer version, closed with the plan. Each is an act of its own;
//! what was broken off goes on in the next round.

use std::collections::BTreeMap;

use domain::{
    command::{Actor, Arguments, Command, Opening, Target},
    ids::CaseId,
    plan::{TaskForm, line_key},
    process::{Form, Phase, Process, Verb},
    rows::{Case, PlanLine, PlanRun, Standing},
};
use futures_util::future::join_all;
use uuid::Uuid;
use workflows::plan::file::Plan;

use crate::{
    app::App,
    door::Answer,
    store::{StoreFault, plans},
};

/// How many acts are handed to the door at once.
const PIECE: usize = 50;

/// The state of a task that the leading group took off the table: it is not opened again.
const DROPPED: &str = "dropped";
/// The state in which a newer version of the plan may move a task.
const IN_PROGRESS: &str = "in_progress";

/// What became of the tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub opened: u32,
    pub moved: u32,
    pub closed: u32,
    /// Acts that the engine refused: another server was first, or an office has ended.
    pub refused: u32,
}

/// Something that is to be done with a task.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Due {
    Open { run: String, line: String, office: String },
    Move(CaseId),
    Close(CaseId),
}

/// Brings the tasks of every plan to what its version asks.
///
/// # Errors
/// When the database fails.
pub async fn keep(app: &App) -> Result<Kept, StoreFault> {
    let rules = app.rules();
    let mut work = Vec::new();
    for run in plans::runs(&app.database).await? {
        let held = plans::lines(&app.database, &run.id).await?;
        let plan = rules.plan(&run.version).filter(|_| run.standing == Standing::Active);
        work.extend(due(&run, plan, held));
    }
    let mut kept = Kept::default();
    for piece in work.chunks(PIECE) {
        let answers = join_all(piece.iter().map(|due| app.submit(command(app, due), None, None, Vec::new(), false))).await;
        for (due, answer) in piece.iter().zip(answers) {
            match (answer.map_err(StoreFault::broken)?, due) {
                (Answer::Accepted(_), Due::Open { .. }) => kept.opened += 1,
                (Answer::Accepted(_), Due::Move(_)) => kept.moved += 1,
                (Answer::Accepted(_), Due::Close(_)) => kept.closed += 1,
                (Answer::Refused { .. } | Answer::Nothing, _) => kept.refused += 1,
            }
        }
    }
    Ok(kept)
}

/// What is to be done with the tasks of a plan; all of them are closed where it runs no longer.
fn due(run: &PlanRun, plan: Option<&Plan>, held: Vec<(PlanLine, Case)>) -> Vec<Due> {
    let mut held: BTreeMap<_, _> = held.into_iter().map(|(line, task)| (line.id.clone(), (line, task))).collect();
    let mut found = Vec::new();
    for (line, asked) in plan.into_iter().flat_map(Plan::lines) {
        for office in plan.into_iter().flat_map(|plan| plan.offices(asked.owners)) {
            match held.remove(&line_key(&run.id, &line, office)) {
                Some((held, task)) if held.version != run.version && task.state == IN_PROGRESS => found.push(Due::Move(task.id)),
                Some((_, task)) if task.phase != Phase::Ended || task.state == DROPPED => {}
                _ => found.push(Due::Open { run: run.id.clone(), line: line.clone(), office: office.to_owned() }),
            }
        }
    }
    // What is left is in no line of the version that runs.
    found.extend(held.into_values().filter(|(_, task)| task.phase != Phase::Ended).map(|(_, task)| Due::Close(task.id)));
    found
}

fn command(app: &App, due: &Due) -> Command {
    let now = app.clock.now();
    let (target, verb, form) = match due {
        Due::Open { run, line, office } => {
            let form = Form::from(TaskForm::Line { run: run.clone(), line: line.clone() });
            (Target::New(Opening::of(Process::PlanTask, Some(office.clone()))), Verb::Open, Some(form))
        }
        Due::Move(task) => (Target::Case(*task), Verb::NotePlanChanged, None),
        Due::Close(task) => (Target::Case(*task), Verb::Close, None),
    };
    Command {
        actor: Actor::System,
        target,
        verbs: vec![verb],
        arguments: Arguments { form, ..Arguments::default() },
        admin: None,
        effective_on: now.day(),
        now,
        seed: Uuid::now_v7(),
        timer: None,
    }
}
