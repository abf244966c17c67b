//! Objections to a record, or to the answer to a repair application.

mod acts;

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::{
    command::Opening,
    objection::{ObjectionForm, ObjectionGround, ObjectionOutcome, Route},
    paper::{ChoiceKey, DateKey, DocumentKind, Extent},
    process::{Form, Process, Verb},
};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    graphql::{
        case::written,
        core::{
            act,
            enums::EnumOf,
            fault, find,
            input::{DocumentInput, Intake},
            node,
        },
        processes::{
            commitment::Commitment,
            publication_record::{self as record, PublicationRecord, RecordInput},
            repair_application::RepairApplication,
        },
    },
};

pub use acts::{ObjectionActs, TOLD};

crate::case_object! {
    /// An objection and its answer.
    Objection, Objection, {
        /// By which way it came: from the objector, or from Credit China; each has times of its own.
        async fn came_by(&self) -> Option<EnumOf<Route>> {
            self.0.data.0.objection().map(|data| EnumOf(data.form.route))
        }

        /// What is said to be wrong.
        async fn ground(&self) -> Option<EnumOf<ObjectionGround>> {
            self.0.data.0.objection().map(|data| EnumOf(data.form.ground))
        }

        /// The record that is challenged, or that the challenged application is about.
        async fn record(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<PublicationRecord>> {
            PublicationRecord::read(ctx, self.0.record).await
        }

        /// The repair application that is challenged, if one is.
        async fn application(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<RepairApplication>> {
            RepairApplication::read(ctx, self.0.parent).await
        }

        /// The commitment whose finding is challenged, if one is.
        async fn commitment(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Commitment>> {
            Commitment::read(ctx, self.0.parent).await
        }

        /// How it was answered.
        async fn outcome(&self) -> Option<EnumOf<ObjectionOutcome>> {
            self.0.data.0.objection().and_then(|data| data.outcome).map(EnumOf)
        }

        /// Upheld only in part.
        async fn partial(&self) -> bool {
            self.0.data.0.objection().is_some_and(|data| data.partial)
        }

        /// 文号: the number of the answer; none before.
        async fn answer_number(&self) -> Option<&str> {
            self.0.data.0.objection().and_then(|data| data.answer_number.as_deref())
        }

        /// The day of the answer; none before.
        async fn answered_on(&self) -> Option<time::Date> {
            self.0.data.0.objection().and_then(|data| data.answered_on)
        }

        /// Facts and reasons, as the objector gave them; none once they were erased.
        async fn statement(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.objection().map(|data| &data.form.statement)).await
        }

        /// Where letters about the objection go as long as no account is bound to the subject: whole for the party and the offices
        /// that handle it, masked for others.
        async fn contact_email(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            let email = self.0.data.0.objection().and_then(|data| data.form.contact_email.as_ref());
            written::reach(ctx, &self.0, email).await
        }

        /// Credit China's own number of the objection; none where it did not come from there.
        async fn external_number(&self) -> Option<&str> {
            self.0.data.0.objection().and_then(|data| data.form.external_number.as_deref())
        }

        /// The day on which the answer was served.
        async fn served_on(&self) -> Option<Date> {
            self.0.data.0.objection().and_then(|data| data.served_on)
        }
    }
}

/// What an objection says.
#[derive(Clone, Debug, InputObject)]
pub struct ObjectionInput {
    /// What is said to be wrong.
    pub ground: EnumOf<ObjectionGround>,
    pub statement: String,
    pub contact_email: Option<String>,
}

/// An objection of the party, from the portal.
#[derive(Debug, InputObject)]
pub struct FileObjectionInput {
    /// Global id of the record, of the repair application whose answer is challenged, or of the commitment that was found broken.
    pub challenged: ID,
    pub idempotency_key: Uuid,
    /// What the objection says.
    pub objection: ObjectionInput,
    pub evidence: Option<DocumentInput>,
}

/// An objection that came on paper or from Credit China.
#[derive(Debug, InputObject)]
pub struct RegisterObjectionInput {
    /// Global id of the record, of the repair application whose answer is challenged, or of the commitment that was found broken.
    pub challenged: ID,
    pub idempotency_key: Uuid,
    /// What the paper says.
    pub objection: ObjectionInput,
    /// PLATFORM where Credit China sent it.
    pub came_by: EnumOf<Route>,
    /// Credit China's own number.
    pub external_number: Option<String>,
    pub received_on: Date,
    pub evidence: Option<DocumentInput>,
}

/// Input of upholdObjectionByCorrecting.
#[derive(Debug, InputObject)]
pub struct UpholdObjectionByCorrectingInput {
    /// Global id of the objection.
    pub id: ID,
    pub expected_version: Option<i64>,
    pub idempotency_key: Uuid,
    pub reason: String,
    /// Whether it is upheld in full or in part.
    pub extent: EnumOf<Extent>,
    /// 异议答复书: the signed answer.
    pub objection_answer: DocumentInput,
    /// The record as it should read.
    pub record: RecordInput,
    /// Day of the signature; today where none is given.
    pub signed_on: Option<Date>,
}

crate::case_payload!(ObjectionPayload, Objection, objection);

fn take(app: &App, intake: &mut Intake, input: ObjectionInput, route: Route, external_number: Option<String>) -> Result<Form> {
    let contact_email = input.contact_email.filter(|text| !text.trim().is_empty());
    let contact_email = contact_email.map(|text| intake.email(app, "input.objection.contactEmail", &text)).transpose()?;
    intake.trace.push_str(&format!("{:?}{route:?}", input.ground.0));
    let external_number = intake.external_number("input.externalNumber", external_number)?;
    let statement = intake.seal(app, "input.objection.statement", &input.statement)?;
    Ok(Form::Objection(Box::new(ObjectionForm { route, ground: input.ground.0, statement, contact_email, external_number })))
}

/// The opening of an objection to a record or an application that the viewer may see.
async fn opening(ctx: &Context<'_>, challenged: &ID) -> Result<Opening> {
    let id = node::case_id(challenged).ok_or_else(fault::not_found)?;
    let case = find::case_of_any_office(ctx, id).await?.ok_or_else(fault::not_found)?;
    let blank = Opening::of(Process::Objection, None);
    match case.process {
        Process::PublicationRecord => Ok(Opening { record: Some(id), ..blank }),
        Process::RepairApplication => Ok(Opening { record: case.record, parent: Some(id), ..blank }),
        Process::Commitment => Ok(Opening { subject: case.subject, parent: Some(id), office: Some(case.office), ..blank }),
        _ => Err(fault::bad_input(
            "input.challenged",
            (
                "只能对记录、修复申请的结果或者违诺认定提出异议",
                "An objection challenges a record, the answer to a repair application, or a finding of a broken commitment",
            ),
        )),
    }
}

/// Filing, registering, correcting.
#[derive(Debug, Default)]
pub struct ObjectionForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl ObjectionForms {
    /// Raises an objection to a record of one's own, or to the answer to one's repair application.
    async fn file_objection(&self, ctx: &Context<'_>, input: FileObjectionInput) -> Result<ObjectionPayload> {
        let opening = opening(ctx, &input.challenged).await?;
        let mut intake = Intake::default();
        intake.arguments.form = Some(take(ctx.data::<App>()?, &mut intake, input.objection, Route::Direct, None)?);
        intake.may_add(DocumentKind::Evidence, input.evidence);
        ObjectionPayload::of(ctx, act::open(ctx, opening, Verb::File, input.idempotency_key, intake).await?).await
    }

    /// Registers an objection that came on paper or from Credit China.
    async fn register_objection(&self, ctx: &Context<'_>, input: RegisterObjectionInput) -> Result<ObjectionPayload> {
        let opening = opening(ctx, &input.challenged).await?;
        let mut intake = Intake::default();
        intake.arguments.form = Some(take(ctx.data::<App>()?, &mut intake, input.objection, input.came_by.0, input.external_number)?);
        intake.date(DateKey::ReceivedOn, input.received_on);
        intake.may_add(DocumentKind::Evidence, input.evidence);
        ObjectionPayload::of(ctx, act::open(ctx, opening, Verb::Register, input.idempotency_key, intake).await?).await
    }

    /// Upholds the objection: the record is corrected in the same act.
    async fn uphold_objection_by_correcting(&self, ctx: &Context<'_>, input: UpholdObjectionByCorrectingInput) -> Result<ObjectionPayload> {
        let mut intake = Intake::default();
        let (_, form) = record::take(ctx.data::<App>()?, &mut intake, input.record)?;
        intake.arguments.form = Some(Form::Record(Box::new(form)));
        intake.reason(input.reason);
        intake.choice(ChoiceKey::Extent, input.extent.0.key());
        intake.document(DocumentKind::ObjectionAnswer, input.objection_answer);
        intake.may_date(DateKey::SignedOn, input.signed_on);
        ObjectionPayload::of(
            ctx,
            act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::UpholdByCorrecting, intake).await?,
        )
        .await
    }
}
