//! Signing in: passwords, linked identities, tokens, and who a caller is. Sign-ins are log rows, not entries of the trail.
//!
//! | module | holds |
//! |---|---|
//! | `limits` | how often somebody may try |
//! | `sign_in` | login and password into a token |
//! | `identity` | signing in and linking by an identity that another house vouches for |
//! | `registering` | an account of one's own, by a link that is sent |
//! | `tokens` | opaque tokens kept as hashes, idle end, revocation |
//! | `login` | what is taken for a login |
//! | `log` | sign-ins, for auditors |
//! | `sealing` | personal texts, sealed and opened |
//! | `caller` | what is known of a caller before any right is checked |

pub mod caller;
pub mod identity;
pub mod limits;
pub mod log;
pub mod login;
pub mod registering;
pub mod sealing;
pub mod sign_in;
pub mod tokens;

pub use crate::viewers::{Viewer, published_on};
pub use caller::{Address, Bearer, Caller};
