//! The key ring. Key material never shows in `Debug`, errors or logs.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use domain::{merkle::Hash, moment::Micros};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use signed_note::{Note, Signer};
use tlog_tiles::{Checkpoint, tlog};

use super::{
    fault::KeyFault,
    file::{self, Stored},
    key::{KeyKind, Secret, Signing, is_origin, random},
};
use crate::clock::Clock;

const NONCE: usize = 24;

/// Nonce and ciphertext with the id of their key.
#[derive(Clone, Debug)]
pub struct SealedBytes {
    pub key_id: String,
    /// Base64 of nonce and ciphertext.
    pub text: String,
}

/// What may be said about a key.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct KeyShown {
    pub kind: KeyKind,
    pub id: String,
    /// Of a receipt key: the log and the office in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub created: Micros,
    /// The newest of its kind: the one that signs, seals and hashes. Older ones still open, find and verify.
    pub works: bool,
}

/// Never empty lists, the newest key last.
pub(super) struct Keys {
    signing: Vec<Signing>,
    sealing: Vec<Secret>,
    pub(super) search: Vec<Secret>,
    /// May be empty, and holds the keys of every office.
    pub(super) receipt: Vec<Signing>,
    shown: Vec<KeyShown>,
}

impl Keys {
    fn read(folder: &Path, stored: &Stored) -> Result<Self, KeyFault> {
        let signing = stored.signing(folder)?;
        let (sealing, search) = (stored.secrets(KeyKind::Sealing, folder)?, stored.secrets(KeyKind::Search, folder)?);
        let receipt = stored.receipts(folder)?;
        let mut shown = Vec::new();
        for kind in [KeyKind::Signing, KeyKind::Sealing, KeyKind::Search] {
            let keys = stored.of(kind);
            shown.extend(keys.iter().enumerate().map(|(number, key)| KeyShown {
                kind,
                id: key.id.clone(),
                name: None,
                created: key.created,
                works: number + 1 == keys.len(),
            }));
        }
        shown.extend(stored.of(KeyKind::Receipt).iter().zip(&receipt).enumerate().map(|(number, (key, signing))| KeyShown {
            kind: KeyKind::Receipt,
            id: key.id.clone(),
            name: Some(signing.signer.name().to_owned()),
            created: key.created,
            works: receipt[number + 1..].iter().all(|later| later.signer.name() != signing.signer.name()),
        }));
        Ok(Self { signing, sealing, search, receipt, shown })
    }

    /// The newest key of this log: another server may have started a new origin meanwhile.
    fn signs(&self, origin: &str) -> &Signing {
        let key = self.signing.iter().rfind(|key| key.signer.name() == origin);
        key.expect("a ring is only opened for an origin that it has a key of")
    }
}

fn newest<T>(keys: &[T]) -> &T {
    keys.last().expect("a ring is only read when it has a key of each kind")
}

/// All keys of a house. Several processes may share one folder.
pub struct KeyRing {
    folder: PathBuf,
    origin: String,
    keys: RwLock<Arc<Keys>>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing").field("origin", &self.origin).finish_non_exhaustive()
    }
}

impl KeyRing {
    /// Opens the ring in `folder`, or makes one there if the folder is empty. `origin` names the log in checkpoints.
    ///
    /// # Errors
    /// [`KeyFault`] when the ring is open to others, damaged or made for another log, or the folder holds something else.
    pub fn open_or_create(folder: &Path, origin: &str) -> Result<Self, KeyFault> {
        if !is_origin(origin) {
            return Err(KeyFault::BadOrigin(origin.to_owned()));
        }
        match Self::open_existing(folder, origin) {
            Err(KeyFault::Missing(_)) => {}
            opened => return opened,
        }
        file::make_folder(folder)?;
        let held = file::lock(folder)?;
        // Another server may have made the ring while this one waited.
        match file::load(folder) {
            Err(KeyFault::Missing(_)) => {
                file::nothing_else(folder)?;
                file::save(folder, &Stored::generate(origin, Clock::real().now()))?;
            }
            found => drop(found?),
        }
        drop(held);
        Self::open_existing(folder, origin)
    }

    /// Opens the ring in `folder` and never makes one: for a house that already has sealed values or entries.
    ///
    /// # Errors
    /// [`KeyFault`] when there is no ring, or it is open to others, damaged or made for another log.
    pub fn open_existing(folder: &Path, origin: &str) -> Result<Self, KeyFault> {
        let keys = Keys::read(folder, &file::load(folder)?)?;
        let kept = newest(&keys.signing).signer.name();
        if kept != origin {
            return Err(KeyFault::OtherOrigin { kept: kept.to_owned(), asked: origin.to_owned() });
        }
        Ok(Self { folder: folder.to_owned(), origin: origin.to_owned(), keys: RwLock::new(Arc::new(keys)) })
    }

    /// Begins to sign for another log, with a new key; every other key stays. Needed where a restored backup would
    /// otherwise fork the signed log.
    ///
    /// # Errors
    /// [`KeyFault`] as for opening.
    pub fn start_origin(folder: &Path, origin: &str) -> Result<Self, KeyFault> {
        if !is_origin(origin) {
            return Err(KeyFault::BadOrigin(origin.to_owned()));
        }
        Self::add(folder, KeyKind::Signing, origin)?;
        Self::open_existing(folder, origin)
    }

    fn add(folder: &Path, kind: KeyKind, name: &str) -> Result<Keys, KeyFault> {
        Self::add_unless(folder, kind, name, |_| false)
    }

