//! Acts that open a case about a record, an application or a subject, read for a whole page at once.

use std::collections::HashMap;

use async_graphql::{Context, Result, dataloader::Loader};
use domain::command::Actor;
use workflows::engine::{self, Matter};

use super::{
    action::Action,
    loaders::{Batch, Rooms, Unread},
};
use crate::store::load::{self, Wanted};

/// What may be opened about a matter today, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OpeningsKey(pub Matter);

impl Loader<OpeningsKey> for Rooms {
    type Value = Vec<Action>;
    type Error = Unread;

    async fn load(&self, keys: &[OpeningsKey]) -> std::result::Result<HashMap<OpeningsKey, Vec<Action>>, Unread> {
        let Some(account) = self.viewer.account else { return Ok(HashMap::new()) };
        let mut wanted = Wanted::default();
        wanted.accounts.insert(account.to_string());
        for key in keys {
            match key.0 {
                Matter::Case(id) => _ = wanted.cases.insert(id.to_string()),
                Matter::Subject(id) => _ = wanted.subjects.insert(id.to_string()),
                Matter::Unnamed => {}
            }
        }
        let now = self.app.clock.now();
        let found = load::decided(&self.app.database, wanted, |snapshot| {
            let of = |key: &OpeningsKey| {
                let opened = engine::openings(&self.app.rules(), snapshot, key.0, Actor::Account(account), now.day(), now);
                (*key, opened.into_iter().map(Action::from).collect())
            };
            keys.iter().map(of).collect()
        });
        found.await.map_err(Unread::from)
    }
}

/// What may be opened about a matter that the viewer sees.
///
/// # Errors
/// When the database fails.
pub async fn of(ctx: &Context<'_>, matter: Matter) -> Result<Vec<Action>> {
    Ok(ctx.data::<Batch>()?.one(OpeningsKey(matter)).await?.unwrap_or_default())
}
