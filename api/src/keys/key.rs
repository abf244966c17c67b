//! One key of each kind, as it is used.

use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::aead::{OsRng, rand_core::RngCore};
use ed25519_dalek::SigningKey;
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest, Sha256};
use signed_note::{Signer, StandardSigner, generate_key, is_key_name_valid, new_ed25519_verifier_key};

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyKind {
    /// Ed25519, signs checkpoints.
    Signing,
    /// XChaCha20-Poly1305, seals personal values.
    Sealing,
    /// HMAC-SHA-256, under which identity numbers are searched and salts of the published list are made.
    Search,
    /// Ed25519, signs receipts of one office.
    Receipt,
}

impl KeyKind {
    /// A new key as it is written into the ring's file: its id and its text; `name` is the log, or the office in it.
    pub(super) fn generate(self, name: &str) -> (String, String) {
        match self {
            Self::Signing | Self::Receipt => {
                let (text, _) = generate_key(&mut OsRng, name);
                // PRIVATE+KEY+<name>+<id>+<key>; the name holds no plus sign.
                (text.split('+').nth(3).unwrap_or_default().to_owned(), text)
            }
            Self::Sealing | Self::Search => {
                let key = random::<32>();
                (secret_id(&key), STANDARD.encode(key))
            }
        }
    }
}

/// A key that signs checkpoints, or receipts.
pub(super) struct Signing {
    pub signer: StandardSigner,
    /// What checks its signatures, in the form that note verifiers read.
    pub verifier: String,
}

impl Signing {
    /// Reads `PRIVATE+KEY+<name>+<id>+<key>`; none where it is malformed or its id belongs to another key.
    pub fn read(text: &str) -> Option<Self> {
        let signer = StandardSigner::new(text).ok()?;
        let bytes = STANDARD.decode(text.splitn(5, '+').nth(4)?).ok()?;
        let key = SigningKey::try_from(bytes.get(1..)?).ok()?;
        Some(Self { verifier: new_ed25519_verifier_key(signer.name(), &key.verifying_key()), signer })
    }

    pub fn id(&self) -> String {
        format!("{:08x}", self.signer.key_id())
    }
}

/// A key of 32 random bytes.
pub(super) struct Secret {
    pub id: String,
    key: SecretBox<[u8; 32]>,
}

impl Secret {
    /// Reads base64 of 32 bytes.
    pub fn read(text: &str) -> Option<Self> {
        let key: [u8; 32] = STANDARD.decode(text).ok()?.try_into().ok()?;
        Some(Self { id: secret_id(&key), key: SecretBox::new(Box::new(key)) })
    }

    pub fn bytes(&self) -> &[u8; 32] {
        self.key.expose_secret()
    }
}

/// Name of a secret key: eight hex digits of its SHA-256, which say nothing about 32 random bytes.
fn secret_id(key: &[u8; 32]) -> String {
    format!("{:x}", Sha256::digest(key))[..8].to_owned()
}

/// Whether verifiers read `origin` as the name of a log (C2SP signed-note).
pub(super) fn is_origin(origin: &str) -> bool {
    is_key_name_valid(origin) && !origin.chars().any(char::is_control)
}

pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.fill_bytes(&mut bytes);
    bytes
}

/// Salt of a commitment.
pub fn salt() -> [u8; 16] {
    random()
}
