//! flock on a file of its own, which restore never replaces. The kernel lets go of it when the process ends, however it ends.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::fs::{FlockOperation, flock};
use uuid::Uuid;

use super::{
    LockFault,
    holder::{self, Holder},
    house::Hold,
};

/// Folder of the lock, in the data folder.
pub const FOLDER: &str = ".house";
const LOCK: &str = "lock";
/// A holder writes its note just after it was let in: whoever is refused looks so many times.
const LOOKS: u32 = 10;
const BETWEEN: Duration = Duration::from_millis(30);

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub(super) struct FolderLock {
    file: File,
    path: PathBuf,
    _note: Option<Note>,
}

/// Who holds it; locked as long as its writer lives, so that a note that a dead process has left is known as such.
#[derive(Debug)]
struct Note {
    path: PathBuf,
    file: File,
}

impl Drop for Note {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> LockFault {
    move |fault| LockFault::Io { path: path.to_owned(), fault }
}

fn open(path: &Path) -> Result<File, LockFault> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path).map_err(io(path))
}

impl FolderLock {
    /// Takes the lock in `folder`, which is made where there is none; `place` names what is locked.
    ///
    /// # Errors
    /// [`LockFault`] at once where somebody holds it the other way.
    pub fn take(folder: &Path, place: &str, hold: Hold) -> Result<Self, LockFault> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io(folder))?;
        let path = folder.join(LOCK);
        let file = open(&path)?;
        let how = if hold == Hold::Alone { FlockOperation::NonBlockingLockExclusive } else { FlockOperation::NonBlockingLockShared };
        match flock(&file, how) {
            Ok(()) => {}
            Err(fault) if fault == rustix::io::Errno::WOULDBLOCK => {
                return Err(LockFault::Held { place: place.to_owned(), holders: holder::all(&holders(folder)) });
            }
            Err(fault) => return Err(io(&path)(fault.into())),
        }
        // On a full disk nobody can say who he is; the lock holds all the same.
        Ok(Self { file, path, _note: note(folder).ok() })
    }

    /// Lets others in beside this holder.
    ///
    /// # Errors
    /// When somebody who wants it alone was first.
    pub fn share(&self, place: &str) -> Result<(), LockFault> {
        match flock(&self.file, FlockOperation::NonBlockingLockShared) {
            Ok(()) => Ok(()),
            Err(fault) if fault == rustix::io::Errno::WOULDBLOCK => {
                let folder = self.path.parent().unwrap_or(&self.path);
                let others: Vec<_> = holders(folder).into_iter().filter(|other| *other != Holder::here()).collect();
                Err(LockFault::Held { place: place.to_owned(), holders: holder::all(&others) })
            }
            Err(fault) => Err(io(&self.path)(fault.into())),
        }
    }
}

fn note(folder: &Path) -> Result<Note, LockFault> {
    let path = folder.join(format!("holder-{}", Uuid::now_v7()));
    let file = open(&path)?;
    let mut note = Note { path, file };
    flock(&note.file, FlockOperation::NonBlockingLockExclusive).map_err(|fault| io(&note.path)(fault.into()))?;
    let text = serde_json::to_string(&Holder::here()).map_err(|fault| io(&note.path)(fault.into()))?;
    note.file.write_all(text.as_bytes()).map_err(io(&note.path))?;
    Ok(note)
}

/// Everybody who holds the lock; notes of the dead are cleared away.
fn holders(folder: &Path) -> Vec<Holder> {
    for look in 0..LOOKS {
        if look > 0 {
            std::thread::sleep(BETWEEN);
        }
        let found: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().filter_map(|entry| holder(&entry.path())).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn holder(path: &Path) -> Option<Holder> {
    if !path.file_name()?.to_str()?.starts_with("holder-") {
        return None;
    }
    let mut file = File::open(path).ok()?;
    if flock(&file, FlockOperation::NonBlockingLockShared).is_ok() {
        // An empty note is being written just now.
        if file.metadata().is_ok_and(|meta| meta.len() > 0) {
            let _ = fs::remove_file(path);
        }
        return None;
    }
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}
