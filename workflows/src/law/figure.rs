//! A number of the law: value, unit, article and how sure it is.

use domain::calendar::Unit;
use serde::{Deserialize, Serialize};

/// How sure a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The full text of the rule was read.
    Confirmed,
    /// An excerpt, or a second-hand page.
    Partly,
    GeneralKnowledge,
}

/// What a figure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    WorkingDay,
    Day,
    Month,
    Year,
    /// 次
    Time,
    Percent,
    Yuan,
}

impl Measured {
    /// The unit of time, where it is one.
    pub const fn time(self) -> Option<Unit> {
        match self {
            Self::WorkingDay => Some(Unit::WorkingDay),
            Self::Day => Some(Unit::Day),
            Self::Month => Some(Unit::Month),
            Self::Year => Some(Unit::Year),
            Self::Time | Self::Percent | Self::Yuan => None,
        }
    }
}

/// A number with its source; the instrument is the first half of the citation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub value: u32,
    pub unit: Measured,
    pub cites: String,
    pub mark: Mark,
}

impl Figure {
    /// The figure in months; none where it is no term.
    pub const fn months(&self) -> Option<u32> {
        match self.unit {
            Measured::Month => Some(self.value),
            Measured::Year => Some(self.value * 12),
            _ => None,
        }
    }
}
