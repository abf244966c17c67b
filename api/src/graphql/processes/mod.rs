//! The processes: a folder each, with its type and its forms by hand and its acts from the law. Written by `make
//! generate`; not edited by hand.

pub mod account_binding;
pub mod any;
pub mod benefit_use;
pub mod commitment;
pub mod credit_check;
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
    publication_record: PublicationRecord, PublicationRecordForms, PublicationRecordActs, PublicationRecordMutations;
    repair_application: RepairApplication, RepairApplicationForms, RepairApplicationActs, RepairApplicationMutations;
    account_binding: AccountBinding, AccountBindingForms, AccountBindingActs, AccountBindingMutations;
    listing_case: ListingCase, ListingCaseForms, ListingCaseActs, ListingCaseMutations;
    proposal_batch: ProposalBatch, ProposalBatchForms, ProposalBatchActs, ProposalBatchMutations;
    proposal_entry: ProposalEntry, ProposalEntryForms, ProposalEntryActs, ProposalEntryMutations;
    objection: Objection, ObjectionForms, ObjectionActs, ObjectionMutations;
    plan_task: PlanTask, PlanTaskForms, PlanTaskActs, PlanTaskMutations;
    ledger_entry: LedgerEntry, LedgerEntryForms, LedgerEntryActs, LedgerEntryMutations;
    publicity_item: PublicityItem, PublicityItemForms, PublicityItemActs, PublicityItemMutations;
    data_submission: DataSubmission, DataSubmissionForms, DataSubmissionActs, DataSubmissionMutations;
    credit_check: CreditCheck, CreditCheckForms, CreditCheckActs, CreditCheckMutations;
    commitment: Commitment, CommitmentForms, CommitmentActs, CommitmentMutations;
    benefit_use: BenefitUse, BenefitUseForms, BenefitUseActs, BenefitUseMutations;
}
