//! The people of the house by their accounts: what stands wherever somebody is spoken of.

use std::collections::HashMap;

use async_graphql::{Context, Result, SimpleObject, dataloader::Loader};
use domain::{ids::AccountId, rows::Account};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::loaders::{Batch, Rooms, Unread};
use crate::{
    people::Viewer,
    store::{StoreFault, entities},
};

/// Who acted or holds a seat. Only staff read it.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "Person")]
pub struct PersonShown {
    /// Id of the account, as inputs name it.
    pub id: String,
    /// The name of the human being; none where it was erased.
    pub name: Option<String>,
    /// The name that the account signs in with; none where it was erased.
    pub login: Option<String>,
}

/// The person behind an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PersonKey(pub AccountId);

impl Loader<PersonKey> for Rooms {
    type Value = PersonShown;
    type Error = Unread;

    async fn load(&self, keys: &[PersonKey]) -> std::result::Result<HashMap<PersonKey, PersonShown>, Unread> {
        let ids = keys.iter().map(|key| key.0.to_string());
        let query = entities::account::Entity::find().filter(entities::account::Column::Id.is_in(ids));
        let accounts = query.all(self.app.database.keyed()).await?.into_iter().map(|row| row.row().map_err(StoreFault::broken));
        let accounts = accounts.collect::<std::result::Result<Vec<Account>, StoreFault>>()?;
        let sealed: Vec<_> = accounts.iter().flat_map(|account| [account.name.0.clone(), account.login.0.clone()]).collect();
        let kept = self.app.database.all_sealed(&sealed).await?;
        let open = |id: uuid::Uuid| -> std::result::Result<Option<String>, StoreFault> {
            let Some(text) = kept.get(&id) else { return Ok(None) };
            let opened = self.app.keys.open(&text.key_id, &text.path, &text.sealed);
            opened.map(Some).map_err(StoreFault::broken)
        };
        let mut found = HashMap::new();
        for account in accounts {
            let person = PersonShown { id: account.id.to_string(), name: open(account.name.0.id)?, login: open(account.login.0.id)? };
            found.insert(PersonKey(account.id), person);
        }
        Ok(found)
    }
}

/// The person behind an account, for staff; none for others, and where there is no account.
///
/// # Errors
/// When the database fails.
pub async fn read(ctx: &Context<'_>, account: Option<AccountId>) -> Result<Option<PersonShown>> {
    let account = account.filter(|_| ctx.data::<Viewer>().is_ok_and(Viewer::is_staff));
    let Some(account) = account else { return Ok(None) };
    ctx.data::<Batch>()?.one(PersonKey(account)).await
}
