//! What no instrument settles, with the reason for the value.

use serde::Deserialize;

/// One setting.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    pub key: String,
    pub value: String,
    /// word, `yes_no`, count, or a unit of time
    pub unit: String,
    pub zh: String,
    pub en: String,
}

impl Setting {
    /// Whether a new value is of the setting's kind.
    pub fn admits(&self, value: &str) -> bool {
        match self.unit.as_str() {
            "yes_no" => matches!(value, "true" | "false"),
            "word" => domain::record::SubstancePolicy::from_key(value).is_some(),
            _ => value.parse::<u32>().is_ok_and(|number| number <= 3660),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    setting: Vec<Setting>,
}

/// All settings.
#[derive(Clone, Debug)]
pub struct Settings(Vec<Setting>);

impl Settings {
    pub(super) fn new(file: File) -> Self {
        Self(file.setting)
    }

    pub fn get(&self, key: &str) -> Option<&Setting> {
        self.0.iter().find(|setting| setting.key == key)
    }

    /// The words that name one, for people.
    pub fn keys(&self) -> String {
        self.0.iter().map(|setting| setting.key.as_str()).collect::<Vec<_>>().join(", ")
    }

    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key).map(|setting| setting.value.clone())
    }

    pub fn number(&self, key: &str) -> Option<u32> {
        self.get(key)?.value.parse().ok()
    }

    pub fn all(&self) -> &[Setting] {
        &self.0
    }
}
