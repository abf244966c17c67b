//! Seats: who holds which rank where, for whom and until when.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use domain::{
    ids::AccountId,
    office::Rank,
    rows::{RoleAssignment, Standing},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::{
    app::App,
    graphql::core::{
        enums::EnumOf,
        fault,
        find::broken,
        node,
        office::{self, OfficeShown},
        person::{self, PersonShown},
    },
    people::Viewer,
    store::entities,
};

/// A rank that an account holds at an office; as a deputy for a principal and for stated days.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct HeldSeat {
    /// The seat, for `revokeRole`, `confirmRole` and `reassignCase`.
    pub id: ID,
    #[graphql(skip)]
    row: RoleAssignment,
    /// The rank that is held.
    pub rank: EnumOf<Rank>,
    /// First day of a deputy; none of a seat of one's own.
    pub from_day: Option<Date>,
    /// Last day of a deputy; none of a seat of one's own.
    pub until: Option<Date>,
    /// Asked for, and not yet confirmed by a second person: nobody sits there yet.
    pub pending: bool,
}

fn shown(row: RoleAssignment) -> HeldSeat {
    HeldSeat {
        id: node::global("Seat", &row.id.to_string()),
        rank: EnumOf(row.rank),
        from_day: row.from_day,
        until: row.until,
        pending: row.standing == Standing::Pending,
        row,
    }
}

#[ComplexObject]
impl HeldSeat {
    /// Who sits there; only for staff.
    async fn holder(&self, ctx: &Context<'_>) -> Result<Option<PersonShown>> {
        person::read(ctx, Some(self.row.account)).await
    }

    /// Where the rank is held; none of a rank that is held for the whole house.
    async fn office(&self, ctx: &Context<'_>) -> Result<Option<OfficeShown>> {
        office::read(ctx, self.row.office.as_deref()).await
    }

    /// Who the seat is held for by a deputy; none where it is the holder's own. Only for staff.
    async fn principal(&self, ctx: &Context<'_>) -> Result<Option<PersonShown>> {
        person::read(ctx, self.row.principal).await
    }
}

/// Seats that an account holds or waits for.
///
/// # Errors
/// When the database fails.
pub async fn of_account(ctx: &Context<'_>, account: AccountId) -> Result<Vec<HeldSeat>> {
    use entities::role_assignment::{Column, Entity};
    let app = ctx.data::<App>()?;
    let query = Entity::find().filter(Column::Account.eq(account.to_string())).filter(Column::Standing.is_in(["active", "pending"]));
    let rows = query.order_by_asc(Column::Id).all(app.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
    let rows = rows.into_iter().map(|row| row.row().map_err(broken)).collect::<Result<Vec<RoleAssignment>>>()?;
    let today = app.clock.today();
    Ok(rows.into_iter().filter(|row| row.until.is_none_or(|until| today <= until)).map(shown).collect())
}

/// Queries about seats.
#[derive(Debug, Default)]
pub struct SeatQueries;

#[Object]
impl SeatQueries {
    /// Seats that stand: all of them, or those of an office or an account, for administrators and auditors; for whoever sits in
    /// an office those of that office; for others their own, and those that others hold for them.
    async fn seats(&self, ctx: &Context<'_>, office: Option<String>, account: Option<String>) -> Result<Vec<HeldSeat>> {
        use entities::role_assignment::{Column, Entity};
        let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
        let own = viewer.account.ok_or_else(fault::unauthenticated)?.to_string();
        let mut query = Entity::find().filter(Column::Standing.eq("active")).order_by_asc(Column::Office).order_by_asc(Column::Id);
        if !viewer.has(Rank::Administrator) && !viewer.has(Rank::Auditor) {
            // Colleagues know each other: a deputy is chosen among them.
            let offices = viewer.seats.iter().filter_map(|(_, office)| office.clone());
            let theirs = Condition::any().add(Column::Account.eq(&own)).add(Column::Principal.eq(&own));
            query = query.filter(theirs.add(Column::Office.is_in(offices)));
        }
        if let Some(office) = office {
            fault::known_office(app, "office", &office).await?;
            query = query.filter(Column::Office.eq(office));
        }
        if let Some(account) = account {
            let account: AccountId =
                account.parse().map_err(|_| fault::bad_input("account", ("没有此账号", "There is no such account")))?;
            query = query.filter(Column::Account.eq(account.to_string()));
        }
        let rows = query.all(app.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
        let mut seats = Vec::new();
        for row in rows {
            let row: RoleAssignment = row.row().map_err(broken)?;
            // A deputy's seat whose last day is past stands no more, although nobody has taken it away.
            if row.standing == Standing::Active && row.until.is_none_or(|until| app.clock.today() <= until) {
                seats.push(shown(row));
            }
        }
        Ok(seats)
    }

    /// Seats of administrators, heads and leaders that were asked for and wait for a second person's confirmRole; for
    /// administrators, leaders and auditors.
    async fn pending_seats(&self, ctx: &Context<'_>) -> Result<Option<Vec<HeldSeat>>> {
        use entities::role_assignment::{Column, Entity};
        let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
        viewer.account.ok_or_else(fault::unauthenticated)?;
        if ![Rank::Administrator, Rank::Leader, Rank::Auditor].into_iter().any(|rank| viewer.has(rank)) {
            return Err(fault::coded(
                "FORBIDDEN",
                ("仅管理员、局领导和审计员可用", "Only administrators, leaders and auditors may read this"),
            ));
        }
        let query = Entity::find().filter(Column::Standing.eq("pending")).order_by_asc(Column::Id);
        let rows = query.all(app.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
        rows.into_iter().map(|row| row.row().map(shown).map_err(broken)).collect::<Result<_>>().map(Some)
    }
}
