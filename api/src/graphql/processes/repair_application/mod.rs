//! Repair applications and their review and release.

mod acts;

use async_graphql::{Context, ID, InputObject, Result};
use domain::{
    command::Opening,
    paper::{DateKey, DocumentKind},
    process::{Form, Process, Verb},
    repair::{Channel, RepairFiling, RepairForm},
};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    graphql::{
        case::written::{self, Contact},
        core::{
            act,
            enums::EnumOf,
            fault, find,
            input::{DocumentInput, Intake},
            node,
        },
        processes::publication_record::PublicationRecord,
    },
};

pub use acts::{RepairApplicationActs, TOLD};

crate::case_object! {
    /// An application for repair of one record.
    RepairApplication, RepairApplication, {
        /// The record it is about.
        async fn record(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<PublicationRecord>> {
            PublicationRecord::read(ctx, self.0.record).await
        }

        /// By which way it came.
        async fn channel(&self) -> Option<EnumOf<Channel>> {
            self.0.data.0.repair().map(|data| EnumOf(data.channel))
        }

        /// 文号 of the decision.
        async fn decision_number(&self) -> Option<&str> {
            self.0.data.0.repair().and_then(|data| data.decision_number.as_deref())
        }

        /// The day of the decision; none before.
        async fn decided_on(&self) -> Option<time::Date> {
            self.0.data.0.repair().and_then(|data| data.decided_on)
        }

        /// Whether falsity was found.
        async fn falsity(&self) -> bool {
            self.0.data.0.repair().is_some_and(|data| data.falsity)
        }

        /// How the party is reached: whole for the party and the offices that handle the case, masked for others.
        async fn contact(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Contact>> {
            written::contact(ctx, &self.0, self.0.data.0.repair().map(|data| &data.form)).await
        }

        /// What the applicant said; none where nothing was said, and once it was erased.
        async fn statement(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.repair().and_then(|data| data.form.statement.as_ref())).await
        }

        /// Whether the applicant committed itself that the materials are true (Order 36 art. 14(3)).
        async fn commitment(&self) -> bool {
            self.0.data.0.repair().is_some_and(|data| data.form.commitment)
        }

        /// Credit China's own number of the application; none where it did not come from there.
        async fn external_number(&self) -> Option<&str> {
            self.0.data.0.repair().and_then(|data| data.form.external_number.as_deref())
        }
    }
}

/// What an application says.
#[derive(Clone, Debug, InputObject)]
pub struct RepairInput {
    pub contact_name: String,
    pub contact_phone: String,
    pub contact_email: Option<String>,
    /// What was done to mend the breach, in the party's own words. Sealed.
    pub statement: Option<String>,
    /// The materials are true, and the subject accepts responsibility (Order 36 art. 14(3)).
    pub commitment: bool,
}

/// A draft application of the party, from the portal.
#[derive(Debug, InputObject)]
pub struct OpenRepairApplicationInput {
    /// Global id of the record.
    pub record: ID,
    pub idempotency_key: Uuid,
    /// What the application says.
    pub application: RepairInput,
}

/// A draft application as it should read.
#[derive(Debug, InputObject)]
pub struct AmendRepairApplicationInput {
    /// Global id of the draft.
    pub id: ID,
    pub expected_version: Option<i64>,
    pub idempotency_key: Uuid,
    /// What the application says, whole: it replaces what stood there.
    pub application: RepairInput,
}

/// An application that came on paper or from Credit China.
#[derive(Debug, InputObject)]
pub struct RegisterRepairApplicationInput {
    /// Global id of the record.
    pub record: ID,
    pub idempotency_key: Uuid,
    /// What the paper says.
    pub application: RepairInput,
    /// By which way it came; not PORTAL.
    pub channel: EnumOf<Channel>,
    /// Credit China's own number.
    pub external_number: Option<String>,
    pub received_on: Date,
    /// 信用承诺书: the signed commitment letter.
    pub commitment_letter: DocumentInput,
    /// 整改证明: what shows that the breach was corrected.
    pub proof_of_correction: Option<DocumentInput>,
    /// 义务履行证明: what shows that every duty was performed.
    pub proof_of_performance: Option<DocumentInput>,
}

crate::case_payload!(RepairApplicationPayload, RepairApplication, repair_application);

fn take(app: &App, intake: &mut Intake, input: RepairInput, channel: Channel, external_number: Option<String>) -> Result<Form> {
    let at = |field: &str| format!("input.application.{field}");
    if !input.commitment {
        let words = (
            "申请修复须承诺材料真实并承担相应责任（信用修复管理办法第十四条第三项）",
            "Whoever applies for repair commits itself: the materials are true, and responsibility is accepted (Order 36 art. 14(3))",
        );
        return Err(fault::bad_input(&at("commitment"), words));
    }
    if channel == Channel::CreditChina && external_number.as_deref().is_none_or(|number| number.trim().is_empty()) {
        let words = ("信用中国转来的申请须填写其编号", "Give the number that Credit China gave to the application");
        return Err(fault::bad_input("input.externalNumber", words));
    }
    let external_number = intake.external_number("input.externalNumber", external_number)?;
    let contact_email = input.contact_email.filter(|text| !text.trim().is_empty());
    let contact_email = contact_email.map(|text| intake.email(app, &at("contactEmail"), &text)).transpose()?;
    let mut optional = |field: &str, text: Option<String>| {
        text.filter(|text| !text.trim().is_empty()).map(|text| intake.seal(app, &at(field), &text)).transpose()
    };
    let statement = optional("statement", input.statement)?;
    let form = RepairForm {
        contact_name: intake.seal(app, &at("contactName"), &input.contact_name)?,
        contact_phone: intake.phone(app, &at("contactPhone"), &input.contact_phone)?,
        contact_email,
        statement,
        commitment: input.commitment,
        external_number,
    };
    Ok(RepairFiling { channel, form }.into())
}

/// The opening of an application about a record that the viewer may see; counter and platform clerks find any record.
async fn opening(ctx: &Context<'_>, record: &ID) -> Result<Opening> {
    let id = node::case_id(record).ok_or_else(fault::not_found)?;
    let found = find::case_of_any_office(ctx, id).await?.filter(|case| case.process == Process::PublicationRecord);
    let record = found.ok_or_else(fault::not_found)?;
    Ok(Opening { record: Some(record.id), ..Opening::of(Process::RepairApplication, None) })
}

/// Opening, amending, registering.
#[derive(Debug, Default)]
pub struct RepairApplicationForms;

#[async_graphql::Object(guard = "crate::graphql::core::act::by_somebody")]
impl RepairApplicationForms {
    /// Opens a draft about one of the caller's own records.
    async fn open_repair_application(&self, ctx: &Context<'_>, input: OpenRepairApplicationInput) -> Result<RepairApplicationPayload> {
        let opening = opening(ctx, &input.record).await?;
        let mut intake = Intake::default();
        intake.arguments.form = Some(take(ctx.data::<App>()?, &mut intake, input.application, Channel::Portal, None)?);
        RepairApplicationPayload::of(ctx, act::open(ctx, opening, Verb::Open, input.idempotency_key, intake).await?).await
    }

    /// Changes a draft.
    async fn amend_repair_application(&self, ctx: &Context<'_>, input: AmendRepairApplicationInput) -> Result<RepairApplicationPayload> {
        let app = ctx.data::<App>()?;
        let mut intake = Intake::default();
        intake.arguments.form = Some(take(app, &mut intake, input.application, Channel::Portal, None)?);
        RepairApplicationPayload::of(
            ctx,
            act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Amend, intake).await?,
        )
        .await
    }

    /// Registers an application that came on paper or from Credit China.
    async fn register_repair_application(
        &self,
        ctx: &Context<'_>,
        input: RegisterRepairApplicationInput,
    ) -> Result<RepairApplicationPayload> {
        if input.channel.0 == Channel::Portal {
            return Err(fault::bad_input("input.channel", ("应为 COUNTER 或 CREDIT_CHINA", "It is COUNTER or CREDIT_CHINA")));
        }
        let opening = opening(ctx, &input.record).await?;
        let mut intake = Intake::default();
        intake.arguments.form = Some(take(ctx.data::<App>()?, &mut intake, input.application, input.channel.0, input.external_number)?);
        intake.date(DateKey::ReceivedOn, input.received_on);
        intake.document(DocumentKind::CommitmentLetter, input.commitment_letter);
        intake.may_add(DocumentKind::ProofOfCorrection, input.proof_of_correction);
        intake.may_add(DocumentKind::ProofOfPerformance, input.proof_of_performance);
        RepairApplicationPayload::of(ctx, act::open(ctx, opening, Verb::Register, input.idempotency_key, intake).await?).await
    }
}
