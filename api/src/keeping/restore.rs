//! Bringing a copy back. A signed log never goes back behind what was signed: the copy is opened beside the house, verified
//! and compared with every signed checkpoint before anything is put in place.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    KeepingFault, Manifest,
    backup::{self, DOCUMENTS, DUMP, KEYS, SQLITE},
    postgres,
};
use sea_orm::ConnectionTrait;
use workflows::engine::Rules;

use crate::{
    app::{Place, StartFault},
    checkpoints::{
        CheckpointFault,
        signed::{self, Places, Signed},
    },
    durable,
    keys::KeyRing,
    law,
    lock::{Hold, HouseLock},
    store::{Database, StoreFault, tree, verify},
};

/// How a copy is brought back.
#[derive(Clone, Copy, Debug, Default)]
pub struct How<'a> {
    /// Puts the old database aside where there is one.
    pub replace: bool,
    /// Starts a new log of this name: the old one's checkpoints no longer bind.
    pub new_origin: Option<&'a str>,
    /// Files with checkpoints that somebody outside holds.
    pub checkpoints: &'a [PathBuf],
    /// Verifier keys that the operator trusts beside those of the ring.
    pub keys: &'a [String],
}

/// What came back.
#[derive(Debug)]
pub struct Restored {
    pub manifest: Manifest,
    pub origin: String,
    pub verified: verify::Verified,
    /// Where the old database went.
    pub aside: Option<PathBuf>,
    /// The old database could not be read, so that its checkpoints were not compared.
    pub unread: Option<String>,
}

/// Brings a copy back into a data folder and database.
///
/// # Errors
/// [`KeepingFault`] before anything is changed where somebody works in the house, the copy is damaged or would fork the
/// log, or the target is not empty.
pub async fn bring_back(copy: &Path, place: &Place, how: How<'_>) -> Result<Restored, KeepingFault> {
    let manifest = Manifest::read(copy)?;
    let wanted = if place.database.starts_with("sqlite:") { "sqlite" } else { "postgres" };
    if manifest.database != wanted {
        let words = format!("it holds a {} database, the settings name {wanted}", manifest.database);
        return Err(KeepingFault::NoCopy(copy.display().to_string(), words));
    }
    durable::make_folder(&place.folder).map_err(|fault| KeepingFault::Io(place.folder.clone(), fault))?;
    let lock = HouseLock::take(place, Hold::Alone).await?;
    let restored = put_back(copy, manifest, place, how).await;
    lock.release().await?;
    restored
}

async fn put_back(copy: &Path, manifest: Manifest, place: &Place, how: How<'_>) -> Result<Restored, KeepingFault> {
    let file = place.database.strip_prefix("sqlite:").map(Path::new);
    if let Some(file) = file.filter(|file| file.exists() && !how.replace) {
        return Err(KeepingFault::NotEmpty(file.display().to_string()));
    }
    // Without its keys nothing sealed opens, and nothing signed can be checked: say so before anything is changed.
    let own = place.folder.join(KEYS);
    let with_keys = copy.join(KEYS).is_dir();
    if !with_keys && how.new_origin.is_none() {
        KeyRing::open_existing(&own, &manifest.origin)?;
    }
    let ring = KeyRing::verifiers_in(&if own.is_dir() || !with_keys { own.clone() } else { copy.join(KEYS) })?;
    let verifiers: Vec<_> = ring.into_iter().chain(how.keys.iter().cloned()).collect();
    let places = Places { folder: &place.folder, second: place.second.as_deref(), origin: &manifest.origin, keys: &verifiers };
    let mut signed = if how.new_origin.is_some() { Signed::default() } else { signed::in_files(places)? };
    signed::given(&mut signed, how.checkpoints, places)?;
    let (verified, unread, aside) = match file {
        Some(file) => sqlite(copy, file, &mut signed, places, how).await?,
        None => postgresql(copy, &place.database, &mut signed, places).await?,
    };
    papers(copy, &manifest, &place.folder)?;
    if with_keys && !own.is_dir() {
        backup::folder(&copy.join(KEYS), &own)?;
    }
    let origin = match how.new_origin {
        Some(origin) => KeyRing::start_origin(&own, origin)?.origin().to_owned(),
        None => manifest.origin.clone(),
    };
    KeyRing::open_existing(&own, &origin)?;
    Ok(Restored { manifest, origin, verified, aside, unread })
}

type Placed = (verify::Verified, Option<String>, Option<PathBuf>);

/// A copy of this build's house, and of one that was finished.
async fn whole(database: &Database) -> Result<(), KeepingFault> {
    database.refuse_other_build().await?;
    Ok(database.refuse_unfinished().await?)
}

/// Verifies a database that is not in place yet, and that it holds every entry that was signed.
async fn sound(database: &Database, signed: &mut Signed, places: Places<'_>) -> Result<verify::Verified, KeepingFault> {
    let rules = Rules::with_rows(&law::rows(database).await?).map_err(StartFault::from)?;
    database.keep_definitions(&rules.catalogue).await?;
    signed::in_database(signed, database, places.origin, places.keys).await?;
    if let Some(fault) = signed.faults.first() {
        return Err(CheckpointFault::Foreign(fault.clone()).into());
    }
    for found in signed.newest() {
        if !tree::begins_with(database.pool(), found.size, &found.root).await? {
            let (entries, _) = backup::head(database).await?;
            return Err(CheckpointFault::Fork { place: found.place.clone(), entries, signed: found.size }.into());
        }
    }
    let verified = verify::verify_against(database, &signed.by_size(), |_| {}).await?;
    match verified.faults.first() {
        Some(fault) => Err(KeepingFault::Unsound(fault.clone())),
        None => Ok(verified),
    }
}

