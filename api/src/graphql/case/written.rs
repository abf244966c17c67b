//! What was written in the forms of a case: sealed texts are opened for whoever sees the case, and what tells how to reach a
//! human being only for those who handle the case and for the party itself.

use async_graphql::{Context, Result, SimpleObject};
use domain::{
    command::SubjectDraft,
    data::RecordForm,
    ground::GroundFacts,
    listing::{Capacity, RelatedPerson},
    personal::{Sealed, Words as Said},
    record::{FineSize, PenaltyKind, SubjectKind},
    repair::RepairForm,
    rows::{Case, Standing},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::{
    app::App,
    graphql::core::{enums::EnumOf, fault, find::broken, words::Words},
    people::{Viewer, sealing},
    store::entities,
};

/// A sealed text of a case; none where there is none, and where it was erased.
///
/// # Errors
/// When the database fails.
pub async fn text(ctx: &Context<'_>, text: Option<&Sealed>) -> Result<Option<String>> {
    let Some(text) = text else { return Ok(None) };
    sealing::unseal(ctx.data::<App>()?, text).await.map_err(|fault| fault::internal(&fault))
}

/// A text that is sealed where it speaks of a human being.
///
/// # Errors
/// When the database fails.
pub async fn said(ctx: &Context<'_>, words: Option<&Said>) -> Result<Option<String>> {
    match words {
        Some(Said::Plain(words)) => Ok(Some(words.clone())),
        Some(Said::Sealed(sealed)) => text(ctx, Some(sealed)).await,
        None => Ok(None),
    }
}

/// Whether the viewer may read how the party is reached: the party itself, and the offices that handle the case.
fn reaches(ctx: &Context<'_>, case: &Case) -> Result<bool> {
    let viewer = ctx.data::<Viewer>()?;
    Ok(viewer.is_party(case) || viewer.works_at(case) || viewer.city)
}

/// The first character, and marks in place of the others.
fn masked(text: &str) -> String {
    text.chars().take(1).chain("***".chars()).collect()
}

/// A text by which a human being is reached: whole for those who handle the case and the party, masked for others.
///
/// # Errors
/// When the database fails.
pub async fn reach(ctx: &Context<'_>, case: &Case, sealed: Option<&Sealed>) -> Result<Option<String>> {
    let open = reaches(ctx, case)?;
    Ok(text(ctx, sealed).await?.map(|text| if open { text } else { masked(&text) }))
}

/// How the party of a case is reached, as it said in its application.
#[derive(Clone, Debug, SimpleObject)]
pub struct Contact {
    /// Who speaks for the party.
    pub name: Option<String>,
    /// Telephone of that person.
    pub phone: Option<String>,
    /// Where letters go; none where none was given.
    pub email: Option<String>,
    /// Whether only the first characters are shown, since the viewer does not handle the case.
    pub masked: bool,
}

/// # Errors
/// When the database fails.
pub async fn contact(ctx: &Context<'_>, case: &Case, form: Option<&RepairForm>) -> Result<Option<Contact>> {
    let Some(form) = form else { return Ok(None) };
    Ok(Some(Contact {
        name: reach(ctx, case, Some(&form.contact_name)).await?,
        phone: reach(ctx, case, Some(&form.contact_phone)).await?,
        email: reach(ctx, case, form.contact_email.as_ref()).await?,
        masked: !reaches(ctx, case)?,
    }))
}

/// A penalty of a decision.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Penalty")]
pub struct PenaltyShown {
    /// What kind of penalty it is.
    pub kind: EnumOf<PenaltyKind>,
    /// The size of a fine, as the sector authority defines it; none of other kinds.
    pub size: Option<EnumOf<FineSize>>,
    /// Last day of a penalty that has a period of its own.
    pub until: Option<Date>,
}

pub fn penalties(form: &RecordForm) -> Vec<PenaltyShown> {
    let shown = |penalty: &domain::record::Penalty| PenaltyShown {
        kind: EnumOf(penalty.kind),
        size: penalty.size.map(EnumOf),
        until: penalty.until,
    };
    form.facts.penalties.iter().map(shown).collect()
}

/// A punishment measure that a decision names (Sichuan Regulation art. 40).
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "RecordMeasure")]
pub struct MeasureShown {
    /// Key of the measure in the law's list.
    pub key: String,
    /// What it is called.
    pub title: Words,
    /// Whether it is in force, waits, or was lifted; none where it never came into force.
    pub standing: Option<EnumOf<Standing>>,
    /// Its first day in force.
    pub from_day: Option<Date>,
    /// The day on which it was lifted.
    pub lifted_on: Option<Date>,
}

