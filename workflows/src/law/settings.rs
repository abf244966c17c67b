//! What no instrument settles: each value with its source, its date, and the bounds within which it may be changed.

use domain::{
    record::SubstancePolicy,
    setting::{SettingOf, SettingUnit},
};
use serde::Deserialize;
use time::Date;

use super::Words;
use super::sources::Sources;

/// The word that stands for a value that this house proposes itself.
const HOUSE: &str = "house";

/// One setting.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    pub key: String,
    /// By which refusals and pages name it.
    pub title: Words,
    pub value: String,
    pub unit: SettingUnit,
    pub zh: String,
    pub en: String,
    pub whose: SettingOf,
    /// Of a word: those that are allowed.
    #[serde(default)]
    pub words: Vec<String>,
    /// Of a number: the least and the most, both allowed.
    #[serde(default)]
    pub min: Option<u32>,
    #[serde(default)]
    pub max: Option<u32>,
    pub bound_why: Words,
    /// Law that sets the bounds or served as their model.
    pub bound_cites: Vec<String>,
    /// From when the value is what it is.
    #[serde(deserialize_with = "super::dates::day")]
    pub dated: Date,
    /// A citation, or `house`.
    pub source: String,
}

/// Settings that have to agree: the sum of some is not more than another one, or than a number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    pub sum: Vec<String>,
    #[serde(default)]
    pub within: Option<String>,
    #[serde(default)]
    pub at_most: Option<u32>,
    pub why: Words,
    pub cites: Vec<String>,
}

/// What a setting may be while the others stand as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Allowed words; none of a number.
    pub words: Vec<String>,
    /// Least and most of a number.
    pub numbers: Option<(u32, u32)>,
    pub why: Words,
    pub cites: Vec<String>,
}

impl Bounds {
    /// Whether a value lies within: a listed word, or a number in plain digits.
    pub fn admit(&self, value: &str) -> bool {
        match self.numbers {
            Some((least, most)) => value.parse::<u32>().is_ok_and(|number| number.to_string() == value && (least..=most).contains(&number)),
            None => self.words.iter().any(|word| word == value),
        }
    }

    /// The allowed values, for people: `5–60`, or the words.
    pub fn said(&self) -> String {
        self.numbers.map_or_else(|| self.words.join(", "), |(least, most)| format!("{least}–{most}"))
    }
}

impl Setting {
    /// What it may be, whatever the other settings are.
    fn own_bounds(&self) -> Bounds {
        let words = match self.unit {
            SettingUnit::YesNo => vec!["true".to_owned(), "false".to_owned()],
            _ => self.words.clone(),
        };
        let numbers = self.unit.is_number().then_some((self.min.unwrap_or(0), self.max.unwrap_or(0)));
        Bounds { words, numbers, why: self.bound_why.clone(), cites: self.bound_cites.clone() }
    }

    /// The law that its value comes from; none where it is this house's own proposal.
    pub fn cited(&self) -> Option<&str> {
        Some(self.source.as_str()).filter(|source| *source != HOUSE)
    }

    /// What is wrong with it by itself.
    fn faults(&self, sources: &Sources) -> Vec<String> {
        let mut faults = Vec::new();
        let mut fault = |wrong: bool, what: &str| {
            if wrong {
                faults.push(format!("the setting “{}”: {what}", self.key));
            }
        };
        let both = self.min.is_some() && self.max.is_some();
        fault(self.unit.is_number() && !(both && self.min <= self.max), "a number needs min and max, and the least is not over the most");
        fault(
            self.unit.is_number() && self.whose == SettingOf::Party && self.min == Some(0),
            "a party's time has a lower bound over nothing",
        );
        fault(!self.unit.is_number() && (self.min.is_some() || self.max.is_some()), "only a number has min and max");
        fault((self.unit == SettingUnit::Word) == self.words.is_empty(), "a word, and nothing else, lists the words that are allowed");
        fault(self.words.iter().any(|word| SubstancePolicy::from_key(word).is_none()), "unknown word");
        fault(!self.title.are_there(), "has no title in one of the languages");
        fault(self.bound_why.zh.trim().is_empty() || self.bound_why.en.trim().is_empty(), "says no why for its bounds");
        for cite in self.bound_cites.iter().map(String::as_str).chain(self.cited()) {
            if let Err(found) = sources.exists(cite) {
                fault(true, &found.to_string());
            }
        }
        faults
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    setting: Vec<Setting>,
    #[serde(default)]
    relation: Vec<Relation>,
}

/// All settings.
#[derive(Clone, Debug)]
pub struct Settings {
    all: Vec<Setting>,
    relations: Vec<Relation>,
}

impl Settings {
    pub(super) fn new(file: File) -> Self {
        Self { all: file.setting, relations: file.relation }
    }

