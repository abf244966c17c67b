//! What may be typed.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};
use serde::Serialize;

use super::{
    audit_args::{Audit, HeldArgs},
    export_args::Export,
    law_args::{Calendar, Law},
    letter_args::{Mail, OfficeCommand},
    plan_args::Plan,
};
use crate::config::TlsWord;

/// Xinxiu (信修): credit repair and punishment lists of a city's transport bureau.
#[derive(Debug, Parser)]
#[command(
    name = "xinxiu",
    version,
    about,
    after_help = "Examples:\n  xinxiu demo                       build the demo city in ./demo\n  xinxiu --data demo serve          serve it\n  xinxiu --data demo audit verify   check its trail"
)]
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
    /// Settings file; `xinxiu.toml` in the data folder where none is given and there is one.
    #[arg(long, global = true, env = "XINXIU_CONFIG")]
    pub config: Option<PathBuf>,
    /// postgres://… or sqlite:FILE; a `SQLite` file in the data folder where none is given [env: `XINXIU_DATABASE`].
    #[arg(long, global = true)]
    pub database: Option<String>,
    /// Name of the log in checkpoints [env: `XINXIU_ORIGIN`].
    #[arg(long, global = true)]
    pub origin: Option<String>,
    /// Answers as JSON.
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Do {
    /// Serves GraphQL, documents and health over HTTP, and runs the timers.
    #[command(after_help = "Examples:\n  xinxiu --data demo serve\n  xinxiu --config /etc/xinxiu.toml serve --listen 0.0.0.0:8080")]
    Serve(ServeArgs),
    /// Shows every setting with where it comes from; exit code 2 where one is wrong.
    #[command(after_help = "Examples:\n  xinxiu check-config\n  XINXIU_SMTP_PORT=465 xinxiu --config xinxiu.toml check-config --json")]
    CheckConfig,
    /// Examines the house: settings, folder, keys, law, database, durability, trail, timers, offices, imports, outbox.
    #[command(after_help = "Examples:\n  xinxiu --data demo doctor\n  xinxiu doctor --json")]
    Doctor,
    /// Copies the house into a new folder while it runs; keys only where asked.
    #[command(after_help = "Examples:\n  xinxiu --data demo backup --out copy-2026-04-01\n  xinxiu backup --out copy --with-keys")]
    Backup {
        /// Folder to write into; it must not exist yet.
        #[arg(long)]
        out: PathBuf,
        /// Copies the keys too: whoever has this copy can open what is sealed and sign for the log.
        #[arg(long)]
        with_keys: bool,
    },
    /// Brings a copy back, verifies it, and never goes below a signed checkpoint.
    #[command(
        after_help = "Examples:\n  xinxiu --data new restore copy-2026-04-01\n  xinxiu --data demo restore copy --replace\n  xinxiu --data demo restore old-copy --replace --new-origin city.example/log-2"
    )]
    Restore {
        /// Folder that `backup` wrote.
        copy: PathBuf,
        /// Puts the database of the data folder aside.
        #[arg(long)]
        replace: bool,
        /// Starts a new log of this name, since the old one would be forked.
        #[arg(long)]
        new_origin: Option<String>,
        #[command(flatten)]
        held: HeldArgs,
    },
    /// Keys of the house.
    #[command(subcommand, after_help = "Examples:\n  xinxiu keys list\n  xinxiu keys rotate signing")]
    Keys(Keys),
    /// Checks a table of penalty records or repair applications; with --commit all its rows become cases, or none.
    #[command(
        after_help = "Examples:\n  xinxiu import penalties.xlsx --office some_office --login someone --marked wrong.xlsx\n  xinxiu import penalties.xlsx --office some_office --login someone --commit < password"
    )]
    Import(ImportArgs),
    /// Writes templates, the published list, or the answers for Credit China.
    #[command(
        subcommand,
        after_help = "Examples:\n  xinxiu export template penalty_records --out template.xlsx\n  xinxiu export published --out published.csv --root published.root.json\n  xinxiu export answers --login platform --out answers.xlsx < password"
    )]
    Export(Export),
    /// The outbox.
    #[command(subcommand)]
    Mail(Mail),
    /// Makes a house, or brings the tables of one up to date; says what a new one needs first.
    #[command(visible_alias = "init")]
    Migrate,
    /// Builds the demo city in an empty database, on a clock of its own.
    Demo,
    /// Moves a demo's clock forward to a day (YYYY-MM-DD) and runs what is due.
    DemoClock {
        /// YYYY-MM-DD.
        day: String,
    },
    /// Confirms that the machine's clock shows the right day (YYYY-MM-DD), after a gap over which nobody has witnessed it.
    ConfirmDay {
        /// Today, as a calendar on the wall says it (YYYY-MM-DD).
        day: String,
    },
    /// Accounts.
    #[command(subcommand)]
    User(User),
    /// Offices: which there are, where each is found, and who reviews its acts.
    #[command(
        subcommand,
        after_help = "Examples:\n  xinxiu office list\n  xinxiu office load offices.csv            what is wrong with it\n  xinxiu office load offices.csv --commit   adds them all, or none\n  xinxiu office rename some_office --zh 新名称 --en 'New name'\n  xinxiu office end some_office --successor another_office\n  xinxiu office change some_office --telephone 028-0000-0008 --hours-zh '工作日 9:00–17:00' --hours-en 'working days 9:00–17:00'"
    )]
    Office(OfficeCommand),
    /// Erases the personal values of a subject, an account or a case that no duty keeps any more, with letters and papers.
    #[command(
        after_help = "Examples:\n  xinxiu erase case JL2026-000001 --ground term-over --dry-run   what keeps its values, and to which day\n  xinxiu erase subject JL2026-000001 --ground term-over          the subject of that case, with all its cases\n  xinxiu erase account some-login --ground purpose-met"
    )]
    Erase(EraseArgs),
    /// The audit trail.
    #[command(subcommand)]
    Audit(Audit),
    /// Process tables.
    #[command(subcommand)]
    Workflows(super::tables::Workflows),
    /// The law: calculators, and files that are checked, compared, tried and loaded.
    #[command(subcommand)]
    Law(Law),
    /// A year's working days.
    #[command(subcommand)]
    Calendar(Calendar),
    /// The city's plan: its measures, its months, the draw of inspections.
    #[command(subcommand)]
    Plan(Plan),
    /// Prints the GraphQL schema.
    Sdl,
    /// Prints completions for a shell.
    Completions {
        /// Shell whose completions are printed.
        shell: clap_complete::Shell,
    },
}

