//! Entry on a severe list: notice, defence, hearing, deliberation, decision, service.

mod acts;

use async_graphql::{Context, ID, InputObject, Result, SimpleObject};
use domain::{
    command::Opening,
    listing::{Capacity, ListingForm, ListingTerms, RelatedPerson},
    paper::{DateKey, DocumentKind},
    process::{Form, Process, Verb},
    record::SubjectKind,
};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    forms::{Paper, record},
    graphql::{
        case::{
            ground::{self, GroundCountShown, GroundFactsInput},
            written::{self, GroundFactsShown, RelatedPersonShown},
        },
        core::{
            act,
            enums::EnumOf,
            fault, find,
            input::{DocumentInput, Intake},
            node,
            shown::Citation,
        },
        processes::publication_record::PublicationRecord,
    },
    store::StoreFault,
};

pub use acts::{ListingCaseActs, TOLD};

/// A document that the case has issued, and what it said.
#[derive(Clone, Debug, SimpleObject)]
pub struct IssuedDocument {
    /// 文号: the number that the document carries.
    pub number: String,
    /// The day on which it was signed.
    pub on: Date,
    /// Keys of the grounds that it names.
    pub grounds: Vec<String>,
    /// Keys of the measures that it names.
    pub measures: Vec<String>,
    /// Years on the list that it names; none where the law's term holds.
    pub years: Option<u32>,
    /// The law that allows more than the legal maximum, as `source/article`.
    pub law: Option<String>,
}

fn cited(ctx: &Context<'_>, law: &str) -> Result<Citation> {
    Ok(Citation::of(&ctx.data::<App>()?.rules(), law))
}

