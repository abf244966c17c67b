//! The form of a definition file: a flat, dated, cited table.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    calendar::Unit,
    office::{Addressee, Rank, Role},
    paper::DateKey,
    process::{Phase, Process, Verb},
    repair::PlatformAnswer,
};
use serde::Deserialize;
use time::Date;

use super::{
    bounds::FormDateRule,
    header::{About, ActWords, Finding, Keeper, PartySees},
    steps::Steps,
    words::{Ask, Effect, Guard, Point, RouteWord},
};
use crate::law::Words;

/// One version of one process.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    pub key: Process,
    #[serde(deserialize_with = "crate::law::dates::day")]
    pub in_force_from: Date,
    pub revision: u32,
    pub title: Words,
    /// Letters that the number of a case begins with.
    pub number: String,
    pub about: About,
    pub kept_by: Keeper,
    pub finding: Finding,
    pub party_sees: PartySees,
    /// Who beside the owner is told when a day moves; none where only a deadline of the party's own is told to it.
    #[serde(default)]
    pub moved_days_tell: Option<Addressee>,
    /// Whether offices write notes to each other in its cases.
    #[serde(default)]
    pub notes: bool,
    /// Who may send a file that opens cases; none where no file does.
    #[serde(default)]
    pub imported_by: Option<Rank>,
    /// What the acts are called.
    pub act: Vec<ActWords>,
    /// Which legal date picks the version.
    pub chosen_by: ChosenBy,
    pub open_cases: OpenCases,
    /// For cases that move here from an older version: every old state and where it lands.
    #[serde(default)]
    pub state_map: BTreeMap<String, String>,
    pub state: Vec<State>,
    #[serde(default)]
    pub parameter: Vec<Parameter>,
    /// Between which days the dates of the process's own forms lie.
    #[serde(default)]
    pub form_date: Vec<FormDateRule>,
    #[serde(default)]
    pub deadline: Vec<DeadlineRule>,
    pub transition: Steps,
    /// Why it may come into force before the day on which it is loaded.
    #[serde(default)]
    pub retroactive: Option<String>,
}

/// The tables of a definition, each read by itself where the whole cannot be read.
#[derive(Deserialize)]
pub(super) struct Parts {
    #[serde(default, rename = "state")]
    _state: Vec<State>,
    #[serde(default, rename = "parameter")]
    _parameter: Vec<Parameter>,
    #[serde(default, rename = "form_date")]
    _form_date: Vec<FormDateRule>,
    #[serde(default, rename = "deadline")]
    _deadline: Vec<DeadlineRule>,
    #[serde(default, rename = "transition")]
    _transition: Vec<Transition>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChosenBy {
    /// The day the case was received.
    ReceivedOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenCases {
    Stay,
    MayMove,
    AllMove,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rest {
    /// Somebody must act.
    Open,
    /// Nobody must; named verbs may still move it.
    Settled,
    Final,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    pub key: String,
    pub zh: String,
    pub en: String,
    pub phase: Phase,
    #[serde(default = "open")]
    pub rest: Rest,
    /// On whose desk the case lies in this state.
    #[serde(default)]
    pub desk: Option<Role>,
    /// Why a settled state may still move, or why an open one has no deadline.
    #[serde(default)]
    pub why: Option<Words>,
    /// An open state in which nothing presses, for the reason in `why`.
    #[serde(default)]
    pub no_deadline: bool,
    /// What it counts as, where a condition or a relation asks.
    #[serde(default, rename = "as")]
    pub marks: Vec<Mark>,
    /// What Credit China is told of an application that it pushed and that is in this state.
    #[serde(default)]
    pub answer: Option<PlatformAnswer>,
}

/// What a state counts as, for conditions and relations that ask across processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Its filer may still change it.
    Draft,
    Submitted,
    Returned,
    /// Nobody has decided it yet.
    Undecided,
    /// It may be sent on.
    Confirmed,
    /// It waits for the province or for a correction.
    Waiting,
    /// It has ended, so that another about the same matter may be opened.
    Over,
    /// It has ended without a decision on the merits, or the decision was undone.
    Undone,
    /// It was decided on the merits, and that stands.
    Stands,
}

const fn open() -> Rest {
    Rest::Open
}

/// A number with its unit and its source: law, setting, or the record itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    pub key: String,
    #[serde(default)]
    pub value: Option<u32>,
    #[serde(default)]
    pub unit: Option<Unit>,
    /// Articles that fix the value.
    #[serde(default)]
    pub law: Vec<String>,
    /// Key of the setting that holds the value.
    #[serde(default)]
    pub setting: Option<String>,
    /// Law that does not bind but served as a model.
    #[serde(default)]
    pub like: Vec<String>,
}

/// A date on the record that a deadline is due on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordDate {
    /// The day before repair becomes possible.
    MinTermEnd,
    /// A number of days before it.
    MinTermNear,
    MaxTermEnd,
    /// The day before publication begins.
    PublicationStart,
    ContinuedUntil,
    /// The last day of a batch's reporting period.
    PeriodEnd,
    /// The last day of an agent's authority.
    AuthorityEnd,
    /// The last day of a task: the end of its stage in the plan, or as a meeting set it.
    TaskDue,
    /// The last day on which a submission may be handed over.
    SubmissionDue,
    /// The last day of performance of a commitment.
    PerformanceEnd,
    /// The last day to put right what was not performed.
    CorrectionEnd,
}

