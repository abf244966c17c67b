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
    /// postgres://… or sqlite:FILE; a `SQLite` file in the data folder where none is given.
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
        #[command(flatten)]
        mail: MailArgs,
    },
    /// Checks a table of penalty records or repair applications; with --commit all its rows become cases, or none.
    #[command(after_help = "Examples:\n  xinxiu import penalties.xlsx --office yanjiang --login yanjiang --marked wrong.xlsx\n  xinxiu import penalties.xlsx --office yanjiang --login yanjiang --commit < password")]
    Import(ImportArgs),
    /// Writes templates, the published list, or the answers for Credit China.
    #[command(subcommand, after_help = "Examples:\n  xinxiu export template penalty_records --out template.xlsx\n  xinxiu export published --out published.csv\n  xinxiu export answers --login platform --out answers.xlsx < password")]
    Export(Export),
    /// The outbox.
    #[command(subcommand)]
    Mail(Mail),
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

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// .xlsx or .csv (UTF-8 or GBK); repair applications also as a .zip with their papers.
    pub file: PathBuf,
    /// `penalty_records` or `repair_applications`.
    #[arg(long, default_value = "penalty_records")]
    pub layout: String,
    /// Office whose file it is.
    #[arg(long)]
    pub office: String,
    /// Account that sends it.
    #[arg(long)]
    pub login: String,
    /// Commits the file; the account's password is read from standard input.
    #[arg(long)]
    pub commit: bool,
    /// Writes the file with its problems marked here, if there are any.
    #[arg(long)]
    pub marked: Option<PathBuf>,
    /// A repeat with the same key returns the first answer.
    #[arg(long)]
    pub key: Option<uuid::Uuid>,
}

#[derive(Debug, Subcommand)]
pub enum Export {
    /// An empty table to fill in.
    Template {
        layout: String,
        #[arg(long)]
        out: PathBuf,
    },
    /// The published list of today, as .xlsx or .csv by the file's name.
    Published {
        #[arg(long)]
        out: PathBuf,
    },
    /// Results of applications that Credit China pushed and has not been told; that they went out is an entry.
    Answers {
        /// The Credit China clerk; the password is read from standard input.
        #[arg(long)]
        login: String,
        #[arg(long)]
        out: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum User {
    /// Adds an account; the password is read from standard input.
    Add {
        login: String,
        #[arg(long)]
        name: String,
        #[arg(long)]
        email: Option<String>,
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
    Verify {
        /// Decides every act again as well, on the rows as they were.
        #[arg(long)]
        decide: bool,
    },
    /// Signs a checkpoint over the tree and prints it with its verifier key.
    Checkpoint,
    /// Writes an entry and the proof that it is in the signed tree into a folder.
    Prove {
        entry: u64,
        #[arg(long, default_value = ".")]
        out: PathBuf,
    },
    /// Checks such a proof offline; needs no database.
    Check {
        /// The .tlog-proof file.
        file: PathBuf,
        /// The entry's bytes.
        #[arg(long)]
        entry: PathBuf,
        /// The verifier key that `audit checkpoint` prints.
        #[arg(long)]
        key: String,
    },
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

/// How mail leaves the house: a folder of .eml files, or a relay where one is named.
#[derive(Debug, Args)]
pub struct MailArgs {
    /// Role address that letters come from.
    #[arg(long, env = "XINXIU_MAIL_FROM", default_value = "xinxiu@example.invalid")]
    pub mail_from: String,
    /// Relay; mail goes to the folder `mail` of the data folder where none is named.
    #[arg(long, env = "XINXIU_SMTP_HOST")]
    pub smtp_host: Option<String>,
    #[arg(long, env = "XINXIU_SMTP_PORT", default_value_t = 587)]
    pub smtp_port: u16,
    #[arg(long, env = "XINXIU_SMTP_TLS", value_enum, default_value = "required")]
    pub smtp_tls: TlsWord,
    #[arg(long, env = "XINXIU_SMTP_USERNAME", requires = "smtp_password_file")]
    pub smtp_username: Option<String>,
    /// File that holds the relay's password.
    #[arg(long, env = "XINXIU_SMTP_PASSWORD_FILE")]
    pub smtp_password_file: Option<PathBuf>,
    /// Certificates trusted instead of the public ones.
    #[arg(long, env = "XINXIU_SMTP_CA_FILE")]
    pub smtp_ca_file: Option<PathBuf>,
}

/// How the connection to the relay is protected.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum TlsWord {
    /// STARTTLS
    Required,
    /// TLS from the first byte
    Wrapper,
    /// none; only to this machine
    Plain,
}

#[derive(Debug, Subcommand)]
pub enum Mail {
    /// Shows notices, newest first.
    List {
        /// waiting, unknown, sent, dead
        #[arg(long)]
        status: Option<String>,
    },
    /// Puts a dead letter back into the queue.
    Resend { id: String },
}
