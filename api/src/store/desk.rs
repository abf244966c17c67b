//! What waits at desks: pages of it, and how much of it there is.

use std::collections::BTreeSet;

use domain::{
    day,
    ids::{CaseId, PersonId, RowId},
    office::Rank,
    process::Process,
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use time::Date;

use super::{Database, StoreFault, counting};

/// What waits at a desk, with as much of its case as a list shows.
#[derive(Clone, Debug)]
pub struct OnDesk {
    pub id: RowId,
    pub case_id: CaseId,
    pub office: String,
    pub rank: Rank,
    pub person: Option<PersonId>,
    pub due_on: Option<Date>,
    /// Whether it is a question to the office.
    pub asked: bool,
    pub number: String,
    pub process: Process,
    pub state: String,
    pub definition_digest: String,
}

/// Whose claim an item is under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    By(PersonId),
    ByNobody,
}

/// Which items are meant: all that is given holds.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of these processes; of all where none is named.
    pub processes: Vec<Process>,
    /// First and last day on which it is due. What has no day is due on none.
    pub due: Option<(Date, Date)>,
    pub claimed: Option<Claimed>,
}

/// Where a page begins, and which way it is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Start<'a> {
    /// Day and id of the item next to which it begins; none of the first page from that side.
    pub at: Option<(&'a str, &'a str)>,
    pub backwards: bool,
}

/// The day by which a desk is ordered: what has none comes last.
const KEY: &str = "COALESCE(r.due_on, '9999')";

impl Wanted {
    /// SQL of the items of one seat, and its parameters.
    fn seat(&self, rank: &'static str, office: &str) -> (String, Vec<Value>) {
        let mut sql = "FROM work_item r WHERE r.office = ? AND r.rank = ? AND r.status = 'open'".to_owned();
        let mut values: Vec<Value> = vec![office.into(), rank.into()];
        if let Some((first, last)) = self.due {
            sql.push_str(&format!(" AND {KEY} >= ? AND {KEY} <= ?"));
            values.extend([first.to_string().into(), last.to_string().into()]);
        }
        match self.claimed {
            Some(Claimed::By(person)) => {
                sql.push_str(" AND r.person = ?");
                values.push(person.to_string().into());
            }
            Some(Claimed::ByNobody) => sql.push_str(" AND r.person IS NULL"),
            None => {}
        }
        if !self.processes.is_empty() {
            sql.push_str(&format!(" AND (SELECT p.process FROM cases p WHERE p.id = r.case_id) IN ({})", words(&self.processes)));
        }
        sql.push_str(&format!(" AND {}", counting::names_one_that_counts("r.case_id")));
        (sql, values)
    }
}

/// Keys of processes as SQL; they are words of this program.
fn words(processes: &[Process]) -> String {
    processes.iter().map(|process| format!("'{}'", process.key())).collect::<Vec<_>>().join(", ")
}

/// Ranks with their offices, each once.
fn each(seats: &[(Rank, Option<String>)]) -> BTreeSet<(&'static str, &str)> {
    seats.iter().filter_map(|(rank, office)| Some((rank.key(), office.as_deref()?))).collect()
}

impl Database {
    /// What waits at these seats, the earliest due first and what has no day last; each seat is read by its own index.
    ///
    /// # Errors
    /// When the database fails or a row does not hold what its type admits.
    pub async fn desk(
        &self,
        seats: &[(Rank, Option<String>)],
        wanted: &Wanted,
        from: Start<'_>,
        most: u64,
    ) -> Result<Vec<OnDesk>, StoreFault> {
        let seats = each(seats);
        if seats.is_empty() {
            return Ok(Vec::new());
        }
        let (sign, order) = if from.backwards { ("<", "DESC") } else { (">", "ASC") };
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let (mut parts, mut values) = (Vec::new(), Vec::new());
        for (rank, office) in seats {
            let (sql, own) = wanted.seat(rank, office);
            values.extend(own);
            let mut after = String::new();
            if let Some((due, id)) = from.at {
                after = format!(" AND ({KEY}, r.id) {sign} (?, ?)");
                values.extend([due.into(), id.into()]);
            }
            values.push(most.into());
            parts.push(format!(
                "SELECT * FROM (SELECT r.id, r.case_id, r.office, r.rank, r.person, r.due_on, {KEY} AS due {sql}{after} ORDER BY {KEY} {order}, r.id {order} LIMIT ?) s"
            ));
        }
        values.push(most.into());
        let sql = format!(
            "SELECT d.id, d.case_id, d.office, d.rank, d.person, d.due_on, c.number, c.process, c.state, c.definition_digest, \
             CASE WHEN EXISTS (SELECT 1 FROM office_note n WHERE n.id = d.id) THEN 'asked' ELSE '' END \
             FROM (SELECT * FROM ({}) s ORDER BY due {order}, id {order} LIMIT ?) d JOIN cases c ON c.id = d.case_id \
             ORDER BY d.due {order}, d.id {order}",
            parts.join(" UNION ALL ")
        );
        let rows = self.keyed().query_all_raw(self.statement(&self.places(&sql), values)).await?;
        rows.iter().map(on_desk).collect()
    }

    /// How much waits at these seats; `most` where there is more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting(&self, seats: &[(Rank, Option<String>)], wanted: &Wanted, most: u64) -> Result<u64, StoreFault> {
        let seats = each(seats);
        if seats.is_empty() {
            return Ok(0);
        }
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let (mut parts, mut values) = (Vec::new(), Vec::new());
        for (rank, office) in seats {
            let (sql, own) = wanted.seat(rank, office);
            parts.push(format!("SELECT * FROM (SELECT r.id {sql} LIMIT ?) s"));
            values.extend(own);
            values.push(most.into());
        }
        values.push(most.into());
        let sql = format!("SELECT count(*) FROM (SELECT * FROM ({}) a LIMIT ?) b", parts.join(" UNION ALL "));
        let row = self.keyed().query_one_raw(self.statement(&self.places(&sql), values)).await?;
        let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        Ok(u64::try_from(count).unwrap_or_default())
    }
}

fn on_desk(row: &QueryResult) -> Result<OnDesk, StoreFault> {
    let text = |place: usize| row.try_get_by_index::<String>(place);
    let (person, due_on): (Option<String>, Option<String>) = (row.try_get_by_index(4)?, row.try_get_by_index(5)?);
    let read = || -> Result<Option<OnDesk>, DbErr> {
        let (Ok(id), Ok(case_id)) = (text(0)?.parse(), text(1)?.parse()) else { return Ok(None) };
        let (Some(rank), Some(process)) = (Rank::from_key(&text(3)?), Process::from_key(&text(7)?)) else { return Ok(None) };
        Ok(Some(OnDesk {
            id,
            case_id,
            rank,
            process,
            office: text(2)?,
            person: person.and_then(|person| person.parse().ok()),
            due_on: due_on.as_deref().and_then(day::parse),
            asked: !text(10)?.is_empty(),
            number: text(6)?,
            state: text(8)?,
            definition_digest: text(9)?,
        }))
    };
    read()?.ok_or_else(|| StoreFault::Broken("a work item cannot be read".to_owned()))
}
