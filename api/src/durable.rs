//! Files that are on the disk, with their names, before anybody is told that they are there.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{ErrorKind, Result, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

/// What helps against a fault of a file, as the end of a sentence that has named it; nothing where that is plain.
pub fn cure(fault: &std::io::Error) -> &'static str {
    match fault.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "; free some space on its disk",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "; the account that runs this program has to be able to read and write there"
        }
        ErrorKind::NotFound => "; the folder has to be there, and the account that runs this program has to be able to write in it",
        _ => "",
    }
}

fn above(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Puts the names in a folder on the disk.
///
/// # Errors
/// When the folder cannot be synced.
pub fn sync_folder(folder: &Path) -> Result<()> {
    File::open(folder)?.sync_all()
}

/// Makes a folder that only its owner can enter, where there is none.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    sync_folder(above(folder))
}

/// Writes a file whole, readable by its owner alone: a draft, synced, put in place, and its folder synced.
///
/// # Errors
/// When any of it fails; then the file is as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = above(path).join(format!(".{name}.{}", uuid::Uuid::new_v4().simple()));
    let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, path)?;
        sync_folder(above(path))
    });
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}

/// Copies a file the same way.
///
/// # Errors
/// As [`write`].
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let draft = above(to).join(format!(".{name}.{}", uuid::Uuid::new_v4().simple()));
    let copied = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft).and_then(|mut file| {
        std::io::copy(&mut File::open(from)?, &mut file)?;
        file.sync_all()?;
        fs::rename(&draft, to)?;
        sync_folder(above(to))
    });
    if copied.is_err() {
        let _ = fs::remove_file(&draft);
    }
    copied
}