    /// Adds a key, unless the ring as it stands under the lock has what is wanted.
    pub(super) fn add_unless(folder: &Path, kind: KeyKind, name: &str, there: impl Fn(&Keys) -> bool) -> Result<Keys, KeyFault> {
        let held = file::lock(folder)?;
        let mut stored = file::load(folder)?;
        // A ring that cannot be used is not written again.
        let keys = Keys::read(folder, &stored)?;
        if there(&keys) {
            return Ok(keys);
        }
        stored.add(kind, name, Clock::real().now());
        file::save(folder, &stored)?;
        drop(held);
        Keys::read(folder, &stored)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The ring as it is in the folder now: another server may have added a key.
    pub(super) fn again(&self) -> Result<Arc<Keys>, KeyFault> {
        Ok(self.take(Keys::read(&self.folder, &file::load(&self.folder)?)?))
    }

    pub(super) fn keys(&self) -> Arc<Keys> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn take(&self, keys: Keys) -> Arc<Keys> {
        let keys = Arc::new(keys);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys.clone();
        keys
    }

    /// Adds a new key that works from now on; the older ones stay, so that everything still opens, is found and verifies.
    /// Other servers on the same folder use the new key after their next start, but open what it sealed at once. After
    /// rotating the signing key, hand out the new verifier key. The answer is the new key's id.
    ///
    /// # Errors
    /// [`KeyFault`] when the ring cannot be read or written, or another server started a new origin.
    pub fn rotate(&self, kind: KeyKind) -> Result<String, KeyFault> {
        let kept = Self::open_existing(&self.folder, &self.origin)?;
        let keys = self.take(Self::add(&kept.folder, kind, &kept.origin)?);
        let added = keys.shown.iter().find(|key| key.kind == kind && key.works);
        Ok(added.map(|key| key.id.clone()).unwrap_or_default())
    }

    /// Every key without its secret, oldest first within its kind.
    pub fn list(&self) -> Vec<KeyShown> {
        self.keys().shown.clone()
    }

    /// Seals a personal value; `path` is bound to it, so that it cannot be moved to another field.
    ///
    /// # Errors
    /// When the cipher refuses, which only a value beyond its limits could cause.
    pub fn seal(&self, path: &str, value: &str) -> Result<SealedBytes, KeyFault> {
        let keys = self.keys();
        let key = newest(&keys.sealing);
        let nonce = random::<NONCE>();
        let payload = Payload { msg: value.as_bytes(), aad: path.as_bytes() };
        let cipher = XChaCha20Poly1305::new(key.bytes().into());
        let sealed = cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| KeyFault::Unopenable)?;
        Ok(SealedBytes { key_id: key.id.clone(), text: STANDARD.encode([nonce.as_slice(), &sealed].concat()) })
    }

    /// Opens a sealed value.
    ///
    /// # Errors
    /// When its key is not in the ring, or the value was changed or moved.
    pub fn open(&self, key_id: &str, path: &str, text: &str) -> Result<String, KeyFault> {
        let mut keys = self.keys();
        if !keys.sealing.iter().any(|key| key.id == key_id) {
            // Another server may have rotated since this one started.
            keys = self.again()?;
        }
        let key = keys.sealing.iter().find(|key| key.id == key_id).ok_or_else(|| KeyFault::UnknownKey(key_id.to_owned()))?;
        let bytes = STANDARD.decode(text).map_err(|_| KeyFault::Unopenable)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or(KeyFault::Unopenable)?;
        let cipher = XChaCha20Poly1305::new(key.bytes().into());
        let opened = cipher.decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: path.as_bytes() });
        opened.ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(KeyFault::Unopenable)
    }

    /// Keyed hash under which a value is stored: `<key id>:<64 hex digits>`, by the newest key.
    pub fn keyed_hash(&self, value: &str) -> String {
        hash_under(newest(&self.keys().search), value)
    }

    /// Every keyed hash under which a value may be stored, newest key first: search for any of them.
    pub fn keyed_hashes(&self, value: &str) -> Vec<String> {
        self.keys().search.iter().rev().map(|key| hash_under(key, value)).collect()
    }

    /// The key that checks new checkpoints, in the form that note verifiers read.
    pub fn verifier_key(&self) -> String {
        self.keys().signs(&self.origin).verifier.clone()
    }

    /// Keys that check checkpoints of this and earlier keys and origins, newest first.
    pub fn verifier_keys(&self) -> Vec<String> {
        self.keys().signing.iter().rev().map(|key| key.verifier.clone()).collect()
    }

    /// The keys that check checkpoints of a ring, whichever log it signs for now, newest first.
    ///
    /// # Errors
    /// [`KeyFault`] when there is no ring, or it is open to others or damaged.
    pub fn verifiers_in(folder: &Path) -> Result<Vec<String>, KeyFault> {
        let keys = Keys::read(folder, &file::load(folder)?)?;
        Ok(keys.signing.iter().rev().map(|key| key.verifier.clone()).collect())
    }

    /// A checkpoint: origin, size and root (C2SP tlog-checkpoint), as a signed note.
    pub fn sign_checkpoint(&self, size: u64, root: &Hash) -> String {
        let keys = self.keys();
        let signed = Checkpoint::new(&self.origin, size, tlog::Hash(root.0), "").ok().and_then(|checkpoint| {
            let signer: &dyn Signer = &keys.signs(&self.origin).signer;
            let mut note = Note::new(&checkpoint.to_bytes(), &[]).ok()?;
            note.add_sigs(&[signer]).ok()?;
            String::from_utf8(note.to_bytes()).ok()
        });
        signed.expect("every ring has an origin that notes can carry")
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }
}

fn hash_under(key: &Secret, value: &str) -> String {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key.bytes()).expect("HMAC takes a key of any length");
    mac.update(value.as_bytes());
    format!("{}:{}", key.id, Hash(mac.finalize().into_bytes().into()))
}
