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
    /// The account may now act for the subject.
    BindingApproved = "binding_approved", "账号绑定已通过", "Account binding approved";
    /// The binding was declined, with reasons.
    BindingDeclined = "binding_declined", "账号绑定未通过", "Account binding declined";
    /// The account may no longer act for the subject.
    BindingEnded = "binding_ended", "账号绑定已终止", "Account binding ended";

    // To the office that owns a deadline, and to administrators.
    /// A deadline of the office ends soon.
    DeadlineNear = "deadline_near", "办理期限临近", "Deadline near";
    /// A deadline of the office ends today.
    DeadlineToday = "deadline_today", "办理期限今日届满", "Deadline today";
    /// A deadline of the office has passed unmet.
    DeadlineMissed = "deadline_missed", "办理期限已超", "Deadline missed";
    /// The State Council's holiday notice for a coming year is not loaded.
    CalendarMissing = "calendar_missing", "下一年度工作日历尚未导入", "Working-day calendar not loaded";
}

impl Letter {
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