impl Do {
    /// The word that was typed, for those who find the house in use.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Serve(_) => "serve",
            Self::CheckConfig => "check-config",
            Self::Doctor => "doctor",
            Self::Backup { .. } => "backup",
            Self::Restore { .. } => "restore",
            Self::Keys(_) => "keys",
            Self::Import(_) => "import",
            Self::Export(_) => "export",
            Self::Mail(_) => "mail",
            Self::Migrate => "migrate",
            Self::Demo => "demo",
            Self::DemoClock { .. } => "demo-clock",
            Self::ConfirmDay { .. } => "confirm-day",
            Self::User(_) => "user",
            Self::Office(_) => "office",
            Self::Erase(_) => "erase",
            Self::Audit(_) => "audit",
            Self::Workflows(_) => "workflows",
            Self::Law(_) => "law",
            Self::Calendar(_) => "calendar",
            Self::Plan(_) => "plan",
            Self::Sdl => "sdl",
            Self::Completions { .. } => "completions",
        }
    }
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// .xlsx or .csv (UTF-8 or GBK); repair applications also as a .zip with their papers.
    pub file: PathBuf,
    /// What the file holds: `penalty_records`, `repair_applications` or `proposal_entries`.
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
pub enum Keys {
    /// Every key without its secret.
    List,
    /// Adds a new key that works from now on; the older ones stay, so that everything still opens and verifies.
    Rotate {
        /// What the key is for.
        kind: KeyWord,
    },
}

/// Kinds of key.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum KeyWord {
    /// Signs checkpoints.
    Signing,
    /// Seals personal values.
    Sealing,
    /// Searches identity numbers.
    Search,
    /// Sign receipts, one an office; the new ones are published in the trail.
    Receipts,
}

#[derive(Debug, Args)]
pub struct EraseArgs {
    /// Whose values are erased.
    #[arg(value_enum)]
    pub what: EraseWord,
    /// Number of a case (of the subject, for a subject), or a login.
    pub which: String,
    /// Ground of the Personal Information Protection Law art. 47.
    #[arg(long, value_enum)]
    pub ground: GroundWord,
    /// Says what keeps the values and changes nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// Whose values.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum EraseWord {
    Subject,
    Account,
    Case,
}

/// Grounds of erasing.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum GroundWord {
    PurposeMet,
    TermOver,
    ConsentWithdrawn,
    Unlawful,
}

#[derive(Debug, Subcommand)]
pub enum User {
    /// Adds an account; the password is read from standard input.
    Add {
        /// Name to sign in with, 1 to 64 characters.
        login: String,
        /// The person's name; kept sealed.
        #[arg(long)]
        name: String,
        /// Address for letters; kept sealed.
        #[arg(long)]
        email: Option<String>,
        /// RANK or RANK@OFFICE, like `officer@some_office`; may be given several times.
        #[arg(long = "seat")]
        seats: Vec<String>,
        /// Login of another account of the same person: four eyes count persons.
        #[arg(long)]
        same_person_as: Option<String>,
    },
    /// Disables an account: its tokens and rights end at once.
    Disable {
        /// Login of the account.
        login: String,
    },
    /// Sets a new password, read from standard input.
    Reset {
        /// Login of the account.
        login: String,
    },
}

/// Options of `serve`; each is also a setting of the file and, as XINXIU_…, of the environment.
#[derive(Debug, Default, Args, Serialize)]
pub struct ServeArgs {
    /// Address to listen on [default: 127.0.0.1:8080].
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// Threads that answer requests [default: half of the cores, at least 2].
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threads: Option<u32>,
    /// Minutes between checkpoints that are kept for good while the tree grows [default: 60].
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkpoint_minutes: Option<u32>,
    /// Role address that letters come from.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_from: Option<String>,
    /// Most letters that one account gets in an hour; the others wait [default: 30].
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_per_hour: Option<u32>,
    /// Relay; mail goes to the folder `mail` of the data folder where none is named.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_host: Option<String>,
    /// Port of the relay [default: 587].
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_port: Option<u16>,
    /// How the connection to the relay is protected [default: required].
    #[arg(long, value_enum)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_tls: Option<TlsWord>,
    /// Name to sign in to the relay with.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_username: Option<String>,
    /// File that holds the relay's password.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_password_file: Option<PathBuf>,
    /// Certificates trusted instead of the public ones.
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_ca_file: Option<PathBuf>,
    /// Seconds that a relay may take until it is ready for a message [default: 60].
    #[arg(long)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_timeout_seconds: Option<u32>,
}
