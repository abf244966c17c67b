//! One hostile question, with facts of a house in their places.

use serde_json::{Value, json};

/// Who asks: nobody, an account of the demo, or somebody with a token that was never good.
pub const ASKERS: [Option<&str>; 9] =
    [None, Some("road"), Some("road-head"), Some("policy"), Some("leader"), Some("auditor"), Some("company"), Some("admin"), Some("!dead")];

/// Texts that hold `{fact}` where an id, a number or a cursor of the house is to stand.
pub const FACT: &str = "{fact}";

/// One question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Index in [`ASKERS`].
    pub asker: usize,
    pub query: String,
    pub variables: Value,
}

impl Question {
    /// The question with facts of a house in their places.
    #[must_use]
    pub fn about(&self, facts: &[String]) -> Self {
        let mut number = self.query.len();
        let mut fill = |text: &str| {
            let mut filled = text.to_owned();
            while let Some(at) = filled.find(FACT) {
                number = number.wrapping_mul(31).wrapping_add(17);
                let fact = facts.get(number % facts.len().max(1)).map_or("", String::as_str);
                filled.replace_range(at..at + FACT.len(), fact);
            }
            filled
        };
        let query = fill(&self.query);
        let variables = serde_json::from_str(&fill(&self.variables.to_string())).unwrap_or(Value::Null);
        Self { asker: self.asker, query, variables }
    }

    pub fn line(&self) -> String {
        json!([self.asker, self.query, self.variables]).to_string()
    }

    pub fn from_line(line: &str) -> Option<Self> {
        let (asker, query, variables) = serde_json::from_str(line).ok()?;
        Some(Self { asker, query, variables })
    }
}
