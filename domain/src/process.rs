//! Processes, phases and verbs: the closed words that definitions are written in.

/// A closed set of words, for rooms that show them as they are: GraphQL enums, lists of allowed words.
pub trait Word: Copy + Eq + Send + Sync + 'static {
    /// The set's name.
    const NAME: &'static str;
    fn all() -> &'static [Self];
    fn word(self) -> &'static str;
}

/// A closed enum whose serde words are its only spelling, with the list of all of them.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every word, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word as it stands in definitions, database and audit entries.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The word that `key` spells, if any.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.key() == key)
            }
        }

        impl $crate::process::Word for $name {
            const NAME: &'static str = stringify!($name);
            fn all() -> &'static [Self] { Self::ALL }
            fn word(self) -> &'static str { self.key() }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.key())
            }
        }
    };
}
pub(crate) use words;

words! {
    /// A kind of case.
    Process {
        /// The record of a penalty or other base document, together with its publication (4.5).
        PublicationRecord = "publication_record",
        /// Repair application and its review and release (4.4).
        RepairApplication = "repair_application",
        /// Binding of an account to a credit subject after its papers were checked.
        AccountBinding = "account_binding",
        /// Entry on a severe list: notice, defence, hearing, deliberation, decision, service (4.1).
        ListingCase = "listing_case",
        /// Proposed punishment list that a county or unit sends to the policy office (4.3).
        ProposalBatch = "proposal_batch",
        /// One entry of a proposed punishment list (4.3).
        ProposalEntry = "proposal_entry",
        /// Objection to a record or to the answer to a repair application (4.6).
        Objection = "objection",
    }
}

impl Process {
    /// The letters that a case number of this process begins with.
    pub const fn number_prefix(self) -> &'static str {
        match self {
            Self::PublicationRecord => "JL",
            Self::RepairApplication => "XF",
            Self::AccountBinding => "BD",
            Self::ListingCase => "LR",
            Self::ProposalBatch => "PC",
            Self::ProposalEntry => "JY",
            Self::Objection => "YY",
        }
    }

    /// (zh, en) name for people.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::PublicationRecord => ("失信信息记录", "Publication record"),
            Self::RepairApplication => ("信用修复申请", "Repair application"),
            Self::AccountBinding => ("账号绑定", "Account binding"),
            Self::ListingCase => ("严重失信主体名单列入", "Listing case"),
            Self::ProposalBatch => ("失信惩戒建议名单", "Proposal batch"),
            Self::ProposalEntry => ("失信惩戒建议条目", "Proposal entry"),
            Self::Objection => ("异议申诉", "Objection"),
        }
    }
}

words! {
    /// What a client can code against in every process and version.
    Phase {
        Draft = "draft",
        Filed = "filed",
        Checking = "checking",
        WaitingForParty = "waiting_for_party",
        WaitingForOthers = "waiting_for_others",
        Deciding = "deciding",
        Decided = "decided",
        Serving = "serving",
        CarryingOut = "carrying_out",
        InEffect = "in_effect",
        Ended = "ended",
    }
}

