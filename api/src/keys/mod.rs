//! Keys live in a folder outside the database: signing, sealing of personal values, keyed search.
//!
//! | module | holds |
//! |---|---|
//! | `ring` | the key ring: open or create, seal, open, hash, sign |

mod ring;

pub use ring::{KeyFault, KeyRing, SealedBytes, salt};
