//! Batched loading: what a page needs of one kind is one read, however many cases it shows.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Context, Error, Lookahead,
    dataloader::{DataLoader, HashMapCache, Loader},
};
use domain::{
    command::Actor,
    ids::{CaseId, SubjectId},
    process::Verb,
    rows::{Case, CreditSubject, Deadline, Document},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use workflows::engine::{self, ahead::Past};

use crate::{
    app::App,
    graphql::core::{action::Action, office::OfficeKey, person::PersonKey},
    people::Viewer,
    store::{
        StoreFault, counting, entities,
        load::{self, Wanted},
        trail,
    },
};

/// Loads for one request; what it has read is not read again, except after a mutation.
pub struct Batch(DataLoader<Rooms, HashMapCache>);

/// The readers of one request.
#[derive(Clone, Debug)]
pub struct Rooms {
    pub(super) app: App,
    pub(super) viewer: Viewer,
}

/// What a query asks of the nodes of a page, by either way to them.
pub fn nodes_of<'a>(ctx: &'a Context<'_>) -> [Lookahead<'a>; 2] {
    let look = ctx.look_ahead();
    [look.field("nodes"), look.field("edges").field("node")]
}

/// A batch for a viewer.
pub fn batch(app: App, viewer: Viewer) -> Batch {
    // All fields of a page ask in the same turn of the executor, so that nothing has to be waited for.
    Batch(DataLoader::with_cache(Rooms { app, viewer }, tokio::spawn, HashMapCache::default()).delay(std::time::Duration::ZERO))
}

impl Batch {
    /// What stands behind a key, if anything does that the viewer may see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn one<K>(&self, key: K) -> Result<Option<<Rooms as Loader<K>>::Value>, Error>
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Rooms: Loader<K, Error = Unread>,
    {
        self.0.load_one(key).await.map_err(|unread| crate::graphql::core::fault::internal(&unread.0))
    }

    /// What stands behind keys, in one read; without those that the viewer may not see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn many<K>(&self, keys: impl IntoIterator<Item = K>) -> Result<HashMap<K, <Rooms as Loader<K>>::Value>, Error>
    where
        K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
        Rooms: Loader<K, Error = Unread>,
    {
        self.0.load_many(keys).await.map_err(|unread| crate::graphql::core::fault::internal(&unread.0))
    }

    /// What the query asks of the cases of a page, read for all of them at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ahead(ctx: &Context<'_>, cases: &[CaseId], subjects: &[SubjectId]) -> Result<(), Error> {
        let asks = |field: &str| nodes_of(ctx).iter().any(|node| node.field(field).exists() || node.field("case").field(field).exists());
        let all = &ctx.data::<Self>()?.0;
        let failed = |unread: Unread| crate::graphql::core::fault::internal(&unread.0);
        if asks("case") {
            all.load_many(cases.iter().copied().map(CaseKey)).await.map_err(failed)?;
        }
        if asks("subject") {
            all.load_many(subjects.iter().copied().map(SubjectKey)).await.map_err(failed)?;
        }
        if asks("deadlines") {
            all.load_many(cases.iter().copied().map(DeadlinesKey)).await.map_err(failed)?;
        }
        if asks("documents") {
            all.load_many(cases.iter().copied().map(DocumentsKey)).await.map_err(failed)?;
        }
        if asks("route") {
            all.load_many(cases.iter().copied().map(RouteKey)).await.map_err(failed)?;
        }
        if asks("actions") {
            all.load_many(cases.iter().copied().map(ActionsKey)).await.map_err(failed)?;
        }
        Ok(())
    }

    /// The case as an act of this viewer left it.
    pub async fn keep(&self, case: Case) {
        self.0.feed_one(CaseKey(case.id), case).await;
    }

    /// After an act nothing that was read before it counts.
    pub fn forget(&self) {
        self.0.clear::<CaseKey>();
        self.0.clear::<SubjectKey>();
        self.0.clear::<DeadlinesKey>();
        self.0.clear::<DocumentsKey>();
        self.0.clear::<ActionsKey>();
        self.0.clear::<RouteKey>();
        self.0.clear::<OfficeKey>();
        self.0.clear::<PersonKey>();
    }
}

/// Why a batch could not be read; shared by everyone who waited for it.
#[derive(Clone, Debug)]
pub struct Unread(Arc<StoreFault>);

impl<F: Into<StoreFault>> From<F> for Unread {
    fn from(fault: F) -> Self {
        Self(Arc::new(fault.into()))
    }
}

/// A case that the viewer may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CaseKey(pub CaseId);

impl Loader<CaseKey> for Rooms {
    type Value = Case;
    type Error = Unread;

