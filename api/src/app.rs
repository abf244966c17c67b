//! The whole application: what every door into it holds.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::{
    admin::AdminAct,
    canonical,
    command::{Actor, Arguments, Command, Target},
    identifier::ResidentId,
    ids::AccountId,
    personal::{Sealed, commitment},
};
use futures_util::future::join_all;
use sea_orm::EntityTrait;
use secrecy::SecretString;
use uuid::Uuid;
use workflows::engine::Rules;

use crate::{
    clock::Clock,
    door::{Answer, Committer, Credential, Door, DoorFault, PersonalDraft, Work},
    durable,
    files::{commits::Commits, jobs::Jobs},
    keeping::signed::{self, Places},
    keys::{KeyFault, KeyRing, salt},
    law::{self, Held},
    lock::{Hold, HouseLock},
    people::{Viewer, Viewers, sign_in, tokens},
    store::{Database, StoreFault, entities, trail, write},
    work::{guard, rounds::Rounds},
};

pub use crate::place::{Place, StartFault};

/// The application; clones share everything.
#[derive(Clone, Debug)]
pub struct App {
    pub database: Database,
    /// The law as it stands.
    pub law: Held,
    pub door: Door,
    pub clock: Clock,
    /// Time by which tokens and locks of accounts end: real time even where the house has a demo's clock.
    pub sign_in_clock: Clock,
    /// Viewers read lately.
    pub viewers: Viewers,
    pub keys: Arc<KeyRing>,
    /// Folder of keys, documents and signed checkpoints.
    pub folder: PathBuf,
    pub documents: PathBuf,
    /// Second place of the last checkpoint.
    pub second: Option<PathBuf>,
    /// Held as long as anybody works in the house.
    pub lock: Arc<HouseLock>,
    /// Checks of files that are under way.
    pub checks: Arc<Jobs>,
    /// Files whose rows arrive.
    pub imports: Arc<Commits>,
    pub rounds: Rounds,
}

/// All the law that is built in, checked.
///
/// # Errors
/// Everything that is wrong, with file, line and column.
pub fn rules() -> Result<Rules, StartFault> {
    Ok(Rules::embedded()?)
}

