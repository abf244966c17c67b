//! Entries of the trail.

use async_graphql::{Context, ID, Object, Result};
use domain::{entry::Entry, refusal::{Reason, Refusal}};
use time::Date;

use super::{fault, node, shown::{Citation, RefusalShown}};
use crate::{app::App, people::Viewer, store::trail};

/// An entry of the audit trail. A subject sees the office that acted, not the officer.
#[derive(Clone, Debug)]
pub struct AuditEntry(pub Entry);

impl AuditEntry {
    /// # Errors
    /// When the database fails.
    pub async fn read(app: &App, index: u64) -> Result<Option<Self>> {
        let found = trail::entry(&app.database, index).await.map_err(|fault| fault::internal(&fault))?;
        Ok(found.map(|(entry, _)| Self(entry)))
    }

    /// The refusal that the entry records, if any.
    pub fn refusal(&self) -> Option<RefusalShown> {
        let reasons = self.0.outcome.get("refused")?.get("reasons")?.clone();
        let reasons: Vec<Reason> = serde_json::from_value(reasons).ok()?;
        Some(RefusalShown(Refusal { reasons }))
    }
}

#[Object]
impl AuditEntry {
    /// Number of the entry: its position in the tree.
    async fn number(&self) -> String {
        self.0.index.to_string()
    }

    async fn verb(&self) -> &str {
        &self.0.verb
    }

    /// Chinese and English name of the act.
    async fn title(&self) -> String {
        let title = domain::process::Verb::from_key(&self.0.verb).map(domain::process::Verb::title);
        let title = title.or_else(|| domain::admin::AdminAct::title(&self.0.verb));
        title.map_or_else(|| self.0.verb.clone(), |(zh, en)| format!("{zh} {en}"))
    }

    async fn accepted(&self) -> bool {
        self.0.accepted()
    }

    /// The legal day of the act.
    async fn effective_on(&self) -> Date {
        self.0.effective_on
    }

    /// When it was recorded, RFC 3339 in Asia/Shanghai.
    async fn recorded_at(&self) -> Result<String> {
        Ok(self.0.recorded_at.shanghai().format(&time::format_description::well_known::Rfc3339)?)
    }

    /// Written on a demo clock.
    async fn simulated(&self) -> bool {
        self.0.simulated
    }

    async fn office(&self) -> Option<&str> {
        self.0.office.as_deref()
    }

    /// The account that acted; only for staff.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let staff = ctx.data::<Viewer>()?.is_staff();
        Ok(self.0.actor.filter(|_| staff).map(|actor| actor.to_string()))
    }

    /// The account that the actor stood in for; only for staff.
    async fn acting_for(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let staff = ctx.data::<Viewer>()?.is_staff();
        Ok(self.0.acting_for.filter(|_| staff).map(|principal| principal.to_string()))
    }

    /// The subject that the actor spoke for.
    async fn acting_for_subject(&self) -> Option<ID> {
        self.0.for_subject.map(|subject| node::global("Subject", &subject.to_string()))
    }

    /// The binding with which the actor's authority to speak for the subject is kept.
    async fn authority(&self) -> Option<ID> {
        self.0.authority.map(|case| node::global("Case", &case.to_string()))
    }

    async fn version(&self) -> Option<i64> {
        self.0.version
    }

    /// Number of the entry that caused this one.
    async fn cause(&self) -> Option<String> {
        self.0.cause.map(|cause| cause.to_string())
    }

    async fn articles(&self, ctx: &Context<'_>) -> Result<Vec<Citation>> {
        let app = ctx.data::<App>()?;
        Ok(self.0.cites.iter().map(|key| Citation::of(&app.rules(), key)).collect())
    }

    /// The exact bytes that are hashed; only for staff.
    async fn bytes(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let staff = ctx.data::<Viewer>()?.is_staff();
        let bytes = self.0.to_bytes().ok().filter(|_| staff);
        Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
    }
}
