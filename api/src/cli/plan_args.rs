//! What may be typed after `plan`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use time::Date;

#[derive(Debug, Subcommand)]
pub enum Plan {
    /// Counts a measure of the plan: a JSON object a line in, its answer a line out.
    #[command(
        after_help = "Measures: percent, coverage, dual_publication, completeness.\nExample:\n  echo '{\"measure\":\"percent\",\"num\":2,\"den\":3}' | xinxiu plan measure     66.66 %, not met"
    )]
    Measure,
    /// The months that lie whole in a period: one YYYY-MM a line.
    #[command(after_help = "Example:\n  xinxiu plan months 2022-08-30 2023-08-31     2022-09 to 2023-08")]
    Months {
        /// First day of the period (YYYY-MM-DD).
        #[arg(value_parser = day)]
        first: Date,
        /// Last day of the period (YYYY-MM-DD).
        #[arg(value_parser = day)]
        last: Date,
    },
    /// Draws again who is inspected and by whom, from what is published of a draw.
    #[command(
        after_help = "Example:\n  xinxiu plan draw pool.txt checkpoint.note --secret OFFICE --secret WITNESS --outside VALUE\nThe signature of the checkpoint is not checked here: audit check does that. A secret that was not shown in time is \"\"."
    )]
    Draw(DrawArgs),
    /// Starts a plan, or moves one that runs to a newer version; opens, moves and closes its tasks.
    #[command(after_help = "Example:\n  xinxiu plan start credit_transport_city.2026-08-30.1")]
    Start {
        /// Key, date and revision of the version, as the name of its file.
        version: String,
    },
    /// Closes a plan that runs, and its tasks with it.
    #[command(after_help = "Example:\n  xinxiu plan close credit_transport_city.2026-08-30")]
    Close {
        /// Key and first day of the plan.
        run: String,
    },
    /// Checks a plan file against the rest of the law; every fault with file, line, column and allowed words.
    #[command(after_help = "Example:\n  xinxiu plan check plan_2026.toml     and how many tasks it opens")]
    Check {
        /// The file of a plan.
        file: PathBuf,
    },
    /// The plan's rows: who owns each, until when, how much of what is asked.
    #[command(after_help = "Example:\n  xinxiu plan show\n  xinxiu plan show credit_transport_city --json")]
    Show {
        /// Key of a plan in force; the newest where none is given.
        key: Option<String>,
    },
}

/// A day as it is typed.
pub(super) fn day(text: &str) -> Result<Date, String> {
    domain::day::parse(text).ok_or_else(|| "不是真实日期 / no real day like 2026-04-01".to_owned())
}

/// A text that becomes a line of the seed.
fn one_line(text: &str) -> Result<String, String> {
    if text.chars().any(char::is_control) {
        return Err("应为一行，不含控制字符 / one line without control characters is needed".to_owned());
    }
    Ok(text.to_owned())
}

#[derive(Debug, Args)]
pub struct DrawArgs {
    /// Text of the pool.
    pub pool: PathBuf,
    /// Checkpoint of the draw.
    pub checkpoint: PathBuf,
    /// Given twice: the secret of the drawing office, then that of the witness.
    #[arg(long = "secret", required = true, value_parser = one_line)]
    pub secrets: Vec<String>,
    /// Value from outside that was named before the pool was frozen.
    #[arg(long, default_value = "", hide_default_value = true, value_parser = one_line)]
    pub outside: String,
}
