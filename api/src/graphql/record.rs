//! The record of a penalty or other base document, together with its publication.

use async_graphql::{InputObject, Result};
use domain::{
    command::{Form, Opening, SubjectDraft, Target},
    data::RecordForm,
    identifier::{ResidentId, Uscc},
    name::search_key,
    paper::{DateKey, DocumentKind, ItemList},
    process::{Process, Verb},
    record::{FineSize, Penalty, PenaltyKind, PenaltyProcedure, RecordClass, RecordFacts, Sector, SubjectKind, SubstancePolicy},
};
use time::Date;
use uuid::Uuid;

use super::{act, fault, input::{DocumentInput, Intake}, words::Term};
use crate::{app::App, people::Viewer};

crate::case_object! {
    /// A record with class, terms and publication.
    PenaltyRecord, PublicationRecord, {
        /// Class by Order 36; none while undetermined.
        async fn class(&self) -> Option<Term<RecordClass>> {
            self.0.data.0.record().and_then(|data| data.terms.class).map(Term)
        }

        /// What has to be decided while the class is undetermined.
        async fn asks(&self) -> Vec<String> {
            self.0.data.0.record().map(|data| data.terms.asks.clone()).unwrap_or_default()
        }

        async fn decision_number(&self) -> Option<&str> {
            self.0.data.0.record().map(|data| data.form.decision_number.as_str())
        }

        /// Last day of the minimum term.
        async fn min_last_day(&self) -> Option<time::Date> {
            self.0.data.0.record().and_then(|data| data.terms.min_last_day)
        }

        /// First day on which a repair application can be accepted, as far as the facts tell.
        async fn earliest_repair(&self) -> Option<time::Date> {
            self.0.data.0.record().and_then(|data| data.terms.earliest_repair)
        }

        /// Last lawful day of publication.
        async fn max_last_day(&self) -> Option<time::Date> {
            self.0.data.0.record().and_then(|data| data.terms.max_last_day.max(data.continued_until))
        }

        async fn published_on(&self) -> Option<time::Date> {
            self.0.data.0.record().and_then(|data| data.published_on)
        }

        async fn duties_done_on(&self) -> Option<time::Date> {
            self.0.data.0.record().and_then(|data| data.duties_done_on)
        }

        /// No repair before the day after this one.
        async fn barred_until(&self) -> Option<time::Date> {
            self.0.data.0.record().and_then(|data| data.barred_until)
        }

        /// Both computations and which was used, as JSON text.
        async fn assessment(&self) -> String {
            self.0.data.0.record().map(|data| data.terms.assessment.to_string()).unwrap_or_default()
        }
    }
}

/// One penalty of a decision.
#[derive(Clone, Debug, InputObject)]
pub struct PenaltyInput {
    pub kind: Term<PenaltyKind>,
    /// Only for a fine.
    pub size: Option<Term<FineSize>>,
    /// Last day of a penalty with a period of its own.
    pub until: Option<Date>,
}

/// Fields of the dual-publication template.
#[derive(Clone, Debug, InputObject)]
pub struct RecordInput {
    pub subject_kind: Term<SubjectKind>,
    pub subject_name: String,
    /// Unified social credit code; for organisations and sole traders.
    pub uscc: Option<String>,
    /// Resident identity number; for natural persons.
    pub resident_id: Option<String>,
    pub procedure: Term<PenaltyProcedure>,
    pub decision_date: Date,
    pub decision_number: String,
    pub sector: Option<Term<Sector>>,
    pub penalties: Vec<PenaltyInput>,
    pub violation: String,
    pub facts: String,
    pub basis: String,
    pub content: String,
    pub body_name: String,
    pub body_uscc: String,
    pub source_name: String,
    pub source_uscc: String,
    pub measures: Option<Vec<String>>,
    /// First day of publication; the setting's number of working days where none is given.
    pub publish_on: Option<Date>,
    pub duties_done_on: Option<Date>,
}

/// Input of registerPenaltyRecord.
#[derive(Debug, InputObject)]
pub struct RegisterPenaltyRecordInput {
    /// The caller's office, which made the finding.
    pub office: String,
    pub idempotency_key: Uuid,
    pub record: RecordInput,
    pub base_document: Option<DocumentInput>,
}

