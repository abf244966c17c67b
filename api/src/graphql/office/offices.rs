//! Offices: where each is found and who reviews its acts.

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    admin::AdminAct,
    rows::{Office, Standing},
};
use sea_orm::{EntityTrait, QueryOrder};

use crate::{
    app::App,
    forms::office::Particulars,
    graphql::{
        core::{fault, office::OfficeShown},
        office::accounts::{AdministrationPayload, administer, payload},
    },
    store::{StoreFault, entities::office},
};

/// Input of changeOffice: a text that is left out stays as it is, an empty one is taken away.
#[derive(Debug, InputObject)]
pub struct ChangeOfficeInput {
    /// Key of the office.
    pub office: String,
    #[graphql(flatten)]
    pub particulars: Particulars,
}

/// Queries.
#[derive(Debug, Default)]
pub struct OfficeQueries;

#[Object]
impl OfficeQueries {
    /// The offices of the house and how each is reached, by their keys; for everybody. Those that have ended are among them
    /// where they are asked for: old cases and letters name them.
    async fn offices(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = false, desc = "Also the offices that have ended.")] ended: bool,
    ) -> Result<Vec<OfficeShown>> {
        let app = ctx.data::<App>()?;
        let internal = |fault: StoreFault| fault::internal(&fault);
        let rows = office::Entity::find()
            .order_by_asc(office::Column::Id)
            .all(app.database.pool())
            .await
            .map_err(|fault| internal(fault.into()))?;
        let rows: Vec<Office> =
            rows.into_iter().map(|row| row.row().map_err(|fault| internal(StoreFault::broken(fault)))).collect::<Result<_>>()?;
        Ok(rows.into_iter().filter(|row| ended || row.standing == Standing::Active).map(OfficeShown::from).collect())
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
        let ChangeOfficeInput { office, particulars } = input;
        Ok(payload(administer(ctx, AdminAct::ChangeOffice { key: office, details: particulars.into() }, Vec::new()).await?, None))
    }
}
