//! Taking a copy while the house runs.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use sea_orm::{ConnectionTrait, DbBackend};

use super::{
    KeepingFault,
    manifest::{self, Manifest},
    postgres,
};
use crate::{
    app::{App, Place},
    durable,
    store::{Database, StoreFault, trail, write},
};

pub(super) const SQLITE: &str = "house.sqlite";
pub(super) const DUMP: &str = "house.dump";
pub(super) const DOCUMENTS: &str = "documents";
pub(super) const KEYS: &str = "keys";

fn io(path: &Path) -> impl Fn(std::io::Error) -> KeepingFault {
    move |fault| KeepingFault::Io(path.to_owned(), fault)
}

/// Copies database and documents, and keys where asked, into a new folder; the copy is checked before it is called one.
///
/// # Errors
/// [`KeepingFault`] where the folder exists or a part cannot be copied; then the folder is removed again.
pub async fn take(app: &App, place: &Place, out: &Path, with_keys: bool) -> Result<Manifest, KeepingFault> {
    if out.exists() {
        return Err(KeepingFault::Exists(out.display().to_string()));
    }
    durable::make_folder(out).map_err(io(out))?;
    let copied = copy(app, place, out, with_keys).await;
    if copied.is_err() {
        let _ = fs::remove_dir_all(out); // half a copy must not look like one
    }
    copied
}

async fn copy(app: &App, place: &Place, out: &Path, with_keys: bool) -> Result<Manifest, KeepingFault> {
    let sqlite = app.database.backend() == DbBackend::Sqlite;
    let database = out.join(if sqlite { SQLITE } else { DUMP });
    // Before the dump: what the manifest promises must be in it, later entries may be.
    let (before, checkpoint) = (head(&app.database).await?, trail::last_checkpoint(&app.database).await?);
    if sqlite {
        let sql = format!("VACUUM INTO '{}'", database.display().to_string().replace('\'', "''"));
        app.database.pool().execute_unprepared(&sql).await.map_err(StoreFault::from)?;
    } else {
        postgres::dump(&place.database, &database)?;
    }
    // Documents are named by their digest and never change: those that the copy's rows name are there already.
    folder(&app.documents, &out.join(DOCUMENTS))?;
    if with_keys {
        folder(&place.folder.join(KEYS), &out.join(KEYS))?;
    }
    let (size, root) = if sqlite { head_of(&database).await? } else { before };
    let manifest = Manifest {
        format: manifest::FORMAT.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        database: if sqlite { "sqlite" } else { "postgres" }.to_owned(),
        origin: app.keys.origin().to_owned(),
        size,
        root,
        checkpoint: checkpoint.map(|(_, note)| note),
        files: digests(out, out)?,
    };
    let path = out.join(manifest::NAME);
    let text = serde_json::to_vec_pretty(&manifest).map_err(|fault| KeepingFault::Io(path.clone(), fault.into()))?;
    durable::write(&path, &text).map_err(io(&path))?;
    Ok(manifest)
}

/// Size and root of a copied database.
async fn head_of(file: &Path) -> Result<(u64, String), KeepingFault> {
    let database = Database::open(&format!("sqlite:{}", file.display())).await?;
    let found = head(&database).await?;
    database.close().await?;
    Ok(found)
}

pub(super) async fn head(database: &Database) -> Result<(u64, String), KeepingFault> {
    let (frontier, _) = write::head(database.pool()).await?;
    Ok((frontier.size(), frontier.root().to_string()))
}

/// Copies a folder of plain files; none where there is none.
pub(super) fn folder(from: &Path, to: &Path) -> Result<(), KeepingFault> {
    if !from.is_dir() {
        return Ok(());
    }
    durable::make_folder(to).map_err(io(to))?;
    for entry in fs::read_dir(from).map_err(io(from))? {
        let path = entry.map_err(io(from))?.path();
        let Some(name) = path.file_name().filter(|name| !name.to_string_lossy().starts_with('.')) else { continue };
        // What a link leads to is no part of the house.
        if path.symlink_metadata().is_ok_and(|meta| meta.is_file()) {
            durable::copy(&path, &to.join(name)).map_err(io(&path))?;
        }
    }
    Ok(())
}

fn digests(root: &Path, folder: &Path) -> Result<BTreeMap<String, String>, KeepingFault> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(io(folder))? {
        let path: PathBuf = entry.map_err(io(folder))?.path();
        if path.is_dir() {
            found.extend(digests(root, &path)?);
        } else if let Ok(name) = path.strip_prefix(root) {
            found.insert(name.to_string_lossy().into_owned(), manifest::digest(&path)?);
        }
    }
    Ok(found)
}
