//! What a house has signed: every checkpoint, and that the tree still contains it. Opening a house asks here first; new ones
//! are signed in `work::checkpoints`.
//!
//! | module | holds |
//! |---|---|
//! | `witnessed` | signed checkpoints in files: in the data folder, and the last one in a second place |
//! | `signed` | every signed checkpoint against the tree |

pub mod signed;
pub mod witnessed;

use std::path::PathBuf;

/// Why a checkpoint cannot be trusted, kept or compared.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointFault {
    #[error("{}: {}{}", .0.display(), .1, crate::durable::cure(.1))]
    Io(PathBuf, std::io::Error),
    #[error(transparent)]
    Store(#[from] crate::store::StoreFault),
    /// A tree of `entries` that does not contain what was signed over `signed` of them.
    #[error(
        "these {entries} entries are not the ones over which the checkpoint of {signed} entries in {place} was signed: going on would fork the log. Put the newest database or a newer copy in place; `xinxiu restore COPY --new-origin NAME` starts a new log, to be told to everyone who holds a checkpoint"
    )]
    Fork { place: String, entries: u64, signed: u64 },
    #[error("{0}; restore the file from a copy, or remove it if it was never this house's")]
    Foreign(String),
    #[error("{} is missing, although the house's last checkpoint was kept there: make the place reachable again; if it is lost for good, `xinxiu audit checkpoint --new-copy` begins it anew", .0.display())]
    NoSecond(PathBuf),
}
