//! The letters the house can send: a closed list, so that a definition file can only name a letter that exists.
//!
//! A letter is an e-mail that tells somebody what happened in a case. It is a courtesy notice (提醒), never legal
//! service (送达): a penalty document may be served by e-mail only with a signed consent (Administrative Penalty Law
//! art. 61), and service is a recorded fact of its own.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Declares the closed list once, one row a letter, so that variant, key and titles cannot drift apart.
macro_rules! letters {
    ($($(#[$doc:meta])* $variant:ident = $key:literal, $zh:literal, $en:literal;)+) => {
        /// A letter of the house. The key is what definition files, rows and template files call it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Letter { $($(#[$doc])* $variant,)+ }

        impl Letter {
            /// Every letter, in the order of this file.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in definition files and rows; also the file name of its templates.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The title in Chinese, as it stands in the subject line.
            pub const fn title_zh(self) -> &'static str {
                match self { $(Self::$variant => $zh,)+ }
            }

            /// The title in English, as it stands in the subject line.
            pub const fn title_en(self) -> &'static str {
                match self { $(Self::$variant => $en,)+ }
            }
        }
    };
}

letters! {
    // The record of a penalty or other base document, and its publication.
    /// Adverse information about the subject is now published.
    RecordPublished = "record_published", "失信信息已公示", "Record published";
    /// Adverse information was recorded and is not published (Order 36 art. 12).
    RecordNotPublished = "record_not_published", "失信信息已记录、不公示", "Record made, not published";
    /// The minimum publication term ends soon (Order 36 art. 12).
    RepairPossibleSoon = "repair_possible_soon", "即将可以申请信用修复", "Repair can soon be applied for";
    /// The minimum publication term has ended (Order 36 art. 12).
    RepairPossible = "repair_possible", "可以申请信用修复", "Repair can be applied for";
    /// Publication ended, by repair or by reaching its maximum term (Order 36 arts. 3, 12).
    PublicationEnded = "publication_ended", "公示已终止", "Publication ended";
    /// The maximum term is over while duties are open (Order 36 art. 12).
    HeldAtMaximum = "held_at_maximum", "最长公示期已满、义务尚未履行", "Maximum term over, duties still open";
    /// The publication was retracted because its base document fell (Penalty Law art. 48).
    PublicationRetracted = "publication_retracted", "公示信息已撤回", "Publication retracted";
    /// Wrong content was corrected (Sichuan Regulation art. 50).
    RecordCorrected = "record_corrected", "失信信息已更正", "Record corrected";
    /// The record is shielded for a reorganisation or a stay (Order 36 arts. 19, 20).
    RecordShielded = "record_shielded", "失信信息已临时屏蔽", "Record shielded for the time being";
    /// The shielding ended (Order 36 art. 20).
    ShieldEnded = "shield_ended", "临时屏蔽已结束", "Shielding ended";
    /// The document that a record or case rests on was annulled (Order 36 art. 19).
    BaseAnnulled = "base_annulled", "认定依据文书已被撤销", "Base document annulled";
    /// A record whose publication was stopped is published again (Order 36 art. 25).
    RecordRestored = "record_restored", "失信信息已恢复公示", "Record published again";
    /// False material or a broken commitment was recorded (Order 36 art. 25).
    FalsityRecorded = "falsity_recorded", "虚假材料或违反承诺已记录", "Falsity or broken commitment recorded";

    // The repair application.
    /// The application arrived (Order 36 art. 13).
    RepairReceived = "repair_received", "已收到信用修复申请", "Repair application received";
    /// Papers are missing; all of them are named at once (Order 36 art. 16).
    SupplementAsked = "supplement_asked", "请补正信用修复材料", "Please complete your repair application";
    /// The time to hand in missing papers runs out.
    SupplementReminder = "supplement_reminder", "补正期限提醒", "Reminder: papers still missing";
    /// The application was accepted (Order 36 art. 16).
    RepairAccepted = "repair_accepted", "信用修复申请已受理", "Repair application accepted";
    /// The application was not accepted, with reasons (Order 36 art. 16).
    RepairDeclined = "repair_declined", "信用修复申请不予受理", "Repair application not accepted";
    /// The time to decide was extended (Order 36 art. 16).
    RepairExtended = "repair_extended", "信用修复办理期限已延长", "Time to decide extended";
    /// Repair was granted (Order 36 art. 17).
    RepairGranted = "repair_granted", "准予信用修复", "Repair granted";
    /// Repair was refused, with reasons (Order 36 art. 17).
    RepairRefused = "repair_refused", "不予信用修复", "Repair refused";
    /// Repair was refused because of falsity (Order 36 art. 25).
    RepairRefusedForFalsity = "repair_refused_for_falsity", "因虚假不予信用修复", "Repair refused for falsity";
    /// The application ended because missing papers did not come.
    RepairLapsed = "repair_lapsed", "信用修复申请因逾期未补正而终结", "Repair application lapsed";
    /// The applicant withdrew.
    RepairWithdrawn = "repair_withdrawn", "信用修复申请已撤回", "Repair application withdrawn";
    /// Every release that a grant brings was confirmed (Order 36 arts. 3, 23).
    RepairClosed = "repair_closed", "信用修复已办结", "Repair carried out and closed";
    /// A refusal was found wrong; the application is decided anew (Order 36 art. 18).
    RepairReopened = "repair_reopened", "信用修复申请已重新办理", "Repair application reopened";
    /// A grant was revoked for falsity (Order 36 art. 25).
    RepairRevoked = "repair_revoked", "准予信用修复的决定已撤销", "Repair decision revoked";
    /// The record ended or its base document was annulled before a decision: nothing is left to repair.
    RepairMoot = "repair_moot", "信用修复申请已无需办理", "Repair application has no object any more";
    /// To the finding unit: an application was routed to it (Order 36 art. 13).
    RepairRouted = "repair_routed", "有新的信用修复申请待受理", "A repair application awaits your unit";

    // The binding of an account to a subject.
    /// To the office: somebody asks to act for a subject.
    BindingRequested = "binding_requested", "有新的账号绑定申请待核验", "A binding request awaits your office";
    /// To those who act for a subject: another account asks to act for it, too.
    BindingClaimed = "binding_claimed", "另有账号申请代表贵单位", "Another account asks to act for your company";
    /// The account may now act for the subject.
    BindingApproved = "binding_approved", "账号绑定已通过", "Account binding approved";
    /// The binding was declined, with reasons.
    BindingDeclined = "binding_declined", "账号绑定未通过", "Account binding declined";
    /// The account may no longer act for the subject.
    BindingEnded = "binding_ended", "账号绑定已终止", "Account binding ended";

    // Proposed punishment lists.
    /// To the policy office: a proposed list arrived (creation plan, task 7).
    BatchSubmitted = "batch_submitted", "有新的失信惩戒建议名单", "A proposed punishment list arrived";
    /// To the filing office: receipt of the hand-over.
    BatchReceived = "batch_received", "建议名单已提交，请留存回执", "Proposed list handed over: keep the receipt";
    /// To the filing office: the list came back as a whole.
    BatchReturned = "batch_returned", "建议名单已退回", "Proposed list returned";
    /// To the policy office: the filing office withdrew its list.
    BatchWithdrawn = "batch_withdrawn", "建议名单已撤回", "Proposed list withdrawn";
    /// Every entry of the list is decided.
    BatchDecided = "batch_decided", "建议名单已审核完毕", "Proposed list decided";
    /// To the filing office: the confirmed entries went to the province.
    BatchSent = "batch_sent", "建议名单已报送省厅", "Proposed list sent to the province";
    /// To the filing office: nothing is left to do.
    BatchClosed = "batch_closed", "建议名单已办结", "Proposed list closed";
    /// To the office of a piece: it goes no further, or is the office's again.
    PublicityReturned = "publicity_returned", "宣传公开事项已退回或者终止", "A piece came back or ended";
    /// To the office of a piece: it has appeared.
    PublicityAppeared = "publicity_appeared", "宣传公开事项已刊发", "A piece has appeared";
    /// To the policy office: a piece has to come down from every page.
    PublicityToTakeDown = "publicity_to_take_down", "请撤下宣传公开事项", "A piece has to come down";
    /// To the office of a submission: the platform sent lines back.
    SubmissionReturned = "submission_returned", "报送信息有退回", "Lines of a submission came back";
    /// To the office of a task: it was sent back, or taken up again.
    TaskReturned = "task_returned", "计划任务已退回办理", "A task of the plan is with your office again";
    /// To the filing office: an entry lacks papers; all are named at once.
    EntrySupplementAsked = "entry_supplement_asked", "请补正建议条目", "Please complete a proposed entry";
    /// To both sides: what was asked for was handed in.
    EntryResubmitted = "entry_resubmitted", "建议条目已补正", "Proposed entry completed";
    /// To both sides: the province accepted or returned an entry.
    EntryAnswered = "entry_answered", "省厅已答复建议条目", "The province answered a proposed entry";
    /// To the filing office: an entry goes no further.
    EntryRejected = "entry_rejected", "建议条目未获采纳", "Proposed entry rejected";
    /// To the named unit: its opinion is asked.
    OpinionAsked = "opinion_asked", "请出具业务意见", "Your unit's opinion is asked";
    /// To the finding unit: the province accepted a proposal; a listing case was opened.
    ListingToPrepare = "listing_to_prepare", "请办理列入程序", "A listing case awaits your unit";
    /// To the party: a listing is intended (Sichuan Regulation art. 42).
    PriorNotice = "prior_notice", "拟列入名单的事先告知", "Notice before a listing";
    /// To the party: the case ended without a listing.
    ListingCancelled = "listing_cancelled", "列入程序已终止", "Listing case cancelled";
    /// To the unit: the party has filed its defence.
    DefenceReceived = "defence_received", "当事人已提交陈述申辩", "The party filed its defence";
    /// To the party: what it sent in time was entered only after the decision (Penalty Law art. 62, by analogy).
    UnheardFound = "unheard_found", "期限内收到的陈述申辩已补登记", "What came in time is on record";
    /// To the unit: the party asks for a hearing.
    HearingAsked = "hearing_asked", "当事人申请听证", "The party asks for a hearing";
    /// To the party: the day of the hearing.
    HearingCalled = "hearing_called", "听证通知", "Hearing called";
    /// To the party: points of the defence were answered.
    DefenceAnswered = "defence_answered", "申辩意见已答复", "Your defence was answered";
    /// To the party: it is not listed.
    NotListed = "not_listed", "不予列入名单", "Not listed";
    /// To the party: it is listed (Sichuan Regulation art. 42).
    ListingDecided = "listing_decided", "决定列入严重失信主体名单", "Listing decided";
    /// To the party: it is off the list.
    ListingEnded = "listing_ended", "已移出严重失信主体名单", "Removed from the severe list";
    /// To the party: the listing was annulled (Sichuan Regulation art. 51).
    ListingAnnulled = "listing_annulled", "列入决定已撤销", "Listing annulled";
    /// To the objector: the objection arrived (Order 36 art. 18; Sichuan Regulation art. 49).
    ObjectionReceived = "objection_received", "已收到异议", "Objection received";
    /// To the unit: an objection awaits it.
    ObjectionFiled = "objection_filed", "有新的异议待办理", "An objection awaits your unit";
    /// To the objector: the objection was not accepted.
    ObjectionDeclined = "objection_declined", "异议不予受理", "Objection not accepted";
    /// To the objector: the time was extended, told before it ends (Order 36 art. 18).
    ObjectionExtended = "objection_extended", "异议办理期限已延长", "Time for the objection extended";
    /// To the objector: the objection was answered.
    ObjectionAnswered = "objection_answered", "异议已答复", "Objection answered";
    /// To the unit: the objector withdrew.
    ObjectionWithdrawn = "objection_withdrawn", "异议已撤回", "Objection withdrawn";
    /// To the objector: nothing is left to object to.
    ObjectionMoot = "objection_moot", "异议已无须办理", "Objection has no object any more";

    /// To the subject: an office asked about its credit and noted an outcome against it (Sichuan Regulation art. 31).
    CreditCheckAgainst = "credit_check_against", "信用核查结果对您不利", "A credit check went against you";

    // Commitments.
    /// To the subject: its commitment has arrived and is looked at (Sichuan Regulation art. 32).
    CommitmentReceived = "commitment_received", "已收到信用承诺", "Commitment received";
    /// To the subject: the office accepts its commitment, which runs from here on.
    CommitmentAccepted = "commitment_accepted", "信用承诺已接受", "Commitment taken in";
    /// To the subject: what was shown does not perform the commitment yet, and its time goes on.
    CommitmentIncomplete = "commitment_incomplete", "信用承诺尚未履行完毕", "Your commitment is not performed yet";
    /// To the subject: its commitment was not taken, has ended, or what followed from a finding has ended.
    CommitmentEnded = "commitment_ended", "信用承诺事项已终结", "The case of your commitment has ended";
    /// To the subject: something was not performed and has to be put right by a day.
    CorrectionOrdered = "correction_ordered", "请限期整改", "Please put it right by the day named";
    /// To the subject: a finding that it broke a commitment is intended (Sichuan Regulation art. 36).
    CommitmentNotice = "commitment_notice", "拟认定违诺的告知", "Notice before a finding of a broken commitment";
    /// To the subject: it is found to have kept its commitment, or nothing is held against it.
    CommitmentKept = "commitment_kept", "信用承诺履行情况已认定", "Your commitment was checked";
    /// To the subject: it is found to have broken its commitment.
    CommitmentBroken = "commitment_broken", "已认定违反信用承诺", "Commitment found broken";
    /// To the subject: the finding was annulled.
    CommitmentAnnulled = "commitment_annulled", "违诺认定已撤销", "Finding of a broken commitment annulled";

    // Between offices; what they write to each other stands in no letter.
    /// To the office that is asked: its comment is wanted by a day.
    OfficeAsked = "office_asked", "请出具部门意见", "Your office's comment is asked";
    /// To the office that asked: the comment is there.
    OfficeAnswered = "office_answered", "部门意见已答复", "The comment that you asked for is there";
    /// To the office that was asked: the case ended first.
    OfficeAskFell = "office_ask_fell", "无须再出具部门意见", "Your comment is no longer needed";

    /// To the party: the office that the case lay with has ended, and another one goes on with it.
    OfficeSucceeded = "office_succeeded", "办理单位已变更", "Another office goes on with your case";

    // To the office that owns a deadline, and to administrators.
    /// Once a working day: everything that waits at an officer's desks.
    DeskDigest = "desk_digest", "今日待办汇总", "What waits at your desk";
    /// To the head: claimed work is back on the desk, since whoever had claimed it is gone.
    ClaimsReturned = "claims_returned", "待办已退回本单位", "Claimed work is back on the desk";
    /// To whoever may confirm it: a powerful seat was asked for.
    SeatAsked = "seat_asked", "有岗位等待确认", "A seat waits for confirmation";
    /// To whoever asked for a seat: a second person confirmed it.
    SeatConfirmed = "seat_confirmed", "申请的岗位已确认", "The seat was confirmed";
    /// To whoever asked for a seat: it was not confirmed.
    SeatDeclined = "seat_declined", "申请的岗位未获确认", "The seat was not confirmed";
    /// To the holder of an account: an identity of another house opens it from now on.
    IdentityLinked = "identity_linked", "您的账号已关联统一身份", "An identity was linked to your account";
    /// A deadline of the office ends soon.
    DeadlineNear = "deadline_near", "办理期限临近", "Deadline near";
    /// A deadline of the office ends today.
    DeadlineToday = "deadline_today", "办理期限今日届满", "Deadline today";
    /// A deadline of the office has passed unmet.
    DeadlineMissed = "deadline_missed", "办理期限已超", "Deadline missed";
    /// A deadline has another last day since a year's calendar was loaded.
    DeadlineMoved = "deadline_moved", "期限届满日已变更", "Deadline moved";
    /// The case goes on under a newer version of its law.
    CaseMoved = "case_moved", "案件已转入新的办理规则", "Case moved to the new law";
    /// The State Council's holiday notice for a coming year is not loaded.
    CalendarMissing = "calendar_missing", "下一年度工作日历尚未导入", "Working-day calendar not loaded";
}

