//! Every checkpoint that a house has signed, against the tree as it stands: a tree that does not contain one is a second
//! history.

use std::path::{Path, PathBuf};

use domain::merkle::Hash;
use sea_orm::ConnectionTrait;

use super::{CheckpointFault, witnessed};
use crate::{
    proofs,
    store::{Database, StoreFault, trail, tree, verify, write},
};

/// The fact that names every second place with which the house has signed.
const PLACES: &str = "checkpoint_copies";

/// A checkpoint whose signature holds, and where it was found.
#[derive(Clone, Debug)]
pub struct Found {
    pub place: String,
    pub size: u64,
    pub root: Hash,
}

/// Checkpoints of one log, and what is wrong with others.
#[derive(Clone, Debug, Default)]
pub struct Signed {
    pub found: Vec<Found>,
    pub faults: Vec<String>,
}

impl Signed {
    /// Adds a note, where it is of this log; one that none of the keys has signed is a fault.
    pub fn add(&mut self, place: &str, note: &str, origin: &str, keys: &[String]) {
        let opened = keys.iter().find_map(|key| proofs::open(note, key).ok());
        match opened {
            Some(signed) if signed.origin == origin => {
                self.found.push(Found { place: place.to_owned(), size: signed.size, root: signed.root });
            }
            Some(_) => {}
            None => self.faults.push(format!(
                "{place}: a checkpoint there was signed by no key of this house: {}",
                note.lines().take(2).collect::<Vec<_>>().join(", ")
            )),
        }
    }

    /// The largest of each place.
    pub fn newest(&self) -> Vec<&Found> {
        let mut newest: Vec<&Found> = Vec::new();
        for found in &self.found {
            match newest.iter_mut().find(|other| other.place == found.place) {
                Some(other) if other.size < found.size => *other = found,
                Some(_) => {}
                None => newest.push(found),
            }
        }
        newest
    }

    /// All of them by size, each size and root once: to be met one after the other.
    pub fn by_size(&self) -> Vec<verify::Checkpointed> {
        let mut all: Vec<_> = self.found.iter().map(|found| (found.size, found.root, found.place.clone())).collect();
        all.sort_by_cached_key(|(size, root, _)| (*size, root.to_string()));
        all.dedup_by(|a, b| (a.0, a.1) == (b.0, b.1));
        all
    }
}

/// The places in which a house keeps what it has signed.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    pub folder: &'a Path,
    pub second: Option<&'a Path>,
    pub origin: &'a str,
    /// Verifier keys: those of the ring, and those that the operator trusts.
    pub keys: &'a [String],
}

/// Checkpoints that somebody outside holds, given as files.
///
/// # Errors
/// When a file cannot be read, or is signed by none of the keys.
pub fn given(signed: &mut Signed, files: &[PathBuf], places: Places<'_>) -> Result<(), CheckpointFault> {
    let before = signed.faults.len();
    for file in files {
        let note = std::fs::read_to_string(file).map_err(|fault| CheckpointFault::Io(file.clone(), fault))?;
        signed.add(&file.display().to_string(), &note, places.origin, places.keys);
    }
    match signed.faults.get(before) {
        Some(fault) => Err(CheckpointFault::Foreign(fault.clone())),
        None => Ok(()),
    }
}

/// Every checkpoint in the folder and in the second place.
///
/// # Errors
/// When one of them cannot be read.
pub fn in_files(places: Places<'_>) -> Result<Signed, CheckpointFault> {
    let mut signed = Signed::default();
    let second = places.second.map(witnessed::second_file);
    let own = [witnessed::NAME, witnessed::RUNNING].map(|name| places.folder.join(name));
    for path in own.into_iter().chain(second) {
        for note in witnessed::notes(&path)? {
            signed.add(&path.display().to_string(), &note, places.origin, places.keys);
        }
    }
    Ok(signed)
}

/// Adds every checkpoint in a database.
///
/// # Errors
/// When the database fails.
pub async fn in_database(signed: &mut Signed, database: &Database, origin: &str, keys: &[String]) -> Result<(), StoreFault> {
    let rows = database.pool().query_all_raw(database.statement("SELECT note FROM checkpoint ORDER BY size", Vec::new())).await?;
    for row in rows {
        signed.add("the database", &row.try_get_by_index::<String>(0)?, origin, keys);
    }
    if let Some((_, note)) = trail::running_checkpoint(database).await? {
        signed.add("the database", &note, origin, keys);
    }
    Ok(())
}

/// Refuses a tree that does not contain the newest checkpoint of each place, or a second place that was used and is empty.
///
/// # Errors
/// [`CheckpointFault::Fork`] or [`CheckpointFault::NoSecond`], or when a place cannot be read.
pub async fn refuse_fork(database: &Database, places: Places<'_>) -> Result<(), CheckpointFault> {
    let mut signed = in_files(places)?;
    if let Some((_, note)) = trail::last_checkpoint(database).await? {
        signed.add("the database", &note, places.origin, places.keys);
    }
    if let Some(fault) = signed.faults.first() {
        return Err(CheckpointFault::Foreign(fault.clone()));
    }
    for found in signed.newest() {
        if !tree::begins_with(database.pool(), found.size, &found.root).await? {
            let (head, _) = write::head(database.pool()).await?;
            return Err(CheckpointFault::Fork { place: found.place.clone(), entries: head.size(), signed: found.size });
        }
    }
    match places.second {
        Some(second) if used(database, second).await? && witnessed::notes(&witnessed::second_file(second))?.is_empty() => {
            Err(CheckpointFault::NoSecond(witnessed::second_file(second)))
        }
        _ => Ok(()),
    }
}

async fn used_places(database: &Database) -> Result<Vec<String>, StoreFault> {
    Ok(database.fact(PLACES).await?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

async fn used(database: &Database, second: &Path) -> Result<bool, StoreFault> {
    Ok(used_places(database).await?.contains(&second.display().to_string()))
}

/// Begins a second place anew, where what was there is lost for good.
///
/// # Errors
/// When the database fails.
pub async fn forget_second(database: &Database, second: &Path) -> Result<(), StoreFault> {
    let mut places = used_places(database).await?;
    places.retain(|place| *place != second.display().to_string());
    keep(database, &places).await
}

async fn keep(database: &Database, places: &[String]) -> Result<(), StoreFault> {
    let text = serde_json::to_string(places).map_err(StoreFault::broken)?;
    database.set_fact(PLACES, &text).await
}

/// Notes that the house has signed with a second place, so that an empty one is noticed later.
///
/// # Errors
/// When the database fails.
pub async fn remember_second(database: &Database, second: &Path) -> Result<(), StoreFault> {
    let (mut places, name) = (used_places(database).await?, second.display().to_string());
    if places.contains(&name) {
        return Ok(());
    }
    places.push(name);
    keep(database, &places).await
}
