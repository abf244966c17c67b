//! What refusals, reasons, citations, deadlines and actions look like to a client.

use std::sync::Arc;

use async_graphql::{ComplexObject, Object, SimpleObject};
use domain::{
    calendar::Derived,
    process::Verb,
    refusal::{Reason, ReasonCode, Refusal},
    rows::Deadline,
};
use time::Date;
use workflows::{
    definition::Version,
    engine::Rules,
    explain::{self, Said},
    law::{Both, Mark, Quote},
};

use crate::{app::App, graphql::core::enums::EnumOf};

/// A cited article, with its words as they were read.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Citation {
    /// `source/article`
    pub key: String,
    pub zh: String,
    pub en: String,
}

impl Citation {
    pub fn of(rules: &Rules, key: &str) -> Self {
        let (zh, en) = rules.law.sources().title(key);
        Self { key: key.to_owned(), zh, en }
    }

    fn quote<T>(&self, ctx: &async_graphql::Context<'_>, of: impl Fn(&Quote) -> T) -> async_graphql::Result<Option<T>> {
        Ok(ctx.data::<App>()?.rules().law.sources().quote(&self.key).map(of))
    }
}

#[ComplexObject]
impl Citation {
    /// The article's words in Chinese, a paragraph or an item a line; none where they are absent.
    async fn words(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
        self.quote(ctx, |quote| quote.words.clone())
    }

    /// Where the words were read.
    async fn link(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
        self.quote(ctx, |quote| quote.link.clone())
    }

    /// The day on which the words were read.
    async fn read_on(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Date>> {
        self.quote(ctx, |quote| quote.read_on)
    }

    /// Whether they were read in a full text; if not, in an excerpt or on a second-hand page.
    async fn read_in_full(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<bool>> {
        self.quote(ctx, |quote| quote.mark == Mark::Confirmed)
    }

    /// SHA-256 of the words in UTF-8, as hexadecimal digits.
    async fn digest(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
        self.quote(ctx, |quote| quote.sha256.clone())
    }

    /// What a reader must know about the text that was read, Chinese and English.
    async fn note(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
        Ok(self.quote(ctx, |quote| quote.note.as_ref().map(Both::said))?.flatten())
    }

    /// Why the words are not here, Chinese and English; none exactly where they are.
    async fn absent(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
        Ok(ctx.data::<App>()?.rules().law.sources().absent(&self.key).map(|why| why.said()))
    }
}

/// How a day was found, in words.
#[derive(Clone, Debug, SimpleObject)]
pub struct Explanation {
    pub zh: String,
    pub en: String,
}

impl Explanation {
    pub fn of(rules: &Rules, found: &Derived) -> Self {
        explain::said(&rules.law, found).into()
    }
}

impl From<Said> for Explanation {
    fn from(Said { zh, en }: Said) -> Self {
        Self { zh, en }
    }
}

/// One unmet condition: code, cause, article, what would make the act possible and from which day.
#[derive(Clone, Debug)]
pub struct ReasonShown(pub Reason);

#[Object(name = "Reason")]
impl ReasonShown {
    async fn code(&self) -> EnumOf<ReasonCode> {
        EnumOf(self.0.code)
    }

    /// Chinese and English.
    async fn message(&self) -> String {
        let (zh, en) = self.0.message();
        format!("{zh}。{en}.")
    }

    async fn remedy(&self) -> String {
        let (zh, en) = self.0.remedy();
        format!("{zh}。{en}.")
    }

    async fn article(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Citation>> {
        let app = ctx.data::<App>()?;
        Ok(self.0.article.as_deref().map(|key| Citation::of(&app.rules(), key)))
    }

    /// Whether the article was made for something else and is followed by analogy (比照): it does not bind by itself.
    async fn by_analogy(&self) -> bool {
        self.0.by_analogy
    }

    /// First day on which this condition can hold if nothing else changes.
    async fn opens_on(&self) -> Option<Date> {
        self.0.opens_on
    }
}

/// A lawful no.
#[derive(Clone, Debug)]
pub struct RefusalShown(pub Refusal);

#[Object(name = "Refusal")]
impl RefusalShown {
    async fn reasons(&self) -> Vec<ReasonShown> {
        self.0.reasons.iter().cloned().map(ReasonShown).collect()
    }
}

/// An act that may be open to the viewer now.
#[derive(Clone, Debug)]
pub struct Action {
    pub version: Arc<Version>,
    pub verb: Verb,
    pub reasons: Vec<Reason>,
}

#[Object]
impl Action {
    async fn verb(&self) -> EnumOf<Verb> {
        EnumOf(self.verb)
    }

    /// Chinese and English name of the act.
    async fn title(&self) -> String {
        let (zh, en) = self.version.definition.act_title(self.verb);
        format!("{zh} {en}")
    }

    async fn allowed(&self) -> bool {
        self.reasons.is_empty()
    }

    /// Why not; empty exactly when the act is allowed.
    async fn reasons(&self) -> Vec<ReasonShown> {
        self.reasons.iter().cloned().map(ReasonShown).collect()
    }
}

/// A deadline with how it was counted.
#[derive(Clone, Debug)]
pub struct DeadlineShown {
    pub row: Deadline,
    pub zh: String,
    pub en: String,
}

#[Object(name = "Deadline")]
impl DeadlineShown {
    async fn key(&self) -> &str {
        &self.row.key
    }

    async fn title(&self) -> String {
        format!("{} {}", self.zh, self.en)
    }

    /// open, paused, met, missed, void
    async fn status(&self) -> String {
        serde_json::to_value(self.row.status).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Day of the event it counts from; that day itself is not counted.
    async fn start_on(&self) -> Date {
        self.row.start_on
    }

    async fn start_verb(&self) -> &str {
        &self.row.start_verb
    }

    async fn count(&self) -> Option<i64> {
        self.row.count
    }

    /// `working_day`, day, month, year
    async fn unit(&self) -> Option<&str> {
        self.row.unit.as_deref()
    }

    /// Last day; none while it is paused.
    async fn due_on(&self) -> Option<Date> {
        self.row.due_on
    }

    /// A day past the last loaded calendar was looked up: the date may still change.
    async fn provisional(&self) -> bool {
        self.row.provisional == 1
    }

    async fn article(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Citation>> {
        let app = ctx.data::<App>()?;
        Ok(self.row.article.as_deref().map(|key| Citation::of(&app.rules(), key)))
    }

    /// Event, articles, parameters, pauses, every day counted and skipped with its reason, digests of the calendars: enough
    /// to count it again with nothing else, as JSON text. Of a paused deadline: as it was counted before.
    async fn derivation(&self) -> &str {
        &self.row.derivation.0
    }

    /// The derivation in words; none while it is paused.
    async fn explanation(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Explanation>> {
        let app = ctx.data::<App>()?;
        let found = self.row.derivation.read().filter(|_| self.row.due_on.is_some());
        Ok(found.map(|found: Derived| Explanation::of(&app.rules(), &found)))
    }
}
