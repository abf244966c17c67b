//! Collected information (归集信息): rows by the city's catalogue, the platforms to which they go, the rates that are counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{process::titled, record::SubjectKind};

titled! {
    /// A platform to which collected information is handed.
    Platform {
        /// 双公示: licences and penalties.
        DualPublication = "DUAL_PUBLICATION" "“双公示”系统" "the system of dual publication",
        ProvincialTransport = "PROVINCIAL_TRANSPORT" "省交通运输信用平台" "the province's platform of transport credit",
        CityTransport = "CITY_TRANSPORT" "市信用信息平台" "the city's credit platform",
    }
}

titled! {
    /// What a platform says of a line.
    LineOutcome {
        Accepted = "ACCEPTED" "入库" "accepted",
        Returned = "RETURNED" "退回" "returned",
    }
}

titled! {
    /// A decision that is published twice (双公示).
    DecisionKind {
        Licence = "LICENCE" "行政许可" "licence",
        Penalty = "PENALTY" "行政处罚" "penalty",
    }
}

titled! {
    /// A rate that is counted and frozen.
    Measured {
        Coverage = "COVERAGE" "归集覆盖率" "coverage",
        Reported = "REPORTED" "“双公示”上报率" "reported",
        Timely = "TIMELY" "“双公示”及时率" "in time",
        Compliant = "COMPLIANT" "“双公示”合规率" "compliance",
        FirstPass = "FIRST_PASS" "“双公示”首次合规率" "accepted at the first time",
        Completeness = "COMPLETENESS" "信息完整率" "completeness",
    }
}

/// A row of a register file before the house has taken it: by the fields of its item of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationDraft {
    /// As the spreadsheet numbers it.
    pub row: u32,
    pub kind: SubjectKind,
    pub values: BTreeMap<String, String>,
}

/// A rate as it was counted, before it is frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureDraft {
    pub measure: Measured,
    /// What of: `all`, `field|ROAD_TRANSPORT`, `kind|LICENCE`, `office|` and its key.
    pub scope: String,
    /// First day of the period that is counted; none of what is counted as it stands on its day.
    pub first: Option<Date>,
    pub num: u64,
    pub den: u64,
    /// What was looked at and is of neither number.
    pub excluded: u64,
    /// Records that are not of the numerator, and the digest of their list.
    pub failing: u64,
    pub list_sha256: String,
}

impl MeasureDraft {
    /// The key of its line when it is frozen for a day.
    pub fn key(&self, as_of: Date, at_size: u64) -> String {
        let first = self.first.map_or_else(String::new, |first| first.to_string());
        format!("{}|{}|{first}|{as_of}|{at_size}", self.measure.key(), self.scope)
    }
}
