//! Values that stand as JSON in one text column.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    Text,
    /// A text or nothing.
    MayText,
    Int,
    /// An integer or nothing.
    MayInt,
}

impl Holds {
    pub const fn is_int(self) -> bool {
        matches!(self, Self::Int | Self::MayInt)
    }
}

/// A value that one text column holds as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsText<T>(pub T);

impl<T: Serialize> Serialize for AsText<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(&self.0).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for AsText<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        serde_json::from_str(&text).map(Self).map_err(serde::de::Error::custom)
    }
}

/// JSON as the text in which it stands in its column, read only where somebody asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Packed(pub String);

impl Packed {
    /// A value as text, its members in the order of their names.
    pub fn of<T: Serialize>(value: &T) -> Self {
        Self(serde_json::to_value(value).unwrap_or_default().to_string())
    }

    /// The value; none where the text is another's.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.0).ok()
    }
}
