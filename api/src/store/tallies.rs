//! How much there is of what a board shows: counted by the database, one question a table.

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use time::Date;

use super::{Database, StoreFault, counting};

/// A number that stands at a place: what it is a number of, in the order of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub of: Vec<Option<String>>,
    pub count: i64,
}

/// Which cases and desks are meant.
#[derive(Clone, Copy, Debug)]
pub struct Reach<'a> {
    /// One office's; every office's where none is named.
    pub office: Option<&'a str>,
}

impl Reach<'_> {
    fn clause(&self, column: &str, values: &mut Vec<Value>) -> String {
        self.office.map_or_else(String::new, |office| {
            values.push(office.into());
            format!(" AND {column} = ?")
        })
    }

    /// Cases by process and phase.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn phases(&self, db: &Database) -> Result<Vec<Tally>, StoreFault> {
        let mut values = Vec::new();
        let own = match self.office {
            Some(office) => {
                values.extend([office.into(), office.into()]);
                " AND (c.finding_office = ? OR c.office = ?)"
            }
            None => "",
        };
        let counts = counting::counts("c");
        let sql = format!("SELECT c.process, c.phase, count(*) FROM cases c WHERE {counts}{own} GROUP BY c.process, c.phase");
        tallies(db, &sql, values, 2).await
    }

    /// Cases in which work waits, by office of the desk: all of them (`waiting`), and those whose last day has passed (`late`).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn desks(&self, db: &Database, today: Date) -> Result<Vec<Tally>, StoreFault> {
        let mut found = Vec::new();
        for (what, late) in [("waiting", ""), ("late", " AND COALESCE(w.due_on, '9999') < ?")] {
            let mut values: Vec<Value> = if late.is_empty() { Vec::new() } else { vec![today.to_string().into()] };
            let own = self.clause("w.office", &mut values);
            let counts = counting::names_none_that_arrives("w.case_id");
            let sql = format!(
                "SELECT w.office, '{what}', count(DISTINCT w.case_id) FROM work_item w WHERE w.status = 'open'{late} AND {counts}{own} \
                 GROUP BY w.office"
            );
            found.extend(tallies(db, &sql, values, 2).await?);
        }
        Ok(found)
    }

    /// Cases in which work waits, by its last day, from one day to another.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn days(&self, db: &Database, from: Date, to: Date) -> Result<Vec<Tally>, StoreFault> {
        let mut values = vec![from.to_string().into(), to.to_string().into()];
        let own = self.clause("w.office", &mut values);
        let counts = counting::names_none_that_arrives("w.case_id");
        let sql = format!(
            "SELECT w.due_on, count(DISTINCT w.case_id) FROM work_item w WHERE w.status = 'open' AND w.due_on >= ? AND w.due_on <= ? AND {counts}{own} \
             GROUP BY w.due_on ORDER BY w.due_on"
        );
        tallies(db, &sql, values, 1).await
    }

    /// Offices' deadlines that ended from one day to another, by office and whether they were met.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clocks(&self, db: &Database, from: Date, to: Date) -> Result<Vec<Tally>, StoreFault> {
        let mut values = vec![from.to_string().into(), to.to_string().into()];
        let own = self.clause("c.office", &mut values);
        let counts = counting::counts("c");
        let sql = format!(
            "SELECT c.office, d.status, count(*) FROM deadline d JOIN cases c ON c.id = d.case_id \
             WHERE d.status IN ('met', 'missed') AND d.owner IS NOT NULL AND d.owner NOT IN ('party', 'system', 'asked_office') \
             AND d.due_on >= ? AND d.due_on <= ? AND {counts}{own} GROUP BY c.office, d.status"
        );
        tallies(db, &sql, values, 2).await
    }

    /// Acts that were done from one day to another, by month, process and act.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn acts(&self, db: &Database, verbs: &[&str], from: Date, to: Date) -> Result<Vec<Tally>, StoreFault> {
        if verbs.is_empty() {
            return Ok(Vec::new());
        }
        let mut values: Vec<Value> = verbs.iter().map(|verb| (*verb).into()).collect();
        values.extend([from.to_string().into(), to.to_string().into()]);
        let own = self.clause("e.office", &mut values);
        let places = vec!["?"; verbs.len()].join(", ");
        let sql = format!(
            "SELECT substr(e.effective_on, 1, 7), e.process, e.verb, count(*) FROM audit_entry e WHERE e.verb IN ({places}) \
             AND e.accepted = 1 AND e.process IS NOT NULL AND e.effective_on >= ? AND e.effective_on <= ?{own} GROUP BY 1, 2, 3 ORDER BY 1"
        );
        tallies(db, &sql, values, 3).await
    }
}

async fn tallies(db: &Database, sql: &str, values: Vec<Value>, columns: usize) -> Result<Vec<Tally>, StoreFault> {
    let rows = db.pool().query_all_raw(db.statement(&db.places(sql), values)).await?;
    let tally = |row: &QueryResult| {
        let of = (0..columns).map(|at| row.try_get_by_index(at)).collect::<Result<_, DbErr>>()?;
        Ok(Tally { of, count: row.try_get_by_index(columns)? })
    };
    rows.iter().map(tally).collect::<Result<_, DbErr>>().map_err(StoreFault::from)
}
