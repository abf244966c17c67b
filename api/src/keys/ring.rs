//! The key ring. Key material never shows in `Debug` or logs.

use std::{
    fmt,
    fs,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::{XChaCha20Poly1305, XNonce, aead::{Aead, KeyInit, Payload}};
use domain::merkle::Hash;
use ed25519_dalek::{Signer, SigningKey};
use hmac::{Hmac, Mac};
use rand::RngCore;
use sha2::{Digest, Sha256};

/// A key that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    #[error("{path}: {fault}")]
    Io { path: PathBuf, fault: std::io::Error },
    #[error("{0} may be read by others; make it mode 0600")]
    Open(PathBuf),
    #[error("{0} does not hold a key of 32 bytes in base64")]
    Corrupt(PathBuf),
    #[error("the value was sealed with a key that is not in the ring, or it was changed")]
    Unopenable,
}

/// Nonce and ciphertext with the id of their key.
#[derive(Clone, Debug)]
pub struct SealedBytes {
    pub key_id: String,
    /// Base64 of nonce and ciphertext.
    pub text: String,
}

/// All keys of a house.
pub struct KeyRing {
    origin: String,
    signing: SigningKey,
    sealing: [u8; 32],
    search: [u8; 32],
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing").field("origin", &self.origin).finish_non_exhaustive()
    }
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

fn read_or_make(folder: &Path, name: &str) -> Result<[u8; 32], KeyFault> {
    let path = folder.join(name);
    let io = |fault| KeyFault::Io { path: path.clone(), fault };
    if path.exists() {
        if fs::metadata(&path).map_err(io)?.permissions().mode() & 0o077 != 0 {
            return Err(KeyFault::Open(path));
        }
        let text = fs::read_to_string(&path).map_err(io)?;
        let bytes = STANDARD.decode(text.trim()).map_err(|_| KeyFault::Corrupt(path.clone()))?;
        return bytes.try_into().map_err(|_| KeyFault::Corrupt(path));
    }
    let key = random::<32>();
    let draft = folder.join(format!(".{name}.new"));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft).map_err(io)?;
    file.write_all(STANDARD.encode(key).as_bytes()).map_err(io)?;
    file.sync_all().map_err(io)?;
    fs::rename(&draft, &path).map_err(io)?;
    Ok(key)
}

impl KeyRing {
    /// Opens the ring in `folder`, or makes one.
    ///
    /// # Errors
    /// [`KeyFault`] when a file cannot be read, is open to others or holds no key.
    pub fn open_or_create(folder: &Path, origin: &str) -> Result<Self, KeyFault> {
        fs::create_dir_all(folder).map_err(|fault| KeyFault::Io { path: folder.to_owned(), fault })?;
        Ok(Self {
            origin: origin.to_owned(),
            signing: SigningKey::from_bytes(&read_or_make(folder, "signing")?),
            sealing: read_or_make(folder, "sealing")?,
            search: read_or_make(folder, "search")?,
        })
    }

    fn key_id(key: &[u8; 32]) -> String {
        format!("{:x}", Sha256::digest(key))[..8].to_owned()
    }

    /// Seals a personal value; `path` is bound to it, so that it cannot be moved to another field.
    ///
    /// # Errors
    /// When the cipher refuses, which only a value beyond its limits could cause.
    pub fn seal(&self, path: &str, value: &str) -> Result<SealedBytes, KeyFault> {
        let nonce = random::<24>();
        let cipher = XChaCha20Poly1305::new((&self.sealing).into());
        let payload = Payload { msg: value.as_bytes(), aad: path.as_bytes() };
        let sealed = cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| KeyFault::Unopenable)?;
        Ok(SealedBytes { key_id: Self::key_id(&self.sealing), text: STANDARD.encode([nonce.as_slice(), &sealed].concat()) })
    }

    /// Opens a sealed value.
    ///
    /// # Errors
    /// When it was sealed with another key or changed since.
    pub fn open(&self, key_id: &str, path: &str, text: &str) -> Result<String, KeyFault> {
        let bytes = STANDARD.decode(text).map_err(|_| KeyFault::Unopenable)?;
        if key_id != Self::key_id(&self.sealing) || bytes.len() < 24 {
            return Err(KeyFault::Unopenable);
        }
        let (nonce, sealed) = bytes.split_at(24);
        let cipher = XChaCha20Poly1305::new((&self.sealing).into());
        let opened = cipher.decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: path.as_bytes() });
        opened.ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(KeyFault::Unopenable)
    }

    /// Keyed hash under which an identity number is searched.
    pub fn keyed_hash(&self, value: &str) -> String {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.search).expect("HMAC takes a key of any length");
        mac.update(value.as_bytes());
        let id = Self::key_id(&self.search);
        format!("{id}:{}", Hash(mac.finalize().into_bytes().into()))
    }

    /// Four bytes that name the key in a signed note (C2SP signed-note).
    fn note_id(&self) -> [u8; 4] {
        let public = self.signing.verifying_key().to_bytes();
        let hash = Sha256::new()
            .chain_update(self.origin.as_bytes())
            .chain_update(b"\n\x01")
            .chain_update(public)
            .finalize();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// The key that checks checkpoints, in the form that note verifiers read.
    pub fn verifier_key(&self) -> String {
        let id: String = self.note_id().iter().map(|byte| format!("{byte:02x}")).collect();
        let public = [[1_u8].as_slice(), &self.signing.verifying_key().to_bytes()].concat();
        format!("{}+{id}+{}", self.origin, STANDARD.encode(public))
    }

    /// A checkpoint: origin, size and root, signed (C2SP tlog-checkpoint).
    pub fn sign_checkpoint(&self, size: u64, root: &Hash) -> String {
        let body = format!("{}\n{size}\n{}\n", self.origin, STANDARD.encode(root.0));
        let signature = self.signing.sign(body.as_bytes()).to_bytes();
        let signed = STANDARD.encode([self.note_id().as_slice(), &signature].concat());
        format!("{body}\n\u{2014} {} {signed}\n", self.origin)
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// Salt of a commitment.
pub fn salt() -> [u8; 16] {
    random()
}
