//! A task of the city's plan (计划任务): one line of its table for one office, or what a meeting asks of an office.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    form::{Field, Takes},
    paper::FormDate,
    personal::Sealed,
    process::{Fields, titled},
};

titled! {
    /// How a line of a plan stands.
    Light {
        /// Met by the newest count.
        Green = "GREEN" "已达到" "met",
        /// Not met yet, and its day has not passed.
        Amber = "AMBER" "办理中" "not met yet",
        /// Not met after its day, or a full month has ended without what it asks.
        Red = "RED" "未达到" "not met in time",
        /// There is nothing to count.
        Grey = "GREY" "无数据" "no data",
    }
}

/// Where a task comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskForm {
    /// A line of a plan that runs: `9`, or the key of a duty beside the table.
    Line {
        /// Key and first day of the plan, as `credit_transport_city.2022-08-30`.
        run: String,
        line: String,
    },
    /// A resolution of a meeting.
    Meeting {
        /// What is asked of the office.
        title: Sealed,
        due: Date,
    },
}

/// A task, with what its plan says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskData {
    pub form: TaskForm,
    /// Version of the plan that day and quota are of; none of a meeting's task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The last day.
    pub due: Option<Date>,
}

impl TaskForm {
    /// Run and line; none of a meeting's task.
    pub fn line(&self) -> Option<(&str, &str)> {
        match self {
            Self::Line { run, line } => Some((run, line)),
            Self::Meeting { .. } => None,
        }
    }
}

/// The key of a line of a plan for one office.
pub fn line_key(run: &str, line: &str, office: &str) -> String {
    format!("{run}|{line}|{office}")
}

impl Fields for TaskForm {
    const DATES: &'static [FormDate] = &[FormDate::TaskDue];
    const INPUT: Option<&'static str> = Some("task");
    const DRAWN: &'static [Field] = &[
        Field::new("title", ("事项", "what is asked"), Takes::LongText).needed(),
        Field::new("due", ("完成期限", "last day"), Takes::Date).needed(),
    ];

    fn dates(&self) -> Vec<(FormDate, Date)> {
        match self {
            Self::Line { .. } => Vec::new(),
            Self::Meeting { due, .. } => vec![(FormDate::TaskDue, *due)],
        }
    }
}
