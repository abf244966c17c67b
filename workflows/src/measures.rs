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

    /// (zh, en) of a measure; the word itself where there is none such.
    pub fn title(&self, key: &str) -> (String, String) {
        self.get(key).map_or_else(|| (key.to_owned(), key.to_owned()), |measure| (measure.zh.clone(), measure.en.clone()))
    }

    /// (zh, en) of several measures in a row.
    pub fn titles<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> (String, String) {
        let (zh, en): (Vec<_>, Vec<_>) = keys.into_iter().map(|key| self.title(key)).unzip();
        (zh.join("；"), en.join("; "))
    }

    pub fn keys(&self) -> Vec<String> {
        self.measure.iter().map(|measure| measure.key.clone()).collect()
    }
}
