//! Receipts of hand-overs, for both sides to keep.

use async_graphql::{Context, Object, Result};
use domain::{ids::CaseId, receipt::Side};
use time::Date;

use crate::{
    app::App,
    graphql::core::{audit::AuditEntry, enums::EnumOf, fault},
    receipts::{self, Receipt},
    work,
};

/// What one office handed over to another.
#[derive(Clone, Debug)]
pub struct ReceiptShown(pub Receipt);

/// Receipts of a batch that the viewer sees.
///
/// # Errors
/// When the database fails.
pub(in crate::graphql) async fn of_batch(ctx: &Context<'_>, batch: CaseId) -> Result<Vec<ReceiptShown>> {
    let found = receipts::of_batch(ctx.data::<App>()?, batch).await.map_err(|fault| fault::internal(&fault))?;
    Ok(found.into_iter().map(ReceiptShown).collect())
}

/// What one office handed over to another, as both can prove it: a signed note and the list that it digests.
#[Object(name = "Receipt")]
impl ReceiptShown {
    /// The entry of the act that handed over.
    async fn entry(&self) -> AuditEntry {
        AuditEntry::of(self.0.entry.clone())
    }

    /// The office that handed over.
    async fn from(&self) -> EnumOf<Side> {
        EnumOf(self.0.handed.from.side)
    }

    /// The office that received it.
    async fn to(&self) -> EnumOf<Side> {
        EnumOf(self.0.handed.to.side)
    }

    /// The legal day of the hand-over.
    async fn handed_over_on(&self) -> Date {
        self.0.entry.effective_on
    }

    /// How many entries went over.
    async fn count(&self) -> usize {
        self.0.handed.lines.len()
    }

    /// The signed note; none where no key was published before the act.
    async fn text(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// What went over, one JSON line an entry; each line's SHA-256 stands in the receipt.
    async fn list(&self) -> &str {
        &self.0.list
    }

    /// Verifier keys of both offices, as they stood on that day.
    async fn keys(&self) -> Vec<String> {
        [&self.0.handed.from, &self.0.handed.to].into_iter().filter_map(|party| party.key.clone()).collect()
    }

    /// The act with which the receiving office took it up and countersigned.
    async fn taken_up(&self, ctx: &Context<'_>) -> Result<Option<AuditEntry>> {
        match self.0.taken_up {
            Some(index) => AuditEntry::read(ctx.data::<App>()?, index).await,
            None => Ok(None),
        }
    }

    /// Proof that the entry is in the signed tree (c2sp.org/tlog-proof@v1); none before a checkpoint covers it.
    async fn proof(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let proof = work::proofs::prove_signed(ctx.data::<App>()?, self.0.entry.index).await.map_err(|fault| fault::internal(&fault))?;
        Ok(proof.map(|proof| proof.file))
    }
}
