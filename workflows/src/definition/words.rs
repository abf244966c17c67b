//! The closed vocabulary: guards, effects, relations. A new word needs an article or a setting, a variant here,
//! a test in which it refuses, and a decision note.

use domain::{
    letter::Letter,
    office::Addressee,
    paper::{ChoiceKey, DocumentKind, ItemList},
    process::{FormKey, Process, Verb},
    receipt::Side,
};
use serde::{Deserialize, Serialize};

use super::{asked, bounds::DateAsk};
pub use super::{
    asked::{NameKey, TextKey},
    which::{AppearWord, ChallengeWord, CountWord, KeepWord, LinesWord, NeedWord, OutcomeWord, PublicationWord, RouteWord, TermWord},
};

/// What a person must bring; guards look only at this, the case and facts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    Reason,
    ReasonCode,
    Document(DocumentKind),
    /// A document that may be added.
    MayAdd(DocumentKind),
    /// A date with the days between which it may lie.
    Date(DateAsk),
    /// A date that may be left out; the act's own day then.
    MayDate(DateAsk),
    Items(ItemList),
    Choice(ChoiceKey),
    Form(FormKey),
    /// Something in force that the act may name by its key.
    MayName(NameKey),
    /// A text between offices.
    Text(TextKey),
    /// The office that is asked.
    Office,
}

impl Ask {
    /// The key of what is asked; none of a form, whose fields stand in it.
    pub const fn key(&self) -> Option<&'static str> {
        match self {
            Self::Reason => Some("reason"),
            Self::ReasonCode => Some("reason_code"),
            Self::Document(kind) | Self::MayAdd(kind) => Some(kind.key()),
            Self::Date(asked) | Self::MayDate(asked) => Some(asked.key.key()),
            Self::Items(list) => Some(list.key()),
            Self::Choice(choice) => Some(choice.key()),
            Self::MayName(name) => Some(name.key()),
            Self::Text(text) => Some(text.key()),
            Self::Office => Some(asked::OFFICE),
            Self::Form(_) => None,
        }
    }

    /// Whether the act cannot do without it.
    pub const fn required(&self) -> bool {
        !matches!(self, Self::MayAdd(_) | Self::MayDate(_) | Self::MayName(_))
    }
}

/// `done_before`: the verb was done in this case, and since the last `since`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    pub verb: Verb,
    pub since: Option<Verb>,
}

/// Another case, whose acts four eyes look at too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherCase {
    /// The batch of an entry.
    Batch,
    /// What an objection challenges: the record, and the application where there is one.
    Challenged,
    /// The applications for repair of this record.
    Repairs,
}

/// `not_the_person_in`: nobody who did one of the verbs in that case.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PersonIn {
    pub case: OtherCase,
    pub verbs: Vec<Verb>,
}

