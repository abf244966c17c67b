//! Who asks.

use async_graphql::{Context, Result};
use domain::office::Rank;

use crate::{graphql::core::fault, people::Viewer};

/// Whoever is signed in.
///
/// # Errors
/// UNAUTHENTICATED.
pub fn signed_in<'a>(ctx: &Context<'a>) -> Result<&'a Viewer> {
    let viewer = ctx.data::<Viewer>()?;
    if viewer.account.is_none() { Err(fault::unauthenticated()) } else { Ok(viewer) }
}

/// Whoever looks after the house or over it: administrators, auditors, the policy office.
///
/// # Errors
/// UNAUTHENTICATED, FORBIDDEN.
pub fn for_keepers<'a>(ctx: &Context<'a>) -> Result<&'a Viewer> {
    let viewer = signed_in(ctx)?;
    if viewer.has(Rank::Administrator) || viewer.sees_all() {
        return Ok(viewer);
    }
    Err(fault::coded(
        "FORBIDDEN",
        ("仅管理员、审计员和政策法规科可用", "Only administrators, auditors and the policy office may read this"),
    ))
}

/// Whoever keeps accounts and letters, and whoever looks over it: administrators and auditors.
///
/// # Errors
/// UNAUTHENTICATED, FORBIDDEN.
pub fn for_administrators<'a>(ctx: &Context<'a>) -> Result<&'a Viewer> {
    let viewer = signed_in(ctx)?;
    if viewer.has(Rank::Administrator) || viewer.has(Rank::Auditor) {
        return Ok(viewer);
    }
    Err(fault::coded("FORBIDDEN", ("仅管理员和审计员可用", "Only administrators and auditors may read this")))
}
