//! What no instrument settles, as it stands: value, source, bounds.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::setting::{SettingOf, SettingUnit};
use sea_orm::EntityTrait;
use time::Date;
use workflows::law::Setting;

use crate::{
    app::App,
    graphql::core::{enums::EnumOf, fault, shown::Citation, words::Words},
    store::entities,
};

/// A setting: what no instrument settles.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Setting")]
pub struct SettingShown {
    /// The key by which `changeSetting` names it.
    pub key: String,
    /// By which refusals and pages of processes name it.
    pub title: Words,
    /// What it settles, in a sentence.
    pub explanation: Words,
    /// The value that counts today.
    pub value: String,
    /// The value of the settings file, which counts while nobody has changed it.
    pub default: String,
    /// What the value is counted in, or that it is no number.
    pub unit: EnumOf<SettingUnit>,
    /// Whose time or matter it is.
    pub whose: EnumOf<SettingOf>,
    /// Least of a number while the other settings stand as they are; none of words.
    pub min: Option<u32>,
    /// Most of a number while the other settings stand as they are; none of words.
    pub max: Option<u32>,
    /// Allowed words of what is no number.
    pub words: Vec<String>,
    /// Why these bounds.
    pub why: Words,
    /// Law that sets the bounds or served as their model.
    pub articles: Vec<Citation>,
    /// From when the value is what it is.
    pub since: Date,
    /// Where the default comes from; none where it is this house's own proposal.
    pub source: Option<Citation>,
}

/// Queries about settings.
#[derive(Debug, Default)]
pub struct SettingQueries;

#[Object]
impl SettingQueries {
    /// Every setting with its value, its source and the bounds within which it may be changed; for everybody.
    async fn settings(&self, ctx: &Context<'_>) -> Result<Vec<SettingShown>> {
        let app = ctx.data::<App>()?;
        let rows = entities::setting::Entity::find().all(app.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
        let rules = app.rules();
        let settings = rules.law.settings();
        let changed = |key: &str| rows.iter().find(|row| row.id == key);
        let now = |key: &str| changed(key).map(|row| row.value.clone()).or_else(|| settings.text(key));
        let shown = |setting: &Setting| {
            let bounds = settings.bounds(&setting.key, now)?;
            let since = changed(&setting.key).and_then(|row| domain::day::parse(&row.since));
            Some(SettingShown {
                key: setting.key.clone(),
                title: setting.title.clone().into(),
                explanation: (setting.zh.clone(), setting.en.clone()).into(),
                value: now(&setting.key)?,
                default: setting.value.clone(),
                unit: EnumOf(setting.unit),
                whose: EnumOf(setting.whose),
                min: bounds.numbers.map(|(least, _)| least),
                max: bounds.numbers.map(|(_, most)| most),
                words: bounds.words.clone(),
                why: (bounds.why.zh.clone(), bounds.why.en.clone()).into(),
                articles: bounds.cites.iter().map(|cite| Citation::of(&rules, cite)).collect(),
                since: since.unwrap_or(setting.dated),
                source: setting.cited().map(|cite| Citation::of(&rules, cite)),
            })
        };
        Ok(settings.all().iter().filter_map(shown).collect())
    }
}
