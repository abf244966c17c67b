//! Registers of collected information by the city's catalogue.

use async_graphql::{
    Context, Object, Result, SimpleObject,
    connection::{Connection, EmptyFields},
};
use domain::{
    collection::{DecisionKind, Platform},
    office::Rank,
    record::{Sector, SubjectKind},
    rows::{Information, SubmissionLine},
};
use time::Date;
use workflows::collection::{Channel, Item, Values};

use crate::{
    app::App,
    graphql::core::{
        enums::EnumOf,
        fault,
        node::List,
        office::{self, OfficeShown},
        page::{Asked, Page},
        viewer::signed_in,
        words::Words,
    },
    people::Viewer,
    store::{StoreFault, information},
};

/// A field of an item of the catalogue.
#[derive(Clone, Debug, SimpleObject)]
pub struct CatalogueField {
    /// Its code in files.
    pub key: String,
    /// What it is called.
    pub title: Words,
    /// Whether some row has to have it.
    pub required: bool,
}

/// An item of the catalogue of credit information: what may be collected at all.
#[derive(Clone, Debug, SimpleObject)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the catalogue")]
pub struct CatalogueItem {
    /// By which it is asked for.
    pub key: String,
    /// What it is called.
    pub title: Words,
    /// The articles on which it is collected.
    pub basis: Vec<Words>,
    /// Whether an article on which it is collected is in force today: else no row is taken.
    pub in_force: bool,
    /// Whether it may be shown to the public.
    pub publicity: Words,
    /// Who may use it.
    pub sharing: Words,
    /// How often it is updated.
    pub update: Words,
    /// Whether its rows come by file; others the house collects out of its records.
    pub by_file: bool,
    /// Whether its rows say who is in business.
    pub register: bool,
    /// Whether it counts for coverage.
    pub counts_for_coverage: bool,
    /// What kind of decision it is; none of what is none.
    pub decision: Option<EnumOf<DecisionKind>>,
    /// Where it goes.
    pub platforms: Vec<EnumOf<Platform>>,
    /// Its fields, in the order of files.
    pub fields: Vec<CatalogueField>,
    /// Offices of the viewer that send it, where the viewer is an officer.
    pub mine: Vec<OfficeShown>,
}

/// A value of a row.
#[derive(Clone, Debug, SimpleObject)]
pub struct InformationValue {
    /// The code of its field.
    pub key: String,
    /// What the field is called.
    pub title: Words,
    /// What it holds.
    pub value: String,
}

/// A platform to which a row went.
#[derive(Clone, Debug, SimpleObject)]
pub struct InformationWent {
    /// Which platform.
    pub platform: EnumOf<Platform>,
    /// On which day.
    pub sent_on: Date,
    /// What the platform said; none before it answered.
    pub outcome: Option<EnumOf<domain::collection::LineOutcome>>,
}

/// A row of collected information in its newest version.
#[derive(Clone, Debug)]
pub struct InformationShown(Information);

/// A row of collected information in its newest version.
#[Object]
impl InformationShown {
    /// Id of this version.
    async fn id(&self) -> String {
        self.0.id.to_string()
    }

    /// What makes the row the same row.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Whom it is about.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The code of the subject; none where it has no valid one.
    async fn uscc(&self) -> Option<&str> {
        self.0.uscc.as_deref()
    }

    /// What kind of subject it is.
    async fn kind(&self) -> EnumOf<SubjectKind> {
        EnumOf(self.0.kind)
    }

    /// Fields of transport that it is about.
    async fn sectors(&self) -> Vec<EnumOf<Sector>> {
        self.0.sectors.iter().flat_map(|sectors| sectors.split(' ')).filter_map(Sector::from_key).map(EnumOf).collect()
    }

    /// Division of a county or district.
    async fn division(&self) -> Option<&str> {
        self.0.division.as_deref()
    }

    /// The day of the decision; none of what is none.
    async fn decided_on(&self) -> Option<Date> {
        self.0.decided_on
    }

    /// First day on which it holds.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from
    }

    /// Last day on which it holds.
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to
    }

    /// The day on which it was collected.
    async fn collected_on(&self) -> Date {
        self.0.collected_on
    }

    /// First day on which it stands no longer.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on
    }

    /// The office that sent it.
    async fn office(&self, ctx: &Context<'_>) -> Result<Option<OfficeShown>> {
        office::read(ctx, Some(&self.0.office)).await
    }

    /// Its values, in the order of the fields.
    async fn values(&self, ctx: &Context<'_>) -> Result<Vec<InformationValue>> {
        let rules = ctx.data::<App>()?.rules();
        let values = self.0.fields.read::<Values>().unwrap_or_default();
        let fields = rules.items.get(&self.0.item).into_iter().flat_map(|item| &item.field);
        let told = fields.filter_map(|field| {
            let value = values.get(&field.key)?;
            let shown = field.option.iter().find(|option| option.key == *value).map_or(value, |option| &option.zh);
            Some(InformationValue { key: field.key.clone(), title: (&*field.zh, &*field.en).into(), value: shown.clone() })
        });
        Ok(told.collect())
    }

    /// Where it went, the newest first.
    async fn went(&self, ctx: &Context<'_>) -> Result<Vec<InformationWent>> {
        let lines = information::went(&ctx.data::<App>()?.database, &self.0.item, &self.0.key).await.map_err(failed)?;
        let one = |line: SubmissionLine| InformationWent {
            platform: EnumOf(line.platform),
            sent_on: line.sent_on,
            outcome: line.outcome.map(EnumOf),
        };
        Ok(lines.into_iter().map(one).collect())
    }
}

