//! Acts on a case.

use super::words;

words! {
    /// An act on a case. One word means one thing in every process that uses it.
    Verb {
        // every process
        /// Opens a draft: nobody else is asked anything yet.
        Open = "open",
        /// Changes what a draft says.
        Amend = "amend",
        /// Takes back what was asked for before it is decided.
        Withdraw = "withdraw",
        /// The house notes that the document a case rests on was annulled, and ends or reopens the case.
        NoteBaseAnnulled = "note_base_annulled",
        /// Confirms, point by point, that an order that follows from a decision was carried out.
        ConfirmOrder = "confirm_order",
        // desk: the same in every process, not in its table
        /// Takes a waiting work item for oneself.
        Claim = "claim",
        /// Returns a claimed work item to its desk.
        GiveBack = "give_back",
        /// Gives a work item to another person of the office; for its head.
        Reassign = "reassign",
        /// Leaves a case for an interest of one's own; the person can no longer act in it.
        StepAside = "step_aside",
        /// The house notes that a deadline passed and nobody acted.
        NoteMissed = "note_missed",
        /// Reminding the office that owns a deadline.
        Remind = "remind",
        // notes between offices: the same in every process whose table has them
        /// Writes a note to the offices that handle the case; never to its party.
        Note = "note",
        /// Asks another office for its comment, which it gives by a day.
        AskOffice = "ask_office",
        /// Gives the comment that the own office was asked for.
        AnswerOffice = "answer_office",
        /// Reminding an office that was asked of its comment.
        RemindOfAnswer = "remind_of_answer",
        /// The house notes that the day for a comment passed and none came.
        NoteUnanswered = "note_unanswered",
        // the house, in every process
        /// From the version of the law that the case began under to a newer one.
        MoveToNewLaw = "move_to_new_law",
        /// Counting a case's deadlines again because a year's calendar was loaded.
        Recount = "recount",
        /// From an office that has ended to the one that goes on with its work.
        PassToSuccessor = "pass_to_successor",
        // publication record
        /// Makes a record that will be published on a stated day.
        RecordForPublication = "record_for_publication",
        /// Makes a record that the law keeps out of public sight.
        RecordUnpublished = "record_unpublished",
        /// Makes a record whose class a person has to settle first.
        RecordUndetermined = "record_undetermined",
        /// The house records false papers or a broken commitment after a decision that found them.
        RecordFalsity = "record_falsity",
        /// The head settles the class: the record will be published.
        DetermineForPublication = "determine_for_publication",
        /// The head settles the class: the record stays out of public sight.
        DetermineUnpublished = "determine_unpublished",
        /// The head finds that a minor record has to be published, for stated months.
        FindNecessary = "find_necessary",
        /// Puts a record on the public list.
        Publish = "publish",
        /// Notes that the breach was corrected and every duty performed, and on which day.
        RecordDutiesDone = "record_duties_done",
        /// The house tells the party ahead of the first day on which repair can be asked for.
        AnnounceRepairSoon = "announce_repair_soon",
        /// The house tells the party that repair can be asked for from now on.
        AnnounceRepairPossible = "announce_repair_possible",
        /// The house takes a record off the public list because repair was granted.
        StopByRepair = "stop_by_repair",
        /// The house publishes a record again because the repair that hid it was revoked.
        Restore = "restore",
        /// The house takes a record off the public list on the day after its last lawful day.
        Expire = "expire",
        /// The house hides a record whose term is over and whose duties are not known to be done: a person decides.
        HoldAtMax = "hold_at_max",
        /// The policy head ends the publication of a record that is held at its maximum term.
        DecideStop = "decide_stop",
        /// The policy head publishes a held record further, under a listed rule of its sector.
        DecideContinue = "decide_continue",
        /// Takes a record back because its base document was annulled, changed or found unlawful.
        Retract = "retract",
        /// The house takes back a record because the listing that made it was annulled.
        RetractWithListing = "retract_with_listing",
        /// The house takes back a record because an objection to it was upheld.
        RetractOnObjection = "retract_on_objection",
        /// The house closes a retraction once everyone who held the record was told.
        CloseRetraction = "close_retraction",
        /// Mends wrong content of a record; its subject stays the same.
        Correct = "correct",
        /// Confirms that the platforms were told of a correction.
        ConfirmCorrection = "confirm_correction",
        /// Hides a record for a time, on a court ruling, a review order or a reorganisation plan.
        Shield = "shield",
        /// Adds a further reason to hide a record for a time.
        AddShieldGround = "add_shield_ground",
        /// Ends one reason to hide a record; with the last one it comes back.
        EndShieldGround = "end_shield_ground",
        /// The house publishes a record again when the last reason to hide it has ended.
        ResumePublication = "resume_publication",
        /// The house lets a hidden record wait for its first day of publication again.
        ResumeScheduled = "resume_scheduled",
        /// The house gives a hidden record its earlier, unpublished state back.
        ResumeUnpublished = "resume_unpublished",
        /// The house holds a formerly hidden record whose maximum term has ended meanwhile.
        ResumeAtMax = "resume_at_max",
        /// The house ends a formerly hidden record whose last lawful day has passed meanwhile.
        ResumeExpired = "resume_expired",
        /// The house bars repair for a time after falsity was found.
        BarRepair = "bar_repair",
        /// The head takes away a bar on repair.
        LiftRepairBar = "lift_repair_bar",
        // repair application
        /// The party hands in its draft application for repair.
        Apply = "apply",
        /// A clerk enters what came on paper or from Credit China.
        Register = "register",
        /// Takes up what was asked for: the time for a decision begins.
        Accept = "accept",
        /// Names every missing paper at once and gives the party time to bring them.
        AskSupplement = "ask_supplement",
        /// The house reminds the party of papers that are still missing.
        RemindSupplement = "remind_supplement",
        /// Hands in the papers that were asked for.
        Resubmit = "resubmit",
        /// Ends an application whose missing papers did not come in time.
        Lapse = "lapse",
        /// Says that what was asked for is not taken up, and why.
        Decline = "decline",
        /// Notes that one condition of repair was checked, how, and with what result.
        CheckCondition = "check_condition",
        /// Gives a checked case to the head for decision.
        HandUp = "hand_up",
        /// Gives a case back to the officer who handed it up.
        SendBack = "send_back",
        /// A second person agrees before the head decides.
        Endorse = "endorse",
        /// Gives the office more time, once and before the time ends.
        Extend = "extend",
        /// Decides for the applicant: publication ends and those who hold the record are told.
        Grant = "grant",
        /// Decides against the applicant, with reasons.
        Refuse = "refuse",
        /// Decides against the applicant because papers were false or a commitment broken; repair is barred for a time.
        RefuseForFalsity = "refuse_for_falsity",
        /// The house closes a case in which every order was carried out.
        Close = "close",
        /// Takes a decided application up again.
        Reopen = "reopen",
        /// Takes back a repair that was granted on false papers or a broken commitment.
        Revoke = "revoke",
        /// The house ends an application because its record ended by itself.
        NoteRecordEnded = "note_record_ended",
        // account binding
        /// Asks for the right to act for a subject.
        Request = "request",
        /// Gives an account the right to act for a subject.
        Approve = "approve",
        /// Takes the right to act for a subject away.
        End = "end",
        // proposal batch
        /// Hands a draft to the office that checks it.
        Submit = "submit",
        /// Takes up a list that was handed over; the receipt is countersigned.
        StartReview = "start_review",
        /// Gives a whole list back, with every fault named.
        ReturnToFiler = "return_to_filer",
        /// Takes up again what was returned.
        TakeUpAgain = "take_up_again",
        /// The house marks a list whose every entry is decided.
        Settle = "settle",
        /// Sends the confirmed entries of a list to the province; the list is frozen.
        SendToProvince = "send_to_province",
        /// Sends entries that came back or were held back, in a list of their own.
        SendSupplement = "send_supplement",
        /// The house notes on the list that the province answered one of its entries.
        NoteAnswer = "note_answer",
        // proposal entry
        /// The entry goes to review together with its list.
        SubmitWithBatch = "submit_with_batch",
        /// The entry goes back together with its list.
        ReturnWithBatch = "return_with_batch",
        /// The entry becomes a draft again together with its list.
        TakeUpWithBatch = "take_up_with_batch",
        /// The entry is taken back together with its list.
        WithdrawWithBatch = "withdraw_with_batch",
        /// Asks the unit that the list type names for its opinion.
        AskOpinion = "ask_opinion",
        /// The named unit says whether it agrees.
        GiveOpinion = "give_opinion",
        /// The reviewer agrees to an entry: it can go to the province.
        Confirm = "confirm",
        /// The reviewer turns an entry down, for a reason that the register bears out.
        Reject = "reject",
        /// The house marks an entry as sent to the province with its list.
        Forward = "forward",
        /// The house marks a confirmed entry that did not go with its list.
        HoldBack = "hold_back",
        /// Notes that the province accepted an entry, and on which day.
        RecordAcceptance = "record_acceptance",
        /// Notes that the province turned an entry down, and on which day.
        RecordRejection = "record_rejection",
        /// Notes that the province sent an entry back to be mended.
        RecordReturn = "record_return",
        /// Opens the listing case of an entry that the province accepted.
        OpenListing = "open_listing",
        /// Gives up an accepted entry: nobody is listed.
        Drop = "drop",
        /// Tells the province that an entry rests on a record that was corrected or retracted.
        SendCorrection = "send_correction",
        // task of a plan, ledger
        /// Notes how far something is, with its papers.
        NoteProgress = "note_progress",
        /// The house moves the last day or the quota of a task, because its plan has a newer version.
        NotePlanChanged = "note_plan_changed",
        /// Notes what came of a thing that was begun.
        Conclude = "conclude",
        // publicity
        /// Notes where something that was sent has appeared.
        RecordAppearance = "record_appearance",
        /// Takes something that was published off every page.
        TakeDown = "take_down",
        /// Confirms that it is gone from every place where it appeared.
        ConfirmTakedown = "confirm_takedown",
        // credit check
        /// Asks once more what the house knows of the subject: the answer of today takes the place of the earlier one.
        AskAgain = "ask_again",
        /// Notes an outcome to the disadvantage of the subject; for the head.
        ConcludeAgainst = "conclude_against",
        // commitment
        /// The house notes that the day for performance, or for putting it right, has passed: somebody has to look.
        FallDue = "fall_due",
        /// Finds that a commitment was kept.
        FindKept = "find_kept",
        /// Finds that a commitment was not kept, after the subject was heard.
        FindBroken = "find_broken",
        /// Finds that nothing is to be held against the subject: slight, put right, without harm.
        FindNoFault = "find_no_fault",
        /// Orders the subject to put right by a day what was not performed.
        OrderCorrection = "order_correction",
        // listing case
        /// The house opens a listing case out of an accepted entry.
        OpenFromProposal = "open_from_proposal",
        /// The legal reviewer finds the draft sound.
        PassLegalCheck = "pass_legal_check",
        /// Signs the notice that tells the party of the intended listing and of its rights.
        SignNotice = "sign_notice",
        /// Gives up a listing before it is decided.
        Cancel = "cancel",
        /// Notes how and when the notice reached the party: its times begin.
        ServeNotice = "serve_notice",
        /// Mends a wrong day of service, with proof, before the decision.
        CorrectService = "correct_service",
        /// The house notes that the time of the party ended and it said nothing.
        NoteWaiver = "note_waiver",
        /// Enters what the party says against the listing, point by point.
        FileDefence = "file_defence",
        /// The party declares in writing that it will say nothing.
        WaiveDefence = "waive_defence",
        /// The house closes the time in which the party may speak.
        CloseDefence = "close_defence",
        /// The party asks to be heard in person.
        AskForHearing = "ask_for_hearing",
        /// Sets the day of the hearing and tells the party ahead of it.
        CallHearing = "call_hearing",
        /// Notes that the hearing was held, with its record.
        CloseHearing = "close_hearing",
        /// Answers points of the party in writing.
        AnswerDefence = "answer_defence",
        /// Gives the case to deliberation: every point is answered and the time of the party is over.
        FinishDefence = "finish_defence",
        /// Finds that the party is right: nobody is listed.
        UpholdDefence = "uphold_defence",
        /// Asks the upper authority to agree where the law needs it.
        AskUpperConsent = "ask_upper_consent",
        /// Decides, after deliberation, to put the party on the list.
        DecideToList = "decide_to_list",
        /// Decides, after deliberation, that nobody is listed.
        DecideNotToList = "decide_not_to_list",
        /// Adds the sealed copy of a paper that was signed off in the house.
        SealPaper = "seal_paper",
        /// Notes how and when the decision reached the party.
        ServeDecision = "serve_decision",
        /// The house ends a listing: its term is over or repair was granted.
        EndListing = "end_listing",
        /// The house takes up a listing again whose release was undone.
        ResumeListing = "resume_listing",
        /// Takes a listing back because the decision was annulled or changed.
        Annul = "annul",
        // the records that a listing makes
        /// The house records a person together with a listed organisation.
        RecordRelated = "record_related",
        /// The house ends a related person's record together with the listing.
        ReleaseWithListing = "release_with_listing",
        /// The house restores a related person's record together with the listing.
        RestoreWithListing = "restore_with_listing",
        // objection
        /// The party hands in what it brings: an objection, a commitment.
        File = "file",
        /// Asks another unit to help to verify.
        AskOtherUnit = "ask_other_unit",
        /// Notes the answer of the unit that was asked to help.
        ReceiveHelp = "receive_help",
        /// Orders a test or an expert opinion; its time does not count.
        StartAppraisal = "start_appraisal",
        /// Notes that the test or opinion has come; the time runs on.
        EndAppraisal = "end_appraisal",
        /// Finds the objection right: the record is corrected in the same act.
        UpholdByCorrecting = "uphold_by_correcting",
        /// Finds the objection right: the record is retracted in the same act.
        UpholdByRetracting = "uphold_by_retracting",
        /// Finds the objection right: the repair application is reopened in the same act.
        UpholdByReopening = "uphold_by_reopening",
        /// Notes how and when the answer reached the objector.
        ServeAnswer = "serve_answer",
    }
}

