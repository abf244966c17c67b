//! The work ledger: what was held, issued, taught, checked or praised, with its paper.

mod acts;

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::{
    command::Opening,
    ledger::{LedgerData, LedgerForm, LedgerKind, LedgerMatter},
    paper::DocumentKind,
    personal::Sealed,
    process::{Form, Process, Verb},
};
use time::Date;
use uuid::Uuid;

use super::plan_task::PlanTask;
use crate::{
    app::App,
    graphql::{
        case::written,
        core::{
            act,
            enums::EnumOf,
            fault, find,
            input::{DocumentInput, Intake, last_day, web_address},
            yuan::Yuan,
        },
    },
};

pub use acts::{LedgerEntryActs, TOLD};

/// The texts of a form that may be left out.
fn text(data: Option<&LedgerData>, of: fn(&LedgerForm) -> Option<&Sealed>) -> Option<&Sealed> {
    data.and_then(|data| of(&data.form))
}

crate::case_object! {
    /// An entry of the work ledger.
    LedgerEntry, LedgerEntry, {
        /// What kind of thing it tells of.
        async fn kind(&self) -> Option<EnumOf<LedgerKind>> {
            self.0.data.0.ledger().map(|data| EnumOf(data.form.kind))
        }

        /// Which of its kind: what plans count by.
        async fn matters(&self) -> Vec<EnumOf<LedgerMatter>> {
            self.0.data.0.ledger().into_iter().flat_map(|data| &data.form.matters).map(|matter| EnumOf(*matter)).collect()
        }

        /// The day on which it was held, issued or checked.
        async fn on(&self) -> Option<time::Date> {
            self.0.data.0.ledger().map(|data| data.form.on)
        }

        /// Its last day; none where it has none.
        async fn until(&self) -> Option<time::Date> {
            self.0.data.0.ledger().and_then(|data| data.form.until)
        }

        /// What it is called.
        async fn title(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.ledger().map(|data| &data.form.title)).await
        }

        /// 文号 of its paper.
        async fn document_number(&self) -> Option<&str> {
            self.0.data.0.ledger().and_then(|data| data.form.number.as_deref())
        }

        /// Where it can be read on the web.
        async fn address(&self) -> Option<&str> {
            self.0.data.0.ledger().and_then(|data| data.form.address.as_deref())
        }

        /// Who was appointed.
        async fn person(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, text(self.0.data.0.ledger(), |form| form.person.as_ref())).await
        }

        /// What came of it: resolutions or results; of a survey, the question.
        async fn outcome(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, text(self.0.data.0.ledger(), |form| form.outcome.as_ref())).await
        }

        /// Who took part; of a survey, who answered.
        async fn participants(&self) -> Option<u32> {
            self.0.data.0.ledger().and_then(|data| data.form.participants)
        }

        /// Of a survey: who was satisfied.
        async fn satisfied(&self) -> Option<u32> {
            self.0.data.0.ledger().and_then(|data| data.form.satisfied)
        }

        /// Hours of a training.
        async fn hours(&self) -> Option<u32> {
            self.0.data.0.ledger().and_then(|data| data.form.hours)
        }

        /// Whether it was held by video.
        async fn video(&self) -> Option<bool> {
            self.0.data.0.ledger().and_then(|data| data.form.video)
        }

        /// Of a link: whether it leads where it should.
        async fn works(&self) -> Option<bool> {
            self.0.data.0.ledger().and_then(|data| data.form.works)
        }

        /// Of a training of companies: whether nobody was made to take part.
        async fn voluntary(&self) -> Option<bool> {
            self.0.data.0.ledger().and_then(|data| data.form.voluntary)
        }

        /// Of a nil report: the month or quarter, such as `2026-05` or `2026-Q2`.
        async fn period(&self) -> Option<&str> {
            self.0.data.0.ledger().and_then(|data| data.form.period.as_deref())
        }

        /// Of an assessment: the score with two decimals.
        async fn score(&self) -> Option<String> {
            self.0.data.0.ledger().and_then(|data| data.form.score).map(|score| Yuan(score).text())
        }

        /// Of a meeting: the tasks that it asks of offices, as far as the viewer may see them.
        async fn tasks(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<PlanTask>> {
            let found = find::children(ctx, self.0.id, Process::PlanTask).await?;
            Ok(found.into_iter().map(PlanTask).collect())
        }
    }
}

