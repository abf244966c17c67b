//! Keys live in a folder outside the database: signing of checkpoints, sealing of personal values, keyed search.
//!
//! | module | holds |
//! |---|---|
//! | `ring` | the key ring: open or create, seal, open, hash, sign, rotate, list |
//! | `key` | one key of each kind, as it is used |
//! | `receipt` | keys of offices, which sign receipts |
//! | `published` | salts of the published list |
//! | `word` | sealed texts in links and cookies |
//! | `file` | the ring's file: read with its checks, written whole or not at all |
//! | `fault` | what can be wrong with keys |

mod fault;
mod file;
mod key;
mod published;
mod receipt;
mod ring;
mod word;

pub use fault::KeyFault;
pub use key::{KeyKind, salt};
pub use published::Salts;
pub use ring::{KeyRing, KeyShown, SealedBytes};
