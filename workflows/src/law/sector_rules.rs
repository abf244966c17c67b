//! Rules of a sector authority by which publication goes on after its maximum term (Order 36 art. 12(2)).

use domain::{
    calendar::{Limit, Unit, due},
    record::Sector,
};
use serde::Deserialize;
use time::Date;

use super::{Figure, Law};

/// One rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectorRule {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub cites: String,
    /// Sectors that it is about; every one where none is named.
    #[serde(default)]
    pub sectors: Vec<Sector>,
    /// How long publication may go on after the last day of the maximum term, in months or years.
    pub longest: Figure,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub sector_rule: Vec<SectorRule>,
}

impl SectorRule {
    /// Whether it is in force on a day and about a sector.
    pub fn holds(&self, law: &Law, day: Date, sector: Option<Sector>) -> bool {
        let about = self.sectors.is_empty() || sector.is_some_and(|sector| self.sectors.contains(&sector));
        about && law.sources().check(&self.cites, day).is_ok()
    }

    /// The last day to which publication may go on, from the last day of the maximum term; none past the calendar.
    pub fn last_day(&self, law: &Law, max_last_day: Date) -> Option<Date> {
        let limit = Limit {
            from: max_last_day,
            count: self.longest.months()?,
            unit: Unit::Month,
            pauses: &[],
            day_one_counts: false,
            move_to_working_day: false,
        };
        Some(due(law.calendars(), &limit).ok()?.due)
    }

    /// What is wrong with it.
    pub(super) fn faults(&self, law: &Law) -> Vec<String> {
        let cites = [&self.cites, &self.longest.cites].into_iter().filter_map(|cite| law.sources().exists(cite).err());
        let length = self.longest.months().is_none_or(|months| months == 0).then(|| "longest: months or years are needed".to_owned());
        cites.map(|fault| fault.to_string()).chain(length).map(|what| format!("the sector rule “{}”: {what}", self.key)).collect()
    }
}
