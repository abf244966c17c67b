//! What the tests over all processes ask of tasks of a plan.

use domain::{
    plan::TaskForm,
    process::{Form, Process, Verb},
};
use serde_json::json;

use super::steps;
use crate::{
    engine::city::{RUN, TASK_LINE},
    support::{
        chance::Chance,
        room::{Known, Room, Wanted},
        world::World,
    },
};

pub struct PlanTask;

impl Room for PlanTask {
    const OPENS: Verb = Verb::Open;
    const OVER: &'static str = "closed";

    fn form(_: &Wanted<'_>, _: &mut Chance) -> Form {
        Form::from(TaskForm::Line { run: RUN.to_owned(), line: TASK_LINE.to_owned() })
    }

    /// What a meeting asks of the road transport centre, with some progress.
    async fn case(world: &World, known: &Known) -> String {
        let task = steps::asked(world, &known[&Process::LedgerEntry], "road_transport_centre", "2026-12-31").await;
        world.done("road", "notePlanTaskProgress", json!({ "id": task, "reason": "已收集材料" })).await;
        task
    }
}
