//! The closed list of punishment measures (Sichuan Regulation art. 40).

use serde::Deserialize;

/// One measure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureRule {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub cites: Vec<String>,
}

/// All measures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    measure: Vec<MeasureRule>,
}

impl Measures {
    pub fn get(&self, key: &str) -> Option<&MeasureRule> {
        self.measure.iter().find(|measure| measure.key == key)
    }

    pub fn all(&self) -> &[MeasureRule] {
        &self.measure
    }

    pub fn keys(&self) -> Vec<String> {
        self.measure.iter().map(|measure| measure.key.clone()).collect()
    }
}
