//! How a day was found: limits that were counted, days that are named, and what was taken of several.

use serde::{Deserialize, Serialize};
use time::{Date, Duration};

use super::{Calendars, Derivation, Limit, due};
use crate::process::titled;

titled! {
    /// A day that no act gives: what it is the day of.
    DayName {
        /// The finding of the breach: the decision that the record rests on.
        Finding = "finding" "认定之日" "the day of the finding",
        /// The case came in.
        Receipt = "receipt" "收到之日" "the day of receipt",
        /// The act that made the day necessary.
        Act = "act" "办理之日" "the day of the act",
        /// Last day of a penalty with a period of its own.
        PenaltyUntil = "penalty_until" "处罚本身期限届满之日" "the last day of the penalty's own period",
        DutiesDone = "duties_done" "义务履行完毕之日" "the day on which the duties were done",
        /// First day of publication as the decision names it.
        PublishOn = "publish_on" "决定载明的公示之日" "the day of publication that the decision names",
        PeriodEnd = "period_end" "报送周期最后一日" "the last day of the reporting period",
        /// Last day of a task of the plan: the end of its stage, or as a meeting set it.
        TaskDue = "task_due" "任务期限" "the last day of the task",
        /// Last day on which a submission may be handed over.
        SubmissionDue = "submission_due" "报送期限" "the last day to hand it over",
        /// Last day of performance of a commitment, as its letter names it.
        PerformanceEnd = "performance_end" "承诺书载明的履约期限" "the last day of performance that the letter names",
        /// Last day to put right what was not performed.
        CorrectionEnd = "correction_end" "整改通知书载明的期限" "the last day that the order names",
        AuthorityEnd = "authority_end" "授权截止之日" "the last day of the authority",
        /// Last day of a continued publication.
        ContinuedUntil = "continued_until" "延续公示截止之日" "the last day of the continued publication",
        /// The last day of the deadline whose end started this one.
        DeadlineEnd = "deadline_end" "前一期限届满之日" "the last day of the deadline before it",
    }
}

titled! {
    /// Why one of several days counts.
    Why {
        /// Of several penalties the longest counts (Order 36 art. 12(3)).
        LongestOfPenalties = "longest_of_penalties" "有数项的，以最长的期限为准" "of several the longest counts",
        /// Of the law of the finding and the law of today the shorter figure counts.
        ShorterOfLaws = "shorter_of_laws" "认定时的规定与现行规定不同的，以较短的期限为准" "of the law of the finding and today's law the shorter figure counts",
        /// Terms over and duties done, whichever comes last.
        RepairOpens = "repair_opens" "以最后到来的一日为准" "the day that comes last counts",
        /// The day the decision names, but not before today.
        NotBeforeToday = "not_before_today" "不早于办理之日" "not before the day of the act",
        /// A cited sector rule lets publication go on after the maximum term (Order 36 art. 12(2)).
        Continued = "continued" "行业规定延续公示的，以延续截止之日为准" "where a sector rule continues it, its last day counts",
    }
}

/// A share of a limit's length: a parameter of a definition or a figure of a rulebook, in the limit's unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    pub key: String,
    pub count: u32,
}

/// A limit that was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// What happened on the first day: a verb, a date given with it, or a [`DayName`]; none where nobody said.
    pub event: Option<String>,
    /// Where the length comes from; the shares add up to it.
    pub parameters: Vec<Parameter>,
    /// Of the length and of the way of counting, as `source/article`.
    pub articles: Vec<String>,
    pub limit: Derivation,
}

/// One of several days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    pub why: Why,
    #[serde(with = "crate::day")]
    pub day: Date,
    pub of: Vec<Derived>,
}

/// A day with how it was found: enough to find it again with nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Derived {
    Counted(Box<Counted>),
    /// A day that stands in the file.
    Named {
        what: DayName,
        #[serde(with = "crate::day")]
        day: Date,
    },
    Latest(Chosen),
    Earliest(Chosen),
    /// So many calendar days after another day; before it where the number is below zero.
    Shifted {
        days: i64,
        #[serde(with = "crate::day")]
        day: Date,
        of: Box<Derived>,
    },
}

impl Derived {
    /// A counted limit; the articles of the counting follow those of the length.
    pub fn counted(event: Option<&str>, parameters: Vec<Parameter>, articles: &[String], limit: Derivation) -> Self {
        let mut articles = articles.to_vec();
        for rule in limit.articles() {
            if !articles.iter().any(|known| known == rule) {
                articles.push(rule.to_owned());
            }
        }
        Self::Counted(Box::new(Counted { event: event.map(str::to_owned), parameters, articles, limit }))
    }

    pub const fn named(what: DayName, day: Date) -> Self {
        Self::Named { what, day }
    }

    /// The latest of several days; none of none, the day itself of one.
    pub fn latest(why: Why, of: Vec<Self>) -> Option<Self> {
        let day = of.iter().map(Self::day).max()?;
        Some(if of.len() == 1 { of.into_iter().next()? } else { Self::Latest(Chosen { why, day, of }) })
    }

    /// The earliest of several days; none of none, the day itself of one.
    pub fn earliest(why: Why, of: Vec<Self>) -> Option<Self> {
        let day = of.iter().map(Self::day).min()?;
        Some(if of.len() == 1 { of.into_iter().next()? } else { Self::Earliest(Chosen { why, day, of }) })
    }

    /// So many days later; none past the end of the calendar.
    pub fn shifted(self, days: i64) -> Option<Self> {
        let day = self.day().checked_add(Duration::days(days))?;
        Some(Self::Shifted { days, day, of: Box::new(self) })
    }

    /// The same found by other calendars; none where a limit runs out of them. A limit of which nothing changes but how
    /// far the calendars reach stays as it was.
    pub fn again(&self, calendars: &Calendars) -> Option<Self> {
        let all = |of: &[Self]| of.iter().map(|one| one.again(calendars)).collect::<Option<Vec<_>>>();
        match self {
            Self::Named { .. } => Some(self.clone()),
            Self::Shifted { days, of, .. } => of.again(calendars)?.shifted(*days),
            Self::Latest(chosen) => Self::latest(chosen.why, all(&chosen.of)?),
            Self::Earliest(chosen) => Self::earliest(chosen.why, all(&chosen.of)?),
            Self::Counted(counted) => {
                let old = &counted.limit;
                let limit = Limit {
                    from: old.from,
                    count: old.count,
                    unit: old.unit,
                    pauses: &old.pauses,
                    day_one_counts: old.day_one_counts,
                    move_to_working_day: old.move_to_working_day,
                };
                let new = due(calendars, &limit).ok()?;
                let same = Derivation { horizon: old.horizon, ..new.clone() } == *old;
                Some(Self::Counted(Box::new(Counted { limit: if same { old.clone() } else { new }, ..(**counted).clone() })))
            }
        }
    }

    /// The day that was found.
    pub fn day(&self) -> Date {
        match self {
            Self::Counted(counted) => counted.limit.due,
            Self::Named { day, .. } | Self::Shifted { day, .. } => *day,
            Self::Latest(chosen) | Self::Earliest(chosen) => chosen.day,
        }
    }

    /// Whether a day past the horizon of the calendars was looked up.
    pub fn provisional(&self) -> bool {
        match self {
            Self::Counted(counted) => counted.limit.provisional,
            Self::Named { .. } => false,
            Self::Latest(chosen) | Self::Earliest(chosen) => chosen.of.iter().any(Self::provisional),
            Self::Shifted { of, .. } => of.provisional(),
        }
    }
}
