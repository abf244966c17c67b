//! The processes: a folder each, with its type and its forms by hand and its acts from the law. Written by `make
//! generate`; not edited by hand.

pub mod account_binding;
pub mod any;
pub mod data_submission;
pub mod ledger_entry;
pub mod listing_case;
pub mod objection;
pub mod plan_task;
pub mod proposal_batch;
pub mod proposal_entry;
pub mod publication_record;
pub mod publicity_item;
pub mod repair_application;

crate::every_process! {
    publication_record: PublicationRecord, PublicationRecordForms, PublicationRecordActs;
    repair_application: RepairApplication, RepairApplicationForms, RepairApplicationActs;
    account_binding: AccountBinding, AccountBindingForms, AccountBindingActs;
    listing_case: ListingCase, ListingCaseForms, ListingCaseActs;
    proposal_batch: ProposalBatch, ProposalBatchForms, ProposalBatchActs;
    proposal_entry: ProposalEntry, ProposalEntryForms, ProposalEntryActs;
    objection: Objection, ObjectionForms, ObjectionActs;
    plan_task: PlanTask, PlanTaskForms, PlanTaskActs;
    ledger_entry: LedgerEntry, LedgerEntryForms, LedgerEntryActs;
    publicity_item: PublicityItem, PublicityItemForms, PublicityItemActs;
    data_submission: DataSubmission, DataSubmissionForms, DataSubmissionActs;
}
