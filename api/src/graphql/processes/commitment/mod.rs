//! Credit commitments: what a subject promises, and whether it was kept.

mod acts;

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    command::{Opening, SubjectDraft},
    commitment::CommitmentForm,
    identifier::ResidentId,
    paper::{DateKey, DocumentKind},
    process::{Form, Process, Verb},
    record::{Sector, SubjectKind},
};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    forms::record::Named,
    graphql::{
        case::written,
        core::{
            act,
            enums::EnumOf,
            fault,
            input::{DocumentInput, Intake},
            words::Words,
        },
    },
};

pub use acts::{CommitmentActs, TOLD};

crate::case_object! {
    /// A credit commitment.
    Commitment, Commitment, {
        /// Its type.
        async fn of(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Words>> {
            let rules = ctx.data::<App>()?.rules();
            let Some(key) = self.0.data.0.commitment().map(|data| data.form.of.clone()) else { return Ok(None) };
            let known = rules.commitment_types.get(&key).map(|one| (one.zh.clone(), one.en.clone()));
            Ok(Some(known.unwrap_or((key.clone(), key)).into()))
        }

        /// The field of transport that it belongs to.
        async fn sector(&self) -> Option<EnumOf<Sector>> {
            self.0.data.0.commitment().map(|data| EnumOf(data.form.sector))
        }

        /// The office's number of the matter that it was given for; none of what is for no single matter.
        async fn matter_number(&self) -> Option<&str> {
            self.0.data.0.commitment().and_then(|data| data.form.matter.as_deref())
        }

        /// What is promised.
        async fn words(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.commitment().map(|data| &data.form.words)).await
        }

        /// The day on which the letter was signed.
        async fn given_on(&self) -> Option<time::Date> {
            self.0.data.0.commitment().map(|data| data.form.given_on)
        }

        /// The last day of performance: as the letter names it, or by the days of its type.
        async fn perform_by(&self) -> Option<time::Date> {
            self.0.data.0.commitment().and_then(|data| data.performance_end.as_ref().map(domain::calendar::Derived::day))
        }

        /// The last day to put right what was not performed; none where nothing was ordered.
        async fn correct_by(&self) -> Option<time::Date> {
            self.0.data.0.commitment().and_then(|data| data.correct_by)
        }

        /// Whether it was given in public: the column shows it from its acceptance until it has ended or was not kept.
        async fn public(&self) -> bool {
            self.0.data.0.commitment().is_some_and(|data| data.form.headline.is_some())
        }

        /// 文号 of the finding that it was broken; none where it was not.
        async fn breach_number(&self) -> Option<&str> {
            self.0.data.0.commitment().and_then(|data| data.breach.as_ref()).map(|breach| breach.number.as_str())
        }

        /// The day of that finding.
        async fn broken_on(&self) -> Option<time::Date> {
            self.0.data.0.commitment().and_then(|data| data.breach.as_ref()).map(|breach| breach.on)
        }

        /// Where letters about it go as long as no account is bound to the subject: whole for the party and the offices that handle
        /// it, masked for others.
        async fn contact_email(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            let email = self.0.data.0.commitment().and_then(|data| data.form.contact_email.as_ref());
            written::reach(ctx, &self.0, email).await
        }
    }
}

/// What a letter of commitment says.
#[derive(Clone, Debug, InputObject)]
pub struct CommitmentInput {
    /// Key of its type, as commitmentTypes lists them.
    pub of: String,
    /// The field of transport that it belongs to.
    pub sector: EnumOf<Sector>,
    pub subject_kind: EnumOf<SubjectKind>,
    /// Registered name, or name of the natural person; of the latter sealed.
    pub subject_name: String,
    /// 统一社会信用代码: unified social credit code; for organisations and sole traders.
    pub uscc: Option<String>,
    /// 公民身份号码: resident identity number; for natural persons. Sealed.
    pub resident_id: Option<String>,
    /// The office's number of the matter that it is given for.
    pub matter_number: Option<String>,
    /// What is promised, in the words of the letter.
    pub words: String,
    /// The day on which the letter was signed.
    pub given_on: Date,
    /// The last day of performance, where the letter names one; else the days of its type count.
    pub perform_by: Option<Date>,
    /// Whether it is given in public: the column shows it from its acceptance until it has ended or was not kept. Never of a natural person.
    pub public: Option<bool>,
    pub contact_email: Option<String>,
}

