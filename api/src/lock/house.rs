//! The lock as a whole.

use std::path::{Path, PathBuf};

use tokio::task::JoinHandle;

use super::{
    LockFault,
    advisory::Advisory,
    folder::{FOLDER, FolderLock},
};
use crate::{place::Place, store::Database};

/// How a house is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Beside others who work in it.
    Shared,
    /// By one who puts files or tables in its place.
    Alone,
}

/// The lock of a house, until it is dropped or the process ends.
#[derive(Debug)]
pub struct HouseLock {
    folders: Vec<(FolderLock, String)>,
    advisory: Option<Advisory>,
    watch: Option<JoinHandle<()>>,
}

impl Drop for HouseLock {
    fn drop(&mut self) {
        if let Some(watch) = &self.watch {
            watch.abort();
        }
    }
}

/// Folders of the locks of a place: that of the data folder, and one beside a database file that lies elsewhere.
fn folders(place: &Place) -> Vec<(PathBuf, String)> {
    let mut found = vec![(place.folder.join(FOLDER), place.folder.display().to_string())];
    let whole = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if let Some(file) = place.database.strip_prefix("sqlite:").map(Path::new)
        && let (Some(parent), Some(name)) = (file.parent(), file.file_name())
    {
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        if whole(parent) != whole(&place.folder) {
            found.push((parent.join(format!(".{}{FOLDER}", name.to_string_lossy())), file.display().to_string()));
        }
    }
    found
}

impl HouseLock {
    /// Takes the lock of a house.
    ///
    /// # Errors
    /// [`LockFault`] at once, with nothing changed, where somebody holds it the other way.
    pub async fn take(place: &Place, hold: Hold) -> Result<Self, LockFault> {
        let mut lock = Self { folders: Vec::new(), advisory: None, watch: None };
        for (folder, what) in folders(place) {
            lock.folders.push((FolderLock::take(&folder, &what, hold)?, what));
        }
        if place.database.starts_with("postgres") {
            lock.advisory = Some(Advisory::take(&place.database, hold).await?);
        }
        Ok(lock)
    }

    /// Lets others in beside this holder.
    ///
    /// # Errors
    /// When somebody who wants it alone was first, or the database fails.
    pub async fn share(&mut self) -> Result<(), LockFault> {
        if let Some(advisory) = &mut self.advisory {
            advisory.share().await?;
        }
        self.folders.iter().try_for_each(|(folder, what)| folder.share(what))
    }

    /// Lets go of it, and answers when others can have it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release(mut self) -> Result<(), LockFault> {
        match self.advisory.take() {
            Some(advisory) => advisory.release().await,
            None => Ok(()),
        }
    }

    /// Begins to look after the lock of a database server, which can be lost.
    pub(crate) fn watch(&mut self, database: &Database) {
        if let Some(advisory) = self.advisory.take() {
            self.watch = Some(tokio::spawn(advisory.watch(database.clone())));
        }
    }
}
