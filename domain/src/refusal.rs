//! A refusal is a lawful no: code, cause, article, what would make it possible and from which day.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::process::words;

words! {
    /// Why an act is refused. Stable: clients may code against it. What stands in braces is filled in when it is said.
    ReasonCode title {
        // engine
        NoLawInForce = "NO_LAW_IN_FORCE",
        StateDoesNotAllow = "STATE_DOES_NOT_ALLOW",
        RoleDoesNotAllow = "ROLE_DOES_NOT_ALLOW",
        SystemOnly = "SYSTEM_ONLY",
        SteppedAside = "STEPPED_ASIDE",
        SamePerson = "SAME_PERSON",
        MissingReason = "MISSING_REASON",
        MissingReasonCode = "MISSING_REASON_CODE",
        ReasonNotTrue = "REASON_NOT_TRUE",
        ReasonOfTheHead = "REASON_OF_THE_HEAD",
        MissingDocument = "MISSING_DOCUMENT",
        MissingDate = "MISSING_DATE",
        DateInFuture = "DATE_IN_FUTURE",
        DateOutOfOrder = "DATE_OUT_OF_ORDER",
        DateTooLate = "DATE_TOO_LATE",
        MissingItems = "MISSING_ITEMS",
        UnknownItem = "UNKNOWN_ITEM",
        MissingChoice = "MISSING_CHOICE",
        MissingForm = "MISSING_FORM",
        FollowUpRefused = "FOLLOW_UP_REFUSED",
        NoWorkItem = "NO_WORK_ITEM",
        WorkItemTaken = "WORK_ITEM_TAKEN",
        AssigneeCannotAct = "ASSIGNEE_CANNOT_ACT",
        // guards
        AlreadyDone = "ALREADY_DONE",
        NotYetDone = "NOT_YET_DONE",
        DeadlineOver = "DEADLINE_OVER",
        DeadlineRuns = "DEADLINE_RUNS",
        MinTermRuns = "MIN_TERM_RUNS",
        MaxTermRuns = "MAX_TERM_RUNS",
        TermOver = "TERM_OVER",
        ItemsOpen = "ITEMS_OPEN",
        PublicationNotDue = "PUBLICATION_NOT_DUE",
        PublicationDue = "PUBLICATION_DUE",
        ClassUndetermined = "CLASS_UNDETERMINED",
        ClassDetermined = "CLASS_DETERMINED",
        BaseDocumentAnnulled = "BASE_DOCUMENT_ANNULLED",
        NaturalPersonNotPublished = "NATURAL_PERSON_NOT_PUBLISHED",
        DutiesNotDone = "DUTIES_NOT_DONE",
        DutiesDone = "DUTIES_DONE",
        RecordNotRepairable = "RECORD_NOT_REPAIRABLE",
        OtherApplicationOpen = "OTHER_APPLICATION_OPEN",
        BarredForFalsity = "BARRED_FOR_FALSITY",
        RestrictionRunning = "RESTRICTION_RUNNING",
        PapersIncomplete = "PAPERS_INCOMPLETE",
        SettingOff = "SETTING_OFF",
        SuchRecordExists = "SUCH_RECORD_EXISTS",
        SubjectNameDiffers = "SUBJECT_NAME_DIFFERS",
        BindingExists = "BINDING_EXISTS",
        AuthorityNotShown = "AUTHORITY_NOT_SHOWN",
        NotOwnJurisdiction = "NOT_OWN_JURISDICTION",
        MeasureNotAllowed = "MEASURE_NOT_ALLOWED",
        TermOverLegalMaximum = "TERM_OVER_LEGAL_MAXIMUM",
        TermUnderLegalMinimum = "TERM_UNDER_LEGAL_MINIMUM",
        FalsityRecord = "FALSITY_RECORD",
        MeasureNotInForce = "MEASURE_NOT_IN_FORCE",
        SectorRuleNotListed = "SECTOR_RULE_NOT_LISTED",
        SectorRuleEnds = "SECTOR_RULE_ENDS",
        // proposals, listing, objection
        ListTypeUnknown = "LIST_TYPE_UNKNOWN",
        ListTypeWithoutBasis = "LIST_TYPE_WITHOUT_BASIS",
        GroundNotOfListType = "GROUND_NOT_OF_LIST_TYPE",
        GroundNotMet = "GROUND_NOT_MET",
        MeasureNotOfListType = "MEASURE_NOT_OF_LIST_TYPE",
        ListTypeNeeds = "LIST_TYPE_NEEDS",
        ListTypeDoesWithout = "LIST_TYPE_DOES_WITHOUT",
        SuchListingExists = "SUCH_LISTING_EXISTS",
        SuchEntryExists = "SUCH_ENTRY_EXISTS",
        BatchNotDraft = "BATCH_NOT_DRAFT",
        BatchFull = "BATCH_FULL",
        NoEntries = "NO_ENTRIES",
        EntriesUndecided = "ENTRIES_UNDECIDED",
        NoEntryConfirmed = "NO_ENTRY_CONFIRMED",
        EntriesLive = "ENTRIES_LIVE",
        ExportStale = "EXPORT_STALE",
        OpinionMissing = "OPINION_MISSING",
        StayOrdered = "STAY_ORDERED",
        HeavierThanNotified = "HEAVIER_THAN_NOTIFIED",
        ServiceConsentMissing = "SERVICE_CONSENT_MISSING",
        /// The words of the draft are not those that were read before they were signed off.
        DraftChanged = "DRAFT_CHANGED",
        /// A draft with a gap cannot be signed off.
        DraftIncomplete = "DRAFT_INCOMPLETE",
        /// Another paper of the series took the number while this one was set.
        DraftOvertaken = "DRAFT_OVERTAKEN",
        /// What was signed off in the house is served as the sealed copy only.
        SealedCopyMissing = "SEALED_COPY_MISSING",
        /// Served by public notice before it has stood for its time.
        PublicNoticeRuns = "PUBLIC_NOTICE_RUNS",
        /// A decision to list that names no ground.
        DecisionWithoutGround = "DECISION_WITHOUT_GROUND",
        TooEarly = "TOO_EARLY",
        SameMatterPerson = "SAME_MATTER_PERSON",
        OtherObjectionOpen = "OTHER_OBJECTION_OPEN",
        RecordOfListing = "RECORD_OF_LISTING",
        OwnMatter = "OWN_MATTER",
        HearingNotYet = "HEARING_NOT_YET",
        NothingChallenged = "NOTHING_CHALLENGED",
        /// An office that cannot be asked for its comment: the asker's own, one without staff, one that was asked already.
        OfficeCannotBeAsked = "OFFICE_CANNOT_BE_ASKED",
        // plan and ledger
        /// A task whose plan does not run, or that its plan does not ask of the office, or that is open already.
        TaskDoesNotFit = "TASK_DOES_NOT_FIT",
        /// What the task asks for is not there, by the house's own count.
        MeasureNotMet = "MEASURE_NOT_MET",
        /// Nobody confirms a task of the own office.
        OwnOfficesTask = "OWN_OFFICES_TASK",
        /// A ledger entry that lacks a field or a paper of its kind, or names a matter of another one.
        LedgerIncomplete = "LEDGER_INCOMPLETE",
        /// A kind of ledger entry or of publicity that another office has.
        KindOfAnotherOffice = "KIND_OF_ANOTHER_OFFICE",
        /// An exposure or a case of punishment without a record that is shown today.
        NoShownRecord = "NO_SHOWN_RECORD",
        /// A human being is named without the own consent.
        ConsentMissing = "CONSENT_MISSING",
        /// Praise of somebody who is listed, has a shown record, or does not want to be named.
        PraiseNotAllowed = "PRAISE_NOT_ALLOWED",
        /// A piece of the column without its part, or published on a way that is not its own.
        WrongChannel = "WRONG_CHANNEL",
        /// There is no such version of a plan, or it is not in force on the day.
        PlanNotInForce = "PLAN_NOT_IN_FORCE",
        /// The plan names offices that the house does not have.
        PlanOfficesUnknown = "PLAN_OFFICES_UNKNOWN",
        /// The rows that are handed over are not those that have to be: none, another office's, or such as stand there already.
        LinesDoNotFit = "LINES_DO_NOT_FIT",
        /// A platform's answer that leaves out a line, or names one that does not wait for it.
        LinesNotAnswered = "LINES_NOT_ANSWERED",
        /// The item of the catalogue has no basis in force, or does not stand in it.
        ItemWithoutBasis = "ITEM_WITHOUT_BASIS",
        /// A row of a register file that does not say what its item asks for.
        InformationUnfit = "INFORMATION_UNFIT",
        /// A check of a human being, or a second one of the same matter.
        CheckDoesNotFit = "CHECK_DOES_NOT_FIT",
        /// The house knows something else of the subject today than the answer says.
        AnswerChanged = "ANSWER_CHANGED",
        /// An outcome that the answer does not bear out, or that another act notes.
        OutcomeUnfit = "OUTCOME_UNFIT",
        /// A commitment of a type that has no basis or is not for the field, or one that is given already.
        CommitmentDoesNotFit = "COMMITMENT_DOES_NOT_FIT",
        /// A subject that cannot use the scheme on the day.
        NotEligible = "NOT_ELIGIBLE",
        // administration
        LoginTaken = "LOGIN_TAKEN",
        /// An identity of another house opens one account alone.
        IdentityTaken = "IDENTITY_TAKEN",
        /// An office that ends is to be its own successor.
        OwnSuccessor = "OWN_SUCCESSOR",
        UnknownOffice = "UNKNOWN_OFFICE",
        OfficeDetailUnfit = "OFFICE_DETAIL_UNFIT",
        OfficeUnfit = "OFFICE_UNFIT",
        OfficeTaken = "OFFICE_TAKEN",
        OfficeHolds = "OFFICE_HOLDS",
        PolicyOfficeStays = "POLICY_OFFICE_STAYS",
        AlreadySo = "ALREADY_SO",
        NotADemo = "NOT_A_DEMO",
        ClockOnlyForward = "CLOCK_ONLY_FORWARD",
        DayNotTheClocks = "DAY_NOT_THE_CLOCKS",
        SettingUnknown = "SETTING_UNKNOWN",
        SettingOutOfRange = "SETTING_OUT_OF_RANGE",
        RanksDoNotMix = "RANKS_DO_NOT_MIX",
        /// An account that acts for a subject holds no seat in the house.
        PartyHoldsNoSeat = "PARTY_HOLDS_NO_SEAT",
        UnknownAccount = "UNKNOWN_ACCOUNT",
        RankNeedsOffice = "RANK_NEEDS_OFFICE",
        SecondPersonNeeded = "SECOND_PERSON_NEEDED",
        LastAdministrator = "LAST_ADMINISTRATOR",
        NotTheirSeat = "NOT_THEIR_SEAT",
        DeputyDays = "DEPUTY_DAYS",
        FileCommitted = "FILE_COMMITTED",
        ExternalNumberUsed = "EXTERNAL_NUMBER_USED",
        FileChanged = "FILE_CHANGED",
        FileArriving = "FILE_ARRIVING",
        ImportOver = "IMPORT_OVER",
        ImportIncomplete = "IMPORT_INCOMPLETE",
        // law files
        LawFileFaulty = "LAW_FILE_FAULTY",
        LawFileReleased = "LAW_FILE_RELEASED",
        LawInThePast = "LAW_IN_THE_PAST",
        LawDoesNotMove = "LAW_DOES_NOT_MOVE",
        // erasing personal values: what keeps them
        KeptCaseOpen = "KEPT_CASE_OPEN",
        KeptPublished = "KEPT_PUBLISHED",
        KeptMeasure = "KEPT_MEASURE",
        KeptRetention = "KEPT_RETENTION",
        KeptAccountStands = "KEPT_ACCOUNT_STANDS",
        NothingToErase = "NOTHING_TO_ERASE",
        // that nothing is published about somebody
        NothingSaidOfPersons = "NOTHING_SAID_OF_PERSONS",
        PublishedNow = "PUBLISHED_NOW",
        /// The list has changed and is not noted yet.
        ListNotNoted = "LIST_NOT_NOTED",
    }
}