/// A clock: which acts start it, how long it runs, which acts meet it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the table, and says one thing of a clock")]
pub struct DeadlineRule {
    pub key: String,
    pub zh: String,
    pub en: String,
    #[serde(default)]
    pub starts: Vec<Verb>,
    /// A date given with the act; the act's own day where none is named.
    #[serde(default)]
    pub counts_from: Option<DateKey>,
    /// Counts from the day the case was received.
    #[serde(default)]
    pub counts_from_receipt: bool,
    /// Why it counts from the day of the act, although the act brings a paper with a day of its own.
    #[serde(default)]
    pub counts_from_act: Option<Words>,
    /// Starts only where the act leaves the case in one of these states; in every state where none is named.
    #[serde(default)]
    pub starts_in: Vec<String>,
    /// Acts after which it is counted again from the date that they bring.
    #[serde(default)]
    pub recounted_by: Vec<Verb>,
    /// Parameter that holds the length.
    #[serde(default)]
    pub length: Option<String>,
    /// Instead of a length.
    #[serde(default)]
    pub due_on: Option<RecordDate>,
    /// Runs only where the objection came by this route; asked once, when it would start.
    #[serde(default)]
    pub when: Option<RouteWord>,
    #[serde(default)]
    pub met_by: Vec<Verb>,
    /// A point that starts it when it is settled.
    #[serde(default)]
    pub starts_at: Option<Point>,
    /// A point that meets it when it is settled, whatever else the act does.
    #[serde(default)]
    pub met_at: Option<Point>,
    #[serde(default)]
    pub dropped_by: Vec<Verb>,
    #[serde(default)]
    pub paused_in: Vec<String>,
    /// The timer: the first verb whose guards allow.
    #[serde(default)]
    pub at_end: Vec<Verb>,
    /// One of its own runs for each act that starts it, ended by that one's answer.
    #[serde(default)]
    pub each: bool,
    /// Open deadlines drop on entering a settled or final state unless they outlive it.
    #[serde(default)]
    pub outlives: bool,
    /// Who has to act; none for terms that only pass.
    #[serde(default)]
    pub owner: Option<Role>,
    /// A party's time limit ends on the next working day (Civil Code art. 203).
    #[serde(default)]
    pub moves_to_working_day: bool,
    pub cites: Vec<String>,
    #[serde(default)]
    pub house: Option<Words>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    pub verb: Verb,
    /// `["new"]` opens a case.
    pub from: Vec<String>,
    /// `"same"` keeps the state.
    pub to: String,
    pub who: Vec<Role>,
    #[serde(default)]
    pub asks: Vec<Ask>,
    #[serde(default, rename = "if")]
    pub guards: Vec<Guard>,
    #[serde(default, rename = "then")]
    pub effects: Vec<Effect>,
    /// Articles that bind.
    #[serde(default)]
    pub cites: Vec<String>,
    /// Articles of the single grounds of shielding, where the act is about one.
    #[serde(default)]
    pub cites_by: BTreeMap<String, Vec<String>>,
    /// Why no law is cited.
    #[serde(default)]
    pub house: Option<Words>,
    /// Law that does not bind but served as a model.
    #[serde(default)]
    pub like: Vec<String>,
    /// Decides on a right of the party: needs a second pair of eyes.
    #[serde(default)]
    pub decides: bool,
    /// Why an act that extends a deadline may be done more than once.
    #[serde(default)]
    pub more_than_once: Option<Words>,
    /// Why an act that only a head does never has a day of signature before its entry.
    #[serde(default)]
    pub unsigned: Option<Words>,
}

