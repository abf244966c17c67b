//! The whole application: what every door into it holds, and nothing that works by itself. Ringing and checkpoints stand in
//! `work`, sealing and signing in in `people`, jobs with files in `files`.
//!
//! | module | holds |
//! |---|---|
//! | `opening` | opening, making and building a house |
//! | `fault` | why one cannot be opened |

mod fault;
mod opening;

use std::{path::PathBuf, sync::Arc};

use domain::{
    admin::AdminAct,
    command::{Actor, Arguments, Command, Target},
    ids::AccountId,
    merkle::SparseMap,
};
use sea_orm::EntityTrait;
use uuid::Uuid;
use workflows::engine::Rules;

use crate::{
    carried::Carried,
    clock::Clock,
    door::{Answer, Credential, Door, DoorFault, PersonalDraft, Work},
    keys::KeyRing,
    law::Held,
    lock::HouseLock,
    mail::Invitations,
    open_id::Provider,
    password::Passwords,
    recent::Recent,
    store::{Database, StoreFault, entities},
    viewers::Viewers,
};

pub use crate::place::Place;
pub use fault::StartFault;
pub use opening::{law_of, rules};

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
    /// Imports that this process carries.
    pub carried: Carried,
    /// The bounds of hashing passwords.
    pub passwords: Passwords,
    /// Maps of the published list by the entry that notes each.
    pub noted: Recent<u64, Arc<SparseMap>>,
    /// Folder with the office fonts of papers; a server's settings name it.
    pub fonts: Option<PathBuf>,
    /// The provider of identities, where the settings of the server name one.
    pub open_id: Option<Arc<Provider>>,
    /// Where links to register go, where the settings of the server let companies register themselves.
    pub registration: Option<Invitations>,
}

impl App {
    /// The law as it stands now.
    pub fn rules(&self) -> Arc<Rules> {
        self.law.get()
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
}
