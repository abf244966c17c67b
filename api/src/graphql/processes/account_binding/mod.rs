//! Binding of an account to a credit subject.

mod acts;

use async_graphql::{Context, InputObject, Result, SimpleObject};
use domain::{
    binding::{BindingCapacity, BindingForm},
    canonical,
    command::{Opening, Target},
    identifier::Uscc,
    ids::CaseId,
    paper::DocumentKind,
    process::{Process, Verb},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    app::App,
    graphql::core::{
        act,
        enums::EnumOf,
        fault,
        find::broken,
        input::{DocumentInput, Intake},
    },
    people::Viewer,
    store::{counting, entities},
};

pub use acts::{AccountBindingActs, TOLD};

crate::case_object! {
    /// A request to act for a subject, and the right that came of it.
    AccountBinding, AccountBinding, {
        /// In which capacity the account acts for the subject.
        async fn capacity(&self) -> Option<EnumOf<BindingCapacity>> {
            self.0.data.0.binding().map(|data| EnumOf(data.capacity))
        }

        /// Whether the account registered itself: then nobody of the house has seen the person before.
        async fn self_registered(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Option<bool>> {
            let Some(account) = self.0.data.0.binding().map(|data| data.account.to_string()) else { return Ok(None) };
            let row = entities::account::Entity::find_by_id(account).one(ctx.data::<App>()?.database.pool()).await;
            Ok(row.map_err(|fault| fault::internal(&fault.into()))?.map(|row| row.registered_on.is_some()))
        }

        /// Last day of an agent's authority.
        async fn authority_until(&self) -> Option<time::Date> {
            self.0.data.0.binding().and_then(|data| data.until)
        }

        /// Papers that the right rests on: identity papers, and an agent's letter of authority; for GET /documents/{id}.
        async fn papers(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<PaperShown>> {
            papers(ctx, self.0.id).await
        }
    }
}

/// A paper of a case.
#[derive(Debug, SimpleObject)]
pub struct PaperShown {
    /// For GET /documents/{id}.
    pub document: String,
    /// What the paper is in the case.
    pub kind: EnumOf<DocumentKind>,
    pub sha256: String,
    pub added_on: time::Date,
}

async fn papers(ctx: &Context<'_>, case: CaseId) -> Result<Vec<PaperShown>> {
    use entities::document::{Column, Entity};
    let query = Entity::find().filter(Column::CaseId.eq(case.to_string())).order_by_asc(Column::Id);
    let rows = query.all(ctx.data::<App>()?.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
    let shown = |row: domain::rows::Document| PaperShown {
        document: row.id.to_string(),
        kind: EnumOf(row.kind),
        sha256: row.sha256,
        added_on: row.added_on,
    };
    rows.into_iter().map(|row| row.row().map(shown).map_err(broken)).collect()
}

/// What an account asks for: to act for one subject, in one capacity.
#[derive(Debug, InputObject)]
pub struct RequestAccountBindingInput {
    /// 统一社会信用代码: unified social credit code of a subject that has a record.
    pub uscc: String,
    /// Legal representative or agent.
    pub capacity: EnumOf<BindingCapacity>,
    /// Last day of the authority that was given; required for an agent.
    pub authority_until: Option<time::Date>,
    /// 身份证明: papers that show who the person is.
    pub identity_papers: DocumentInput,
    /// 授权委托书: letter of authority; required for an agent.
    pub authority_letter: Option<DocumentInput>,
    pub idempotency_key: Uuid,
}

crate::case_payload!(RequestAccountBindingPayload, AccountBinding, account_binding);

/// An account that registered itself has one request at a time.
async fn one_at_a_time(app: &App, viewer: &Viewer) -> Result<()> {
    use entities::cases::Column;
    if !viewer.is_newcomer() {
        return Ok(());
    }
    let account = viewer.account.map(|id| id.to_string()).unwrap_or_default();
    let open = counting::cases().filter(Column::Process.eq(Process::AccountBinding.key())).filter(Column::State.eq("requested"));
    let open = open.filter(Column::Data.contains(account)).one(app.database.pool()).await;
    match open.map_err(|fault| fault::internal(&fault.into()))? {
        None => Ok(()),
        Some(case) => Err(fault::bad_coded(
            "input.uscc",
            "BINDING_REQUEST_OPEN",
            (
                format!("自助注册的账号一次只能有一件绑定申请：{}尚未办结，请等待或者先撤回", case.number),
                format!(
                    "An account that registered itself has one request at a time: {} is open; wait for it, or withdraw it first",
                    case.number
                ),
            ),
        )),
    }
}

/// Requests.
#[derive(Debug, Default)]
pub struct AccountBindingForms;

#[async_graphql::Object(guard = "crate::graphql::core::act::by_somebody")]
impl AccountBindingForms {
    /// Asks for the right to act for a subject; an officer checks the papers.
    async fn request_account_binding(&self, ctx: &Context<'_>, input: RequestAccountBindingInput) -> Result<RequestAccountBindingPayload> {
        let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
        if viewer.account.is_none() {
            return Err(fault::unauthenticated());
        }
        one_at_a_time(app, viewer).await?;
        let code = Uscc::parse(&input.uscc).map_err(|wrong| fault::bad_input("input.uscc", (wrong.zh, wrong.en)))?;
        if input.capacity.0 == BindingCapacity::Agent && input.authority_until.is_none() {
            return Err(fault::bad_input(
                "input.authorityUntil",
                ("代理人须填写授权截止日", "An agent has to name the last day of the authority"),
            ));
        }
        let subject = counting::subjects()
            .filter(entities::credit_subject::Column::Uscc.eq(canonical::code(code.as_str())))
            .one(app.database.pool())
            .await
            .map_err(|fault| fault::internal(&fault.into()))?;
        let subject = subject.and_then(|row| row.id.parse().ok()).ok_or_else(|| {
            fault::bad_input("input.uscc", ("该主体没有任何记录", "No record names this subject, so there is nothing to act for"))
        })?;
        let mut intake = Intake::default();
        intake.document(DocumentKind::IdentityPapers, input.identity_papers);
        intake.may_add(DocumentKind::AuthorityLetter, input.authority_letter);
        intake.finish(app, viewer).await?;
        intake.arguments.form = Some(BindingForm { capacity: input.capacity.0, until: input.authority_until }.into());
        let opening = Opening { subject: Some(subject), ..Opening::of(Process::AccountBinding, None) };
        let opened = act::submit(ctx, Target::New(opening), vec![Verb::Request], None, input.idempotency_key, intake);
        RequestAccountBindingPayload::of(ctx, opened.await?).await
    }
}
