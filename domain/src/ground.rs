//! Grounds of a list type that count: what is counted against which number, and what was found.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    form::{Field, Known, Takes},
    process::titled,
    record::PenaltyKind,
};

titled! {
    /// What a ground counts.
    CountKind {
        /// Penalties of the subject in the window.
        Penalties = "PENALTIES" "处罚次数" "penalties",
        /// Goods vehicles that offended in the window, as a share of the fleet.
        Vehicles = "VEHICLES" "违法车辆占比" "offending vehicles as a share of the fleet",
        /// The fine of the base document, in yuan.
        Fine = "FINE" "罚款数额" "the fine",
    }
}

titled! {
    /// How a number is compared (Civil Code art. 1259).
    Comparison {
        /// 超过、以外: the number itself is not enough.
        MoreThan = "MORE_THAN" "超过" "more than",
        /// 以上、届满: the number itself is enough.
        OrMore = "OR_MORE" "以上" "at least",
    }
}

titled! {
    /// Why a penalty was not counted.
    NotCounted {
        /// Nobody named it as one of this breach.
        NotNamed = "NOT_NAMED" "未列明属于该情形" "not named as one of this breach",
        /// The decision was annulled, changed or declared unlawful.
        Annulled = "ANNULLED" "已被撤销、变更或确认违法" "annulled, changed or declared unlawful",
        /// The decision is older than the first day of the window.
        BeforeWindow = "BEFORE_WINDOW" "早于计次期间" "before the window",
        AfterWindow = "AFTER_WINDOW" "晚于依据文书" "after the base document",
        /// A record of a listing or of a falsity.
        NotAPenalty = "NOT_A_PENALTY" "不是行政处罚" "not a penalty",
        /// Another record of the same decision counts already.
        SameDecision = "SAME_DECISION" "与已计入的记录是同一决定" "the same decision as a record that counts",
        /// The subject has no such record.
        NotOfSubject = "NOT_OF_SUBJECT" "不是该主体的记录" "not a record of the subject",
    }
}

impl Comparison {
    pub const fn holds(self, found: u64, threshold: u64) -> bool {
        match self {
            Self::MoreThan => found > threshold,
            Self::OrMore => found >= threshold,
        }
    }

    /// (zh before the number, zh after it, en before it).
    pub const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::MoreThan => ("超过", "", "more than"),
            Self::OrMore => ("", "以上", "at least"),
        }
    }
}

/// What whoever files says of one counting ground. The base document is always among the records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroundFacts {
    /// Key of the ground.
    pub ground: String,
    /// Numbers of the subject's records whose penalties are of this breach, by the same vehicle or driver where the ground asks it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<String>,
    /// Goods vehicles of the subject; not in the register, so a paper shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fleet: Option<u32>,
    /// Those of them that offended in the window; likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overloaded: Option<u32>,
}

impl GroundFacts {
    /// The fields of one counting ground, as a client draws them.
    pub const DRAWN: &'static [Field] = &[
        Field::new("ground", ("列入情形", "ground"), Takes::OneOf(Known::Ground)).needed(),
        Field::new("records", ("所依据的失信信息编号", "numbers of the records that it rests on"), Takes::Keys),
        Field::new("fleet", ("货运车辆总数", "goods vehicles of the subject"), Takes::Number),
        Field::new("overloaded", ("违法车辆数", "vehicles among them that offended"), Takes::Number),
    ];
}

/// One record as a count looked at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedRecord {
    pub number: String,
    /// Day of the decision; none where there is no such record.
    #[serde(with = "crate::day::optional")]
    pub day: Option<Date>,
    /// Why it was not counted; none where it was.
    pub not_counted: Option<NotCounted>,
}

/// One rule of a ground, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    pub counts: CountKind,
    pub comparison: Comparison,
    /// Times, percent or yuan.
    pub threshold: u32,
    /// Of the number and of the way of reading it, as `source/article`.
    pub articles: Vec<String>,
    /// First day that counts: the day after the matching day before.
    #[serde(with = "crate::day::optional")]
    pub first_day: Option<Date>,
    /// Last day that counts: that of the base document.
    #[serde(with = "crate::day")]
    pub last_day: Date,
    /// Times, vehicles, or yuan cents; none where a fact is missing or impossible.
    pub found: Option<u64>,
    /// The fleet, where it is a share.
    pub of: Option<u64>,
    /// A kind of penalty that one of the counted documents has to carry.
    pub with_penalty: Option<PenaltyKind>,
    pub met: bool,
    pub records: Vec<CountedRecord>,
}

/// A ground that counts: met where one of its rules is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroundCount {
    pub ground: String,
    pub met: bool,
    pub rules: Vec<RuleCount>,
}
