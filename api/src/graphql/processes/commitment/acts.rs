//! Acts on cases of the process `commitment`. Written from the law by `make generate`; not edited by hand.

use domain::paper::{CheckMethod, ChoiceKey, DateKey, DocumentKind, ServiceMethod};
use time::Date;

use super::Commitment;
use crate::graphql::core::{enums::EnumOf, input::DocumentInput};

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct CommitmentActs;

crate::case_mutations!(CommitmentActs, Commitment, commitment, {
    /// Take it in. 接受承诺。
    /// Compare the letter with what was filled in; what is given in public is shown from here on. 核对承诺书与填写的内容一致；公开作出的承诺自此公示。
    /// Who: officer of the finding unit; head of the finding unit. From: Received, to be taken in.
    /// Law: Sichuan Social Credit Regulation art. 32. Letters: Commitment taken in (to the party). Since release 1.
    accept_commitment AcceptCommitmentInput AcceptCommitmentPayload Accept {}
    /// Do not take it. 不接受承诺。
    /// With the reason. 写明理由。
    /// Who: officer of the finding unit; head of the finding unit. From: Received, to be taken in.
    /// Law: Sichuan Social Credit Regulation art. 32. Letters: The case of your commitment has ended (to the party). Since release 1.
    decline_commitment DeclineCommitmentInput DeclineCommitmentPayload Decline {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Show the performance. 提交履行证明。
    /// What is shown in time is in time, however late it is checked. 期限内提交的，不因核实在后而算逾期。
    /// Who: the party; counter clerk. From: Standing; To be put right.
    /// Law: Sichuan Social Credit Regulation art. 32. Since release 1.
    show_commitment_performance ShowCommitmentPerformanceInput ShowCommitmentPerformancePayload NoteProgress {
        /// 义务履行证明: proof of performance; the id of an upload.
        proof_of_performance: DocumentInput => |i, v| i.document(DocumentKind::ProofOfPerformance, v),
        /// 收到之日: the day of receipt; the day of the act where none is given.
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
    }
    /// Add to the proof. 补充履行证明。
    /// Who: the party; counter clerk. From: Being checked.
    /// Law: Sichuan Social Credit Regulation art. 32. Since release 1.
    add_commitment_proof AddCommitmentProofInput AddCommitmentProofPayload SendSupplement {
        /// 义务履行证明: proof of performance; the id of an upload.
        proof_of_performance: DocumentInput => |i, v| i.document(DocumentKind::ProofOfPerformance, v),
        /// 收到之日: the day of receipt; the day of the act where none is given.
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
    }
    /// Not done yet: go on. 尚未履行完毕，继续履行。
    /// While its time still runs the subject goes on. 期限未满的，当事人继续履行。
    /// Who: officer of the finding unit. From: Being checked.
    /// Law: Sichuan Social Credit Regulation art. 32. Letters: Your commitment is not performed yet (to the party). Since release 1.
    send_commitment_back SendCommitmentBackInput SendCommitmentBackPayload SendBack {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Find it kept. 认定已践诺。
    /// Who: officer of the finding unit; head of the finding unit. From: Standing; Being checked; To be put right; Before the head.
    /// Law: Sichuan Social Credit Regulation art. 32. Letters: Your commitment was checked (to the party). Since release 1.
    find_commitment_kept FindCommitmentKeptInput FindCommitmentKeptPayload FindKept {
        /// 核查方式: how it was checked.
        check_method: EnumOf<CheckMethod> => |i, v| i.choice(ChoiceKey::CheckMethod, v.0.key()),
        /// 核查记录: record of the check; the id of an upload.
        check_record: DocumentInput => |i, v| i.document(DocumentKind::CheckRecord, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Order to put it right. 责令限期整改。
    /// Once, with the last day to put it right. 只能责令一次；写明整改的最后一日。
    /// Who: officer of the finding unit. From: Being checked.
    /// Law: Sichuan Business Environment Regulation art. 52. Letters: Please put it right by the day named (to the party). Since release 1.
    order_commitment_correction OrderCommitmentCorrectionInput OrderCommitmentCorrectionPayload OrderCorrection {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 责令整改通知书: order to put it right; the id of an upload.
        correction_order: DocumentInput => |i, v| i.document(DocumentKind::CorrectionOrder, v),
        /// 截止之日: the last day given.
        until: Date => |i, v| i.date(DateKey::Until, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Serve the notice of an intended finding. 送达拟认定违诺的告知书。
    /// It names grounds, basis and the right to be heard; by e-mail only with the party’s signed consent. 写明事由、依据和陈述申辩的权利；电子送达须有当事人签署的确认书。
    /// Who: officer of the finding unit. From: Being checked.
    /// Law: Sichuan Social Credit Regulation art. 36. Letters: Notice before a finding of a broken commitment (to the party). Since release 1.
    serve_commitment_notice ServeCommitmentNoticeInput ServeCommitmentNoticePayload ServeNotice {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 事先告知书: prior notice; the id of an upload.
        prior_notice: DocumentInput => |i, v| i.document(DocumentKind::PriorNotice, v),
        /// 送达回证: proof of service; the id of an upload.
        proof_of_service: DocumentInput => |i, v| i.document(DocumentKind::ProofOfService, v),
        /// 电子送达确认书: signed consent to electronic service; the id of an upload.
        service_consent: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ServiceConsent, v),
        /// 送达方式: way of service.
        service_method: EnumOf<ServiceMethod> => |i, v| i.choice(ChoiceKey::ServiceMethod, v.0.key()),
        /// 送达之日: the day of service.
        served_on: Date => |i, v| i.date(DateKey::ServedOn, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// State one’s case. 提交陈述申辩。
    /// In time; at the counter give the day of receipt, with proof of it where the time is closed. 在期限内提出；窗口代收的写明收到之日，逾期录入的附收件凭证。
    /// Who: the party; counter clerk; officer of the finding unit. From: Told, time to be heard; Before the head; Broken.
    /// Law: Sichuan Social Credit Regulation art. 36. Letters: The party filed its defence (to the finding unit); The party filed its defence (to the policy office). Since release 1.
    file_commitment_defence FileCommitmentDefenceInput FileCommitmentDefencePayload FileDefence {
        /// 陈述申辩书: statement and defence; the id of an upload.
        statement_of_defence: DocumentInput => |i, v| i.document(DocumentKind::StatementOfDefence, v),
        /// 收到之日: the day of receipt; the day of the act where none is given.
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
        /// 收件凭证: proof of receipt; the id of an upload.
        proof_of_receipt: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfReceipt, v),
    }
    /// Find it broken. 认定违诺。
    /// For the head, after the subject was heard; with the finding. 听取意见后由负责人认定；附认定书。
    /// Who: head of the finding unit. From: Told, time to be heard; Before the head.
    /// Law: Sichuan Social Credit Regulation art. 32; Sichuan Social Credit Regulation art. 36. Letters: Commitment found broken (to the party). Since release 1.
    find_commitment_broken FindCommitmentBrokenInput FindCommitmentBrokenPayload FindBroken {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 违诺认定书: finding of a broken commitment; the id of an upload.
        breach_finding: DocumentInput => |i, v| i.document(DocumentKind::BreachFinding, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Find nothing against it. 不予认定。
    /// What is slight, put right in time and did no harm is not found a breach. 情节轻微、及时改正且没有造成危害后果的，不予认定。
    /// Who: head of the finding unit. From: Being checked; Before the head.
    /// Law: Sichuan Social Credit Regulation art. 36. Letters: Your commitment was checked (to the party). Since release 1.
    find_nothing_against_commitment FindNothingAgainstCommitmentInput FindNothingAgainstCommitmentPayload FindNoFault {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Serve the finding. 送达违诺认定书。
    /// By e-mail only with the party’s signed consent. 电子送达须有当事人签署的确认书。
    /// Who: officer of the finding unit. From: Broken.
    /// Law: Sichuan Social Credit Regulation art. 36. Since release 1.
    serve_breach_finding ServeBreachFindingInput ServeBreachFindingPayload ServeDecision {
        /// 送达回证: proof of service; the id of an upload.
        proof_of_service: DocumentInput => |i, v| i.document(DocumentKind::ProofOfService, v),
        /// 电子送达确认书: signed consent to electronic service; the id of an upload.
        service_consent: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ServiceConsent, v),
        /// 送达方式: way of service.
        service_method: EnumOf<ServiceMethod> => |i, v| i.choice(ChoiceKey::ServiceMethod, v.0.key()),
        /// 送达之日: the day of service.
        served_on: Date => |i, v| i.date(DateKey::ServedOn, v),
    }
    /// End what follows from it. 退出违诺限制。
    /// As the type of the commitment says; with the paper that shows it. 按照承诺类型写明的退出程序；附证明材料。
    /// Who: head of the finding unit. From: Broken.
    /// Law: Sichuan Social Credit Regulation art. 32. Letters: The case of your commitment has ended (to the party). Since release 1.
    end_commitment_restriction EndCommitmentRestrictionInput EndCommitmentRestrictionPayload End {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 证明材料: evidence; the id of an upload.
        evidence: DocumentInput => |i, v| i.document(DocumentKind::Evidence, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// End the commitment. 终止承诺。
    /// The matter that it was given for has gone. 所为办理的事项已不存在。
    /// Who: head of the finding unit. From: Standing; Being checked; To be put right.
    /// A rule of the house. Letters: The case of your commitment has ended (to the party). Since release 1.
    cancel_commitment CancelCommitmentInput CancelCommitmentPayload Cancel {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Check it again. 重新核实。
    /// Where the commitment turns out false, or the finding wrong. 发现承诺虚假或者认定有误的。
    /// Who: head of the finding unit. From: Kept.
    /// Law: Sichuan Business Environment Regulation art. 52. Since release 1.
    reopen_commitment ReopenCommitmentInput ReopenCommitmentPayload Reopen {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Annul the finding. 撤销违诺认定。
    /// With the paper that annuls it and the day on which it became known. 附撤销文书，写明知悉之日。
    /// Who: head of the finding unit; bureau leader. From: Broken.
    /// Law: Sichuan Social Credit Regulation art. 50; Sichuan Social Credit Regulation art. 51. Letters: Finding of a broken commitment annulled (to the party). Since release 1.
    annul_commitment AnnulCommitmentInput AnnulCommitmentPayload Annul {
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
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head; bureau leader. From: Received, to be taken in; Standing; Being checked; To be put right; Told, time to be heard; Before the head; Kept; Broken.
    /// A rule of the house. Since release 1.
    note_on_commitment NoteOnCommitmentInput NoteOnCommitmentPayload Note {
        /// 记事: note; it is sealed, and stands in no letter.
        note: String => |i, v| i.text("note", v),
    }
    /// Ask another office for its comment. 征求其他单位意见。
    /// Until it answers, the office reads the case and finds it at its desk; the party sees nothing of it. 被征求意见的单位在答复前可以阅读本案，并在其工作台看到；当事人看不到。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head. From: Received, to be taken in; Standing; Being checked; To be put right; Told, time to be heard; Before the head; Kept; Broken.
    /// A rule of the house. Letters: Your office's comment is asked (to the office that is asked). Since release 1.
    ask_office_about_commitment AskOfficeAboutCommitmentInput AskOfficeAboutCommitmentPayload AskOffice {
        /// 被征求意见的单位: the office that is asked: the key of an office.
        office: String => |i, v| i.office(v),
        /// 征求意见的问题: question; it is sealed, and stands in no letter.
        question: String => |i, v| i.text("question", v),
    }
    /// Give the comment that was asked for. 答复征求的意见。
    /// With the answer the case leaves your desk, and your office no longer reads it. 答复后，本案不再列入贵单位的工作台。
    /// Who: somebody of the office that is asked. From: Received, to be taken in; Standing; Being checked; To be put right; Told, time to be heard; Before the head; Kept; Broken.
    /// A rule of the house. Letters: The comment that you asked for is there (to the office that asked). Since release 1.
    answer_office_about_commitment AnswerOfficeAboutCommitmentInput AnswerOfficeAboutCommitmentPayload AnswerOffice {
        /// 答复意见: comment; it is sealed, and stands in no letter.
        answer: String => |i, v| i.text("answer", v),
    }
} many {
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[
    (
        "fileCommitment",
        "Who: the party. It opens a case.\nLaw: Sichuan Social Credit Regulation art. 32; Sichuan Social Credit Regulation art. 28. Letters: Commitment received (to the party). Since release 1.",
    ),
    (
        "registerCommitment",
        "Who: counter clerk; officer of the finding unit. It opens a case.\nLaw: Sichuan Social Credit Regulation art. 32. Letters: Commitment received (to the party). Since release 1.",
    ),
];
