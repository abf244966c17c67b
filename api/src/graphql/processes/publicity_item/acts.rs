//! Acts on cases of the process `publicity_item`. Written from the law by `make generate`; not edited by hand.

use domain::paper::{DateKey, DocumentKind};
use time::Date;

use super::PublicityItem;
use crate::graphql::core::input::DocumentInput;

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct PublicityItemActs;

crate::case_mutations!(PublicityItemActs, PublicityItem, publicity_item, {
    /// Hand in. 送审。
    /// The head of the office checks first; with the own consent of whoever is named. 本单位负责人先审；写明自然人姓名的附本人公开确认书。
    /// Who: head of the filing office. From: Draft.
    /// A rule of the house. Since release 1.
    submit_publicity_item SubmitPublicityItemInput SubmitPublicityItemPayload Submit {
        /// 证明材料: evidence; the id of an upload.
        evidence: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::Evidence, v),
        /// 本人公开确认书: consent to be named; the id of an upload.
        consent_to_publish: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ConsentToPublish, v),
    }
    /// Approve. 审核通过。
    /// Who: policy reviewer. From: Before the policy office.
    /// Law: Sichuan Social Credit Regulation art. 48; Credit Repair Measures (NDRC Order 36) art. 12(3); Personal Information Protection Law art. 25. Since release 1.
    endorse_publicity_item EndorsePublicityItemInput EndorsePublicityItemPayload Endorse {
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Send back. 退回修改。
    /// Who: policy reviewer. From: Before the policy office.
    /// A rule of the house. Letters: A piece came back or ended (to the filing office). Since release 1.
    send_back_publicity_item SendBackPublicityItemInput SendBackPublicityItemPayload SendBack {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Send to appear elsewhere. 报送刊发。
    /// To the provincial site, the provincial department, the media or the city's journal. 报送省站、省厅、媒体或者市级刊物。
    /// Who: policy head; bureau leader. From: To be published or sent.
    /// A rule of the house. Since release 1.
    send_publicity_item SendPublicityItemInput SendPublicityItemPayload SendToProvince {
        /// 报送函: cover letter; the id of an upload.
        cover_letter: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::CoverLetter, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Note that it did not appear. 登记未刊用。
    /// Who: policy reviewer. From: Sent, to appear elsewhere.
    /// A rule of the house. Letters: A piece came back or ended (to the filing office). Since release 1.
    record_publicity_rejection RecordPublicityRejectionInput RecordPublicityRejectionPayload RecordRejection {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Take down. 撤下。
    /// An error, a consent taken back, an order of the upper level; the own pages stop at once. 内容有误、本人撤回同意或者上级要求；本局页面即时停止显示。
    /// Who: policy head. From: Published.
    /// A rule of the house. Letters: A piece came back or ended (to the filing office). Since release 1.
    take_down_publicity_item TakeDownPublicityItemInput TakeDownPublicityItemPayload TakeDown {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Confirm that it is gone. 确认已撤下。
    /// Gone from every place where it appeared, with a picture. 所有刊发处均已撤下，附截图。
    /// Who: policy reviewer. From: Being taken down.
    /// A rule of the house. Since release 1.
    confirm_publicity_takedown ConfirmPublicityTakedownInput ConfirmPublicityTakedownPayload ConfirmTakedown {
        /// 网页截图: screenshot; the id of an upload.
        screenshot: DocumentInput => |i, v| i.document(DocumentKind::Screenshot, v),
    }
    /// Take back. 撤回。
    /// Who: head of the filing office. From: Draft; Before the policy office; To be published or sent.
    /// A rule of the house. Since release 1.
    withdraw_publicity_item WithdrawPublicityItemInput WithdrawPublicityItemPayload Withdraw {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Write a note. 写内部记事。
    /// For the offices that handle the case; neither its party nor the public reads it, and no paper prints it. 供办理单位阅读；当事人和公众看不到，也不写入任何文书。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head; bureau leader. From: Before the policy office; To be published or sent; Sent, to appear elsewhere; Published; Being taken down.
    /// A rule of the house. Since release 1.
    note_on_publicity_item NoteOnPublicityItemInput NoteOnPublicityItemPayload Note {
        /// 记事: note; it is sealed, and stands in no letter.
        note: String => |i, v| i.text("note", v),
    }
    /// Ask another office for its comment. 征求其他单位意见。
    /// Until it answers, the office reads the case and finds it at its desk; the party sees nothing of it. 被征求意见的单位在答复前可以阅读本案，并在其工作台看到；当事人看不到。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head. From: Before the policy office; To be published or sent; Sent, to appear elsewhere; Published; Being taken down.
    /// A rule of the house. Letters: Your office's comment is asked (to the office that is asked). Since release 1.
    ask_office_about_publicity_item AskOfficeAboutPublicityItemInput AskOfficeAboutPublicityItemPayload AskOffice {
        /// 被征求意见的单位: the office that is asked: the key of an office.
        office: String => |i, v| i.office(v),
        /// 征求意见的问题: question; it is sealed, and stands in no letter.
        question: String => |i, v| i.text("question", v),
    }
    /// Give the comment that was asked for. 答复征求的意见。
    /// With the answer the case leaves your desk, and your office no longer reads it. 答复后，本案不再列入贵单位的工作台。
    /// Who: somebody of the office that is asked. From: Before the policy office; To be published or sent; Sent, to appear elsewhere; Published; Being taken down.
    /// A rule of the house. Letters: The comment that you asked for is there (to the office that asked). Since release 1.
    answer_office_about_publicity_item AnswerOfficeAboutPublicityItemInput AnswerOfficeAboutPublicityItemPayload AnswerOffice {
        /// 答复意见: comment; it is sealed, and stands in no letter.
        answer: String => |i, v| i.text("answer", v),
    }
} many {
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[
    ("openPublicityItem", "Who: officer of the filing office. It opens a case.\nA rule of the house. Since release 1."),
    ("amendPublicityItem", "Who: officer of the filing office. From: Draft.\nA rule of the house. Since release 1."),
    ("publishPublicityItem", "Who: policy reviewer. From: To be published or sent.\nA rule of the house. Since release 1."),
    (
        "recordPublicityAppearance",
        "Who: policy reviewer. From: Sent, to appear elsewhere.\nA rule of the house. Letters: A piece has appeared (to the filing office). Since release 1.",
    ),
];