fn issued(document: Option<&domain::listing::Issued>) -> Option<IssuedDocument> {
    document.cloned().map(|issued| IssuedDocument {
        number: issued.number,
        on: issued.on,
        grounds: issued.terms.grounds,
        measures: issued.terms.measures,
        years: issued.terms.years,
        law: issued.terms.law,
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

        /// Years on the list that are proposed; none where the list type's own count.
        async fn years(&self) -> Option<u32> {
            self.0.data.0.listing().and_then(|data| data.form.terms.years)
        }

        /// The law or administrative regulation that allows more than the legal maximum; none where none is named.
        async fn law(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Citation>> {
            let law = self.0.data.0.listing().and_then(|data| data.form.terms.law.as_deref());
            law.map(|law| cited(ctx, law)).transpose()
        }

        /// What the filing said of the counting grounds.
        async fn counts(&self) -> Vec<GroundFactsShown> {
            self.0.data.0.listing().map(|data| written::counts(&data.form.counts)).unwrap_or_default()
        }

        /// Facts and reasons of the case, as the finding office tells them; none once they were erased.
        async fn facts(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.listing().map(|data| &data.form.facts)).await
        }

        /// Persons who are to be recorded together with the organisation (Sichuan Regulation art. 43).
        async fn related(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<RelatedPersonShown>> {
            let persons = self.0.data.0.listing().map(|data| data.form.related.as_slice()).unwrap_or_default();
            written::related(ctx, persons).await
        }

        /// The counting grounds among them, counted over the register as it stands today.
        async fn ground_counts(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<GroundCountShown>> {
            ground::of_case(ctx, &self.0).await
        }

        /// The record of the document that the case rests on.
        async fn base(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<PublicationRecord>> {
            PublicationRecord::read(ctx, self.0.record).await
        }

        /// The prior notice; no decision may be heavier.
        async fn notice(&self) -> Option<IssuedDocument> {
            issued(self.0.data.0.listing().and_then(|data| data.noticed.as_ref()))
        }

        /// The day on which the notice reached the party; none before.
        async fn notice_served_on(&self) -> Option<time::Date> {
            self.0.data.0.listing().and_then(|data| data.notice_served_on)
        }

        /// The day for which the hearing was called; none where none was.
        async fn hearing_on(&self) -> Option<time::Date> {
            self.0.data.0.listing().and_then(|data| data.hearing_on)
        }

        /// The decision to list; none before.
        async fn decision(&self) -> Option<IssuedDocument> {
            issued(self.0.data.0.listing().and_then(|data| data.decided.as_ref()))
        }

        /// The day on which the decision reached the party; none before.
        async fn decision_served_on(&self) -> Option<time::Date> {
            self.0.data.0.listing().and_then(|data| data.decision_served_on)
        }

        /// Records that the listing made: of its subject, and of the persons related to it.
        async fn records(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<PublicationRecord>> {
            let found = find::children(ctx, self.0.id, Process::PublicationRecord).await?;
            Ok(found.into_iter().map(PublicationRecord).collect())
        }
    }
}

/// A person recorded together with a listed organisation (Sichuan Regulation art. 43).
#[derive(Clone, Debug, InputObject)]
pub struct RelatedPersonInput {
    /// How the person stands to the organisation.
    pub capacity: EnumOf<Capacity>,
    /// Organisation, sole trader or natural person.
    pub kind: EnumOf<SubjectKind>,
    /// Registered name, or name of the natural person. Sealed.
    pub name: String,
    /// Unified social credit code; for organisations and sole traders.
    pub uscc: Option<String>,
    /// Resident identity number; for natural persons. Sealed.
    pub resident_id: Option<String>,
}

/// What a listing case says.
#[derive(Clone, Debug, InputObject)]
pub struct ListingInput {
    /// Key of a list type, as `listTypes` shows it; not free text.
    pub list_type: String,
    /// Keys of its grounds, as `listTypes` shows them; not free text.
    pub grounds: Vec<String>,
    /// Keys of its measures, as `listTypes` shows them; not free text.
    pub measures: Vec<String>,
    /// Years on the list; the list type's own where none is given, else the maximum of the law.
    pub years: Option<u32>,
    /// The law or administrative regulation that allows more than the legal maximum, as `source/article`.
    pub law: Option<String>,
    /// What the counting grounds among them rest on.
    pub counts: Option<Vec<GroundFactsInput>>,
    pub facts: String,
    /// Persons who are recorded together with the organisation; none: nobody.
    pub related: Option<Vec<RelatedPersonInput>>,
}

/// A draft of a listing about the subject of a record.
#[derive(Debug, InputObject)]
pub struct OpenListingCaseInput {
    /// Global id of the record of the base document.
    pub base: ID,
    pub idempotency_key: Uuid,
    /// What the case proposes.
    pub listing: ListingInput,
    pub evidence: Option<DocumentInput>,
}

/// A draft of a listing as it should read.
#[derive(Debug, InputObject)]
pub struct AmendListingCaseInput {
    /// Global id of the draft.
    pub id: ID,
    pub expected_version: Option<i64>,
    pub idempotency_key: Uuid,
    /// What the case proposes, whole: it replaces what stood there.
    pub listing: ListingInput,
    pub evidence: Option<DocumentInput>,
}

/// What is decided; it may not be heavier than what was notified.
#[derive(Debug, InputObject)]
pub struct DecideToListInput {
    /// Global id of the listing case.
    pub id: ID,
    pub expected_version: Option<i64>,
    pub idempotency_key: Uuid,
    /// Keys of the grounds that are found; none that was not notified.
    pub grounds: Vec<String>,
    /// Keys of the measures; none that was not notified.
    pub measures: Vec<String>,
    /// Years on the list; not more than was notified.
    pub years: Option<u32>,
    /// The law or administrative regulation that allows more than the legal maximum, as `source/article`.
    pub law: Option<String>,
    /// 列入决定书: the signed decision.
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
    for (place, person) in input.related.unwrap_or_default().into_iter().enumerate() {
        intake.trace.push_str(&format!("{person:?}"));
        let named = record::Named {
            kind: person.kind.0,
            name: &person.name,
            uscc: person.uscc.as_deref(),
            resident_id: person.resident_id.as_deref(),
        };
        let subject = paper.placed(place, |paper| record::subject(app, paper, &named));
        related.extend(subject.map(|subject| RelatedPerson { capacity: person.capacity.0, subject }));
    }
    if let Some(fault) = paper.broken {
        return Err(fault::internal(&StoreFault::broken(fault)));
    }
    if !paper.faults.is_empty() {
        return Err(fault::bad_fields("input.listing.related", &paper.faults));
    }
    intake.personal.append(&mut paper.personal);
    let terms = terms(app, intake, "input.listing", (input.grounds, input.measures, input.years, input.law))?;
    intake.word("input.listing.listType", Some(&input.list_type));
    intake.trace.push_str(&input.list_type);
    let counts = ground::take(intake, "input.listing.counts", input.counts)?;
    let facts = intake.seal(app, "input.listing.facts", &input.facts)?;
    Ok(Form::ListingDraft(Box::new(ListingForm { list_type: input.list_type, terms, counts, facts, related })))
}

type TermsGiven = (Vec<String>, Vec<String>, Option<u32>, Option<String>);

/// Terms that stand at `at` in the input.
fn terms(app: &App, intake: &mut Intake, at: &str, (grounds, measures, years, law): TermsGiven) -> Result<ListingTerms> {
    intake.words(&format!("{at}.grounds"), &grounds);
    intake.words(&format!("{at}.measures"), &measures);
    if let Some(law) = &law
        && app.rules().law.sources().exists(law).is_err()
    {
        return Err(fault::bad_input(
            &format!("{at}.law"),
            ("应为已登记规定的条款，写作 source/article", "It has to be an article of a known instrument, as source/article"),
        ));
    }
    let terms = ListingTerms { grounds, measures, years, law };
    intake.trace.push_str(&format!("{terms:?}"));
    Ok(terms)
}

/// Opening, amending, deciding.
#[derive(Debug, Default)]
pub struct ListingCaseForms;

#[async_graphql::Object(guard = "crate::graphql::core::act::by_somebody")]
impl ListingCaseForms {
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
        let terms = terms(ctx.data::<App>()?, &mut intake, "input", (input.grounds, input.measures, input.years, input.law))?;
        intake.arguments.form = Some(terms.into());
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
