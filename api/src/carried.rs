//! Imports that this process carries: its own rounds leave them alone, also where their lock is lost.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::ids::RowId;

/// The imports; clones share them.
#[derive(Clone, Debug, Default)]
pub struct Carried(Arc<Mutex<BTreeSet<RowId>>>);

impl Carried {
    fn held(&self) -> MutexGuard<'_, BTreeSet<RowId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that this process carries an import, until the answer is dropped: also where its task ends by a fault.
    pub fn carry(&self, import: RowId) -> Carrying<'_> {
        self.held().insert(import);
        Carrying { all: self, import }
    }

    /// Whether this process carries an import.
    pub fn has(&self, import: RowId) -> bool {
        self.held().contains(&import)
    }
}

/// An import that this process carries.
#[derive(Debug)]
pub struct Carrying<'a> {
    all: &'a Carried,
    import: RowId,
}

impl Drop for Carrying<'_> {
    fn drop(&mut self) {
        self.all.held().remove(&self.import);
    }
}
