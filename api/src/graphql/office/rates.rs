//! Rates that were frozen: coverage, dual publication, completeness, each with the records that fail it.

use async_graphql::{
    Context, InputObject, Object, Result, SimpleObject,
    connection::{Connection, EmptyFields},
};
use domain::{
    collection::{DecisionKind, Measured},
    command::Actor,
    record::Sector,
    rows::MeasureLine,
};
use time::Date;
use workflows::plan::share::Share;

use super::{
    accounts::{AdministrationPayload, payload},
    registers::reader,
};
use crate::{
    app::App,
    evidence,
    graphql::core::{
        act,
        enums::EnumOf,
        fault,
        node::List,
        office,
        page::{Asked, Page},
        viewer::signed_in,
        words::Words,
    },
    people::Viewer,
    store::{StoreFault, plans},
    work::freezing::{self, FreezeFault},
};

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
    /// Each with its numbers.
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

/// Queries about rates.
#[derive(Debug, Default)]
pub struct RateQueries;

#[Object]
impl RateQueries {
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
        #[graphql(desc = "As `rates` gives it.")] id: String,
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
pub struct RateMutations;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl RateMutations {
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
