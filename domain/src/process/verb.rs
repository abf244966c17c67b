//! Acts on a case.

use super::words;

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
        /// From an office that has ended to the one that goes on with its work.
        PassToSuccessor = "pass_to_successor",
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

    /// (zh, en) of an act that stands in no table: the same in every process. What the acts of a table are called says
    /// each process's definition.
    pub const fn title_of_the_house(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Claim => ("认领", "Claim"),
            Self::GiveBack => ("退回待办", "Give back"),
            Self::Reassign => ("转派", "Reassign"),
            Self::StepAside => ("回避", "Step aside"),
            Self::NoteMissed => ("登记逾期", "Note a missed deadline"),
            Self::Remind => ("期限提醒", "Remind of a deadline"),
            Self::MoveToNewLaw => ("转入新的办理规则", "Move to the new law"),
            Self::Recount => ("按新日历重算期限", "Count deadlines again"),
            Self::PassToSuccessor => ("移交承继单位", "Pass to the successor office"),
            _ => return None,
        })
    }
}