    pub fn get(&self, key: &str) -> Option<&Setting> {
        self.all.iter().find(|setting| setting.key == key)
    }

    /// (zh, en) by which people are told of one; its key where there is none such.
    pub fn title(&self, key: &str) -> (String, String) {
        self.get(key).map_or_else(|| (key.to_owned(), key.to_owned()), |setting| (setting.title.zh.clone(), setting.title.en.clone()))
    }

    /// The words that name one, for people.
    pub fn keys(&self) -> String {
        self.all.iter().map(|setting| setting.key.as_str()).collect::<Vec<_>>().join(", ")
    }

    pub fn text(&self, key: &str) -> Option<String> {
        self.get(key).map(|setting| setting.value.clone())
    }

    pub fn number(&self, key: &str) -> Option<u32> {
        self.get(key)?.value.parse().ok()
    }

    pub fn all(&self) -> &[Setting] {
        &self.all
    }

    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// What a setting may be while the others stand as `now` reads them; none where there is no such setting.
    pub fn bounds(&self, key: &str, now: impl Fn(&str) -> Option<String>) -> Option<Bounds> {
        let mut bounds = self.get(key)?.own_bounds();
        let number = |key: &str| now(key).and_then(|text| text.parse::<u32>().ok());
        for relation in &self.relations {
            let Some((mut least, mut most)) = bounds.numbers else { break };
            let others = relation.sum.iter().filter(|other| *other != key).filter_map(|other| number(other)).fold(0, u32::saturating_add);
            let cap = relation.at_most.or_else(|| relation.within.as_deref().and_then(number));
            if relation.within.as_deref() == Some(key) {
                least = least.max(others);
            } else if let Some(cap) = cap.filter(|_| relation.sum.iter().any(|one| one == key)) {
                most = most.min(cap.saturating_sub(others));
            }
            if bounds.numbers != Some((least, most)) {
                bounds = Bounds { numbers: Some((least, most)), why: relation.why.clone(), cites: relation.cites.clone(), ..bounds };
            }
        }
        Some(bounds)
    }

    /// What is wrong with the file: values outside their bounds, bounds without a why, sources that do not exist.
    pub(super) fn faults(&self, sources: &Sources) -> Vec<String> {
        let mut faults: Vec<String> = self.all.iter().flat_map(|setting| setting.faults(sources)).collect();
        for relation in &self.relations {
            for key in relation.sum.iter().chain(&relation.within) {
                if !self.get(key).is_some_and(|setting| setting.unit.is_number()) {
                    faults.push(format!("a relation names “{key}”, which is no setting that holds a number"));
                }
            }
            if relation.within.is_some() == relation.at_most.is_some() {
                faults.push(format!("the relation of “{}” needs a number or another setting, and not both", relation.sum.join(", ")));
            }
            for cite in &relation.cites {
                faults.extend(sources.exists(cite).err().map(|found| format!("the relation of “{}”: {found}", relation.sum.join(", "))));
            }
        }
        for (place, setting) in self.all.iter().enumerate() {
            if self.all[..place].iter().any(|other| other.key == setting.key) {
                faults.push(format!("the setting “{}” stands twice", setting.key));
            }
            let title = &setting.title;
            if self.all[..place].iter().any(|other| other.title.zh == title.zh || other.title.en == title.en) {
                faults.push(format!("the setting “{}” has the title of another one", setting.key));
            }
            if let Some(bounds) = self.bounds(&setting.key, |key| self.text(key)).filter(|bounds| !bounds.admit(&setting.value)) {
                faults.push(format!(
                    "the setting “{}” is {}; allowed: {}, because {}",
                    setting.key,
                    setting.value,
                    bounds.said(),
                    bounds.why.en
                ));
            }
        }
        faults
    }
}
