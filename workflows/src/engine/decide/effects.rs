//! What a transition does to its own case, beside changing the state.

use crate::{
    definition::words::Effect,
    engine::{
        act::{Act, deadlines, items, notes},
        decide::receipt,
    },
    processes::{
        account_binding, collected, commitment, counted, credit_check, data_submission, listing_case, objection, plan_task, proposal_batch,
        proposal_entry, publication_record as record, publicity_item, repair_application, shield, shown,
    },
};

/// Runs one effect on the case. This is the index: each effect with the function that does it.
pub(crate) fn run(act: &mut Act<'_>, effect: &Effect) {
    match effect {
        // follow-ups and letters are collected by `command`; class, terms and the end of a continuation stand in what was proposed
        Effect::Notify(_) | Effect::MustDo(_) | Effect::MayDo(_) | Effect::FixClassAndTerms | Effect::ContinuePublication => {}
        Effect::Extend(extension) => deadlines::extend(act, &extension.deadline, &extension.by),
        Effect::OpenItems(list) => items::open(act, *list),
        Effect::SettleItems(list) => items::settle(act, *list),
        Effect::DropItems(list) => items::drop(act, *list),
        // the record
        Effect::StartPublication => record::start_publication(act),
        Effect::EndPublication => record::end_publication(act),
        Effect::MarkDutiesDone => record::mark_duties_done(act),
        Effect::MarkBaseAnnulled => record::mark_base_annulled(act),
        Effect::StartMeasures => record::start_measures(act),
        Effect::LiftMeasures => record::lift_measures(act),
        Effect::SuspendMeasures => shield::suspend(act),
        Effect::ResumeMeasures => shield::resume(act),
        Effect::EndContinuation => shield::end_continuation(act),
        Effect::BarRepair(parameter) => record::bar_repair(act, parameter),
        Effect::LiftBar => record::lift_bar(act),
        // repair, binding
        Effect::NumberDecision => repair_application::number_decision(act),
        Effect::MarkFalsity => repair_application::mark_falsity(act),
        Effect::Bind => account_binding::bind(act),
        Effect::Unbind => account_binding::unbind(act),
        // proposals
        Effect::HandOver(sides) => receipt::hand_over(act, *sides),
        Effect::MarkSubmitted => proposal_batch::mark_submitted(act),
        Effect::MarkSent => {
            proposal_batch::mark_sent(act);
            publicity_item::mark_sent(act);
        }
        Effect::MarkForwarded => proposal_entry::mark_forwarded(act),
        Effect::MarkOpinion => proposal_entry::mark_opinion(act),
        Effect::MarkAnswer => proposal_entry::mark_answer(act),
        // plan
        Effect::TakeFromPlan => plan_task::take_from_plan(act),
        Effect::Counts(word) => counted::run(act, *word),
        Effect::Show(word) => shown::run(act, *word),
        // collection
        Effect::Collect(word) => collected::run(act, *word),
        Effect::KeepLines(word) => data_submission::keep_lines(act, *word),
        // credit checks, commitments
        Effect::AnswerCheck => credit_check::answer_check(act),
        Effect::MarkCorrection => commitment::mark_correction(act),
        Effect::IssueBreach => commitment::issue_breach(act),
        // notes between offices
        Effect::WriteNote => notes::note(act),
        Effect::AskOffice => notes::ask(act),
        Effect::AnswerOffice => notes::answer(act),
        // listing, objection
        Effect::IssueNotice => listing_case::issue_notice(act),
        Effect::MarkNoticeServed => listing_case::mark_notice_served(act),
        Effect::MarkHearing => listing_case::mark_hearing(act),
        Effect::IssueDecision => listing_case::issue_decision(act),
        Effect::WithdrawDecision => listing_case::withdraw_decision(act),
        Effect::MarkDecisionServed => listing_case::mark_decision_served(act),
        Effect::IssueAnswer => objection::issue_answer(act),
        Effect::MarkAnswerServed => objection::mark_answer_served(act),
    }
}
