//! Offices by their keys, with their names: what stands wherever an office is spoken of.

use std::collections::HashMap;

use async_graphql::{Context, Result, SimpleObject, dataloader::Loader};
use domain::{
    office::OfficeKind,
    record::Sector,
    rows::{Office, Rows, Standing},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::Date;
use workflows::engine::{Snapshot, sight::roles};

use super::{
    enums::EnumOf,
    loaders::{Batch, Rooms, Unread},
    words::Words,
};
use super::{fault, find::broken};
use crate::{
    app::App,
    forms::office::Particulars,
    store::{StoreFault, entities},
};

/// An office (局、科、中心、县局), as its letters name it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Office")]
pub struct OfficeShown {
    /// The key by which inputs name the office; it never changes.
    pub key: String,
    /// The full name today; letters and entries of the published list keep the name of their day.
    pub name: Words,
    /// What the office is in the bureau.
    pub kind: EnumOf<OfficeKind>,
    /// Whether it works or has ended; an office that has ended files and decides nothing.
    pub standing: EnumOf<Standing>,
    /// GB/T 2260 code of the county of a county bureau; none of an office of the city.
    pub division_code: Option<String>,
    /// The word with which its document numbers (文号) begin.
    pub number_word: String,
    /// The line of transport on which its opinion is asked.
    pub sector: Option<EnumOf<Sector>>,
    /// Last day on which it could act; none of an office that stands.
    pub ended_on: Option<Date>,
    /// Key of the office that took over what was open when it ended.
    pub successor: Option<String>,
    #[graphql(flatten)]
    pub particulars: Particulars,
}

impl From<Office> for OfficeShown {
    fn from(row: Office) -> Self {
        let particulars = row.details().into();
        Self {
            key: row.id,
            name: (row.zh, row.en).into(),
            kind: EnumOf(row.kind),
            standing: EnumOf(row.standing),
            division_code: row.division_code,
            number_word: row.number_word,
            sector: row.sector.map(EnumOf),
            ended_on: row.ended_on,
            successor: row.successor,
            particulars,
        }
    }
}

/// The office behind a key, whether it stands or has ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OfficeKey(pub String);

impl Loader<OfficeKey> for Rooms {
    type Value = OfficeShown;
    type Error = Unread;

    async fn load(&self, keys: &[OfficeKey]) -> std::result::Result<HashMap<OfficeKey, OfficeShown>, Unread> {
        let keys = keys.iter().map(|key| key.0.clone());
        let query = entities::office::Entity::find().filter(entities::office::Column::Id.is_in(keys));
        let rows = query.all(self.app.database.keyed()).await?.into_iter();
        rows.map(|row| Ok((OfficeKey(row.id.clone()), row.row().map_err(StoreFault::broken)?.into()))).collect()
    }
}

/// The office that answers for a sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnitKey(pub Sector);

impl Loader<UnitKey> for Rooms {
    type Value = OfficeShown;
    type Error = Unread;

    async fn load(&self, keys: &[UnitKey]) -> std::result::Result<HashMap<UnitKey, OfficeShown>, Unread> {
        let mut rows = Rows::default();
        for row in entities::office::Entity::find().all(self.app.database.keyed()).await? {
            rows.put(row.row().map_err(StoreFault::broken)?.into());
        }
        let snapshot = Snapshot::part(rows);
        let unit = |key: &UnitKey| {
            let office = roles::unit_of(&snapshot, key.0)?;
            Some((*key, snapshot.rows().offices.get(&office)?.clone().into()))
        };
        Ok(keys.iter().filter_map(unit).collect())
    }
}

/// The office that answers for a sector today; none where no office does.
///
/// # Errors
/// When the database fails.
pub async fn unit_of(ctx: &Context<'_>, sector: Option<Sector>) -> Result<Option<OfficeShown>> {
    let Some(sector) = sector else { return Ok(None) };
    ctx.data::<Batch>()?.one(UnitKey(sector)).await
}

/// The office of a key; none where there is no key, or no such office.
///
/// # Errors
/// When the database fails.
pub async fn read(ctx: &Context<'_>, key: Option<&str>) -> Result<Option<OfficeShown>> {
    let Some(key) = key else { return Ok(None) };
    ctx.data::<Batch>()?.one(OfficeKey(key.to_owned())).await
}

/// The row of an office.
///
/// # Errors
/// When the database fails.
pub async fn row(ctx: &Context<'_>, key: &str) -> Result<Option<Office>> {
    let found = entities::office::Entity::find_by_id(key).one(ctx.data::<App>()?.database.pool()).await;
    found.map_err(|fault| fault::internal(&fault.into()))?.map(|row| row.row().map_err(broken)).transpose()
}
