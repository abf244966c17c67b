//! Lists of cases, of one process or of all: filters, orders, pages both ways, and how many there are.

use async_graphql::{
    Context, Enum, InputObject, Object, Result,
    connection::{Connection, EmptyFields},
};
use domain::{
    canonical,
    command::external_key,
    ids::CaseId,
    process::{Phase, Process},
    record::RecordClass,
    rows::Case,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, SimpleExpr},
};
use time::Date;

use crate::{
    app::App,
    graphql::{
        core::{
            enums::EnumOf,
            fault,
            find::broken,
            loaders::Batch,
            node::List,
            page::{Asked, Page, pair},
            total::{self, Total},
            viewer::signed_in,
        },
        processes::AnyCase,
    },
    people::Viewer,
    store::{
        StoreFault, counting, dialect,
        entities::{self, cases::Column},
    },
};

/// By what a list of cases is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Enum)]
pub enum CaseOrder {
    /// By number, the oldest of a series first.
    #[default]
    Number,
    /// By number, the newest of a series first.
    NumberDesc,
    /// By the day on which the case came in, the first first.
    Received,
    /// By the day on which the case came in, the last first.
    ReceivedDesc,
    /// By the last day of the work that waits at a desk, the most urgent first. Only with a filter on work (`waiting`,
    /// `overdue`, `mine`, `dueFrom`, `dueTo`): other cases have no such day.
    Due,
    /// The same, the least urgent first.
    DueDesc,
}

impl CaseOrder {
    const fn descends(self) -> bool {
        matches!(self, Self::NumberDesc | Self::ReceivedDesc | Self::DueDesc)
    }

    const fn by_due(self) -> bool {
        matches!(self, Self::Due | Self::DueDesc)
    }

    /// SQL of what comes before the number; none where that is all.
    const fn first(self) -> Option<&'static str> {
        match self {
            Self::Number | Self::NumberDesc => None,
            Self::Received | Self::ReceivedDesc => Some("cases.received_on"),
            Self::Due | Self::DueDesc => Some(DUE),
        }
    }
}

/// The earliest last day of the work that waits in a case.
const DUE: &str = "(SELECT COALESCE(MIN(d.due_on), '9999') FROM work_item d WHERE d.case_id = cases.id AND d.status = 'open')";

/// Which cases are meant: all of it that is given holds.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CaseFilter {
    /// Of these processes; `process` names one, this several.
    pub processes: Option<Vec<EnumOf<Process>>>,
    /// In these phases, whatever the states of a process are called.
    pub phases: Option<Vec<EnumOf<Phase>>>,
    /// Key of an office that made the finding or keeps the case.
    pub office: Option<String>,
    /// Records of this class only.
    pub class: Option<EnumOf<RecordClass>>,
    /// Received on this day or later.
    pub received_from: Option<Date>,
    /// Received on this day or earlier.
    pub received_to: Option<Date>,
    /// Work waits at a desk, and its last day is this one or later. For staff, as every filter on work.
    pub due_from: Option<Date>,
    /// Work waits at a desk, and its last day is this one or earlier.
    pub due_to: Option<Date>,
    /// Work waits at a desk, and its last day has passed.
    pub overdue: Option<bool>,
    /// Work waits at a desk, and the viewer has claimed it.
    pub mine: Option<bool>,
    /// Work waits at a desk, with a last day or without.
    pub waiting: Option<bool>,
    /// Key of an office at whose desks work waits.
    pub desk: Option<String>,
}

impl CaseFilter {
    fn asks_for_work(&self) -> bool {
        let yes = |flag: Option<bool>| flag == Some(true);
        yes(self.overdue) || yes(self.mine) || yes(self.waiting) || self.desk.is_some() || self.due_from.is_some() || self.due_to.is_some()
    }

    /// # Errors
    /// `BAD_USER_INPUT` at the field that cannot hold together with another.
    fn check(&self, order: CaseOrder) -> Result<()> {
        let later = |from: Option<Date>, to: Option<Date>| from.zip(to).is_some_and(|(from, to)| from > to);
        let turned = ("止日早于起日", "The last day is before the first");
        if later(self.received_from, self.received_to) {
            return Err(fault::bad_input("filter.receivedTo", turned));
        }
        if later(self.due_from, self.due_to) {
            return Err(fault::bad_input("filter.dueTo", turned));
        }
        if order.by_due() && !self.asks_for_work() {
            let words = (
                "按期限排序只用于待办案件，请同时给出 waiting、overdue、mine、dueFrom 或 dueTo",
                "Only cases in which work waits have such a day; give waiting, overdue, mine, dueFrom or dueTo as well",
            );
            return Err(fault::bad_input("order", words));
        }
        Ok(())
    }

