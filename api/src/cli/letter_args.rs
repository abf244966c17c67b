//! What may be typed after `mail` and `office`.

use clap::{Args, Subcommand};

use crate::forms::office::Particulars;

/// Where a letter stands.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum StatusWord {
    /// To be tried.
    Waiting,
    /// With the relay, which has not answered yet.
    Handed,
    /// The relay's answer was lost; sent once more.
    Unknown,
    /// Taken by the relay.
    Sent,
    /// Given up.
    Dead,
}

impl StatusWord {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Handed => "handed",
            Self::Unknown => "unknown",
            Self::Sent => "sent",
            Self::Dead => "dead",
        }
    }
}

/// Which dead letters.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct Resend {
    /// Id that `mail list` shows.
    #[arg(conflicts_with_all = ["code", "letter", "since", "all"])]
    pub id: Option<String>,
    /// Code that `mail list` shows: the relay's three digits, or a word such as `ADDRESS_MALFORMED`.
    #[arg(long)]
    pub code: Option<String>,
    /// Key of the letter, such as `repair_granted`.
    #[arg(long)]
    pub letter: Option<String>,
    /// Letters made on this day (YYYY-MM-DD) or later.
    #[arg(long)]
    pub since: Option<String>,
    /// Every dead letter.
    #[arg(long, conflicts_with_all = ["code", "letter", "since"])]
    pub all: bool,
}

#[derive(Debug, Subcommand)]
pub enum Mail {
    /// Shows notices, newest first.
    List {
        /// Only letters that stand so.
        #[arg(long, value_enum)]
        status: Option<StatusWord>,
    },
    /// Prints a letter as its reader gets it.
    Show {
        /// Id that `mail list` shows.
        id: String,
    },
    /// Puts dead letters back into the queue: one, or all to which every condition applies.
    #[command(
        after_help = "Examples:\n  xinxiu mail resend 5f2c…                          one letter\n  xinxiu mail resend --code 550 --since 2026-04-01   all that were refused with 550\n  xinxiu mail resend --all                          every dead letter"
    )]
    Resend(Resend),
}

#[derive(Debug, Subcommand)]
pub enum OfficeCommand {
    /// Every office, those that have ended last.
    List,
    /// Adds an office.
    Add {
        /// Its key: small letters, digits and underscores; it never changes.
        key: String,
        /// Its name in Chinese.
        #[arg(long)]
        zh: String,
        /// Its name in English.
        #[arg(long)]
        en: String,
        /// `policy_office`, `section`, `centre` or `county_bureau`.
        #[arg(long)]
        kind: String,
        /// The word that numbers of its documents begin with (机关代字).
        #[arg(long)]
        number_word: String,
        /// Six digits of the national list of divisions.
        #[arg(long)]
        division_code: Option<String>,
        /// The line of transport on which its opinion is asked, such as `ROAD_TRANSPORT`.
        #[arg(long)]
        sector: Option<String>,
    },
    /// Gives an office another name; letters and published entries that were made before keep the old one.
    Rename {
        /// Key of the office; it stays.
        key: String,
        /// The new name in Chinese.
        #[arg(long)]
        zh: String,
        /// The new name in English.
        #[arg(long)]
        en: String,
    },
    /// Ends an office: refused while anything is open there, unless a successor takes it.
    End {
        /// Key of the office.
        key: String,
        /// Key of the office that takes its open cases.
        #[arg(long)]
        successor: Option<String>,
    },
    /// Checks a file of offices (.toml or .csv: key, zh, en, kind, `division_code`, `number_word`, sector, particulars); adds all of
    /// them with --commit.
    Load {
        /// File of offices.
        file: std::path::PathBuf,
        /// Adds them.
        #[arg(long)]
        commit: bool,
    },
    /// Changes what letters say of an office; what is left out stays, an empty text is taken away.
    Change {
        /// Key of the office.
        key: String,
        #[command(flatten)]
        details: Particulars,
    },
}
