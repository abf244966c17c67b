//! Passwords. Hashing is bounded: a flood of sign-ins must not eat the machine.

use std::sync::Arc;

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier, password_hash::SaltString};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use zxcvbn::{Score, zxcvbn};

/// Hashes at work at once; each takes 19 MiB.
const AT_WORK: usize = 2;
/// Hashes at work and waiting; who comes then is told to come again.
const PLACES: usize = 64;

/// Hashing in this process; clones share its bounds.
#[derive(Clone, Debug)]
pub struct Passwords {
    at_work: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { at_work: Arc::new(Semaphore::new(AT_WORK)), places: Arc::new(Semaphore::new(PLACES)) }
    }
}

/// Shortest password that is taken, in characters.
pub const SHORTEST: usize = 12;
/// Longest one.
pub const LONGEST: usize = 128;

/// What people here put into passwords first, beside the keys of their offices, and the words and sequences that every attacker tries.
const LOCAL: [&str; 11] =
    ["xinxiu", "credit", "ziyang", "sichuan", "jiaotong", "zhongguo", "woaini", "admin", "administrator", "mima", "5201314"];

/// Too many sign-ins at once.
#[derive(Clone, Copy, Debug)]
pub struct Busy;

/// The form that is hashed and compared: the same password typed on another keyboard is the same.
fn canonical(password: &SecretString) -> String {
    domain::canonical::password(password.expose_secret())
}

/// Why a password is not taken, in Chinese and English; none where it is.
pub fn fault(password: &SecretString, about: &[&str]) -> Option<(String, String)> {
    let text = canonical(password);
    let length = text.chars().count();
    if length < SHORTEST {
        return Some((format!("至少{SHORTEST}个字符"), format!("at least {SHORTEST} characters")));
    }
    if length > LONGEST || text.chars().any(char::is_control) {
        return Some((format!("最多{LONGEST}个字符，不含控制字符"), format!("at most {LONGEST} characters, no control characters")));
    }
    let words: Vec<_> = LOCAL.iter().chain(about).copied().collect();
    (zxcvbn(&text, &words).score() < Score::Three).then(|| {
        (
            "过于常见，容易被猜到，请改用几个不相关的词".to_owned(),
            "too easy to guess: take several words that do not belong together".to_owned(),
        )
    })
}

impl Passwords {
    /// Hashes a password with argon2id.
    pub async fn hash(&self, password: SecretString) -> Option<String> {
        let _place = self.at_work.acquire().await.ok()?;
        tokio::task::spawn_blocking(move || {
            let salt = SaltString::from_b64(&STANDARD_NO_PAD.encode(crate::keys::salt())).ok()?;
            let hash = Argon2::default().hash_password(canonical(&password).as_bytes(), &salt).ok()?;
            Some(hash.to_string())
        })
        .await
        .ok()
        .flatten()
    }

    /// Whether the password is the one that was hashed. Without a hash the same work is done for nothing.
    ///
    /// # Errors
    /// [`Busy`] where too many wait already.
    pub async fn matches(&self, password: SecretString, hash: Option<String>) -> Result<bool, Busy> {
        let _waiting = self.places.try_acquire().map_err(|_| Busy)?;
        let _place = self.at_work.acquire().await.map_err(|_| Busy)?;
        let matched = tokio::task::spawn_blocking(move || {
            let known = hash.is_some();
            let text = hash.unwrap_or_else(|| {
                "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned()
            });
            let fits = PasswordHash::new(&text)
                .is_ok_and(|hash| Argon2::default().verify_password(canonical(&password).as_bytes(), &hash).is_ok());
            fits && known
        });
        Ok(matched.await.unwrap_or(false))
    }
}
