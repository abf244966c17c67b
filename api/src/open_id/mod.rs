//! Identities that another house vouches for (OpenID Connect Core 1.0, code flow with PKCE): what the provider is asked, and what
//! of its answer is believed. Knows no account.
//!
//! | module | holds |
//! |---|---|
//! | `provider` | the provider of identities: where people are sent, and the exchange of a code for an identity |
//! | `talk` | requests to it: their time, their size, what it publishes of itself |
//! | `token` | the checks of an ID token |
//! | `signature` | signatures, checked by the library that TLS uses |

mod provider;
mod signature;
mod talk;
mod token;

pub use provider::{Flow, Identity, Particulars, Provider, is_safe};
pub use talk::Fault;
