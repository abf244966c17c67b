//! Entry on a severe list: notice, defence, hearing, deliberation, decision, service.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{
    command::{Form, Opening},
    listing::{Capacity, ListingForm, ListingTerms, RelatedPerson},
    paper::{ChoiceKey, DateKey, DocumentKind, ItemList},
    process::{Process, Verb},
    record::SubjectKind,
};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    forms::{Paper, record},
    graphql::{
        case::ground::{self, GroundCountShown, GroundFactsInput},
        core::{
            act,
            enums::Term,
            fault, find,
            input::{DocumentInput, Intake},
            node,
        },
        processes::record::PenaltyRecord,
    },
    store::StoreFault,
};

/// A document that the case has issued, and what it said.
#[derive(Clone, Debug, SimpleObject)]
pub struct IssuedDocument {
    /// 文号
    pub number: String,
    pub on: Date,
    pub grounds: Vec<String>,
    pub measures: Vec<String>,
    pub years: Option<u32>,
}

fn issued(document: Option<&domain::listing::Issued>) -> Option<IssuedDocument> {
    document.cloned().map(|issued| IssuedDocument {
        number: issued.number,
        on: issued.on,
        grounds: issued.terms.grounds,
        measures: issued.terms.measures,
        years: issued.terms.years,
    })
}

