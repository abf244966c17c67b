//! `plan`: the measures of the city's plan, its months, and the draw of inspections.

use std::{path::Path, process::ExitCode};

use anyhow::{Context, Result};
use domain::admin::AdminAct;
use serde_json::json;
use workflows::plan::{
    dual_publication::DAYS,
    lots::{Checkpoint, Pool, TextFault, draw},
    measure,
    months::full_months,
};

use super::{
    args::PlaceArgs,
    lines,
    plan_args::{DrawArgs, Plan},
    plan_file,
    run::{USAGE, open, place, print, say},
};
use crate::{app::law_of, city::acts, work::plans as tasks};

/// Runs a command about the plan; exit code 2 where what is given cannot be counted.
pub(super) async fn plan(args: &PlaceArgs, plan: Plan) -> Result<ExitCode> {
    match plan {
        Plan::Measure => {
            let law = law_of(&place(args)?).await?.law;
            let days = law.settings().number(DAYS).with_context(|| format!("the setting {DAYS} is no number"))?;
            lines::each(measure::LINE, |line, out| match line {
                Some(line) => measure::answer(law.calendars(), days, line, out),
                None => measure::too_long(out),
            })?;
        }
        Plan::Months { first, last } => {
            if first > last {
                return Ok(wrong(&format!("起始日晚于截止日 / FIRST is after LAST: {first}, {last}")));
            }
            print(&full_months(first, last).map(|month| format!("{month}\n")).collect::<String>());
        }
        Plan::Start { version } => return changed(args, AdminAct::StartPlan { version }).await,
        Plan::Close { run } => return changed(args, AdminAct::ClosePlan { run }).await,
        Plan::Draw(asked) => return drawn(&asked),
        Plan::Check { file } => return plan_file::check(args, &file).await,
        Plan::Show { key } => return plan_file::show(args, key.as_deref()).await,
    }
    Ok(ExitCode::SUCCESS)
}

/// An act of the operator on a plan, with its tasks.
async fn changed(args: &PlaceArgs, act: AdminAct) -> Result<ExitCode> {
    let app = open(args).await?;
    acts::operate(&app, act, Vec::new()).await?;
    let kept = tasks::keep(&app).await?;
    let told = json!({ "opened": kept.opened, "moved": kept.moved, "closed": kept.closed, "refused": kept.refused });
    let words = format!("任务 tasks: 新建 opened {}, 调整 moved {}, 归档 closed {}", kept.opened, kept.moved, kept.closed);
    say(args, &told, &words);
    Ok(ExitCode::SUCCESS)
}

fn wrong(words: &str) -> ExitCode {
    eprintln!("xinxiu: {words}");
    ExitCode::from(USAGE)
}

fn drawn(asked: &DrawArgs) -> Result<ExitCode> {
    let [office, witness] = asked.secrets.as_slice() else {
        return Ok(wrong("应给出两次--secret，先抽查单位，后见证方 / --secret is needed twice: the office first, then the witness"));
    };
    let (pool_text, note) = (read(&asked.pool)?, read(&asked.checkpoint)?);
    let place = |path: &Path, fault: TextFault| format!("{}, line {}: {fault}", path.display(), fault.line);
    let (pool, checkpoint) = match (text(&pool_text).and_then(Pool::parse), text(&note).and_then(Checkpoint::parse)) {
        (Ok(pool), Ok(checkpoint)) => (pool, checkpoint),
        (Err(fault), _) => return Ok(wrong(&place(&asked.pool, fault))),
        (_, Err(fault)) => return Ok(wrong(&place(&asked.checkpoint, fault))),
    };
    print(&draw(&pool, &checkpoint, [office, witness], &asked.outside).to_string());
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The bytes as a text, if they are one.
fn text(bytes: &[u8]) -> Result<&str, TextFault> {
    std::str::from_utf8(bytes).map_err(|fault| {
        let line = bytes[..fault.valid_up_to()].split(|byte| *byte == b'\n').count();
        TextFault { line, zh: "不是UTF-8文本".to_owned(), en: "is no text in UTF-8".to_owned() }
    })
}
