//! Salts of the published list: a key's own on each day, so that hashes of one day's map tell nothing of another day's.

use std::sync::Arc;

use domain::merkle::Key;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use time::Date;

use super::{
    fault::KeyFault,
    ring::{KeyRing, Keys},
};

/// The salts of one day.
#[derive(Clone)]
pub struct Salts {
    keys: Arc<Keys>,
    place: usize,
    day: Date,
}

impl KeyRing {
    /// The key that the salts of a new day are made with.
    pub fn salting_key(&self) -> String {
        self.keys().search.last().map(|key| key.id.clone()).unwrap_or_default()
    }

    /// The salts of a day under a key of the ring.
    ///
    /// # Errors
    /// [`KeyFault`] when the ring has no such key or cannot be read.
    pub fn salts(&self, key: &str, day: Date) -> Result<Salts, KeyFault> {
        let place = |keys: &Keys| keys.search.iter().position(|known| known.id == key);
        let mut keys = self.keys();
        if place(&keys).is_none() {
            // Another server may have rotated since this one started.
            keys = self.again()?;
        }
        let place = place(&keys).ok_or_else(|| KeyFault::UnknownKey(key.to_owned()))?;
        Ok(Salts { keys, place, day })
    }
}

impl Salts {
    /// The salt of a key: the first half of HMAC-SHA-256 over a word of its own, the day and the key.
    pub fn of(&self, key: &Key) -> Key {
        let secret = self.keys.search[self.place].bytes();
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(secret).expect("HMAC takes a key of any length");
        mac.update(format!("xinxiu published salt v1\n{}\n", self.day).as_bytes());
        mac.update(key);
        let mut salt = Key::default();
        salt.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        salt
    }
}
