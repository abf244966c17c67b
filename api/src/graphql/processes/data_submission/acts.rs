//! Acts on cases of the process `data_submission`. Written from the law by `make generate`; not edited by hand.

use domain::paper::DateKey;
use time::Date;

use super::DataSubmission;

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct DataSubmissionActs;

crate::case_mutations!(DataSubmissionActs, DataSubmission, data_submission, {
    /// Correct what was taken in. 更正已报送的信息。
    /// Where something that was taken in is wrong; give the day on which it became known. 已入库的信息有误的，写明知悉之日。
    /// Who: officer of the filing office. From: Taken in whole.
    /// Law: Sichuan Social Credit Regulation art. 50. Since release 1.
    correct_data_submission CorrectDataSubmissionInput CorrectDataSubmissionPayload Correct {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 知悉之日: the day on which it became known.
        known_on: Date => |i, v| i.date(DateKey::KnownOn, v),
    }
    /// Take back. 撤回。
    /// What was not handed over may be taken back. 尚未报送的可以撤回。
    /// Who: head of the filing office. From: To be handed over.
    /// A rule of the house. Since release 1.
    withdraw_data_submission WithdrawDataSubmissionInput WithdrawDataSubmissionPayload Withdraw {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Write a note. 写内部记事。
    /// For the offices that handle the case; neither its party nor the public reads it, and no paper prints it. 供办理单位阅读；当事人和公众看不到，也不写入任何文书。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head; bureau leader. From: Handed over; To be corrected; Taken in whole.
    /// A rule of the house. Since release 1.
    note_on_data_submission NoteOnDataSubmissionInput NoteOnDataSubmissionPayload Note {
        /// 记事: note; it is sealed, and stands in no letter.
        note: String => |i, v| i.text("note", v),
    }
    /// Ask another office for its comment. 征求其他单位意见。
    /// Until it answers, the office reads the case and finds it at its desk; the party sees nothing of it. 被征求意见的单位在答复前可以阅读本案，并在其工作台看到；当事人看不到。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head. From: Handed over; To be corrected; Taken in whole.
    /// A rule of the house. Letters: Your office's comment is asked (to the office that is asked). Since release 1.
    ask_office_about_data_submission AskOfficeAboutDataSubmissionInput AskOfficeAboutDataSubmissionPayload AskOffice {
        /// 被征求意见的单位: the office that is asked: the key of an office.
        office: String => |i, v| i.office(v),
        /// 征求意见的问题: question; it is sealed, and stands in no letter.
        question: String => |i, v| i.text("question", v),
    }
    /// Give the comment that was asked for. 答复征求的意见。
    /// With the answer the case leaves your desk, and your office no longer reads it. 答复后，本案不再列入贵单位的工作台。
    /// Who: somebody of the office that is asked. From: Handed over; To be corrected; Taken in whole.
    /// A rule of the house. Letters: The comment that you asked for is there (to the office that asked). Since release 1.
    answer_office_about_data_submission AnswerOfficeAboutDataSubmissionInput AnswerOfficeAboutDataSubmissionPayload AnswerOffice {
        /// 答复意见: comment; it is sealed, and stands in no letter.
        answer: String => |i, v| i.text("answer", v),
    }
} many {
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] = &[
    (
        "openDataSubmission",
        "Who: officer of the filing office. It opens a case.\nLaw: Sichuan Social Credit Regulation art. 24. Since release 1.",
    ),
    ("amendDataSubmission", "Who: officer of the filing office. From: To be handed over.\nA rule of the house. Since release 1."),
    (
        "submitDataSubmission",
        "Who: head of the filing office. From: To be handed over.\nLaw: Sichuan Social Credit Regulation art. 24; Guiding opinions on publishing licences and penalties (NDRC notice 424). Since release 1.",
    ),
    (
        "recordSubmissionAnswer",
        "Who: officer of the filing office. From: Handed over.\nA rule of the house. Letters: Lines of a submission came back (to the filing office). Since release 1.",
    ),
    (
        "handOverCorrectedLines",
        "Who: head of the filing office. From: To be corrected.\nLaw: Sichuan Social Credit Regulation art. 50. Since release 1.",
    ),
];