/// The measures that a record's decision names, with where they stand.
///
/// # Errors
/// When the database fails.
pub async fn measures(ctx: &Context<'_>, case: &Case, named: &[String]) -> Result<Vec<MeasureShown>> {
    use entities::measure::{Column, Entity};
    let app = ctx.data::<App>()?;
    let rules = app.rules();
    let title =
        |key: &str| rules.measures.get(key).map_or_else(|| (key, key).into(), |found| (found.zh.as_str(), found.en.as_str()).into());
    let query = Entity::find().filter(Column::CaseId.eq(case.id.to_string())).order_by_asc(Column::FromDay).order_by_asc(Column::Id);
    let mut shown = Vec::new();
    for row in query.all(app.database.keyed()).await.map_err(|fault| fault::internal(&fault.into()))? {
        let row = row.row().map_err(broken)?;
        let (standing, from_day) = (Some(EnumOf(row.standing)), Some(row.from_day));
        shown.push(MeasureShown { title: title(&row.key), key: row.key, standing, from_day, lifted_on: row.lifted_on });
    }
    for key in named {
        if !shown.iter().any(|known| known.key == *key) {
            shown.push(MeasureShown { title: title(key), key: key.clone(), standing: None, from_day: None, lifted_on: None });
        }
    }
    Ok(shown)
}

/// What a filing said of one counting ground.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "GroundFacts")]
pub struct GroundFactsShown {
    /// Key of the ground.
    pub ground: String,
    /// Numbers of the records that it named.
    pub records: Vec<String>,
    /// Goods vehicles of the subject.
    pub fleet: Option<u32>,
    /// Those of them that offended in the window.
    pub overloaded: Option<u32>,
}

pub fn counts(facts: &[GroundFacts]) -> Vec<GroundFactsShown> {
    let shown = |facts: &GroundFacts| GroundFactsShown {
        ground: facts.ground.clone(),
        records: facts.records.clone(),
        fleet: facts.fleet,
        overloaded: facts.overloaded,
    };
    facts.iter().map(shown).collect()
}

/// A person who is to be recorded together with a listed organisation.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "RelatedPerson")]
pub struct RelatedPersonShown {
    /// Why the person is recorded.
    pub capacity: EnumOf<Capacity>,
    /// What kind of subject it is.
    pub kind: EnumOf<SubjectKind>,
    /// Its name; none where it was erased.
    pub name: Option<String>,
    /// Unified social credit code, of an organisation.
    pub uscc: Option<String>,
    /// Resident identity number with its middle masked, of a natural person.
    pub id_number_masked: Option<String>,
}

/// # Errors
/// When the database fails.
pub async fn related(ctx: &Context<'_>, persons: &[RelatedPerson]) -> Result<Vec<RelatedPersonShown>> {
    let app = ctx.data::<App>()?;
    let mut shown = Vec::new();
    for RelatedPerson { capacity, subject } in persons {
        let SubjectDraft { kind, uscc, id_number, name, sealed_name, .. } = subject;
        let number = match id_number {
            Some(number) => sealing::masked(app, number).await.map_err(|fault| fault::internal(&fault))?,
            None => None,
        };
        let name = match name {
            Some(name) => Some(name.clone()),
            None => text(ctx, sealed_name.as_ref()).await?,
        };
        shown.push(RelatedPersonShown {
            capacity: EnumOf(*capacity),
            kind: EnumOf(*kind),
            name,
            uscc: uscc.clone(),
            id_number_masked: number,
        });
    }
    Ok(shown)
}
