//! The digest: one letter a working day with everything that waits at an officer's desks. Case numbers, offices and days
//! only; no line names a person.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    ids::AccountId,
    process::{Process, titled},
};

titled! {
    /// How an account is reminded of deadlines before they end.
    Reminders {
        /// In the day's digest.
        Digest = "digest" "每日汇总" "one digest a day",
        /// By a letter for each deadline.
        Single = "single" "逐封提醒" "a letter each",
    }
}

titled! {
    /// How urgent a line is, the most urgent first.
    Urgency {
        Overdue = "overdue" "已超期" "Overdue",
        /// Ends before the next working day.
        Today = "today" "今日届满" "Ends today",
        Near = "near" "临近届满" "Ends soon",
        /// Waits, with time left or without a day.
        Waiting = "waiting" "其他待办" "Waiting",
    }
}

titled! {
    /// Whose desk a line waits at, seen from the reader.
    Desk {
        /// The reader's own.
        Own = "own" "您的待办" "Your desk",
        /// Another desk of an office that the reader heads.
        Office = "office" "本单位" "Your office",
        /// Any desk of the city, for the policy office.
        City = "city" "全市" "The city",
    }
}

/// One thing that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestLine {
    pub number: String,
    pub process: Process,
    pub office: String,
    /// What is to be done: the deadline's or the state's name, in Chinese and in English.
    pub matter: (String, String),
    pub due_on: Option<Date>,
    pub urgency: Urgency,
    pub desk: Desk,
    /// Came or moved since the last digest.
    pub fresh: bool,
}

/// What one officer is told of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    pub account: AccountId,
    /// The office that the letter names: the reader's own.
    pub office: String,
    /// The most urgent first.
    pub lines: Vec<DigestLine>,
    /// How many more there are than the letter lists.
    pub more: u32,
}
