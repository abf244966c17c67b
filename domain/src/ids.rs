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

    /// The next id: UUID v5 of the seed and a running number.
    pub fn draw(&mut self) -> Uuid {
        self.drawn += 1;
        Uuid::new_v5(&self.seed, &self.drawn.to_be_bytes())
    }
}
