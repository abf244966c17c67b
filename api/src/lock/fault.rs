//! Why the lock could not be taken.

use std::path::PathBuf;

use crate::{durable, store::StoreFault};

/// The lock was refused; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum LockFault {
    /// Somebody else is there: what is locked, who holds it.
    #[error("{place} is in use by {holders}; nothing was changed: wait for it to end or stop it, then try again")]
    Held { place: String, holders: String },
    #[error("{}: {fault}{}", path.display(), durable::cure(fault))]
    Io { path: PathBuf, fault: std::io::Error },
    #[error(transparent)]
    Store(#[from] StoreFault),
}
