//! What the console knows of the house.

use std::future::Future;

use async_graphql::Response;
use axum::{body::Bytes, http::StatusCode, response::Response as Answer};

use serde_json::Value;

use crate::view::words::Both;

/// Who asks, as the house tells callers apart.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The token that signing in gave; none of a stranger.
    pub token: Option<String>,
    /// Where the request came from.
    pub address: Option<String>,
}

/// A document with its variables.
#[derive(Clone, Debug)]
pub struct Question {
    pub document: String,
    pub variables: Value,
    /// Whether it may only read: then one that would change something is not run.
    pub reads: bool,
}

/// A paper or a table that was kept: an act may name it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: String,
}

/// Why something was not kept or not given.
#[derive(Clone, Debug)]
pub struct Unkept {
    pub status: StatusCode,
    pub words: Both,
}

/// A file of the house.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// An empty table to fill in, such as `penalty_records.xlsx`.
    Template(String),
    /// The published list: `published.xlsx` or `published.csv`.
    Published(String),
    /// A table that was sent, with its faults marked.
    Marked { upload: String, layout: String, office: String },
    /// A paper of a case as the house drafts it, such as `prior_notice.pdf`.
    Sheet { case: String, name: String },
    /// What Credit China is told: `answers.xlsx` or `answers.csv`. That it went out is an entry, so only a form asks for it.
    Answers(String),
}

/// The house: everything that a page shows or does goes through it.
pub trait House: Clone + Send + Sync + 'static {
    /// Runs a document, gated as any client's.
    fn run(&self, question: Question, visitor: Visitor) -> impl Future<Output = Response> + Send;

    /// Keeps a paper.
    fn keep(&self, visitor: Visitor, bytes: Bytes) -> impl Future<Output = Result<Kept, Unkept>> + Send;

    /// A paper of a case that the visitor may see.
    fn paper(&self, visitor: Visitor, id: String) -> impl Future<Output = Result<Answer, Unkept>> + Send;

    /// Keeps a table of an office for its check.
    fn bring(&self, visitor: Visitor, bytes: Bytes) -> impl Future<Output = Result<Kept, Unkept>> + Send;

    /// A file of the house.
    fn file(&self, visitor: Visitor, wanted: Wanted) -> impl Future<Output = Result<Answer, Unkept>> + Send;
}