/// What a ledger entry says. Its kind decides what of it is needed.
#[derive(Clone, Debug, InputObject)]
pub struct LedgerInput {
    /// What kind of thing it tells of.
    pub kind: EnumOf<LedgerKind>,
    /// Which of its kind; a training may be for several.
    pub matters: Vec<EnumOf<LedgerMatter>>,
    /// The day on which it was held, issued or checked.
    pub on: Date,
    /// Its last day.
    pub until: Option<Date>,
    /// What it is called.
    pub title: String,
    /// 文号 of its paper.
    pub number: Option<String>,
    /// Where it can be read on the web: https or http.
    pub address: Option<String>,
    /// Who was appointed.
    pub person: Option<String>,
    /// What came of it: resolutions or results; of a survey, the question.
    pub outcome: Option<String>,
    /// Who took part; of a survey, who answered.
    pub participants: Option<u32>,
    /// Of a survey: who was satisfied.
    pub satisfied: Option<u32>,
    /// Hours of a training.
    pub hours: Option<u32>,
    /// Whether it was held by video.
    pub video: Option<bool>,
    /// Of a link: whether it leads where it should.
    pub works: Option<bool>,
    /// Of a training of companies: whether nobody was made to take part.
    pub voluntary: Option<bool>,
    /// Of a nil report: the month or quarter, such as `2026-05` or `2026-Q2`.
    pub period: Option<String>,
    /// Of an assessment: the score, such as "86.50".
    pub score: Option<String>,
}

/// Papers of a ledger entry.
#[derive(Debug, Default)]
struct Papers {
    issued_document: Option<DocumentInput>,
    meeting_record: Option<DocumentInput>,
    screenshot: Option<DocumentInput>,
    photo: Option<DocumentInput>,
    evidence: Option<DocumentInput>,
}

/// Input of noteLedgerEntry.
#[derive(Debug, InputObject)]
pub struct NoteLedgerEntryInput {
    /// The caller's office.
    pub office: String,
    /// What is noted.
    pub ledger: LedgerInput,
    /// 印发的文件: the issued document; the id of an upload.
    pub issued_document: Option<DocumentInput>,
    /// 会议记录: the minutes; the id of an upload.
    pub meeting_record: Option<DocumentInput>,
    /// 网页截图: what the page showed; the id of an upload.
    pub screenshot: Option<DocumentInput>,
    /// 现场照片: a picture of it; the id of an upload.
    pub photo: Option<DocumentInput>,
    /// 证明材料: another paper that shows it; the id of an upload.
    pub evidence: Option<DocumentInput>,
    pub idempotency_key: Uuid,
}

/// Input of openLedgerEntry.
#[derive(Debug, InputObject)]
pub struct OpenLedgerEntryInput {
    /// The caller's office.
    pub office: String,
    /// What is begun.
    pub ledger: LedgerInput,
    /// 印发的文件: the issued document; the id of an upload.
    pub issued_document: Option<DocumentInput>,
    /// 证明材料: another paper that shows it; the id of an upload.
    pub evidence: Option<DocumentInput>,
    pub idempotency_key: Uuid,
}

/// Input of amendLedgerEntry.
#[derive(Debug, InputObject)]
pub struct AmendLedgerEntryInput {
    /// Global id of the draft.
    pub id: ID,
    pub expected_version: Option<i64>,
    /// The entry as it should read.
    pub ledger: LedgerInput,
    pub idempotency_key: Uuid,
}

/// Input of concludeLedgerEntry.
#[derive(Debug, InputObject)]
pub struct ConcludeLedgerEntryInput {
    /// Global id of the draft.
    pub id: ID,
    pub expected_version: Option<i64>,
    /// The entry with its outcome.
    pub ledger: LedgerInput,
    /// 印发的文件: the issued document; the id of an upload.
    pub issued_document: Option<DocumentInput>,
    /// 会议记录: the minutes; the id of an upload.
    pub meeting_record: Option<DocumentInput>,
    /// 网页截图: what the page showed; the id of an upload.
    pub screenshot: Option<DocumentInput>,
    /// 现场照片: a picture of it; the id of an upload.
    pub photo: Option<DocumentInput>,
    /// 证明材料: another paper that shows it; the id of an upload.
    pub evidence: Option<DocumentInput>,
    pub idempotency_key: Uuid,
}

/// Input of correctLedgerEntry.
#[derive(Debug, InputObject)]
pub struct CorrectLedgerEntryInput {
    /// Global id of the entry.
    pub id: ID,
    pub expected_version: Option<i64>,
    pub reason: String,
    /// The entry as it should read.
    pub ledger: LedgerInput,
    /// 印发的文件: the issued document; the id of an upload.
    pub issued_document: Option<DocumentInput>,
    /// 会议记录: the minutes; the id of an upload.
    pub meeting_record: Option<DocumentInput>,
    /// 网页截图: what the page showed; the id of an upload.
    pub screenshot: Option<DocumentInput>,
    /// 现场照片: a picture of it; the id of an upload.
    pub photo: Option<DocumentInput>,
    /// 证明材料: another paper that shows it; the id of an upload.
    pub evidence: Option<DocumentInput>,
    pub idempotency_key: Uuid,
}

crate::case_payload!(LedgerEntryPayload, LedgerEntry, ledger_entry);

fn score(given: Option<&str>) -> Result<Option<i64>> {
    let Some(text) = given.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let wrong = || fault::bad_input("input.ledger.score", ("格式为 86.50", "It is written 86.50"));
    Yuan::read(text).map(|score| Some(score.0)).ok_or_else(wrong)
}

