//! Acts on cases of the process `objection`. Written from the law by `make generate`; not edited by hand.

use domain::paper::{ChoiceKey, DateKey, DocumentKind, Extent, ReasonWord, ServiceMethod};
use time::Date;

use super::Objection;
use crate::graphql::core::{enums::EnumOf, input::DocumentInput};

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct ObjectionActs;

crate::case_mutations!(ObjectionActs, Objection, objection, {
    /// Accept. 受理。
    /// Who: officer of the finding unit. From: Filed.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 18. Since release 1.
    accept_objection AcceptObjectionInput AcceptObjectionPayload Accept {
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Decline to accept. 不予受理。
    /// The reason has to agree with the register. 理由须与登记内容相符。
    /// Who: officer of the finding unit; head of the finding unit. From: Filed.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 18. Letters: Objection not accepted (to the party); Objection not accepted (to the finding unit). Since release 1.
    decline_objection DeclineObjectionInput DeclineObjectionPayload Decline {
        /// 理由代号: the reason as a word of the closed set; it must agree with the register.
        reason_code: EnumOf<ReasonWord> => |i, v| i.reason_code(v),
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Ask another unit. 请其他单位协助核实。
    /// Who: officer of the finding unit. From: Being verified.
    /// Law: Sichuan Social Credit Regulation art. 49. Since release 1.
    ask_other_unit AskOtherUnitInput AskOtherUnitPayload AskOtherUnit {
        /// 协助核实函: request for help; the id of an upload.
        request_for_help: DocumentInput => |i, v| i.document(DocumentKind::RequestForHelp, v),
    }
    /// Receive the other unit’s answer. 收到协助答复。
    /// Who: officer of the finding unit. From: Being verified.
    /// Law: Sichuan Social Credit Regulation art. 49. Since release 1.
    receive_help ReceiveHelpInput ReceiveHelpPayload ReceiveHelp {
        /// 协助单位答复: other unit's answer; the id of an upload.
        other_units_answer: DocumentInput => |i, v| i.document(DocumentKind::OtherUnitsAnswer, v),
    }
    /// Order an appraisal. 委托检测鉴定。
    /// The time of the appraisal does not count. 检测鉴定期间不计入办理期限。
    /// Who: officer of the finding unit. From: Being verified.
    /// Law: Sichuan Social Credit Regulation art. 49. Since release 1.
    start_appraisal StartAppraisalInput StartAppraisalPayload StartAppraisal {
        /// 检测鉴定委托书: order for the appraisal; the id of an upload.
        appraisal_order: DocumentInput => |i, v| i.document(DocumentKind::AppraisalOrder, v),
    }
    /// Receive the appraisal. 收到检测鉴定报告。
    /// Who: officer of the finding unit. From: In appraisal.
    /// Law: Sichuan Social Credit Regulation art. 49. Since release 1.
    end_appraisal EndAppraisalInput EndAppraisalPayload EndAppraisal {
        /// 检测鉴定报告: appraisal report; the id of an upload.
        appraisal_report: DocumentInput => |i, v| i.document(DocumentKind::AppraisalReport, v),
    }
    /// Extend the time. 延长办理期限。
    /// Once, before the time is over; the objector is told. 只能延长一次，须在期限届满前办理并告知异议人。
    /// Who: head of the finding unit. From: Being verified.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 18. Letters: Time for the objection extended (to the party). Since release 1.
    extend_objection ExtendObjectionInput ExtendObjectionPayload Extend {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Uphold, by retracting. 异议成立，撤回公示。
    /// The record is retracted, or the finding annulled, in the same act. 同一行为撤回该条信息，或者撤销违诺认定。
    /// Who: head of the finding unit. From: Being verified.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 18; Sichuan Social Credit Regulation art. 50. Letters: Objection answered (to the party); Objection answered (to the finding unit). Since release 1.
    uphold_objection_by_retracting UpholdObjectionByRetractingInput UpholdObjectionByRetractingPayload UpholdByRetracting {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 成立范围: extent.
        extent: EnumOf<Extent> => |i, v| i.choice(ChoiceKey::Extent, v.0.key()),
        /// 异议答复书: answer to the objection; the id of an upload.
        objection_answer: DocumentInput => |i, v| i.document(DocumentKind::ObjectionAnswer, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Uphold, by reopening. 异议成立，重新办理。
    /// The repair application is reopened in the same act. 同一行为重新办理修复申请。
    /// Who: head of the finding unit. From: Being verified.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 18. Letters: Objection answered (to the party); Objection answered (to the finding unit). Since release 1.
    uphold_objection_by_reopening UpholdObjectionByReopeningInput UpholdObjectionByReopeningPayload UpholdByReopening {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 成立范围: extent.
        extent: EnumOf<Extent> => |i, v| i.choice(ChoiceKey::Extent, v.0.key()),
        /// 异议答复书: answer to the objection; the id of an upload.
        objection_answer: DocumentInput => |i, v| i.document(DocumentKind::ObjectionAnswer, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Reject the objection. 异议不成立。
    /// Answer in writing and name the remedies. 书面答复并告知救济途径。
    /// Who: head of the finding unit. From: Being verified.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 18; Sichuan Social Credit Regulation art. 49; Administrative Review Law art. 20. Letters: Objection answered (to the party); Objection answered (to the finding unit). Since release 1.
    reject_objection RejectObjectionInput RejectObjectionPayload Reject {
        /// 理由代号: the reason as a word of the closed set; it must agree with the register.
        reason_code: EnumOf<ReasonWord> => |i, v| i.reason_code(v),
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 异议答复书: answer to the objection; the id of an upload.
        objection_answer: DocumentInput => |i, v| i.document(DocumentKind::ObjectionAnswer, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Add the sealed copy. 登记用印文书。
    /// Print what was signed off, seal it and bring the scan: this copy is served and given to the party. 打印签发的文书，用印后上传扫描件；送达和交付当事人的是此件。
    /// Who: officer of the finding unit. From: Answered, to be served.
    /// A rule of the house. Since release 1.
    seal_objection_answer SealObjectionAnswerInput SealObjectionAnswerPayload SealPaper {
        /// 用印文书: sealed copy; the id of an upload.
        sealed_copy: DocumentInput => |i, v| i.document(DocumentKind::SealedCopy, v),
    }
    /// Serve the answer. 送达答复。
    /// Who: officer of the finding unit. From: Answered, to be served.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 18; Sichuan Social Credit Regulation art. 49. Since release 1.
    serve_objection_answer ServeObjectionAnswerInput ServeObjectionAnswerPayload ServeAnswer {
        /// 送达回证: proof of service; the id of an upload.
        proof_of_service: DocumentInput => |i, v| i.document(DocumentKind::ProofOfService, v),
        /// 电子送达确认书: signed consent to electronic service; the id of an upload.
        service_consent: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ServiceConsent, v),
        /// 送达方式: way of service.
        service_method: EnumOf<ServiceMethod> => |i, v| i.choice(ChoiceKey::ServiceMethod, v.0.key()),
        /// 送达之日: the day of service.
        served_on: Date => |i, v| i.date(DateKey::ServedOn, v),
    }
    /// Withdraw the objection. 撤回异议。
    /// At the counter with the objector’s own paper. 窗口代办须附异议人的撤回申请书。
    /// Who: the party; counter clerk. From: Filed; Being verified; In appraisal.
    /// A rule of the house. Letters: Objection withdrawn (to the party); Objection withdrawn (to the finding unit). Since release 1.
    withdraw_objection WithdrawObjectionInput WithdrawObjectionPayload Withdraw {
        /// 撤回申请书: request for withdrawal; the id of an upload.
        withdrawal_request: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::WithdrawalRequest, v),
        /// 收到之日: the day of receipt; the day of the act where none is given.
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
    }
    /// Write a note. 写内部记事。
    /// For the offices that handle the case; neither its party nor the public reads it, and no paper prints it. 供办理单位阅读；当事人和公众看不到，也不写入任何文书。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head; bureau leader. From: Filed; Being verified; In appraisal; Answered, to be served.
    /// A rule of the house. Since release 1.
    note_on_objection NoteOnObjectionInput NoteOnObjectionPayload Note {
        /// 记事: note; it is sealed, and stands in no letter.
        note: String => |i, v| i.text("note", v),
    }
    /// Ask another office for its comment. 征求其他单位意见。
    /// Until it answers, the office reads the case and finds it at its desk; the party sees nothing of it. 被征求意见的单位在答复前可以阅读本案，并在其工作台看到；当事人看不到。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head. From: Filed; Being verified; In appraisal; Answered, to be served.
    /// A rule of the house. Letters: Your office's comment is asked (to the office that is asked). Since release 1.
    ask_office_about_objection AskOfficeAboutObjectionInput AskOfficeAboutObjectionPayload AskOffice {
        /// 被征求意见的单位: the office that is asked: the key of an office.
        office: String => |i, v| i.office(v),
        /// 征求意见的问题: question; it is sealed, and stands in no letter.
        question: String => |i, v| i.text("question", v),
    }
    /// Give the comment that was asked for. 答复征求的意见。
    /// With the answer the case leaves your desk, and your office no longer reads it. 答复后，本案不再列入贵单位的工作台。
    /// Who: somebody of the office that is asked. From: Filed; Being verified; In appraisal; Answered, to be served.
    /// A rule of the house. Letters: The comment that you asked for is there (to the office that asked). Since release 1.
    answer_office_about_objection AnswerOfficeAboutObjectionInput AnswerOfficeAboutObjectionPayload AnswerOffice {
        /// 答复意见: comment; it is sealed, and stands in no letter.
        answer: String => |i, v| i.text("answer", v),
    }
} many {
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[
    (
        "fileObjection",
        "Who: the party. It opens a case.\nLaw: Credit Repair Measures (NDRC Order 36) art. 18; Sichuan Social Credit Regulation art. 49. Letters: Objection received (to the party); An objection awaits your unit (to the finding unit). Since release 1.",
    ),
    (
        "registerObjection",
        "Who: counter clerk; Credit China clerk. It opens a case.\nLaw: Credit Repair Measures (NDRC Order 36) art. 18; Sichuan Social Credit Regulation art. 49. Letters: Objection received (to the party); An objection awaits your unit (to the finding unit). Since release 1.",
    ),
    (
        "upholdObjectionByCorrecting",
        "Who: head of the finding unit. From: Being verified.\nLaw: Credit Repair Measures (NDRC Order 36) art. 18; Sichuan Social Credit Regulation art. 50. Letters: Objection answered (to the party); Objection answered (to the finding unit). Since release 1.",
    ),
];
