//! Hand-overs: what one office gave to another, as the entry of the act holds it and as both sides can check it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use time::Date;

use crate::{paper::DocumentKind, process::titled};

titled! {
    /// A side of a hand-over.
    Side {
        /// The county or unit that files a proposed list.
        FilingOffice = "filing_office" "报送单位" "the filing office",
        PolicyOffice = "policy_office" "政策法规科" "the policy office",
        /// Outside the house: it signs nothing here.
        Province = "province" "省交通运输厅" "the province",
    }
}

/// A side as it stood on the day: its office, its name, and the key that it signs receipts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub side: Side,
    /// Key of the office; the side itself where it is outside the house.
    pub office: String,
    pub zh: String,
    /// Verifier key, as note verifiers read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// What was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    pub from: Party,
    pub to: Party,
    /// What the act is called in the law that it was done under.
    pub act: String,
    /// Number of the batch.
    pub batch: String,
    /// The reporting period.
    pub period: String,
    /// When it came in, where it was entered on a later day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_on: Option<Date>,
    /// What was said with it: reason and points, sealed as commitments.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub said: Value,
    /// Papers that came with it, by kind and SHA-256.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<(DocumentKind, String)>,
    /// One line an entry: number, version, what it rests on, its data with sealed texts as commitments, its documents.
    pub lines: Vec<Value>,
}

/// A line's exact bytes: canonical JSON.
///
/// # Errors
/// When a value cannot be written, which only a float could cause.
pub fn line_text(line: &Value) -> Result<String, serde_json::Error> {
    serde_json_canonicalizer::to_string(line)
}

/// SHA-256 of a line's bytes, in hex.
pub fn line_digest(text: &str) -> String {
    format!("{:x}", Sha256::digest(text.as_bytes()))
}
