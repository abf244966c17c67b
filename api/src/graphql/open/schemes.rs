//! Schemes (信易+) and types of commitments, for everybody; and what a subject needs to use a scheme.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::{
    benefit::{BenefitKind, EligibilityGap, SchemeKind},
    canonical,
    identifier::Uscc,
    record::{Sector, SubjectKind},
};
use time::Date;
use workflows::{commitment_types::CommitmentType, engine, schemes::Scheme};

use crate::{
    app::App,
    graphql::core::{
        enums::EnumOf,
        fault,
        office::{self, OfficeShown},
        shown::Citation,
        words::Words,
    },
    people::Viewer,
    store::load::{self, Wanted},
};

/// An advantage of a scheme.
#[derive(Clone, Debug, SimpleObject)]
pub struct BenefitShown {
    pub key: String,
    /// What the scheme calls it.
    pub title: Words,
    /// What it is in law.
    pub of: EnumOf<BenefitKind>,
}

/// A scheme: what the trustworthy get, from whom, and under which conditions.
#[derive(Clone, Debug, SimpleObject)]
pub struct SchemeShown {
    pub key: String,
    pub kind: EnumOf<SchemeKind>,
    /// What the city calls it.
    pub title: Words,
    /// The paper that sets it up; what is said where none is issued yet.
    pub document: Words,
    /// Whether its paper is issued. While it is not, the conditions are an example, and its use is the office's own responsibility.
    pub issued: bool,
    /// The office that runs it.
    pub office: Option<OfficeShown>,
    /// Kinds of subjects that it is for.
    pub whom: Vec<EnumOf<SubjectKind>>,
    /// The first day on which it is in force.
    pub first_day: Date,
    /// The last one; none while there is no end.
    pub last_day: Option<Date>,
    /// Whether it is in force today.
    pub in_force: bool,
    /// Who takes part.
    pub partners: Vec<Words>,
    /// What a subject needs.
    pub needs: Vec<Words>,
    /// What whoever meets the conditions is given.
    pub benefits: Vec<BenefitShown>,
}

/// Whether a subject can use a scheme on a day, and everything that keeps it from it.
#[derive(Clone, Debug, SimpleObject)]
pub struct Eligibility {
    /// Key of the scheme.
    pub scheme: String,
    /// What the city calls the scheme.
    pub title: Words,
    /// Whether every condition is met on that day.
    pub eligible: bool,
    /// Everything that keeps it from it, in the order of the conditions.
    pub gaps: Vec<EnumOf<EligibilityGap>>,
}

/// A type of commitment, with the four things that the law asks for.
#[derive(Clone, Debug, SimpleObject)]
pub struct CommitmentTypeShown {
    pub key: String,
    /// What letters of the type are called.
    pub title: Words,
    /// The articles on which it is taken.
    pub basis: Vec<Citation>,
    /// Whether one of them is in force today.
    pub in_force: bool,
    /// Fields of transport that it is for.
    pub sectors: Vec<EnumOf<Sector>>,
    /// How long it runs where its letter names no day.
    pub days: u32,
    /// Whether these are calendar days or working days.
    pub unit: EnumOf<domain::calendar::Unit>,
    /// How performance is judged.
    pub standard: Words,
    /// How it is found.
    pub finding: Words,
    /// What follows where it is not kept.
    pub restriction: Words,
    /// How that ends.
    pub exit: Words,
}

fn words(words: &workflows::law::Words) -> Words {
    (words.zh.clone(), words.en.clone()).into()
}

