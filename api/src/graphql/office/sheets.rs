//! Papers of a case as the house drafts them.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::{
    canonical,
    listing::ListingTerms,
    paper::Extent,
    process::Verb,
    rows::Case,
    sheet::{SheetKind, SheetPart},
};
use sea_orm::{ColumnTrait, QueryFilter};

use crate::{
    app::App,
    drafts::{self, Proposed},
    graphql::core::{enums::EnumOf, fault, signing, viewer::signed_in, words::Words},
    people::Viewer,
    store::{StoreFault, counting, entities},
};

/// A paper of a case that the viewer may read.
#[derive(Clone, Debug, SimpleObject)]
pub struct SheetOffer {
    /// Which paper it is.
    pub kind: EnumOf<SheetKind>,
    /// What it is called.
    pub title: Words,
    /// Whether it is a preview: no act has issued it yet.
    pub draft: bool,
    /// 文号 of a paper that was issued; none of a preview, and of a paper without numbers.
    pub number: Option<String>,
    /// Where the bytes of a paper are read that was signed off in the house, and kept as it was signed off; its words are shown
    /// nowhere else. None of every other paper.
    pub document: Option<String>,
}

/// A part of a paper, in the order in which it is printed.
#[derive(Clone, Debug, SimpleObject)]
pub struct SheetBlock {
    /// How it is set.
    pub part: EnumOf<SheetPart>,
    /// What it says; of a row of a table its cells with a blank between.
    pub text: String,
    /// The cells of a row of a table; one of everything else.
    pub cells: Vec<String>,
}

/// The words of a paper, in Chinese as it is issued.
#[derive(Clone, Debug, SimpleObject)]
pub struct Sheet {
    /// Which paper it is.
    pub kind: EnumOf<SheetKind>,
    /// The title that stands on it.
    pub title: String,
    /// 文号; with a blank in place of the number before one is given. None of a paper without numbers.
    pub number: Option<String>,
    /// Whether it is a preview: its number and its day stand open, and it is marked 草稿.
    pub draft: bool,
    /// Whether it is printed as a form with ruled cells instead of an official document by GB/T 9704.
    pub form: bool,
    /// Everything that stands on it.
    pub blocks: Vec<SheetBlock>,
    /// What it lacks; the place of each says so too. Nothing is guessed.
    pub missing: Vec<Words>,
    /// Digest of these words: an act that signs them off names it.
    pub digest: String,
}

impl From<drafts::Sheet> for Sheet {
    fn from(sheet: drafts::Sheet) -> Self {
        let digest = sheet.digest();
        let block = |part: drafts::Part| SheetBlock { part: EnumOf(part.part), text: part.text(), cells: part.cells };
        Self {
            kind: EnumOf(sheet.kind),
            title: sheet.title,
            number: sheet.number,
            draft: sheet.draft,
            form: sheet.kind.is_form(),
            blocks: sheet.parts.into_iter().map(block).collect(),
            missing: sheet.missing.into_iter().map(Words::from).collect(),
            digest,
        }
    }
}

/// What an act would bring to the paper that it signs off, by the names of its own fields.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DraftInput {
    /// The reasons in words.
    pub reason: Option<String>,
    /// How far an objection is upheld.
    pub extent: Option<EnumOf<Extent>>,
    /// Keys of the grounds with which a listing is decided.
    pub grounds: Option<Vec<String>>,
    /// Keys of the measures with which a listing is decided.
    pub measures: Option<Vec<String>>,
    /// Years for which somebody is listed; none where the list type says it.
    pub years: Option<u32>,
    /// The law that allows more than the legal maximum, as `source/article`.
    pub law: Option<String>,
}

impl DraftInput {
    fn of(self, verb: Verb) -> Proposed {
        let reason = self.reason.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let partial = self.extent.is_some_and(|extent| extent.0 == Extent::Partial);
        let (measures, years, law) = (self.measures.unwrap_or_default(), self.years, self.law);
        let terms = self.grounds.map(|grounds| ListingTerms { grounds, measures, years, law });
        Proposed { verb, reason, partial, terms }
    }
}

/// A case by its number, if the viewer may see it.
async fn seen(app: &App, viewer: &Viewer, number: &str) -> Result<Option<Case>> {
    let query = counting::cases().filter(viewer.cases()).filter(entities::cases::Column::Number.eq(canonical::code(number)));
    let row = query.one(app.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
    row.map(entities::cases::Model::row).transpose().map_err(|fault| fault::internal(&StoreFault::broken(fault)))
}

/// Queries for papers.
#[derive(Debug, Default)]
pub struct SheetQueries;

#[Object]
impl SheetQueries {
    /// Papers of a case that the viewer may read: those that were issued, and for the offices of the case a preview of those that
    /// may come. Empty where the viewer may not see the case.
    async fn sheets(&self, ctx: &Context<'_>, #[graphql(desc = "Number of the case.")] case: String) -> Result<Vec<SheetOffer>> {
        let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
        let Some(case) = seen(app, viewer, &case).await? else { return Ok(Vec::new()) };
        let offers = drafts::offers(app, viewer, &case).await.map_err(|fault| fault::internal(&fault))?;
        let offer = |offer: drafts::Offer| SheetOffer {
            kind: EnumOf(offer.kind),
            title: offer.kind.title().into(),
            draft: offer.issued.is_none(),
            number: offer.issued.and_then(|issued| issued.number),
            document: offer.kept.map(|id| format!("/documents/{id}")),
        };
        Ok(offers.into_iter().map(offer).collect())
    }

    /// The words of a paper, as the house drafts them from what stands in the case; none where the viewer may not read it.
    async fn sheet(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of the case.")] case: String,
        #[graphql(desc = "Which of its papers.")] kind: EnumOf<SheetKind>,
    ) -> Result<Option<Sheet>> {
        let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
        let Some(case) = seen(app, viewer, &case).await? else { return Ok(None) };
        let sheet = drafts::sheet(app, viewer, &case, kind.0).await.map_err(signing::faulty)?;
        Ok(sheet.map(Sheet::from))
    }

    /// The words that an act would sign off, with what is typed for it, before it is done; none where the act signs off no paper of
    /// the house, the case is not at it, or the viewer is not of its offices.
    async fn draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of the case.")] case: String,
        #[graphql(desc = "The act that would sign it off.")] act: EnumOf<Verb>,
        #[graphql(desc = "What the paper says of it.")] says: Option<DraftInput>,
    ) -> Result<Option<Sheet>> {
        let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
        let case = seen(app, viewer, &case).await?;
        let Some(case) = case.filter(|case| viewer.reads_internal(case)) else { return Ok(None) };
        let sheet = Box::pin(drafts::proposed(app, &case, says.unwrap_or_default().of(act.0))).await.map_err(signing::faulty)?;
        Ok(sheet.map(Sheet::from))
    }
}
