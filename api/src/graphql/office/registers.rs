//! Registers of collected information by the catalogue, and the rates that are counted on them.

use async_graphql::{
    Context, InputObject, Object, Result, SimpleObject,
    connection::{Connection, EmptyFields},
};
use domain::{
    collection::{DecisionKind, Measured, Platform},
    command::Actor,
    office::Rank,
    record::{Sector, SubjectKind},
    rows::{Information, MeasureLine, SubmissionLine},
};
use time::Date;
use workflows::{
    collection::{Channel, Item, Values},
    plan::share::Share,
};

use super::accounts::{AdministrationPayload, payload};
use crate::{
    app::App,
    evidence,
    graphql::core::{
        act,
        enums::EnumOf,
        fault,
        node::List,
        office::{self, OfficeShown},
        page::{Asked, Page},
        viewer::signed_in,
        words::Words,
    },
    people::Viewer,
    store::{StoreFault, information, plans},
    work::freezing::{self, FreezeFault},
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

/// A rate that was frozen.
#[derive(Clone, Debug, SimpleObject)]
pub struct RateShown {
    /// By which its list of failing records is asked for.
    pub id: String,
    /// Which rate.
    pub measure: EnumOf<Measured>,
    /// What of: `all`, or a field, a division, a kind or an office behind a bar.
    pub scope: String,
    /// What of, in words.
    pub of: Words,
    /// First day of its period; none of what is counted as it stands on the day.
    pub first: Option<Date>,
    /// The day for which it was frozen.
    pub as_of: Date,
    /// The numerator.
    pub num: i64,
    /// The denominator.
    pub den: i64,
    /// How the percent is shown: it is cut and never rounded.
    pub percent: String,
    /// What was looked at and is of neither number.
    pub excluded: i64,
    /// How many records fail it; `rateFailing` lists them.
    pub failing: i64,
    /// SHA-256 of the list of failing records.
    pub list_sha256: String,
    /// Whether the viewer may read that list.
    pub list_open: bool,
}

/// The rates that were frozen for a day.
#[derive(Clone, Debug, SimpleObject)]
pub struct RatesShown {
    /// The day; none where nothing was frozen yet.
    pub as_of: Option<Date>,
    /// Days for which rates were frozen, the newest first.
    pub days: Vec<Date>,
    /// Its rates.
    pub rates: Vec<RateShown>,
}

/// A record that fails a rate.
#[derive(Clone, Debug, SimpleObject)]
pub struct RateFailing {
    /// The key of the record, as the list has it.
    pub key: String,
    /// The item of the catalogue that it is a row of, and its own key there.
    pub item: String,
    /// What makes the row the same row.
    pub row_key: String,
    /// Why it fails.
    pub reasons: Vec<String>,
}

/// Input of freezeMeasures.
#[derive(Debug, InputObject)]
pub struct FreezeMeasuresInput {
    /// The day for which rates are frozen; it has come.
    pub as_of: Date,
}

fn failed(fault: StoreFault) -> async_graphql::Error {
    fault::internal(&fault)
}

/// Who reads registers and rates: offices, leaders, auditors.
fn reader<'a>(ctx: &Context<'a>) -> Result<&'a Viewer> {
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

/// What a rate is of, in words.
async fn of(ctx: &Context<'_>, scope: &str) -> Result<Words> {
    let whole = ("全部", "all");
    Ok(match scope.split_once('|') {
        Some(("field", key)) => Sector::from_key(key).map_or(whole, Sector::title).into(),
        Some(("kind", key)) => DecisionKind::from_key(key).map_or(whole, DecisionKind::title).into(),
        Some(("division", key)) => (format!("区划{key}"), format!("division {key}")).into(),
        Some(("office", key)) => office::read(ctx, Some(key)).await?.map_or_else(|| whole.into(), |office| office.name),
        _ => whole.into(),
    })
}