/// A condition of a transition.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Guard {
    // who and history
    NotThePersonWho(Vec<Verb>),
    NotDoneBefore(Verb),
    DoneBefore(Done),
    NotThePersonIn(PersonIn),
    // time
    StillRuns(String),
    HasEnded(String),
    TermOver(TermWord),
    TermRuns(TermWord),
    // points
    AllSettled(ItemList),
    // switches
    SettingOn(String),
    Publication(PublicationWord),
    // the record
    BaseDocumentInForce,
    NoSuchRecordYet,
    OwnJurisdiction,
    MeasuresAllowed,
    MayBePublished,
    DutiesDone,
    DutiesNotDone,
    NoRunningRestriction,
    WasPublished,
    NotAFalsityRecord,
    /// A rule of `law/sector_rules.toml` is named, is about the record, and reaches as far as the day that is given.
    SectorRuleListed,
    /// Measures that are named are in force, and the ground of shielding suspends measures.
    MeasuresMaySuspend,
    // repair
    RecordCanBeRepaired,
    RecordMayBeRepaired,
    NoOtherApplication,
    NoFalsityBar,
    PapersComplete,
    // binding
    NoSuchBinding,
    /// An agent shows the letter of authority, and its last day stands in the request.
    AuthorityShown,
    // list types
    ListTypeHasBasis,
    GroundsFromListType,
    /// Every counting ground that is named is met by what the register and the filing count.
    GroundCountsMet,
    MeasuresInListType,
    /// Where a clerk acts in the party's stead, the party's own paper is brought.
    ClerkBrings(DocumentKind),
    /// The years on the list lie between the legal minimum and maximum, or a law that is named allows more.
    TermOfListAllowed,
    ListTypeNeeds(NeedWord),
    ListTypeDoesWithout(NeedWord),
    // proposals
    BatchIsDraft,
    HasEntries,
    NoEntryUndecided,
    SomeEntryConfirmed,
    NoEntryLive,
    ExportCoversConfirmed,
    NamedUnitHasSpoken,
    NoSuchEntryYet,
    NoStayOrdered,
    // listing
    NoSuchListingYet,
    NotOfAListing,
    ServedLawfully,
    /// A paper that was signed off in the house has its sealed copy.
    SealedCopyKept,
    /// Every clock of the party has ended before the day on which the act is signed, or ended by the party's own act.
    PartyClocksOver,
    HearingDayCome,
    NotHeavierThanNotified,
    // objection
    NoOtherObjection,
    Challenges(ChallengeWord),
    // plan and ledger
    /// The plan runs, asks this of the office, and no such task is open; of a meeting's task, the meeting is noted.
    TaskFits,
    /// What the task asks for is there by the house's own count; of a meeting's task, a paper shows it.
    MeasureMet,
    /// Whoever confirms sits at another office than the task's, or is the leader.
    AnotherOfficeConfirms,
    /// Fields, matters and papers are those of the kind, and the office keeps it.
    LedgerComplete,
    // publicity
    /// Nothing keeps the piece from being shown.
    PublicityAllowed,
    Appears(AppearWord),
    // submission
    /// The platform takes something that the office sends.
    SubmissionFits,
    Lines(LinesWord),
    // credit checks, commitments, schemes
    /// An organisation or a sole trader, about a matter of which the office does not ask already.
    CheckFits,
    /// What the house knows of the subject is what the answer says.
    AnswerHolds,
    Outcome(OutcomeWord),
    /// Its type has a basis and is for the field, and no commitment of the same matter runs.
    CommitmentFits,
    /// The time that was promised, and that of an order to put it right, is over.
    PerformanceOver,
    /// The subject could use the scheme on the day.
    Eligible,
}

/// One point of a fixed list, as `{ list = "retraction_orders", item = "tell_reasons" }`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    pub list: ItemList,
    pub item: String,
}

/// Which cases an effect goes to; never one in a final state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// This case.
    #[serde(rename = "self")]
    This,
    /// The record that this application is about.
    Record,
    /// The open applications of this record, and those that are settled.
    RepairsOfRecord,
    /// A falsity record about the subject of this case, made by the act.
    NewRecord,
    /// The batch of this entry.
    Batch,
    DraftEntries,
    SubmittedEntries,
    ReturnedEntries,
    /// Entries that are confirmed or held back.
    ConfirmedEntries,
    /// Entries that no one has begun to review.
    LiveEntries,
    /// Entries of proposals that rest on this record.
    EntriesOnRecord,
    /// A listing case for this entry, made by the act.
    NewListing,
    /// The listing that this record was made by.
    Listing,
    /// Listing cases that rest on this record.
    ListingsOnRecord,
    /// The record of this listing, made by the act.
    NewListingRecord,
    /// Records of the persons related to the listed organisation, made by the act.
    NewRelatedRecords,
    /// Every record that this listing made.
    ListingRecords,
    /// Records of related persons that this listing made.
    RelatedRecords,
    ObjectionsToRecord,
    ObjectionsToCommitment,
    /// Pieces of publicity that rest on this record.
    PublicityOnRecord,
    /// The record that this objection challenges.
    ChallengedRecord,
    /// The application that this objection challenges.
    ChallengedApplication,
    /// The commitment whose finding this objection challenges.
    ChallengedCommitment,
}