words! {
    /// An act on a case. One word means one thing in every process that uses it.
    Verb {
        // every process
        Open = "open",
        Amend = "amend",
        Withdraw = "withdraw",
        NoteBaseAnnulled = "note_base_annulled",
        ConfirmOrder = "confirm_order",
        // desk: the same in every process, not in its table
        Claim = "claim",
        GiveBack = "give_back",
        Reassign = "reassign",
        StepAside = "step_aside",
        NoteMissed = "note_missed",
        /// Reminding the office that owns a deadline.
        Remind = "remind",
        /// From the version of the law that the case began under to a newer one.
        MoveToNewLaw = "move_to_new_law",
        /// Counting a case's deadlines again because a year's calendar was loaded.
        Recount = "recount",
        // publication record
        RecordForPublication = "record_for_publication",
        RecordUnpublished = "record_unpublished",
        RecordUndetermined = "record_undetermined",
        RecordFalsity = "record_falsity",
        DetermineForPublication = "determine_for_publication",
        DetermineUnpublished = "determine_unpublished",
        FindNecessary = "find_necessary",
        Publish = "publish",
        RecordDutiesDone = "record_duties_done",
        AnnounceRepairSoon = "announce_repair_soon",
        AnnounceRepairPossible = "announce_repair_possible",
        StopByRepair = "stop_by_repair",
        Restore = "restore",
        Expire = "expire",
        HoldAtMax = "hold_at_max",
        DecideStop = "decide_stop",
        DecideContinue = "decide_continue",
        Retract = "retract",
        RetractWithListing = "retract_with_listing",
        RetractOnObjection = "retract_on_objection",
        CloseRetraction = "close_retraction",
        Correct = "correct",
        ConfirmCorrection = "confirm_correction",
        Shield = "shield",
        AddShieldGround = "add_shield_ground",
        EndShieldGround = "end_shield_ground",
        ResumePublication = "resume_publication",
        ResumeScheduled = "resume_scheduled",
        ResumeUnpublished = "resume_unpublished",
        ResumeAtMax = "resume_at_max",
        ResumeExpired = "resume_expired",
        BarRepair = "bar_repair",
        LiftRepairBar = "lift_repair_bar",
        // repair application
        Apply = "apply",
        Register = "register",
        Route = "route",
        Accept = "accept",
        AskSupplement = "ask_supplement",
        RemindSupplement = "remind_supplement",
        Resubmit = "resubmit",
        Lapse = "lapse",
        Decline = "decline",
        CheckCondition = "check_condition",
        HandUp = "hand_up",
        SendBack = "send_back",
        Endorse = "endorse",
        Extend = "extend",
        Grant = "grant",
        Refuse = "refuse",
        RefuseForFalsity = "refuse_for_falsity",
        Close = "close",
        Reopen = "reopen",
        Revoke = "revoke",
        NoteRecordEnded = "note_record_ended",
        // account binding
        Request = "request",
        Approve = "approve",
        End = "end",
        // proposal batch
        Submit = "submit",
        StartReview = "start_review",
        ReturnToFiler = "return_to_filer",
        TakeUpAgain = "take_up_again",
        Settle = "settle",
        SendToProvince = "send_to_province",
        SendSupplement = "send_supplement",
        NoteAnswer = "note_answer",
        // proposal entry
        SubmitWithBatch = "submit_with_batch",
        ReturnWithBatch = "return_with_batch",
        TakeUpWithBatch = "take_up_with_batch",
        WithdrawWithBatch = "withdraw_with_batch",
        AskOpinion = "ask_opinion",
        GiveOpinion = "give_opinion",
        Confirm = "confirm",
        Reject = "reject",
        Forward = "forward",
        HoldBack = "hold_back",
        RecordAcceptance = "record_acceptance",
        RecordRejection = "record_rejection",
        RecordReturn = "record_return",
        OpenListing = "open_listing",
        Drop = "drop",
        SendCorrection = "send_correction",
        // listing case
        OpenFromProposal = "open_from_proposal",
        PassLegalCheck = "pass_legal_check",
        SignNotice = "sign_notice",
        Cancel = "cancel",
        ServeNotice = "serve_notice",
        CorrectService = "correct_service",
        NoteWaiver = "note_waiver",
        FileDefence = "file_defence",
        WaiveDefence = "waive_defence",
        CloseDefence = "close_defence",
        AskForHearing = "ask_for_hearing",
        CallHearing = "call_hearing",
        CloseHearing = "close_hearing",
        AnswerDefence = "answer_defence",
        FinishDefence = "finish_defence",
        UpholdDefence = "uphold_defence",
        AskUpperConsent = "ask_upper_consent",
        DecideToList = "decide_to_list",
        DecideNotToList = "decide_not_to_list",
        ServeDecision = "serve_decision",
        EndListing = "end_listing",
        ResumeListing = "resume_listing",
        Annul = "annul",
        // the records that a listing makes
        RecordRelated = "record_related",
        ReleaseWithListing = "release_with_listing",
        RestoreWithListing = "restore_with_listing",
        // objection
        File = "file",
        AskOtherUnit = "ask_other_unit",
        ReceiveHelp = "receive_help",
        StartAppraisal = "start_appraisal",
        EndAppraisal = "end_appraisal",
        UpholdByCorrecting = "uphold_by_correcting",
        UpholdByRetracting = "uphold_by_retracting",
        UpholdByReopening = "uphold_by_reopening",
        ServeAnswer = "serve_answer",
    }
}

impl Verb {
    /// Acts at the desk that every process accepts while it is open; they are no rows of a table.
    pub const DESK: &'static [Self] = &[Self::Claim, Self::GiveBack, Self::Reassign, Self::StepAside];

    /// What registering a record may turn out to be: the first that its facts allow.
    pub const RECORD: &'static [Self] = &[Self::RecordForPublication, Self::RecordUnpublished, Self::RecordUndetermined];

    /// (zh, en) for people.
    pub fn title(self) -> (&'static str, &'static str) {
        crate::verb_titles::title(self)
    }
}
