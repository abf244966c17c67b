//! Keeping a house: copies that can be taken while it runs, bringing one back, and looking after its health.
//!
//! | module | holds |
//! |---|---|
//! | `manifest` | what a copy says of itself |
//! | `backup` | taking a copy |
//! | `restore` | bringing one back, never below what was signed |
//! | `postgres` | `pg_dump` and `pg_restore` |
//! | `doctor` | the checks of a house, each with its cure |
//! | `waiting` | what the doctor finds waiting for somebody: offices, imports, letters |
//! | `papers` | every paper against its digest |
//! | `aside` | a demo built aside and put in place whole |

pub mod aside;
pub mod backup;
pub mod doctor;
mod manifest;
pub mod papers;
mod postgres;
pub mod restore;
mod waiting;

use std::path::PathBuf;

pub use manifest::Manifest;

/// Why a copy could not be taken or brought back.
#[derive(Debug, thiserror::Error)]
pub enum KeepingFault {
    #[error("{}: {}{}", .0.display(), .1, crate::durable::cure(.1))]
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
    #[error(transparent)]
    Lock(#[from] crate::lock::LockFault),
    #[error(transparent)]
    Signed(#[from] crate::checkpoints::CheckpointFault),
    #[error("the copy's trail is not good: {0}; nothing was changed: take another copy")]
    Unsound(String),
    #[error("{0} is not empty; restore into an empty data folder or database, or give --replace for the folder")]
    NotEmpty(String),
    #[error("{0} is not empty; a demo is built in a new or empty place: remove it, or name another folder with --data")]
    Occupied(String),
    #[error("{tool} did not work: {why}")]
    Tool { tool: &'static str, why: String },
}