/// Input of correctPenaltyRecord.
#[derive(Debug, InputObject)]
pub struct CorrectPenaltyRecordInput {
    pub id: async_graphql::ID,
    pub expected_version: Option<i64>,
    pub idempotency_key: Uuid,
    pub reason: String,
    pub correction_document: DocumentInput,
    pub record: RecordInput,
}

/// The record after the act, its entry, or the refusal.
#[derive(Debug, async_graphql::SimpleObject)]
pub struct PenaltyRecordPayload {
    pub penalty_record: Option<PenaltyRecord>,
    pub entry: Option<super::audit::AuditEntry>,
    pub refusal: Option<super::shown::RefusalShown>,
    pub follow_ups: Vec<super::audit::AuditEntry>,
}

/// The subject that the input names; a wrong identifier is refused at its field.
fn subject(app: &App, intake: &mut Intake, input: &RecordInput) -> Result<SubjectDraft> {
    let at = |field: &str| format!("input.record.{field}");
    let natural = input.subject_kind.0 == SubjectKind::NaturalPerson;
    let mut draft = SubjectDraft {
        kind: input.subject_kind.0,
        uscc: None,
        id_number: None,
        id_number_hash: None,
        id_number_masked: None,
        name: None,
        name_key: None,
        sealed_name: None,
    };
    if natural {
        let number = input.resident_id.as_deref().unwrap_or_default();
        let number = ResidentId::parse(number, app.clock.today())
            .map_err(|wrong| fault::bad_input(&at("residentId"), format!("{}。{}.", wrong.zh, wrong.en)))?;
        draft.id_number_hash = Some(app.keys.keyed_hash(number.expose()));
        draft.id_number_masked = Some(number.masked(4, 2));
        draft.id_number = Some(intake.seal(app, &at("residentId"), number.expose())?);
        draft.sealed_name = Some(intake.seal(app, &at("subjectName"), &input.subject_name)?);
    } else {
        let code = input.uscc.as_deref().unwrap_or_default();
        let code = Uscc::parse(code).map_err(|wrong| fault::bad_input(&at("uscc"), format!("{}。{}.", wrong.zh, wrong.en)))?;
        intake.trace.push_str(code.as_str());
        draft.uscc = Some(code.to_string());
        draft.name_key = Some(search_key(&input.subject_name));
        draft.name = Some(input.subject_name.trim().to_owned());
    }
    Ok(draft)
}

/// The subject and the form that the input describes; wrong identifiers are refused at their field.
fn take(app: &App, intake: &mut Intake, input: RecordInput) -> Result<(SubjectDraft, RecordForm)> {
    let at = |field: &str| format!("input.record.{field}");
    let draft = subject(app, intake, &input)?;
    for (field, code) in [("bodyUscc", &input.body_uscc), ("sourceUscc", &input.source_uscc)] {
        Uscc::parse(code).map_err(|wrong| fault::bad_input(&at(field), format!("{}。{}.", wrong.zh, wrong.en)))?;
    }
    let facts = RecordFacts {
        subject_kind: input.subject_kind.0,
        procedure: input.procedure.0,
        finding_date: input.decision_date,
        sector: input.sector.map(|sector| sector.0),
        penalties: input
            .penalties
            .iter()
            .map(|penalty| Penalty { kind: penalty.kind.0, size: penalty.size.map(|size| size.0), until: penalty.until })
            .collect(),
        severe_listing: None,
        publication_necessity: None,
        duties_done_on: input.duties_done_on,
        substance_policy: SubstancePolicy::Favourable,
        finding_date_counts: false,
    };
    if let Some(wrong) = facts.validate().into_iter().next() {
        return Err(fault::bad_input(&at(wrong.field), format!("{}。{}.", wrong.zh, wrong.en)));
    }
    if input.decision_date > app.clock.today() {
        return Err(fault::bad_input(&at("decisionDate"), "决定日期晚于今日。The decision date lies in the future."));
    }
    let form = RecordForm {
        violation_facts: intake.seal(app, &at("facts"), &input.facts)?,
        facts,
        decision_number: input.decision_number.trim().to_owned(),
        violation: input.violation,
        basis: input.basis,
        content: input.content,
        fine_cents: None,
        confiscated_cents: None,
        licence: None,
        valid_until: None,
        body_name: input.body_name,
        body_uscc: input.body_uscc,
        source_name: input.source_name,
        source_uscc: input.source_uscc,
        legal_representative: None,
        remark: None,
        measures: input.measures.unwrap_or_default(),
        publish_on: input.publish_on,
        repair_barred_by: None,
    };
    intake.trace.push_str(&form.decision_number);
    Ok((draft, form))
}

