//! An account of one's own: asked for, and made by whoever opens the link.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::{command::Actor, office::Language};

use crate::{
    app::App,
    city::acts::{self, NewAccount},
    graphql::{
        core::{act, enums::EnumOf, fault},
        office::{
            accounts::{AdministrationPayload, NAME, payload},
            sign_in::check_password,
        },
    },
    mail::{Invitations, check_address},
    people::{
        Address, login,
        registering::{self, Asked},
        sign_in,
    },
    store::StoreFault,
};

/// A link that was opened and is still good.
#[derive(Clone, Debug, SimpleObject)]
pub struct RegistrationLink {
    /// The address that it was sent to: that of the account that it makes.
    pub email: String,
}

/// What an account is made from by its own holder.
#[derive(Debug, InputObject)]
pub struct RegisterInput {
    /// What stands in the link behind `/register/`.
    pub link: String,
    /// The name to sign in with.
    pub login: String,
    /// At least 12 characters, and not easy to guess.
    pub password: String,
    /// Name of the person. Sealed.
    pub name: String,
    /// In which language the house writes; Chinese where none is given.
    pub language: Option<EnumOf<Language>>,
}

fn internal(fault: StoreFault) -> async_graphql::Error {
    fault::internal(&fault)
}

fn open(app: &App) -> Result<&Invitations> {
    let shut = || fault::coded("NOT_FOUND", ("本系统没有开放自助注册", "Nobody registers an own account in this house"));
    app.registration.as_ref().ok_or_else(shut)
}

async fn register(ctx: &Context<'_>, input: RegisterInput) -> Result<AdministrationPayload> {
    let app = ctx.data::<App>()?;
    open(app)?;
    let over = || fault::bad_input("input.link", ("链接已过期或者已使用，请重新申请", "The link is over or was used; ask for another"));
    let link = registering::opened(app, &input.link).await.map_err(internal)?.ok_or_else(over)?;
    if let Some(words) = login::fault(&input.login) {
        return Err(fault::bad_input("input.login", words));
    }
    let letters = input.name.trim().chars().count();
    if letters == 0 || letters > NAME {
        return Err(fault::bad_input("input.name", (format!("姓名为1至{NAME}个字"), format!("The name has 1 to {NAME} letters"))));
    }
    let password = check_password(app, "input.password", &input.password, &[&input.login, &input.name, &link.email]).await?;
    let language = input.language.map_or(Language::Zh, |language| language.0);
    let account = NewAccount { login: &input.login, name: input.name.trim(), email: Some(&link.email), language: language.key() };
    let made = acts::made(app, link.account, registering::somebody(), account, &[]).await.map_err(fault::act)?;
    let act = registering::registers(made.act).ok_or_else(over)?;
    let credential = sign_in::hashed(app, link.account, password).await.map_err(internal)?;
    let command = app.about_the_house(Actor::System, act);
    let answer = app.submit_with_password(command, made.personal, credential, false).await.map_err(fault::door)?;
    Ok(payload(act::done(ctx, answer).await?, Some(link.account)))
}

/// Mutations.
#[derive(Debug, Default)]
pub struct RegistrationMutations;

#[Object]
impl RegistrationMutations {
    /// Sends a link to register to an address. Nothing is looked up and nothing is stored but three counts, so the answer is the same
    /// for every address. A request holds one.
    async fn ask_to_register(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address to which the link goes.")] email: String,
    ) -> Result<bool> {
        let app = ctx.data::<App>()?;
        let invitations = open(app)?;
        let email = email.trim();
        check_address(email).map_err(|why| fault::bad_coded("email", why.code(), why.words()))?;
        match registering::ask(app, invitations, email, &ctx.data::<Address>()?.0).await.map_err(internal)? {
            Asked::Sent => Ok(true),
            Asked::TooMany => Err(fault::coded(
                "RATE_LIMITED",
                (
                    "申请过于频繁，请一小时后再试，或者到窗口办理",
                    "Too many links were asked for; try again in an hour, or go to the counter",
                ),
            )),
            Asked::Busy => Err(fault::coded("UNAVAILABLE", ("邮件暂时发不出去，请稍后再试", "No mail leaves now; try again later"))),
        }
    }

    /// Makes the account of a link. It acts for nobody: it sees what is public, and asks for a binding.
    async fn register(&self, ctx: &Context<'_>, input: RegisterInput) -> Result<AdministrationPayload> {
        register(ctx, input).await
    }
}

/// Queries.
#[derive(Debug, Default)]
pub struct RegistrationQueries;

#[Object]
impl RegistrationQueries {
    /// Whether people may register an account themselves here; for everybody.
    async fn registration_open(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(ctx.data::<App>()?.registration.is_some())
    }

    /// What a link to register says; none where it is over, was used, or is none of this house. For whoever has it.
    async fn registration_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What stands in the link behind `/register/`.")] link: String,
    ) -> Result<Option<RegistrationLink>> {
        let app = ctx.data::<App>()?;
        let found = if app.registration.is_some() { registering::opened(app, &link).await.map_err(internal)? } else { None };
        Ok(found.map(|link| RegistrationLink { email: link.email }))
    }
}
