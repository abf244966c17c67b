//! Who asks.

use async_graphql::{Context, Result};

use crate::{graphql::core::fault, people::Viewer};

/// Whoever is signed in.
///
/// # Errors
/// UNAUTHENTICATED.
pub fn signed_in<'a>(ctx: &Context<'a>) -> Result<&'a Viewer> {
    let viewer = ctx.data::<Viewer>()?;
    if viewer.account.is_none() { Err(fault::unauthenticated()) } else { Ok(viewer) }
}
