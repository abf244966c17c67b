//! What may be typed.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// Xinxiu (信修): credit repair and punishment lists of a city's transport bureau.
#[derive(Debug, Parser)]
#[command(name = "xinxiu", version, about, after_help = "Examples:\n  xinxiu demo                       build the demo city in ./demo\n  xinxiu --data demo serve          serve it\n  xinxiu --data demo audit verify   check its trail")]
pub struct Cli {
    #[command(flatten)]
    pub place: PlaceArgs,
    #[command(subcommand)]
    pub command: Do,
}

/// Where the house lives.
#[derive(Debug, Args)]
pub struct PlaceArgs {
    /// Folder of keys, documents and the embedded database.
    #[arg(long, global = true, env = "XINXIU_DATA", default_value = "data")]
    pub data: PathBuf,
    /// postgres://… or sqlite:FILE; a SQLite file in the data folder where none is given.
    #[arg(long, global = true, env = "XINXIU_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// Name of the log in checkpoints.
    #[arg(long, global = true, env = "XINXIU_ORIGIN", default_value = "xinxiu.local/log")]
    pub origin: String,
    /// Answers as JSON.
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Do {
    /// Serves GraphQL, documents and health over HTTP, and runs the timers.
    Serve {
        #[arg(long, env = "XINXIU_LISTEN", default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
    },
    /// Brings the schema up to date and adds the bureau's offices.
    Migrate,
    /// Builds the demo city in an empty database, on a clock of its own.
    Demo,
    /// Moves a demo's clock forward to a day (YYYY-MM-DD) and runs what is due.
    DemoClock { day: String },
    /// Accounts.
    #[command(subcommand)]
    User(User),
    /// The audit trail.
    #[command(subcommand)]
    Audit(Audit),
    /// Process tables.
    #[command(subcommand)]
    Workflows(Workflows),
    /// Prints the GraphQL schema.
    Sdl,
    /// Prints completions for a shell.
    Completions { shell: clap_complete::Shell },
}

#[derive(Debug, Subcommand)]
pub enum User {
    /// Adds an account; the password is read from standard input.
    Add {
        login: String,
        #[arg(long)]
        name: String,
        /// RANK or RANK@OFFICE, like officer@yanjiang; may be given several times.
        #[arg(long = "seat")]
        seats: Vec<String>,
    },
    /// Disables an account: its tokens and rights end at once.
    Disable { login: String },
    /// Sets a new password, read from standard input.
    Reset { login: String },
}

#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Recomputes tree and rows; exit code 1 where anything differs.
    Verify,
    /// Signs a checkpoint over the tree and prints it with its verifier key.
    Checkpoint,
}

#[derive(Debug, Subcommand)]
pub enum Workflows {
    /// Runs the load checks.
    Check,
    /// Prints the table of a process.
    Show { process: String },
    /// Prints a Mermaid diagram of a process.
    Diagram { process: String },
}
