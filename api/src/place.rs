//! Where a house lives, and why one cannot be opened there.

use std::path::PathBuf;

use workflows::law::RulesFault;

use crate::{durable, keeping::KeepingFault, keys::KeyFault, lock::LockFault, store::StoreFault};

/// An application that cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    #[error(transparent)]
    Store(#[from] StoreFault),
    #[error(transparent)]
    Keys(#[from] KeyFault),
    #[error(transparent)]
    Law(#[from] RulesFault),
    #[error(transparent)]
    Lock(#[from] LockFault),
    /// Checkpoints that do not fit the tree.
    #[error(transparent)]
    Signed(Box<KeepingFault>),
    #[error("{} is no house: {missing}; look whether --data (or XINXIU_DATA) names the right folder. `xinxiu migrate` makes a new house there, `xinxiu demo` builds a demo, `xinxiu restore` brings a copy back", folder.display())]
    NoHouse { folder: PathBuf, missing: String },
    #[error("{}: {fault}{}", folder.display(), durable::cure(fault))]
    Folder { folder: PathBuf, fault: std::io::Error },
    #[error("{0} migrations wait; end the servers of this house and run `xinxiu migrate`")]
    Pending(usize),
}

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
