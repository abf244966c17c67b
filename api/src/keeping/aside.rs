//! A demo is built aside and put in place whole: whoever is interrupted leaves nothing that looks like one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sea_orm::ConnectionTrait;

use super::KeepingFault;
use crate::{
    app::{App, Place},
    durable,
    lock::{Hold, HouseLock},
    store::{Database, StoreFault},
};

/// The settings file, which may lie in the folder before there is a house.
const SETTINGS: &str = "xinxiu.toml";
/// The embedded database while it is built.
const FILE: &str = "xinxiu.sqlite";

/// A house that is being built beside its place.
#[derive(Debug)]
pub struct Aside {
    place: Place,
    /// Where it is built.
    draft: Place,
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> KeepingFault {
    move |fault| KeepingFault::Io(path.to_owned(), fault)
}

fn not_empty(path: &Path) -> KeepingFault {
    KeepingFault::Occupied(path.display().to_string())
}

/// The name of a database file that lies in the data folder itself, and so moves with it.
fn inside<'a>(place: &Place, file: &'a Path) -> Option<&'a std::ffi::OsStr> {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let above = file.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    file.file_name().filter(|_| whole(above) == whole(&place.folder))
}

impl Aside {
    /// Begins, where nothing stands yet; what an interrupted building has left is cleared away.
    ///
    /// # Errors
    /// When the place is not empty, or somebody builds there just now.
    pub async fn begin(place: &Place) -> Result<(Self, App), KeepingFault> {
        let others = fs::read_dir(&place.folder).into_iter().flatten().flatten().any(|entry| entry.file_name() != SETTINGS);
        if others || (place.folder.exists() && !place.folder.is_dir()) {
            return Err(not_empty(&place.folder));
        }
        let sqlite = place.database.strip_prefix("sqlite:").map(Path::new);
        match sqlite {
            Some(file) if file.exists() => return Err(not_empty(file)),
            Some(_) => {}
            None if !Database::open(&place.database).await?.has_no_tables().await? => return Err(not_empty(Path::new("the database"))),
            None => {}
        }
        let mut folder = std::path::absolute(&place.folder).map_err(io(&place.folder))?.into_os_string();
        folder.push(".building");
        let folder = PathBuf::from(folder);
        let database = match sqlite {
            Some(file) => format!("sqlite:{}", folder.join(inside(place, file).unwrap_or(FILE.as_ref())).display()),
            None => place.database.clone(),
        };
        let draft = Place { database, folder, second: None, ..place.clone() };
        if draft.folder.exists() {
            // Only who is alone there may clear it away.
            drop(
                HouseLock::take(&Place { database: format!("sqlite:{}", draft.folder.join(FILE).display()), ..draft.clone() }, Hold::Alone)
                    .await?,
            );
            fs::remove_dir_all(&draft.folder).map_err(io(&draft.folder))?;
        }
        let app = App::build(&draft).await?;
        Ok((Self { place: place.clone(), draft }, app))
    }

    /// Where it is built.
    pub fn folder(&self) -> &Path {
        &self.draft.folder
    }

    /// Puts the house in place.
    ///
    /// # Errors
    /// When the place was taken meanwhile, or a file cannot be moved; then there is no house in it.
    pub async fn finish(self, app: App) -> Result<(), KeepingFault> {
        let sqlite = self.place.database.strip_prefix("sqlite:").map(PathBuf::from);
        if sqlite.is_some() {
            app.database.finish_building().await?;
            app.database.pool().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.map_err(StoreFault::from)?;
        }
        if let Some(file) = sqlite.filter(|file| inside(&self.place, file).is_none()) {
            elsewhere(&app, &file).await?;
        }
        let (from, to) = (&self.draft.folder, &self.place.folder);
        let settings = to.join(SETTINGS);
        if settings.is_file() {
            durable::copy(&settings, &from.join(SETTINGS)).map_err(io(&settings))?;
            fs::remove_file(&settings).map_err(io(&settings))?;
        }
        // An empty folder gives way to the whole one; a folder that is not empty any more does not.
        fs::rename(from, to).map_err(io(to))?;
        let above = from.parent().unwrap_or(from);
        durable::sync_folder(above).map_err(io(above))?;
        if self.place.database.starts_with("postgres") {
            app.database.finish_building().await?;
        }
        Ok(())
    }
}

/// A database file of another name or folder: whole under a name of its own, then in place.
async fn elsewhere(app: &App, file: &Path) -> Result<(), KeepingFault> {
    let mut draft = file.as_os_str().to_owned();
    draft.push(".building");
    let draft = PathBuf::from(draft);
    if draft.exists() {
        fs::remove_file(&draft).map_err(io(&draft))?;
    }
    let sql = format!("VACUUM INTO '{}'", draft.display().to_string().replace('\'', "''"));
    app.database.pool().execute_unprepared(&sql).await.map_err(StoreFault::from)?;
    fs::File::open(&draft).and_then(|draft| draft.sync_all()).map_err(io(&draft))?;
    fs::hard_link(&draft, file).and_then(|()| fs::remove_file(&draft)).map_err(io(file))?;
    for part in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(app.folder.join(format!("{FILE}{part}")));
    }
    Ok(())
}
