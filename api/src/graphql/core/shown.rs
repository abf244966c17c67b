//! What refusals, reasons, citations, deadlines and actions look like to a client.

use async_graphql::{ComplexObject, Object, SimpleObject};
use domain::{
    calendar::Derived,
    process::Process,
    refusal::{Reason, ReasonCode, Refusal},
};
use time::Date;
use workflows::{
    engine::Rules,
    explain,
    law::{Mark, Quote},
};

use crate::{
    app::App,
    graphql::core::{enums::EnumOf, words::Words},
};

/// A cited article, with its words as they were read.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Citation {
    /// Source and article as the law's data name them: `source/article`.
    pub key: String,
    /// Title of the instrument and number of the article, in Chinese.
    pub zh: String,
    /// The same in English.
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

    /// What a reader must know about the text that was read.
    async fn note(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Words>> {
        Ok(self.quote(ctx, |quote| quote.note.as_ref().map(|note| (note.zh.clone(), note.en.clone()).into()))?.flatten())
    }

    /// Why the words are not here; none exactly where they are.
    async fn absent(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Words>> {
        Ok(ctx.data::<App>()?.rules().law.sources().absent(&self.key).map(|why| (why.zh.clone(), why.en.clone()).into()))
    }
}

/// How a day was found.
pub fn explained(rules: &Rules, found: &Derived) -> Words {
    explain::of_case(rules, Process::PublicationRecord, found).into()
}

/// One unmet condition: code, cause, article, what would make the act possible and from which day.
#[derive(Clone, Debug)]
pub struct ReasonShown(pub Reason);

/// One unmet condition: code, cause, article, what would make the act possible and from which day.
#[Object(name = "Reason")]
impl ReasonShown {
    /// Which condition it is: clients may code against it.
    async fn code(&self) -> EnumOf<ReasonCode> {
        EnumOf(self.0.code)
    }

    /// What is wrong.
    async fn message(&self) -> Words {
        self.0.message().into()
    }

    /// What would make it possible.
    async fn remedy(&self) -> Words {
        self.0.remedy().into()
    }

    /// The article that asks it; none where it is a rule of the house.
    async fn article(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Citation>> {
        let app = ctx.data::<App>()?;
        Ok(self.0.article.as_deref().map(|key| Citation::of(&app.rules(), key)))
    }

    /// The rule of the house that asks it, with its reason; none where an article does.
    async fn house_rule(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Words>> {
        let rules = ctx.data::<App>()?.rules();
        Ok(rules.law.house_rule(self.0.code).map(|rule| rule.house.clone().into()))
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

/// A lawful no: everything that speaks against the act at once.
#[Object(name = "Refusal")]
impl RefusalShown {
    /// Each unmet condition; never empty.
    async fn reasons(&self) -> Vec<ReasonShown> {
        self.0.reasons.iter().cloned().map(ReasonShown).collect()
    }
}
