//! Passwords. Hashing is bounded: a flood of sign-ins must not eat the machine.

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier, password_hash::SaltString};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

/// Hashes at work at once; each takes 19 MiB.
static AT_WORK: Semaphore = Semaphore::const_new(2);

/// Shortest password that is taken.
pub const SHORTEST: usize = 12;

/// Hashes a password with argon2id.
pub async fn hash(password: SecretString) -> Option<String> {
    let _place = AT_WORK.acquire().await.ok()?;
    tokio::task::spawn_blocking(move || {
        let salt = SaltString::from_b64(&STANDARD_NO_PAD.encode(crate::keys::salt())).ok()?;
        let hash = Argon2::default().hash_password(password.expose_secret().as_bytes(), &salt).ok()?;
        Some(hash.to_string())
    })
    .await
    .ok()
    .flatten()
}

/// Whether the password is the one that was hashed. Without a hash the same work is done for nothing.
pub async fn matches(password: SecretString, hash: Option<String>) -> bool {
    let Ok(_place) = AT_WORK.acquire().await else { return false };
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let text = hash.unwrap_or_else(|| {
            "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned()
        });
        let fits = PasswordHash::new(&text)
            .is_ok_and(|hash| Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok());
        fits && known
    })
    .await
    .unwrap_or(false)
}