    /// The cases in which such work waits. Desks are read by their index, office by office: open work is little beside all
    /// work that ever was.
    fn work(&self, app: &App, viewer: &Viewer) -> SimpleExpr {
        let ranks = domain::office::Rank::ALL.iter().map(|rank| format!("'{}'", rank.key())).collect::<Vec<_>>().join(", ");
        let desks = if self.desk.is_some() { "w.office = ?" } else { "w.office IN (SELECT o.id FROM office o)" };
        let mut sql = format!("cases.id IN (SELECT w.case_id FROM work_item w WHERE {desks} AND w.rank IN ({ranks}) AND w.status = 'open'");
        let mut values: Vec<String> = self.desk.iter().cloned().collect();
        let yesterday = app.clock.today().previous_day().filter(|_| self.overdue == Some(true));
        let last = [self.due_to, yesterday].into_iter().flatten().min();
        if let Some(first) = self.due_from {
            sql.push_str(" AND w.due_on IS NOT NULL AND COALESCE(w.due_on, '9999') >= ?");
            values.push(first.to_string());
        }
        if let Some(last) = last {
            sql.push_str(" AND COALESCE(w.due_on, '9999') <= ?");
            values.push(last.to_string());
        }
        if self.mine == Some(true) {
            sql.push_str(" AND w.person = ?");
            values.push(viewer.person.map(|person| person.to_string()).unwrap_or_default());
        }
        sql.push(')');
        Expr::cust_with_values(app.database.places(&sql), values)
    }

    /// The condition on `cases`.
    async fn condition(&self, app: &App, viewer: &Viewer) -> Result<Condition> {
        let mut all = Condition::all();
        if let Some(phases) = &self.phases {
            all = all.add(Column::Phase.is_in(phases.iter().map(|phase| phase.0.key())));
        }
        if let Some(office) = &self.office {
            fault::office_of_any_time(app, "filter.office", office).await?;
            all = all.add(Condition::any().add(Column::FindingOffice.eq(office)).add(Column::Office.eq(office)));
        }
        if let Some(desk) = &self.desk {
            fault::office_of_any_time(app, "filter.desk", desk).await?;
        }
        if let Some(class) = self.class {
            let of_class = format!("{} = ?", dialect::class_of_record(app.database.backend()));
            all = all
                .add(Column::Process.eq(Process::PublicationRecord.key()))
                .add(Expr::cust_with_values(app.database.places(&of_class), [class.0.key()]));
        }
        if let Some(first) = self.received_from {
            all = all.add(Column::ReceivedOn.gte(first.to_string()));
        }
        if let Some(last) = self.received_to {
            all = all.add(Column::ReceivedOn.lte(last.to_string()));
        }
        if self.asks_for_work() {
            // How an office is at its work is no matter of the parties.
            if !viewer.is_staff() {
                return Err(fault::coded("FORBIDDEN", ("仅工作人员可按待办筛选", "Only staff may filter by the work that waits")));
            }
            all = all.add(self.work(app, viewer));
        }
        Ok(all)
    }
}

/// How many cases a list has, read only where it is asked for.
#[derive(Clone, Debug)]
pub struct CaseTotal(Select<entities::cases::Entity>);

#[Object]
impl CaseTotal {
    /// How many cases the list has that the viewer may see.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<Total> {
        let ids = self.0.clone().select_only().column(Column::Id).limit(total::READ).into_tuple::<String>();
        let found = ids.all(ctx.data::<App>()?.database.pool()).await.map_err(|fault| fault::internal(&fault.into()))?;
        Ok(Total::of(found.len() as u64))
    }
}

/// Queries about cases.
#[derive(Debug, Default)]
pub struct CaseQueries;

