//! Signing in by an identity that another house vouches for (OpenID Connect), and linking one to an account.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{admin::AdminAct, office::Rank, sign_in::OpenIdFault as Why};
use secrecy::ExposeSecret;
use time::{Date, format_description::well_known::Rfc3339};

use crate::{
    app::App,
    graphql::{
        core::{act, audit::AuditEntry, enums::EnumOf, fault, node, shown::RefusalShown, viewer::signed_in, words::Words},
        office::accounts::{AdministrationPayload, account_id, act_on_house, administer, administrator, payload},
    },
    open_id::{Identity, Provider},
    people::{
        Address,
        identity::{self, Returned, Sent, Stopped},
    },
};

/// Characters of what a provider calls a person.
const SUBJECT: usize = 255;

/// The provider of identities that this house believes.
#[derive(Clone, Debug, SimpleObject)]
pub struct IdentityProvider {
    /// What people call it.
    pub name: Words,
    /// Its address, by which identities are told apart.
    pub issuer: String,
}

/// An identity that opens an account.
#[derive(Clone, Debug, SimpleObject)]
pub struct LinkedIdentity {
    /// Global id of the link.
    pub id: ID,
    /// The provider that vouches for it.
    pub issuer: String,
    /// The day on which it was linked.
    pub linked_on: Date,
}

/// The first half: where to send the person.
#[derive(Debug, SimpleObject)]
pub struct IdentityBegun {
    /// Where the person signs in; none where the provider cannot be used.
    pub address: Option<String>,
    /// To be kept where only this person's browser or client has it, and sent with the second half within ten minutes.
    pub kept: Option<String>,
    /// The address of the house to which the person comes back, with `code` and `state`.
    pub returns_to: String,
    /// Why it did not begin, as a word.
    pub why: Option<EnumOf<Why>>,
    /// Why it did not begin, and what to do.
    pub problem: Option<Words>,
}

/// The second half: what the provider sent back with the person.
#[derive(Debug, InputObject)]
pub struct IdentityReturnedInput {
    /// `code` of the address that the person came back to.
    pub code: String,
    /// `state` of that address.
    pub state: String,
    /// `iss` of that address, where there is one.
    pub issuer: Option<String>,
    /// What the first half gave to keep.
    pub kept: String,
}

/// A token, or why there is none.
#[derive(Debug, SimpleObject)]
pub struct IdentitySignInPayload {
    /// The token; none where it was refused. It is shown once.
    pub token: Option<String>,
    /// RFC 3339 in Asia/Shanghai, as of signIn.
    pub expires_at: Option<String>,
    /// Why not, as a word.
    pub why: Option<EnumOf<Why>>,
    /// Why not, and what to do.
    pub problem: Option<Words>,
    /// What the provider calls the person, where no account has this identity: an administrator links an account by it.
    pub subject: Option<String>,
}

/// The entry that says that an identity was linked; or why it was not.
#[derive(Debug, SimpleObject)]
pub struct IdentityLinkedPayload {
    pub entry: Option<AuditEntry>,
    pub refusal: Option<RefusalShown>,
    /// Why the provider's answer was of no use, as a word.
    pub why: Option<EnumOf<Why>>,
    /// Why it was of no use, and what to do.
    pub problem: Option<Words>,
}

