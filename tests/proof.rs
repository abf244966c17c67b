//! Every proof of the product, one binary: what a room of the house promises is tested under the room's own name.

mod cli;
mod collection;
mod console;
mod engine;
mod erasure;
mod files;
mod hostile;
mod house;
mod http;
mod identity;
mod law;
mod ledger;
mod listing;
mod mail;
mod objection;
mod paper;
mod permissions;
mod plan;
mod proposal;
mod prove;
mod publicity;
mod read;
mod record;
mod registration;
mod repair;
mod sheets;
mod support;
mod task;
mod told;
mod trail;
mod trust;
mod words;

/// The room of each process, by its folder. A case of each is opened in this order.
mod rooms {
    crate::support::room::rooms! {
        trust: BenefitUse,
        record: PublicationRecord,
        repair: AccountBinding,
        proposal: ProposalBatch,
        proposal: ProposalEntry,
        listing: ListingCase,
        repair: RepairApplication,
        objection: Objection,
        ledger: LedgerEntry,
        publicity: PublicityItem,
        collection: DataSubmission,
        trust: CreditCheck,
        trust: Commitment,
        task: PlanTask,
    }
}
