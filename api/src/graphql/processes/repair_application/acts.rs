//! Acts on cases of the process `repair_application`. Written from the law by `make generate`; not edited by hand.

use domain::paper::{CheckMethod, ChoiceKey, DateKey, DocumentKind, ItemList, ReasonWord};
use time::Date;

use super::RepairApplication;
use crate::graphql::core::{enums::EnumOf, input::DocumentInput};

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct RepairApplicationActs;

crate::case_mutations!(RepairApplicationActs, RepairApplication, repair_application, {
    /// Apply. 提交申请。
    /// Bring the commitment letter, and proof of what was corrected or performed. 附信用承诺书；已纠正或已履行的附证明材料。
    /// Who: the party. From: Draft.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 13; Credit Repair Measures (NDRC Order 36) art. 14 item 3; Credit Repair Measures (NDRC Order 36) art. 15. Letters: Repair application received (to the party); A repair application awaits your unit (to the finding unit). Since release 1.
    apply_for_repair ApplyForRepairInput ApplyForRepairPayload Apply {
        /// 信用承诺书: commitment letter; the id of an upload.
        commitment_letter: DocumentInput => |i, v| i.document(DocumentKind::CommitmentLetter, v),
        /// 整改证明: proof of correction; the id of an upload.
        proof_of_correction: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfCorrection, v),
        /// 义务履行证明: proof of performance; the id of an upload.
        proof_of_performance: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfPerformance, v),
    }
    /// Accept. 受理。
    /// Papers complete and minimum term over; the conditions are then checked one by one. 材料齐全、最短公示期已满即受理，随后逐项核查修复条件。
    /// Who: officer of the finding unit. From: Acceptance check.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 16(2); Credit Repair Measures (NDRC Order 36) art. 12(2). Letters: Repair application accepted (to the party). Since release 1.
    accept_repair_application AcceptRepairApplicationInput AcceptRepairApplicationPayload Accept {
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Ask for missing papers. 一次性告知补正。
    /// Name every missing paper at once: it can be asked only once. 一次告知全部需补正的材料，只能告知一次。
    /// Who: officer of the finding unit. From: Acceptance check.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 16(2). Letters: Please complete your repair application (to the party). Since release 1.
    ask_repair_supplement AskRepairSupplementInput AskRepairSupplementPayload AskSupplement {
        /// 需补正的材料: missing papers; one text a point.
        missing_papers: Vec<String> => |i, v| i.open("missingPapers", ItemList::MissingPapers, v),
    }
    /// Hand in missing papers. 提交补正材料。
    /// Tick each point that is handed in; at the counter give the day of receipt. 逐项勾选已补正的材料；窗口代收的写明收到之日。
    /// Who: the party; counter clerk; Credit China clerk; officer of the finding unit. From: Supplement asked; Lapsed.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 15; Credit Repair Measures (NDRC Order 36) art. 16(2). Letters: A repair application awaits your unit (to the finding unit); Repair application reopened (to the party). Since release 1.
    resubmit_repair_application ResubmitRepairApplicationInput ResubmitRepairApplicationPayload Resubmit {
        /// 需补正的材料: keys of open points, as `points` of the case shows them.
        points: Vec<String> => |i, v| i.settle(ItemList::MissingPapers, v),
        /// 信用承诺书: commitment letter; the id of an upload.
        commitment_letter: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::CommitmentLetter, v),
        /// 整改证明: proof of correction; the id of an upload.
        proof_of_correction: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfCorrection, v),
        /// 义务履行证明: proof of performance; the id of an upload.
        proof_of_performance: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfPerformance, v),
        /// 证明材料: evidence; the id of an upload.
        evidence: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::Evidence, v),
        /// 收到之日: the day of receipt; the day of the act where none is given.
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
        /// 收件凭证: proof of receipt; the id of an upload.
        proof_of_receipt: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfReceipt, v),
    }
    /// End for missing papers. 逾期未补正终结。
    /// Only after the reminder and the last day. 提醒后期限届满仍未补正的，由经办人终结。
    /// Who: officer of the finding unit. From: Supplement asked.
    /// A rule of the house. Letters: Repair application lapsed (to the party). Since release 1.
    lapse_repair_application LapseRepairApplicationInput LapseRepairApplicationPayload Lapse {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Decline to accept. 不予受理。
    /// The reason has to agree with the register; say what would help. 理由须与登记内容相符，并写明如何补救。
    /// Who: officer of the finding unit; head of the finding unit. From: Acceptance check.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 16(2). Letters: Repair application not accepted (to the party). Since release 1.
    decline_repair_application DeclineRepairApplicationInput DeclineRepairApplicationPayload Decline {
        /// 理由代号: the reason as a word of the closed set; it must agree with the register.
        reason_code: EnumOf<ReasonWord> => |i, v| i.reason_code(v),
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Check a condition of repair. 核查修复条件。
    /// Check each condition; name the way of checking and keep its record. 逐项核查，写明核查方式并附核查记录。
    /// Who: officer of the finding unit. From: Review by the finding unit.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 14; Credit Repair Measures (NDRC Order 36) art. 16(3). Since release 1.
    check_repair_condition CheckRepairConditionInput CheckRepairConditionPayload CheckCondition {
        /// 修复条件: keys of open points, as `points` of the case shows them.
        points: Vec<String> => |i, v| i.settle(ItemList::RepairConditions, v),
        /// 核查方式: how it was checked.
        check_method: EnumOf<CheckMethod> => |i, v| i.choice(ChoiceKey::CheckMethod, v.0.key()),
        /// 核查记录: record of the check; the id of an upload.
        check_record: DocumentInput => |i, v| i.document(DocumentKind::CheckRecord, v),
    }
    /// Hand up for review. 提交法规审核。
    /// Who: officer of the finding unit. From: Review by the finding unit.
    /// A rule of the house. Since release 1.
    hand_up_repair_application HandUpRepairApplicationInput HandUpRepairApplicationPayload HandUp {}
    /// Send back to the unit. 退回核查。
    /// The clock goes on. 期限继续计算。
    /// Who: policy reviewer; head of the finding unit. From: Policy review; Before the head.
    /// A rule of the house. Since release 1.
    send_back_repair_application SendBackRepairApplicationInput SendBackRepairApplicationPayload SendBack {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Endorse. 审核通过。
    /// The head of the finding unit decides next. 审核后由认定单位负责人决定。
    /// Who: policy reviewer. From: Policy review.
    /// A rule of the house. Since release 1.
    endorse_repair_application EndorseRepairApplicationInput EndorseRepairApplicationPayload Endorse {}
    /// Extend the time. 延长办理期限。
    /// Once, before the time is over; the applicant is told. 只能延长一次，须在期限届满前办理并告知申请人。
    /// Who: head of the finding unit. From: Review by the finding unit; Policy review; Before the head.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 16(3). Letters: Time to decide extended (to the party). Since release 1.
    extend_repair_application ExtendRepairApplicationInput ExtendRepairApplicationPayload Extend {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Grant the repair. 准予修复。
    /// Publication, sharing and measures stop with it. 公示、共享和惩戒措施随之停止。
    /// Who: head of the finding unit. From: Before the head.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 17; Credit Repair Measures (NDRC Order 36) art. 14; Credit Repair Measures (NDRC Order 36) art. 16(3). Letters: Repair granted (to the party). Since release 1.
    grant_repair_application GrantRepairApplicationInput GrantRepairApplicationPayload Grant {
        /// 信用修复决定书: repair decision; the id of an upload.
        repair_decision: DocumentInput => |i, v| i.document(DocumentKind::RepairDecision, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Refuse the repair. 不予修复。
    /// Give the reasons; the applicant may object. 写明理由和救济途径；申请人可提出异议。
    /// Who: head of the finding unit. From: Before the head.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 17. Letters: Repair refused (to the party). Since release 1.
    refuse_repair_application RefuseRepairApplicationInput RefuseRepairApplicationPayload Refuse {
        /// 理由代号: the reason as a word of the closed set; it must agree with the register.
        reason_code: EnumOf<ReasonWord> => |i, v| i.reason_code(v),
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 信用修复决定书: repair decision; the id of an upload.
        repair_decision: DocumentInput => |i, v| i.document(DocumentKind::RepairDecision, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Refuse for falsity. 因虚假不予修复。
    /// Hear the applicant first: the falsity is recorded, and repair is barred for the time that the law sets. 先听取申请人意见；虚假信息依法记入并公示，规定期间内不得再申请。
    /// Who: head of the finding unit. From: Acceptance check; Review by the finding unit; Policy review; Before the head.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 25; Credit Repair Measures (NDRC Order 36) art. 17. Letters: Repair refused for falsity (to the party). Since release 1.
    refuse_repair_application_for_falsity RefuseRepairApplicationForFalsityInput RefuseRepairApplicationForFalsityPayload RefuseForFalsity {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 虚假认定书: finding of falsity; the id of an upload.
        falsity_finding: DocumentInput => |i, v| i.document(DocumentKind::FalsityFinding, v),
        /// 听取意见记录: record of hearing the party; the id of an upload.
        hearing_record: DocumentInput => |i, v| i.document(DocumentKind::HearingRecord, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Add the sealed copy. 登记用印文书。
    /// Print what was signed off, seal it and bring the scan: this copy is served and given to the party. 打印签发的文书，用印后上传扫描件；送达和交付当事人的是此件。
    /// Who: officer of the finding unit. From: Granted, being carried out; Closed after grant; Refused.
    /// A rule of the house. Since release 1.
    seal_repair_decision SealRepairDecisionInput SealRepairDecisionPayload SealPaper {
        /// 用印文书: sealed copy; the id of an upload.
        sealed_copy: DocumentInput => |i, v| i.document(DocumentKind::SealedCopy, v),
    }
    /// Confirm that a release was carried out. 确认解除事项已执行。
    /// Point by point; the application closes with the last one. 逐项确认；全部执行后自动办结。
    /// Who: officer of the finding unit; Credit China clerk. From: Granted, being carried out.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 3; Credit Repair Measures (NDRC Order 36) art. 23. Since release 1.
    confirm_release_order ConfirmReleaseOrderInput ConfirmReleaseOrderPayload ConfirmOrder {
        /// 解除执行事项: keys of open points, as `points` of the case shows them.
        points: Vec<String> => |i, v| i.settle(ItemList::ReleaseOrders, v),
    }
    /// Withdraw the application. 撤回申请。
    /// At the counter with the applicant’s own paper. 窗口代办须附申请人的撤回申请书。
    /// Who: the party; counter clerk. From: Draft; Acceptance check; Supplement asked; Review by the finding unit; Policy review; Before the head.
    /// A rule of the house. Letters: Repair application withdrawn (to the party); Repair application withdrawn (to the finding unit). Since release 1.
    withdraw_repair_application WithdrawRepairApplicationInput WithdrawRepairApplicationPayload Withdraw {
        /// 撤回申请书: request for withdrawal; the id of an upload.
        withdrawal_request: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::WithdrawalRequest, v),
        /// 收到之日: the day of receipt; the day of the act where none is given.
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
    }
    /// Reopen. 重新办理。
    /// Where a refusal was wrong, with the document that says so. 原不予受理或不予修复有误的，附依据文书。
    /// Who: head of the finding unit. From: Declined; Refused.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 18. Letters: Repair application reopened (to the party). Since release 1.
    reopen_repair_application ReopenRepairApplicationInput ReopenRepairApplicationPayload Reopen {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 重新办理依据: document that reopens; the id of an upload.
        reopening_document: DocumentInput => |i, v| i.document(DocumentKind::ReopeningDocument, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Revoke the repair. 撤销修复。
    /// Hear the subject first: the falsity is recorded, and the old record may be published again. 先听取该主体意见；虚假信息依法记入并公示，原信息可恢复公示。
    /// Who: head of the finding unit. From: Granted, being carried out; Closed after grant.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 25. Letters: Repair decision revoked (to the party). Since release 1.
    revoke_repair RevokeRepairInput RevokeRepairPayload Revoke {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 虚假认定书: finding of falsity; the id of an upload.
        falsity_finding: DocumentInput => |i, v| i.document(DocumentKind::FalsityFinding, v),
        /// 听取意见记录: record of hearing the party; the id of an upload.
        hearing_record: DocumentInput => |i, v| i.document(DocumentKind::HearingRecord, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Write a note. 写内部记事。
    /// For the offices that handle the case; neither its party nor the public reads it, and no paper prints it. 供办理单位阅读；当事人和公众看不到，也不写入任何文书。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head; bureau leader. From: Acceptance check; Supplement asked; Review by the finding unit; Policy review; Before the head; Granted, being carried out; Closed after grant; Declined; Refused; Lapsed.
    /// A rule of the house. Since release 1.
    note_on_repair_application NoteOnRepairApplicationInput NoteOnRepairApplicationPayload Note {
        /// 记事: note; it is sealed, and stands in no letter.
        note: String => |i, v| i.text("note", v),
    }
    /// Ask another office for its comment. 征求其他单位意见。
    /// Until it answers, the office reads the case and finds it at its desk; the party sees nothing of it. 被征求意见的单位在答复前可以阅读本案，并在其工作台看到；当事人看不到。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head. From: Acceptance check; Supplement asked; Review by the finding unit; Policy review; Before the head; Granted, being carried out; Closed after grant; Declined; Refused; Lapsed.
    /// A rule of the house. Letters: Your office's comment is asked (to the office that is asked). Since release 1.
    ask_office_about_repair_application AskOfficeAboutRepairApplicationInput AskOfficeAboutRepairApplicationPayload AskOffice {
        /// 被征求意见的单位: the office that is asked: the key of an office.
        office: String => |i, v| i.office(v),
        /// 征求意见的问题: question; it is sealed, and stands in no letter.
        question: String => |i, v| i.text("question", v),
    }
    /// Give the comment that was asked for. 答复征求的意见。
    /// With the answer the case leaves your desk, and your office no longer reads it. 答复后，本案不再列入贵单位的工作台。
    /// Who: somebody of the office that is asked. From: Acceptance check; Supplement asked; Review by the finding unit; Policy review; Before the head; Granted, being carried out; Closed after grant; Declined; Refused; Lapsed.
    /// A rule of the house. Letters: The comment that you asked for is there (to the office that asked). Since release 1.
    answer_office_about_repair_application AnswerOfficeAboutRepairApplicationInput AnswerOfficeAboutRepairApplicationPayload AnswerOffice {
        /// 答复意见: comment; it is sealed, and stands in no letter.
        answer: String => |i, v| i.text("answer", v),
    }
} many {
    /// Accept, on many cases at once. 批量受理。
    /// Each is decided alone, as `acceptRepairApplication` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    accept_repair_applications AcceptRepairApplicationsInput AcceptRepairApplicationsPayload AcceptRepairApplicationsResult Accept {
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Confirm that a release was carried out, on many cases at once. 批量确认解除事项已执行。
    /// Each is decided alone, as `confirmReleaseOrder` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    confirm_release_orders ConfirmReleaseOrdersInput ConfirmReleaseOrdersPayload ConfirmReleaseOrdersResult ConfirmOrder {
        /// 解除执行事项: keys of open points, as `points` of the case shows them.
        points: Vec<String> => |i, v| i.settle(ItemList::ReleaseOrders, v),
    }
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[
    ("openRepairApplication", "Who: the party. It opens a case.\nLaw: Credit Repair Measures (NDRC Order 36) art. 2. Since release 1."),
    ("amendRepairApplication", "Who: the party. From: Draft.\nA rule of the house. Since release 1."),
    (
        "registerRepairApplication",
        "Who: counter clerk; Credit China clerk. It opens a case.\nLaw: Credit Repair Measures (NDRC Order 36) art. 13; Credit Repair Measures (NDRC Order 36) art. 15. Letters: Repair application received (to the party); A repair application awaits your unit (to the finding unit). Since release 1.",
    ),
];
