//! Documents that were gated and parsed, kept by the hash of their text. Validation still runs on every request.

use std::sync::Arc;

use async_graphql::parser::{parse_query, types::ExecutableDocument};
use sha2::{Digest, Sha256};

use super::gate::{self, DoorLimits, Refused};
use crate::recent::Recent;

/// Documents kept at most; clients send a few hundred different ones.
const KEPT: usize = 512;

/// A bounded store of parsed documents; clones share it.
#[derive(Clone, Debug)]
pub struct Parsed(Recent<[u8; 32], Arc<ExecutableDocument>>);

impl Default for Parsed {
    fn default() -> Self {
        Self(Recent::at_most(KEPT))
    }
}

impl Parsed {
    /// The document of a text: from the store, or gated and parsed now.
    ///
    /// # Errors
    /// [`Refused`] with the limit or the place that is wrong.
    pub fn document(&self, text: &str, limits: &DoorLimits) -> Result<ExecutableDocument, Refused> {
        let key: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        if let Some(document) = self.0.get(&key) {
            return Ok((*document).clone());
        }
        gate::check(text, limits)?;
        let document = parse_query(text).map_err(|wrong| {
            let at = wrong.positions().next().map(|at| (at.line, at.column));
            Refused::Parse(wrong.to_string(), at)
        })?;
        self.0.put(key, Arc::new(document.clone()));
        Ok(document)
    }
}
