//! What is special to one process: one file a process, and what several of them share.
//!
//! | module | holds |
//! |---|---|
//! | `kind` | what a process may have of its own, and how each is asked for it |
//! | `publication_record`, `repair_application`, `account_binding`, `listing_case`, `proposal_batch`, `proposal_entry`, `objection`, `plan_task`, `ledger_entry`, `publicity_item`, `data_submission`, `credit_check`, `commitment`, `benefit_use` | a process each: its data, its own conditions and effects |
//! | `record_guards`, `terms`, `shield` | the record: conditions on it, its class and terms, shielding |
//! | `sealed` | the sealed copy of a paper that was signed off in the house |
//! | `list_type`, `ground_count` | list types and grounds that count, for proposals and listings |
//! | `made` | cases that an act makes |
//! | `shown` | what the bureau's own pages show of cases |
//! | `counted` | what cases show that plans count |
//! | `collected` | what the house collects out of its own records |

pub(crate) mod account_binding;
pub(crate) mod benefit_use;
pub(crate) mod collected;
pub(crate) mod commitment;
pub(crate) mod counted;
pub(crate) mod credit_check;
pub(crate) mod data_submission;
pub(crate) mod ground_count;
mod kind;
pub(crate) mod ledger_entry;
pub(crate) mod list_type;
pub(crate) mod listing_case;
pub(crate) mod made;
pub(crate) mod objection;
pub(crate) mod plan_task;
pub(crate) mod proposal_batch;
pub(crate) mod proposal_entry;
pub(crate) mod publication_record;
pub(crate) mod publicity_item;
pub(crate) mod record_guards;
pub(crate) mod repair_application;
pub(crate) mod sealed;
pub(crate) mod shield;
pub(crate) mod shown;
pub(crate) mod terms;

pub(crate) use kind::{Filing, Proposed};

kind::rooms! {
    publication_record: PublicationRecord,
    repair_application: RepairApplication,
    account_binding: AccountBinding,
    listing_case: ListingCase,
    proposal_batch: ProposalBatch,
    proposal_entry: ProposalEntry,
    objection: Objection,
    plan_task: PlanTask,
    ledger_entry: LedgerEntry,
    publicity_item: PublicityItem,
    data_submission: DataSubmission,
    credit_check: CreditCheck,
    commitment: Commitment,
    benefit_use: BenefitUse,
}
