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
    /// Every office.
    List,
    /// Changes what letters say of an office; what is left out stays, an empty text is taken away.
    Change {
        /// Key of the office.
        key: String,
        #[command(flatten)]
        details: Particulars,
    },
}
