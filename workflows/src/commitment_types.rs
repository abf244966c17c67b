//! Types of commitments: on which article each is taken, for whom, how long it runs, and the four things that the law asks
//! of whoever takes commitments (Sichuan Social Credit Regulation art. 32).

use domain::{
    calendar::{Derivation, Limit, Unit, due},
    record::Sector,
};
use serde::Deserialize;
use time::Date;

use crate::law::{Law, Words};

/// How long a commitment runs where its letter names no day.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    pub value: u32,
    pub unit: Unit,
}

impl Days {
    /// The last day, counted from a day that does not count itself.
    pub(crate) fn from(self, law: &Law, day: Date) -> Option<Derivation> {
        let limit = Limit { from: day, count: self.value, unit: self.unit, pauses: &[], day_one_counts: false, move_to_working_day: false };
        due(law.calendars(), &limit).ok()
    }
}

/// One type. A file in which one of the four is missing cannot be read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitmentType {
    pub key: String,
    pub zh: String,
    pub en: String,
    /// Articles on which it is taken; one of them has to be in force.
    pub basis: Vec<String>,
    pub fields: Vec<Sector>,
    pub days: Days,
    /// The longest time that a letter may promise; `days` where none is given.
    #[serde(default)]
    pub longest: Option<Days>,
    /// 认定标准: how performance is judged.
    pub standard: Words,
    /// 认定流程: how it is found.
    pub finding: Words,
    /// 限制措施: what follows where it is not kept.
    pub restriction: Words,
    /// 退出程序: how that ends.
    pub exit: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    commitment_type: Vec<CommitmentType>,
}

/// All types.
#[derive(Clone, Debug)]
pub struct CommitmentTypes(Vec<CommitmentType>);

impl From<File> for CommitmentTypes {
    fn from(file: File) -> Self {
        Self(file.commitment_type)
    }
}

impl CommitmentTypes {
    pub fn all(&self) -> &[CommitmentType] {
        &self.0
    }

    pub fn get(&self, key: &str) -> Option<&CommitmentType> {
        self.0.iter().find(|one| one.key == key)
    }

    /// Everything that is wrong with the file.
    pub(crate) fn faults(&self, law: &Law) -> Vec<String> {
        let mut faults = Vec::new();
        for (place, one) in self.0.iter().enumerate() {
            let mut fault = |what: String| faults.push(format!("commitment_type “{}”: {what}", one.key));
            if self.0[..place].iter().any(|other| other.key == one.key) {
                fault("stands twice".to_owned());
            }
            if one.basis.is_empty() || one.fields.is_empty() || one.days.value == 0 {
                fault("basis, fields and days name at least one each".to_owned());
            }
            for cite in &one.basis {
                if let Err(found) = law.sources().exists(cite) {
                    fault(found.to_string());
                }
            }
            let parts = [("standard", &one.standard), ("finding", &one.finding), ("restriction", &one.restriction), ("exit", &one.exit)];
            for (part, words) in parts {
                if words.zh.trim().is_empty() || words.en.trim().is_empty() {
                    fault(format!("{part} is empty; the law asks for it (sichuan_credit_regulation_2023/art_32)"));
                }
            }
        }
        faults
    }
}

impl CommitmentType {
    /// The last day that a letter may name.
    pub(crate) fn last_day(&self, law: &Law, from: Date) -> Option<Date> {
        self.longest.unwrap_or(self.days).from(law, from).map(|found| found.due)
    }

    /// An article on which it is taken and that is in force on a day.
    pub fn basis_on(&self, law: &Law, on: Date) -> Option<&str> {
        self.basis.iter().find(|cite| law.sources().check(cite, on).is_ok()).map(String::as_str)
    }
}
