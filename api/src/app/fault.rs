//! Why a house cannot be opened.

use std::path::PathBuf;

use workflows::law::RulesFault;

use crate::{checkpoints::CheckpointFault, durable, keys::KeyFault, lock::LockFault, store::StoreFault};

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
    Signed(#[from] CheckpointFault),
    #[error("{} is no house: {missing}; look whether --data (or XINXIU_DATA) names the right folder. `xinxiu migrate` makes a new house there, `xinxiu demo` builds a demo, `xinxiu restore` brings a copy back", folder.display())]
    NoHouse { folder: PathBuf, missing: String },
    #[error("{}: {fault}{}", folder.display(), durable::cure(fault))]
    Folder { folder: PathBuf, fault: std::io::Error },
    #[error("{0} migrations wait; end the servers of this house and run `xinxiu migrate`")]
    Pending(usize),
}