/// What people are told, with what they can do.
fn words(why: Why, provider: &Provider) -> Words {
    let (zh, en) = (&provider.of.name.0, &provider.of.name.1);
    match why {
        Why::NotBegun => Words::from((
            "这次登录不是从这个浏览器开始的，或者已超过十分钟，请重新开始",
            "This was not begun in this browser, or more than ten minutes ago; begin again",
        )),
        Why::Denied => Words::from((
            format!("{zh}没有同意这次登录；可以重新开始，或者用密码登录"),
            format!("{en} did not agree; begin again, or sign in with the password"),
        )),
        Why::Unreachable => Words::from((
            format!("{zh}暂时不能使用，请用密码登录，或者稍后再试"),
            format!("{en} cannot be used now; sign in with the password, or try again later"),
        )),
        Why::NotVouched => Words::from((
            format!("{zh}的答复没有通过核验，没有登录；请重新开始。多次出现的，请告知管理员"),
            format!(
                "The answer of {en} did not stand the checks, so nobody was signed in; begin again, and tell the administrator if it happens more than once"
            ),
        )),
        Why::NotLinked => Words::from((
            format!(
                "您在{zh}的身份还没有关联本系统的账号。有账号的，请先用密码登录，在“我的账号”中关联；或者把下面的编号交给管理员，由管理员核对后关联"
            ),
            format!(
                "Your identity at {en} is linked to no account here. If you have one, sign in with the password and link it under “My account”; or give the number below to the administrator, who links it after checking"
            ),
        )),
        Why::NotAdmitted => {
            Words::from(("账号已停用，或者尝试过多暂时锁定", "The account is disabled, or locked for a while after too many tries"))
        }
    }
}

fn provider(app: &App) -> Result<&Provider> {
    let none = || fault::coded("NOT_FOUND", ("本系统没有启用统一身份登录", "This house signs nobody in by an identity of another"));
    identity::provider(app).ok_or_else(none)
}

fn shown(begun: Result<Sent, Stopped>, provider: &Provider) -> IdentityBegun {
    let returns_to = provider.of.returns_to.clone();
    match begun {
        Ok(sent) => IdentityBegun { address: Some(sent.address), kept: Some(sent.kept), returns_to, why: None, problem: None },
        Err(Stopped { why, .. }) => {
            IdentityBegun { address: None, kept: None, returns_to, why: Some(EnumOf(why)), problem: Some(words(why, provider)) }
        }
    }
}

impl IdentityReturnedInput {
    fn returned(&self) -> Returned<'_> {
        Returned { code: &self.code, state: &self.state, issuer: self.issuer.as_deref(), kept: &self.kept }
    }
}

/// Mutations.
#[derive(Debug, Default)]
pub struct IdentityMutations;

#[Object]
impl IdentityMutations {
    /// Begins a sign-in by OpenID Connect; nothing is stored. The person goes to `address` and comes back to `returnsTo`.
    async fn begin_identity_sign_in(&self, ctx: &Context<'_>) -> Result<IdentityBegun> {
        let app = ctx.data::<App>()?;
        let provider = provider(app)?;
        let begun = identity::begin(app, provider, None).await.map_err(|fault| fault::internal(&fault))?;
        Ok(shown(begun, provider))
    }

    /// Begins the linking of an identity to the caller's own account.
    async fn begin_identity_link(&self, ctx: &Context<'_>) -> Result<IdentityBegun> {
        let app = ctx.data::<App>()?;
        let account = signed_in(ctx)?.account.ok_or_else(fault::unauthenticated)?;
        let provider = provider(app)?;
        let begun = identity::begin(app, provider, Some(account)).await.map_err(|fault| fault::internal(&fault))?;
        Ok(shown(begun, provider))
    }

    /// Signs in by an identity that is linked to an account. What holds for signIn holds here: locks, log, one in a request.
    async fn sign_in_by_identity(&self, ctx: &Context<'_>, input: IdentityReturnedInput) -> Result<IdentitySignInPayload> {
        let app = ctx.data::<App>()?;
        let provider = provider(app)?;
        let answer = identity::sign_in(app, provider, input.returned(), &ctx.data::<Address>()?.0).await;
        Ok(match answer.map_err(|fault| fault::internal(&fault))? {
            Ok((token, expires_at)) => IdentitySignInPayload {
                token: Some(token.expose_secret().to_owned()),
                expires_at: Some(expires_at.shanghai().format(&Rfc3339)?),
                why: None,
                problem: None,
                subject: None,
            },
            Err(Stopped { why, subject }) => IdentitySignInPayload {
                token: None,
                expires_at: None,
                why: Some(EnumOf(why)),
                problem: Some(words(why, provider)),
                subject,
            },
        })
    }

