//! How long personal values are kept, each rule with its articles.

use serde::Deserialize;

use super::figure::Figure;

/// One rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    pub key: String,
    pub zh: String,
    pub en: String,
    /// Setting that holds the years.
    pub setting: String,
    /// Fewer years than these the setting cannot give.
    pub at_least: Figure,
    pub cites: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub rule: Vec<Retention>,
}