    async fn load(&self, keys: &[CaseKey]) -> Result<HashMap<CaseKey, Case>, Unread> {
        let ids = keys.iter().map(|key| key.0.to_string());
        let query = counting::cases().filter(entities::cases::Column::Id.is_in(ids)).filter(self.viewer.cases());
        let mut found = HashMap::new();
        for row in query.all(self.app.database.keyed()).await? {
            let case = row.row().map_err(StoreFault::broken)?;
            found.insert(CaseKey(case.id), case);
        }
        Ok(found)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SubjectKey(pub SubjectId);

impl Loader<SubjectKey> for Rooms {
    type Value = CreditSubject;
    type Error = Unread;

    async fn load(&self, keys: &[SubjectKey]) -> Result<HashMap<SubjectKey, CreditSubject>, Unread> {
        let ids = keys.iter().map(|key| key.0.to_string());
        let query = counting::subjects().filter(entities::credit_subject::Column::Id.is_in(ids));
        let mut found = HashMap::new();
        for row in query.all(self.app.database.keyed()).await? {
            let row = row.row().map_err(StoreFault::broken)?;
            found.insert(SubjectKey(row.id), row);
        }
        Ok(found)
    }
}

/// The deadlines of a case, the earliest due first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DeadlinesKey(pub CaseId);

impl Loader<DeadlinesKey> for Rooms {
    type Value = Vec<Deadline>;
    type Error = Unread;

    async fn load(&self, keys: &[DeadlinesKey]) -> Result<HashMap<DeadlinesKey, Vec<Deadline>>, Unread> {
        use entities::deadline::{Column, Entity};
        let ids = keys.iter().map(|key| key.0.to_string());
        let query = Entity::find().filter(Column::CaseId.is_in(ids)).order_by_asc(Column::DueOn).order_by_asc(Column::Id);
        let mut found: HashMap<DeadlinesKey, Vec<Deadline>> = keys.iter().map(|key| (*key, Vec::new())).collect();
        for row in query.all(self.app.database.keyed()).await? {
            let row = row.row().map_err(StoreFault::broken)?;
            found.entry(DeadlinesKey(row.case_id)).or_default().push(row);
        }
        Ok(found)
    }
}

/// The documents of a case, in the order in which they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocumentsKey(pub CaseId);

impl Loader<DocumentsKey> for Rooms {
    type Value = Vec<Document>;
    type Error = Unread;

    async fn load(&self, keys: &[DocumentsKey]) -> Result<HashMap<DocumentsKey, Vec<Document>>, Unread> {
        use entities::document::{Column, Entity};
        let ids = keys.iter().map(|key| key.0.to_string());
        let query = Entity::find().filter(Column::CaseId.is_in(ids)).order_by_asc(Column::AddedOn).order_by_asc(Column::Id);
        let mut found: HashMap<DocumentsKey, Vec<Document>> = keys.iter().map(|key| (*key, Vec::new())).collect();
        for row in query.all(self.app.database.keyed()).await? {
            let row = row.row().map_err(StoreFault::broken)?;
            found.entry(DocumentsKey(row.case_id)).or_default().push(row);
        }
        Ok(found)
    }
}

/// What the viewer may do in a case today, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ActionsKey(pub CaseId);

impl Loader<ActionsKey> for Rooms {
    type Value = Vec<Action>;
    type Error = Unread;

    async fn load(&self, keys: &[ActionsKey]) -> Result<HashMap<ActionsKey, Vec<Action>>, Unread> {
        let Some(account) = self.viewer.account else { return Ok(HashMap::new()) };
        let mut wanted = Wanted::default();
        wanted.cases.extend(keys.iter().map(|key| key.0.to_string()));
        wanted.accounts.insert(account.to_string());
        let now = self.app.clock.now();
        let today = now.day();
        load::decided(&self.app.database, wanted, |snapshot| {
            let mut found = HashMap::new();
            for key in keys {
                let Some(case) = snapshot.rows().cases.get(&key.0.to_string()).cloned() else { continue };
                let offered = engine::offer(&self.app.rules(), snapshot, &case, Actor::Account(account), today, now);
                found.insert(*key, actions(&self.app.rules(), &case, offered));
            }
            found
        })
        .await
        .map_err(Unread::from)
    }
}

/// The route of a case that the viewer may see, as of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RouteKey(pub CaseId);

/// Most entries of a case that its route tells.
const MOST_BEHIND: u64 = 1_000;

impl Loader<RouteKey> for Rooms {
    type Value = engine::Route;
    type Error = Unread;

    async fn load(&self, keys: &[RouteKey]) -> Result<HashMap<RouteKey, engine::Route>, Unread> {
        let mut behind: HashMap<CaseId, Vec<Past>> = HashMap::new();
        let all = trail::Part { after: -1, before: i64::MAX, newest_first: false, most: MOST_BEHIND, without: Verb::BETWEEN_OFFICES };
        for key in keys {
            let lines = trail::lines_of_case(&self.app.database, key.0, all).await?;
            let accepted = lines.into_iter().filter(|line| line.accepted);
            let past =
                accepted.filter_map(|line| Some(Past { verb: Verb::from_key(&line.verb)?, on: line.effective_on, office: line.office }));
            behind.insert(key.0, past.collect());
        }
        let mut wanted = Wanted::default();
        wanted.cases.extend(keys.iter().map(|key| key.0.to_string()));
        let (today, rules) = (self.app.clock.today(), self.app.rules());
        load::decided(&self.app.database, wanted, |snapshot| {
            let mut found = HashMap::new();
            for key in keys {
                let Some(case) = snapshot.rows().cases.get(&key.0.to_string()).cloned() else { continue };
                let past = behind.get(&key.0).map_or(&[][..], Vec::as_slice);
                let route = engine::route(&rules, snapshot, &case, past, today);
                found.insert(*key, route);
            }
            found
        })
        .await
        .map_err(Unread::from)
    }
}

/// What is offered in a case, with the law that it is under.
fn actions(rules: &engine::Rules, case: &Case, offered: Vec<engine::Offered>) -> Vec<Action> {
    let Some(version) = rules.catalogue.of_case(case) else { return Vec::new() };
    offered
        .into_iter()
        .map(|offer| Action {
            version: version.clone(),
            state: case.state.clone(),
            verb: offer.verb,
            reasons: offer.reasons,
            ahead: Vec::new(),
        })
        .collect()
}
