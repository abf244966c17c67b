//! Signing in and out, one's own password, and who signed in.

use async_graphql::{
    ComplexObject, Context, InputObject, Object, Result, SimpleObject,
    connection::{Connection, Edge, EmptyFields},
};
use domain::{admin::AdminAct, command::Actor, ids::AccountId, office::Rank, sign_in::SignInOutcome};
use secrecy::{ExposeSecret, SecretString};
use time::format_description::well_known::Rfc3339;

use crate::{
    app::App,
    graphql::core::{
        act,
        audit::AuditEntry,
        enums::EnumOf,
        fault,
        find::page_size,
        node::{self, List},
        person::{self, PersonShown},
        shown::RefusalShown,
        viewer::signed_in,
        words::Words,
    },
    password,
    people::{
        Address, Bearer, Viewer, log,
        sign_in::{self, SignedIn},
        tokens,
    },
    store::StoreFault,
};

/// Login and password of an account.
#[derive(Debug, InputObject)]
pub struct SignInInput {
    /// The login; blanks around it do not matter.
    pub login: String,
    /// The password, as it was set.
    pub password: String,
}

/// A token for the Authorization header: `Bearer …`.
#[derive(Debug, SimpleObject)]
pub struct SignInPayload {
    /// The token; none where it was refused. It is shown once.
    pub token: Option<String>,
    /// RFC 3339 in Asia/Shanghai; it ends earlier when it is not used for as long as the setting `sign_in_idle_minutes` says.
    pub expires_at: Option<String>,
    /// Why not; one sentence for every cause.
    pub problem: Option<Words>,
}

/// Input of changePassword.
#[derive(Debug, InputObject)]
pub struct ChangePasswordInput {
    /// The password as it stands.
    pub current: String,
    /// At least 12 characters, and not easy to guess.
    pub new: String,
}

/// The entry that says that the password was changed; or why it was not.
#[derive(Debug, SimpleObject)]
pub struct ChangePasswordPayload {
    pub entry: Option<AuditEntry>,
    pub refusal: Option<RefusalShown>,
}

/// A try to sign in.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct SignIn {
    #[graphql(skip)]
    account: Option<AccountId>,
    /// Where it came from; of an IPv6 address its network (/64).
    pub address: String,
    /// RFC 3339 in Asia/Shanghai.
    pub at: String,
    /// What became of it.
    pub outcome: EnumOf<SignInOutcome>,
}

#[ComplexObject]
impl SignIn {
    /// Who tried; none where the login is nobody's.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<PersonShown>> {
        person::read(ctx, self.account).await
    }
}

/// # Errors
/// At the field, when the password is too short, too long or easy to guess.
pub async fn check_password(app: &App, field: &str, text: &str, about: &[&str]) -> Result<SecretString> {
    let password: SecretString = text.to_owned().into();
    let offices = sign_in::office_words(&app.database).await.map_err(|fault| fault::internal(&fault))?;
    let about: Vec<&str> = about.iter().copied().chain(offices.iter().map(String::as_str)).collect();
    match password::fault(&password, &about) {
        Some(words) => Err(fault::bad_input(field, words)),
        None => Ok(password),
    }
}

fn busy() -> async_graphql::Error {
    fault::coded("RATE_LIMITED", ("登录人数过多，请数秒后重试", "Too many sign in at once; try again in a few seconds"))
}

async fn change_password(ctx: &Context<'_>, input: ChangePasswordInput) -> Result<ChangePasswordPayload> {
    let app = ctx.data::<App>()?;
    let account = ctx.data::<Viewer>()?.account.ok_or_else(fault::unauthenticated)?;
    let new = check_password(app, "input.new", &input.new, &[]).await?;
    let internal = |fault: StoreFault| fault::internal(&fault);
    match sign_in::own_password(app, account, input.current.into(), &ctx.data::<Address>()?.0).await.map_err(internal)? {
        None => return Err(busy()),
        Some(false) => {
            return Err(fault::bad_input(
                "input.current",
                ("当前密码不正确，或者已锁定", "The current password is wrong, or the account is locked"),
            ));
        }
        Some(true) => {}
    }
    let credential = sign_in::hashed(app, account, new).await.map_err(internal)?;
    let command = app.about_the_house(Actor::Account(account), AdminAct::NotePasswordReset { id: account });
    let answer = app.submit_with_password(command, Vec::new(), credential, true).await.map_err(fault::door)?;
    let done = act::done(ctx, answer).await?;
    Ok(ChangePasswordPayload { entry: done.entry, refusal: done.refusal })
}

/// The caller's account and the token that it came with.
fn own_session<'a>(ctx: &Context<'a>) -> Result<(AccountId, &'a SecretString)> {
    let account = signed_in(ctx)?.account.ok_or_else(fault::unauthenticated)?;
    let token = ctx.data::<Bearer>()?.0.as_ref().ok_or_else(fault::unauthenticated)?;
    Ok((account, token))
}

