//! The last signed checkpoint, kept in a file beside the database: a lost or older database still meets what was signed.

use std::{io::Write, path::Path};

use super::KeepingFault;

const NAME: &str = "checkpoints";

/// Adds a signed checkpoint to the file.
///
/// # Errors
/// When the file cannot be written.
pub fn add(data: &Path, note: &str) -> Result<(), KeepingFault> {
    let path = data.join(NAME);
    let io = |fault| KeepingFault::Io(path.clone(), fault);
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(&path).map_err(io)?;
    file.write_all(format!("{note}\n").as_bytes()).and_then(|()| file.sync_data()).map_err(io)
}

/// Size of the largest tree that this data folder has signed under `origin`; 0 where there is none.
///
/// # Errors
/// When the file cannot be read.
pub fn largest(data: &Path, origin: &str) -> Result<u64, KeepingFault> {
    let path = data.join(NAME);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(fault) => return Err(KeepingFault::Io(path, fault)),
    };
    let lines: Vec<_> = text.lines().collect();
    let sizes = lines.windows(2).filter(|pair| pair[0] == origin).filter_map(|pair| pair[1].parse::<u64>().ok());
    Ok(sizes.max().unwrap_or(0))
}