/// Registers and corrects.
#[derive(Debug, Default)]
pub struct RecordForms;

#[async_graphql::Object]
impl RecordForms {
    /// Records a penalty decision: class and terms follow from the facts; it is published, not published or held for a decision.
    async fn register_penalty_record(&self, ctx: &async_graphql::Context<'_>, input: RegisterPenaltyRecordInput) -> Result<PenaltyRecordPayload> {
        let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
        if viewer.account.is_none() {
            return Err(fault::unauthenticated());
        }
        let mut intake = Intake::default();
        let (subject, form) = take(app, &mut intake, input.record)?;
        if let Some(document) = input.base_document {
            intake.document(DocumentKind::BaseDocument, document);
        }
        intake.finish(app, viewer).await?;
        intake.arguments.form = Some(Form::Record(Box::new(form)));
        let opening = Opening {
            process: Process::PublicationRecord,
            office: Some(input.office),
            subject: None,
            new_subject: Some(subject),
            record: None,
        };
        let verbs = vec![Verb::RecordForPublication, Verb::RecordUnpublished, Verb::RecordUndetermined];
        let done = act::submit(ctx, Target::New(opening), verbs, None, input.idempotency_key, intake).await?;
        payload(ctx, done).await
    }

    /// Corrects wrong content; the platform is to be told within three working days.
    async fn correct_penalty_record(&self, ctx: &async_graphql::Context<'_>, input: CorrectPenaltyRecordInput) -> Result<PenaltyRecordPayload> {
        let app = ctx.data::<App>()?;
        let mut intake = Intake::default();
        let (_, form) = take(app, &mut intake, input.record)?;
        intake.reason(input.reason);
        intake.document(DocumentKind::CorrectionDocument, input.correction_document);
        intake.arguments.form = Some(Form::Record(Box::new(form)));
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Correct, intake).await?;
        payload(ctx, done).await
    }
}

async fn payload(ctx: &async_graphql::Context<'_>, done: act::Done) -> Result<PenaltyRecordPayload> {
    Ok(PenaltyRecordPayload {
        penalty_record: PenaltyRecord::read(ctx, done.case).await?,
        entry: done.entry,
        refusal: done.refusal,
        follow_ups: done.follow_ups,
    })
}

/// Acts on a record.
#[derive(Debug, Default)]
pub struct RecordMutations;