/// What is open to the party against an act that a letter tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing is needed: the act burdens nobody, or is none.
    None,
    /// Administrative review or a suit.
    Review,
    /// Statement, defence and, where the notice says so, a hearing: nothing is decided yet.
    Defence,
}

/// Which day a letter prints as its `due_on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueMeans {
    /// The earliest day on which repair can be applied for (again).
    EarliestToApply,
    /// The last day of the maximum publication term.
    MaximumTermEnds,
    /// The day until which the record is shielded.
    ShieldEnds,
    /// The day until which the account is bound.
    BindingEnds,
    /// The last day for the reader to hand something in.
    HandInBy,
    /// The last day for the office to act.
    OfficeActsBy,
    /// None: the letter has no words for a day, so `due_on` should be absent.
    Nothing,
}

impl Letter {
    /// Which day belongs into `due_on` of this letter. It is not always a running deadline of the case.
    pub const fn due_means(self) -> DueMeans {
        match self {
            Self::RepairPossibleSoon | Self::RepairDeclined | Self::RepairRefused | Self::RepairRefusedForFalsity | Self::RepairRevoked => {
                DueMeans::EarliestToApply
            }
            Self::RepairPossible => DueMeans::MaximumTermEnds,
            Self::RecordShielded => DueMeans::ShieldEnds,
            Self::BindingApproved => DueMeans::BindingEnds,
            Self::SupplementAsked
            | Self::SupplementReminder
            | Self::BatchReturned
            | Self::EntrySupplementAsked
            | Self::CorrectionOrdered
            | Self::CommitmentAccepted
            | Self::CommitmentIncomplete
            | Self::CommitmentNotice => DueMeans::HandInBy,
            Self::HeldAtMaximum
            | Self::RepairReceived
            | Self::RepairAccepted
            | Self::RepairExtended
            | Self::RepairGranted
            | Self::RepairReopened
            | Self::RepairRouted
            | Self::BindingRequested
            | Self::BatchSubmitted
            | Self::TaskReturned
            | Self::PublicityToTakeDown
            | Self::SubmissionReturned
            | Self::OpinionAsked
            | Self::OfficeAsked
            | Self::EntryResubmitted
            | Self::DefenceReceived
            | Self::HearingAsked
            | Self::ObjectionReceived
            | Self::ObjectionFiled
            | Self::ObjectionExtended
            | Self::DeadlineNear
            | Self::DeadlineToday
            | Self::DeadlineMissed
            | Self::DeadlineMoved
            | Self::CalendarMissing => DueMeans::OfficeActsBy,
            _ => DueMeans::Nothing,
        }
    }

