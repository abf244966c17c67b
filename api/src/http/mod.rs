//! The doors that speak HTTP.
//!
//! | module | holds |
//! |---|---|
//! | `graphql` | our own GraphQL-over-HTTP handler |
//! | `gate` | what is refused before any parser recurses |
//! | `parsed` | gated and parsed documents, kept by hash |
//! | `documents` | evidence in and out |
//! | `files` | tables of offices in and out |
//! | `server` | all routes together |

pub mod documents;
pub mod files;
pub mod gate;
pub mod graphql;
pub mod parsed;
pub mod server;

use std::future::Future;

use secrecy::SecretString;
use uuid::Uuid;

/// What the handler knows of a caller before any right is checked.
#[derive(Clone, Debug)]
pub struct Caller {
    pub bearer: Option<SecretString>,
    pub request_id: Uuid,
}

/// The token that came with a request.
#[derive(Clone, Debug)]
pub struct Bearer(pub Option<SecretString>);

/// Runs a gated request.
pub trait Execute: Clone + Send + Sync + 'static {
    fn execute(&self, request: async_graphql::Request, caller: Caller) -> impl Future<Output = async_graphql::Response> + Send;
}
