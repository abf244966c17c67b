//! What a copy says of itself.

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::KeepingFault;

/// Form of the manifest.
pub(super) const FORMAT: &str = "xinxiu-backup@v1";
pub(super) const NAME: &str = "manifest.json";

/// The manifest of a copy.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: String,
    pub program: String,
    /// `sqlite` or `postgres`
    pub database: String,
    /// Name of the log.
    pub origin: String,
    /// Entries in the copy, and the root of their tree.
    pub size: u64,
    pub root: String,
    /// The newest checkpoint signed before the copy was taken.
    pub checkpoint: Option<String>,
    /// SHA-256 of every file of the copy, by its path.
    pub files: BTreeMap<String, String>,
}

/// SHA-256 of a file, read in pieces.
pub(super) fn digest(path: &Path) -> Result<String, KeepingFault> {
    let io = |fault| KeepingFault::Io(path.to_owned(), fault);
    let mut file = std::fs::File::open(path).map_err(io)?;
    let mut hash = Sha256::new();
    std::io::copy(&mut file, &mut hash).map_err(io)?;
    Ok(format!("{:x}", hash.finalize()))
}

/// Names of all files of a copy; a link or anything else that is no plain file or folder is a fault, since nobody knows
/// where it leads.
fn listed(root: &Path, folder: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let words = |path: &Path, fault: std::io::Error| format!("{}: {fault}", path.display());
    for entry in std::fs::read_dir(folder).map_err(|fault| words(folder, fault))? {
        let entry = entry.map_err(|fault| words(folder, fault))?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(|fault| words(&entry.path(), fault))?);
        if kind.is_dir() {
            found.extend(listed(root, &path)?);
        } else if kind.is_file() {
            found.push(path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned());
        } else {
            return Err(format!("{} is a link or another thing that is not copied", path.display()));
        }
    }
    Ok(found)
}

impl Manifest {
    /// Reads a copy's manifest and checks every file against it.
    ///
    /// # Errors
    /// [`KeepingFault`] where the folder is no copy, was changed, or is a newer program's.
    pub fn read(folder: &Path) -> Result<Self, KeepingFault> {
        let path = folder.join(NAME);
        let no_copy = |why: String| KeepingFault::NoCopy(folder.display().to_string(), why);
        let text = std::fs::read(&path).map_err(|fault| no_copy(format!("{NAME}: {fault}")))?;
        let manifest: Self = serde_json::from_slice(&text).map_err(|fault| no_copy(fault.to_string()))?;
        if manifest.format != FORMAT {
            return Err(no_copy(format!("its form is {}, not {FORMAT}", manifest.format)));
        }
        let number = |text: &str| text.split('.').map(|part| part.parse::<u64>().unwrap_or(0)).collect::<Vec<_>>();
        let own = env!("CARGO_PKG_VERSION");
        if number(&manifest.program) > number(own) {
            return Err(KeepingFault::Newer(manifest.program, own.to_owned()));
        }
        let there = listed(folder, folder).map_err(no_copy)?;
        if let Some(name) = there.iter().find(|name| *name != NAME && !manifest.files.contains_key(*name)) {
            return Err(no_copy(format!("it holds {name}, which {NAME} does not name")));
        }
        for (name, expected) in &manifest.files {
            let path = folder.join(name);
            // A name that leaves the folder was never written by a backup.
            if name.split('/').any(|part| part == ".." || part.is_empty()) {
                return Err(no_copy(format!("it names {name}")));
            }
            if digest(&path)? != *expected {
                return Err(KeepingFault::Changed(path.display().to_string()));
            }
        }
        Ok(manifest)
    }
}