/// One unmet condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub code: ReasonCode,
    /// The article that asks for it, as `source/article`; none for house rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The article was made for something else and is followed all the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_analogy: bool,
    /// What the sentence names: deadline, document, person's role. Never personal text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub arguments: BTreeMap<String, String>,
    /// The first day on which this condition can hold if nothing else changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_on: Option<Date>,
}

impl Reason {
    pub fn new(code: ReasonCode) -> Self {
        Self { code, article: None, by_analogy: false, arguments: BTreeMap::new(), opens_on: None }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.arguments.insert(name.to_owned(), value.to_string());
        self
    }

    /// An argument that has a name in each language: `name` carries the Chinese, `name_en` the English one.
    #[must_use]
    pub fn titled(self, name: &str, (zh, en): (impl ToString, impl ToString)) -> Self {
        self.with(name, zh).with(&format!("{name}_en"), en)
    }

    #[must_use]
    pub fn from_day(mut self, day: Option<Date>) -> Self {
        self.opens_on = day;
        self
    }

    #[must_use]
    pub fn under(mut self, article: Option<&str>) -> Self {
        if self.article.is_none() {
            self.article = article.map(str::to_owned);
        }
        self
    }

    /// Under an article that does not bind here and is followed by analogy.
    #[must_use]
    pub fn like(mut self, article: &str) -> Self {
        self.by_analogy = self.article.is_none();
        self.under(Some(article))
    }

    /// (zh, en) sentence that states the cause.
    pub fn message(&self) -> (String, String) {
        crate::refusal_words::message(self)
    }

    /// (zh, en) sentence that states what would make the act possible.
    pub fn remedy(&self) -> (String, String) {
        crate::refusal_words::remedy(self)
    }
}

/// A lawful no, with every reason found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub reasons: Vec<Reason>,
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self { reasons: vec![reason] }
    }
}
