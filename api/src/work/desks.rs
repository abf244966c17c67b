//! What waits at the house's desks, read by desk: how much, and as many lines as somebody is shown.

use std::collections::BTreeMap;

use domain::{
    digest::{Desk, DigestLine},
    ids::PersonId,
    moment::Micros,
    office::Rank,
    process::Process,
};
use sea_orm::{ConnectionTrait, QueryResult};
use time::Date;

use super::days::Days;
use crate::{
    app::App,
    store::{StoreFault, counting},
};

const COUNTS: &str = "SELECT office, rank, person, COUNT(*), COUNT(CASE WHEN due_on <= ? THEN 1 END) FROM work_item WHERE status = 'open'";

/// The first items of a desk with their cases, and when each case last moved beside its desk.
const LINES: &str = "SELECT w.due_on, c.number, c.process, c.definition_digest, c.state, d.key, \
     (SELECT MAX(e.recorded_at) FROM audit_entry e WHERE e.case_id = c.id AND e.version IS NOT NULL \
      AND e.verb NOT IN ('claim', 'give_back', 'reassign', 'note_missed', 'note', 'ask_office', \
      'answer_office', 'note_unanswered')) \
     FROM (SELECT * FROM work_item WHERE office = ? AND rank = ? AND status = 'open' AND COALESCE(due_on, '9999') <= ?";
const ENDS: &str =
    " ORDER BY COALESCE(due_on, '9999'), id LIMIT ?) w JOIN cases c ON c.id = w.case_id LEFT JOIN deadline d ON d.id = w.deadline";

/// Whose items of a desk are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Nobody's yet, or this person's.
    Open(PersonId),
    /// Those that others than this person have claimed.
    Others(PersonId),
    Any,
}

impl Whose {
    fn holds(self, person: Option<PersonId>) -> bool {
        match self {
            Self::Open(me) => person.is_none_or(|person| person == me),
            Self::Others(me) => person.is_some_and(|person| person != me),
            Self::Any => true,
        }
    }

    fn sql(self) -> (&'static str, Option<PersonId>) {
        match self {
            Self::Open(me) => (" AND (person IS NULL OR person = ?)", Some(me)),
            Self::Others(me) => (" AND person <> ?", Some(me)),
            Self::Any => ("", None),
        }
    }
}

/// A part of what waits at a desk, as somebody sees it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub office: String,
    pub rank: Rank,
    pub whose: Whose,
    pub seen: Desk,
}

/// How many items of a person wait, and how many of them end soon.
type Count = (Option<PersonId>, u64, u64);

/// Every desk at which something waits.
#[derive(Debug, Default)]
pub(super) struct Desks(BTreeMap<(String, Rank), Vec<Count>>);

impl Desks {
    /// # Errors
    /// When the database fails.
    pub async fn count(app: &App, days: &Days) -> Result<Self, StoreFault> {
        let db = &app.database;
        let mut desks = Self::default();
        for row in db
            .pool()
            .query_all_raw(db.statement(
                &db.places(&format!("{COUNTS} AND {} GROUP BY office, rank, person", counting::names_none_that_arrives("case_id"))),
                vec![days.soon().to_string().into()],
            ))
            .await?
        {
            let (office, rank, person): (String, String, Option<String>) =
                (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            let (all, soon): (i64, i64) = (row.try_get_by_index(3)?, row.try_get_by_index(4)?);
            let Some(rank) = Rank::from_key(&rank) else { continue };
            let count =
                (person.and_then(|id| id.parse().ok()), u64::try_from(all).unwrap_or_default(), u64::try_from(soon).unwrap_or_default());
            desks.0.entry((office, rank)).or_default().push(count);
        }
        Ok(desks)
    }

    /// All of them, by office.
    pub fn all(&self) -> impl Iterator<Item = &(String, Rank)> {
        self.0.keys()
    }

    /// Items of a part; what is seen at others' desks counts only where it ends soon.
    pub fn size(&self, part: &Part) -> u64 {
        let counts = self.0.get(&(part.office.clone(), part.rank)).into_iter().flatten();
        counts
            .filter(|(person, ..)| part.whose.holds(*person))
            .map(|(_, all, soon)| if part.seen == Desk::Own { *all } else { *soon })
            .sum()
    }
}

/// The first items of a part, each with when its case last moved.
///
/// # Errors
/// When the database fails or a row does not hold what its type admits.
pub(super) async fn lines(app: &App, part: &Part, days: &Days, most: usize) -> Result<Vec<(Micros, DigestLine)>, StoreFault> {
    let db = &app.database;
    let until = if part.seen == Desk::Own { "9999".to_owned() } else { days.soon().to_string() };
    let (whose, person) = part.whose.sql();
    let mut values: Vec<sea_orm::Value> = vec![part.office.clone().into(), part.rank.key().into(), until.into()];
    values.extend(person.map(|person| person.to_string().into()));
    values.push(i64::try_from(most).unwrap_or(i64::MAX).into());
    let rows = db
        .pool()
        .query_all_raw(
            db.statement(&db.places(&format!("{LINES}{whose} AND {}{ENDS}", counting::names_one_that_counts("work_item.case_id"))), values),
        )
        .await?;
    rows.iter().map(|row| line(app, row, part, days)).collect()
}

fn line(app: &App, row: &QueryResult, part: &Part, days: &Days) -> Result<(Micros, DigestLine), StoreFault> {
    let text = |place: usize| row.try_get_by_index::<String>(place);
    let (due_on, deadline, moved_at): (Option<String>, Option<String>, Option<i64>) =
        (row.try_get_by_index(0)?, row.try_get_by_index(5)?, row.try_get_by_index(6)?);
    let due_on: Option<Date> =
        due_on.map(|day| domain::day::parse(&day).ok_or_else(|| StoreFault::broken("a work item has no day"))).transpose()?;
    let process = Process::from_key(&text(2)?).ok_or_else(|| StoreFault::broken("a case has no process"))?;
    let line = DigestLine {
        number: text(1)?,
        process,
        office: part.office.clone(),
        matter: matter(app, process, &text(3)?, &text(4)?, deadline.as_deref()),
        due_on,
        urgency: days.urgency(due_on),
        desk: part.seen,
        fresh: false,
    };
    Ok((Micros(moved_at.unwrap_or_default()), line))
}

/// The deadline's name, or the state's where nothing runs.
fn matter(app: &App, process: Process, digest: &str, state: &str, deadline: Option<&str>) -> (String, String) {
    let version = app.rules().catalogue.pinned(process, digest);
    let Some(definition) = version.as_ref().map(|version| &version.definition) else { return (state.to_owned(), state.to_owned()) };
    let ends = deadline.and_then(|key| definition.deadline(key)).map(|rule| (rule.zh.clone(), rule.en.clone()));
    let rests = || definition.state(state).map(|state| (state.zh.clone(), state.en.clone()));
    ends.or_else(rests).unwrap_or_else(|| (state.to_owned(), state.to_owned()))
}