impl Relation {
    /// The process of the cases it points at, seen from a case of `from`.
    pub const fn process(self, from: Process) -> Process {
        match self {
            Self::This => from,
            Self::Record
            | Self::NewRecord
            | Self::NewListingRecord
            | Self::NewRelatedRecords
            | Self::ListingRecords
            | Self::RelatedRecords
            | Self::ChallengedRecord => Process::PublicationRecord,
            Self::RepairsOfRecord | Self::ChallengedApplication => Process::RepairApplication,
            Self::Batch => Process::ProposalBatch,
            Self::DraftEntries
            | Self::SubmittedEntries
            | Self::ReturnedEntries
            | Self::ConfirmedEntries
            | Self::LiveEntries
            | Self::EntriesOnRecord => Process::ProposalEntry,
            Self::NewListing | Self::Listing | Self::ListingsOnRecord => Process::ListingCase,
            Self::ObjectionsToRecord | Self::ObjectionsToCommitment => Process::Objection,
            Self::PublicityOnRecord => Process::PublicityItem,
            Self::ChallengedCommitment => Process::Commitment,
        }
    }
}

/// A command to another case.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// The first whose guards allow is taken.
    pub verbs: Vec<Verb>,
    pub on: Relation,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notify {
    pub letter: Letter,
    pub to: Addressee,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    pub deadline: String,
    pub by: String,
}

/// `hand_over`: who gives, who takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sides {
    pub from: Side,
    pub to: Side,
}

/// What a transition does beside changing the state.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Notify(Notify),
    /// Its refusal refuses the whole act.
    MustDo(FollowUp),
    /// Its refusal is normal; the entry lists it.
    MayDo(FollowUp),
    Extend(Extension),
    OpenItems(ItemList),
    SettleItems(ItemList),
    DropItems(ItemList),
    /// Gives the decision its 文号.
    NumberDecision,
    // the record
    FixClassAndTerms,
    StartPublication,
    EndPublication,
    MarkDutiesDone,
    MarkBaseAnnulled,
    StartMeasures,
    LiftMeasures,
    /// Measures that hinder a reorganisation plan or a settlement wait (Order 36 art. 20).
    SuspendMeasures,
    /// They come back when no such ground stands any more.
    ResumeMeasures,
    /// What a sector rule continued because duties were undone goes on no longer.
    EndContinuation,
    BarRepair(String),
    LiftBar,
    ContinuePublication,
    // repair
    MarkFalsity,
    // binding
    Bind,
    Unbind,
    // proposals
    /// What is handed over stands in the entry, for the receipt.
    HandOver(Sides),
    MarkSubmitted,
    MarkSent,
    /// The entry went to the province.
    MarkForwarded,
    MarkOpinion,
    MarkAnswer,
    // listing
    IssueNotice,
    MarkNoticeServed,
    MarkHearing,
    IssueDecision,
    /// A decision that was not served yet is none: the party is heard first.
    WithdrawDecision,
    MarkDecisionServed,
    // objection
    IssueAnswer,
    MarkAnswerServed,
    // plan
    /// The task's line of the board follows the plan.
    TakeFromPlan,
    /// What the case shows counts in plans from its day on, or no longer.
    Counts(CountWord),
    /// The piece stands on the bureau's own pages, or no longer.
    Show(CountWord),
    // collection
    /// What the record says is collected information from its day on, or no longer.
    Collect(CountWord),
    /// What the house knows of the subject is frozen.
    AnswerCheck,
    /// The last day to put it right, as the order names it.
    MarkCorrection,
    /// Gives the finding of a broken commitment its 文号.
    IssueBreach,
    /// What is handed to a platform is frozen, or marked with its answer.
    KeepLines(KeepWord),
    // notes between offices
    WriteNote,
    AskOffice,
    AnswerOffice,
}