impl Definition {
    /// Version as it stands on a case: date and revision.
    pub fn version(&self) -> String {
        format!("{}.{}", self.in_force_from, self.revision)
    }

    pub fn state(&self, key: &str) -> Option<&State> {
        self.state.iter().find(|state| state.key == key)
    }

    pub fn parameter(&self, key: &str) -> Option<&Parameter> {
        self.parameter.iter().find(|parameter| parameter.key == key)
    }

    pub fn deadline(&self, key: &str) -> Option<&DeadlineRule> {
        self.deadline.iter().find(|deadline| deadline.key == key)
    }

    /// (zh, en) of a deadline; its key where it has none.
    pub fn deadline_title(&self, key: &str) -> (String, String) {
        self.deadline(key).map_or_else(|| (key.to_owned(), key.to_owned()), |rule| (rule.zh.clone(), rule.en.clone()))
    }

    /// (zh, en) of a state; its key where it has none.
    pub fn state_title(&self, key: &str) -> (String, String) {
        self.state(key).map_or_else(|| (key.to_owned(), key.to_owned()), |state| (state.zh.clone(), state.en.clone()))
    }

    /// Whether a state counts as this.
    pub fn counts_as(&self, state: &str, mark: Mark) -> bool {
        self.state(state).is_some_and(|state| state.marks.contains(&mark))
    }

    /// The one transition of `verb` out of `state`.
    pub fn transition(&self, state: &str, verb: Verb) -> Option<&Arc<Transition>> {
        self.transition.shared().find(|row| row.verb == verb && row.from.iter().any(|from| from == state))
    }

    /// Every row of `verb`.
    pub fn rows_of(&self, verb: Verb) -> impl Iterator<Item = &Transition> {
        self.transition.iter().filter(move |row| row.verb == verb)
    }
}

impl RecordDate {
    /// The setting that says how soon publication begins where no day of it is given.
    pub const PUBLISH_WITHIN: &'static str = "publish_within_days";
    /// The same of a listing.
    pub const LISTING_WITHIN: &'static str = "listing_publish_within_days";
    /// The parameter that says how many days ahead the subject is told of the first day of repair.
    pub const NEAR: &'static str = "repair_notice_days";
}

impl DeadlineRule {
    /// Whether an act that leaves the case in `state` starts it.
    pub fn starts_with(&self, verb: Verb, state: &str) -> bool {
        self.starts.contains(&verb) && (self.starts_in.is_empty() || self.starts_in.iter().any(|one| one == state))
    }
}

impl Transition {
    /// Whether a person may do it; what the system alone does, nobody sends.
    pub fn by_a_person(&self) -> bool {
        self.who.iter().any(|role| *role != Role::System)
    }

    /// Whether it opens a case.
    pub fn opens_a_case(&self) -> bool {
        self.from.iter().any(|from| from == "new")
    }

    /// Whether it asks for a date, or may be given it.
    pub fn asks_date(&self, key: DateKey) -> bool {
        self.asks.iter().any(|ask| matches!(ask, Ask::Date(asked) | Ask::MayDate(asked) if asked.key == key))
    }

    /// The first article, which a reason without its own takes.
    pub fn article(&self) -> Option<&str> {
        self.cites.first().map(String::as_str)
    }
}
