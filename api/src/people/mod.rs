//! Signing in: passwords, tokens, and who a caller is. Sign-ins are log rows, not entries of the trail.
//!
//! | module | holds |
//! |---|---|
//! | `password` | argon2id, bounded in cost and number |
//! | `sign_in` | lockout, opaque tokens kept as hashes, revocation |
//! | `viewer` | who looks, and what it may see |
//! | `viewers` | viewers read lately |

pub mod password;
pub mod sign_in;
pub mod viewer;
pub mod viewers;

pub use viewer::{Viewer, published_on};
pub use viewers::Viewers;