#[Object]
impl CaseQueries {
    /// Cases that the viewer may see, of one process, of several or of all; searched by number, by the number of the
    /// record's document or of a document that the case issued, by the number at Credit China, by the subject's code or by
    /// part of its name.
    #[expect(clippy::too_many_arguments, reason = "a page in Relay's form has four arguments of its own")]
    async fn cases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only cases of this process; of all where none is given.")] process: Option<EnumOf<Process>>,
        #[graphql(desc = "Key of a state, as the process's table names it.")] state: Option<String>,
        #[graphql(desc = "A number, a code or part of a name.")] search: Option<String>,
        #[graphql(desc = "All of it that is given holds.")] filter: Option<CaseFilter>,
        #[graphql(desc = "By number where none is given.")] order: Option<CaseOrder>,
        #[graphql(desc = "Entries of a page, 1 to 100; 20 where none is given.")] first: Option<i32>,
        #[graphql(desc = "The endCursor of the page before.")] after: Option<String>,
        #[graphql(desc = "Entries of a page that is read backwards, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The startCursor of the page behind.")] before: Option<String>,
    ) -> Result<Option<Connection<String, AnyCase, CaseTotal, EmptyFields>>> {
        let (app, viewer) = (ctx.data::<App>()?, signed_in(ctx)?);
        let (filter, order) = (filter.unwrap_or_default(), order.unwrap_or_default());
        let page = Page::of(List::Cases(process.map(|process| process.0), order_word(order)), Asked { first, after, last, before })?;
        filter.check(order)?;
        let processes = processes(process, filter.processes.as_deref())?;
        let mut query = counting::cases().filter(viewer.cases()).filter(filter.condition(app, viewer).await?);
        if !processes.is_empty() {
            query = query.filter(Column::Process.is_in(processes.iter().map(|process| process.key())));
        }
        if let Some(state) = state {
            known_state(app, &processes, &state)?;
            query = query.filter(Column::State.eq(state));
        }
        if let Some(search) = search.filter(|text| !text.trim().is_empty()) {
            query = query.filter(searched(app, &search).await.map_err(|fault| fault::internal(&fault))?);
        }
        let total = CaseTotal(query.clone());
        let rows = paged(app, query, order, &page)?.limit(page.read()).all(app.database.pool()).await;
        let rows = rows.map_err(|fault| fault::internal(&fault.into()))?;
        let (rows, more) = page.cut(rows);
        let cases = rows.into_iter().map(|row| row.row().map_err(broken)).collect::<Result<Vec<Case>>>()?;
        let (ids, subjects): (Vec<_>, Vec<_>) = cases.iter().map(|case| (case.id, case.subject)).unzip();
        Batch::ahead(ctx, &ids, &subjects.into_iter().flatten().collect::<Vec<_>>()).await?;
        let keys = keys(app, order, &cases).await.map_err(|fault| fault::internal(&fault))?;
        Ok(Some(page.connection(keys.into_iter().zip(cases.into_iter().map(AnyCase::of)), more, total)))
    }
}

const fn order_word(order: CaseOrder) -> &'static str {
    match order {
        CaseOrder::Number => "number",
        CaseOrder::NumberDesc => "numberDesc",
        CaseOrder::Received => "received",
        CaseOrder::ReceivedDesc => "receivedDesc",
        CaseOrder::Due => "due",
        CaseOrder::DueDesc => "dueDesc",
    }
}

/// The processes that are meant; none where all are.
fn processes(one: Option<EnumOf<Process>>, several: Option<&[EnumOf<Process>]>) -> Result<Vec<Process>> {
    match (one, several) {
        (Some(_), Some(_)) => Err(fault::bad_input(
            "filter.processes",
            ("process 与 filter.processes 不能同时使用", "Give process for one, or filter.processes for several, not both"),
        )),
        (one, several) => Ok(one.into_iter().chain(several.into_iter().flatten().copied()).map(|process| process.0).collect()),
    }
}

/// The rows next to where the page begins, in the direction in which it is read.
fn paged(app: &App, query: Select<entities::cases::Entity>, order: CaseOrder, page: &Page) -> Result<Select<entities::cases::Entity>> {
    let down = order.descends() != page.backwards;
    let (sign, by) = if down { ("<", Order::Desc) } else { (">", Order::Asc) };
    let mut query = query;
    if let Some(from) = &page.from {
        query = match order.first() {
            None => query.filter(Expr::cust_with_values(app.database.places(&format!("cases.number {sign} ?")), [from.clone()])),
            Some(first) => {
                let (day, number) = from.split_once('|').ok_or_else(|| page.junk())?;
                let sql = app.database.places(&format!("({first}, cases.number) {sign} (?, ?)"));
                query.filter(Expr::cust_with_values(sql, [day.to_owned(), number.to_owned()]))
            }
        };
    }
    if let Some(first) = order.first() {
        query = query.order_by(Expr::cust(first), by.clone());
    }
    Ok(query.order_by(Column::Number, by))
}