    /// Links the identity of whoever came back to the caller's own account.
    async fn link_own_identity(&self, ctx: &Context<'_>, input: IdentityReturnedInput) -> Result<IdentityLinkedPayload> {
        let app = ctx.data::<App>()?;
        let account = signed_in(ctx)?.account.ok_or_else(fault::unauthenticated)?;
        let provider = provider(app)?;
        match identity::link(app, provider, account, input.returned(), &ctx.data::<Address>()?.0).await.map_err(fault::door)? {
            Ok(answer) => {
                let done = act::done(ctx, answer).await?;
                Ok(IdentityLinkedPayload { entry: done.entry, refusal: done.refusal, why: None, problem: None })
            }
            Err(Stopped { why, .. }) => {
                Ok(IdentityLinkedPayload { entry: None, refusal: None, why: Some(EnumOf(why)), problem: Some(words(why, provider)) })
            }
        }
    }

    /// Links an identity to an account, by an administrator; `subject` is what the provider calls the person, not an e-mail.
    async fn link_identity(&self, ctx: &Context<'_>, account: String, subject: String) -> Result<AdministrationPayload> {
        let app = ctx.data::<App>()?;
        administrator(ctx)?;
        let account = account_id(&account)?;
        let subject = subject.trim();
        if subject.is_empty() || subject.chars().count() > SUBJECT {
            return Err(fault::bad_input("subject", (format!("编号为1至{SUBJECT}个字符"), format!("It has 1 to {SUBJECT} characters"))));
        }
        let named = Identity { issuer: provider(app)?.of.issuer.clone(), subject: subject.to_owned() };
        let act = identity::linking(app, account, &named).await.map_err(|fault| fault::internal(&fault))?;
        Ok(payload(administer(ctx, act, Vec::new()).await?, None))
    }

    /// Takes a link away: by its owner or by an administrator. Sessions that it began go on; signOutElsewhere ends them.
    async fn unlink_identity(
        &self,
        ctx: &Context<'_>,
        account: String,
        #[graphql(desc = "Global id of the link.")] link: ID,
    ) -> Result<AdministrationPayload> {
        let id = node::parse(&link).filter(|(kind, _)| kind == "Identity").and_then(|(_, key)| key.parse().ok());
        let act = AdminAct::UnlinkIdentity { id: id.ok_or_else(fault::not_found)?, account: account_id(&account)? };
        Ok(payload(act_on_house(ctx, act, Vec::new()).await?, None))
    }
}

/// Queries.
#[derive(Debug, Default)]
pub struct IdentityQueries;

#[Object]
impl IdentityQueries {
    /// The provider of identities by which people sign in here; none where there is none. For everybody.
    async fn identity_provider(&self, ctx: &Context<'_>) -> Result<Option<IdentityProvider>> {
        let found = identity::provider(ctx.data::<App>()?);
        Ok(found.map(|one| IdentityProvider { name: one.of.name.clone().into(), issuer: one.of.issuer.clone() }))
    }

    /// Identities that an account is signed in to by, the oldest first; for administrators and auditors, and of the own account.
    async fn identities(&self, ctx: &Context<'_>, account: String) -> Result<Option<Vec<LinkedIdentity>>> {
        let (app, viewer, account) = (ctx.data::<App>()?, signed_in(ctx)?, account_id(&account)?);
        if viewer.account != Some(account) && !viewer.has(Rank::Administrator) && !viewer.has(Rank::Auditor) {
            let words = (
                "仅管理员、审计员可用；其他人可以查看本账号的",
                "Only administrators and auditors may read this; everybody may read the own account's",
            );
            return Err(fault::coded("FORBIDDEN", words));
        }
        let links = identity::of_account(app, account).await.map_err(|fault| fault::internal(&fault))?;
        let shown = |row: domain::rows::OpenIdLink| LinkedIdentity {
            id: node::global("Identity", &row.id.to_string()),
            issuer: row.issuer,
            linked_on: row.linked_on,
        };
        Ok(Some(links.into_iter().map(shown).collect()))
    }
}
