//! `workflows`: the process tables.

use std::{process::ExitCode, sync::Arc};

use anyhow::{Context, Result};
use domain::process::Process;
use serde_json::json;
use workflows::definition::{Version, draw};

use super::{args::{PlaceArgs, Workflows}, prove, run::say};
use crate::app;

fn version(process: &str) -> Result<Arc<Version>> {
    let allowed: Vec<_> = Process::ALL.iter().map(|process| process.key()).collect();
    let process = Process::from_key(process).with_context(|| format!("there is no process “{process}”; allowed: {}", allowed.join(", ")))?;
    let rules = app::rules()?;
    rules.catalogue.all().filter(|version| version.definition.key == process).last().cloned().context("the process has no definition")
}

/// Checks, shows and draws process tables.
pub(super) fn tables(args: &PlaceArgs, workflows: Workflows) -> Result<ExitCode> {
    match workflows {
        Workflows::Check => {
            let rules = app::rules()?;
            for version in rules.catalogue.all() {
                let definition = &version.definition;
                let (states, rows, deadlines) = (definition.state.len(), definition.transition.len(), definition.deadline.len());
                let value = json!({ "process": definition.key, "version": definition.version(), "states": states, "rows": rows, "deadlines": deadlines, "sha256": version.digest });
                let words = format!("{} {}: {states} states, {rows} rows, {deadlines} deadlines, sha256 {}", definition.key, definition.version(), version.digest);
                say(args, &value, &words);
            }
        }
        Workflows::Show { process } => print!("{}", draw::table(&version(&process)?.definition)),
        Workflows::Diagram { process } => print!("{}", draw::mermaid(&version(&process)?.definition)),
        Workflows::Prove(asked) => return prove::prove(args, &asked),
    }
    Ok(ExitCode::SUCCESS)
}

