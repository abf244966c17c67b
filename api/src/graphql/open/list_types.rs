//! List types and their grounds, for everybody.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::record::Sector;

use crate::{
    app::App,
    graphql::{
        case::ground::{self, GroundRuleShown},
        core::{enums::EnumOf, fault, shown::Citation},
    },
};

/// A ground of a list type.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Ground")]
pub struct GroundShown {
    pub key: String,
    pub zh: String,
    pub en: String,
    /// The article that has the ground.
    pub article: Citation,
    /// Where the ground counts.
    pub rules: Vec<GroundRuleShown>,
}

/// A list type, and whether anybody may be listed under it today.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "ListType")]
pub struct ListTypeShown {
    pub key: String,
    pub zh: String,
    pub en: String,
    /// The articles that allow the list.
    pub basis: Vec<Citation>,
    /// Every instrument of the basis is in force today, and confirmed where that was not certain.
    pub has_basis: bool,
    /// Setting with which the confirmation is recorded.
    pub confirmed_by: Option<String>,
    /// Years on the list; none where the law's maximum holds.
    pub years: Option<u32>,
    /// Keys of the measures (惩戒措施) that may follow.
    pub measures: Vec<String>,
    /// The sector whose office is asked for its opinion before an entry is confirmed.
    pub opinion_of: Option<EnumOf<Sector>>,
    /// What may bring somebody on the list.
    pub grounds: Vec<GroundShown>,
}

/// Queries about list types.
#[derive(Debug, Default)]
pub struct ListingQueries;

#[Object]
impl ListingQueries {
    /// The list types that the law knows, with their grounds; for everybody.
    async fn list_types(&self, ctx: &Context<'_>) -> Result<Vec<ListTypeShown>> {
        let app = ctx.data::<App>()?;
        let settings = app.database.settings().await.map_err(|fault| fault::internal(&fault))?;
        let setting = |key: &str| settings.get(key).cloned().or_else(|| app.rules().law.settings().text(key));
        let shown = |list_type: &workflows::list_types::ListType| ListTypeShown {
            key: list_type.key.clone(),
            zh: list_type.zh.clone(),
            en: list_type.en.clone(),
            basis: list_type.basis.iter().map(|cite| Citation::of(&app.rules(), cite)).collect(),
            has_basis: list_type.holds_on(&app.rules().law, app.clock.today(), setting),
            confirmed_by: list_type.confirmed_by.clone(),
            years: list_type.years.as_ref().map(|years| years.value),
            measures: list_type.measures.clone(),
            opinion_of: list_type.opinion_of.map(EnumOf),
            grounds: list_type
                .ground
                .iter()
                .map(|one| GroundShown {
                    key: one.key.clone(),
                    zh: one.zh.clone(),
                    en: one.en.clone(),
                    article: Citation::of(&app.rules(), &one.cites),
                    rules: ground::rules(app, &one.rule),
                })
                .collect(),
        };
        Ok(app.rules().list_types.all().iter().map(shown).collect())
    }
}