fn failed(fault: StoreFault) -> async_graphql::Error {
    fault::internal(&fault)
}

/// Who reads registers and rates: offices, leaders, auditors.
pub(super) fn reader<'a>(ctx: &Context<'a>) -> Result<&'a Viewer> {
    let viewer = signed_in(ctx)?;
    let sits = viewer.seats.iter().any(|(rank, _)| matches!(rank, Rank::Officer | Rank::Head | Rank::Leader | Rank::Auditor));
    if sits {
        Ok(viewer)
    } else {
        Err(fault::coded("FORBIDDEN", ("仅各单位经办人、负责人、局领导和审计员可用", "Only offices, leaders and auditors may read this")))
    }
}

async fn shown(ctx: &Context<'_>, item: &Item, viewer: &Viewer) -> Result<CatalogueItem> {
    let app = ctx.data::<App>()?;
    let rules = app.rules();
    let mut mine = Vec::new();
    let officers = viewer.seats.iter().filter(|(rank, _)| *rank == Rank::Officer).filter_map(|(_, office)| office.as_deref());
    for key in officers {
        let row = office::row(ctx, key).await?;
        if row.is_some_and(|row| item.is_sent_by(&row)) {
            mine.extend(office::read(ctx, Some(key)).await?);
        }
    }
    Ok(CatalogueItem {
        key: item.key.clone(),
        title: (&*item.zh, &*item.en).into(),
        basis: item.basis.iter().map(|cite| rules.law.sources().title(cite).into()).collect(),
        in_force: item.has_basis(&rules.law, app.clock.today()),
        publicity: item.publicity.title().into(),
        sharing: item.sharing.title().into(),
        update: item.update.clone().into(),
        by_file: item.channel == Channel::File,
        register: item.register,
        counts_for_coverage: item.counts_for_coverage,
        decision: item.decision.map(EnumOf),
        platforms: item.platforms.iter().map(|platform| EnumOf(*platform)).collect(),
        fields: item
            .field
            .iter()
            .map(|field| CatalogueField {
                key: field.key.clone(),
                title: (&*field.zh, &*field.en).into(),
                required: field.required.is_some(),
            })
            .collect(),
        mine,
    })
}

/// Queries about registers.
#[derive(Debug, Default)]
pub struct RegisterQueries;

#[Object]
impl RegisterQueries {
    /// The city's catalogue of credit information, for everybody who is signed in.
    async fn catalogue_items(&self, ctx: &Context<'_>) -> Result<Option<Vec<CatalogueItem>>> {
        let viewer = signed_in(ctx)?;
        let mut found = Vec::new();
        for item in ctx.data::<App>()?.rules().items.all() {
            found.push(shown(ctx, item, viewer).await?);
        }
        Ok(Some(found))
    }

    /// Rows of an item in their newest versions, in the order of their keys. An office sees its own; the policy office, leaders and
    /// auditors see everything.
    async fn information(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Key of the item of the catalogue.")] item: String,
        #[graphql(desc = "A code, or a part of a name.")] search: Option<String>,
        #[graphql(desc = "The one row of this key.")] key: Option<String>,
        #[graphql(desc = "Rows of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
    ) -> Result<Option<Connection<String, InformationShown, EmptyFields, EmptyFields>>> {
        let (app, viewer) = (ctx.data::<App>()?, reader(ctx)?);
        let page = Page::of(List::Information, Asked { first, after, ..Asked::default() })?;
        if app.rules().items.get(&item).is_none() {
            return Ok(None);
        }
        let own = (!viewer.sees_all()).then(|| viewer.offices());
        let search = search.map(|search| search.trim().to_owned()).filter(|search| !search.is_empty());
        let rows = match key {
            Some(key) => {
                let held = information::newest(&app.database, &item, &[key]).await.map_err(failed)?;
                held.into_values().filter(|row| own.as_ref().is_none_or(|own| own.contains(&row.office))).collect()
            }
            None => {
                let asked = information::Asked {
                    item: &item,
                    offices: own.as_deref(),
                    search: search.as_deref(),
                    after: page.from.as_deref(),
                    most: page.read(),
                };
                information::page(&app.database, &asked).await.map_err(failed)?
            }
        };
        let (rows, more) = page.cut(rows);
        Ok(Some(page.connection(rows.into_iter().map(|row| (row.key.clone(), InformationShown(row))), more, EmptyFields)))
    }
}