fn take(app: &App, intake: &mut Intake, input: LedgerInput) -> Result<Form> {
    intake.trace.push_str(&format!("{input:?}"));
    let mut seal = |field: &str, text: Option<&String>| {
        let given = text.filter(|text| !text.trim().is_empty());
        given.map(|text| intake.seal(app, &format!("input.ledger.{field}"), text)).transpose()
    };
    let (person, outcome) = (seal("person", input.person.as_ref())?, seal("outcome", input.outcome.as_ref())?);
    let title = intake.seal(app, "input.ledger.title", &input.title)?;
    let period = input.period.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let period_last_day = period.as_deref().map(|period| last_day(period, "input.ledger.period")).transpose()?;
    let form = LedgerForm {
        kind: input.kind.0,
        matters: input.matters.into_iter().map(|matter| matter.0).collect(),
        on: input.on,
        until: input.until,
        title,
        number: intake.external_number("input.ledger.number", input.number)?,
        address: web_address("input.ledger.address", input.address)?,
        person,
        outcome,
        participants: input.participants,
        satisfied: input.satisfied,
        hours: input.hours,
        video: input.video,
        works: input.works,
        voluntary: input.voluntary,
        period,
        period_last_day,
        score: score(input.score.as_deref())?,
    };
    Ok(form.into())
}

/// The entry with its papers.
fn brought(ctx: &Context<'_>, input: LedgerInput, papers: Papers) -> Result<Intake> {
    let mut intake = Intake::default();
    intake.arguments.form = Some(take(ctx.data::<App>()?, &mut intake, input)?);
    let Papers { issued_document, meeting_record, screenshot, photo, evidence } = papers;
    intake.may_add(DocumentKind::IssuedDocument, issued_document);
    intake.may_add(DocumentKind::MeetingRecord, meeting_record);
    intake.may_add(DocumentKind::Screenshot, screenshot);
    intake.may_add(DocumentKind::Photo, photo);
    intake.may_add(DocumentKind::Evidence, evidence);
    Ok(intake)
}

/// Noting, beginning, concluding, correcting.
#[derive(Debug, Default)]
pub struct LedgerEntryForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl LedgerEntryForms {
    /// Notes what was held, issued, taught or checked, with its paper. It counts in plans from then on.
    async fn note_ledger_entry(&self, ctx: &Context<'_>, input: NoteLedgerEntryInput) -> Result<LedgerEntryPayload> {
        let NoteLedgerEntryInput { office, ledger, issued_document, meeting_record, screenshot, photo, evidence, idempotency_key } = input;
        let intake = brought(ctx, ledger, Papers { issued_document, meeting_record, screenshot, photo, evidence })?;
        let opening = Opening::of(Process::LedgerEntry, Some(office));
        LedgerEntryPayload::of(ctx, act::open(ctx, opening, Verb::Register, idempotency_key, intake).await?).await
    }

    /// Begins an entry that is concluded with its results later.
    async fn open_ledger_entry(&self, ctx: &Context<'_>, input: OpenLedgerEntryInput) -> Result<LedgerEntryPayload> {
        let papers = Papers { issued_document: input.issued_document, evidence: input.evidence, ..Papers::default() };
        let intake = brought(ctx, input.ledger, papers)?;
        let opening = Opening::of(Process::LedgerEntry, Some(input.office));
        LedgerEntryPayload::of(ctx, act::open(ctx, opening, Verb::Open, input.idempotency_key, intake).await?).await
    }

    /// Changes a draft of the ledger.
    async fn amend_ledger_entry(&self, ctx: &Context<'_>, input: AmendLedgerEntryInput) -> Result<LedgerEntryPayload> {
        let intake = brought(ctx, input.ledger, Papers::default())?;
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Amend, intake).await?;
        LedgerEntryPayload::of(ctx, done).await
    }

    /// Concludes a draft with what came of it.
    async fn conclude_ledger_entry(&self, ctx: &Context<'_>, input: ConcludeLedgerEntryInput) -> Result<LedgerEntryPayload> {
        let ConcludeLedgerEntryInput { issued_document, meeting_record, screenshot, photo, evidence, .. } = input;
        let intake = brought(ctx, input.ledger, Papers { issued_document, meeting_record, screenshot, photo, evidence })?;
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Conclude, intake).await?;
        LedgerEntryPayload::of(ctx, done).await
    }

    /// Corrects a noted entry; what it said before stays in the trail.
    async fn correct_ledger_entry(&self, ctx: &Context<'_>, input: CorrectLedgerEntryInput) -> Result<LedgerEntryPayload> {
        let CorrectLedgerEntryInput { issued_document, meeting_record, screenshot, photo, evidence, .. } = input;
        let mut intake = brought(ctx, input.ledger, Papers { issued_document, meeting_record, screenshot, photo, evidence })?;
        intake.reason(input.reason);
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Correct, intake).await?;
        LedgerEntryPayload::of(ctx, done).await
    }
}
