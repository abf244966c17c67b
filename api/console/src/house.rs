//! What the console knows of the house.

use std::future::Future;

use async_graphql::{Request, Response};
use axum::{body::Bytes, http::StatusCode, response::Response as Answer};

/// Who asks, as the house tells callers apart.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The token that signing in gave; none of a stranger.
    pub token: Option<String>,
    /// Where the request came from.
    pub address: Option<String>,
}

/// A paper that was kept: an act may name it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: String,
}

/// A paper that was not kept, and why.
#[derive(Clone, Debug)]
pub struct Unkept {
    pub status: StatusCode,
    /// Chinese and English in one sentence, as the house says it.
    pub words: String,
}

/// The house: everything that a page shows or does goes through it.
pub trait House: Clone + Send + Sync + 'static {
    /// Runs a document.
    fn run(&self, request: Request, visitor: Visitor) -> impl Future<Output = Response> + Send;

    /// Keeps a paper.
    fn keep(&self, visitor: Visitor, bytes: Bytes) -> impl Future<Output = Result<Kept, Unkept>> + Send;

    /// A paper of a case that the visitor may see.
    fn paper(&self, visitor: Visitor, id: String) -> impl Future<Output = Answer> + Send;
}
