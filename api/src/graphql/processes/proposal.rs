//! Proposed punishment lists: batches that counties and units send to the policy office, and their entries.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::{
    command::{Form, Opening},
    paper::{ChoiceKey, DateKey, DocumentKind, ItemList, ReasonWord},
    process::{Process, Verb},
    proposal::{BatchForm, ProvinceAnswer},
};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    files::province,
    graphql::{
        case::{
            ground::{self, GroundCountShown},
            receipt::{self, ReceiptShown},
        },
        core::{
            act,
            enums::Term,
            fault, find,
            input::{DocumentInput, Intake, last_day},
            node,
        },
        processes::{
            entry_form::{EntryInput, entry},
            listing::ListingCase,
            record::PenaltyRecord,
            sent::{SentList, sent_lists},
        },
    },
};

crate::case_object! {
    /// A proposed punishment list of one office for one reporting period.
    ProposalBatch, ProposalBatch, {
        /// `2026-05` or `2026-Q2`
        async fn period(&self) -> Option<&str> {
            self.0.data.0.batch().map(|data| data.form.period.as_str())
        }

        async fn period_last_day(&self) -> Option<time::Date> {
            self.0.data.0.batch().map(|data| data.form.period_last_day)
        }

        /// Key of the office that files it.
        async fn office(&self) -> &str {
            &self.0.office
        }

        /// The day of the last hand-over to the policy office.
        async fn submitted_on(&self) -> Option<time::Date> {
            self.0.data.0.batch().and_then(|data| data.submitted_on)
        }

        async fn sent_on(&self) -> Option<time::Date> {
            self.0.data.0.batch().and_then(|data| data.sent_on)
        }

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

crate::case_object! {
    /// One entry of a proposed punishment list.
    ProposalEntry, ProposalEntry, {
        async fn batch(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<ProposalBatch>> {
            ProposalBatch::read(ctx, self.0.parent).await
        }

        /// The record of the document that the entry rests on.
        async fn base(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<PenaltyRecord>> {
            PenaltyRecord::read(ctx, self.0.record).await
        }

        /// Key of a list type.
        async fn list_type(&self) -> Option<&str> {
            self.0.data.0.proposal().map(|data| data.form.list_type.as_str())
        }

        async fn grounds(&self) -> Vec<String> {
            self.0.data.0.proposal().map(|data| data.form.grounds.clone()).unwrap_or_default()
        }

        async fn measures(&self) -> Vec<String> {
            self.0.data.0.proposal().map(|data| data.form.measures.clone()).unwrap_or_default()
        }

        /// The counting grounds among them, counted over the register as it stands today.
        async fn ground_counts(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<GroundCountShown>> {
            ground::of_case(ctx, &self.0).await
        }

        /// What happened, as the filing office tells it.
        async fn facts(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            let Some(data) = self.0.data.0.proposal() else { return Ok(None) };
            ctx.data::<crate::app::App>()?.unseal(&data.form.facts).await.map_err(|fault| fault::internal(&fault))
        }

        /// Whether the named unit agrees; none before it has spoken.
        async fn unit_agrees(&self) -> Option<bool> {
            self.0.data.0.proposal().and_then(|data| data.unit_agrees)
        }

        async fn forwarded_on(&self) -> Option<time::Date> {
            self.0.data.0.proposal().and_then(|data| data.forwarded_on)
        }

        async fn province_answer(&self) -> Option<Term<ProvinceAnswer>> {
            self.0.data.0.proposal().and_then(|data| data.answer).map(Term)
        }

        async fn answered_on(&self) -> Option<time::Date> {
            self.0.data.0.proposal().and_then(|data| data.answered_on)
        }

        /// The listing case that came of it.
        async fn listing(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<ListingCase>> {
            let found = find::children(ctx, self.0.id, Process::ListingCase).await?;
            Ok(found.into_iter().next().map(ListingCase))
        }
    }
}

#[derive(Debug, InputObject)]
pub struct OpenProposalBatchInput {
    /// The caller's office.
    pub office: String,
    /// `2026-05` or `2026-Q2`
    pub period: String,
    pub remark: Option<String>,
    pub idempotency_key: Uuid,
}

#[derive(Debug, InputObject)]
pub struct AmendProposalBatchInput {
    pub id: ID,
    pub expected_version: Option<i64>,
    pub period: String,
    pub remark: Option<String>,
    pub idempotency_key: Uuid,
}

#[derive(Debug, InputObject)]
pub struct AddProposalEntryInput {
    /// Global id of a draft batch of the caller's office.
    pub batch: ID,
    /// Global id of the record of the base document.
    pub base: ID,
    pub entry: EntryInput,
    pub base_document: Option<DocumentInput>,
    pub evidence: Option<DocumentInput>,
    pub idempotency_key: Uuid,
}

#[derive(Debug, InputObject)]
pub struct AmendProposalEntryInput {
    pub id: ID,
    pub expected_version: Option<i64>,
    pub entry: EntryInput,
    pub base_document: Option<DocumentInput>,
    pub evidence: Option<DocumentInput>,
    pub idempotency_key: Uuid,
}

/// Input of the two mutations that send a list to the province.
#[derive(Debug, InputObject)]
pub struct SendProposalBatchInput {
    pub id: ID,
    pub expected_version: Option<i64>,
    pub cover_letter: DocumentInput,
    /// Day on which the cover letter was signed; today where none is given.
    pub signed_on: Option<Date>,
    pub idempotency_key: Uuid,
}

crate::case_payload!(ProposalBatchPayload, ProposalBatch, proposal_batch);
crate::case_payload!(ProposalEntryPayload, ProposalEntry, proposal_entry);

fn heading(app: &App, intake: &mut Intake, period: String, remark: Option<String>) -> Result<Form> {
    let period_last_day = last_day(&period, "input.period")?;
    intake.trace.push_str(&period);
    let remark = remark.filter(|text| !text.trim().is_empty()).map(|text| intake.seal(app, "input.remark", &text)).transpose()?;
    Ok(Form::BatchHeading(BatchForm { period, period_last_day, remark }))
}

async fn send(ctx: &Context<'_>, input: SendProposalBatchInput, verb: Verb) -> Result<ProposalBatchPayload> {
    let app = ctx.data::<App>()?;
    let id = node::case_id(&input.id).ok_or_else(fault::not_found)?;
    let batch = find::case(ctx, id).await?.ok_or_else(fault::not_found)?;
    let sent = province::list(app, &batch).await.map_err(|fault| fault::internal(&crate::store::StoreFault::Broken(fault.to_string())))?;
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
pub struct ProposalForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl ProposalForms {
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

    /// Adds an entry about the subject of a record to a draft batch.
    async fn add_proposal_entry(&self, ctx: &Context<'_>, input: AddProposalEntryInput) -> Result<ProposalEntryPayload> {
        let batch = node::case_id(&input.batch).ok_or_else(fault::not_found)?;
        let batch = find::case(ctx, batch).await?.ok_or_else(fault::not_found)?;
        let base = node::case_id(&input.base).ok_or_else(fault::not_found)?;
        let base = find::case(ctx, base).await?.ok_or_else(fault::not_found)?;
        let mut intake = Intake::default();
        intake.arguments.form = Some(entry(ctx.data::<App>()?, &mut intake, input.entry)?);
        intake.may_add(DocumentKind::BaseDocument, input.base_document);
        intake.may_add(DocumentKind::Evidence, input.evidence);
        let opening = Opening { record: Some(base.id), parent: Some(batch.id), ..Opening::of(Process::ProposalEntry, Some(batch.office)) };
        ProposalEntryPayload::of(ctx, act::open(ctx, opening, Verb::Open, input.idempotency_key, intake).await?).await
    }

    /// Changes a draft entry.
    async fn amend_proposal_entry(&self, ctx: &Context<'_>, input: AmendProposalEntryInput) -> Result<ProposalEntryPayload> {
        let mut intake = Intake::default();
        intake.arguments.form = Some(entry(ctx.data::<App>()?, &mut intake, input.entry)?);
        intake.may_add(DocumentKind::BaseDocument, input.base_document);
        intake.may_add(DocumentKind::Evidence, input.evidence);
        ProposalEntryPayload::of(
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
    async fn send_proposal_supplement(&self, ctx: &Context<'_>, input: SendProposalBatchInput) -> Result<ProposalBatchPayload> {
        send(ctx, input, Verb::SendSupplement).await
    }
}

/// Acts on a batch.
#[derive(Debug, Default)]
pub struct BatchMutations;

crate::case_mutations!(BatchMutations, ProposalBatch, proposal_batch, {
    /// Hands the batch over to the policy office.
    submit_proposal_batch SubmitProposalBatchInput SubmitProposalBatchPayload Submit {}
    /// Begins the review, entry by entry.
    start_proposal_review StartProposalReviewInput StartProposalReviewPayload StartReview {}
    /// Returns a batch that cannot be used as a whole.
    return_proposal_batch ReturnProposalBatchInput ReturnProposalBatchPayload ReturnToFiler {
        reason: String => |i, v| i.reason(v),
    }
    /// Works on a returned batch again.
    take_up_proposal_batch TakeUpProposalBatchInput TakeUpProposalBatchPayload TakeUpAgain {}
    /// Withdraws the batch with its entries, before the review.
    withdraw_proposal_batch WithdrawProposalBatchInput WithdrawProposalBatchPayload Withdraw {
        reason: String => |i, v| i.reason(v),
    }
});

/// Acts on an entry.
#[derive(Debug, Default)]
pub struct EntryMutations;

crate::case_mutations!(EntryMutations, ProposalEntry, proposal_entry, {
    /// Tells once everything that is missing.
    ask_entry_supplement AskEntrySupplementInput AskEntrySupplementPayload AskSupplement {
        missing_papers: Vec<String> => |i, v| i.open(ItemList::MissingPapers, v),
    }
    /// Supplies what was asked for, and nothing else.
    resubmit_proposal_entry ResubmitProposalEntryInput ResubmitProposalEntryPayload Resubmit {
        points: Vec<String> => |i, v| i.settle(ItemList::MissingPapers, v),
        base_document: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::BaseDocument, v),
        evidence: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::Evidence, v),
    }
    /// Asks the unit that the list type names.
    ask_unit_opinion AskUnitOpinionInput AskUnitOpinionPayload AskOpinion {}
    /// Gives the named unit's opinion: agree or disagree.
    give_unit_opinion GiveUnitOpinionInput GiveUnitOpinionPayload GiveOpinion {
        opinion: String => |i, v| i.choice(ChoiceKey::Opinion, &v),
        unit_opinion: DocumentInput => |i, v| i.document(DocumentKind::UnitOpinion, v),
    }
    /// Confirms the entry for the province.
    confirm_proposal_entry ConfirmProposalEntryInput ConfirmProposalEntryPayload Confirm {
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Rejects the entry, with reasons.
    reject_proposal_entry RejectProposalEntryInput RejectProposalEntryPayload Reject {
        reason_code: Term<ReasonWord> => |i, v| i.reason_code(v),
        reason: String => |i, v| i.reason(v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Withdraws one entry; the batch goes on with the rest.
    withdraw_proposal_entry WithdrawProposalEntryInput WithdrawProposalEntryPayload Withdraw {
        reason: String => |i, v| i.reason(v),
    }
    /// Records that the province accepted the entry; a listing case is opened where the list type has a basis.
    record_province_acceptance RecordProvinceAcceptanceInput RecordProvinceAcceptancePayload RecordAcceptance {
        answered_on: Date => |i, v| i.date(DateKey::AnsweredOn, v),
        province_answer: DocumentInput => |i, v| i.document(DocumentKind::ProvinceAnswer, v),
    }
    /// Records that the province rejected the entry.
    record_province_rejection RecordProvinceRejectionInput RecordProvinceRejectionPayload RecordRejection {
        answered_on: Date => |i, v| i.date(DateKey::AnsweredOn, v),
        province_answer: DocumentInput => |i, v| i.document(DocumentKind::ProvinceAnswer, v),
    }
    /// Records that the province returned the entry.
    record_province_return RecordProvinceReturnInput RecordProvinceReturnPayload RecordReturn {
        reason: String => |i, v| i.reason(v),
        answered_on: Date => |i, v| i.date(DateKey::AnsweredOn, v),
        province_answer: DocumentInput => |i, v| i.document(DocumentKind::ProvinceAnswer, v),
    }
    /// Takes up what the province returned.
    take_up_proposal_entry TakeUpProposalEntryInput TakeUpProposalEntryPayload TakeUpAgain {}
    /// Opens the listing case of an accepted entry.
    open_listing_of_entry OpenListingOfEntryInput OpenListingOfEntryPayload OpenListing {}
    /// Decides that an accepted entry leads to no listing.
    drop_proposal_entry DropProposalEntryInput DropProposalEntryPayload Drop {
        reason: String => |i, v| i.reason(v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Sends the correction that an annulled base document makes due.
    send_entry_correction SendEntryCorrectionInput SendEntryCorrectionPayload SendCorrection {
        correction_notice: DocumentInput => |i, v| i.document(DocumentKind::CorrectionNotice, v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
});
