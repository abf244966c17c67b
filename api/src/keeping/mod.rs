//! Keeping a house: copies that can be taken while it runs, bringing one back, and looking after its health.
//!
//! | module | holds |
//! |---|---|
//! | `manifest` | what a copy says of itself |
//! | `backup` | taking a copy |
//! | `restore` | bringing one back, never below what was signed |
//! | `postgres` | `pg_dump` and `pg_restore` |
//! | `doctor` | the checks of a house, each with its cure |
//! | `witnessed` | the last signed checkpoint, kept beside the database |

pub mod backup;
pub mod doctor;
mod manifest;
mod postgres;
pub mod restore;
pub mod witnessed;

use std::path::PathBuf;

pub use manifest::Manifest;

/// Why a copy could not be taken or brought back.
#[derive(Debug, thiserror::Error)]
pub enum KeepingFault {
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, std::io::Error),
    #[error(transparent)]
    Store(#[from] crate::store::StoreFault),
    #[error(transparent)]
    Keys(#[from] crate::keys::KeyFault),
    #[error(transparent)]
    Start(#[from] crate::app::StartFault),
    #[error("{0} already exists; choose another place or remove it")]
    Exists(String),
    #[error("{0} is no copy of a house: {1}")]
    NoCopy(String, String),
    #[error("{0} is not as it was when the copy was taken (SHA-256 differs); take another copy")]
    Changed(String),
    #[error("the copy was taken by version {0}, this program is {1}; use that version or a newer one")]
    Newer(String, String),
    #[error("the copy ends at entry {copy}, but a checkpoint over {signed} entries was signed: bringing it back would fork the log; take a newer copy, or give --new-origin NAME to start a new log and say so to everyone who holds a checkpoint")]
    Fork { copy: u64, signed: u64 },
    #[error("{0} is not empty; restore into an empty data folder or database, or give --replace for the folder")]
    NotEmpty(String),
    #[error("{tool} did not work: {why}")]
    Tool { tool: &'static str, why: String },
}