/// Whether a viewer reads the list behind a rate: whoever sees everything, and an office its own.
async fn opens(ctx: &Context<'_>, viewer: &Viewer, scope: &str) -> Result<bool> {
    if viewer.sees_all() {
        return Ok(true);
    }
    let own = viewer.offices();
    match scope.split_once('|') {
        Some(("office", key)) => Ok(own.iter().any(|office| office == key)),
        Some(("division", key)) => {
            for office in own {
                if office::row(ctx, &office).await?.is_some_and(|row| row.division_code.as_deref() == Some(key)) {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Ok(false),
    }
}

async fn rate(ctx: &Context<'_>, viewer: &Viewer, line: MeasureLine) -> Result<RateShown> {
    let share = Share::new(line.num.unsigned_abs(), line.den.unsigned_abs());
    Ok(RateShown {
        of: of(ctx, &line.scope).await?,
        list_open: opens(ctx, viewer, &line.scope).await?,
        id: line.id,
        measure: EnumOf(line.measure),
        scope: line.scope,
        first: line.first_day,
        as_of: line.as_of,
        num: line.num,
        den: line.den,
        percent: share.shown(),
        excluded: line.excluded,
        failing: line.failing,
        list_sha256: line.list_sha256,
    })
}

/// Queries about registers and rates.
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

    /// The rates that were frozen for a day, the newest day where none is given. Staff only.
    async fn rates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A day for which rates were frozen.")] as_of: Option<Date>,
    ) -> Result<Option<RatesShown>> {
        let (app, viewer) = (ctx.data::<App>()?, reader(ctx)?);
        let days = plans::frozen_days(&app.database).await.map_err(failed)?;
        let lines = plans::frozen_for(&app.database, as_of).await.map_err(failed)?;
        let as_of = lines.first().map(|line| line.as_of);
        let mut rates = Vec::new();
        for line in lines {
            rates.push(rate(ctx, viewer, line).await?);
        }
        Ok(Some(RatesShown { as_of, days, rates }))
    }

    /// A rate that was frozen; none where there is no such rate.
    async fn rate(&self, ctx: &Context<'_>, id: String) -> Result<Option<RateShown>> {
        let (app, viewer) = (ctx.data::<App>()?, reader(ctx)?);
        match plans::frozen_line(&app.database, &id).await.map_err(failed)? {
            Some(line) => Ok(Some(rate(ctx, viewer, line).await?)),
            None => Ok(None),
        }
    }

    /// The records that fail a rate, in the order of their keys: as many as the denominator is more than the numerator. None where
    /// there is no such rate, or its list is another office's.
    async fn rate_failing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the rate.")] id: String,
        #[graphql(desc = "Records of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
    ) -> Result<Option<Connection<String, RateFailing, EmptyFields, EmptyFields>>> {
        let (app, viewer) = (ctx.data::<App>()?, reader(ctx)?);
        let page = Page::of(List::RateFailing, Asked { first, after, ..Asked::default() })?;
        let Some(line) = plans::frozen_line(&app.database, &id).await.map_err(failed)? else { return Ok(None) };
        if !opens(ctx, viewer, &line.scope).await? {
            return Ok(None);
        }
        let text = if line.failing == 0 {
            String::new()
        } else {
            let bytes = evidence::get(app, &line.list_sha256).await.map_err(|fault| failed(StoreFault::broken(fault)))?;
            String::from_utf8(bytes.to_vec()).map_err(|fault| failed(StoreFault::broken(fault)))?
        };
        let from = match page.from.as_deref() {
            Some(place) => place.parse::<usize>().map_err(|_| page.junk())? + 1,
            None => 0,
        };
        let most = usize::try_from(page.read()).unwrap_or_default();
        let register = app.rules().items.register().map(|item| item.key.clone()).unwrap_or_default();
        let rows: Vec<_> = text
            .lines()
            .enumerate()
            .skip(from)
            .take(most)
            .filter_map(|(place, row)| Some((place, failing(row, &line, &register)?)))
            .collect();
        let (rows, more) = page.cut(rows);
        Ok(Some(page.connection(rows.into_iter().map(|(place, row)| (place.to_string(), row)), more, EmptyFields)))
    }
}

fn failing(row: &str, line: &MeasureLine, register: &str) -> Option<RateFailing> {
    let (key, reasons) = row.split_once('\t')?;
    // Of coverage the operator is named, of all else the row with its item before it.
    let (item, row_key) = if line.measure == Measured::Coverage { (register, key) } else { key.split_once('|')? };
    Some(RateFailing {
        key: key.to_owned(),
        item: item.to_owned(),
        row_key: row_key.to_owned(),
        reasons: reasons.split(',').map(str::to_owned).collect(),
    })
}

/// Acts on rates.
#[derive(Debug, Default)]
pub struct RegisterMutations;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl RegisterMutations {
    /// Freezes the rates of a day: coverage, the rates of dual publication, completeness, each with the list of what fails it. By the
    /// policy office; the house freezes every month that has ended by itself.
    async fn freeze_measures(&self, ctx: &Context<'_>, input: FreezeMeasuresInput) -> Result<AdministrationPayload> {
        let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
        let account = viewer.account.ok_or_else(fault::unauthenticated)?;
        if input.as_of > app.clock.today() {
            return Err(fault::bad_input("input.asOf", ("该日尚未到来", "The day has not come")));
        }
        let answer = freezing::freeze(app, Actor::Account(account), input.as_of).await.map_err(|fault| match fault {
            FreezeFault::Store(fault) => failed(fault),
            FreezeFault::Door(fault) => fault::door(fault),
        })?;
        Ok(payload(act::done(ctx, answer).await?, None))
    }
}
