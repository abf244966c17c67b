//! The record of a penalty or other base document, together with its publication.

mod acts;
mod forms;

use async_graphql::{InputObject, Result};
use domain::{
    command::SubjectDraft,
    data::{BaseKind, RecordForm},
    record::{FineSize, Penalty, PenaltyKind, PenaltyProcedure, RecordClass, Sector, SubjectKind},
};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    forms::{
        Paper,
        record::{self, RecordPaper},
    },
    graphql::{
        case::{
            terms::{self, ClassStepShown, RecordTerm},
            written::{self, MeasureShown, PenaltyShown},
        },
        core::{
            enums::EnumOf,
            fault,
            input::{DocumentInput, Intake},
            shown::Citation,
            words::Words,
            yuan::Yuan,
        },
    },
    store::StoreFault,
};

pub use acts::{PublicationRecordActs, TOLD};
pub use forms::PublicationRecordForms;

crate::case_object! {
    /// A record with class, terms and publication.
    PublicationRecord, PublicationRecord, {
        /// Class by Order 36; none while undetermined.
        async fn class(&self) -> Option<EnumOf<RecordClass>> {
            self.0.data.0.record().and_then(|data| data.terms.class).map(EnumOf)
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

        /// First day on which a repair application can be accepted, as far as the register tells: terms over, duties done, no
        /// bar for falsity.
        async fn earliest_repair(&self) -> Option<time::Date> {
            self.0.data.0.record().and_then(domain::data::RecordData::first_day_of_repair).map(|found| found.day())
        }

        /// Last lawful day of publication.
        async fn max_last_day(&self) -> Option<time::Date> {
            self.0.data.0.record().and_then(|data| data.terms.max_last_day.max(data.continued_until))
        }

        /// First day of publication; none before.
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

        /// Class, term and first day of repair in plain sentences, for the people whom the record is about.
        async fn explanation(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Words> {
            Ok(crate::graphql::case::plain::explanation(ctx.data::<crate::app::App>()?, &self.0).into())
        }

        /// The terms that there are, each with how it was found.
        async fn terms(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<RecordTerm>> {
            let rules = &ctx.data::<crate::app::App>()?.rules();
            Ok(self.0.data.0.record().map(|data| terms::all(rules, data)).unwrap_or_default())
        }

        /// Each penalty, and the listing, with the class that it falls into; the gravest is the record's.
        async fn class_steps(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<ClassStepShown>> {
            let rules = &ctx.data::<crate::app::App>()?.rules();
            Ok(self.0.data.0.record().map(|data| terms::classes(rules, &data.terms.derived)).unwrap_or_default())
        }

        /// Both computations and which was used, as JSON text.
        async fn assessment(&self) -> String {
            self.0.data.0.record().map(|data| data.terms.assessment.to_string()).unwrap_or_default()
        }

        /// What the record rests on: a penalty, a listing, a person related to one, a falsity.
        async fn base_kind(&self) -> Option<EnumOf<BaseKind>> {
            self.0.data.0.record().map(|data| EnumOf(data.base))
        }

        /// Whether the document that it rests on stands; false from the day on which it was annulled, changed or found unlawful.
        async fn in_force(&self) -> bool {
            self.0.data.0.record().is_some_and(|data| data.in_force)
        }

        /// First day on which it is no longer published.
        async fn ended_on(&self) -> Option<Date> {
            self.0.data.0.record().and_then(|data| data.ended_on)
        }

        /// The day to which a rule of the sector lets publication go on although the maximum term is over.
        async fn continued_until(&self) -> Option<Date> {
            self.0.data.0.record().and_then(|data| data.continued_until)
        }

        /// The law that bars any repair of this record; none where none does.
        async fn repair_barred_by(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Citation>> {
            let Some(law) = self.0.data.0.record().and_then(|data| data.form.repair_barred_by.as_deref()) else { return Ok(None) };
            Ok(Some(Citation::of(&ctx.data::<App>()?.rules(), law)))
        }

        /// By which procedure the penalty was decided.
        async fn procedure(&self) -> Option<EnumOf<PenaltyProcedure>> {
            self.0.data.0.record().map(|data| EnumOf(data.form.facts.procedure))
        }

        /// The day of the decision; the terms follow from it.
        async fn decision_date(&self) -> Option<Date> {
            self.0.data.0.record().map(|data| data.form.facts.finding_date)
        }

        /// The field that the breach belongs to; none where it was not said.
        async fn sector(&self) -> Option<EnumOf<Sector>> {
            self.0.data.0.record().and_then(|data| data.form.facts.sector).map(EnumOf)
        }

        /// Every penalty of the decision.
        async fn penalties(&self) -> Vec<PenaltyShown> {
            self.0.data.0.record().map(|data| written::penalties(&data.form)).unwrap_or_default()
        }

        /// What kind of breach it was; of a human being sealed, and none once it was erased.
        async fn violation(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::said(ctx, self.0.data.0.record().map(|data| &data.form.violation)).await
        }

        /// What happened, as the decision tells it; none once it was erased.
        async fn facts(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.record().map(|data| &data.form.violation_facts)).await
        }

        /// The law on which the penalty rests, as the decision names it.
        async fn basis(&self) -> Option<&str> {
            self.0.data.0.record().map(|data| data.form.basis.as_str())
        }

        /// What was imposed, in the words of the decision; none once it was erased.
        async fn content(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::said(ctx, self.0.data.0.record().map(|data| &data.form.content)).await
        }

        /// The fine; none where there is none.
        async fn fine(&self) -> Option<Yuan> {
            self.0.data.0.record().and_then(|data| data.form.fine_cents).map(Yuan)
        }

        /// Gains and property that were confiscated, in money; none where there were none.
        async fn confiscated(&self) -> Option<Yuan> {
            self.0.data.0.record().and_then(|data| data.form.confiscated_cents).map(Yuan)
        }

        /// Name and number of a licence that was suspended or revoked.
        async fn licence(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::said(ctx, self.0.data.0.record().and_then(|data| data.form.licence.as_ref())).await
        }

        /// Last day on which the penalty is valid.
        async fn valid_until(&self) -> Option<Date> {
            self.0.data.0.record().and_then(|data| data.form.valid_until)
        }

        /// Name of the legal representative of an organisation; none once it was erased.
        async fn legal_representative(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.record().and_then(|data| data.form.legal_representative.as_ref())).await
        }

        /// What the filing office remarked.
        async fn remark(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<String>> {
            written::text(ctx, self.0.data.0.record().and_then(|data| data.form.remark.as_ref())).await
        }

        /// The body that imposed the penalty.
        async fn body_name(&self) -> Option<&str> {
            self.0.data.0.record().map(|data| data.form.body_name.as_str())
        }

        /// Unified social credit code of that body.
        async fn body_uscc(&self) -> Option<&str> {
            self.0.data.0.record().map(|data| data.form.body_uscc.as_str())
        }

        /// The unit that the data come from.
        async fn source_name(&self) -> Option<&str> {
            self.0.data.0.record().map(|data| data.form.source_name.as_str())
        }

        /// Unified social credit code of that unit.
        async fn source_uscc(&self) -> Option<&str> {
            self.0.data.0.record().map(|data| data.form.source_uscc.as_str())
        }

        /// Punishment measures that the decision names, each with where it stands.
        async fn measures(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<MeasureShown>> {
            let named = self.0.data.0.record().map(|data| data.form.measures.as_slice()).unwrap_or_default();
            written::measures(ctx, &self.0, named).await
        }

        /// The day from which the filing office wanted it to be published; none where the setting's days count.
        async fn publish_on(&self) -> Option<Date> {
            self.0.data.0.record().and_then(|data| data.form.publish_on)
        }
    }
}

/// One penalty of a decision.
#[derive(Clone, Debug, InputObject)]
pub struct PenaltyInput {
    /// Which kind of penalty it is.
    pub kind: EnumOf<PenaltyKind>,
    /// Size of a fine, which decides its class; none of another penalty.
    pub size: Option<EnumOf<FineSize>>,
    /// Last day of a penalty with a period of its own.
    pub until: Option<Date>,
}

/// Fields of the dual-publication template.
#[derive(Clone, Debug, InputObject)]
pub struct RecordInput {
    pub subject_kind: EnumOf<SubjectKind>,
    /// Registered name, or name of the natural person; of the latter sealed.
    pub subject_name: String,
    /// 统一社会信用代码: unified social credit code; for organisations and sole traders.
    pub uscc: Option<String>,
    /// 公民身份号码: resident identity number; for natural persons. Sealed.
    pub resident_id: Option<String>,
    pub procedure: EnumOf<PenaltyProcedure>,
    /// Day of the decision: terms run from it.
    pub decision_date: Date,
    /// 文号: the number of the decision; one document is recorded once.
    pub decision_number: String,
    pub sector: Option<EnumOf<Sector>>,
    /// Each penalty of the decision; the gravest makes the class.
    pub penalties: Vec<PenaltyInput>,
    /// 违法行为类型: the kind of breach, as the decision names it.
    pub violation: String,
    /// 违法事实: what happened, as the decision tells it.
    pub facts: String,
    /// 处罚依据: the articles, as the decision cites them.
    pub basis: String,
    /// 处罚内容: what was decided, as the decision says it.
    pub content: String,
    /// 罚款: how much the fine is; none where there is none.
    pub fine: Option<Yuan>,
    /// Gains and property that were confiscated, in money.
    pub confiscated: Option<Yuan>,
    /// Name and number of a licence that was suspended or revoked.
    pub licence: Option<String>,
    /// Last day on which the penalty is valid.
    pub valid_until: Option<Date>,
    /// 法定代表人: name of the legal representative. Sealed.
    pub legal_representative: Option<String>,
    pub remark: Option<String>,
    /// 处罚机关: name of the authority that decided.
    pub body_name: String,
    /// Unified social credit code of that authority.
    pub body_uscc: String,
    /// 数据来源单位: name of the unit that reports it.
    pub source_name: String,
    /// Unified social credit code of that unit.
    pub source_uscc: String,
    /// Keys of measures (惩戒措施) that follow from the decision; not free text. None: no measure.
    pub measures: Option<Vec<String>>,
    /// First day of publication; the setting's number of working days where none is given.
    pub publish_on: Option<Date>,
    pub duties_done_on: Option<Date>,
}

/// Input of registerPublicationRecord.
#[derive(Debug, InputObject)]
pub struct RegisterPublicationRecordInput {
    /// The caller's office, which made the finding.
    pub office: String,
    pub idempotency_key: Uuid,
    /// What the decision says, field by field of the template.
    pub record: RecordInput,
    /// 依据文书: the decision itself; none where it is brought later.
    pub base_document: Option<DocumentInput>,
}

/// Input of correctPublicationRecord.
#[derive(Debug, InputObject)]
pub struct CorrectPublicationRecordInput {
    /// Global id of the record.
    pub id: async_graphql::ID,
    pub expected_version: Option<i64>,
    pub idempotency_key: Uuid,
    pub reason: String,
    /// 更正文书: the paper that orders or explains the correction.
    pub correction_document: DocumentInput,
    /// The record as it should read, whole; about the same subject.
    pub record: RecordInput,
}

crate::case_payload!(PublicationRecordPayload, PublicationRecord, publication_record);

impl From<PenaltyInput> for Penalty {
    fn from(input: PenaltyInput) -> Self {
        Self { kind: input.kind.0, size: input.size.map(|size| size.0), until: input.until }
    }
}

impl From<RecordInput> for RecordPaper {
    fn from(input: RecordInput) -> Self {
        Self {
            subject_kind: input.subject_kind.0,
            subject_name: input.subject_name,
            uscc: input.uscc,
            resident_id: input.resident_id,
            legal_representative: input.legal_representative,
            procedure: input.procedure.0,
            decision_date: input.decision_date,
            decision_number: input.decision_number,
            sector: input.sector.map(|sector| sector.0),
            penalties: input.penalties.into_iter().map(Penalty::from).collect(),
            violation: input.violation,
            facts: input.facts,
            basis: input.basis,
            content: input.content,
            fine_cents: input.fine.map(|sum| sum.0),
            confiscated_cents: input.confiscated.map(|sum| sum.0),
            licence: input.licence,
            valid_until: input.valid_until,
            body_name: input.body_name,
            body_uscc: input.body_uscc,
            source_name: input.source_name,
            source_uscc: input.source_uscc,
            measures: input.measures.unwrap_or_default(),
            publish_on: input.publish_on,
            duties_done_on: input.duties_done_on,
            remark: input.remark,
        }
    }
}

/// The subject and the form that the input describes; every wrong field is refused at its path.
pub(in crate::graphql) fn take(app: &App, intake: &mut Intake, input: RecordInput) -> Result<(SubjectDraft, RecordForm)> {
    let input = RecordPaper::from(input);
    intake.words("input.record.measures", &input.measures);
    intake.trace.push_str(&format!("{input:?}"));
    let mut paper = Paper::default();
    let read = record::read(app, &mut paper, &input);
    if let Some(fault) = paper.broken {
        return Err(fault::internal(&StoreFault::broken(fault)));
    }
    intake.personal.append(&mut paper.personal);
    read.ok_or_else(|| fault::bad_fields("input.record", &paper.faults))
}
