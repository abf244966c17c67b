//! Uses of schemes: advantages that trustworthy subjects were given.

mod acts;

use async_graphql::{Context, InputObject, Object, Result};
use domain::{
    benefit::BenefitForm,
    command::Opening,
    paper::DocumentKind,
    process::{Process, Verb},
    record::SubjectKind,
};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    forms::record::Named,
    graphql::core::{
        act,
        enums::EnumOf,
        fault,
        input::{DocumentInput, Intake},
        words::Words,
        yuan::Yuan,
    },
};

pub use acts::{BenefitUseActs, TOLD};

crate::case_object! {
    /// A use of an advantage of a scheme.
    BenefitUse, BenefitUse, {
        /// What the city calls the scheme under which it was given.
        async fn scheme(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Words>> {
            let rules = ctx.data::<App>()?.rules();
            let Some(key) = self.0.data.0.benefit().map(|data| data.form.scheme.clone()) else { return Ok(None) };
            let known = rules.schemes.get(&key).map(|one| (one.zh.clone(), one.en.clone()));
            Ok(Some(known.unwrap_or((key.clone(), key)).into()))
        }

        /// The advantage.
        async fn benefit(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<Words>> {
            let rules = ctx.data::<App>()?.rules();
            let Some(form) = self.0.data.0.benefit().map(|data| data.form.clone()) else { return Ok(None) };
            let scheme = rules.schemes.get(&form.scheme);
            let known = scheme.and_then(|one| one.benefit(&form.benefit)).map(|one| (one.zh.clone(), one.en.clone()));
            Ok(Some(known.unwrap_or((form.benefit.clone(), form.benefit)).into()))
        }

        /// The day of the use.
        async fn used_on(&self) -> Option<time::Date> {
            self.0.data.0.benefit().map(|data| data.form.used_on)
        }

        /// Who gave it.
        async fn provider(&self) -> Option<&str> {
            self.0.data.0.benefit().map(|data| data.form.provider.as_str())
        }

        /// How much it was, where it was money.
        async fn amount(&self) -> Option<Yuan> {
            self.0.data.0.benefit().and_then(|data| data.form.amount_cents).map(Yuan)
        }
    }
}

/// A use of an advantage.
#[derive(Clone, Debug, InputObject)]
pub struct BenefitInput {
    /// Key of the scheme, as schemes lists them.
    pub scheme: String,
    /// Key of the advantage in the scheme.
    pub benefit: String,
    /// Kind of the subject; none is a human being.
    pub subject_kind: EnumOf<SubjectKind>,
    /// Registered name of the subject.
    pub subject_name: String,
    /// 统一社会信用代码: unified social credit code of the subject.
    pub uscc: String,
    /// The day of the use: whether it could be used is asked as of that day.
    pub used_on: Date,
    /// Who gave it: a bank, a garage, an office.
    pub provider: String,
    /// How much it was, where it was money.
    pub amount: Option<Yuan>,
}

/// Input of noteBenefitUse.
#[derive(Debug, InputObject)]
pub struct NoteBenefitUseInput {
    /// The caller's office, which runs the scheme.
    pub office: String,
    /// What was used.
    #[graphql(name = "use")]
    pub used: BenefitInput,
    /// 证明材料: a paper that shows it; the id of an upload.
    pub evidence: Option<DocumentInput>,
    /// A repeat with the same key returns the first answer.
    pub idempotency_key: Uuid,
}

crate::case_payload!(NoteBenefitUsePayload, BenefitUse, benefit_use);

/// Noting.
#[derive(Debug, Default)]
pub struct BenefitUseForms;

#[Object(guard = "crate::graphql::core::act::by_somebody")]
impl BenefitUseForms {
    /// Notes that a subject used an advantage of a scheme; refused, with every reason, where it could not on that day.
    async fn note_benefit_use(&self, ctx: &Context<'_>, input: NoteBenefitUseInput) -> Result<NoteBenefitUsePayload> {
        let app = ctx.data::<App>()?;
        let mut intake = Intake::default();
        intake.trace.push_str(&format!("{:?}", input.used));
        let BenefitInput { scheme, benefit, subject_kind, subject_name, uscc, used_on, provider, amount } = input.used;
        intake.word("input.use.scheme", Some(&scheme));
        intake.word("input.use.benefit", Some(&benefit));
        let field = "input.use.provider";
        let provider = intake.external_number(field, Some(provider))?;
        let provider = provider.ok_or_else(|| fault::bad_input(field, ("不能为空", "It must not be empty")))?;
        let named = Named { kind: subject_kind.0, name: &subject_name, uscc: Some(&uscc), resident_id: None };
        let subject = intake.subject(app, "input.use", &named)?;
        let form = BenefitForm { scheme, benefit, used_on, provider, amount_cents: amount.map(|sum| sum.0) };
        intake.arguments.form = Some(form.into());
        intake.may_add(DocumentKind::Evidence, input.evidence);
        let opening = Opening { new_subject: Some(subject), ..Opening::of(Process::BenefitUse, Some(input.office)) };
        NoteBenefitUsePayload::of(ctx, act::open(ctx, opening, Verb::Register, input.idempotency_key, intake).await?).await
    }
}
