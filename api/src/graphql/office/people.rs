//! Accounts and letters, for those who keep them.

use async_graphql::{
    ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject,
    connection::{Connection, EmptyFields},
};
use domain::{
    ids::AccountId,
    letter::Letter,
    moment::Micros,
    rows::{Account, NoticeStatus, Standing},
};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use time::{Date, format_description::well_known::Rfc3339};
use uuid::Uuid;

use crate::{
    app::App,
    graphql::{
        core::{
            audit::AuditEntry,
            enums::EnumOf,
            fault,
            find::broken,
            loaders::Batch,
            node::{self, List},
            page::{Asked, Page, pair},
            person::{self, PersonKey, PersonShown},
            shown::RefusalShown,
            viewer::for_administrators,
            words::Words,
        },
        office::{
            accounts,
            seat::{self, HeldSeat},
        },
    },
    people::sign_in,
    store::{StoreFault, entities},
    work::outbox::{self, Dead},
};

#[derive(Clone, Debug)]
pub struct AccountShown(Account);

/// Somebody who signs in: an officer, or a party.
#[Object(name = "Account")]
impl AccountShown {
    /// The account, as inputs name it.
    async fn id(&self) -> String {
        self.0.id.to_string()
    }

    /// The name that it signs in with; none where it was erased.
    async fn login(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(ctx.data::<Batch>()?.one(PersonKey(self.0.id)).await?.and_then(|person| person.login))
    }

    /// The name of the human being; none where it was erased.
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(ctx.data::<Batch>()?.one(PersonKey(self.0.id)).await?.and_then(|person| person.name))
    }

    /// Id of the human being: accounts of one human being have the same, since four eyes are counted by it.
    async fn person(&self) -> String {
        self.0.person.to_string()
    }

    /// The language of its letters: `zh` or `en`.
    async fn language(&self) -> &str {
        &self.0.language
    }

    /// Whether it may sign in.
    async fn standing(&self) -> EnumOf<Standing> {
        EnumOf(self.0.standing)
    }

    /// The day on which it was disabled; none where it stands.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on
    }

    /// The day on which it registered itself; none where an administrator added it.
    async fn registered_on(&self) -> Option<Date> {
        self.0.registered_on
    }

    /// Seats that it holds or waits for.
    async fn seats(&self, ctx: &Context<'_>) -> Result<Vec<HeldSeat>> {
        seat::of_account(ctx, self.0.id).await
    }
}

/// A letter in the outbox. Whom it is addressed to and what stands in it are not shown.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(complex)]
pub struct OutboxLetter {
    /// The letter, as the command line names it.
    pub id: String,
    /// Key of the letter, as definitions name it.
    pub letter: String,
    /// What it is called.
    pub title: Words,
    /// Whether it waits, has left, or was given up.
    pub status: EnumOf<NoticeStatus>,
    /// How often it was tried.
    pub attempts: i32,
    /// The relay's reply code of the last try, or the house's own; none where none failed.
    pub code: Option<String>,
    /// What mends that cause; none where there is none.
    pub cure: Option<Words>,
    /// Number of the entry that made it.
    pub entry: String,
    /// The case that it tells of; none of the house's own.
    pub case: Option<ID>,
    /// When it was made, RFC 3339 in Asia/Shanghai.
    pub made_at: String,
    /// When it is tried next; none where at once or never.
    pub next_at: Option<String>,
    /// When the relay took it.
    pub sent_at: Option<String>,
    #[graphql(skip)]
    to: Option<AccountId>,
}

#[ComplexObject]
impl OutboxLetter {
    /// Whose account it goes to; none of a letter to an address that has no account.
    async fn to(&self, ctx: &Context<'_>) -> Result<Option<PersonShown>> {
        person::read(ctx, self.to).await
    }
}

/// How many letters have a status.
#[derive(Clone, Debug, SimpleObject)]
pub struct OutboxCount {
    /// How far the letters have come.
    pub status: EnumOf<NoticeStatus>,
    /// How many letters have it.
    pub count: i32,
}

pub(super) fn at(micros: i64) -> Result<String> {
    Ok(Micros(micros).shanghai().format(&Rfc3339)?)
}

