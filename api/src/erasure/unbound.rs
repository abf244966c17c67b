//! Accounts that registered themselves and never acted for anybody.

use domain::{
    admin::AdminAct,
    command::Actor,
    erasure::{ErasureGround, ErasureTarget},
    ids::AccountId,
};
use sea_orm::ConnectionTrait;
use time::Duration;

use super::act::erase;
use crate::{
    app::App,
    store::{StoreFault, counting},
};

/// Ends and erases accounts that registered themselves and have acted for nobody for as long as the setting says; one whose request an
/// officer still has is left alone. How many.
///
/// # Errors
/// When the database fails.
pub async fn erase_unbound(app: &App) -> Result<u32, StoreFault> {
    let days = app.setting_number("registered_unbound_days").await?;
    let Some(before) = app.clock.today().checked_sub(Duration::days(i64::from(days))) else { return Ok(0) };
    let db = &app.database;
    let sql = db.places(&format!(
        "SELECT a.id FROM account a WHERE a.registered_on < ? AND a.login_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM binding b WHERE b.account = a.id) \
         AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.process = 'account_binding' AND c.state = 'requested' AND c.data LIKE '%' || a.id || '%' AND {}) ORDER BY a.id",
        counting::counts("c")
    ));
    let mut count = 0;
    for row in db.pool().query_all_raw(db.statement(&sql, vec![before.to_string().into()])).await? {
        let id: String = row.try_get_by_index(0)?;
        let id: AccountId = id.parse().map_err(StoreFault::broken)?;
        // One that was disabled before is refused here and erased all the same.
        let end = app.about_the_house(Actor::System, AdminAct::EndRegistration { id });
        app.submit(end, None, None, Vec::new(), false).await.map_err(StoreFault::broken)?;
        erase(app, Actor::System, ErasureTarget::Account(id), ErasureGround::PurposeMet).await.map_err(StoreFault::broken)?;
        count += 1;
    }
    Ok(count)
}