async fn scheme(ctx: &Context<'_>, one: &Scheme, today: Date) -> Result<SchemeShown> {
    let benefit = |one: &workflows::schemes::Benefit| BenefitShown {
        key: one.key.clone(),
        title: (one.zh.clone(), one.en.clone()).into(),
        of: EnumOf(one.of),
    };
    Ok(SchemeShown {
        key: one.key.clone(),
        kind: EnumOf(one.kind),
        title: (one.zh.clone(), one.en.clone()).into(),
        document: words(&one.document),
        issued: one.issued,
        office: office::read(ctx, Some(&one.office)).await?,
        whom: one.whom.iter().copied().map(EnumOf).collect(),
        first_day: one.from,
        last_day: one.until,
        in_force: one.is_in_force(today),
        partners: one.partners.iter().map(words).collect(),
        needs: one.needs.iter().map(|need| need.title().into()).collect(),
        benefits: one.benefit.iter().map(benefit).collect(),
    })
}

fn kind(app: &App, one: &CommitmentType) -> CommitmentTypeShown {
    let rules = app.rules();
    CommitmentTypeShown {
        key: one.key.clone(),
        title: (one.zh.clone(), one.en.clone()).into(),
        basis: one.basis.iter().map(|cite| Citation::of(&rules, cite)).collect(),
        in_force: one.basis_on(&rules.law, app.clock.today()).is_some(),
        sectors: one.fields.iter().copied().map(EnumOf).collect(),
        days: one.days.value,
        unit: EnumOf(one.days.unit),
        standard: words(&one.standard),
        finding: words(&one.finding),
        restriction: words(&one.restriction),
        exit: words(&one.exit),
    }
}

/// Queries about schemes and commitments.
#[derive(Debug, Default)]
pub struct SchemeQueries;

#[Object]
impl SchemeQueries {
    /// Schemes for the trustworthy (信易+), with what each asks; for everybody.
    async fn schemes(&self, ctx: &Context<'_>) -> Result<Vec<SchemeShown>> {
        let app = ctx.data::<App>()?;
        let (rules, today) = (app.rules(), app.clock.today());
        let mut found = Vec::new();
        for one in rules.schemes.all() {
            found.push(scheme(ctx, one, today).await?);
        }
        Ok(found)
    }

    /// Types of commitments, with how each is judged, found, what follows and how that ends; for everybody.
    async fn commitment_types(&self, ctx: &Context<'_>) -> Result<Vec<CommitmentTypeShown>> {
        let app = ctx.data::<App>()?;
        Ok(app.rules().commitment_types.all().iter().map(|one| kind(app, one)).collect())
    }

    /// Whether the bearer of a code can use each scheme on a day, today where none is given: for whoever acts for it, for the office
    /// that runs the scheme, and for whoever sees all cases. An office that decides on something else asks by a credit check.
    async fn eligibility(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Unified social credit code of the subject.")] uscc: String,
        #[graphql(desc = "The day; today where none is given.")] on: Option<Date>,
    ) -> Result<Vec<Eligibility>> {
        let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
        let code = Uscc::parse(&uscc).map_err(|wrong| fault::bad_input("uscc", (wrong.zh, wrong.en)))?;
        let code = canonical::code(code.as_str());
        let today = app.clock.today();
        let on = on.unwrap_or(today);
        if on > today {
            return Err(fault::bad_input("on", ("晚于今日", "It lies in the future")));
        }
        let mut wanted = Wanted::default();
        wanted.identifiers.insert(code.clone());
        wanted.codes.insert(code.clone());
        let rules = app.rules();
        let found = load::decided(&app.database, wanted, |snapshot| engine::eligibility(&rules, snapshot, &code, on)).await;
        let (subject, found) = found.map_err(|fault| fault::internal(&fault))?;
        let own = subject.is_some_and(|id| viewer.subjects.contains(&id));
        let offices = viewer.offices();
        let may = |scheme: &Scheme| own || viewer.sees_all() || offices.contains(&scheme.office);
        let one = |(scheme, gaps): (&Scheme, Vec<EligibilityGap>)| Eligibility {
            scheme: scheme.key.clone(),
            title: (scheme.zh.clone(), scheme.en.clone()).into(),
            eligible: gaps.is_empty(),
            gaps: gaps.into_iter().map(EnumOf).collect(),
        };
        Ok(rules.schemes.all().iter().zip(found).filter(|(scheme, _)| may(scheme)).map(one).collect())
    }
}
