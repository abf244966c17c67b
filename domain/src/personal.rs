//! Personal values stay outside the audit tree.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a leaf and a case hold in place of a personal text: the id of its row and its commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    pub id: Uuid,
    pub commitment: String,
}
