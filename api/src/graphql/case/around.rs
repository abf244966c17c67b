//! What stands around a case: whose desk it waits at, the letters that it sent, the cases that it is linked to.

use std::collections::BTreeSet;

use async_graphql::{Context, Enum, ID, Result, SimpleObject};
use domain::{
    ids::AccountId,
    letter::Letter,
    office::Rank,
    process::Process,
    rows::{Case, ItemStatus, NoticeStatus, Standing},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;

use super::notes::Hidden;
use crate::{
    app::App,
    graphql::core::{
        enums::EnumOf,
        fault,
        find::broken,
        node,
        office::{self, OfficeShown},
        person::{self, PersonShown},
        words::Words,
    },
    people::Viewer,
    store::{StoreFault, counting, entities},
};

/// Most cases that are shown beside one.
const LINKED: u64 = 100;

/// Something of the case that waits for somebody.
#[derive(Clone, Debug, SimpleObject)]
pub struct Desk {
    /// The office at whose desk it waits.
    pub office: Option<OfficeShown>,
    /// Who of the office has to act.
    pub rank: EnumOf<Rank>,
    /// Who has claimed it; none where nobody has, and for everybody but staff.
    pub claimed_by: Option<PersonShown>,
    /// Whether the viewer has claimed it.
    pub mine: bool,
    /// The last day for it; none where no day runs.
    pub due_on: Option<Date>,
    /// Whether it is a question to an office, which waits beside the case.
    pub asked: bool,
}

/// To whom a letter went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LetterTo {
    /// To the viewer.
    You,
    /// To the party, or to an address that it gave.
    Party,
    /// To somebody of an office.
    Office,
}

/// A letter that an act of the case sent; a courtesy, never service of a document.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "LetterSent")]
pub struct LetterSent {
    /// Which letter it is.
    pub key: String,
    /// Its title, as it stands in the subject line.
    pub title: Words,
    /// To whom it goes.
    pub to: LetterTo,
    /// The office of whom it goes to; none of a party.
    pub office: Option<OfficeShown>,
    /// Number of the entry that it tells of.
    pub entry: String,
    /// Whether it was sent, waits, or could not be sent.
    pub status: EnumOf<NoticeStatus>,
    /// The day on which it was written.
    pub written_on: Date,
    /// The day on which the relay took it; none where it has not.
    pub sent_on: Option<Date>,
}

/// How another case is linked to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LinkKind {
    /// The record that the case is about.
    Record,
    /// The case that it belongs to: a list, a proposal, a listing, an application that is challenged.
    Whole,
    /// A case about this record.
    About,
    /// A case that belongs to this one, or that it caused.
    Part,
}

impl LinkKind {
    fn title(self) -> Words {
        match self {
            Self::Record => ("所涉失信信息", "the record that it is about").into(),
            Self::Whole => ("所属案件", "the case that it belongs to").into(),
            Self::About => ("涉及本信息的案件", "a case about this record").into(),
            Self::Part => ("由本案产生的案件", "a case that came of this one").into(),
        }
    }
}

/// A case that is linked to one.
#[derive(Clone, Debug, SimpleObject)]
pub struct LinkedCase {
    /// Global id of the other case.
    pub id: ID,
    /// Number of the other case, as letters print it.
    pub number: String,
    /// Process of the other case.
    pub process: EnumOf<Process>,
    /// How it is linked.
    pub kind: LinkKind,
    /// The same in words.
    pub title: Words,
}

fn internal(fault: impl Into<StoreFault>) -> async_graphql::Error {
    fault::internal(&fault.into())
}

/// What of the case waits for somebody.
///
/// # Errors
/// When the database fails.
pub async fn desk(ctx: &Context<'_>, case: &Case) -> Result<Vec<Desk>> {
    use entities::{account, work_item};
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    let open = work_item::Entity::find()
        .filter(work_item::Column::CaseId.eq(case.id.to_string()))
        .filter(work_item::Column::Status.eq(ItemStatus::Open.key()))
        .order_by_asc(work_item::Column::Id);
    let mut desks = Vec::new();
    let questions = Hidden::of(ctx, case).await?;
    for row in open.all(app.database.keyed()).await.map_err(internal)? {
        let row = row.row().map_err(broken)?;
        if questions.item(row.id) {
            continue;
        }
        let account = match row.person.filter(|_| viewer.is_staff()) {
            Some(person) => {
                let query = account::Entity::find().filter(account::Column::Person.eq(person.to_string()));
                let rows = query.order_by_asc(account::Column::Id).all(app.database.keyed()).await.map_err(internal)?;
                let stands = rows.iter().find(|row| row.standing == Standing::Active.key()).or(rows.first());
                stands.and_then(|row| row.id.parse::<AccountId>().ok())
            }
            None => None,
        };
        desks.push(Desk {
            office: office::read(ctx, Some(&row.office)).await?,
            rank: EnumOf(row.rank),
            claimed_by: person::read(ctx, account).await?,
            mine: row.person.is_some() && row.person == viewer.person,
            due_on: row.due_on,
            asked: questions.is_question(row.id),
        });
    }
    Ok(desks)
}