fn status(word: &str) -> Result<NoticeStatus> {
    NoticeStatus::from_key(word)
        .ok_or_else(|| fault::internal(&crate::store::StoreFault::broken(format!("a letter has the status {word}"))))
}

fn letter(line: outbox::Line) -> Result<OutboxLetter> {
    let known = Letter::from_key(&line.letter);
    let code = line.last_code.filter(|_| line.sent_at.is_none());
    Ok(OutboxLetter {
        title: known.map(|letter| (letter.title_zh(), letter.title_en()).into()).unwrap_or_default(),
        status: EnumOf(status(&line.status)?),
        attempts: i32::try_from(line.attempts).unwrap_or(i32::MAX),
        cure: code.as_deref().map(|code| outbox::cure(code).into()),
        code,
        entry: line.entry.to_string(),
        case: line.case.map(|case| node::global("Case", &case)),
        made_at: at(line.created_at)?,
        next_at: line.next_at.filter(|_| line.sent_at.is_none()).map(at).transpose()?,
        sent_at: line.sent_at.map(at).transpose()?,
        to: line.account.and_then(|account| account.parse().ok()),
        letter: line.letter,
        id: line.id,
    })
}

/// Queries about accounts and letters.
#[derive(Debug, Default)]
pub struct PeopleQueries;

#[Object]
impl PeopleQueries {
    /// Accounts in the order in which they were added, or the one of a login; for administrators and auditors. Names and
    /// logins are kept sealed, so that none is found by a part of it.
    #[expect(clippy::too_many_arguments, reason = "a page in Relay's form has four arguments of its own")]
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The whole login.")] login: Option<String>,
        #[graphql(desc = "Only accounts that stand so.")] standing: Option<EnumOf<Standing>>,
        #[graphql(desc = "Entries of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
        #[graphql(desc = "Entries of a page that is read backwards, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The startCursor of the page behind.")] before: Option<String>,
    ) -> Result<Option<Connection<String, AccountShown, EmptyFields, EmptyFields>>> {
        use entities::account::{Column, Entity};
        let app = ctx.data::<App>()?;
        for_administrators(ctx)?;
        let page = Page::of(List::Accounts, Asked { first, after, last, before })?;
        let mut query = Entity::find();
        if let Some(login) = login {
            let found = sign_in::account(app, &login).await.map_err(|fault| fault::internal(&fault))?;
            query = query.filter(Column::Id.eq(found.map(|account| account.id.to_string()).unwrap_or_default()));
        }
        if let Some(standing) = standing {
            query = query.filter(Column::Standing.eq(standing.0.key()));
        }
        if let Some(from) = &page.from {
            query = query.filter(if page.backwards { Column::Id.lt(from.clone()) } else { Column::Id.gt(from.clone()) });
        }
        let by = if page.backwards { Order::Desc } else { Order::Asc };
        let rows = query.order_by(Column::Id, by).limit(page.read()).all(app.database.pool()).await;
        let (rows, more) = page.cut(rows.map_err(|fault| fault::internal(&fault.into()))?);
        let accounts = rows.into_iter().map(|row| Ok((row.id.clone(), AccountShown(row.row().map_err(broken)?))));
        Ok(Some(page.connection(accounts.collect::<Result<Vec<_>>>()?, more, EmptyFields)))
    }

    /// Letters of a status, the newest first; for administrators and auditors. The dead ones say what mends their cause.
    async fn outbox(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only letters of this status.")] status: EnumOf<NoticeStatus>,
        #[graphql(desc = "Entries of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
    ) -> Result<Option<Connection<String, OutboxLetter, EmptyFields, EmptyFields>>> {
        let app = ctx.data::<App>()?;
        for_administrators(ctx)?;
        let page = Page::of(List::Outbox, Asked { first, after, ..Asked::default() })?;
        let before = match page.from.as_deref() {
            Some(text) => Some(text.split_once('|').and_then(|(entry, id)| Some((entry.parse().ok()?, id))).ok_or_else(|| page.junk())?),
            None => None,
        };
        let lines = outbox::lines(&app.database, Some(status.0.key()), before, page.read()).await;
        let (lines, more) = page.cut(lines.map_err(|fault| fault::internal(&fault))?);
        let letters = lines.into_iter().map(|line| Ok((pair(&line.entry.to_string(), &line.id), letter(line)?)));
        Ok(Some(page.connection(letters.collect::<Result<Vec<_>>>()?, more, EmptyFields)))
    }

    /// How many letters of each status there are; for administrators and auditors.
    async fn outbox_counts(&self, ctx: &Context<'_>) -> Result<Option<Vec<OutboxCount>>> {
        let app = ctx.data::<App>()?;
        for_administrators(ctx)?;
        let found = outbox::by_status(&app.database).await.map_err(|fault| fault::internal(&fault))?;
        let shown = |(word, count): (String, i64)| {
            Ok(OutboxCount { status: EnumOf(status(&word)?), count: i32::try_from(count).unwrap_or(i32::MAX) })
        };
        found.into_iter().map(shown).collect::<Result<Vec<_>>>().map(Some)
    }
}