/// Input of fileCommitment.
#[derive(Debug, InputObject)]
pub struct FileCommitmentInput {
    /// Key of the office that takes it.
    pub office: String,
    /// What is promised.
    pub commitment: CommitmentInput,
    /// 信用承诺书: the signed letter; the id of an upload.
    pub commitment_letter: DocumentInput,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

/// Input of registerCommitment.
#[derive(Debug, InputObject)]
pub struct RegisterCommitmentInput {
    /// Key of the office that takes it.
    pub office: String,
    /// What the letter says.
    pub commitment: CommitmentInput,
    /// 信用承诺书: the signed letter; the id of an upload.
    pub commitment_letter: DocumentInput,
    /// The day on which it came in.
    pub received_on: Date,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

crate::case_payload!(CommitmentPayload, Commitment, commitment);

/// Whom the column names, and what about; none of what is not public.
fn headline(app: &App, intake: &mut Intake, input: &CommitmentInput) -> Result<Option<domain::personal::Sealed>> {
    if input.public != Some(true) {
        return Ok(None);
    }
    if ResidentId::stands_in(&input.words, app.clock.today()) {
        let words = ("这段文字将向公众公示，不得写入居民身份证号码", "this text is shown to the public: it must hold no identity number");
        return Err(fault::bad_coded("input.commitment.words", "PERSONAL_NUMBER", words));
    }
    let rules = app.rules();
    let kind = rules.commitment_types.get(&input.of).map_or("信用承诺", |one| one.zh.as_str());
    intake.seal(app, "input.commitment.subjectName", &format!("{}：{kind}", input.subject_name.trim())).map(Some)
}

fn take(app: &App, intake: &mut Intake, input: CommitmentInput) -> Result<(SubjectDraft, Form)> {
    intake.trace.push_str(&format!("{input:?}"));
    intake.word("input.commitment.of", Some(&input.of));
    let named = Named {
        kind: input.subject_kind.0,
        name: &input.subject_name,
        uscc: input.uscc.as_deref().filter(|code| !code.trim().is_empty()),
        resident_id: input.resident_id.as_deref().filter(|number| !number.trim().is_empty()),
    };
    let subject = intake.subject(app, "input.commitment", &named)?;
    let email = input.contact_email.as_ref().filter(|text| !text.trim().is_empty());
    let contact_email = email.map(|text| intake.email(app, "input.commitment.contactEmail", text)).transpose()?;
    let form = CommitmentForm {
        headline: headline(app, intake, &input)?,
        words: intake.seal(app, "input.commitment.words", &input.words)?,
        matter: intake.external_number("input.commitment.matterNumber", input.matter_number)?,
        of: input.of,
        sector: input.sector.0,
        subject_kind: input.subject_kind.0,
        given_on: input.given_on,
        until: input.perform_by,
        contact_email,
    };
    Ok((subject, form.into()))
}

/// Giving and registering.
#[derive(Debug, Default)]
pub struct CommitmentForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl CommitmentForms {
    /// Gives a commitment for a subject that the caller acts for.
    async fn file_commitment(&self, ctx: &Context<'_>, input: FileCommitmentInput) -> Result<CommitmentPayload> {
        let mut intake = Intake::default();
        let (subject, form) = take(ctx.data::<App>()?, &mut intake, input.commitment)?;
        intake.arguments.form = Some(form);
        intake.document(DocumentKind::CommitmentLetter, input.commitment_letter);
        let opening = Opening { new_subject: Some(subject), ..Opening::of(Process::Commitment, Some(input.office)) };
        CommitmentPayload::of(ctx, act::open(ctx, opening, Verb::File, input.idempotency_key, intake).await?).await
    }

    /// Registers a commitment that was given on paper.
    async fn register_commitment(&self, ctx: &Context<'_>, input: RegisterCommitmentInput) -> Result<CommitmentPayload> {
        let mut intake = Intake::default();
        let (subject, form) = take(ctx.data::<App>()?, &mut intake, input.commitment)?;
        intake.arguments.form = Some(form);
        intake.document(DocumentKind::CommitmentLetter, input.commitment_letter);
        intake.date(DateKey::ReceivedOn, input.received_on);
        let opening = Opening { new_subject: Some(subject), ..Opening::of(Process::Commitment, Some(input.office)) };
        CommitmentPayload::of(ctx, act::open(ctx, opening, Verb::Register, input.idempotency_key, intake).await?).await
    }
}