/// The key ring; new keys are made for a new house only, since no new key opens what an old one sealed.
async fn ring(database: &Database, place: &Place) -> Result<KeyRing, StartFault> {
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
                Ok(()) | Err(StoreFault::Unfinished) => {}
                Err(fault) => return Err(fault.into()),
            }
            database.refuse_unfinished().await?;
        }
        database.migrate().await?;
        if database.introduce(building).await? {
            guard::begin(&database, Clock::real().now()).await?;
        }
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
        let keys = Arc::new(ring(&database, place).await?);
        if refuse_fork {
            let verifiers = keys.verifier_keys();
            let places = Places { folder: &place.folder, second: place.second.as_deref(), origin: keys.origin(), keys: &verifiers };
            signed::refuse_fork(&database, places).await.map_err(|fault| StartFault::Signed(Box::new(fault)))?;
        }
        let clock = Clock::real();
        database.read_clock(&clock).await?;
        let gap = database
            .settings()
            .await?
            .get(guard::GAP)
            .and_then(|text| text.parse().ok())
            .or_else(|| law.get().law.settings().number(guard::GAP));
        guard::read(&database, &clock, gap.unwrap_or_default()).await?;
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
            checks: Arc::default(),
            imports: Arc::default(),
            rounds: Rounds::default(),
        })
    }

    /// The law as it stands now.
    pub fn rules(&self) -> Arc<Rules> {
        self.law.get()
    }

    /// Who is behind a bearer token: the public where there is none, nobody at all where it is no longer good.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn viewer(&self, token: Option<&SecretString>) -> Result<Option<Viewer>, StoreFault> {
        match token {
            None => Ok(Some(Viewer::default())),
            Some(token) => tokens::viewer(self, token).await,
        }
    }

    /// Seals a personal text: what the command carries, and what is written beside it.
    ///
    /// # Errors
    /// When the cipher refuses.
    pub fn seal(&self, path: &str, value: &str) -> Result<(Sealed, PersonalDraft), KeyFault> {
        let (id, salt) = (Uuid::now_v7(), salt());
        let sealed = self.keys.seal(path, value)?;
        let draft = PersonalDraft {
            id,
            path: path.to_owned(),
            salt: Uuid::from_bytes(salt).simple().to_string(),
            key_id: sealed.key_id,
            sealed: sealed.text,
        };
        Ok((Sealed { id, commitment: commitment(&salt, path, value) }, draft))
    }

    /// Seals a login, with the key that it is looked up by: another account's where that login was given before.
    ///
    /// # Errors
    /// When the cipher or the database refuses.
    pub async fn seal_login(&self, login: &str) -> Result<(Sealed, String, PersonalDraft), StoreFault> {
        let login = &canonical::login_shown(login);
        let (sealed, draft) = self.seal("account.login", login).map_err(|fault| StoreFault::Broken(fault.to_string()))?;
        let taken = sign_in::account(self, login).await?.and_then(|row| row.login_key);
        Ok((sealed, taken.unwrap_or_else(|| self.keys.keyed_hash(&canonical::login(login))), draft))
    }

    /// A setting as it stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreFault> {
        let changed = entities::setting::Entity::find_by_id(key).one(self.database.pool()).await?;
        Ok(changed.map(|row| row.value).or_else(|| self.rules().law.settings().text(key)))
    }

    /// A number of a setting; 0 where it holds none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn setting_number(&self, key: &str) -> Result<u32, StoreFault> {
        Ok(self.setting(key).await?.and_then(|text| text.parse().ok()).unwrap_or_default())
    }

    /// A person's identity number as it is shown: its ends kept as the settings say.
    ///
    /// # Errors
    /// When the database fails or the key is missing.
    pub async fn masked(&self, number: &Sealed) -> Result<Option<String>, StoreFault> {
        let Some(text) = self.unseal(number).await? else { return Ok(None) };
        let (first, last) = (self.setting_number("mask_keep_first").await?, self.setting_number("mask_keep_last").await?);
        let number = ResidentId::parse(&text, self.clock.today()).ok();
        Ok(number.map(|number| number.masked(first as usize, last as usize)))
    }

    /// Opens a sealed text; none where it was erased.
    ///
    /// # Errors
    /// When the database fails or the key is missing.
    pub async fn unseal(&self, value: &Sealed) -> Result<Option<String>, StoreFault> {
        let Some(kept) = self.database.sealed(value).await? else { return Ok(None) };
        let text = self.keys.open(&kept.key_id, &kept.path, &kept.sealed);
        text.map(Some).map_err(|fault| StoreFault::Broken(fault.to_string()))
    }

    /// An administrative act by somebody, now.
    pub fn about_the_house(&self, actor: Actor, act: AdminAct) -> Command {
        let now = self.clock.now();
        Command {
            actor,
            target: Target::House,
            verbs: Vec::new(),
            arguments: Arguments::default(),
            admin: Some(Box::new(act)),
            effective_on: now.day(),
            now,
            seed: Uuid::now_v7(),
            timer: None,
        }
    }

    /// Hands an act to the door.
    ///
    /// # Errors
    /// [`DoorFault`] where no lawful answer could be given.
    pub async fn submit(
        &self,
        command: Command,
        expected_version: Option<i64>,
        idempotency: Option<(AccountId, Uuid, String)>,
        personal: Vec<PersonalDraft>,
        keep_refusal: bool,
    ) -> Result<Answer, DoorFault> {
        let receipt = idempotency
            // Under the house's key: a hash that anybody can make would confirm a guess at what was written.
            .map(|(account, key, input)| (format!("{account}|{key}"), self.keys.keyed_hashes(&input)));
        let work = Work::Act { command: Box::new(command), expected_version, receipt, keep_refusal, personal, credential: None };
        self.door.submit(work).await
    }

    /// Hands an administrative act to the door with the password that it sets: both are written, or neither.
    ///
    /// # Errors
    /// [`DoorFault`] where no lawful answer could be given.
    pub async fn submit_with_password(
        &self,
        command: Command,
        personal: Vec<PersonalDraft>,
        credential: Credential,
        keep_refusal: bool,
    ) -> Result<Answer, DoorFault> {
        let work = Work::Act {
            command: Box::new(command),
            expected_version: None,
            receipt: None,
            keep_refusal,
            personal,
            credential: Some(credential),
        };
        self.door.submit(work).await
    }

    /// Rings every deadline whose time has come; how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ring_due(&self) -> Result<u32, StoreFault> {
        let mut rung = 0;
        loop {
            let due = crate::store::load::ringing(&self.database, self.clock.now(), 200).await?;
            let works = due
                .into_iter()
                .filter_map(|(deadline, case)| Some(Work::Ring { deadline: deadline.parse().ok()?, case: case.parse().ok()? }));
            // Handed in together, the door decides them in that order and writes them together.
            let answers = join_all(works.map(|work| self.door.submit(work))).await;
            let accepted = answers.iter().filter(|answer| matches!(answer, Ok(Answer::Accepted(_)))).count();
            if accepted == 0 {
                return Ok(rung);
            }
            rung += u32::try_from(accepted).unwrap_or(u32::MAX);
        }
    }

    /// Signs a checkpoint where the tree has grown since the last one; whether it did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn checkpoint_if_grown(&self) -> Result<bool, StoreFault> {
        let (frontier, _) = write::head(self.database.pool()).await?;
        let signed = trail::last_checkpoint(&self.database).await?.map_or(0, |(size, _)| size);
        let grown = frontier.size() > signed;
        if grown {
            self.checkpoint().await?;
        }
        Ok(grown)
    }

    /// Signs a checkpoint over the tree as it stands and keeps it: in the database, beside it, and in the second place.
    ///
    /// # Errors
    /// When the tree does not contain what was signed before, or a place cannot be read or written.
    pub async fn checkpoint(&self) -> Result<String, StoreFault> {
        signed::sign(self).await.map_err(|fault| StoreFault::Broken(fault.to_string()))
    }
}
