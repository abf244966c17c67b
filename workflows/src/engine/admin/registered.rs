//! Accounts that registered themselves: they act for nobody before an officer has bound them, and end where nobody ever does.

use domain::{
    admin::AdminAct,
    ids::AccountId,
    refusal::{Reason, ReasonCode as Code, Refusal},
    rows::{Account, Binding, Standing},
};
use time::{Date, Duration};

use super::accounts;
use crate::engine::{Rules, act::setting_number, sight::snapshot::Snapshot};

/// Makes the account of whoever opened a link; a link makes one.
pub(crate) fn register(snapshot: &mut Snapshot, act: &AdminAct, today: Date) -> Result<(), Refusal> {
    let AdminAct::RegisterAccount { id, .. } = act else { return Ok(()) };
    if snapshot.rows().accounts.contains_key(&id.to_string()) {
        return Err(Reason::new(Code::AlreadySo).into());
    }
    accounts::add(snapshot, act, today)
}

/// Whether an account registered itself and never acted for anybody.
pub(crate) fn never_bound(snapshot: &Snapshot, id: AccountId) -> bool {
    let registered = snapshot.rows().accounts.get(&id.to_string()).is_some_and(|row| row.registered_on.is_some());
    registered && snapshot.rows().of::<Binding>(id).next().is_none()
}

/// Ends such an account once its days are over.
pub(crate) fn end(rules: &Rules, snapshot: &mut Snapshot, id: AccountId, today: Date) -> Result<(), Refusal> {
    let days = Duration::days(i64::from(setting_number(rules, snapshot, "registered_unbound_days").unwrap_or_default()));
    let over = |row: &&Account| row.registered_on.is_some_and(|on| on.saturating_add(days) < today) && row.standing == Standing::Active;
    let row = snapshot.rows().accounts.get(&id.to_string()).filter(over).filter(|_| never_bound(snapshot, id)).cloned();
    let row = row.ok_or_else(|| Refusal::from(Reason::new(Code::AlreadySo)))?;
    snapshot.put(Account { standing: Standing::Ended, ended_on: Some(today), ..row });
    Ok(())
}
