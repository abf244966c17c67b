//! Acts on cases of the process `publication_record`. Written from the law by `make generate`; not edited by hand.

use domain::{
    paper::{ChoiceKey, DateKey, DocumentKind, ItemList, ShieldGround},
    record::RecordClass,
};
use time::Date;

use super::PublicationRecord;
use crate::graphql::core::{enums::EnumOf, input::DocumentInput};

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct PublicationRecordActs;

crate::case_mutations!(PublicationRecordActs, PublicationRecord, publication_record, {
    /// Determine the class, for publication. 定类并拟公示。
    /// Bring the determination. 附定类决定。
    /// Who: head of the finding unit. From: Class undetermined.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 11. Since release 1.
    determine_publication_record_for_publication DeterminePublicationRecordForPublicationInput DeterminePublicationRecordForPublicationPayload DetermineForPublication {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 失信信息类别: class of the record.
        record_class: EnumOf<RecordClass> => |i, v| i.choice(ChoiceKey::RecordClass, v.0.key()),
        /// 定类决定: determination of the class; the id of an upload.
        determination_decision: DocumentInput => |i, v| i.document(DocumentKind::DeterminationDecision, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Determine the class, without publication. 定类不公示。
    /// Bring the determination. 附定类决定。
    /// Who: head of the finding unit. From: Class undetermined.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 11. Letters: Record made, not published (to the party). Since release 1.
    determine_publication_record_unpublished DeterminePublicationRecordUnpublishedInput DeterminePublicationRecordUnpublishedPayload DetermineUnpublished {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 失信信息类别: class of the record.
        record_class: EnumOf<RecordClass> => |i, v| i.choice(ChoiceKey::RecordClass, v.0.key()),
        /// 定类决定: determination of the class; the id of an upload.
        determination_decision: DocumentInput => |i, v| i.document(DocumentKind::DeterminationDecision, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Find publication necessary. 认定确有必要公示。
    /// Minor records are not published as a rule. 轻微失信信息原则上不公示。
    /// Who: head of the finding unit. From: Recorded, not published.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 12(1). Since release 1.
    find_publication_necessary FindPublicationNecessaryInput FindPublicationNecessaryPayload FindNecessary {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 确有必要公示的认定: necessity decision; the id of an upload.
        necessity_decision: DocumentInput => |i, v| i.document(DocumentKind::NecessityDecision, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Publish. 公示。
    /// Who: officer of the finding unit. From: Scheduled for publication.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 12(1). Letters: Record published (to the party). Since release 1.
    publish_publication_record PublishPublicationRecordInput PublishPublicationRecordPayload Publish {}
    /// Record that duties are done. 登记义务履行完毕。
    /// Bring proof of performance. 附履行证明。
    /// Who: officer of the finding unit. From: Class undetermined; Recorded, not published; Scheduled for publication; Published; Shielded; Held at the maximum.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 14 item 2. Since release 1.
    record_duties_done RecordDutiesDoneInput RecordDutiesDonePayload RecordDutiesDone {
        /// 履行完毕之日: the day on which the duties were done.
        done_on: Date => |i, v| i.date(DateKey::DoneOn, v),
        /// 义务履行证明: proof of performance; the id of an upload.
        proof_of_performance: DocumentInput => |i, v| i.document(DocumentKind::ProofOfPerformance, v),
    }
    /// Decide to stop. 决定停止公示。
    /// Who: policy head. From: Held at the maximum.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 12(2). Letters: Publication ended (to the party); Publication ended (to the finding unit); Publication ended (to the policy office). Since release 1.
    decide_to_stop DecideToStopInput DecideToStopPayload DecideStop {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 行业主管部门规定: rule of the sector authority; the id of an upload.
        sector_rule: DocumentInput => |i, v| i.document(DocumentKind::SectorRule, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Decide to continue. 决定延续公示。
    /// Only by a listed rule of the sector; give the last day. 须有行业主管部门的规定，写明截止日。
    /// Who: policy head. From: Held at the maximum.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 12(2). Letters: Record published (to the party). Since release 1.
    decide_to_continue DecideToContinueInput DecideToContinuePayload DecideContinue {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 行业主管部门规定: rule of the sector authority; the id of an upload.
        sector_rule: DocumentInput => |i, v| i.document(DocumentKind::SectorRule, v),
        /// 截止之日: the last day given.
        until: Date => |i, v| i.date(DateKey::Until, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
        /// 行业规定的代号: the key of a sector rule: a key of the law's data, not free text.
        rule: Option<String> => |i, v| i.rule(v),
    }
    /// Confirm the correction. 确认更正已报送。
    /// Who: officer of the finding unit. From: Recorded, not published; Scheduled for publication; Published; Shielded; Held at the maximum; Stopped by repair; Stopped by expiry.
    /// Law: Sichuan Social Credit Regulation art. 50. Since release 1.
    confirm_correction ConfirmCorrectionInput ConfirmCorrectionPayload ConfirmCorrection {
        /// 证明材料: evidence; the id of an upload.
        evidence: DocumentInput => |i, v| i.document(DocumentKind::Evidence, v),
    }
    /// Shield. 临时屏蔽。
    /// By a court ruling, a review order or a plan; measures that hinder the plan wait. 凭法院裁定、复议决定或重整计划；妨碍重整的措施同时暂停。
    /// Who: officer of the finding unit. From: Recorded, not published; Scheduled for publication; Published; Held at the maximum.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 20; Credit Repair Measures (NDRC Order 36) art. 19. Letters: Record shielded for the time being (to the party). Since release 1.
    shield_publication_record ShieldPublicationRecordInput ShieldPublicationRecordPayload Shield {
        /// 法院裁定或复议决定: court ruling or review order; the id of an upload.
        court_or_review_order: DocumentInput => |i, v| i.document(DocumentKind::CourtOrReviewOrder, v),
        /// 屏蔽事由: grounds of shielding; one text a point.
        scope: Vec<String> => |i, v| i.open("scope", ItemList::ShieldGrounds, v),
        /// 屏蔽事由类别: kind of ground of shielding.
        ground: EnumOf<ShieldGround> => |i, v| i.choice(ChoiceKey::ShieldGround, v.0.key()),
        /// 收到裁定或决定之日: the day on which the ruling was received.
        ruling_received_on: Date => |i, v| i.date(DateKey::RulingReceivedOn, v),
        /// 妨碍重整的措施: measures that hinder the plan: keys of the law's data, not free text.
        hindering_measures: Option<Vec<String>> => |i, v| i.measures(v),
    }
    /// Add a ground of shielding. 增加屏蔽事由。
    /// Who: officer of the finding unit. From: Shielded.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 20; Credit Repair Measures (NDRC Order 36) art. 19. Since release 1.
    add_shield_ground AddShieldGroundInput AddShieldGroundPayload AddShieldGround {
        /// 法院裁定或复议决定: court ruling or review order; the id of an upload.
        court_or_review_order: DocumentInput => |i, v| i.document(DocumentKind::CourtOrReviewOrder, v),
        /// 屏蔽事由: grounds of shielding; one text a point.
        scope: Vec<String> => |i, v| i.open("scope", ItemList::ShieldGrounds, v),
        /// 屏蔽事由类别: kind of ground of shielding.
        ground: EnumOf<ShieldGround> => |i, v| i.choice(ChoiceKey::ShieldGround, v.0.key()),
        /// 收到裁定或决定之日: the day on which the ruling was received.
        ruling_received_on: Date => |i, v| i.date(DateKey::RulingReceivedOn, v),
        /// 妨碍重整的措施: measures that hinder the plan: keys of the law's data, not free text.
        hindering_measures: Option<Vec<String>> => |i, v| i.measures(v),
    }
    /// End a ground of shielding. 屏蔽事由消失。
    /// With the last ground the record comes back. 最后一项事由消失后恢复原状。
    /// Who: officer of the finding unit. From: Shielded.
    /// Law: Credit Repair Measures (NDRC Order 36) art. 20; Credit Repair Measures (NDRC Order 36) art. 19. Since release 1.
    end_shield_ground EndShieldGroundInput EndShieldGroundPayload EndShieldGround {
        /// 法院裁定或复议决定: court ruling or review order; the id of an upload.
        court_or_review_order: DocumentInput => |i, v| i.document(DocumentKind::CourtOrReviewOrder, v),
        /// 屏蔽事由: keys of open points, as `points` of the case shows them.
        points: Vec<String> => |i, v| i.settle(ItemList::ShieldGrounds, v),
        /// 收到裁定或决定之日: the day on which the ruling was received.
        ruling_received_on: Date => |i, v| i.date(DateKey::RulingReceivedOn, v),
    }
    /// Retract. 撤回公示信息。
    /// Where the base document was annulled, changed or found unlawful; give the day on which it became known. 依据文书被撤销、变更或确认违法的；写明知悉之日。
    /// Who: officer of the finding unit. From: Class undetermined; Recorded, not published; Scheduled for publication; Published; Shielded; Held at the maximum; Stopped by repair; Stopped by expiry.
    /// Law: Administrative Penalty Law art. 48; Sichuan Social Credit Regulation art. 51; Credit Repair Measures (NDRC Order 36) art. 19. Letters: Publication retracted (to the party); Base document annulled (to the finding unit); Base document annulled (to the policy office). Since release 1.
    retract_publication_record RetractPublicationRecordInput RetractPublicationRecordPayload Retract {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 撤销、变更文书: annulling document; the id of an upload.
        annulling_document: DocumentInput => |i, v| i.document(DocumentKind::AnnullingDocument, v),
        /// 知悉之日: the day on which it became known.
        known_on: Date => |i, v| i.date(DateKey::KnownOn, v),
    }
    /// Confirm that a retraction was carried out. 确认撤回事项已执行。
    /// Point by point. 逐项确认。
    /// Who: officer of the finding unit. From: Retracted, being told.
    /// Law: Sichuan Social Credit Regulation art. 51. Since release 1.
    confirm_retraction_order ConfirmRetractionOrderInput ConfirmRetractionOrderPayload ConfirmOrder {
        /// 撤回执行事项: keys of open points, as `points` of the case shows them.
        points: Vec<String> => |i, v| i.settle(ItemList::RetractionOrders, v),
    }
    /// Lift the bar on repair. 解除修复限制。
    /// Who: head of the finding unit. From: Class undetermined; Recorded, not published; Scheduled for publication; Published; Shielded; Held at the maximum; Stopped by repair; Stopped by expiry.
    /// A rule of the house. Since release 1.
    lift_repair_bar LiftRepairBarInput LiftRepairBarPayload LiftRepairBar {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 撤销、变更文书: annulling document; the id of an upload.
        annulling_document: DocumentInput => |i, v| i.document(DocumentKind::AnnullingDocument, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Write a note. 写内部记事。
    /// For the offices that handle the case; neither its party nor the public reads it, and no paper prints it. 供办理单位阅读；当事人和公众看不到，也不写入任何文书。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head; bureau leader. From: Class undetermined; Recorded, not published; Scheduled for publication; Published; Shielded; Held at the maximum; Stopped by repair; Stopped by expiry; Retracted, being told.
    /// A rule of the house. Since release 1.
    note_on_publication_record NoteOnPublicationRecordInput NoteOnPublicationRecordPayload Note {
        /// 记事: note; it is sealed, and stands in no letter.
        note: String => |i, v| i.text("note", v),
    }
    /// Ask another office for its comment. 征求其他单位意见。
    /// Until it answers, the office reads the case and finds it at its desk; the party sees nothing of it. 被征求意见的单位在答复前可以阅读本案，并在其工作台看到；当事人看不到。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head. From: Class undetermined; Recorded, not published; Scheduled for publication; Published; Shielded; Held at the maximum; Stopped by repair; Stopped by expiry; Retracted, being told.
    /// A rule of the house. Letters: Your office's comment is asked (to the office that is asked). Since release 1.
    ask_office_about_publication_record AskOfficeAboutPublicationRecordInput AskOfficeAboutPublicationRecordPayload AskOffice {
        /// 被征求意见的单位: the office that is asked: the key of an office.
        office: String => |i, v| i.office(v),
        /// 征求意见的问题: question; it is sealed, and stands in no letter.
        question: String => |i, v| i.text("question", v),
    }
    /// Give the comment that was asked for. 答复征求的意见。
    /// With the answer the case leaves your desk, and your office no longer reads it. 答复后，本案不再列入贵单位的工作台。
    /// Who: somebody of the office that is asked. From: Class undetermined; Recorded, not published; Scheduled for publication; Published; Shielded; Held at the maximum; Stopped by repair; Stopped by expiry; Retracted, being told.
    /// A rule of the house. Letters: The comment that you asked for is there (to the office that asked). Since release 1.
    answer_office_about_publication_record AnswerOfficeAboutPublicationRecordInput AnswerOfficeAboutPublicationRecordPayload AnswerOffice {
        /// 答复意见: comment; it is sealed, and stands in no letter.
        answer: String => |i, v| i.text("answer", v),
    }
} many {
    /// Publish, on many cases at once. 批量公示。
    /// Each is decided alone, as `publishPublicationRecord` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    publish_publication_records PublishPublicationRecordsInput PublishPublicationRecordsPayload PublishPublicationRecordsResult Publish {}
    /// Confirm that a retraction was carried out, on many cases at once. 批量确认撤回事项已执行。
    /// Each is decided alone, as `confirmRetractionOrder` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    confirm_retraction_orders ConfirmRetractionOrdersInput ConfirmRetractionOrdersPayload ConfirmRetractionOrdersResult ConfirmOrder {
        /// 撤回执行事项: keys of open points, as `points` of the case shows them.
        points: Vec<String> => |i, v| i.settle(ItemList::RetractionOrders, v),
    }
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[
    (
        "registerPublicationRecord",
        "Who: officer of the finding unit. It opens a case.\nLaw: Credit Repair Measures (NDRC Order 36) art. 7; Credit Repair Measures (NDRC Order 36) art. 12(1); Sichuan Social Credit Regulation art. 37; Credit Repair Measures (NDRC Order 36) art. 12(3); Credit Repair Measures (NDRC Order 36) art. 11. Letters: Record made, not published (to the party). Since release 1.",
    ),
    (
        "correctPublicationRecord",
        "Who: officer of the finding unit. From: Scheduled for publication; Published; Shielded; Held at the maximum; Recorded, not published.\nLaw: Sichuan Social Credit Regulation art. 50. Letters: Record corrected (to the party). Since release 1.",
    ),
];
