//! Binding of an account to a credit subject.

use async_graphql::{Context, InputObject, Result, SimpleObject};
use domain::{
    canonical,
    command::{Form, Opening, Target},
    identifier::Uscc,
    ids::CaseId,
    paper::{ChoiceKey, DateKey, DocumentKind},
    process::{Process, Verb},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;
use uuid::Uuid;

use crate::{
    app::App,
    graphql::core::{
        act,
        enums::Term,
        fault,
        find::broken,
        input::{DocumentInput, Intake},
    },
    people::Viewer,
    store::{counting, entities},
};

crate::case_object! {
    /// A request to act for a subject, and the right that came of it.
    AccountBinding, AccountBinding, {
        /// `legal_representative` or agent
        async fn capacity(&self) -> Option<&str> {
            match &self.0.data.0 {
                domain::data::CaseData::AccountBinding(data) => Some(&data.capacity),
                _ => None,
            }
        }

        /// Last day of an agent's authority.
        async fn authority_until(&self) -> Option<time::Date> {
            match &self.0.data.0 {
                domain::data::CaseData::AccountBinding(data) => data.until,
                _ => None,
            }
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
    pub kind: Term<DocumentKind>,
    pub sha256: String,
    pub added_on: time::Date,
}

async fn papers(ctx: &Context<'_>, case: CaseId) -> Result<Vec<PaperShown>> {
    use entities::document::{Column, Entity};
    let query = Entity::find().filter(Column::CaseId.eq(case.to_string())).order_by_asc(Column::Id);
    let rows = query.all(ctx.data::<App>()?.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
    let shown = |row: domain::rows::Document| PaperShown {
        document: row.id.to_string(),
        kind: Term(row.kind),
        sha256: row.sha256,
        added_on: row.added_on,
    };
    rows.into_iter().map(|row| row.row().map(shown).map_err(broken)).collect()
}

#[derive(Debug, InputObject)]
pub struct RequestAccountBindingInput {
    /// Unified social credit code of the subject.
    pub uscc: String,
    /// `legal_representative` or agent
    pub capacity: String,
    /// Last day of the authority that was given; required for an agent.
    pub authority_until: Option<time::Date>,
    pub identity_papers: DocumentInput,
    /// 授权委托书; required for an agent.
    pub authority_letter: Option<DocumentInput>,
    pub idempotency_key: Uuid,
}

crate::case_payload!(RequestAccountBindingPayload, AccountBinding, account_binding);

/// Requests.
#[derive(Debug, Default)]
pub struct BindingForms;

#[async_graphql::Object(guard = "crate::graphql::core::act::by_somebody")]
impl BindingForms {
    /// Asks for the right to act for a subject; an officer checks the papers.
    async fn request_account_binding(&self, ctx: &Context<'_>, input: RequestAccountBindingInput) -> Result<RequestAccountBindingPayload> {
        let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
        if viewer.account.is_none() {
            return Err(fault::unauthenticated());
        }
        let code = Uscc::parse(&input.uscc).map_err(|wrong| fault::bad_input("input.uscc", format!("{}。{}.", wrong.zh, wrong.en)))?;
        if !matches!(input.capacity.as_str(), "legal_representative" | "agent") {
            return Err(fault::bad_input("input.capacity", "legal_representative / agent"));
        }
        if input.capacity == "agent" && input.authority_until.is_none() {
            return Err(fault::bad_input(
                "input.authorityUntil",
                "代理人须填写授权截止日。An agent has to name the last day of the authority.",
            ));
        }
        let subject = counting::subjects()
            .filter(entities::credit_subject::Column::Uscc.eq(canonical::code(code.as_str())))
            .one(app.database.pool())
            .await
            .map_err(|fault| fault::internal(&fault.into()))?;
        let subject = subject.and_then(|row| row.id.parse().ok()).ok_or_else(|| {
            fault::bad_input("input.uscc", "该主体没有任何记录。No record names this subject, so there is nothing to act for.")
        })?;
        let mut intake = Intake::default();
        intake.document(DocumentKind::IdentityPapers, input.identity_papers);
        intake.may_add(DocumentKind::AuthorityLetter, input.authority_letter);
        intake.finish(app, viewer).await?;
        intake.arguments.form = Some(Form::Binding { capacity: input.capacity, until: input.authority_until });
        let opening = Opening { subject: Some(subject), ..Opening::of(Process::AccountBinding, None) };
        let opened = act::submit(ctx, Target::New(opening), vec![Verb::Request], None, input.idempotency_key, intake);
        RequestAccountBindingPayload::of(ctx, opened.await?).await
    }
}

/// Acts on a binding.
#[derive(Debug, Default)]
pub struct BindingMutations;

crate::case_mutations!(BindingMutations, AccountBinding, account_binding, {
    /// Approves after comparing the papers with the person.
    approve_account_binding ApproveAccountBindingInput ApproveAccountBindingPayload Approve {
        confirmed: bool => |i, v| if v { i.choice(ChoiceKey::Confirmed, "yes") },
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Declines papers that do not prove the right to act.
    decline_account_binding DeclineAccountBindingInput DeclineAccountBindingPayload Decline {
        reason: String => |i, v| i.reason(v),
        signed_on: Option<Date> => |i, v| i.may_date(DateKey::SignedOn, v),
    }
    /// Takes the request back.
    withdraw_account_binding WithdrawAccountBindingInput WithdrawAccountBindingPayload Withdraw {}
    /// Ends the right to act.
    end_account_binding EndAccountBindingInput EndAccountBindingPayload End {
        reason: String => |i, v| i.reason(v),
    }
});
