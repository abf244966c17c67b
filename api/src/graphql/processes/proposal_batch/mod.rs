//! Proposed punishment list: a batch that a county or unit sends to the policy office.

mod acts;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{
    command::Opening,
    paper::{DateKey, DocumentKind},
    process::{Form, Process, Verb},
    proposal::BatchForm,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;
use uuid::Uuid;

use super::proposal_entry::ProposalEntry;
use crate::{
    app::App,
    files::province,
    graphql::{
        case::{
            receipt::{self, ReceiptShown},
            written,
        },
        core::{
            act, fault,
            find::{self, broken},
            input::{DocumentInput, Intake, last_day},
            node,
        },
    },
    store::entities,
};

pub use acts::{ProposalBatchActs, TOLD};

crate::case_object! {
    /// A proposed punishment list of one office for one reporting period.
    ProposalBatch, ProposalBatch, {
        /// The reporting period: a month such as `2026-05`, or a quarter such as `2026-Q2`.
        async fn period(&self) -> Option<&str> {
            self.0.data.0.batch().map(|data| data.form.period.as_str())
        }

        /// Last day on which the list is in time.
        async fn period_last_day(&self) -> Option<time::Date> {
            self.0.data.0.batch().map(|data| data.form.period_last_day)
        }

        /// What the filing office remarked; none where it remarked nothing.
        async fn remark(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.batch().and_then(|data| data.form.remark.as_ref())).await
        }

        /// The day of the last hand-over to the policy office.
        async fn submitted_on(&self) -> Option<time::Date> {
            self.0.data.0.batch().and_then(|data| data.submitted_on)
        }

        /// The day on which it went to the province; none before.
        async fn sent_on(&self) -> Option<time::Date> {
            self.0.data.0.batch().and_then(|data| data.sent_on)
        }

        /// Its entries, as far as the viewer may see them.
        async fn entries(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<ProposalEntry>> {
            let found = find::children(ctx, self.0.id, Process::ProposalEntry).await?;
            Ok(found.into_iter().map(ProposalEntry).collect())
        }

        /// Lists that were sent, with their digests; to be read by GET /documents/{id}.
        async fn exports(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<SentList>> {
            sent_lists(ctx, self.0.id).await
        }

        /// The receipt of the last hand-over to the policy office: a signed note (C2SP signed-note), countersigned once
        /// that office has taken it up.
        async fn receipt(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            let all = receipt::of_batch(ctx, self.0.id).await?;
            Ok(all.into_iter().rfind(|receipt| receipt.0.entry.verb == Verb::Submit.key()).and_then(|receipt| receipt.0.note))
        }

        /// Receipts of every hand-over of the list and of its entries, oldest first.
        async fn receipts(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<ReceiptShown>> {
            receipt::of_batch(ctx, self.0.id).await
        }
    }
}

/// A list that was sent to the province.
#[derive(Clone, Debug, SimpleObject)]
pub struct SentList {
    /// For GET /documents/{id}.
    pub document: String,
    pub media_type: String,
    pub sha256: String,
    /// The day on which it went to the province.
    pub sent_on: Date,
}

async fn sent_lists(ctx: &Context<'_>, batch: domain::ids::CaseId) -> Result<Vec<SentList>> {
    use entities::document::{Column, Entity};
    let app = ctx.data::<App>()?;
    let query = Entity::find().filter(Column::CaseId.eq(batch.to_string())).filter(Column::Kind.eq(DocumentKind::ProvinceExport.key()));
    let rows = query.order_by_asc(Column::AddedOn).all(app.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
    rows.into_iter()
        .map(|row| {
            let row = row.row().map_err(broken)?;
            Ok(SentList { document: row.id.to_string(), media_type: row.media_type, sha256: row.sha256, sent_on: row.added_on })
        })
        .collect()
}

/// Heading of a new list.
#[derive(Debug, InputObject)]
pub struct OpenProposalBatchInput {
    /// The caller's office.
    pub office: String,
    /// The reporting period: a month such as `2026-05`, or a quarter such as `2026-Q2`.
    pub period: String,
    pub remark: Option<String>,
    pub idempotency_key: Uuid,
}

/// Heading of a draft as it should read.
#[derive(Debug, InputObject)]
pub struct AmendProposalBatchInput {
    /// Global id of the draft.
    pub id: ID,
    pub expected_version: Option<i64>,
    /// The reporting period: a month such as `2026-05`, or a quarter such as `2026-Q2`.
    pub period: String,
    pub remark: Option<String>,
    pub idempotency_key: Uuid,
}

/// Input of sendProposalSupplement.
#[derive(Debug, InputObject)]
pub struct SendProposalSupplementInput {
    /// Global id of the batch.
    pub id: ID,
    /// The version that the caller has read; another one gives CONFLICT.
    pub expected_version: Option<i64>,
    /// 报送函: cover letter of the supplement; the id of an upload.
    pub cover_letter: DocumentInput,
    /// Day on which the cover letter was signed; today where none is given.
    pub signed_on: Option<Date>,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

impl From<SendProposalSupplementInput> for SendProposalBatchInput {
    fn from(input: SendProposalSupplementInput) -> Self {
        let SendProposalSupplementInput { id, expected_version, cover_letter, signed_on, idempotency_key } = input;
        Self { id, expected_version, cover_letter, signed_on, idempotency_key }
    }
}

/// Input of sendProposalBatch.
#[derive(Debug, InputObject)]
pub struct SendProposalBatchInput {
    /// Global id of the list.
    pub id: ID,
    pub expected_version: Option<i64>,
    /// 报送函: the signed cover letter.
    pub cover_letter: DocumentInput,
    /// Day on which the cover letter was signed; today where none is given.
    pub signed_on: Option<Date>,
    pub idempotency_key: Uuid,
}

crate::case_payload!(ProposalBatchPayload, ProposalBatch, proposal_batch);

fn heading(app: &App, intake: &mut Intake, period: String, remark: Option<String>) -> Result<Form> {
    let period_last_day = last_day(&period, "input.period")?;
    intake.trace.push_str(&period);
    let remark = remark.filter(|text| !text.trim().is_empty()).map(|text| intake.seal(app, "input.remark", &text)).transpose()?;
    Ok(BatchForm { period, period_last_day, remark }.into())
}

async fn send(ctx: &Context<'_>, input: SendProposalBatchInput, verb: Verb) -> Result<ProposalBatchPayload> {
    let app = ctx.data::<App>()?;
    let id = node::case_id(&input.id).ok_or_else(fault::not_found)?;
    let batch = find::case(ctx, id).await?.ok_or_else(fault::not_found)?;
    let sent = province::list(app, &batch).await.map_err(|fault| fault::internal(&crate::store::StoreFault::broken(fault)))?;
    let mut intake = Intake::default();
    intake.document(DocumentKind::CoverLetter, input.cover_letter);
    intake.may_date(DateKey::SignedOn, input.signed_on);
    for (form, bytes) in sent.files {
        let name = format!("{}.{}", batch.number, form.ending());
        intake.attach(app, DocumentKind::ProvinceExport, bytes, form.media_type(), &name).await?;
    }
    intake.arguments.cases = sent.entries;
    ProposalBatchPayload::of(ctx, act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, verb, intake).await?).await
}

/// Opening, amending, sending.
#[derive(Debug, Default)]
pub struct ProposalBatchForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl ProposalBatchForms {
    /// Opens a batch for a reporting period.
    async fn open_proposal_batch(&self, ctx: &Context<'_>, input: OpenProposalBatchInput) -> Result<ProposalBatchPayload> {
        let mut intake = Intake::default();
        intake.arguments.form = Some(heading(ctx.data::<App>()?, &mut intake, input.period, input.remark)?);
        let opening = Opening::of(Process::ProposalBatch, Some(input.office));
        ProposalBatchPayload::of(ctx, act::open(ctx, opening, Verb::Open, input.idempotency_key, intake).await?).await
    }

    /// Changes the heading of a draft.
    async fn amend_proposal_batch(&self, ctx: &Context<'_>, input: AmendProposalBatchInput) -> Result<ProposalBatchPayload> {
        let mut intake = Intake::default();
        intake.arguments.form = Some(heading(ctx.data::<App>()?, &mut intake, input.period, input.remark)?);
        ProposalBatchPayload::of(
            ctx,
            act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Amend, intake).await?,
        )
        .await
    }

    /// Sends the confirmed entries to the province: the list is made, frozen by its digest and kept with the batch.
    async fn send_proposal_batch(&self, ctx: &Context<'_>, input: SendProposalBatchInput) -> Result<ProposalBatchPayload> {
        send(ctx, input, Verb::SendToProvince).await
    }

    /// Sends what came back from the province or was held back, in a list of its own.
    async fn send_proposal_supplement(&self, ctx: &Context<'_>, input: SendProposalSupplementInput) -> Result<ProposalBatchPayload> {
        send(ctx, input.into(), Verb::SendSupplement).await
    }
}
