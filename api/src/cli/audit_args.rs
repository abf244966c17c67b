//! What may be typed about the trail.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Checkpoints that somebody outside holds.
#[derive(Debug, Default, Args)]
pub struct HeldArgs {
    /// File with a signed checkpoint that was handed out; the trail has to contain it.
    #[arg(long = "checkpoint")]
    pub checkpoints: Vec<PathBuf>,
    /// Verifier key that signed it, where the key ring no longer has it.
    #[arg(long = "key")]
    pub keys: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Recomputes tree and rows; exit code 1 where anything differs.
    Verify {
        /// Decides every act again as well, on the rows as they were.
        #[arg(long)]
        decide: bool,
        #[command(flatten)]
        held: HeldArgs,
    },
    /// Signs a checkpoint over the tree and prints it with its verifier key.
    Checkpoint {
        /// Begins the second place of the last checkpoint anew, where what was there is lost for good.
        #[arg(long)]
        new_copy: bool,
    },
    /// Writes an entry and the proof that it is in the signed tree into a folder.
    Prove {
        /// Number of the entry.
        entry: u64,
        /// Folder to write into.
        #[arg(long, default_value = ".")]
        out: PathBuf,
    },
    /// Writes the proof that the log as it is now begins with the log of an earlier checkpoint.
    #[command(after_help = "Example:\n  xinxiu audit grow 120 --out grown.txt      120 is the size in the earlier checkpoint")]
    Grow {
        /// Entries in the earlier checkpoint.
        from: u64,
        /// File to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Checks offline that a log has only grown since an earlier checkpoint.
    #[command(after_help = "Example:\n  xinxiu audit check-growth grown.txt --earlier checkpoint.txt --key 'VERIFIER KEY'")]
    CheckGrowth {
        /// What `audit grow` wrote.
        file: PathBuf,
        /// The earlier checkpoint.
        #[arg(long)]
        earlier: PathBuf,
        /// Verifier key of the log, as `audit checkpoint` prints it.
        #[arg(long)]
        key: String,
        /// Key of the earlier checkpoint, where the log has changed its key since.
        #[arg(long)]
        earlier_key: Option<String>,
    },
    /// Checks offline what one office handed over to another: every key given must have signed.
    #[command(
        after_help = "Example:\n  xinxiu audit check-receipt submit-57.receipt --key 'COUNTY KEY' --key 'POLICY OFFICE KEY' --list submit-57.jsonl\n  … --entry entry-57.json --proof entry-57.tlog-proof --log-key 'LOG KEY'   also that the act stands in the signed log"
    )]
    CheckReceipt {
        /// What `export receipts` wrote.
        file: PathBuf,
        /// Verifier key of an office; may be given several times.
        #[arg(long = "key", required = true)]
        keys: Vec<String>,
        /// The list that went over.
        #[arg(long)]
        list: Option<PathBuf>,
        /// The entry's bytes.
        #[arg(long)]
        entry: Option<PathBuf>,
        /// The entry's .tlog-proof file.
        #[arg(long, requires_all = ["entry", "log_key"])]
        proof: Option<PathBuf>,
        /// The log's verifier key.
        #[arg(long)]
        log_key: Option<String>,
    },
    /// Checks offline that nothing was published about somebody.
    #[command(after_help = "Example:\n  xinxiu audit check-absence statement.json --key 'VERIFIER KEY'")]
    CheckAbsence {
        /// The statement as it was handed out.
        file: PathBuf,
        /// Verifier key of the log, as `audit checkpoint` prints it.
        #[arg(long)]
        key: String,
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
