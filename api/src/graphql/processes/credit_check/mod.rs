//! Credit checks: an office asks what the house knows of a subject, and says what came of it.

mod acts;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{
    check::{AnswerKind, AnswerLine, CheckForm, CheckOutcome, CheckPurpose, OutcomeForm},
    command::Opening,
    paper::{DateKey, DocumentKind},
    process::{Form, Process, Verb},
    record::{RecordClass, Sector, SubjectKind},
};
use time::Date;
use uuid::Uuid;
use workflows::Rules;

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

pub use acts::{CreditCheckActs, TOLD};

/// One thing that the house knew of the subject.
#[derive(Clone, Debug, SimpleObject)]
pub struct CheckAnswerLine {
    /// What it tells of.
    pub kind: EnumOf<AnswerKind>,
    /// Number of the case, or of the paper behind it; none where it has none.
    pub number: Option<String>,
    /// What it says besides: the grade, the list, the measure, the type of commitment.
    pub what: Option<Words>,
    /// The field of transport that it belongs to.
    pub sector: Option<EnumOf<Sector>>,
    /// Class of a record.
    pub class: Option<EnumOf<RecordClass>>,
    /// The last day on which it stands; none where it has none.
    pub until: Option<Date>,
    /// Whether the public sees it.
    pub shown: bool,
}

/// A line with the words of the law's lists.
pub(in crate::graphql) fn line(rules: &Rules, line: AnswerLine) -> CheckAnswerLine {
    let title = |key: String| -> Words {
        let list = || rules.list_types.get(&key).map(|one| (one.zh.clone(), one.en.clone()));
        let kind = || rules.commitment_types.get(&key).map(|one| (one.zh.clone(), one.en.clone()));
        let found = match line.kind {
            AnswerKind::Listing => list(),
            AnswerKind::Measure => Some(rules.measures.title(&key)),
            AnswerKind::Broken | AnswerKind::Commitment => kind(),
            AnswerKind::Record | AnswerKind::Grade | AnswerKind::Licence => None,
        };
        found.unwrap_or_else(|| (key.clone(), key.clone())).into()
    };
    CheckAnswerLine {
        what: line.what.map(title),
        kind: EnumOf(line.kind),
        number: Some(line.number).filter(|number| !number.is_empty()),
        sector: line.sector.map(EnumOf),
        class: line.class.map(EnumOf),
        until: line.until,
        shown: line.shown,
    }
}

crate::case_object! {
    /// A credit check of a subject for one matter, with its frozen answer.
    CreditCheck, CreditCheck, {
        /// For what the office asks.
        async fn purpose(&self) -> Option<EnumOf<CheckPurpose>> {
            self.0.data.0.check().map(|data| EnumOf(data.form.purpose))
        }

        /// The field of transport that the matter belongs to.
        async fn sector(&self) -> Option<EnumOf<Sector>> {
            self.0.data.0.check().map(|data| EnumOf(data.form.sector))
        }

        /// The office's own number of the matter.
        async fn matter_number(&self) -> Option<&str> {
            self.0.data.0.check().map(|data| data.form.matter.as_str())
        }

        /// The day of the answer.
        async fn answered_on(&self) -> Option<time::Date> {
            self.0.data.0.check().and_then(|data| Some(data.answer.as_ref()?.on))
        }

        /// What the house knew of the subject on that day; empty where it knew nothing.
        async fn answer(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<CheckAnswerLine>> {
            let rules = ctx.data::<App>()?.rules();
            let lines = self.0.data.0.check().and_then(|data| data.answer.as_ref()).map(|answer| answer.lines.clone());
            Ok(lines.unwrap_or_default().into_iter().map(|one| line(&rules, one)).collect())
        }

        /// What came of it; none before it was noted.
        async fn outcome(&self) -> Option<EnumOf<CheckOutcome>> {
            self.0.data.0.check().and_then(|data| Some(EnumOf(data.concluded.as_ref()?.outcome)))
        }

        /// The article, or the published condition, on which an outcome against the subject rests.
        async fn basis(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.check().and_then(|data| data.concluded.as_ref()?.basis.as_ref())).await
        }
    }
}

/// For what an office asks, and about whom.
#[derive(Clone, Debug, InputObject)]
pub struct CheckInput {
    /// For what the office asks.
    pub purpose: EnumOf<CheckPurpose>,
    /// The field of transport that the matter belongs to.
    pub sector: EnumOf<Sector>,
    /// The office's own number of the matter: of an application, a tender, a project.
    pub matter_number: String,
    /// Kind of the subject; none is a human being.
    pub subject_kind: EnumOf<SubjectKind>,
    /// Registered name of the subject.
    pub subject_name: String,
    /// 统一社会信用代码: unified social credit code of the subject.
    pub uscc: String,
}

