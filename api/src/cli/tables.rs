//! `workflows`: the process tables.

use std::sync::Arc;

use anyhow::{Context, Result};
use domain::process::Process;
use serde_json::json;
use workflows::{definition::{Version, draw}, engine::Rules};

use super::{args::{PlaceArgs, Workflows}, run::{place, say}};
use crate::law::of_place;

fn version(rules: &Rules, process: &str) -> Result<Arc<Version>> {
    let allowed: Vec<_> = Process::ALL.iter().map(|process| process.key()).collect();
    let process = Process::from_key(process).with_context(|| format!("there is no process “{process}”; allowed: {}", allowed.join(", ")))?;
    rules.catalogue.all().filter(|version| version.definition.key == process).last().cloned().context("the process has no definition")
}

/// Checks, shows and draws process tables.
pub(super) async fn tables(args: &PlaceArgs, workflows: Workflows) -> Result<()> {
    let rules = of_place(&place(args)?).await?;
    match workflows {
        Workflows::Check => {
            for version in rules.catalogue.all() {
                let definition = &version.definition;
                let (states, rows, deadlines) = (definition.state.len(), definition.transition.len(), definition.deadline.len());
                let value = json!({ "process": definition.key, "version": definition.version(), "states": states, "rows": rows, "deadlines": deadlines, "sha256": version.digest });
                let words = format!("{} {}: {states} states, {rows} rows, {deadlines} deadlines, sha256 {}", definition.key, definition.version(), version.digest);
                say(args, &value, &words);
            }
        }
        Workflows::Show { process } => print!("{}", draw::table(&version(&rules, &process)?.definition)),
        Workflows::Diagram { process } => print!("{}", draw::mermaid(&version(&rules, &process)?.definition)),
    }
    Ok(())
}

