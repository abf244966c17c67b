//! Typed ids. Every id is a UUID written as text; which kind it names is in its Rust type.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A case of any process.
    CaseId;
    /// A sign-in account.
    AccountId;
    /// A human being; four-eyes rules compare persons, never accounts.
    PersonId;
    /// A credit subject (信用主体).
    SubjectId;
    /// A row that belongs to a case: deadline, item, work item, notice, measure, document.
    RowId;
}

/// Ids of one act, drawn from its seed, so that deciding again draws the same ids.
#[derive(Clone, Debug)]
pub struct IdSource {
    seed: Uuid,
    drawn: u32,
}

impl IdSource {
    pub fn new(seed: Uuid) -> Self {
        Self { seed, drawn: 0 }
    }

    /// The next id, beside the seed.
    pub fn draw(&mut self) -> Uuid {
        self.drawn += 1;
        beside(&self.seed, &self.drawn.to_be_bytes())
    }
}

/// An id that follows from another and lies beside it: its first 48 bits, which are the time of an act's seed (version 7), then
/// what a version 5 of both holds; version 8 of RFC 9562. What is made together is kept together in every index.
pub fn beside(seed: &Uuid, name: &[u8]) -> Uuid {
    let mut bytes = Uuid::new_v5(seed, name).into_bytes();
    bytes[..6].copy_from_slice(&seed.as_bytes()[..6]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
