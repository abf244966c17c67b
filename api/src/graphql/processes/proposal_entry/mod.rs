//! Entry of a proposed punishment list.

mod acts;

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::{
    command::Opening,
    paper::DocumentKind,
    process::{Form, Process, Verb},
    proposal::{EntryForm, ProvinceAnswer},
};
use uuid::Uuid;

use super::{listing_case::ListingCase, proposal_batch::ProposalBatch, publication_record::PublicationRecord};
use crate::{
    app::App,
    graphql::{
        case::{
            ground::{self, GroundCountShown, GroundFactsInput},
            written::{self, GroundFactsShown},
        },
        core::{
            act,
            enums::EnumOf,
            fault, find,
            input::{DocumentInput, Intake},
            node,
            office::{self, OfficeShown},
        },
    },
};

pub use acts::{ProposalEntryActs, TOLD};

crate::case_object! {
    /// One entry of a proposed punishment list.
    ProposalEntry, ProposalEntry, {
        /// The list that it stands in.
        async fn batch(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<ProposalBatch>> {
            ProposalBatch::read(ctx, self.0.parent).await
        }

        /// The record of the document that the entry rests on.
        async fn base(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<PublicationRecord>> {
            PublicationRecord::read(ctx, self.0.record).await
        }

        /// Key of a list type, as `listTypes` shows it.
        async fn list_type(&self) -> Option<&str> {
            self.0.data.0.proposal().map(|data| data.form.list_type.as_str())
        }

        /// Keys of the grounds that are proposed.
        async fn grounds(&self) -> Vec<String> {
            self.0.data.0.proposal().map(|data| data.form.grounds.clone()).unwrap_or_default()
        }

        /// Keys of the measures that are proposed.
        async fn measures(&self) -> Vec<String> {
            self.0.data.0.proposal().map(|data| data.form.measures.clone()).unwrap_or_default()
        }

        /// The counting grounds among them, counted over the register as it stands today.
        async fn ground_counts(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<GroundCountShown>> {
            ground::of_case(ctx, &self.0).await
        }

        /// What happened, as the filing office tells it.
        async fn facts(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.proposal().map(|data| &data.form.facts)).await
        }

        /// What the filing office remarked; none where it remarked nothing.
        async fn remark(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.proposal().and_then(|data| data.form.remark.as_ref())).await
        }

        /// What the filing said of the counting grounds.
        async fn counts(&self) -> Vec<GroundFactsShown> {
            self.0.data.0.proposal().map(|data| written::counts(&data.form.counts)).unwrap_or_default()
        }

        /// The unit whose opinion the list type asks for; none where it asks for none.
        async fn opinion_of(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<OfficeShown>> {
            office::unit_of(ctx, self.0.data.0.proposal().and_then(|data| data.opinion_of)).await
        }

        /// Whether the named unit agrees; none before it has spoken.
        async fn unit_agrees(&self) -> Option<bool> {
            self.0.data.0.proposal().and_then(|data| data.unit_agrees)
        }

        /// The day on which it went to the province; none before.
        async fn forwarded_on(&self) -> Option<time::Date> {
            self.0.data.0.proposal().and_then(|data| data.forwarded_on)
        }

        /// What the province answered; none before.
        async fn province_answer(&self) -> Option<EnumOf<ProvinceAnswer>> {
            self.0.data.0.proposal().and_then(|data| data.answer).map(EnumOf)
        }

        /// The day of that answer; none before.
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

/// What an entry proposes.
#[derive(Clone, Debug, InputObject)]
pub struct EntryInput {
    /// Key of a list type, as `listTypes` shows it; not free text.
    pub list_type: String,
    /// Keys of its grounds, as `listTypes` shows them; not free text.
    pub grounds: Vec<String>,
    /// Keys of its measures, as `listTypes` shows them; not free text. None: those of the list type.
    pub measures: Option<Vec<String>>,
    /// What the counting grounds among them rest on.
    pub counts: Option<Vec<GroundFactsInput>>,
    pub facts: String,
    pub remark: Option<String>,
}

/// A new entry of a draft list, about the subject of a record.
#[derive(Debug, InputObject)]
pub struct AddProposalEntryInput {
    /// Global id of a draft batch of the caller's office.
    pub batch: ID,
    /// Global id of the record of the base document.
    pub base: ID,
    /// What is proposed.
    pub entry: EntryInput,
    /// 依据文书: the document that the entry rests on.
    pub base_document: Option<DocumentInput>,
    pub evidence: Option<DocumentInput>,
    pub idempotency_key: Uuid,
}

/// A draft entry as it should read.
#[derive(Debug, InputObject)]
pub struct AmendProposalEntryInput {
    /// Global id of the entry.
    pub id: ID,
    pub expected_version: Option<i64>,
    /// What is proposed, whole: it replaces what stood there.
    pub entry: EntryInput,
    /// 依据文书: the document that the entry rests on; none: as it stands.
    pub base_document: Option<DocumentInput>,
    pub evidence: Option<DocumentInput>,
    pub idempotency_key: Uuid,
}

crate::case_payload!(ProposalEntryPayload, ProposalEntry, proposal_entry);

fn entry(app: &App, intake: &mut Intake, input: EntryInput) -> Result<Form> {
    intake.word("input.entry.listType", Some(&input.list_type));
    intake.words("input.entry.grounds", &input.grounds);
    intake.words("input.entry.measures", input.measures.iter().flatten());
    intake.trace.push_str(&format!("{}{:?}{:?}", input.list_type, input.grounds, input.measures));
    let counts = ground::take(intake, "input.entry.counts", input.counts)?;
    let facts = intake.seal(app, "input.entry.facts", &input.facts)?;
    let remark =
        input.remark.filter(|text| !text.trim().is_empty()).map(|text| intake.seal(app, "input.entry.remark", &text)).transpose()?;
    Ok(Form::EntryDraft(Box::new(EntryForm {
        list_type: input.list_type,
        grounds: input.grounds,
        measures: input.measures.unwrap_or_default(),
        counts,
        facts,
        remark,
    })))
}

/// Adding and changing.
#[derive(Debug, Default)]
pub struct ProposalEntryForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl ProposalEntryForms {
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
}
