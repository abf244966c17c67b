//! Closed words that say which of a few things a guard, an effect or a clock means.

use serde::{Deserialize, Serialize};

/// Whether a record is to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicationWord {
    Due,
    NotDue,
    Undetermined,
}

/// Which of a record's two terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TermWord {
    MinTerm,
    MaxTerm,
}

/// What a list type may ask for before the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedWord {
    UnitOpinion,
    Hearing,
    UpperConsent,
}

impl NeedWord {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::UnitOpinion => ("业务单位意见", "the named unit's opinion"),
            Self::Hearing => ("听证", "a hearing"),
            Self::UpperConsent => ("上级同意", "the upper level's consent"),
        }
    }
}

/// By which route an objection came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RouteWord {
    Direct,
    Platform,
}

/// Whether what a case shows counts in plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountWord {
    Start,
    End,
}

/// Where a piece of publicity appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AppearWord {
    Here,
    Elsewhere,
}

/// Whether an outcome is to the subject's disadvantage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeWord {
    ForIt,
    AgainstIt,
}

/// What an objection challenges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChallengeWord {
    /// Something that was found: a record, the answer to an application, a broken commitment.
    Finding,
    Record,
    Application,
}

impl ChallengeWord {
    /// (zh, en) for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Finding => {
                ("失信信息、修复申请的答复或者违诺认定", "record, answer to an application, or finding of a broken commitment")
            }
            Self::Record => ("失信信息", "record"),
            Self::Application => ("修复申请", "repair application"),
        }
    }
}

/// What a submission brings, or what its answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinesWord {
    /// Every row may be handed over.
    Covered,
    /// The same, and everything that came back is among them.
    Corrected,
    AllAccepted,
    SomeReturned,
}

/// What becomes of the lines of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeepWord {
    /// As they are handed over.
    Freeze,
    /// With what the platform says.
    Mark,
}
