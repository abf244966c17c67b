//! Credit subjects as the viewer may see them.

use async_graphql::{Context, ID, Object, Result};
use domain::{ids::SubjectId, record::SubjectKind, rows::CreditSubject};
use workflows::engine::Matter;

use crate::{
    app::App,
    graphql::core::{
        action::Action,
        enums::EnumOf,
        fault,
        loaders::{Batch, SubjectKey},
        node, openings,
    },
    people::sealing,
};

/// A credit subject (信用主体).
#[derive(Clone, Debug)]
pub struct CreditSubjectShown(pub CreditSubject);

/// # Errors
/// When the database fails.
pub async fn read(ctx: &Context<'_>, id: Option<SubjectId>) -> Result<Option<CreditSubjectShown>> {
    let Some(id) = id else { return Ok(None) };
    let found = ctx.data::<Batch>()?.one(SubjectKey(id)).await?;
    Ok(found.map(CreditSubjectShown))
}

/// A credit subject (信用主体): an organisation, a sole trader or a natural person whom records are about.
#[Object(name = "CreditSubject")]
impl CreditSubjectShown {
    pub async fn id(&self) -> ID {
        node::global("Subject", &self.0.id.to_string())
    }

    /// Whether it is an organisation, a sole trader or a natural person.
    async fn kind(&self) -> EnumOf<SubjectKind> {
        EnumOf(self.0.kind)
    }

    /// Registered name; none where it was erased.
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        match (&self.0.name, &self.0.sealed_name) {
            (Some(name), _) => Ok(Some(name.clone())),
            (None, Some(sealed)) => sealing::unseal(ctx.data::<App>()?, &sealed.0).await.map_err(|fault| fault::internal(&fault)),
            (None, None) => Ok(None),
        }
    }

    /// 统一社会信用代码: unified social credit code, 18 characters; none of a natural person.
    async fn uscc(&self) -> Option<&str> {
        self.0.uscc.as_deref()
    }

    /// Resident identity number, masked.
    async fn id_number_masked(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        match &self.0.id_number {
            Some(sealed) => sealing::masked(ctx.data::<App>()?, &sealed.0).await.map_err(|fault| fault::internal(&fault)),
            None => Ok(None),
        }
    }

    /// Cases that may be opened about the subject, each with why not.
    async fn openings(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        openings::of(ctx, Matter::Subject(self.0.id)).await
    }
}