crate::case_object! {
    /// A case in which somebody is put on a severe list, or is not.
    ListingCase, ListingCase, {
        /// Key of the list type.
        async fn list_type(&self) -> Option<&str> {
            self.0.data.0.listing().map(|data| data.form.list_type.as_str())
        }

        /// Keys of the grounds that are proposed.
        async fn grounds(&self) -> Vec<String> {
            self.0.data.0.listing().map(|data| data.form.terms.grounds.clone()).unwrap_or_default()
        }

        /// Keys of the measures that are proposed.
        async fn measures(&self) -> Vec<String> {
            self.0.data.0.listing().map(|data| data.form.terms.measures.clone()).unwrap_or_default()
        }

        /// The counting grounds among them, counted over the register as it stands today.
        async fn ground_counts(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<GroundCountShown>> {
            ground::of_case(ctx, &self.0).await
        }

        /// The record of the document that the case rests on.
        async fn base(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<PenaltyRecord>> {
            PenaltyRecord::read(ctx, self.0.record).await
        }

        /// The prior notice; no decision may be heavier.
        async fn notice(&self) -> Option<IssuedDocument> {
            issued(self.0.data.0.listing().and_then(|data| data.noticed.as_ref()))
        }

        async fn notice_served_on(&self) -> Option<time::Date> {
            self.0.data.0.listing().and_then(|data| data.notice_served_on)
        }

        async fn hearing_on(&self) -> Option<time::Date> {
            self.0.data.0.listing().and_then(|data| data.hearing_on)
        }

        async fn decision(&self) -> Option<IssuedDocument> {
            issued(self.0.data.0.listing().and_then(|data| data.decided.as_ref()))
        }

        async fn decision_served_on(&self) -> Option<time::Date> {
            self.0.data.0.listing().and_then(|data| data.decision_served_on)
        }

        /// Records that the listing made: of its subject, and of the persons related to it.
        async fn records(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<PenaltyRecord>> {
            let found = find::children(ctx, self.0.id, Process::PublicationRecord).await?;
            Ok(found.into_iter().map(PenaltyRecord).collect())
        }
    }
}

/// A person recorded together with a listed organisation (Sichuan Regulation art. 43).
#[derive(Clone, Debug, InputObject)]
pub struct RelatedPersonInput {
    pub capacity: Term<Capacity>,
    pub kind: Term<SubjectKind>,
    pub name: String,
    /// For organisations and sole traders.
    pub uscc: Option<String>,
    /// For natural persons.
    pub resident_id: Option<String>,
}

/// What a listing case says.
#[derive(Clone, Debug, InputObject)]
pub struct ListingInput {
    /// Key of a list type.
    pub list_type: String,
    /// Keys of its grounds.
    pub grounds: Vec<String>,
    pub measures: Vec<String>,
    /// Years on the list; the list type's own where none is given, else the maximum of the law.
    pub years: Option<u32>,
    /// The law or administrative regulation that allows more than three years, as `source/article`.
    pub law: Option<String>,
    /// What the counting grounds among them rest on.
    pub counts: Option<Vec<GroundFactsInput>>,
    pub facts: String,
    pub related: Option<Vec<RelatedPersonInput>>,
}

#[derive(Debug, InputObject)]
pub struct OpenListingCaseInput {
    /// Global id of the record of the base document.
    pub base: ID,
    pub idempotency_key: Uuid,
    pub listing: ListingInput,
    pub evidence: Option<DocumentInput>,
}

#[derive(Debug, InputObject)]
pub struct AmendListingCaseInput {
    pub id: ID,
    pub expected_version: Option<i64>,
    pub idempotency_key: Uuid,
    pub listing: ListingInput,
    pub evidence: Option<DocumentInput>,
}

/// What is decided; it may not be heavier than what was notified.
#[derive(Debug, InputObject)]
pub struct DecideToListInput {
    pub id: ID,
    pub expected_version: Option<i64>,
    pub idempotency_key: Uuid,
    pub grounds: Vec<String>,
    pub measures: Vec<String>,
    pub years: Option<u32>,
    /// The law or administrative regulation that allows more than three years, as `source/article`.
    pub law: Option<String>,
    pub listing_decision: DocumentInput,
    /// Record of the deliberation; not needed where the upper level has consented.
    pub meeting_record: Option<DocumentInput>,
    /// Where the upper level has to agree.
    pub upper_consent: Option<DocumentInput>,
    /// Day of the signature; today where none is given.
    pub signed_on: Option<Date>,
}

crate::case_payload!(ListingCasePayload, ListingCase, listing_case);

fn take(app: &App, intake: &mut Intake, input: ListingInput) -> Result<Form> {
    let mut paper = Paper::default();
    let mut related = Vec::new();
    for person in input.related.unwrap_or_default() {
        intake.trace.push_str(&format!("{person:?}"));
        let named = record::Named {
            kind: person.kind.0,
            name: &person.name,
            uscc: person.uscc.as_deref(),
            resident_id: person.resident_id.as_deref(),
        };
        related.extend(record::subject(app, &mut paper, &named).map(|subject| RelatedPerson { capacity: person.capacity.0, subject }));
    }
    if let Some(fault) = paper.broken {
        return Err(fault::internal(&StoreFault::Broken(fault.to_string())));
    }
    if !paper.faults.is_empty() {
        return Err(fault::bad_fields("input.listing.related", &paper.faults));
    }
    intake.personal.append(&mut paper.personal);
    let terms = terms(app, intake, "input.listing.law", (input.grounds, input.measures, input.years, input.law))?;
    intake.words("input.listing.listType", [&input.list_type]);
    intake.trace.push_str(&input.list_type);
    let counts = ground::take(intake, "input.listing.counts", input.counts)?;
    let facts = intake.seal(app, "input.listing.facts", &input.facts)?;
    Ok(Form::ListingDraft(Box::new(ListingForm { list_type: input.list_type, terms, counts, facts, related })))
}

type TermsGiven = (Vec<String>, Vec<String>, Option<u32>, Option<String>);

fn terms(app: &App, intake: &mut Intake, field: &str, (grounds, measures, years, law): TermsGiven) -> Result<ListingTerms> {
    intake.words("input", grounds.iter().chain(&measures));
    if let Some(law) = &law
        && app.rules().law.sources().exists(law).is_err()
    {
        return Err(fault::bad_input(
            field,
            "应为已登记规定的条款，写作 source/article。It has to be an article of a known instrument, as source/article.",
        ));
    }
    let terms = ListingTerms { grounds, measures, years, law };
    intake.trace.push_str(&format!("{terms:?}"));
    Ok(terms)
}

/// Opening, amending, deciding.
#[derive(Debug, Default)]
pub struct ListingForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl ListingForms {
    /// Opens a case about the subject of a record; for the office that made the finding.
    async fn open_listing_case(&self, ctx: &Context<'_>, input: OpenListingCaseInput) -> Result<ListingCasePayload> {
        let app = ctx.data::<App>()?;
        let base = node::case_id(&input.base).ok_or_else(fault::not_found)?;
        let base = find::case(ctx, base).await?.ok_or_else(fault::not_found)?;
        let mut intake = Intake::default();
        intake.arguments.form = Some(take(app, &mut intake, input.listing)?);
        intake.may_add(DocumentKind::Evidence, input.evidence);
        let opening = Opening { record: Some(base.id), ..Opening::of(Process::ListingCase, base.finding_office) };
        ListingCasePayload::of(ctx, act::open(ctx, opening, Verb::Open, input.idempotency_key, intake).await?).await
    }

    /// Changes a draft.
    async fn amend_listing_case(&self, ctx: &Context<'_>, input: AmendListingCaseInput) -> Result<ListingCasePayload> {
        let app = ctx.data::<App>()?;
        let mut intake = Intake::default();
        intake.arguments.form = Some(take(app, &mut intake, input.listing)?);
        intake.may_add(DocumentKind::Evidence, input.evidence);
        ListingCasePayload::of(ctx, act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Amend, intake).await?)
            .await
    }

    /// Decides to list, after a collective deliberation; never heavier than notified.
    async fn decide_to_list(&self, ctx: &Context<'_>, input: DecideToListInput) -> Result<ListingCasePayload> {
        let mut intake = Intake::default();
        let terms = terms(ctx.data::<App>()?, &mut intake, "input.law", (input.grounds, input.measures, input.years, input.law))?;
        intake.arguments.form = Some(Form::ListingDecision(terms));
        intake.document(DocumentKind::ListingDecision, input.listing_decision);
        intake.may_add(DocumentKind::MeetingRecord, input.meeting_record);
        intake.may_add(DocumentKind::UpperConsent, input.upper_consent);
        intake.may_date(DateKey::SignedOn, input.signed_on);
        ListingCasePayload::of(
            ctx,
            act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::DecideToList, intake).await?,
        )
        .await
    }
}

/// Acts on a listing case.
#[derive(Debug, Default)]
pub struct ListingMutations;

crate::case_mutations!(ListingMutations, ListingCase, listing_case, {
    /// Hands the case in for its legal check.
    submit_listing_case SubmitListingCaseInput SubmitListingCasePayload Submit {
        evidence: DocumentInput => |i, v| i.document(DocumentKind::Evidence, v),
    }
    /// Sends the case back to the unit.
    send_back_listing_case SendBackListingCaseInput SendBackListingCasePayload SendBack {
        reason: String => |i, v| i.reason(v),
    }
    /// The legal check finds no fault.
    pass_legal_check PassLegalCheckInput PassLegalCheckPayload PassLegalCheck {}
    /// Signs the prior notice: grounds, basis, measures, rights.
    sign_prior_notice SignPriorNoticeInput SignPriorNoticePayload SignNotice {
        prior_notice: DocumentInput => |i, v| i.document(DocumentKind::PriorNotice, v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Ends the case without a listing.
    cancel_listing_case CancelListingCaseInput CancelListingCasePayload Cancel {
        reason: String => |i, v| i.reason(v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Records that the notice was served, and how; by e-mail only with the party's signed consent.
    serve_prior_notice ServePriorNoticeInput ServePriorNoticePayload ServeNotice {
        service_method: String => |i, v| i.choice(ChoiceKey::ServiceMethod, &v),
        served_on: Date => |i, v| i.date(DateKey::ServedOn, v),
        proof_of_service: DocumentInput => |i, v| i.document(DocumentKind::ProofOfService, v),
        service_consent: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ServiceConsent, v),
    }
    /// Corrects a wrong day of service before the decision, with proof: the times that run from it are counted again.
    correct_notice_service CorrectNoticeServiceInput CorrectNoticeServicePayload CorrectService {
        reason: String => |i, v| i.reason(v),
        service_method: String => |i, v| i.choice(ChoiceKey::ServiceMethod, &v),
        served_on: Date => |i, v| i.date(DateKey::ServedOn, v),
        proof_of_service: DocumentInput => |i, v| i.document(DocumentKind::ProofOfService, v),
        service_consent: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ServiceConsent, v),
    }
    /// Files a statement and defence; each point will be answered.
    /// At the counter with the day on which it came in, which decides whether it is in time; with proof of that day where
    /// the time was closed already.
    file_defence FileDefenceInput FileDefencePayload FileDefence {
        points: Vec<String> => |i, v| i.open(ItemList::DefencePoints, v),
        statement_of_defence: DocumentInput => |i, v| i.document(DocumentKind::StatementOfDefence, v),
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
        proof_of_receipt: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfReceipt, v),
    }
    /// Waives the defence in writing.
    /// Where the time is closed already, the counter brings proof of the day of receipt.
    waive_defence WaiveDefenceInput WaiveDefencePayload WaiveDefence {
        waiver: DocumentInput => |i, v| i.document(DocumentKind::Waiver, v),
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
        proof_of_receipt: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfReceipt, v),
    }
    /// Asks for a hearing, in time.
    ask_for_hearing AskForHearingInput AskForHearingPayload AskForHearing {
        statement_of_defence: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::StatementOfDefence, v),
        received_on: Option<Date> => |i, v| i.may_date(DateKey::ReceivedOn, v),
        proof_of_receipt: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ProofOfReceipt, v),
        hearing_request: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::HearingRequest, v),
    }
    /// Sets the day of the hearing, far enough ahead.
    call_hearing CallHearingInput CallHearingPayload CallHearing {
        hearing_on: Date => |i, v| i.date(DateKey::HearingOn, v),
    }
    /// Records what was said in the hearing.
    close_hearing CloseHearingInput CloseHearingPayload CloseHearing {
        hearing_record: DocumentInput => |i, v| i.document(DocumentKind::HearingRecord, v),
    }
    /// Answers points of the defence in writing.
    answer_defence AnswerDefenceInput AnswerDefencePayload AnswerDefence {
        points: Vec<String> => |i, v| i.settle(ItemList::DefencePoints, v),
        answer_to_defence: DocumentInput => |i, v| i.document(DocumentKind::AnswerToDefence, v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Hands the case to deliberation: every point is answered and the defence period is over.
    finish_defence FinishDefenceInput FinishDefencePayload FinishDefence {}
    /// The defence holds: nobody is listed.
    uphold_defence UpholdDefenceInput UpholdDefencePayload UpholdDefence {
        reason: String => |i, v| i.reason(v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Asks the upper level, where it has to agree.
    ask_upper_consent AskUpperConsentInput AskUpperConsentPayload AskUpperConsent {
        meeting_record: DocumentInput => |i, v| i.document(DocumentKind::MeetingRecord, v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Decides not to list.
    decide_not_to_list DecideNotToListInput DecideNotToListPayload DecideNotToList {
        reason: String => |i, v| i.reason(v),
        meeting_record: DocumentInput => |i, v| i.document(DocumentKind::MeetingRecord, v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Records that the decision was served together with the repair guidance; its record follows.
    serve_listing_decision ServeListingDecisionInput ServeListingDecisionPayload ServeDecision {
        service_method: String => |i, v| i.choice(ChoiceKey::ServiceMethod, &v),
        served_on: Date => |i, v| i.date(DateKey::ServedOn, v),
        proof_of_service: DocumentInput => |i, v| i.document(DocumentKind::ProofOfService, v),
        repair_guidance: DocumentInput => |i, v| i.document(DocumentKind::RepairGuidance, v),
        service_consent: Option<DocumentInput> => |i, v| i.may_add(DocumentKind::ServiceConsent, v),
    }
    /// Annuls a listing: its records are retracted with it.
    annul_listing AnnulListingInput AnnulListingPayload Annul {
        reason: String => |i, v| i.reason(v),
        known_on: Date => |i, v| i.date(DateKey::KnownOn, v),
        annulling_document: DocumentInput => |i, v| i.document(DocumentKind::AnnullingDocument, v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
});
