//! The signed-in account: who it is, where it sits, and for whom it may act.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use domain::{ids::AccountId, office::Rank};
use sea_orm::EntityTrait;
use time::Date;

use crate::{
    app::App,
    graphql::core::{
        enums::EnumOf,
        fault,
        loaders::Batch,
        node,
        office::{self, OfficeShown},
        person::PersonKey,
        words::Words,
    },
    people::Viewer,
    store::entities,
};

/// A rank at an office, held now.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct Seat {
    /// The rank that is held.
    pub rank: EnumOf<Rank>,
    /// What the rank is called.
    pub title: Words,
    #[graphql(skip)]
    key: Option<String>,
}

#[ComplexObject]
impl Seat {
    /// Where it is held; none of a rank that is held for the whole house.
    async fn office(&self, ctx: &Context<'_>) -> Result<Option<OfficeShown>> {
        office::read(ctx, self.key.as_deref()).await
    }
}

#[derive(Clone, Debug)]
pub struct Me {
    id: AccountId,
    viewer: Viewer,
}

/// The signed-in account: who it is, where it sits, for whom it acts.
#[Object]
impl Me {
    /// Id of the account, as inputs name it.
    async fn account(&self) -> String {
        self.id.to_string()
    }

    /// The name of the human being; none where it was erased.
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(ctx.data::<Batch>()?.one(PersonKey(self.id)).await?.and_then(|person| person.name))
    }

    /// The name that the account signs in with.
    async fn login(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(ctx.data::<Batch>()?.one(PersonKey(self.id)).await?.and_then(|person| person.login))
    }

    /// The language of its letters: `zh` or `en`.
    async fn language(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let found = entities::account::Entity::find_by_id(self.id.to_string()).one(ctx.data::<App>()?.database.pool()).await;
        Ok(found.map_err(|fault| fault::internal(&fault.into()))?.map(|row| row.language))
    }

    /// Seats that the account holds today, its own and those of a deputy; none of a company's account.
    async fn seats(&self) -> Vec<Seat> {
        let seats = self.viewer.seats.iter();
        seats.map(|(rank, office)| Seat { rank: EnumOf(*rank), title: rank.title().into(), key: office.clone() }).collect()
    }

    /// Whether it reads every case and the whole trail, as auditors and the policy office do.
    async fn sees_all(&self) -> bool {
        self.viewer.sees_all()
    }

    /// Global ids of subjects the account may act for today.
    async fn subjects(&self) -> Vec<ID> {
        self.viewer.subjects.iter().map(|id| node::global("Subject", &id.to_string())).collect()
    }

    /// The house's legal day.
    async fn today(&self, ctx: &Context<'_>) -> Result<Date> {
        Ok(ctx.data::<App>()?.clock.today())
    }
}

/// Queries about the caller.
#[derive(Debug, Default)]
pub struct MeQueries;

#[Object]
impl MeQueries {
    /// Who is signed in; none for the public.
    async fn me(&self, ctx: &Context<'_>) -> Result<Option<Me>> {
        let viewer = ctx.data::<Viewer>()?;
        Ok(viewer.account.map(|id| Me { id, viewer: viewer.clone() }))
    }

    /// The house's legal day, by which every date of it is counted; for everybody. In a demo it is the demo's own.
    async fn today(&self, ctx: &Context<'_>) -> Result<Date> {
        Ok(ctx.data::<App>()?.clock.today())
    }
}