/// Mutations.
#[derive(Debug, Default)]
pub struct SignInMutations;

#[Object]
impl SignInMutations {
    /// Signs in. Five tries with a wrong password lock the account for this address for a quarter of an hour. A request holds
    /// one signIn at most.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> Result<SignInPayload> {
        let app = ctx.data::<App>()?;
        let answer = sign_in::sign_in(app, &input.login, input.password.into(), &ctx.data::<Address>()?.0).await;
        match answer.map_err(|fault| fault::internal(&fault))? {
            SignedIn::Token { token, expires_at, .. } => Ok(SignInPayload {
                token: Some(token.expose_secret().to_owned()),
                expires_at: Some(expires_at.shanghai().format(&Rfc3339)?),
                problem: None,
            }),
            SignedIn::Refused => Ok(SignInPayload {
                token: None,
                expires_at: None,
                problem: Some(
                    ("登录名或密码不正确，或账号已锁定、停用", "Wrong login or password, or the account is locked or disabled").into(),
                ),
            }),
            SignedIn::Busy => Err(busy()),
        }
    }

    /// Makes the caller's token worthless.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<bool> {
        let app = ctx.data::<App>()?;
        let Some(token) = ctx.data::<Bearer>()?.0.as_ref() else { return Err(fault::unauthenticated()) };
        tokens::sign_out(app, token).await.map_err(|fault| fault::internal(&fault))?;
        Ok(true)
    }

    /// Ends every other session of the caller's account; how many there were.
    async fn sign_out_elsewhere(&self, ctx: &Context<'_>) -> Result<u64> {
        let (account, token) = own_session(ctx)?;
        tokens::sign_out_elsewhere(ctx.data::<App>()?, account, token).await.map_err(|fault| fault::internal(&fault))
    }

    /// Changes the caller's own password; every token of the account ends with it, the caller's too.
    async fn change_password(&self, ctx: &Context<'_>, input: ChangePasswordInput) -> Result<ChangePasswordPayload> {
        change_password(ctx, input).await
    }
}

/// Queries.
#[derive(Debug, Default)]
pub struct SignInQueries;

/// A session of the viewer's own account.
#[derive(Clone, Debug, SimpleObject)]
pub struct Session {
    /// When it began, RFC 3339 in Asia/Shanghai.
    pub begun_at: String,
    /// When it was used last, to the minute.
    pub used_at: String,
    /// Whether it is the one that asks.
    pub own: bool,
}

#[Object]
impl SignInQueries {
    /// Sessions of the viewer's own account that have not ended, the newest first.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<Session>> {
        let (account, token) = own_session(ctx)?;
        let open = tokens::sessions(ctx.data::<App>()?, account, token).await.map_err(|fault| fault::internal(&fault))?;
        let shown = |one: tokens::Session| {
            Ok(Session { begun_at: one.begun.shanghai().format(&Rfc3339)?, used_at: one.used.shanghai().format(&Rfc3339)?, own: one.own })
        };
        open.into_iter().map(shown).collect()
    }

    /// Tries to sign in, the newest first, of one account where it is named; for auditors, and for everybody of the own account.
    async fn sign_ins(
        &self,
        ctx: &Context<'_>,
        account: Option<String>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Option<Connection<String, SignIn, EmptyFields, EmptyFields>>> {
        let app = ctx.data::<App>()?;
        let account = account
            .map(|text| text.parse::<AccountId>().map_err(|_| fault::bad_input("account", ("没有此账号", "There is no such account"))))
            .transpose()?;
        let viewer = signed_in(ctx)?;
        if !viewer.has(Rank::Auditor) && account.is_none_or(|named| viewer.account != Some(named)) {
            let words = ("仅审计员可用；其他人可以查看本账号的", "Only an auditor may read this; everybody may read the own account's");
            return Err(fault::coded("FORBIDDEN", words));
        }
        let account = account.map(|id| id.to_string());
        let size = page_size(first)?;
        let cursor = node::cursor(List::SignIns, after.as_deref())?;
        let before = match &cursor {
            None => None,
            Some(text) => Some(text.split_once('|').and_then(|(at, id)| Some((at.parse().ok()?, id))).ok_or_else(node::junk)?),
        };
        let lines = log::lines(&app.database, account.as_deref(), before, size + 1).await.map_err(|fault| fault::internal(&fault))?;
        let mut connection = Connection::new(cursor.is_some(), lines.len() as u64 > size);
        for line in lines.into_iter().take(usize::try_from(size).unwrap_or(20)) {
            let cursor = node::cursor_of(List::SignIns, &format!("{}|{}", line.at.0, line.id));
            let shown = SignIn {
                account: line.account.and_then(|id| id.parse().ok()),
                address: line.address,
                at: line.at.shanghai().format(&Rfc3339)?,
                outcome: EnumOf(line.outcome),
            };
            connection.edges.push(Edge::new(cursor, shown));
        }
        Ok(Some(connection))
    }
}