    /// Whether the letter speaks about a credit subject; the others are about a deadline, a calendar or a whole list.
    pub const fn needs_subject(self) -> bool {
        !matches!(
            self,
            Self::DeadlineNear
                | Self::DeadlineToday
                | Self::DeadlineMissed
                | Self::DeskDigest
                | Self::CalendarMissing
                | Self::ClaimsReturned
                | Self::SeatAsked
                | Self::SeatConfirmed
                | Self::IdentityLinked
                | Self::SeatDeclined
                | Self::DeadlineMoved
                | Self::CaseMoved
                | Self::TaskReturned
                | Self::PublicityReturned
                | Self::PublicityAppeared
                | Self::PublicityToTakeDown
                | Self::SubmissionReturned
                | Self::BatchSubmitted
                | Self::BatchReceived
                | Self::BatchReturned
                | Self::BatchWithdrawn
                | Self::BatchDecided
                | Self::BatchSent
                | Self::BatchClosed
        )
    }

    /// The way that is open against the act. A row of the law that sends a letter with one has to cite an article.
    pub const fn remedy(self) -> Remedy {
        match self {
            Self::PriorNotice | Self::CommitmentNotice => Remedy::Defence,
            Self::RecordPublished
            | Self::RecordNotPublished
            | Self::RecordCorrected
            | Self::RecordRestored
            | Self::ShieldEnded
            | Self::HeldAtMaximum
            | Self::FalsityRecorded
            | Self::RepairDeclined
            | Self::RepairRefused
            | Self::RepairRefusedForFalsity
            | Self::RepairLapsed
            | Self::RepairRevoked
            | Self::BindingDeclined
            | Self::ListingDecided
            | Self::CommitmentBroken
            | Self::ObjectionDeclined
            | Self::ObjectionAnswered => Remedy::Review,
            _ => Remedy::None,
        }
    }

    /// Whether offices tell each other by it what no party is told.
    pub const fn is_between_offices(self) -> bool {
        matches!(self, Self::OfficeAsked | Self::OfficeAnswered | Self::OfficeAskFell)
    }

    /// The letter of this key, if there is one.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|letter| letter.key() == key)
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}
