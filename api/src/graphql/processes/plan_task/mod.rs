//! Tasks of the city's plan, and what meetings ask of offices.

mod acts;

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::{
    command::Opening,
    plan::TaskForm,
    process::{Form, Process, Verb},
};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    graphql::{
        case::{plan, written},
        core::{act, fault, find, input::Intake, node, words::Words},
    },
};

pub use acts::{PlanTaskActs, TOLD};

crate::case_object! {
    /// A task of the city's plan: one line of its table for one office, or what a meeting asks of an office.
    PlanTask, PlanTask, {
        /// Key and first day of the plan that asks for it; none of a meeting's task.
        async fn run(&self) -> Option<&str> {
            self.0.data.0.task()?.form.line().map(|(run, _)| run)
        }

        /// The line of the plan: the number of a row, or the key of a duty beside the table.
        async fn line(&self) -> Option<&str> {
            self.0.data.0.task()?.form.line().map(|(_, line)| line)
        }

        /// Version of the plan that its day is of.
        async fn plan_version(&self) -> Option<&str> {
            self.0.data.0.task()?.version.as_deref()
        }

        /// What the line of the plan says; none of a meeting's task.
        async fn asked(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Words>> {
            plan::line_title(ctx, self.0.data.0.task())
        }

        /// What the meeting asks; none of a line of a plan.
        async fn title(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            let title = match self.0.data.0.task().map(|data| &data.form) {
                Some(TaskForm::Meeting { title, .. }) => Some(title),
                _ => None,
            };
            written::text(ctx, title).await
        }

        /// The last day on which it is in time.
        async fn task_due(&self) -> Option<time::Date> {
            self.0.data.0.task().and_then(|data| data.due)
        }

        /// How much of what it asks is there today, by the house's own count; none of a meeting's task.
        async fn progress(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<plan::TaskProgress>> {
            plan::progress(ctx, &self.0).await
        }
    }
}

/// What a meeting asks.
#[derive(Debug, InputObject)]
pub struct TaskInput {
    /// What is asked of the office.
    pub title: String,
    /// The last day on which it is in time.
    pub due: Date,
}

/// Input of openPlanTask.
#[derive(Debug, InputObject)]
pub struct OpenPlanTaskInput {
    /// Global id of the ledger entry that notes the meeting.
    pub meeting: ID,
    /// Key of the office that is asked.
    pub office: String,
    /// What is asked.
    pub task: TaskInput,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

crate::case_payload!(PlanTaskPayload, PlanTask, plan_task);

/// Opening what a meeting asks.
#[derive(Debug, Default)]
pub struct PlanTaskForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl PlanTaskForms {
    /// Opens what a noted meeting asks of an office. The tasks of a plan are opened by startPlan.
    async fn open_plan_task(&self, ctx: &Context<'_>, input: OpenPlanTaskInput) -> Result<PlanTaskPayload> {
        let app = ctx.data::<App>()?;
        let id = node::case_id(&input.meeting).ok_or_else(fault::not_found)?;
        let meeting = find::case(ctx, id).await?.ok_or_else(fault::not_found)?;
        if meeting.process != Process::LedgerEntry {
            return Err(fault::bad_input("input.meeting", ("应为台账中的会议", "It has to be a meeting in the ledger")));
        }
        let mut intake = Intake::default();
        intake.word("input.office", Some(&input.office));
        intake.trace.push_str(&format!("{}{}", input.office, input.task.due));
        let title = intake.seal(app, "input.task.title", &input.task.title)?;
        intake.arguments.form = Some(Form::from(TaskForm::Meeting { title, due: input.task.due }));
        let opening = Opening { parent: Some(id), ..Opening::of(Process::PlanTask, Some(input.office)) };
        PlanTaskPayload::of(ctx, act::open(ctx, opening, Verb::Open, input.idempotency_key, intake).await?).await
    }
}
