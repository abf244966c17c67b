//! Offices: where each is found and who reviews its acts.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::{
    admin::AdminAct,
    office::OfficeDetails,
    rows::{Office, Standing},
};
use sea_orm::{EntityTrait, QueryOrder};

use crate::{
    app::App,
    graphql::{
        core::fault,
        office::accounts::{AdministrationPayload, administer, payload},
    },
    store::{StoreFault, entities::office},
};

/// An office (局、科、中心、县局), as its letters name it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Office")]
pub struct OfficeShown {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub address_zh: Option<String>,
    pub address_en: Option<String>,
    pub telephone: Option<String>,
    pub hours_zh: Option<String>,
    pub hours_en: Option<String>,
    /// The authority that reviews its acts; the people's government of its level where none is named.
    pub review_zh: Option<String>,
    pub review_en: Option<String>,
    /// The court that hears suits against its acts; the competent people's court where none is named.
    pub court_zh: Option<String>,
    pub court_en: Option<String>,
}

impl From<Office> for OfficeShown {
    fn from(row: Office) -> Self {
        let Office { id, zh, en, address_zh, address_en, telephone, hours_zh, hours_en, review_zh, review_en, court_zh, court_en, .. } =
            row;
        Self { key: id, zh, en, address_zh, address_en, telephone, hours_zh, hours_en, review_zh, review_en, court_zh, court_en }
    }
}

/// Input of changeOffice: a text that is left out stays as it is, an empty one is taken away.
#[derive(Debug, InputObject)]
pub struct ChangeOfficeInput {
    /// Key of the office.
    pub office: String,
    pub address_zh: Option<String>,
    pub address_en: Option<String>,
    pub telephone: Option<String>,
    pub hours_zh: Option<String>,
    pub hours_en: Option<String>,
    pub review_zh: Option<String>,
    pub review_en: Option<String>,
    pub court_zh: Option<String>,
    pub court_en: Option<String>,
}

/// Queries.
#[derive(Debug, Default)]
pub struct OfficeQueries;

#[Object]
impl OfficeQueries {
    /// The offices of the house and how each is reached; for everybody.
    async fn offices(&self, ctx: &Context<'_>) -> Result<Vec<OfficeShown>> {
        let app = ctx.data::<App>()?;
        let internal = |fault: StoreFault| fault::internal(&fault);
        let rows = office::Entity::find()
            .order_by_asc(office::Column::Id)
            .all(app.database.pool())
            .await
            .map_err(|fault| internal(fault.into()))?;
        let rows: Vec<Office> = rows
            .into_iter()
            .map(|row| row.row().map_err(|fault| internal(StoreFault::Broken(fault.to_string()))))
            .collect::<Result<_>>()?;
        Ok(rows.into_iter().filter(|row| row.standing == Standing::Active).map(OfficeShown::from).collect())
    }
}

/// Mutations.
#[derive(Debug, Default)]
pub struct OfficeMutations;

#[Object]
impl OfficeMutations {
    /// Changes where an office is found and who reviews its acts, as letters from then on say it; by an administrator.
    async fn change_office(&self, ctx: &Context<'_>, input: ChangeOfficeInput) -> Result<AdministrationPayload> {
        crate::graphql::core::input::word("input.office", Some(&input.office))?;
        let ChangeOfficeInput { office, address_zh, address_en, telephone, hours_zh, hours_en, review_zh, review_en, court_zh, court_en } =
            input;
        let details = OfficeDetails { address_zh, address_en, telephone, hours_zh, hours_en, review_zh, review_en, court_zh, court_en };
        Ok(payload(administer(ctx, AdminAct::ChangeOffice { key: office, details }, Vec::new()).await?, None))
    }
}
