//! The draw of inspections (双随机) that anyone can draw again from a pool, a checkpoint and two secrets.
//!
//! | module | holds |
//! |---|---|
//! | `pool` | the text of a pool: strata with their rates, targets, inspectors, conflicts |
//! | `checkpoint` | size and root of a signed checkpoint |
//! | `ticket` | seed, tickets, who is drawn and who inspects |
//!
//! Keys and strata are texts: a public pool holds tokens and numbers in their place.

mod checkpoint;
mod pool;
mod ticket;

pub use checkpoint::Checkpoint;
pub use pool::{Pool, Stratum};
pub use ticket::{Drawn, Seed, Team, draw};

/// A text that cannot be read, at the number of its line, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{zh} / {en}")]
pub struct TextFault {
    pub line: usize,
    pub zh: String,
    pub en: String,
}

impl TextFault {
    fn new(line: usize, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { line, zh: zh.into(), en: en.into() }
    }
}

/// A whole number in plain digits.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}
