//! Where a house lives.

use std::path::PathBuf;

/// Where an application lives.
#[derive(Clone, Debug)]
pub struct Place {
    /// `sqlite:…` or `postgres:…`
    pub database: String,
    /// Folder of keys and documents.
    pub folder: PathBuf,
    /// Name of the log in checkpoints.
    pub origin: String,
    /// Second place of the last checkpoint: on another disk, never part of a copy.
    pub second: Option<PathBuf>,
}
