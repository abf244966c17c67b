//! `plan check` and `plan show`: a plan as a file of the law.

use std::{path::Path, process::ExitCode};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use workflows::{
    law::{FileFault, Kind, RulesFault},
    plan::file::{Duty, Measure, Plan, Row, quota},
};

use super::{
    args::PlaceArgs,
    law_files::{faulty, read},
    run::{place, say},
};
use crate::app::law_of;

/// Checks a plan with all other law; exit code 1 where it is faulty, or no plan.
pub(super) async fn check(args: &PlaceArgs, file: &Path) -> Result<ExitCode> {
    let given = read(&[file.to_owned()])?;
    let (rules, paths) = match law_of(&place(args)?).await?.over(&given) {
        Ok(found) => found,
        Err(fault) => return Ok(faulty(args, &fault)),
    };
    let found = rules.plans.iter().find(|plan| paths.iter().any(|path| *path == format!("plans/{}.toml", plan.version())));
    let Some(plan) = found else {
        let (name, text) = &given[0];
        let kind = paths.first().and_then(|path| Kind::of_path(path)).map_or("", |kind| kind.title().1);
        return Ok(faulty(args, &RulesFault(vec![FileFault::at(name, text, &format!("is no plan but a file of another kind: {kind}"))])));
    };
    let (rows, duties) = plan.opens();
    let words = format!(
        "good: {} is plans/{}.toml\n{}\n{} rows with {rows} tasks, {} duties with {duties} tasks",
        file.display(),
        plan.version(),
        opens(plan),
        plan.row.len(),
        plan.duty.len()
    );
    say(args, &json!({ "file": file.display().to_string(), "faults": [], "plan": told(plan) }), &words);
    Ok(ExitCode::SUCCESS)
}

/// Shows a plan of the law in force.
pub(super) async fn show(args: &PlaceArgs, key: Option<&str>) -> Result<ExitCode> {
    let rules = law_of(&place(args)?).await?;
    let found = rules.plans.iter().rev().find(|plan| key.is_none_or(|key| plan.key == key));
    let keys = || rules.plans.iter().map(|plan| plan.key.as_str()).collect::<Vec<_>>().join(", ");
    let plan = found.with_context(|| format!("there is no such plan; allowed: {}", keys()))?;
    say(args, &told(plan), &lines(plan));
    Ok(ExitCode::SUCCESS)
}

fn opens(plan: &Plan) -> String {
    let (rows, duties) = plan.opens();
    format!("{}个任务行开立{rows}项任务，{}项表外任务开立{duties}项任务", plan.row.len(), plan.duty.len())
}

/// Quotas of all measures of a row, in words.
fn quotas(measures: &[Measure]) -> (String, String) {
    let (zh, en): (Vec<_>, Vec<_>) = measures.iter().map(quota).unzip();
    (zh.join("；"), en.join("; "))
}

fn lines(plan: &Plan) -> String {
    let mut lines = vec![
        format!("{} {}", plan.title.zh, plan.number),
        format!("{} ({} – {}, version {}.{})", plan.title.en, plan.first, plan.last, plan.in_force_from, plan.revision),
    ];
    lines.extend(plan.task.iter().map(|task| format!("任务 task {}: {} {}", task.no, task.zh, task.en)));
    lines.extend(plan.stage.iter().map(|stage| format!("阶段 stage {} {}: {} – {}", stage.zh, stage.en, stage.first, stage.last)));
    let mut asked = |number: String, (zh, en): (&str, &str), owners: &[String], due: &str, measures: &[Measure]| {
        let offices: Vec<_> = plan.offices(owners).into_iter().map(|office| plan.office(office).0).collect();
        let stage = plan.stage(due).map_or((due, due), |stage| (&stage.zh, &stage.en));
        let (quota_zh, quota_en) = quotas(measures);
        lines.push(format!("{number}. {zh} {en}"));
        lines.push(format!("   {quota_zh} / {quota_en}"));
        lines.push(format!("   {} {}：{}", stage.0, stage.1, offices.join("、")));
    };
    for row in &plan.row {
        asked(row.no.to_string(), (&row.zh, &row.en), &row.owners, &row.due, &row.measure);
    }
    for (place, duty) in plan.duty.iter().enumerate() {
        asked(format!("表外 duty {}", place + 1), (&duty.zh, &duty.en), &duty.owners, &duty.due, &duty.measure);
    }
    lines.extend(plan.watch.iter().map(|watch| format!("关注 watched: {} {}", watch.zh, watch.en)));
    let (rows, duties) = plan.opens();
    lines.push(opens(plan));
    lines.push(format!("{} rows open {rows} tasks, {} duties open {duties}", plan.row.len(), plan.duty.len()));
    lines.join("\n")
}

fn told(plan: &Plan) -> Value {
    let asked = |owners: &[String], due: &str, measures: &[Measure]| {
        let (zh, en) = quotas(measures);
        let last = plan.stage(due).map(|stage| stage.last.to_string());
        json!({ "owners": plan.offices(owners), "due": due, "dueOn": last, "quota": { "zh": zh, "en": en } })
    };
    let with = |mut more: Value, asked: Value| {
        if let (Value::Object(more), Value::Object(asked)) = (&mut more, asked) {
            more.extend(asked);
        }
        more
    };
    let row = |row: &Row| {
        let own = json!({ "no": row.no, "section": row.section, "zh": row.zh, "en": row.en, "lead": row.lead, "bonus": row.bonus });
        with(own, asked(&row.owners, &row.due, &row.measure))
    };
    let duty = |duty: &Duty| with(json!({ "key": duty.key, "zh": duty.zh, "en": duty.en }), asked(&duty.owners, &duty.due, &duty.measure));
    let (tasks, duties) = plan.opens();
    json!({
        "key": plan.key, "version": format!("{}.{}", plan.in_force_from, plan.revision),
        "title": { "zh": plan.title.zh, "en": plan.title.en }, "number": plan.number,
        "first": plan.first.to_string(), "last": plan.last.to_string(),
        "tasks": plan.task.iter().map(|task| json!({ "no": task.no, "zh": task.zh, "en": task.en })).collect::<Vec<_>>(),
        "rows": plan.row.iter().map(row).collect::<Vec<_>>(), "duties": plan.duty.iter().map(duty).collect::<Vec<_>>(),
        "watch": plan.watch.iter().map(|watch| json!({ "key": watch.key, "zh": watch.zh, "en": watch.en })).collect::<Vec<_>>(),
        "opens": { "rows": tasks, "duties": duties },
    })
}
