//! Between which days a date may lie: the closed words for its first and its last day. No date is asked for without both;
//! one without a first day says why.

use std::collections::BTreeMap;

use crate::law::Words;
use domain::{
    office::Role,
    paper::{DateKey, FormDate},
};
use serde::Deserialize;
use time::Date;

/// A date that an act brings: no date without a first day, none without a last one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateAsk {
    pub key: DateKey,
    pub from: Floor,
    pub to: Ceiling,
    /// Whoever holds none of these roles may name only the act's own day; empty where everybody may name another.
    #[serde(default)]
    pub only: Vec<Role>,
}

/// A date of a form, with the days between which it may lie.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormDateRule {
    pub key: FormDate,
    pub from: Floor,
    pub to: Ceiling,
}

/// A day that the law itself names, with its article; or that this house names, with why.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedDay {
    #[serde(deserialize_with = "crate::law::dates::day")]
    pub day: Date,
    pub zh: String,
    pub en: String,
    #[serde(default)]
    pub cites: Vec<String>,
    #[serde(default)]
    pub house: Option<Words>,
}

/// The first day that a date may be: nothing is known, served, received or signed before its event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Floor {
    /// None, for the reason that is written.
    None(Words),
    /// A day of the law.
    Day(NamedDay),
    /// The finding that the case is or rests on.
    Finding,
    /// The last prior notice was signed.
    Notice,
    /// The notice was served.
    NoticeServed,
    /// The decision to list was signed.
    Decision,
    /// The answer to the objection was signed.
    Answer,
    /// What the objection challenges: the answer to an application, else the finding.
    Challenged,
    /// The grounds that the act ends were received.
    Ground,
    /// The entry was last forwarded.
    Forward,
    /// The letter of commitment was signed.
    Given,
    /// The paper that the act brings was signed.
    Signed,
    /// The case was received.
    Receipt,
    /// The step before this one.
    StepBefore,
    Today,
    Tomorrow,
    /// So many days after today as the parameter says.
    Ahead(String),
    /// By the word that the act chooses.
    Chosen(BTreeMap<String, Floor>),
}

/// The last day that a date may be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ceiling {
    Today,
    /// A day of the law.
    Day(NamedDay),
    /// The last day of a clock of the case; where no day within it is far enough ahead, the first that is.
    EndOf(String),
    /// The last day of the record's maximum term.
    MaxTerm,
    /// What the cited sector rule gives, as the guard `sector_rule_listed` asks.
    SectorRule,
    /// So many days after today as the parameter says.
    Within(String),
    /// The last day of the quarter that runs.
    Quarter,
}

impl Floor {
    /// (zh, en) of the day, as refusals and pages name it; none where a word or a number says which day it is.
    pub const fn title(&self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Finding => ("认定之日", "the day of the finding"),
            Self::Notice => ("事先告知书签发之日", "the day on which the prior notice was signed"),
            Self::NoticeServed => ("事先告知书送达之日", "the day on which the prior notice was served"),
            Self::Decision => ("决定书签发之日", "the day on which the decision was signed"),
            Self::Answer => ("答复书签发之日", "the day on which the answer was signed"),
            Self::Challenged => (
                "所异议的申请答复、违诺认定之日，没有的为信息认定之日",
                "the day of the challenged answer or finding, or of the record’s finding where there is none",
            ),
            Self::Ground => ("屏蔽事由收到之日", "the day on which the ground of shielding was received"),
            Self::Forward => ("最近一次转报之日", "the day on which the entry was last forwarded"),
            Self::Signed => ("文书签发之日", "the day on which the paper was signed"),
            Self::Given => ("承诺之日", "the day of the commitment"),
            Self::Receipt => ("案件收到之日", "the day on which the case was received"),
            Self::StepBefore => ("上一办理步骤之日", "the day of the step before"),
            Self::Today => ("办理之日", "the day of the act"),
            Self::Tomorrow => ("明日", "tomorrow"),
            Self::None(_) | Self::Day(_) | Self::Ahead(_) | Self::Chosen(_) => return None,
        })
    }
}

impl Ceiling {
    /// (zh, en) of the day, as refusals and pages name it; none where a word or a number says which day it is.
    pub const fn title(&self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Today => ("今日", "today"),
            Self::MaxTerm => ("最长公示期最后一日", "the last day of the maximum term"),
            Self::SectorRule => ("所引行业规定准许的最后一日", "the last day that the cited sector rule allows"),
            Self::Quarter => ("本季度最后一日", "the last day of this quarter"),
            Self::Day(_) | Self::EndOf(_) | Self::Within(_) => return None,
        })
    }
}