/// What came of a check.
#[derive(Clone, Debug, InputObject)]
pub struct CheckOutcomeInput {
    /// What came of it.
    pub outcome: EnumOf<CheckOutcome>,
    /// Of an outcome against the subject: the article, or the published condition of a tender.
    pub basis: Option<String>,
}

/// Input of openCreditCheck.
#[derive(Debug, InputObject)]
pub struct OpenCreditCheckInput {
    /// The caller's office.
    pub office: String,
    /// What is asked.
    pub check: CheckInput,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

/// Input of concludeCreditCheck.
#[derive(Debug, InputObject)]
pub struct ConcludeCreditCheckInput {
    /// Global id of the check.
    pub id: ID,
    /// The version that the caller has read; another one gives CONFLICT.
    pub expected_version: Option<i64>,
    /// What came of it.
    pub result: CheckOutcomeInput,
    /// 证明材料: a paper that shows it; the id of an upload.
    pub evidence: Option<DocumentInput>,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

/// Input of concludeCreditCheckAgainst.
#[derive(Debug, InputObject)]
pub struct ConcludeCreditCheckAgainstInput {
    /// Global id of the check.
    pub id: ID,
    /// The version that the caller has read; another one gives CONFLICT.
    pub expected_version: Option<i64>,
    /// What came of it, with its basis.
    pub result: CheckOutcomeInput,
    /// 证明材料: a paper that shows it; the id of an upload.
    pub evidence: Option<DocumentInput>,
    /// Day of the signature; today where none is given.
    pub signed_on: Option<Date>,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

crate::case_payload!(CreditCheckPayload, CreditCheck, credit_check);

fn result(app: &App, intake: &mut Intake, input: CheckOutcomeInput) -> Result<Form> {
    intake.trace.push_str(&format!("{input:?}"));
    let basis = input.basis.filter(|text| !text.trim().is_empty());
    let basis = basis.map(|text| intake.seal(app, "input.result.basis", &text)).transpose()?;
    Ok(OutcomeForm { outcome: input.outcome.0, basis }.into())
}

/// Asking, noting what came of it.
#[derive(Debug, Default)]
pub struct CreditCheckForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl CreditCheckForms {
    /// Asks what the house knows of a subject: the answer is frozen at once, and the subject sees that it was asked.
    async fn open_credit_check(&self, ctx: &Context<'_>, input: OpenCreditCheckInput) -> Result<CreditCheckPayload> {
        let app = ctx.data::<App>()?;
        let mut intake = Intake::default();
        let CheckInput { purpose, sector, matter_number, subject_kind, subject_name, uscc } = input.check;
        intake.trace.push_str(&format!("{purpose:?}{sector:?}"));
        let field = "input.check.matterNumber";
        let matter = intake.external_number(field, Some(matter_number))?;
        let matter = matter.ok_or_else(|| fault::bad_input(field, ("不能为空", "It must not be empty")))?;
        let named = Named { kind: subject_kind.0, name: &subject_name, uscc: Some(&uscc), resident_id: None };
        let subject = intake.subject(app, "input.check", &named)?;
        intake.arguments.form = Some(CheckForm { purpose: purpose.0, sector: sector.0, matter }.into());
        let opening = Opening { new_subject: Some(subject), ..Opening::of(Process::CreditCheck, Some(input.office)) };
        CreditCheckPayload::of(ctx, act::open(ctx, opening, Verb::Open, input.idempotency_key, intake).await?).await
    }

    /// Notes what came of a check, where it is not against the subject.
    async fn conclude_credit_check(&self, ctx: &Context<'_>, input: ConcludeCreditCheckInput) -> Result<CreditCheckPayload> {
        let mut intake = Intake::default();
        intake.arguments.form = Some(result(ctx.data::<App>()?, &mut intake, input.result)?);
        intake.may_add(DocumentKind::Evidence, input.evidence);
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::Conclude, intake).await?;
        CreditCheckPayload::of(ctx, done).await
    }

    /// Notes an outcome against the subject, with the article or the published condition on which it rests.
    async fn conclude_credit_check_against(&self, ctx: &Context<'_>, input: ConcludeCreditCheckAgainstInput) -> Result<CreditCheckPayload> {
        let mut intake = Intake::default();
        intake.arguments.form = Some(result(ctx.data::<App>()?, &mut intake, input.result)?);
        intake.may_add(DocumentKind::Evidence, input.evidence);
        intake.may_date(DateKey::SignedOn, input.signed_on);
        let done = act::on_case(ctx, &input.id, input.expected_version, input.idempotency_key, Verb::ConcludeAgainst, intake).await?;
        CreditCheckPayload::of(ctx, done).await
    }
}
