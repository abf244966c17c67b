//! `workflows`: the process tables.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::{Context, Result};
use clap::Subcommand;
use domain::process::Process;
use serde_json::json;
use workflows::{
    definition::{Version, draw},
    engine::Rules,
};

use super::{
    args::PlaceArgs,
    prove,
    run::{place, print, say},
};
use crate::app::law_of;

#[derive(Debug, Subcommand)]
pub enum Workflows {
    /// Runs the load checks.
    Check,
    /// Prints a process: its picture, its table, its time limits.
    Show {
        /// Key of the process, such as `repair_application`.
        process: String,
    },
    /// Prints a Mermaid diagram of a process, or of how all processes move each other.
    Diagram {
        /// Key of the process; all of them where none is given.
        process: Option<String>,
    },
    /// Writes all of it as Markdown pages into a folder.
    Book {
        /// Folder to write into.
        #[arg(long)]
        out: PathBuf,
    },
    /// Proves named properties of the tables with `spin`; exit code 1 where one does not hold.
    #[command(
        after_help = "Examples:\n  xinxiu workflows prove\n  xinxiu workflows prove listing_case --write models\n  xinxiu workflows prove --without-each-guard\n  xinxiu workflows prove --file 2027-01-01.1.toml"
    )]
    Prove(prove::ProveArgs),
}

fn version(rules: &Rules, process: &str) -> Result<Arc<Version>> {
    let allowed: Vec<_> = Process::ALL.iter().map(|process| process.key()).collect();
    let process =
        Process::from_key(process).with_context(|| format!("there is no process “{process}”; allowed: {}", allowed.join(", ")))?;
    rules.catalogue.newest().find(|version| version.definition.key == process).cloned().context("the process has no definition")
}

/// Checks, shows and draws process tables.
pub(super) async fn tables(args: &PlaceArgs, workflows: Workflows) -> Result<ExitCode> {
    let rules = law_of(&place(args)?).await?;
    match workflows {
        Workflows::Check => {
            for version in rules.catalogue.all() {
                let definition = &version.definition;
                let (states, rows, deadlines) = (definition.state.len(), definition.transition.len(), definition.deadline.len());
                let value = json!({ "process": definition.key, "version": definition.version(), "states": states, "rows": rows, "deadlines": deadlines, "sha256": version.digest });
                let words = format!(
                    "{} {}: {states} states, {rows} rows, {deadlines} deadlines, sha256 {}",
                    definition.key,
                    definition.version(),
                    version.digest
                );
                say(args, &value, &words);
            }
        }
        Workflows::Show { process } => print(&draw::page(&*version(&rules, &process)?, &rules.catalogue, &rules.law, false)),
        Workflows::Diagram { process: Some(process) } => print(&draw::mermaid(&version(&rules, &process)?.definition)),
        Workflows::Diagram { process: None } => print(&draw::map(&rules.catalogue)),
        Workflows::Book { out } => {
            std::fs::create_dir_all(&out).with_context(|| out.display().to_string())?;
            for (name, text) in draw::book(&rules.catalogue, &rules.law) {
                let path = out.join(name);
                std::fs::write(&path, text).with_context(|| path.display().to_string())?;
            }
        }
        Workflows::Prove(asked) => return prove::prove(args, &asked),
    }
    Ok(ExitCode::SUCCESS)
}
