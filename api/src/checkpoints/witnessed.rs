//! Signed checkpoints in files: every one that is kept beside the database, the running one in a file of its own, and the last
//! one of each log in a second place.
//! A lost, older or foreign database still meets what was signed.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::fs::{FlockOperation, flock};

use super::CheckpointFault;
use crate::durable;

/// The file in the data folder.
pub const NAME: &str = "checkpoints";
/// The file in the data folder that holds the running checkpoint.
pub const RUNNING: &str = "checkpoint-running";
/// The file in the second place, where that is a folder.
const SECOND: &str = "xinxiu-checkpoint";
const WAIT: Duration = Duration::from_millis(20);

fn io(path: &Path) -> impl Fn(std::io::Error) -> CheckpointFault {
    move |fault| CheckpointFault::Io(path.to_owned(), fault)
}

/// The file of the second place.
pub fn second_file(second: &Path) -> PathBuf {
    if second.is_dir() { second.join(SECOND) } else { second.to_owned() }
}

/// Held while a checkpoint is compared and signed, so that of two servers one comes after the other.
///
/// # Errors
/// When the lock's file cannot be made.
pub async fn hold(beside: &Path) -> Result<File, CheckpointFault> {
    let mut path = beside.as_os_str().to_owned();
    path.push(".lock");
    let path = PathBuf::from(path);
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(io(&path))?;
    loop {
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => return Ok(file),
            Err(fault) if fault == rustix::io::Errno::WOULDBLOCK => tokio::time::sleep(WAIT).await,
            Err(fault) => return Err(io(&path)(fault.into())),
        }
    }
}

/// The notes of a file, oldest first; none where there is no file. What a power cut has left of a last one is passed over.
///
/// # Errors
/// When the file cannot be read.
pub fn notes(path: &Path) -> Result<Vec<String>, CheckpointFault> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(fault) => return Err(io(path)(fault)),
    };
    // A note is a text, an empty line and signatures; between two notes there is an empty line.
    let parts: Vec<_> = text.split_terminator("\n\n").collect();
    let whole = if text.ends_with("\n\n") { parts.len() } else { parts.len().saturating_sub(1) };
    Ok(parts[..whole].chunks(2).filter(|pair| pair.len() == 2).map(|pair| format!("{}\n\n{}\n", pair[0], pair[1])).collect())
}

/// Adds a signed checkpoint to the file in the data folder; the one that is there already is not added again.
///
/// # Errors
/// When the file cannot be written.
pub fn add(data: &Path, note: &str) -> Result<(), CheckpointFault> {
    let path = data.join(NAME);
    let kept = notes(&path)?;
    if kept.last().is_some_and(|last| last == note) {
        return Ok(());
    }
    let whole: usize = kept.iter().map(|note| note.len() + 1).sum();
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(&path).map_err(io(&path))?;
    if file.metadata().map_err(io(&path))?.len() > whole as u64 {
        file.set_len(whole as u64).map_err(io(&path))?;
    }
    file.write_all(format!("{note}\n").as_bytes()).and_then(|()| file.sync_all()).map_err(io(&path))?;
    durable::sync_folder(data).map_err(io(data))
}

/// Puts the last checkpoint of a log into a file, instead of the one before; those of other logs stay.
///
/// # Errors
/// When the file cannot be written.
pub fn swap(path: &Path, note: &str) -> Result<(), CheckpointFault> {
    let origin = note.lines().next();
    let mut kept: Vec<_> = notes(path)?.into_iter().filter(|other| other.lines().next() != origin).collect();
    kept.push(note.to_owned());
    let text: String = kept.iter().map(|note| format!("{note}\n")).collect();
    durable::write(path, text.as_bytes()).map_err(io(path))
}
