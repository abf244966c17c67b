//! What can be wrong with keys. No text holds any part of a key.

use std::path::PathBuf;

/// A key, or a value under it, that cannot be used. The text names cause and cure.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// The system refuses the file or folder.
    #[error("{}: {fault}; the house needs its own folder of keys, readable and writable by it alone", path.display())]
    Io { path: PathBuf, fault: std::io::Error },
    /// Others could read the keys, or put their own in place.
    #[error("{} is open to others; chmod {cure} it, and rotate the keys if anybody may have read them", path.display())]
    Open { path: PathBuf, cure: &'static str },
    /// The file is damaged or was edited.
    #[error("{} is damaged: {why}; put it back from a backup of the keys", path.display())]
    Corrupt { path: PathBuf, why: String },
    /// There are files, but no ring: making new keys here would lock the house out of its own values.
    #[error("{} holds “{name}” but no key ring; put the ring back from a backup, or choose an empty folder for a new house", folder.display())]
    Stray { folder: PathBuf, name: String },
    /// No ring where one must be.
    #[error("{} is missing; put it back from a backup of the keys, for no new keys open what the old ones sealed", .0.display())]
    Missing(PathBuf),
    /// The ring signs for another log.
    #[error("the keys sign for the log “{kept}”, the settings say “{asked}”; set the origin back, or start a new origin on purpose")]
    OtherOrigin { kept: String, asked: String },
    /// A name that no verifier would read (C2SP signed-note).
    #[error("“{0}” cannot name a log; use a host and path without spaces, control characters and plus signs, like example.org/log")]
    BadOrigin(String),
    /// The value was sealed with a key that is not here.
    #[error("key {0} is not in the ring; put the ring back from the newest backup of the keys")]
    UnknownKey(String),
    /// Wrong key, wrong field, or changed since.
    #[error("the sealed value does not open: it was changed or moved to another field; compare it with a backup")]
    Unopenable,
}

impl KeyFault {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "KEYS_UNREADABLE",
            Self::Open { .. } => "KEYS_OPEN_TO_OTHERS",
            Self::Corrupt { .. } => "KEYS_CORRUPT",
            Self::Stray { .. } => "KEYS_UNKNOWN_FILE",
            Self::Missing(_) => "KEYS_MISSING",
            Self::OtherOrigin { .. } => "KEYS_OTHER_ORIGIN",
            Self::BadOrigin(_) => "KEYS_BAD_ORIGIN",
            Self::UnknownKey(_) => "KEY_UNKNOWN",
            Self::Unopenable => "SEALED_VALUE_UNOPENABLE",
        }
    }
}