impl Verb {
    /// Acts at the desk that every process accepts while it is open; they are no rows of a table.
    pub const DESK: &'static [Self] = &[Self::Claim, Self::GiveBack, Self::Reassign, Self::StepAside];

    /// What offices write to each other in a case, and what the house notes of it: not for the party.
    pub const BETWEEN_OFFICES: &'static [Self] =
        &[Self::Note, Self::AskOffice, Self::AnswerOffice, Self::RemindOfAnswer, Self::NoteUnanswered];

    /// Whether the act is one between offices, which neither leads on nor counts as a step.
    pub fn is_between_offices(self) -> bool {
        Self::BETWEEN_OFFICES.contains(&self)
    }

    /// Whether the act leaves the day of the case's last step as it is: the seal is put on a paper that was issued before.
    pub fn keeps_the_step(self) -> bool {
        self.is_between_offices() || self == Self::SealPaper
    }

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
            Self::RemindOfAnswer => ("征求意见期限提醒", "Remind of a comment"),
            Self::NoteUnanswered => ("登记逾期未答复", "Note a comment that did not come"),
            Self::MoveToNewLaw => ("转入新的办理规则", "Move to the new law"),
            Self::Recount => ("按新日历重算期限", "Count deadlines again"),
            Self::PassToSuccessor => ("移交承继单位", "Pass to the successor office"),
            _ => return None,
        })
    }
}
