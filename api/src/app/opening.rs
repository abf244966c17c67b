//! Opening a house that is there, making one where there is none.

use std::{path::Path, sync::Arc};

use workflows::engine::Rules;

use super::{App, Place, StartFault};
use crate::{
    carried::Carried,
    checkpoints::signed::{self, Places},
    clock::Clock,
    door::Committer,
    durable,
    keys::KeyRing,
    law::{self, Held},
    lock::{Hold, HouseLock},
    password::Passwords,
    recent::Recent,
    store::{Database, StoreFault, witness, write},
    viewers::Viewers,
};

/// Maps of the published list that are kept: the one noted last, and the one before it while it is asked for.
const MAPS: usize = 2;

/// All the law that is built in, checked.
///
/// # Errors
/// Everything that is wrong, with file, line and column.
pub fn rules() -> Result<Rules, StartFault> {
    Ok(Rules::embedded()?)
}

/// The key ring; new keys are made for a new house only, since no new key opens what an old one sealed.
async fn key_ring(database: &Database, place: &Place) -> Result<KeyRing, StartFault> {
    let folder = place.folder.join("keys");
    let (frontier, _) = write::head(database.pool()).await?;
    let open = if frontier.size() == 0 { KeyRing::open_or_create } else { KeyRing::open_existing };
    Ok(open(&folder, &place.origin)?)
}

/// A folder that only its owner can enter; one that is there and empty becomes such a one.
fn private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    durable::make_folder(folder)?;
    if std::fs::read_dir(folder)?.next().is_none() {
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// The law of the house at a place, as far as there is one yet: that of the program, and what was loaded there.
///
/// # Errors
/// When the law or the database cannot be read.
pub async fn law_of(place: &Place) -> Result<Rules, StartFault> {
    let file = place.database.strip_prefix("sqlite:").map(Path::new);
    if file.is_some_and(|file| !file.exists()) {
        return Ok(Rules::embedded()?);
    }
    let database = Database::open(&place.database).await?;
    // Before its migration a house has loaded nothing.
    if database.is_empty().await? || database.pending().await? > 0 {
        return Ok(Rules::embedded()?);
    }
    Ok(Rules::with_rows(&law::rows(&database).await?)?)
}

impl App {
    /// Opens a house that is there: database, keys, law; then the door.
    ///
    /// # Errors
    /// [`StartFault`] when there is none, when another build made it, or when any of it cannot be used.
    pub async fn open(place: &Place) -> Result<Self, StartFault> {
        Self::opened(place, true).await
    }

    /// Opens a house to look at its trail: also one whose tree is not what was signed.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_to_verify(place: &Place) -> Result<Self, StartFault> {
        Self::opened(place, false).await
    }

    async fn opened(place: &Place, refuse_fork: bool) -> Result<Self, StartFault> {
        let no_house = |missing: String| StartFault::NoHouse { folder: place.folder.clone(), missing };
        let file = place.database.strip_prefix("sqlite:").map(Path::new);
        if let Some(missing) = [Some(place.folder.as_path()), file].into_iter().flatten().find(|path| !path.exists()) {
            return Err(no_house(format!("there is no {}", missing.display())));
        }
        if let Some(file) = file.filter(|file| file.metadata().is_ok_and(|meta| meta.len() == 0)) {
            return Err(no_house(format!("{} is empty", file.display())));
        }
        let lock = HouseLock::take(place, Hold::Shared).await?;
        let database = Database::open(&place.database).await?;
        if database.is_empty().await? {
            return Err(no_house("its database has no tables".to_owned()));
        }
        database.refuse_unfinished().await?;
        Self::under(place, lock, database, refuse_fork).await
    }

    /// Makes a house where there is none, and brings the tables of one up to date; alone while it does, then beside others.
    ///
    /// # Errors
    /// [`StartFault`] when somebody works in it, another build made it, or it cannot be made.
    pub async fn make(place: &Place) -> Result<Self, StartFault> {
        Self::made(place, false).await
    }

    /// Makes a house and stays alone in it; until [`Database::finish_building`] nobody opens it.
    ///
    /// # Errors
    /// As [`App::make`].
    pub async fn build(place: &Place) -> Result<Self, StartFault> {
        Self::made(place, true).await
    }

    async fn made(place: &Place, building: bool) -> Result<Self, StartFault> {
        private(&place.folder).map_err(|fault| StartFault::Folder { folder: place.folder.clone(), fault })?;
        let mut lock = HouseLock::take(place, Hold::Alone).await?;
        let database = Database::create(&place.database).await?;
        if !database.is_empty().await? {
            match database.refuse_other_build().await {
                // Nothing was written before the making of it was interrupted: it goes on.
                Err(StoreFault::Unfinished) => {}
                Ok(()) => database.refuse_unfinished().await?,
                Err(fault) => return Err(fault.into()),
            }
        }
        database.migrate().await?;
        database.introduce(building, Clock::real().now()).await?;
        if !building {
            lock.share().await?;
        }
        Self::under(place, lock, database, true).await
    }

    /// The house of a lock that is held.
    pub(crate) async fn under(place: &Place, mut lock: HouseLock, database: Database, refuse_fork: bool) -> Result<Self, StartFault> {
        database.know().await?;
        match database.pending().await? {
            0 => {}
            count => return Err(StartFault::Pending(count)),
        }
        lock.watch(&database);
        let law = Held::new(Rules::with_rows(&law::rows(&database).await?)?);
        database.keep_definitions(&law.get().catalogue).await?;
        let keys = Arc::new(key_ring(&database, place).await?);
        if refuse_fork {
            let verifiers = keys.verifier_keys();
            let places = Places { folder: &place.folder, second: place.second.as_deref(), origin: keys.origin(), keys: &verifiers };
            signed::refuse_fork(&database, places).await?;
        }
        let clock = Clock::real();
        database.read_clock(&clock).await?;
        let gap = database
            .settings()
            .await?
            .get(witness::GAP)
            .and_then(|text| text.parse().ok())
            .or_else(|| law.get().law.settings().number(witness::GAP));
        witness::read(&database, &clock, gap.unwrap_or_default()).await?;
        let viewers = Viewers::default();
        let door = Committer::start(database.clone(), law.clone(), clock.clone(), viewers.clone());
        Ok(Self {
            database,
            law,
            door,
            clock,
            sign_in_clock: Clock::real(),
            viewers,
            keys,
            folder: place.folder.clone(),
            documents: place.folder.join("documents"),
            second: place.second.clone(),
            lock: Arc::new(lock),
            carried: Carried::default(),
            passwords: Passwords::default(),
            noted: Recent::at_most(MAPS),
            fonts: None,
            open_id: None,
            registration: None,
        })
    }
}
