//! What may be sent in as a document, and how much of it today.

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::{
    app::App,
    evidence,
    graphql::core::{fault, viewer::signed_in, words::Words},
};

/// A kind of document that is taken.
#[derive(Clone, Debug, SimpleObject)]
pub struct UploadKind {
    /// What it is called.
    pub title: Words,
    /// Its media type, by which `Ask.accept` names it.
    pub media_type: String,
    /// Endings of such files, with the dot. The content decides, not the name.
    pub extensions: Vec<String>,
}

/// How much the viewer's account may still send in. A day is the 24 hours before now.
#[derive(Clone, Debug, SimpleObject)]
pub struct UploadsLeft {
    /// So many files.
    pub files: i32,
    /// So many mebibytes (1,048,576 bytes) together, rounded down.
    pub mebibytes: i32,
}

/// What `POST /documents` takes.
#[derive(Clone, Debug, SimpleObject)]
pub struct UploadRules {
    /// Kinds of document that are taken, recognised by their content.
    pub kinds: Vec<UploadKind>,
    /// Media types of all kinds, for a file field's `accept`.
    pub media_types: Vec<String>,
    /// Endings of all kinds, with the dot, for the same.
    pub extensions: Vec<String>,
    /// Most bytes of one file.
    pub largest_bytes: i32,
    /// What is left of the account's share of a day.
    pub left_today: UploadsLeft,
}

/// Queries about uploads.
#[derive(Debug, Default)]
pub struct UploadQueries;

#[Object]
impl UploadQueries {
    /// Which documents may be sent in, how large, and how much the viewer's account may still send today; for whoever is
    /// signed in.
    async fn upload_rules(&self, ctx: &Context<'_>) -> Result<UploadRules> {
        let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
        let (files, bytes) = evidence::left(app, viewer).await.map_err(|fault| fault::internal(&fault))?;
        let number = |count: i64| i32::try_from(count.max(0)).unwrap_or(i32::MAX);
        let endings = |kind: &evidence::Kind| kind.extensions.iter().map(|ending| (*ending).to_owned()).collect::<Vec<_>>();
        Ok(UploadRules {
            kinds: evidence::KINDS
                .iter()
                .map(|kind| UploadKind { title: kind.title.into(), media_type: kind.media_type.to_owned(), extensions: endings(kind) })
                .collect(),
            media_types: evidence::media_types(),
            extensions: evidence::KINDS.iter().flat_map(endings).collect(),
            largest_bytes: i32::try_from(evidence::LARGEST).unwrap_or(i32::MAX),
            left_today: UploadsLeft { files: number(files), mebibytes: number(bytes / (1024 * 1024)) },
        })
    }
}
