//! Personal values stay outside the audit tree: a leaf holds a commitment that says nothing once its salt is gone.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What a leaf and a case hold in place of a personal text; written as `<id>.<commitment>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sealed {
    pub id: Uuid,
    /// Hex of [`commitment`].
    pub commitment: String,
}

/// Text that is no sealed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a sealed value: <uuid>.<64 hex digits>")]
pub struct NotSealed;

/// SHA-256 over salt, path and value. Each part is preceded by its length in bytes as eight big-endian bytes,
/// so that no two inputs share an encoding.
pub fn commitment(salt: &[u8; 16], path: &str, value: &str) -> String {
    let mut hash = Sha256::new();
    for part in [salt.as_slice(), path.as_bytes(), value.as_bytes()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    format!("{:x}", hash.finalize())
}

impl Sealed {
    /// Every sealed value that a text names, wherever it stands in it.
    pub fn all_in(text: &str) -> Vec<Self> {
        let around = |(at, _): (usize, &str)| text.get(at.checked_sub(36)?..at + 65)?.parse().ok();
        text.match_indices('.').filter_map(around).collect()
    }
}

impl fmt::Display for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.id, self.commitment)
    }
}

impl FromStr for Sealed {
    type Err = NotSealed;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (id, commitment) = text.split_once('.').ok_or(NotSealed)?;
        if commitment.len() != 64 || !commitment.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotSealed);
        }
        Ok(Self { id: Uuid::parse_str(id).map_err(|_| NotSealed)?, commitment: commitment.to_owned() })
    }
}

impl TryFrom<String> for Sealed {
    type Error = NotSealed;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Sealed> for String {
    fn from(sealed: Sealed) -> Self {
        sealed.to_string()
    }
}

/// A text that is no secret of an organisation and is personal of a human being: it stands as it is, or it is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Words {
    Plain(String),
    Sealed(Sealed),
}

impl Words {
    /// The text where it is not sealed.
    pub fn plain(&self) -> Option<&str> {
        match self {
            Self::Plain(text) => Some(text),
            Self::Sealed(_) => None,
        }
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        text.parse().map_or(Self::Plain(text), Self::Sealed)
    }
}

impl From<Words> for String {
    fn from(words: Words) -> Self {
        match words {
            Words::Plain(text) => text,
            Words::Sealed(sealed) => sealed.to_string(),
        }
    }
}
