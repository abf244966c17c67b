//! The ring's file `ring.json`: one file, so that every change is there whole or not at all.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use domain::moment::Micros;
use secrecy::zeroize::Zeroizing;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    fault::KeyFault,
    key::{KeyKind, Secret, Signing},
};

const FORMAT: &str = "xinxiu-keyring@v1";
const NAME: &str = "ring.json";

/// The file's content; in every list the newest key is last. Without `Debug`: it holds the keys.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stored {
    format: String,
    signing: Vec<StoredKey>,
    sealing: Vec<StoredKey>,
    search: Vec<StoredKey>,
    /// One or more an office; rings from before there were receipts hold none.
    #[serde(default)]
    receipt: Vec<StoredKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoredKey {
    pub id: String,
    pub created: Micros,
    #[serde(serialize_with = "write_key", deserialize_with = "read_key")]
    pub key: Zeroizing<String>,
}

fn write_key<S: Serializer>(key: &Zeroizing<String>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(key)
}

fn read_key<'de, D: Deserializer<'de>>(from: D) -> Result<Zeroizing<String>, D::Error> {
    String::deserialize(from).map(Zeroizing::new)
}

impl Stored {
    /// A ring with one new key of each kind.
    pub fn generate(origin: &str, now: Micros) -> Self {
        let mut ring =
            Self { format: FORMAT.to_owned(), signing: Vec::new(), sealing: Vec::new(), search: Vec::new(), receipt: Vec::new() };
        for kind in [KeyKind::Signing, KeyKind::Sealing, KeyKind::Search] {
            ring.add(kind, origin, now);
        }
        ring
    }

    /// Adds a new key, which is the one that works from now on.
    pub fn add(&mut self, kind: KeyKind, name: &str, now: Micros) {
        let (id, key) = kind.generate(name);
        let keys = match kind {
            KeyKind::Signing => &mut self.signing,
            KeyKind::Sealing => &mut self.sealing,
            KeyKind::Search => &mut self.search,
            KeyKind::Receipt => &mut self.receipt,
        };
        keys.push(StoredKey { id, created: now, key: key.into() });
    }

    pub fn of(&self, kind: KeyKind) -> &[StoredKey] {
        match kind {
            KeyKind::Signing => &self.signing,
            KeyKind::Sealing => &self.sealing,
            KeyKind::Search => &self.search,
            KeyKind::Receipt => &self.receipt,
        }
    }

    /// Every signing key.
    pub fn signing(&self, folder: &Path) -> Result<Vec<Signing>, KeyFault> {
        read_all(&self.signing, folder, Signing::read, Signing::id)
    }

    /// Every key that signs receipts, if there is any.
    pub fn receipts(&self, folder: &Path) -> Result<Vec<Signing>, KeyFault> {
        if self.receipt.is_empty() { Ok(Vec::new()) } else { read_all(&self.receipt, folder, Signing::read, Signing::id) }
    }

    /// Every key of a kind that is 32 random bytes.
    pub fn secrets(&self, kind: KeyKind, folder: &Path) -> Result<Vec<Secret>, KeyFault> {
        read_all(self.of(kind), folder, Secret::read, |key| key.id.clone())
    }
}

fn read_all<K>(
    stored: &[StoredKey],
    folder: &Path,
    read: impl Fn(&str) -> Option<K>,
    id: impl Fn(&K) -> String,
) -> Result<Vec<K>, KeyFault> {
    let corrupt = |why| KeyFault::Corrupt { path: folder.join(NAME), why };
    if stored.is_empty() {
        return Err(corrupt("a kind of key is missing".to_owned()));
    }
    let one = |stored: &StoredKey| {
        let key = read(&stored.key).filter(|key| id(key) == stored.id);
        key.ok_or_else(|| corrupt(format!("the key with the id “{}” is not the one that was written", stored.id)))
    };
    stored.iter().map(one).collect()
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> KeyFault {
    move |fault| KeyFault::Io { path: path.to_owned(), fault }
}

/// Refuses a path that has any of `bits` set.
fn closed(path: &Path, bits: u32, cure: &'static str) -> Result<(), KeyFault> {
    let mode = fs::metadata(path).map_err(io(path))?.permissions().mode();
    if mode & bits == 0 { Ok(()) } else { Err(KeyFault::Open { path: path.to_owned(), cure }) }
}

/// Makes the folder where there is none, readable by its owner alone.
pub(super) fn make_folder(folder: &Path) -> Result<(), KeyFault> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io(folder))
}

/// Holds other processes back from the folder until it is dropped.
pub(super) fn lock(folder: &Path) -> Result<File, KeyFault> {
    let path = folder.join(".lock");
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(io(&path))?;
    file.lock().map_err(io(&path))?;
    Ok(file)
}

/// Reads the ring.
pub(super) fn load(folder: &Path) -> Result<Stored, KeyFault> {
    let path = folder.join(NAME);
    let text = match fs::read(&path) {
        Ok(text) => Zeroizing::new(text),
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Err(KeyFault::Missing(path)),
        Err(fault) => return Err(io(&path)(fault)),
    };
    closed(folder, 0o022, "0700")?;
    closed(&path, 0o077, "0600")?;
    // The parser's own words could quote a key; its place in the file cannot.
    let stored: Stored = serde_json::from_slice(&text).map_err(|fault| KeyFault::Corrupt {
        path: path.clone(),
        why: format!("line {}, column {} cannot be read", fault.line(), fault.column()),
    })?;
    if stored.format == FORMAT { Ok(stored) } else { Err(KeyFault::Corrupt { path, why: format!("it is not in the format {FORMAT}") }) }
}

/// Refuses a folder that holds something else than a ring. Hidden files (the lock, a draft) do not count.
pub(super) fn nothing_else(folder: &Path) -> Result<(), KeyFault> {
    for entry in fs::read_dir(folder).map_err(io(folder))? {
        let name = entry.map_err(io(folder))?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            return Err(KeyFault::Stray { folder: folder.to_owned(), name });
        }
    }
    Ok(())
}

/// Writes the ring whole: a draft, flushed, then put in place. The caller holds the lock.
pub(super) fn save(folder: &Path, stored: &Stored) -> Result<(), KeyFault> {
    let (path, draft): (PathBuf, PathBuf) = (folder.join(NAME), folder.join(".ring.json.new"));
    match fs::remove_file(&draft) {
        Err(fault) if fault.kind() != ErrorKind::NotFound => return Err(io(&draft)(fault)),
        _ => {}
    }
    let text = Zeroizing::new(serde_json::to_vec_pretty(stored).map_err(|fault| io(&draft)(fault.into()))?);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft).map_err(io(&draft))?;
    file.write_all(&text).and_then(|()| file.sync_all()).map_err(io(&draft))?;
    fs::rename(&draft, &path).map_err(io(&path))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(io(folder))
}