/// Which dead letters go out again: all conditions that are given hold, and one has to be given.
#[derive(Clone, Debug, InputObject)]
pub struct ResendLettersInput {
    /// Id of one letter.
    pub letter: Option<ID>,
    /// Those whose last try ended with this code.
    pub code: Option<String>,
    /// Those of a kind, by the key under which definitions name it.
    pub kind: Option<String>,
}

/// The entry of sending letters again, or the refusal.
#[derive(Debug, SimpleObject)]
pub struct ResendLettersPayload {
    /// How many wait again; 0 where it was refused.
    pub letters: i32,
    pub entry: Option<AuditEntry>,
    pub refusal: Option<RefusalShown>,
}

/// Longest code of a failed try.
const LONGEST_CODE: usize = 40;

/// The letters that an input means.
fn dead(input: &ResendLettersInput) -> Result<Dead> {
    let letter = input.letter.as_ref().map(|id| id.parse::<Uuid>().map_err(|_| fault::not_found())).transpose()?;
    let fits = |code: &&String| code.len() <= LONGEST_CODE && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if input.code.as_ref().is_some_and(|code| !fits(&code)) {
        return Err(fault::bad_input("input.code", ("应为发件清单中的代码", "It is a code of the list of letters")));
    }
    let unknown = || fault::bad_input("input.kind", ("没有这种邮件", "There is no such letter"));
    let kind = input.kind.as_deref().map(|key| Letter::from_key(key).ok_or_else(unknown)).transpose()?;
    if letter.is_none() && input.code.is_none() && kind.is_none() {
        let words = ("请给出 letter、code、kind 之一", "Give one of letter, code and kind");
        return Err(fault::bad_input("input", words));
    }
    Ok(Dead {
        id: letter.map(|id| id.to_string()),
        code: input.code.clone(),
        letter: kind.map(|letter| letter.key().to_owned()),
        since: None,
    })
}

/// Acts on letters.
#[derive(Debug, Default)]
pub struct PeopleMutations;

#[Object]
impl PeopleMutations {
    /// Sends letters again that were given up, by an administrator: one, those that failed for a cause, those of a kind. Those of
    /// erased persons stay where they are.
    async fn resend_letters(&self, ctx: &Context<'_>, input: ResendLettersInput) -> Result<ResendLettersPayload> {
        let app = ctx.data::<App>()?;
        accounts::administrator(ctx)?;
        let which = dead(&input)?;
        let internal = |fault: StoreFault| fault::internal(&fault);
        if outbox::meant(app, &which).await.map_err(internal)? == 0 {
            let field = if input.letter.is_some() { "input.letter" } else { "input" };
            let words = ("没有符合条件且未送达的邮件", "No letter that was given up is meant by this");
            return Err(fault::bad_input(field, words));
        }
        let done = accounts::administer(ctx, which.act(), Vec::new()).await?;
        let letters = if done.refusal.is_none() { outbox::resend(app, &which).await.map_err(internal)? } else { 0 };
        Ok(ResendLettersPayload { letters: i32::try_from(letters).unwrap_or(i32::MAX), entry: done.entry, refusal: done.refusal })
    }
}