/// The key of each case in the order of a list.
async fn keys(app: &App, order: CaseOrder, cases: &[Case]) -> std::result::Result<Vec<String>, StoreFault> {
    let days = if order.by_due() { due_days(app, cases).await? } else { std::collections::HashMap::new() };
    let key = |case: &Case| match order {
        CaseOrder::Number | CaseOrder::NumberDesc => case.number.clone(),
        CaseOrder::Received | CaseOrder::ReceivedDesc => pair(&case.received_on.to_string(), &case.number),
        CaseOrder::Due | CaseOrder::DueDesc => pair(days.get(&case.id).map_or("9999", String::as_str), &case.number),
    };
    Ok(cases.iter().map(key).collect())
}

/// The earliest last day of the work that waits in each of these cases.
async fn due_days(app: &App, cases: &[Case]) -> std::result::Result<std::collections::HashMap<CaseId, String>, StoreFault> {
    use entities::work_item::{Column, Entity};
    let found = Entity::find()
        .select_only()
        .column(Column::CaseId)
        .column_as(Column::DueOn.min(), "due")
        .filter(Column::CaseId.is_in(cases.iter().map(|case| case.id.to_string())))
        .filter(Column::Status.eq("open"))
        .group_by(Column::CaseId)
        .into_tuple::<(String, Option<String>)>()
        .all(app.database.pool())
        .await?;
    Ok(found.into_iter().filter_map(|(case, due)| Some((case.parse().ok()?, due?))).collect())
}

/// Refuses a state that no version of these processes has.
fn known_state(app: &App, processes: &[Process], state: &str) -> Result<()> {
    let rules = app.rules();
    let mut known: Vec<_> = rules
        .catalogue
        .all()
        .filter(|version| processes.is_empty() || processes.contains(&version.definition.key))
        .flat_map(|version| version.definition.state.iter().map(|found| found.key.as_str()))
        .collect();
    known.sort_unstable();
    known.dedup();
    if known.contains(&state) {
        return Ok(());
    }
    let known = known.join(", ");
    Err(fault::bad_input(
        "state",
        (format!("该流程没有此状态；可选：{known}"), format!("There is no such state in this process; known: {known}")),
    ))
}

/// Cases by their number, the number of their record's document, of a document that they issued or at Credit China, or
/// their subject's code, where one is exactly that; else by part of the subject's name.
async fn searched(app: &App, text: &str) -> std::result::Result<Condition, StoreFault> {
    use entities::{cases, credit_subject, document};
    let pool = app.database.pool();
    let exact = canonical::code(text);
    let pushed = Process::ALL.iter().filter_map(|process| external_key(*process, text));
    let numbered = Condition::any().add(cases::Column::Number.eq(exact.clone())).add(cases::Column::ExternalKey.is_in(pushed));
    if counting::cases().filter(numbered.clone()).one(pool).await?.is_some() {
        return Ok(numbered);
    }
    let records = cases::Column::DecisionKey.eq(canonical::decision_number(text));
    if counting::cases().filter(records.clone()).one(pool).await?.is_some() {
        let records = counting::cases().select_only().column(cases::Column::Id).filter(records);
        let about = Condition::any().add(cases::Column::Id.in_subquery(records.clone().into_query()));
        return Ok(about.add(cases::Column::Record.in_subquery(records.into_query())));
    }
    let issued = document::Column::NumberKey.eq(canonical::decision_number(text));
    let issuers = document::Entity::find().filter(issued).limit(100).all(pool).await?;
    if !issuers.is_empty() {
        return Ok(Condition::all().add(cases::Column::Id.is_in(issuers.into_iter().map(|row| row.case_id))));
    }
    if let Some(subject) = credit_subject::Entity::find().filter(credit_subject::Column::Uscc.eq(canonical::code(text))).one(pool).await? {
        return Ok(Condition::all().add(cases::Column::Subject.eq(subject.id)));
    }
    Ok(Condition::all().add(app.database.named(text, "cases.subject", None).await?))
}