/// The copy's file opened beside the house's, and put in its place with one rename.
async fn sqlite(copy: &Path, to: &Path, signed: &mut Signed, places: Places<'_>, how: How<'_>) -> Result<Placed, KeepingFault> {
    let mut unread = None;
    if to.exists() {
        // Opening it also brings its journal home, so that what is set aside is one file.
        let mut found = signed.clone();
        unread = of_old(to, &mut found, places).await.err().map(|fault| fault.to_string());
        if how.new_origin.is_none() {
            *signed = found;
        }
    }
    let draft = with_ending(to, ".restoring");
    clear(&draft)?;
    durable::copy(&copy.join(SQLITE), &draft).map_err(|fault| KeepingFault::Io(draft.clone(), fault))?;
    let checked = async {
        let database = Database::open(&format!("sqlite:{}", draft.display())).await?;
        let verified = async {
            whole(&database).await?;
            sound(&database, signed, places).await
        };
        let verified = verified.await;
        if verified.is_ok() {
            database.renew_generation().await?;
            // Its journal comes home before the file gets another name.
            database.pool().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.map_err(StoreFault::from)?;
        }
        database.close().await?;
        verified
    };
    let verified = match checked.await {
        Ok(verified) => verified,
        Err(fault) => {
            clear(&draft)?;
            return Err(fault);
        }
    };
    let aside = put_in_place(&draft, to)?;
    clear(&draft)?;
    Ok((verified, unread, aside))
}

async fn of_old(file: &Path, signed: &mut Signed, places: Places<'_>) -> Result<(), KeepingFault> {
    let database = Database::open(&format!("sqlite:{}", file.display())).await?;
    let mut found = signed.clone();
    let read =
        if database.is_empty().await? { Ok(()) } else { signed::in_database(&mut found, &database, places.origin, places.keys).await };
    database.close().await?;
    read?;
    found.found.iter_mut().skip(signed.found.len()).for_each(|found| "the database that is to be replaced".clone_into(&mut found.place));
    *signed = found;
    Ok(())
}

/// The dump is brought into an empty database and checked there while nobody else is let in; where it is not good, the
/// database is emptied again.
async fn postgresql(copy: &Path, url: &str, signed: &mut Signed, places: Places<'_>) -> Result<Placed, KeepingFault> {
    let database = Database::open(url).await?;
    if !database.has_no_tables().await? {
        database.close().await?;
        return Err(KeepingFault::NotEmpty("the database".to_owned()));
    }
    let brought = async {
        postgres::load(url, &copy.join(DUMP))?;
        // Whoever is killed between here and the end leaves a house that is refused.
        whole(&database).await?;
        database.begin_building().await?;
        let verified = sound(&database, signed, places).await?;
        database.renew_generation().await?;
        database.finish_building().await?;
        Ok(verified)
    };
    let verified = match brought.await {
        Ok(verified) => verified,
        Err(fault) => {
            database.empty().await?;
            return Err(fault);
        }
    };
    database.close().await?;
    Ok((verified, None, None))
}

/// Every paper that the manifest names; one that is there whole stays.
fn papers(copy: &Path, manifest: &Manifest, to: &Path) -> Result<(), KeepingFault> {
    let documents = to.join(DOCUMENTS);
    for (name, digest) in &manifest.files {
        let Some(paper) = name.strip_prefix(DOCUMENTS).and_then(|rest| rest.strip_prefix('/')) else { continue };
        let path = documents.join(paper);
        if path.is_file() && super::manifest::digest(&path)? == *digest {
            continue;
        }
        let copied = durable::make_folder(&documents).and_then(|()| durable::copy(&copy.join(name), &path));
        copied.map_err(|fault| KeepingFault::Io(path, fault))?;
    }
    Ok(())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut whole = path.as_os_str().to_owned();
    whole.push(ending);
    whole.into()
}

/// A database file and what belongs to it.
const PARTS: [&str; 3] = ["", "-wal", "-shm"];

fn clear(file: &Path) -> Result<(), KeepingFault> {
    for part in PARTS {
        let path = with_ending(file, part);
        match fs::remove_file(&path) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => return Err(KeepingFault::Io(path, fault)),
            _ => {}
        }
    }
    Ok(())
}

/// Sets the old database aside, with its journal, under a name that no earlier one has, and puts the new one in its place.
fn put_in_place(draft: &Path, to: &Path) -> Result<Option<PathBuf>, KeepingFault> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |fault| KeepingFault::Io(path, fault)
    };
    let mut aside = None;
    if to.exists() {
        let free = (1_u32..=u32::MAX)
            .map(|number| with_ending(to, &format!(".replaced-{number}")))
            .find(|path| PARTS.iter().all(|part| !with_ending(path, part).exists()));
        let name = free.unwrap_or_else(|| with_ending(to, ".replaced"));
        // The old file keeps its name until the new one takes it: there is no moment without a database.
        fs::hard_link(to, &name).map_err(io(&name))?;
        for part in &PARTS[1..] {
            let journal = with_ending(to, part);
            if journal.exists() {
                fs::rename(&journal, with_ending(&name, part)).map_err(io(&journal))?;
            }
        }
        aside = Some(name);
    }
    fs::rename(draft, to).map_err(io(to))?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    durable::sync_folder(folder).map_err(io(folder))?;
    Ok(aside)
}
