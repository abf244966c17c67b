//! Queries for those who are signed in: anything by its id or number, an entry of the trail.

use async_graphql::{Context, ID, Object, Result};
use domain::{office::Rank, rows::Case};
use workflows::engine::Matter;

use crate::{
    app::App,
    graphql::{
        case::{notes, subject},
        core::{
            action::{Action, of_mutation},
            audit::AuditEntry,
            fault, find, node, openings,
            viewer::signed_in,
        },
        processes::{AnyCase, AnyNode},
    },
};

/// Most ids of one question.
const PAGE: usize = 100;

/// What a global id names, if the viewer may see it: a case, or a subject of its own; auditors and the policy office
/// see every subject.
async fn node_of(ctx: &Context<'_>, id: &str) -> Result<Option<AnyNode>> {
    let viewer = signed_in(ctx)?;
    match node::parse(id) {
        Some((kind, key)) if kind == "Case" => match key.parse() {
            Ok(case) => Ok(find::case(ctx, case).await?.map(|case| AnyCase::of(case).into())),
            Err(_) => Ok(None),
        },
        Some((kind, key)) if kind == "Subject" => match key.parse() {
            Ok(subject) if viewer.sees_all() || viewer.subjects.contains(&subject) => {
                Ok(subject::read(ctx, Some(subject)).await?.map(AnyNode::CreditSubject))
            }
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// Queries.
#[derive(Debug, Default)]
pub struct HouseQueries;

#[Object]
impl HouseQueries {
    /// Cases that may be opened about a record, an application or a subject, each with why not and from which day. Counter and
    /// platform clerks may ask about any case, others about what they see. Without `about`: those whose form itself says who they
    /// are about, or that are about nobody: a record, a list, a request to act for a company.
    async fn openings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global id of what they would be about.")] about: Option<ID>,
        #[graphql(desc = "Only the act that this mutation does.")] mutation: Option<String>,
    ) -> Result<Vec<Action>> {
        let viewer = signed_in(ctx)?;
        let Some(about) = about else {
            return Ok(of_mutation(openings::of(ctx, Matter::Unnamed).await?, mutation.as_deref()));
        };
        let matter = match node::parse(&about) {
            Some((kind, key)) if kind == "Subject" => {
                let known = key.parse().ok().filter(|subject| viewer.is_staff() || viewer.subjects.contains(subject));
                known.map(Matter::Subject)
            }
            _ => match node::case_id(&about) {
                Some(id) => find::case_of_any_office(ctx, id).await?.map(|case| Matter::Case(case.id)),
                None => None,
            },
        };
        let all = openings::of(ctx, matter.ok_or_else(fault::not_found)?).await?;
        Ok(of_mutation(all, mutation.as_deref()))
    }

    /// Anything by its global id; none where the viewer may not see it.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> Result<Option<AnyNode>> {
        node_of(ctx, &id).await
    }

    /// Up to 100 things by their global ids, in the order of the ids.
    async fn nodes(&self, ctx: &Context<'_>, ids: Vec<ID>) -> Result<Vec<Option<AnyNode>>> {
        if ids.len() > PAGE {
            return Err(fault::bad_input("ids", (format!("最多{PAGE}个"), format!("At most {PAGE} ids"))));
        }
        futures_util::future::try_join_all(ids.iter().map(|id| node_of(ctx, id))).await
    }

    /// A case by its global id or its number; none where the viewer may not see it.
    async fn case(&self, ctx: &Context<'_>, id: Option<ID>, number: Option<String>) -> Result<Option<AnyCase>> {
        signed_in(ctx)?;
        let found = match (id, number) {
            (Some(id), _) => match node::case_id(&id) {
                Some(id) => find::case(ctx, id).await?,
                None => None,
            },
            (None, Some(number)) => find::numbered(ctx, &number).await?,
            (None, None) => return Err(fault::bad_input("id", ("请给出 id 或 number", "Give id or number"))),
        };
        Ok(found.map(AnyCase::of))
    }

    /// An entry of the trail whose case the viewer may see; auditors and the policy office see every entry.
    async fn audit_entry(&self, ctx: &Context<'_>, number: String) -> Result<Option<AuditEntry>> {
        let viewer = signed_in(ctx)?;
        let app = ctx.data::<App>()?;
        let index = number.parse().map_err(|_| fault::bad_input("number", ("应为整数", "It must be a whole number")))?;
        let Some(entry) = AuditEntry::read(app, index).await? else { return Ok(None) };
        let visible = match entry.line().case {
            _ if viewer.sees_all() => true,
            Some(case) => {
                let untold = |case: &Case| notes::untold(viewer, case).iter().any(|verb| verb.key() == entry.line().verb);
                find::case(ctx, case).await?.is_some_and(|case| !untold(&case))
            }
            None => viewer.has(Rank::Administrator),
        };
        Ok(Some(entry).filter(|_| visible))
    }
}
