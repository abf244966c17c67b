//! Bringing a copy back. A signed log never goes back behind what was signed.

use std::{fs, path::Path};

use super::{
    KeepingFault, Manifest,
    backup::{self, DOCUMENTS, DUMP, KEYS, SQLITE},
    postgres, witnessed,
};
use crate::{
    app::{App, Place},
    keys::KeyRing,
    store::{Database, trail},
};

/// How a copy is brought back.
#[derive(Clone, Copy, Debug, Default)]
pub struct How<'a> {
    /// Puts the old database aside where there is one.
    pub replace: bool,
    /// Starts a new log of this name: the old one's checkpoints no longer bind.
    pub new_origin: Option<&'a str>,
}

/// What came back.
#[derive(Debug)]
pub struct Restored {
    pub manifest: Manifest,
    pub origin: String,
    pub verified: trail::Verified,
}

/// Brings a copy back into a data folder and database, and verifies its trail.
///
/// # Errors
/// [`KeepingFault`] before anything is changed where the copy is damaged, would fork the log, or the target is not empty.
pub async fn bring_back(copy: &Path, place: &Place, how: How<'_>) -> Result<Restored, KeepingFault> {
    let manifest = Manifest::read(copy)?;
    let wanted = if place.database.starts_with("sqlite:") { "sqlite" } else { "postgres" };
    if manifest.database != wanted {
        let words = format!("it holds a {} database, the settings name {wanted}", manifest.database);
        return Err(KeepingFault::NoCopy(copy.display().to_string(), words));
    }
    let signed = signed(place, &manifest.origin).await?;
    if how.new_origin.is_none() && manifest.size < signed {
        return Err(KeepingFault::Fork { copy: manifest.size, signed });
    }
    fs::create_dir_all(&place.folder).map_err(|fault| KeepingFault::Io(place.folder.clone(), fault))?;
    if !copy.join(KEYS).is_dir() {
        // Without its keys nothing sealed opens: say so before anything is changed.
        KeyRing::open_existing(&place.folder.join(KEYS), &manifest.origin)?;
    }
    if let Some(file) = place.database.strip_prefix("sqlite:") {
        sqlite(&copy.join(SQLITE), Path::new(file), how.replace)?;
    } else if Database::open(&place.database).await?.is_empty().await? {
        postgres::load(&place.database, &copy.join(DUMP))?;
    } else {
        return Err(KeepingFault::NotEmpty("the database".to_owned()));
    }
    backup::folder(&copy.join(DOCUMENTS), &place.folder.join(DOCUMENTS))?;
    let keys = place.folder.join(KEYS);
    if copy.join(KEYS).is_dir() && !keys.is_dir() {
        backup::folder(&copy.join(KEYS), &keys)?;
        only_owner(&keys)?;
    }
    let origin = match how.new_origin {
        Some(origin) => KeyRing::start_origin(&keys, origin)?.origin().to_owned(),
        None => manifest.origin.clone(),
    };
    let app = App::open(&Place { origin: origin.clone(), ..place.clone() }).await?;
    let verified = trail::verify(&app.database, |_| {}).await?;
    Ok(Restored { manifest, origin, verified })
}

/// The largest tree that was signed here: by the file beside the database, and by the database that is to be replaced.
async fn signed(place: &Place, origin: &str) -> Result<u64, KeepingFault> {
    let file = witnessed::largest(&place.folder, origin)?;
    let there = match place.database.strip_prefix("sqlite:") {
        Some(path) => Path::new(path).is_file(),
        None => true,
    };
    if !there {
        return Ok(file);
    }
    let database = Database::open(&place.database).await?;
    let kept = if database.is_empty().await? { 0 } else { trail::last_checkpoint(&database).await?.map_or(0, |(size, _)| size) };
    database.close().await?;
    Ok(file.max(kept))
}

/// Puts the database in place whole: a copy beside it, then one rename.
fn sqlite(from: &Path, to: &Path, replace: bool) -> Result<(), KeepingFault> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |fault| KeepingFault::Io(path, fault)
    };
    if to.exists() && !replace {
        return Err(KeepingFault::NotEmpty(to.display().to_string()));
    }
    let draft = to.with_extension("restoring");
    fs::copy(from, &draft).map_err(io(&draft))?;
    fs::File::open(&draft).and_then(|file| file.sync_all()).map_err(io(&draft))?;
    // The old database's journal belongs to the old file.
    for ending in ["-wal", "-shm"] {
        let mut journal = to.as_os_str().to_owned();
        journal.push(ending);
        match fs::remove_file(&journal) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => return Err(KeepingFault::Io(journal.into(), fault)),
            _ => {}
        }
    }
    if to.exists() {
        let aside = to.with_extension("replaced");
        fs::rename(to, &aside).map_err(io(&aside))?;
    }
    fs::rename(&draft, to).map_err(io(to))
}

fn only_owner(folder: &Path) -> Result<(), KeepingFault> {
    use std::os::unix::fs::PermissionsExt;
    for entry in fs::read_dir(folder).map_err(|fault| KeepingFault::Io(folder.to_owned(), fault))?.flatten() {
        let path = entry.path();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).map_err(|fault| KeepingFault::Io(path.clone(), fault))?;
    }
    Ok(())
}
