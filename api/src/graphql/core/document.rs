//! Documents of a case, as far as the viewer may read them.

use async_graphql::{Context, Result, SimpleObject};
use domain::{paper::DocumentKind, rows::Case};
use time::Date;

use crate::{
    app::App,
    graphql::core::{
        enums::EnumOf,
        fault,
        loaders::{Batch, DocumentsKey},
        words::Words,
    },
    people::Viewer,
    people::sealing,
};

/// A document that an act attached to the case.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Document")]
pub struct DocumentShown {
    /// Where its bytes are read, with the same token.
    pub path: String,
    /// What the paper is in the case.
    pub kind: EnumOf<DocumentKind>,
    /// What the kind is called.
    pub title: Words,
    /// Name of the file, as whoever brought it called it.
    pub name: String,
    /// What kind of file it is, found in its content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    pub sha256: String,
    /// The number that the house gave it, such as 资交信修〔2026〕1号; none of a paper that somebody brought.
    pub number: Option<String>,
    /// Day on which the paper was signed, or came in; none where nobody said.
    pub dated_on: Option<Date>,
    pub added_on: Date,
}

/// # Errors
/// When the database fails.
pub async fn of_case(ctx: &Context<'_>, case: &Case) -> Result<Vec<DocumentShown>> {
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    let rows = ctx.data::<Batch>()?.one(DocumentsKey(case.id)).await?.unwrap_or_default();
    let mut shown = Vec::new();
    for row in rows.into_iter().filter(|row| viewer.reads_paper(case, row)) {
        shown.push(DocumentShown {
            path: format!("/documents/{}", row.id),
            kind: EnumOf(row.kind),
            title: row.kind.title().into(),
            name: sealing::unseal(app, &row.name.0).await.map_err(|fault| fault::internal(&fault))?.unwrap_or_default(),
            media_type: row.media_type,
            size: row.size,
            sha256: row.sha256,
            number: row.number,
            dated_on: row.dated_on,
            added_on: row.added_on,
        });
    }
    Ok(shown)
}
