//! The trail for those who look over it: entries by what they are about, and the checkpoints that were signed over it.

use async_graphql::{
    Context, ID, InputObject, Object, Result, SimpleObject,
    connection::{Connection, EmptyFields},
};
use domain::{ids::AccountId, moment::Micros, office::Rank};
use time::{Date, format_description::well_known::Rfc3339};

use crate::{
    app::App,
    graphql::core::{
        audit::AuditEntry,
        fault,
        loaders::nodes_of,
        node::{self, List},
        page::{Asked, Page, pair},
        viewer::{for_keepers, signed_in},
    },
    proofs,
    store::sought::{self, Beside, Sought},
};

/// Which entries are meant: all of it that is given holds.
#[derive(Clone, Debug, Default, InputObject)]
pub struct AuditFilter {
    /// Global id of the case that they are about.
    pub case: Option<ID>,
    /// Key of the act, as `AuditEntry.verb` has it.
    pub verb: Option<String>,
    /// Id of the account that acted.
    pub actor: Option<String>,
    /// Key of the office for which somebody acted.
    pub office: Option<String>,
    /// Recorded on this day or later.
    pub from: Option<Date>,
    /// Recorded on this day or earlier.
    pub to: Option<Date>,
    /// Only acts that were done (true), or only those that were refused (false).
    pub accepted: Option<bool>,
}

impl AuditFilter {
    /// # Errors
    /// `BAD_USER_INPUT` at the field that names nothing.
    async fn sought(self, app: &App) -> Result<Sought> {
        if let Some(office) = &self.office {
            fault::office_of_any_time(app, "filter.office", office).await?;
        }
        if self.from.zip(self.to).is_some_and(|(from, to)| from > to) {
            return Err(fault::bad_input("filter.to", ("止日早于起日", "The last day is before the first")));
        }
        let no_case = || fault::bad_input("filter.case", ("不是案件的ID", "It is no id of a case"));
        let no_account = |_| fault::bad_input("filter.actor", ("没有此账号", "There is no such account"));
        Ok(Sought {
            case: self.case.map(|id| node::case_id(&id).ok_or_else(no_case)).transpose()?,
            of_the_house: false,
            verb: self.verb,
            actor: self.actor.map(|text| text.parse::<AccountId>().map_err(no_account)).transpose()?,
            office: self.office,
            accepted: self.accepted,
            since: self.from.map(Micros::start_of),
            until: self.to.and_then(Date::next_day).map(Micros::start_of),
        })
    }
}

/// A checkpoint: what was signed over the first entries of the trail (C2SP tlog-checkpoint).
#[derive(Clone, Debug, SimpleObject)]
pub struct Checkpoint {
    /// Over how many entries it was signed.
    pub size: String,
    /// The root of their tree, as hexadecimal digits.
    pub root: Option<String>,
    /// The signed note, to the byte.
    pub note: String,
    /// When it was signed, RFC 3339 in Asia/Shanghai.
    pub signed_at: String,
}

/// Queries about the trail.
#[derive(Debug, Default)]
pub struct TrailQueries;

#[Object]
impl TrailQueries {
    /// Entries of the trail, the newest first: all of them for auditors and the policy office, for administrators those that
    /// are about no case.
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All of it that is given holds.")] filter: Option<AuditFilter>,
        #[graphql(desc = "Entries of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
        #[graphql(desc = "Entries of a page that is read backwards, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The startCursor of the page behind.")] before: Option<String>,
    ) -> Result<Option<Connection<String, AuditEntry, EmptyFields, EmptyFields>>> {
        let (app, viewer) = (ctx.data::<App>()?, for_keepers(ctx)?);
        let page = Page::of(List::AuditEntries, Asked { first, after, last, before })?;
        let mut sought = filter.unwrap_or_default().sought(app).await?;
        sought.of_the_house = !viewer.sees_all() && viewer.has(Rank::Administrator);
        let at = page.from.as_deref().map(|text| text.parse().map_err(|_| page.junk())).transpose()?;
        let from = Beside { at, backwards: page.backwards };
        let lines = sought::lines(&app.database, &sought, from, page.read()).await.map_err(|fault| fault::internal(&fault))?;
        let (lines, more) = page.cut(lines);
        let whole = nodes_of(ctx).iter().any(|node| AuditEntry::WHOLE.iter().any(|field| node.field(field).exists()));
        let mut entries = Vec::new();
        for line in lines {
            let key = line.index.to_string();
            let entry = if whole { AuditEntry::read(app, line.index).await? } else { None };
            entries.push((key, entry.unwrap_or_else(|| AuditEntry::of_line(line))));
        }
        Ok(Some(page.connection(entries, more, EmptyFields)))
    }

    /// Checkpoints that were signed over the trail, those over the most entries first; for whoever is signed in.
    async fn checkpoints(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Entries of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
    ) -> Result<Connection<String, Checkpoint, EmptyFields, EmptyFields>> {
        signed_in(ctx)?;
        let app = ctx.data::<App>()?;
        let page = Page::of(List::Checkpoints, Asked { first, after, ..Asked::default() })?;
        let before = match page.from.as_deref() {
            Some(text) => {
                Some(text.split_once('|').and_then(|(size, at)| Some((size.parse().ok()?, at.parse().ok()?))).ok_or_else(|| page.junk())?)
            }
            None => None,
        };
        let rows = sought::checkpoints(&app.database, before, page.read()).await.map_err(|fault| fault::internal(&fault))?;
        let (rows, more) = page.cut(rows);
        let shown = rows.into_iter().map(|row| {
            let key = pair(&row.size.to_string(), &row.signed_at.0.to_string());
            let shown = Checkpoint {
                size: row.size.to_string(),
                root: proofs::root(&row.note),
                signed_at: row.signed_at.shanghai().format(&Rfc3339)?,
                note: row.note,
            };
            Ok((key, shown))
        });
        Ok(page.connection(shown.collect::<Result<Vec<_>>>()?, more, EmptyFields))
    }
}