crate::case_mutations!(RecordMutations, PenaltyRecord, penalty_record, {
    /// Publishes before the scheduled day.
    publish_penalty_record PublishPenaltyRecordInput PublishPenaltyRecordPayload Publish {}
    /// Settles a class that the law leaves open, with publication.
    determine_penalty_record_for_publication DeterminePenaltyRecordForPublicationInput DeterminePenaltyRecordForPublicationPayload DetermineForPublication {
        reason: String => |i, v| i.reason(v),
        record_class: Term<RecordClass> => |i, v| i.class(v),
        determination_decision: DocumentInput => |i, v| i.document(DocumentKind::DeterminationDecision, v),
    }
    /// Settles a class that the law leaves open, without publication.
    determine_penalty_record_unpublished DeterminePenaltyRecordUnpublishedInput DeterminePenaltyRecordUnpublishedPayload DetermineUnpublished {
        reason: String => |i, v| i.reason(v),
        record_class: Term<RecordClass> => |i, v| i.class(v),
        determination_decision: DocumentInput => |i, v| i.document(DocumentKind::DeterminationDecision, v),
    }
    /// Finds that a minor record has to be published, for at most three months.
    find_publication_necessary FindPublicationNecessaryInput FindPublicationNecessaryPayload FindNecessary {
        reason: String => |i, v| i.reason(v),
        necessity_decision: DocumentInput => |i, v| i.document(DocumentKind::NecessityDecision, v),
    }
    /// Records that the breach is corrected and every duty done.
    record_duties_done RecordDutiesDoneInput RecordDutiesDonePayload RecordDutiesDone {
        done_on: Date => |i, v| i.date(DateKey::DoneOn, v),
        proof_of_performance: DocumentInput => |i, v| i.document(DocumentKind::ProofOfPerformance, v),
    }
    /// Ends what is held at its maximum, under a sector rule.
    decide_to_stop DecideToStopInput DecideToStopPayload DecideStop {
        reason: String => |i, v| i.reason(v),
        sector_rule: DocumentInput => |i, v| i.document(DocumentKind::SectorRule, v),
    }
    /// Continues what is held at its maximum, under a sector rule, to a day.
    decide_to_continue DecideToContinueInput DecideToContinuePayload DecideContinue {
        reason: String => |i, v| i.reason(v),
        until: Date => |i, v| i.date(DateKey::Until, v),
        sector_rule: DocumentInput => |i, v| i.document(DocumentKind::SectorRule, v),
    }
    /// Confirms that a correction has been reported.
    confirm_correction ConfirmCorrectionInput ConfirmCorrectionPayload ConfirmCorrection {
        evidence: DocumentInput => |i, v| i.document(DocumentKind::Evidence, v),
    }
    /// Shields a record by court ruling or stay.
    shield_penalty_record ShieldPenaltyRecordInput ShieldPenaltyRecordPayload Shield {
        ground: String => |i, v| i.choice(domain::paper::ChoiceKey::ShieldGround, &v),
        scope: Vec<String> => |i, v| i.open(ItemList::ShieldGrounds, v),
        ruling_received_on: Date => |i, v| i.date(DateKey::RulingReceivedOn, v),
        court_or_review_order: DocumentInput => |i, v| i.document(DocumentKind::CourtOrReviewOrder, v),
    }
    /// Adds a second ground of shielding.
    add_shield_ground AddShieldGroundInput AddShieldGroundPayload AddShieldGround {
        ground: String => |i, v| i.choice(domain::paper::ChoiceKey::ShieldGround, &v),
        scope: Vec<String> => |i, v| i.open(ItemList::ShieldGrounds, v),
        ruling_received_on: Date => |i, v| i.date(DateKey::RulingReceivedOn, v),
        court_or_review_order: DocumentInput => |i, v| i.document(DocumentKind::CourtOrReviewOrder, v),
    }
    /// Ends a ground of shielding; when none is left, publication resumes or ends as the term says.
    end_shield_ground EndShieldGroundInput EndShieldGroundPayload EndShieldGround {
        points: Vec<String> => |i, v| i.settle(ItemList::ShieldGrounds, v),
        ruling_received_on: Date => |i, v| i.date(DateKey::RulingReceivedOn, v),
        court_or_review_order: DocumentInput => |i, v| i.document(DocumentKind::CourtOrReviewOrder, v),
    }
    /// Retracts a record whose base document was annulled, changed or declared unlawful.
    retract_penalty_record RetractPenaltyRecordInput RetractPenaltyRecordPayload Retract {
        reason: String => |i, v| i.reason(v),
        known_on: Date => |i, v| i.date(DateKey::KnownOn, v),
        annulling_document: DocumentInput => |i, v| i.document(DocumentKind::AnnullingDocument, v),
    }
    /// Confirms that someone who has to be told of a retraction has been told.
    confirm_retraction_order ConfirmRetractionOrderInput ConfirmRetractionOrderPayload ConfirmOrder {
        points: Vec<String> => |i, v| i.settle(ItemList::RetractionOrders, v),
    }
    /// Lifts a bar on repair whose finding of falsity was annulled.
    lift_repair_bar LiftRepairBarInput LiftRepairBarPayload LiftRepairBar {
        reason: String => |i, v| i.reason(v),
        annulling_document: DocumentInput => |i, v| i.document(DocumentKind::AnnullingDocument, v),
    }
});
