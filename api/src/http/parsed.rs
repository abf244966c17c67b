//! Documents that were gated and parsed, kept by the hash of their text. Validation still runs on every request.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use async_graphql::parser::{parse_query, types::ExecutableDocument};
use sha2::{Digest, Sha256};

use super::gate::{self, DoorLimits, Refused};

/// Documents kept at most; clients send a few hundred different ones.
const KEPT: usize = 512;

#[derive(Debug, Default)]
struct Kept {
    documents: HashMap<[u8; 32], Arc<ExecutableDocument>>,
    /// Oldest first.
    order: VecDeque<[u8; 32]>,
}

/// A bounded store of parsed documents; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Parsed(Arc<Mutex<Kept>>);

impl Parsed {
    /// The document of a text: from the store, or gated and parsed now.
    ///
    /// # Errors
    /// [`Refused`] with the limit or the place that is wrong.
    pub fn document(&self, text: &str, limits: &DoorLimits) -> Result<ExecutableDocument, Refused> {
        let key: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        let known = self.0.lock().ok().and_then(|kept| kept.documents.get(&key).cloned());
        if let Some(document) = known {
            return Ok((*document).clone());
        }
        gate::check(text, limits)?;
        let document = parse_query(text).map_err(|wrong| Refused::Parse(wrong.to_string()))?;
        if let Ok(mut kept) = self.0.lock() {
            if kept.order.len() >= KEPT
                && let Some(oldest) = kept.order.pop_front()
            {
                kept.documents.remove(&oldest);
            }
            if kept.documents.insert(key, Arc::new(document.clone())).is_none() {
                kept.order.push_back(key);
            }
        }
        Ok(document)
    }
}
