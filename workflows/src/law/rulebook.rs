//! Classes and terms of one order, each figure with its article and how sure it is.

use domain::record::{RecordClass, Sector};
use serde::Deserialize;
use time::Date;

/// A number with its source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub value: u32,
    pub cites: String,
    pub mark: String,
}

/// Terms of one class, in months from the finding.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassTerms {
    pub published: bool,
    pub min_months: Figure,
    pub max_months: Figure,
}

/// One order's substance.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    pub key: String,
    pub instrument: String,
    #[serde(deserialize_with = "super::dates::day")]
    pub in_force_from: Date,
    #[serde(default, deserialize_with = "super::dates::optional")]
    pub in_force_to: Option<Date>,
    pub falsity_years: Figure,
    #[serde(default)]
    pub special_sectors: Vec<Sector>,
    #[serde(default)]
    pub special_min_months: Option<Figure>,
    pub minor: ClassTerms,
    pub general: ClassTerms,
    pub severe: ClassTerms,
}

impl Rulebook {
    pub fn terms(&self, class: RecordClass) -> &ClassTerms {
        match class {
            RecordClass::Minor => &self.minor,
            RecordClass::General => &self.general,
            RecordClass::Severe => &self.severe,
        }
    }

    /// The minimum term of a class in a sector.
    pub fn min_months(&self, class: RecordClass, sector: Option<Sector>) -> &Figure {
        let special = sector.is_some_and(|sector| self.special_sectors.contains(&sector));
        match &self.special_min_months {
            Some(figure) if special => figure,
            _ => &self.terms(class).min_months,
        }
    }
}
