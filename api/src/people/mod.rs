//! Signing in: passwords, tokens, and who a caller is. Sign-ins are log rows, not entries of the trail.
//!
//! | module | holds |
//! |---|---|
//! | `password` | argon2id, bounded in cost and number; which passwords are taken |
//! | `limits` | how often somebody may try |
//! | `sign_in` | login and password into a token |
//! | `tokens` | opaque tokens kept as hashes, idle end, revocation |
//! | `login` | what is taken for a login |
//! | `log` | sign-ins, for auditors |
//! | `viewer` | who looks, and what it may see |
//! | `viewers` | viewers read lately |

pub mod limits;
pub mod log;
pub mod login;
pub mod password;
pub mod sign_in;
pub mod tokens;
pub mod viewer;
pub mod viewers;

pub use viewer::{Viewer, published_on};
pub use viewers::Viewers;
