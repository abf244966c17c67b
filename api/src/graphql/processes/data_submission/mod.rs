//! Submission of credit information: what is handed to a platform, and what the platform says of each line. `lines` holds the lines.

mod acts;
mod lines;

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::{
    collection::Platform,
    command::Opening,
    paper::{DateKey, DocumentKind},
    process::{Form, Process, Verb},
    record::Sector,
    submission::{LinesForm, SubmissionForm},
};
use time::Date;
use uuid::Uuid;

use crate::graphql::core::{
    act,
    enums::EnumOf,
    input::{DocumentInput, Intake},
};

pub use acts::{DataSubmissionActs, TOLD};
pub(in crate::graphql) use lines::item_title;
pub use lines::{HandedLine, LinesToHandOver};

crate::case_object! {
    /// A submission of credit information to a platform.
    DataSubmission, DataSubmission, {
        /// The platform that it goes to.
        async fn platform(&self) -> Option<EnumOf<Platform>> {
            self.0.data.0.submission().map(|data| EnumOf(data.form.platform))
        }

        /// The field of transport that it is for; none where it is for several.
        async fn sector(&self) -> Option<EnumOf<Sector>> {
            self.0.data.0.submission().and_then(|data| data.form.sector).map(EnumOf)
        }

        /// The last day on which it may be handed over.
        async fn hand_over_by(&self) -> Option<time::Date> {
            self.0.data.0.submission().map(|data| data.form.due)
        }

        /// The day on which it was handed over for the first time; none before.
        async fn sent_on(&self) -> Option<time::Date> {
            self.0.data.0.submission().and_then(|data| data.sent_on)
        }

        /// The day of the newest answer; none before.
        async fn answered_on(&self) -> Option<time::Date> {
            self.0.data.0.submission().and_then(|data| data.answered_on)
        }

        /// Lines that were handed over, in their order, with what the platform said of each.
        async fn lines(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<lines::HandedLine>> {
            lines::handed(ctx, self.0.id).await
        }

        /// What would be handed over now; none where the office has nothing to hand over.
        async fn to_hand_over(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<lines::LinesToHandOver>> {
            lines::to_hand_over(ctx, &self.0).await
        }
    }
}

/// What is to be handed to which platform.
#[derive(Clone, Debug, InputObject)]
pub struct SubmissionInput {
    /// The platform that it goes to.
    pub platform: EnumOf<Platform>,
    /// The field of transport that it is for; left out where it is for several.
    pub sector: Option<EnumOf<Sector>>,
    /// The last day on which it may be handed over.
    pub hand_over_by: Date,
}

/// Input of openDataSubmission.
#[derive(Debug, InputObject)]
pub struct OpenDataSubmissionInput {
    /// The caller's office.
    pub office: String,
    /// What is to be handed over.
    pub submission: SubmissionInput,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

/// Input of amendDataSubmission.
#[derive(Debug, InputObject)]
pub struct AmendDataSubmissionInput {
    /// Global id of the draft.
    pub id: ID,
    /// The version that the caller has read; another one gives CONFLICT.
    pub expected_version: Option<i64>,
    /// The submission as it should read.
    pub submission: SubmissionInput,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

/// Input of submitDataSubmission.
#[derive(Debug, InputObject)]
pub struct SubmitDataSubmissionInput {
    /// Global id of the submission.
    pub id: ID,
    /// The version that the caller has read; another one gives CONFLICT.
    pub expected_version: Option<i64>,
    /// Digest of the lines that were read, as `toHandOver` gives it; where the lines are others by now, nothing is handed over.
    pub digest: Option<String>,
    /// 签发之日: the day of signing; the day of the act where none is given.
    pub signed_on: Option<Date>,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

/// Input of handOverCorrectedLines.
#[derive(Debug, InputObject)]
pub struct HandOverCorrectedLinesInput {
    /// Global id of the submission.
    pub id: ID,
    /// The version that the caller has read; another one gives CONFLICT.
    pub expected_version: Option<i64>,
    /// Digest of the lines that were read, as `toHandOver` gives it; where the lines are others by now, nothing is handed over.
    pub digest: Option<String>,
    /// 签发之日: the day of signing; the day of the act where none is given.
    pub signed_on: Option<Date>,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

/// Input of recordSubmissionAnswer.
#[derive(Debug, InputObject)]
pub struct RecordSubmissionAnswerInput {
    /// Global id of the submission.
    pub id: ID,
    /// The version that the caller has read; another one gives CONFLICT.
    pub expected_version: Option<i64>,
    /// A line for each line that waits: its number, 入库 or 退回 (accepted, returned), and the platform's code, with a blank, a tab or a
    /// comma between them. 其余 入库 (others accepted) stands for all that are not named.
    pub answers: String,
    /// 省厅答复: the platform's paper; the id of an upload.
    pub province_answer: DocumentInput,
    /// The day on which the answer became known.
    pub known_on: Date,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

crate::case_payload!(DataSubmissionPayload, DataSubmission, data_submission);

fn form(intake: &mut Intake, input: SubmissionInput) -> Form {
    intake.trace.push_str(&format!("{input:?}"));
    SubmissionForm { platform: input.platform.0, sector: input.sector.map(|sector| sector.0), due: input.hand_over_by }.into()
}

/// Hands over the lines that wait, if they are those that were read.
async fn hand_over(
    ctx: &Context<'_>,
    verb: Verb,
    (id, version): (ID, Option<i64>),
    lines: Read,
    key: Uuid,
) -> Result<DataSubmissionPayload> {
    let mut intake = Intake::default();
    intake.trace.push_str(&format!("{:?}", lines.digest));
    let rows = lines::named(ctx, &id, lines.digest.as_deref()).await?;
    intake.arguments.form = Some(LinesForm { rows }.into());
    intake.may_date(DateKey::SignedOn, lines.signed_on);
    DataSubmissionPayload::of(ctx, act::on_case(ctx, &id, version, key, verb, intake).await?).await
}

/// Which lines were read, and on which day their hand-over was signed.
struct Read {
    digest: Option<String>,
    signed_on: Option<Date>,
}

/// Beginning, changing, handing over, noting the answer.
#[derive(Debug, Default)]
pub struct DataSubmissionForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl DataSubmissionForms {
    /// Begins a submission.
    async fn open_data_submission(&self, ctx: &Context<'_>, input: OpenDataSubmissionInput) -> Result<DataSubmissionPayload> {
        let mut intake = Intake::default();
        intake.arguments.form = Some(form(&mut intake, input.submission));
        let opening = Opening::of(Process::DataSubmission, Some(input.office));
        DataSubmissionPayload::of(ctx, act::open(ctx, opening, Verb::Open, input.idempotency_key, intake).await?).await
    }

    /// Changes a draft.
    async fn amend_data_submission(&self, ctx: &Context<'_>, input: AmendDataSubmissionInput) -> Result<DataSubmissionPayload> {
        let mut intake = Intake::default();
        intake.arguments.form = Some(form(&mut intake, input.submission));
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Amend, intake).await?;
        DataSubmissionPayload::of(ctx, done).await
    }

    /// Hands over everything that the office has for the platform: the lines are frozen as they are.
    async fn submit_data_submission(&self, ctx: &Context<'_>, input: SubmitDataSubmissionInput) -> Result<DataSubmissionPayload> {
        let lines = Read { digest: input.digest, signed_on: input.signed_on };
        hand_over(ctx, Verb::Submit, (input.id, input.expected_version), lines, input.idempotency_key).await
    }

    /// Hands over again what came back, as it was corrected; what has ended since is handed over no more.
    async fn hand_over_corrected_lines(&self, ctx: &Context<'_>, input: HandOverCorrectedLinesInput) -> Result<DataSubmissionPayload> {
        let lines = Read { digest: input.digest, signed_on: input.signed_on };
        hand_over(ctx, Verb::SendSupplement, (input.id, input.expected_version), lines, input.idempotency_key).await
    }

    /// Notes what the platform says of every line that waits.
    async fn record_submission_answer(&self, ctx: &Context<'_>, input: RecordSubmissionAnswerInput) -> Result<DataSubmissionPayload> {
        let mut intake = Intake::default();
        intake.trace.push_str(&input.answers);
        let (verb, form) = lines::answers(ctx, &input.id, &input.answers).await?;
        intake.arguments.form = Some(form);
        intake.document(DocumentKind::ProvinceAnswer, input.province_answer);
        intake.date(DateKey::KnownOn, input.known_on);
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, verb, intake).await?;
        DataSubmissionPayload::of(ctx, done).await
    }
}
