//! The doors that speak HTTP.
//!
//! | module | holds |
//! |---|---|
//! | `flowing` | an answer that nobody reads ends |
//! | `listening` | connections: how many, how long, how they end |
//! | `body` | what a request brings: how much, how long it may take, files as browsers send them |
//! | `asked` | what is asked passes the gate and is run |
//! | `graphql` | our own GraphQL-over-HTTP handler |
//! | `gate` | what is refused before any parser recurses |
//! | `parsed` | gated and parsed documents, kept by hash |
//! | `documents` | evidence in and out |
//! | `files` | tables of offices in and out |
//! | `sheets` | drafted papers as PDF |
//! | `pages` | the console for people over this house |
//! | `ready` | whether the house can be worked in |
//! | `server` | all routes together |

mod asked;
pub mod body;
pub mod documents;
pub mod files;
pub mod flowing;
pub mod gate;
pub mod graphql;
pub mod listening;
pub mod pages;
pub mod parsed;
pub mod ready;
pub mod server;
mod sheets;

use std::future::Future;

use axum::http::{HeaderMap, header};
use secrecy::SecretString;

use crate::people::Caller;

/// The bearer token of a request; the name of the scheme in any case (RFC 9110 section 11.1).
pub fn bearer(headers: &HeaderMap) -> Option<SecretString> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.trim().split_once(' ').unwrap_or((value.trim(), ""));
    matches!(scheme.to_ascii_lowercase().as_str(), "bearer").then(|| token.trim().to_owned().into())
}

/// Runs a gated request.
pub trait Execute: Clone + Send + Sync + 'static {
    fn execute(&self, request: async_graphql::Request, caller: Caller) -> impl Future<Output = async_graphql::Response> + Send;
}
