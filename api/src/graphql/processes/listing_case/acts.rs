//! Acts on cases of the process `listing_case`. Written from the law by `make generate`; not edited by hand.

use domain::paper::{ChoiceKey, DateKey, DocumentKind, ItemList, ServiceMethod};
use time::Date;

use super::ListingCase;
use crate::graphql::core::{enums::EnumOf, input::DocumentInput};

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct ListingCaseActs;

crate::case_mutations!(ListingCaseActs, ListingCase, listing_case, {
    /// Hand in for the legal check. 提交法制审核。
    /// Who: officer of the finding unit. From: Draft.
    /// Law: Sichuan Social Credit Regulation art. 37; Sichuan Social Credit Regulation art. 41. Since release 1.
    submit_listing_case SubmitListingCaseInput SubmitListingCasePayload Submit {
        /// 证明材料: evidence; the id of an upload.
        evidence: DocumentInput => |i, v| i.document(DocumentKind::Evidence, v),
    }
    /// Send back to the unit. 退回认定单位。
    /// Who: policy reviewer; head of the finding unit. From: Legal check; Prior notice to be signed.
    /// A rule of the house. Since release 1.
    send_back_listing_case SendBackListingCaseInput SendBackListingCasePayload SendBack {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Pass the legal check. 法制审核通过。
    /// Who: policy reviewer. From: Legal check.
    /// Law: Sichuan Social Credit Regulation art. 38; Sichuan Social Credit Regulation art. 42; Guiding opinions on restraining untrustworthiness point 8. Since release 1.
    pass_legal_check PassLegalCheckInput PassLegalCheckPayload PassLegalCheck {}
    /// Sign the prior notice. 签发事先告知书。
    /// It names grounds, basis and measures, and the rights to a defence and a hearing. 写明事由、依据、措施和陈述申辩、听证的权利。
    /// Who: head of the finding unit. From: Prior notice to be signed.
    /// Law: Sichuan Social Credit Regulation art. 42; Guiding opinions on restraining untrustworthiness point 8. Letters: Notice before a listing (to the party). Since release 1.
    sign_prior_notice SignPriorNoticeInput SignPriorNoticePayload SignNotice {
        /// 事先告知书: prior notice; the id of an upload.
        prior_notice: DocumentInput => |i, v| i.document(DocumentKind::PriorNotice, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// End without a listing. 终止列入程序。
    /// Who: head of the finding unit. From: Draft; Legal check; Prior notice to be signed; Prior notice to be served; Defence period; Defence under review; Hearing; Deliberation; Before the upper level.
    /// Law: Sichuan Social Credit Regulation art. 36. Letters: Listing case cancelled (to the party). Since release 1.
    cancel_listing_case CancelListingCaseInput CancelListingCasePayload Cancel {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Add the sealed copy. 登记用印文书。
    /// Print what was signed off, seal it and bring the scan: this copy is served and given to the party. 打印签发的文书，用印后上传扫描件；送达和交付当事人的是此件。
    /// Who: officer of the finding unit. From: Prior notice to be served; Decided, to be served.
    /// A rule of the house. Since release 1.
    seal_listing_paper SealListingPaperInput SealListingPaperPayload SealPaper {
        /// 用印文书: sealed copy; the id of an upload.
        sealed_copy: DocumentInput => |i, v| i.document(DocumentKind::SealedCopy, v),
    }
    /// Serve the prior notice. 送达事先告知书。
    /// By e-mail only with the party’s signed consent. 电子送达须有当事人签署的确认书。
    /// Who: officer of the finding unit. From: Prior notice to be served.
    /// Law: Sichuan Social Credit Regulation art. 42. Since release 1.
    serve_prior_notice ServePriorNoticeInput ServePriorNoticePayload ServeNotice {
        /// 送达回证: proof of service; the id of an upload.
        proof_of_service: DocumentInput => |i, v| i.document(DocumentKind::ProofOfService, v),
        /// 电子送达确认书: signed consent to electronic service; the id of an upload.
        service_consent: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ServiceConsent, v),
        /// 送达方式: way of service.
        service_method: EnumOf<ServiceMethod> => |i, v| i.choice(ChoiceKey::ServiceMethod, v.0.key()),
        /// 送达之日: the day of service.
        served_on: Date => |i, v| i.date(DateKey::ServedOn, v),
    }
    /// Correct the day of service. 更正送达日期。
    /// Before the decision, with proof: the times that run from it are counted again. 决定前凭送达凭证更正，相关期限重新计算。
    /// Who: head of the finding unit. From: Defence period; Defence under review; Hearing; Deliberation; Before the upper level.
    /// Law: Sichuan Social Credit Regulation art. 42. Letters: Deadline moved (to the party). Since release 1.
    correct_notice_service CorrectNoticeServiceInput CorrectNoticeServicePayload CorrectService {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 送达回证: proof of service; the id of an upload.
        proof_of_service: DocumentInput => |i, v| i.document(DocumentKind::ProofOfService, v),
        /// 电子送达确认书: signed consent to electronic service; the id of an upload.
        service_consent: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ServiceConsent, v),
        /// 送达方式: way of service.
        service_method: EnumOf<ServiceMethod> => |i, v| i.choice(ChoiceKey::ServiceMethod, v.0.key()),
        /// 送达之日: the day of service.
        served_on: Date => |i, v| i.date(DateKey::ServedOn, v),
    }
    /// File a statement and defence. 提交陈述申辩。
    /// Each point will be answered; at the counter give the day of receipt, with proof of it where the time is closed. 每一要点都会得到答复；窗口代收的写明收到之日，逾期录入的附收件凭证。
    /// Who: the party; counter clerk; officer of the finding unit. From: Defence period; Defence under review; Hearing; Deliberation; Before the upper level; Decided, to be served; In effect; Ended.
    /// Law: Sichuan Social Credit Regulation art. 42. Letters: The party filed its defence (to the finding unit); What came in time is on record (to the party); The party filed its defence (to the policy office). Since release 1.
    file_defence FileDefenceInput FileDefencePayload FileDefence {
        /// 陈述申辩书: statement and defence; the id of an upload.
        statement_of_defence: DocumentInput => |i, v| i.document(DocumentKind::StatementOfDefence, v),
        /// 陈述申辩要点: points of the defence; one text a point.
        points: Vec<String> => |i, v| i.open("points", ItemList::DefencePoints, v),
        /// 收到之日: the day of receipt; the day of the act where none is given.
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
        /// 收件凭证: proof of receipt; the id of an upload.
        proof_of_receipt: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfReceipt, v),
    }
    /// Waive the defence. 放弃陈述申辩。
    /// Only by the party’s own paper; the time to ask for a hearing ends with it. 须有当事人的书面声明；一经放弃，申请听证的期限同时终止。
    /// Who: counter clerk; officer of the finding unit; the party. From: Deliberation; Before the upper level; Decided, to be served; In effect; Ended; Defence period.
    /// Law: Sichuan Social Credit Regulation art. 42. Since release 1.
    waive_defence WaiveDefenceInput WaiveDefencePayload WaiveDefence {
        /// 放弃陈述申辩声明: waiver of the defence; the id of an upload.
        waiver: DocumentInput => |i, v| i.document(DocumentKind::Waiver, v),
        /// 收件凭证: proof of receipt; the id of an upload.
        proof_of_receipt: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfReceipt, v),
        /// 收到之日: the day of receipt; the day of the act where none is given.
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
    }
    /// Ask for a hearing. 申请听证。
    /// In time; at the counter give the day of receipt. 在期限内提出；窗口代收的写明收到之日。
    /// Who: the party; counter clerk; officer of the finding unit. From: Defence period; Defence under review; Deliberation; Before the upper level; Decided, to be served; In effect; Ended.
    /// A rule of the house. Letters: The party asks for a hearing (to the finding unit); What came in time is on record (to the party); The party asks for a hearing (to the policy office). Since release 1.
    ask_for_hearing AskForHearingInput AskForHearingPayload AskForHearing {
        /// 听证申请书: request for a hearing; the id of an upload.
        hearing_request: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::HearingRequest, v),
        /// 陈述申辩书: statement and defence; the id of an upload.
        statement_of_defence: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::StatementOfDefence, v),
        /// 收到之日: the day of receipt; the day of the act where none is given.
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
        /// 收件凭证: proof of receipt; the id of an upload.
        proof_of_receipt: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfReceipt, v),
    }
    /// Call the hearing. 通知听证。
    /// Far enough ahead. 须提前足够的工作日通知。
    /// Who: officer of the finding unit. From: Hearing.
    /// A rule of the house. Letters: Hearing called (to the party). Since release 1.
    call_hearing CallHearingInput CallHearingPayload CallHearing {
        /// 听证之日: the day of the hearing.
        hearing_on: Date => |i, v| i.date(DateKey::HearingOn, v),
    }
    /// Close the hearing. 听证完毕。
    /// Bring the record of what was said. 附听证笔录。
    /// Who: officer of the finding unit. From: Hearing.
    /// A rule of the house. Since release 1.
    close_hearing CloseHearingInput CloseHearingPayload CloseHearing {
        /// 听取意见记录: record of hearing the party; the id of an upload.
        hearing_record: DocumentInput => |i, v| i.document(DocumentKind::HearingRecord, v),
    }
    /// Answer the defence. 答复申辩意见。
    /// Point by point, in writing. 逐项书面答复。
    /// Who: officer of the finding unit. From: Defence under review.
    /// Law: Sichuan Social Credit Regulation art. 42. Letters: Your defence was answered (to the party). Since release 1.
    answer_defence AnswerDefenceInput AnswerDefencePayload AnswerDefence {
        /// 申辩意见答复: answer to the defence; the id of an upload.
        answer_to_defence: DocumentInput => |i, v| i.document(DocumentKind::AnswerToDefence, v),
        /// 陈述申辩要点: keys of open points, as `points` of the case shows them.
        points: Vec<String> => |i, v| i.settle(ItemList::DefencePoints, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Hand to deliberation. 提请审议。
    /// Every point is answered and the time of the party is over. 每一要点已答复、陈述申辩期已满。
    /// Who: officer of the finding unit. From: Defence under review.
    /// Law: Sichuan Social Credit Regulation art. 42. Since release 1.
    finish_defence FinishDefenceInput FinishDefencePayload FinishDefence {}
    /// Uphold the defence. 采纳申辩，不予列入。
    /// Who: head of the finding unit. From: Defence under review.
    /// Law: Sichuan Social Credit Regulation art. 42. Letters: Not listed (to the party). Since release 1.
    uphold_defence UpholdDefenceInput UpholdDefencePayload UpholdDefence {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Ask for the upper level’s consent. 报请上级同意。
    /// Who: bureau leader. From: Deliberation.
    /// A rule of the house. Since release 1.
    ask_upper_consent AskUpperConsentInput AskUpperConsentPayload AskUpperConsent {
        /// 集体讨论记录: record of the meeting; the id of an upload.
        meeting_record: DocumentInput => |i, v| i.document(DocumentKind::MeetingRecord, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Decide not to list. 决定不予列入。
    /// Who: bureau leader. From: Deliberation; Before the upper level.
    /// Law: Sichuan Social Credit Regulation art. 42. Letters: Not listed (to the party). Since release 1.
    decide_not_to_list DecideNotToListInput DecideNotToListPayload DecideNotToList {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 集体讨论记录: record of the meeting; the id of an upload.
        meeting_record: DocumentInput => |i, v| i.document(DocumentKind::MeetingRecord, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Serve the decision. 送达列入决定书。
    /// Together with the repair guidance; the record follows. 与信用修复告知书一并送达，随后登记失信信息。
    /// Who: officer of the finding unit. From: Decided, to be served.
    /// Law: Sichuan Social Credit Regulation art. 42; Sichuan Social Credit Regulation art. 43; Implementation plan on further improving credit repair. Since release 1.
    serve_listing_decision ServeListingDecisionInput ServeListingDecisionPayload ServeDecision {
        /// 送达回证: proof of service; the id of an upload.
        proof_of_service: DocumentInput => |i, v| i.document(DocumentKind::ProofOfService, v),
        /// 信用修复告知书: repair guidance notice; the id of an upload.
        repair_guidance: DocumentInput => |i, v| i.document(DocumentKind::RepairGuidance, v),
        /// 电子送达确认书: signed consent to electronic service; the id of an upload.
        service_consent: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ServiceConsent, v),
        /// 送达方式: way of service.
        service_method: EnumOf<ServiceMethod> => |i, v| i.choice(ChoiceKey::ServiceMethod, v.0.key()),
        /// 送达之日: the day of service.
        served_on: Date => |i, v| i.date(DateKey::ServedOn, v),
    }
    /// Annul the listing. 撤销列入决定。
    /// Its records are retracted with it. 相关失信信息一并撤回。
    /// Who: head of the finding unit. From: Decided, to be served; In effect; Ended.
    /// Law: Sichuan Social Credit Regulation art. 50; Sichuan Social Credit Regulation art. 51; Credit Repair Measures (NDRC Order 36) art. 19. Letters: Listing annulled (to the party). Since release 1.
    annul_listing AnnulListingInput AnnulListingPayload Annul {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 撤销、变更文书: annulling document; the id of an upload.
        annulling_document: DocumentInput => |i, v| i.document(DocumentKind::AnnullingDocument, v),
        /// 知悉之日: the day on which it became known.
        known_on: Date => |i, v| i.date(DateKey::KnownOn, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Write a note. 写内部记事。
    /// For the offices that handle the case; neither its party nor the public reads it, and no paper prints it. 供办理单位阅读；当事人和公众看不到，也不写入任何文书。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head; bureau leader. From: Legal check; Prior notice to be signed; Prior notice to be served; Defence period; Defence under review; Hearing; Deliberation; Before the upper level; Decided, to be served; In effect; Ended.
    /// A rule of the house. Since release 1.
    note_on_listing_case NoteOnListingCaseInput NoteOnListingCasePayload Note {
        /// 记事: note; it is sealed, and stands in no letter.
        note: String => |i, v| i.text("note", v),
    }
    /// Ask another office for its comment. 征求其他单位意见。
    /// Until it answers, the office reads the case and finds it at its desk; the party sees nothing of it. 被征求意见的单位在答复前可以阅读本案，并在其工作台看到；当事人看不到。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head. From: Legal check; Prior notice to be signed; Prior notice to be served; Defence period; Defence under review; Hearing; Deliberation; Before the upper level; Decided, to be served; In effect; Ended.
    /// A rule of the house. Letters: Your office's comment is asked (to the office that is asked). Since release 1.
    ask_office_about_listing_case AskOfficeAboutListingCaseInput AskOfficeAboutListingCasePayload AskOffice {
        /// 被征求意见的单位: the office that is asked: the key of an office.
        office: String => |i, v| i.office(v),
        /// 征求意见的问题: question; it is sealed, and stands in no letter.
        question: String => |i, v| i.text("question", v),
    }
    /// Give the comment that was asked for. 答复征求的意见。
    /// With the answer the case leaves your desk, and your office no longer reads it. 答复后，本案不再列入贵单位的工作台。
    /// Who: somebody of the office that is asked. From: Legal check; Prior notice to be signed; Prior notice to be served; Defence period; Defence under review; Hearing; Deliberation; Before the upper level; Decided, to be served; In effect; Ended.
    /// A rule of the house. Letters: The comment that you asked for is there (to the office that asked). Since release 1.
    answer_office_about_listing_case AnswerOfficeAboutListingCaseInput AnswerOfficeAboutListingCasePayload AnswerOffice {
        /// 答复意见: comment; it is sealed, and stands in no letter.
        answer: String => |i, v| i.text("answer", v),
    }
} many {
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[
    (
        "openListingCase",
        "Who: officer of the finding unit. It opens a case.\nLaw: Sichuan Social Credit Regulation art. 36; Sichuan Social Credit Regulation art. 37; Sichuan Social Credit Regulation art. 41; Guiding opinions on restraining untrustworthiness point 6. Since release 1.",
    ),
    ("amendListingCase", "Who: officer of the finding unit. From: Draft.\nA rule of the house. Since release 1."),
    (
        "decideToList",
        "Who: bureau leader. From: Deliberation; Before the upper level.\nLaw: Sichuan Social Credit Regulation art. 41; Sichuan Social Credit Regulation art. 42; Administrative Review Law art. 20. Letters: Listing decided (to the party). Since release 1.",
    ),
];
