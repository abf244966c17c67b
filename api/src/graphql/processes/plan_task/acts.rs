//! Acts on cases of the process `plan_task`. Written from the law by `make generate`; not edited by hand.

use domain::paper::{DateKey, DocumentKind};
use time::Date;

use super::PlanTask;
use crate::graphql::core::input::DocumentInput;

/// Acts of the table that ask for no form.
#[derive(Debug, Default)]
pub struct PlanTaskActs;

crate::case_mutations!(PlanTaskActs, PlanTask, plan_task, {
    /// Note progress. 登记进展。
    /// Where it is not done yet: what is done and what stands in the way. 尚未完成的，写明已完成的部分和困难。
    /// Who: officer of the filing office. From: In progress.
    /// A rule of the house. Since release 1.
    note_plan_task_progress NotePlanTaskProgressInput NotePlanTaskProgressPayload NoteProgress {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 证明材料: evidence; the id of an upload.
        evidence: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::Evidence, v),
    }
    /// Report as done. 报告完成。
    /// Possible where what was noted comes to what is asked. 按已登记事项计算达到要求的才能报告。
    /// Who: head of the filing office. From: In progress.
    /// A rule of the house. Since release 1.
    submit_plan_task SubmitPlanTaskInput SubmitPlanTaskPayload Submit {
        /// 证明材料: evidence; the id of an upload.
        evidence: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::Evidence, v),
    }
    /// Confirm. 核实完成。
    /// Another office confirms; the leader confirms those of the policy office. 由其他单位核实；政策法规科的任务由局领导核实。
    /// Who: policy reviewer; bureau leader. From: Reported as done.
    /// A rule of the house. Since release 1.
    confirm_plan_task ConfirmPlanTaskInput ConfirmPlanTaskPayload Confirm {
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Send back. 退回。
    /// Say what the check did not find. 写明核实时未见到的内容。
    /// Who: policy reviewer; bureau leader. From: Reported as done.
    /// A rule of the house. Letters: A task of the plan is with your office again (to the filing office). Since release 1.
    send_back_plan_task SendBackPlanTaskInput SendBackPlanTaskPayload SendBack {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Take up again. 重新办理。
    /// Where something that was counted has fallen away. 已计入的事项被撤回或者失效的。
    /// Who: policy head. From: Confirmed.
    /// A rule of the house. Letters: A task of the plan is with your office again (to the filing office). Since release 1.
    reopen_plan_task ReopenPlanTaskInput ReopenPlanTaskPayload Reopen {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
    }
    /// Drop. 不再办理。
    /// With the record of the leading group’s meeting. 附领导小组会议记录。
    /// Who: bureau leader. From: In progress; Reported as done.
    /// A rule of the house. Since release 1.
    drop_plan_task DropPlanTaskInput DropPlanTaskPayload Drop {
        /// 理由: the reasons in words; they are sealed, and stand in the letter and the entry.
        reason: String => |i, v| i.reason(v),
        /// 集体讨论记录: record of the meeting; the id of an upload.
        meeting_record: DocumentInput => |i, v| i.document(DocumentKind::MeetingRecord, v),
        /// 签发之日: the day of signing; the day of the act where none is given.
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Write a note. 写内部记事。
    /// For the offices that handle the case; neither its party nor the public reads it, and no paper prints it. 供办理单位阅读；当事人和公众看不到，也不写入任何文书。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head; bureau leader. From: In progress; Reported as done; Confirmed.
    /// A rule of the house. Since release 1.
    note_on_plan_task NoteOnPlanTaskInput NoteOnPlanTaskPayload Note {
        /// 记事: note; it is sealed, and stands in no letter.
        note: String => |i, v| i.text("note", v),
    }
    /// Ask another office for its comment. 征求其他单位意见。
    /// Until it answers, the office reads the case and finds it at its desk; the party sees nothing of it. 被征求意见的单位在答复前可以阅读本案，并在其工作台看到；当事人看不到。
    /// Who: officer of the finding unit; head of the finding unit; officer of the filing office; head of the filing office; policy reviewer; policy head. From: In progress; Reported as done; Confirmed.
    /// A rule of the house. Letters: Your office's comment is asked (to the office that is asked). Since release 1.
    ask_office_about_plan_task AskOfficeAboutPlanTaskInput AskOfficeAboutPlanTaskPayload AskOffice {
        /// 被征求意见的单位: the office that is asked: the key of an office.
        office: String => |i, v| i.office(v),
        /// 征求意见的问题: question; it is sealed, and stands in no letter.
        question: String => |i, v| i.text("question", v),
    }
    /// Give the comment that was asked for. 答复征求的意见。
    /// With the answer the case leaves your desk, and your office no longer reads it. 答复后，本案不再列入贵单位的工作台。
    /// Who: somebody of the office that is asked. From: In progress; Reported as done; Confirmed.
    /// A rule of the house. Letters: The comment that you asked for is there (to the office that asked). Since release 1.
    answer_office_about_plan_task AnswerOfficeAboutPlanTaskInput AnswerOfficeAboutPlanTaskPayload AnswerOffice {
        /// 答复意见: comment; it is sealed, and stands in no letter.
        answer: String => |i, v| i.text("answer", v),
    }
} many {
});

/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which
/// letters they send.
pub const TOLD: &[(&str, &str)] =
    &[("openPlanTask", "Who: policy reviewer. It opens a case.\nLaw: The city's creation plan. Since release 1.")];
