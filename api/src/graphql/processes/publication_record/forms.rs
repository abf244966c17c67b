//! Registering a record, and correcting it.

use async_graphql::Result;
use domain::{
    command::{Opening, SubjectDraft, Target},
    paper::DocumentKind,
    process::{Form, Verb},
    refusal::{Reason, ReasonCode},
};
use sea_orm::EntityTrait;

use super::{CorrectPublicationRecordInput, PublicationRecordPayload, RegisterPublicationRecordInput, take};
use crate::{
    app::App,
    graphql::core::{act, fault, find, input::Intake, node},
    people::Viewer,
    store::entities,
};

/// A correction changes what is said of a subject, not whom it is said of.
async fn of_same_subject(ctx: &async_graphql::Context<'_>, id: &async_graphql::ID, draft: &SubjectDraft) -> Result<()> {
    let Some(id) = node::case_id(id) else { return Ok(()) };
    let Some(subject) = find::case(ctx, id).await?.and_then(|case| case.subject) else { return Ok(()) };
    let row = entities::credit_subject::Entity::find_by_id(subject.to_string()).one(ctx.data::<App>()?.database.pool()).await;
    let Some(row) = row.map_err(|fault| fault::internal(&fault.into()))? else { return Ok(()) };
    if !draft.is_of(row.uscc.as_ref(), row.id_number_hash.as_ref()) {
        let words = (
            "更正不得改变主体；记错主体的，撤销本记录后另行登记",
            "A correction does not change the subject; where it is recorded of the wrong one, retract the record and file it anew",
        );
        let field = if draft.uscc.is_some() { "input.record.uscc" } else { "input.record.residentId" };
        return Err(fault::bad_coded(field, "OTHER_SUBJECT", words));
    }
    if let (Some(known), Some(given), Some(name)) = (&row.name_key, &draft.name_key, &row.name)
        && known != given
    {
        let reason = Reason::new(ReasonCode::SubjectNameDiffers).with("name", name);
        let ((zh, en), (cure_zh, cure_en)) = (reason.message(), reason.remedy());
        return Err(fault::bad_coded(
            "input.record.subjectName",
            reason.code.key(),
            (format!("{zh}；{cure_zh}"), format!("{en}; {cure_en}")),
        ));
    }
    Ok(())
}

/// Registers and corrects.
#[derive(Debug, Default)]
pub struct PublicationRecordForms;

#[async_graphql::Object(guard = "crate::graphql::core::act::by_somebody")]
impl PublicationRecordForms {
    /// Records a penalty decision: class and terms follow from the facts; it is published, not published or held for a decision.
    async fn register_publication_record(
        &self,
        ctx: &async_graphql::Context<'_>,
        input: RegisterPublicationRecordInput,
    ) -> Result<PublicationRecordPayload> {
        let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
        if viewer.account.is_none() {
            return Err(fault::unauthenticated());
        }
        let mut intake = Intake::default();
        let (subject, form) = take(app, &mut intake, input.record)?;
        intake.word("input.office", Some(&input.office));
        if let Some(document) = input.base_document {
            intake.document(DocumentKind::BaseDocument, document);
        }
        intake.finish(app, viewer).await?;
        intake.arguments.form = Some(Form::Record(Box::new(form)));
        let opening = Opening::record(&input.office, subject);
        let done = act::submit(ctx, Target::New(opening), Verb::RECORD.to_vec(), None, input.idempotency_key, intake).await?;
        PublicationRecordPayload::of(ctx, done).await
    }

    /// Corrects wrong content; the platform is to be told within the time that the law sets.
    async fn correct_publication_record(
        &self,
        ctx: &async_graphql::Context<'_>,
        input: CorrectPublicationRecordInput,
    ) -> Result<PublicationRecordPayload> {
        let app = ctx.data::<App>()?;
        let mut intake = Intake::default();
        let (subject, form) = take(app, &mut intake, input.record)?;
        of_same_subject(ctx, &input.id, &subject).await?;
        intake.reason(input.reason);
        intake.document(DocumentKind::CorrectionDocument, input.correction_document);
        intake.arguments.form = Some(Form::Record(Box::new(form)));
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Correct, intake).await?;
        PublicationRecordPayload::of(ctx, done).await
    }
}
