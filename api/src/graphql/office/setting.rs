//! What no instrument settles, as it stands: value, source, bounds.

use async_graphql::{Context, Object, Result, SimpleObject};
use sea_orm::EntityTrait;
use time::Date;
use workflows::law::{Setting, Whose};

use crate::{
    app::App,
    graphql::core::{fault, shown::Citation, words::Words},
    store::entities,
};

/// A setting: what no instrument settles.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Setting")]
pub struct SettingShown {
    pub key: String,
    /// By which refusals and pages of processes name it.
    pub title: Words,
    pub zh: String,
    pub en: String,
    /// The value that counts today.
    pub value: String,
    /// The value of the settings file, which counts while nobody has changed it.
    pub default: String,
    /// `word`, `yes_no`, `count`, or a unit of time.
    pub unit: String,
    /// `party`: time that a party has; `office`: time that an office takes; `house`: a matter of the house.
    pub whose: String,
    /// Least of a number while the other settings stand as they are; none of words.
    pub min: Option<u32>,
    /// Most of a number while the other settings stand as they are; none of words.
    pub max: Option<u32>,
    /// Allowed words of what is no number.
    pub words: Vec<String>,
    /// Why these bounds, in Chinese.
    pub why_zh: String,
    /// The same in English.
    pub why_en: String,
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
                zh: setting.zh.clone(),
                en: setting.en.clone(),
                value: now(&setting.key)?,
                default: setting.value.clone(),
                unit: setting.unit.clone(),
                whose: match setting.whose {
                    Whose::Party => "party",
                    Whose::Office => "office",
                    Whose::House => "house",
                }
                .to_owned(),
                min: bounds.numbers.map(|(least, _)| least),
                max: bounds.numbers.map(|(_, most)| most),
                words: bounds.words.clone(),
                why_zh: bounds.why.zh.clone(),
                why_en: bounds.why.en.clone(),
                articles: bounds.cites.iter().map(|cite| Citation::of(&rules, cite)).collect(),
                since: since.unwrap_or(setting.dated),
                source: setting.cited().map(|cite| Citation::of(&rules, cite)),
            })
        };
        Ok(settings.all().iter().filter_map(shown).collect())
    }
}
