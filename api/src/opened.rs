//! Sealed texts, opened: many with one question.

use std::collections::HashMap;

use domain::personal::Sealed;
use uuid::Uuid;

use crate::{app::App, store::StoreFault};

/// Texts by the ids of their values; those that were erased are absent.
///
/// # Errors
/// When the database fails or a key is missing.
pub async fn opened(app: &App, values: &[Sealed]) -> Result<HashMap<Uuid, String>, StoreFault> {
    if values.is_empty() {
        return Ok(HashMap::new());
    }
    let kept = app.database.all_sealed(values).await?;
    let open = |(id, value): (Uuid, crate::store::side::Kept)| {
        let text = app.keys.open(&value.key_id, &value.path, &value.sealed).map_err(StoreFault::broken)?;
        Ok((id, text))
    };
    kept.into_iter().map(open).collect()
}
