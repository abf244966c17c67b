//! What may be typed after `export`.

use std::path::PathBuf;

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub enum Export {
    /// An empty table to fill in.
    Template {
        /// `penalty_records`, `repair_applications` or `proposal_entries`.
        layout: String,
        /// File to write (.xlsx).
        #[arg(long)]
        out: PathBuf,
    },
    /// The published list of today, as .xlsx or .csv by the file's name.
    Published {
        /// File to write, .xlsx or .csv.
        #[arg(long)]
        out: PathBuf,
        /// File to write the signed root to, to which the list leads (.json).
        #[arg(long)]
        root: Option<PathBuf>,
    },
    /// Receipts of a proposed list: signed notes, what went over, and the entries with their proofs.
    #[command(after_help = "Example:\n  xinxiu export receipts PC2026-000009 --out receipts")]
    Receipts {
        /// Number of the batch.
        number: String,
        /// Folder to write into.
        #[arg(long)]
        out: PathBuf,
    },
    /// An acceptance pack of a plan: what each line counts, the entries with their proofs, and a program that counts it again.
    #[command(
        after_help = "Example:\n  xinxiu export pack credit_transport_city.2022-08-30 --as-of 2023-08-15 --out pack\n  python3 pack/recount.py pack"
    )]
    Pack {
        /// Key and first day of a plan that was started.
        run: String,
        /// The day up to which things count (YYYY-MM-DD).
        #[arg(long, value_parser = super::plan_args::day)]
        as_of: time::Date,
        /// Folder to write into; it must not exist yet.
        #[arg(long)]
        out: PathBuf,
        /// Every entry of the trail goes with it: only so can anybody see that nothing was left out.
        #[arg(long)]
        with_log: bool,
    },
    /// Results of applications that Credit China pushed and has not been told; that they went out is an entry.
    Answers {
        /// The Credit China clerk; the password is read from standard input.
        #[arg(long)]
        login: String,
        /// File to write, .xlsx or .csv.
        #[arg(long)]
        out: PathBuf,
    },
}
