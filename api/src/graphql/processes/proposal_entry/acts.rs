//! Acts on cases of the process `proposal_entry`. Written from the law by `make generate`; not edited by hand.

use domain::paper::{ChoiceKey, DateKey, DocumentKind, ItemList, Opinion, ReasonWord};
use time::Date;

use super::ProposalEntry;
use crate::graphql::core::{enums::EnumOf, input::DocumentInput};

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct ProposalEntryActs;

crate::case_mutations!(ProposalEntryActs, ProposalEntry, proposal_entry, {
    /// Ask for missing papers. 一次性告知补正。
    /// Name every missing paper at once. 一次告知全部需补正的材料。
    /// Who: policy reviewer. From: Under review.
    /// A rule of the house. Letters: Please complete a proposed entry (to the filing office); Please complete a proposed entry (to the policy office). Since release 1.
    ask_entry_supplement AskEntrySupplementInput AskEntrySupplementPayload AskSupplement {
        /// 需补正的材料: missing papers; one text a point.
        missing_papers: Vec<String> => |i, v| i.open("missingPapers", ItemList::MissingPapers, v),
    }
    /// Hand in missing papers. 提交补正材料。
    /// Tick each point that is handed in; where the policy office takes it in, give the day of receipt. 逐项勾选已补正的材料；政策法规科代收的写明收到之日。
    /// Who: officer of the filing office; policy reviewer. From: Supplement asked.
    /// A rule of the house. Letters: Proposed entry completed (to the filing office); Proposed entry completed (to the policy office). Since release 1.
    resubmit_proposal_entry ResubmitProposalEntryInput ResubmitProposalEntryPayload Resubmit {
        /// 需补正的材料: keys of open points, as `points` of the case shows them.
        points: Vec<String> => |i, v| i.settle(ItemList::MissingPapers, v),
        /// 依据文书: base document; the id of an upload.
        base_document: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::BaseDocument, v),
        /// 证明材料: evidence; the id of an upload.
        evidence: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::Evidence, v),
        /// 收到之日: the day of receipt; the day of the act where none is given.
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
    }
    /// Ask the unit for its opinion. 征求业务单位意见。
    /// Who: policy reviewer. From: Under review.
    /// Law: The city's creation plan task 7. Letters: Your unit's opinion is asked (to the named unit). Since release 1.
    ask_unit_opinion AskUnitOpinionInput AskUnitOpinionPayload AskOpinion {}
    /// Give the opinion. 出具业务意见。
    /// Who: officer of the named unit. From: Before the named unit.
    /// Law: The city's creation plan task 7. Since release 1.
    give_unit_opinion GiveUnitOpinionInput GiveUnitOpinionPayload GiveOpinion {
        /// 业务单位意见: unit's opinion; the id of an upload.
        unit_opinion: DocumentInput => |i, v| i.document(DocumentKind::UnitOpinion, v),
        /// 意见: opinion.
        opinion: EnumOf<Opinion> => |i, v| i.choice(ChoiceKey::Opinion, v.0.key()),
    }
    /// Confirm the entry. 确认条目。
    /// It goes to the province with its list. 确认后随名单报送省厅。
    /// Who: policy reviewer. From: Under review.
    /// Law: Sichuan Social Credit Regulation art. 37; Sichuan Social Credit Regulation art. 41. Since release 1.
    confirm_proposal_entry ConfirmProposalEntryInput ConfirmProposalEntryPayload Confirm {
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Reject the entry. 不予采纳。
    /// The reason has to agree with the register. 理由须与登记内容相符。
    /// Who: policy reviewer; policy head. From: Under review; Supplement asked.
    /// A rule of the house. Letters: Proposed entry rejected (to the filing office); Proposed entry rejected (to the policy office). Since release 1.
    reject_proposal_entry RejectProposalEntryInput RejectProposalEntryPayload Reject {
        /// 理由代号: the reason as a word of the closed set; it must agree with the register.
        reason_code: EnumOf<ReasonWord> => |i, v| i.reason_code(v),
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Withdraw the entry. 撤回条目。
    /// Who: head of the filing office. From: Draft; Under review; Supplement asked; Before the named unit; Confirmed; Held back; Returned by the province.
    /// A rule of the house. Since release 1.
    withdraw_proposal_entry WithdrawProposalEntryInput WithdrawProposalEntryPayload Withdraw {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Record the province’s acceptance. 登记省厅采纳。
    /// Who: policy reviewer. From: Forwarded.
    /// Law: The city's creation plan task 7. Letters: The province answered a proposed entry (to the filing office); The province answered a proposed entry (to the policy office). Since release 1.
    record_province_acceptance RecordProvinceAcceptanceInput RecordProvinceAcceptancePayload RecordAcceptance {
        /// 省厅答复: the province's answer; the id of an upload.
        province_answer: DocumentInput => |i, v| i.document(DocumentKind::ProvinceAnswer, v),
        /// 答复之日: the day of the answer.
        answered_on: Date => |i, v| i.date(DateKey::AnsweredOn, v),
    }
    /// Record the province’s rejection. 登记省厅不采纳。
    /// Who: policy reviewer. From: Forwarded.
    /// Law: The city's creation plan task 7. Letters: Proposed entry rejected (to the filing office); Proposed entry rejected (to the policy office). Since release 1.
    record_province_rejection RecordProvinceRejectionInput RecordProvinceRejectionPayload RecordRejection {
        /// 省厅答复: the province's answer; the id of an upload.
        province_answer: DocumentInput => |i, v| i.document(DocumentKind::ProvinceAnswer, v),
        /// 答复之日: the day of the answer.
        answered_on: Date => |i, v| i.date(DateKey::AnsweredOn, v),
    }
    /// Record the province’s return. 登记省厅退回。
    /// Who: policy reviewer. From: Forwarded.
    /// Law: The city's creation plan task 7. Letters: The province answered a proposed entry (to the filing office); The province answered a proposed entry (to the policy office). Since release 1.
    record_province_return RecordProvinceReturnInput RecordProvinceReturnPayload RecordReturn {
        /// 省厅答复: the province's answer; the id of an upload.
        province_answer: DocumentInput => |i, v| i.document(DocumentKind::ProvinceAnswer, v),
        /// 答复之日: the day of the answer.
        answered_on: Date => |i, v| i.date(DateKey::AnsweredOn, v),
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Take the entry up again. 重新办理条目。
    /// Who: policy reviewer. From: Returned by the province.
    /// A rule of the house. Since release 1.
    take_up_proposal_entry TakeUpProposalEntryInput TakeUpProposalEntryPayload TakeUpAgain {}
    /// Open the listing case. 启动列入程序。
    /// Who: policy reviewer. From: Accepted by the province.
    /// Law: Sichuan Social Credit Regulation art. 41. Since release 1.
    open_listing_of_entry OpenListingOfEntryInput OpenListingOfEntryPayload OpenListing {}
    /// Drop the entry. 不再列入。
    /// Who: policy head. From: Accepted by the province.
    /// Law: Sichuan Social Credit Regulation art. 36. Since release 1.
    drop_proposal_entry DropProposalEntryInput DropProposalEntryPayload Drop {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Send the correction. 报送更正。
    /// Who: policy reviewer. From: Correction to be sent.
    /// Law: Sichuan Social Credit Regulation art. 51. Since release 1.
    send_entry_correction SendEntryCorrectionInput SendEntryCorrectionPayload SendCorrection {
        /// 更正通知: correction notice; the id of an upload.
        correction_notice: DocumentInput => |i, v| i.document(DocumentKind::CorrectionNotice, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Write a note. 写内部记事。
    /// For the offices that handle the case; neither its party nor the public reads it, and no paper prints it. 供办理单位阅读；当事人和公众看不到，也不写入任何文书。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head; bureau leader. From: Submitted; Returned; Under review; Supplement asked; Before the named unit; Confirmed; Held back; Forwarded; Accepted by the province; Returned by the province; Correction to be sent; Listing case opened.
    /// A rule of the house. Since release 1.
    note_on_proposal_entry NoteOnProposalEntryInput NoteOnProposalEntryPayload Note {
        /// 记事: note; it is sealed, and stands in no letter.
        note: String => |i, v| i.text("note", v),
    }
    /// Ask another office for its comment. 征求其他单位意见。
    /// Until it answers, the office reads the case and finds it at its desk; the party sees nothing of it. 被征求意见的单位在答复前可以阅读本案，并在其工作台看到；当事人看不到。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head. From: Submitted; Returned; Under review; Supplement asked; Before the named unit; Confirmed; Held back; Forwarded; Accepted by the province; Returned by the province; Correction to be sent; Listing case opened.
    /// A rule of the house. Letters: Your office's comment is asked (to the office that is asked). Since release 1.
    ask_office_about_proposal_entry AskOfficeAboutProposalEntryInput AskOfficeAboutProposalEntryPayload AskOffice {
        /// 被征求意见的单位: the office that is asked: the key of an office.
        office: String => |i, v| i.office(v),
        /// 征求意见的问题: question; it is sealed, and stands in no letter.
        question: String => |i, v| i.text("question", v),
    }
    /// Give the comment that was asked for. 答复征求的意见。
    /// With the answer the case leaves your desk, and your office no longer reads it. 答复后，本案不再列入贵单位的工作台。
    /// Who: somebody of the office that is asked. From: Submitted; Returned; Under review; Supplement asked; Before the named unit; Confirmed; Held back; Forwarded; Accepted by the province; Returned by the province; Correction to be sent; Listing case opened.
    /// A rule of the house. Letters: The comment that you asked for is there (to the office that asked). Since release 1.
    answer_office_about_proposal_entry AnswerOfficeAboutProposalEntryInput AnswerOfficeAboutProposalEntryPayload AnswerOffice {
        /// 答复意见: comment; it is sealed, and stands in no letter.
        answer: String => |i, v| i.text("answer", v),
    }
} many {
    /// Ask the unit for its opinion, on many cases at once. 批量征求业务单位意见。
    /// Each is decided alone, as `askUnitOpinion` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    ask_unit_opinions AskUnitOpinionsInput AskUnitOpinionsPayload AskUnitOpinionsResult AskOpinion {}
    /// Give the opinion, on many cases at once. 批量出具业务意见。
    /// Each is decided alone, as `giveUnitOpinion` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    give_unit_opinions GiveUnitOpinionsInput GiveUnitOpinionsPayload GiveUnitOpinionsResult GiveOpinion {
        /// 业务单位意见: unit's opinion; the id of an upload.
        unit_opinion: DocumentInput => |i, v| i.document(DocumentKind::UnitOpinion, v),
        /// 意见: opinion.
        opinion: EnumOf<Opinion> => |i, v| i.choice(ChoiceKey::Opinion, v.0.key()),
    }
    /// Confirm the entry, on many cases at once. 批量确认条目。
    /// Each is decided alone, as `confirmProposalEntry` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    confirm_proposal_entries ConfirmProposalEntriesInput ConfirmProposalEntriesPayload ConfirmProposalEntriesResult Confirm {
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Reject the entry, on many cases at once. 批量不予采纳。
    /// Each is decided alone, as `rejectProposalEntry` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    reject_proposal_entries RejectProposalEntriesInput RejectProposalEntriesPayload RejectProposalEntriesResult Reject {
        /// 理由代号: the reason as a word of the closed set; it must agree with the register.
        reason_code: EnumOf<ReasonWord> => |i, v| i.reason_code(v),
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Record the province’s acceptance, on many cases at once. 批量登记省厅采纳。
    /// Each is decided alone, as `recordProvinceAcceptance` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    record_province_acceptances RecordProvinceAcceptancesInput RecordProvinceAcceptancesPayload RecordProvinceAcceptancesResult RecordAcceptance {
        /// 省厅答复: the province's answer; the id of an upload.
        province_answer: DocumentInput => |i, v| i.document(DocumentKind::ProvinceAnswer, v),
        /// 答复之日: the day of the answer.
        answered_on: Date => |i, v| i.date(DateKey::AnsweredOn, v),
    }
    /// Record the province’s rejection, on many cases at once. 批量登记省厅不采纳。
    /// Each is decided alone, as `recordProvinceRejection` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    record_province_rejections RecordProvinceRejectionsInput RecordProvinceRejectionsPayload RecordProvinceRejectionsResult RecordRejection {
        /// 省厅答复: the province's answer; the id of an upload.
        province_answer: DocumentInput => |i, v| i.document(DocumentKind::ProvinceAnswer, v),
        /// 答复之日: the day of the answer.
        answered_on: Date => |i, v| i.date(DateKey::AnsweredOn, v),
    }
    /// Open the listing case, on many cases at once. 批量启动列入程序。
    /// Each is decided alone, as `openListingOfEntry` would decide it, with its own key, entry and answer; one that is refused or
    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。
    open_listings_of_entries OpenListingsOfEntriesInput OpenListingsOfEntriesPayload OpenListingsOfEntriesResult OpenListing {}
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[
    (
        "addProposalEntry",
        "Who: officer of the filing office. It opens a case.\nLaw: Sichuan Social Credit Regulation art. 37; Sichuan Social Credit Regulation art. 41. Since release 1.",
    ),
    ("amendProposalEntry", "Who: officer of the filing office. From: Draft.\nA rule of the house. Since release 1."),
];
