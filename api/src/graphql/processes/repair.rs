//! Repair applications and their review and release.

use async_graphql::{Context, ID, InputObject, Result};
use domain::{
    command::{Form, Opening},
    data::{Channel, RepairForm},
    paper::{ChoiceKey, DateKey, DocumentKind, ItemList, ReasonWord},
    process::{Process, Verb},
};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    graphql::{
        core::{
            act,
            enums::Term,
            fault, find,
            input::{DocumentInput, Intake},
            node,
        },
        processes::record::PenaltyRecord,
    },
};

crate::case_object! {
    /// An application for repair of one record.
    RepairApplication, RepairApplication, {
        /// The record it is about.
        async fn record(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<PenaltyRecord>> {
            PenaltyRecord::read(ctx, self.0.record).await
        }

        async fn channel(&self) -> Option<Term<Channel>> {
            self.0.data.0.repair().map(|data| Term(data.channel))
        }

        /// 文号 of the decision.
        async fn decision_number(&self) -> Option<&str> {
            self.0.data.0.repair().and_then(|data| data.decision_number.as_deref())
        }

        async fn decided_on(&self) -> Option<time::Date> {
            self.0.data.0.repair().and_then(|data| data.decided_on)
        }

        /// Whether falsity was found.
        async fn falsity(&self) -> bool {
            self.0.data.0.repair().is_some_and(|data| data.falsity)
        }
    }
}

/// What an application says.
#[derive(Clone, Debug, InputObject)]
pub struct RepairInput {
    pub contact_name: String,
    pub contact_phone: String,
    pub contact_email: Option<String>,
    pub statement: Option<String>,
    /// The materials are true, and the subject accepts responsibility (Order 36 art. 14(3)).
    pub commitment: bool,
}

#[derive(Debug, InputObject)]
pub struct OpenRepairApplicationInput {
    /// Global id of the record.
    pub record: ID,
    pub idempotency_key: Uuid,
    pub application: RepairInput,
}

#[derive(Debug, InputObject)]
pub struct AmendRepairApplicationInput {
    pub id: ID,
    pub expected_version: Option<i64>,
    pub idempotency_key: Uuid,
    pub application: RepairInput,
}

#[derive(Debug, InputObject)]
pub struct RegisterRepairApplicationInput {
    pub record: ID,
    pub idempotency_key: Uuid,
    pub application: RepairInput,
    /// COUNTER or `CREDIT_CHINA`
    pub channel: Term<Channel>,
    /// Credit China's own number.
    pub external_number: Option<String>,
    pub received_on: Date,
    pub commitment_letter: DocumentInput,
    pub proof_of_correction: Option<DocumentInput>,
    pub proof_of_performance: Option<DocumentInput>,
}

crate::case_payload!(RepairApplicationPayload, RepairApplication, repair_application);

fn take(app: &App, intake: &mut Intake, input: RepairInput, channel: Channel, external_number: Option<String>) -> Result<Form> {
    let at = |field: &str| format!("input.application.{field}");
    intake.trace.push_str(&format!("{channel:?}{}", input.commitment));
    let external_number = intake.external_number("input.externalNumber", external_number)?;
    let contact_email = input.contact_email.filter(|text| !text.trim().is_empty());
    let contact_email = contact_email.map(|text| intake.email(app, &at("contactEmail"), &text)).transpose()?;
    let mut optional = |field: &str, text: Option<String>| {
        text.filter(|text| !text.trim().is_empty()).map(|text| intake.seal(app, &at(field), &text)).transpose()
    };
    let statement = optional("statement", input.statement)?;
    let form = RepairForm {
        contact_name: intake.seal(app, &at("contactName"), &input.contact_name)?,
        contact_phone: intake.seal(app, &at("contactPhone"), &input.contact_phone)?,
        contact_email,
        statement,
        commitment: input.commitment,
        external_number,
    };
    Ok(Form::RepairApplication { channel, form: Box::new(form) })
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
pub struct RepairForms;

#[async_graphql::Object(guard = "crate::graphql::core::act::by_somebody")]
impl RepairForms {
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
            return Err(fault::bad_input("input.channel", "应为 COUNTER 或 CREDIT_CHINA。It is COUNTER or CREDIT_CHINA."));
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

/// Acts on an application.
#[derive(Debug, Default)]
pub struct RepairMutations;

crate::case_mutations!(RepairMutations, RepairApplication, repair_application, {
    /// Hands the application in.
    apply_for_repair ApplyForRepairInput ApplyForRepairPayload Apply {
        commitment_letter: DocumentInput => |i, v| i.document(DocumentKind::CommitmentLetter, v),
        proof_of_correction: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfCorrection, v),
        proof_of_performance: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfPerformance, v),
    }
    /// Accepts a complete application, within three working days.
    accept_repair_application AcceptRepairApplicationInput AcceptRepairApplicationPayload Accept {}
    /// Tells once everything that is missing.
    ask_repair_supplement AskRepairSupplementInput AskRepairSupplementPayload AskSupplement {
        missing_papers: Vec<String> => |i, v| i.open(ItemList::MissingPapers, v),
    }
    /// Supplies what was missing: names each point and brings the papers.
    /// After the application has lapsed, what came in time is taken in with proof of the day of receipt, and the case goes on.
    resubmit_repair_application ResubmitRepairApplicationInput ResubmitRepairApplicationPayload Resubmit {
        points: Vec<String> => |i, v| i.settle(ItemList::MissingPapers, v),
        commitment_letter: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::CommitmentLetter, v),
        proof_of_correction: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfCorrection, v),
        proof_of_performance: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfPerformance, v),
        evidence: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::Evidence, v),
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
        proof_of_receipt: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfReceipt, v),
    }
    /// Ends an application whose applicant did not answer after the reminder.
    lapse_repair_application LapseRepairApplicationInput LapseRepairApplicationPayload Lapse {
        reason: String => |i, v| i.reason(v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Declines to accept, with reasons.
    decline_repair_application DeclineRepairApplicationInput DeclineRepairApplicationPayload Decline {
        reason_code: Term<ReasonWord> => |i, v| i.reason_code(v),
        reason: String => |i, v| i.reason(v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Records that conditions of Order 36 art. 14 were checked, and how.
    check_repair_condition CheckRepairConditionInput CheckRepairConditionPayload CheckCondition {
        points: Vec<String> => |i, v| i.settle(ItemList::RepairConditions, v),
        check_method: String => |i, v| i.choice(ChoiceKey::CheckMethod, &v),
        check_record: DocumentInput => |i, v| i.document(DocumentKind::CheckRecord, v),
    }
    /// Hands the file up to the policy office.
    hand_up_repair_application HandUpRepairApplicationInput HandUpRepairApplicationPayload HandUp {}
    /// Sends the file back to the finding unit.
    send_back_repair_application SendBackRepairApplicationInput SendBackRepairApplicationPayload SendBack {
        reason: String => |i, v| i.reason(v),
    }
    /// The policy office has looked at the file.
    endorse_repair_application EndorseRepairApplicationInput EndorseRepairApplicationPayload Endorse {}
    /// Extends the time for the result, once and in time.
    extend_repair_application ExtendRepairApplicationInput ExtendRepairApplicationPayload Extend {
        reason: String => |i, v| i.reason(v),
    }
    /// Grants the repair: publication, sharing and measures stop with it.
    grant_repair_application GrantRepairApplicationInput GrantRepairApplicationPayload Grant {
        repair_decision: DocumentInput => |i, v| i.document(DocumentKind::RepairDecision, v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Refuses the repair, with reasons.
    refuse_repair_application RefuseRepairApplicationInput RefuseRepairApplicationPayload Refuse {
        reason_code: Term<ReasonWord> => |i, v| i.reason_code(v),
        reason: String => |i, v| i.reason(v),
        repair_decision: DocumentInput => |i, v| i.document(DocumentKind::RepairDecision, v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Refuses for falsity, after hearing the subject: a record for three years, no repair for three years.
    refuse_repair_application_for_falsity RefuseRepairApplicationForFalsityInput RefuseRepairApplicationForFalsityPayload RefuseForFalsity {
        reason: String => |i, v| i.reason(v),
        falsity_finding: DocumentInput => |i, v| i.document(DocumentKind::FalsityFinding, v),
        hearing_record: DocumentInput => |i, v| i.document(DocumentKind::HearingRecord, v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Confirms that a target of the release has carried it out.
    confirm_release_order ConfirmReleaseOrderInput ConfirmReleaseOrderPayload ConfirmOrder {
        points: Vec<String> => |i, v| i.settle(ItemList::ReleaseOrders, v),
    }
    /// Takes the application back.
    withdraw_repair_application WithdrawRepairApplicationInput WithdrawRepairApplicationPayload Withdraw {
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
        withdrawal_request: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::WithdrawalRequest, v),
    }
    /// Reopens an application whose refusal was found wrong.
    reopen_repair_application ReopenRepairApplicationInput ReopenRepairApplicationPayload Reopen {
        reason: String => |i, v| i.reason(v),
        reopening_document: DocumentInput => |i, v| i.document(DocumentKind::ReopeningDocument, v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Revokes a repair for falsity, after hearing the subject.
    revoke_repair RevokeRepairInput RevokeRepairPayload Revoke {
        reason: String => |i, v| i.reason(v),
        falsity_finding: DocumentInput => |i, v| i.document(DocumentKind::FalsityFinding, v),
        hearing_record: DocumentInput => |i, v| i.document(DocumentKind::HearingRecord, v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
});