/// Letters of the case, the newest first; whoever is no staff, and whoever acts for the party, reads those to themselves.
///
/// # Errors
/// When the database fails.
pub async fn letters(ctx: &Context<'_>, case: &Case) -> Result<Vec<LetterSent>> {
    use entities::{binding, role_assignment};
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    let db = &app.database;
    let sql = "SELECT letter, account, address, entry, status, created_at, sent_at FROM notice WHERE case_id = ? ORDER BY entry DESC, id";
    let rows = db.keyed().query_all_raw(db.statement(&db.places(sql), vec![case.id.to_string().into()])).await.map_err(internal)?;
    let mut sent = Vec::new();
    for row in &rows {
        let read = || -> std::result::Result<_, sea_orm::DbErr> {
            let (letter, account, address): (String, Option<String>, Option<String>) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            let (entry, status): (i64, String) = (row.try_get_by_index(3)?, row.try_get_by_index(4)?);
            let (at, sent_at): (i64, Option<i64>) = (row.try_get_by_index(5)?, row.try_get_by_index(6)?);
            Ok((letter, account, address, entry, status, at, sent_at))
        };
        sent.push(read().map_err(internal)?);
    }
    let accounts: BTreeSet<String> = sent.iter().filter_map(|line| line.1.clone()).collect();
    let bound = binding::Entity::find()
        .filter(binding::Column::Account.is_in(accounts.clone()))
        .filter(binding::Column::Subject.eq(case.subject.map(|subject| subject.to_string())));
    let bound: BTreeSet<String> = bound.all(db.keyed()).await.map_err(internal)?.into_iter().map(|row| row.account).collect();
    let seats = role_assignment::Entity::find().filter(role_assignment::Column::Account.is_in(accounts));
    let seats = seats.order_by_asc(role_assignment::Column::Id).all(db.keyed()).await.map_err(internal)?;
    let me = viewer.account.map(|account| account.to_string());
    let party = viewer.is_party(case);
    let staff = viewer.is_staff() && !party;
    let mut letters = Vec::new();
    for (letter, account, _, entry, status, at, sent_at) in sent {
        let seat = || {
            let near = [Some(&case.office), case.finding_office.as_ref()];
            let own: Vec<_> = seats.iter().filter(|seat| Some(&seat.account) == account.as_ref() && seat.office.is_some()).collect();
            own.iter().find(|seat| near.contains(&seat.office.as_ref())).or(own.first()).and_then(|seat| seat.office.clone())
        };
        let to = match &account {
            account if account.is_some() && *account == me => LetterTo::You,
            Some(account) if !bound.contains(account) && seat().is_some() => LetterTo::Office,
            _ => LetterTo::Party,
        };
        // An address without an account is the party's own, given in the case.
        let untold = Letter::from_key(&letter).is_some_and(Letter::is_between_offices) && !viewer.reads_internal(case);
        if untold && to != LetterTo::You {
            continue;
        }
        if !staff && to != LetterTo::You && !(party && account.is_none()) {
            continue;
        }
        let title = Letter::from_key(&letter)
            .map_or_else(|| (letter.as_str(), letter.as_str()).into(), |known| (known.title_zh(), known.title_en()).into());
        let office = if to == LetterTo::Party { None } else { seat() };
        letters.push(LetterSent {
            title,
            to,
            office: office::read(ctx, office.as_deref()).await?,
            entry: entry.to_string(),
            status: EnumOf(NoticeStatus::from_key(&status).unwrap_or(NoticeStatus::Unknown)),
            written_on: domain::moment::Micros(at).day(),
            sent_on: sent_at.map(|at| domain::moment::Micros(at).day()),
            key: letter,
        });
    }
    Ok(letters)
}

/// Cases that the case rests on, and those that came of it, as far as the viewer sees them.
///
/// # Errors
/// When the database fails.
pub async fn links(ctx: &Context<'_>, case: &Case) -> Result<Vec<LinkedCase>> {
    use entities::cases::Column;
    let (app, viewer) = (ctx.data::<App>()?, ctx.data::<Viewer>()?);
    let own = case.id.to_string();
    let above: Vec<String> = [case.record, case.parent].into_iter().flatten().map(|id| id.to_string()).collect();
    let any = Condition::any().add(Column::Id.is_in(above)).add(Column::Record.eq(own.clone())).add(Column::Parent.eq(own.clone()));
    let query = counting::cases().filter(viewer.cases()).filter(any).filter(Column::Id.ne(own)).order_by_asc(Column::Number).limit(LINKED);
    let rows = query.all(app.database.keyed()).await.map_err(internal)?;
    let link = |other: Case| {
        let kind = if case.record == Some(other.id) {
            LinkKind::Record
        } else if case.parent == Some(other.id) {
            LinkKind::Whole
        } else if other.parent == Some(case.id) {
            LinkKind::Part
        } else {
            LinkKind::About
        };
        let id = node::global("Case", &other.id.to_string());
        LinkedCase { id, number: other.number, process: EnumOf(other.process), kind, title: kind.title() }
    };
    rows.into_iter().map(|row| row.row().map(link).map_err(broken)).collect()
}
