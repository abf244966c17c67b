//! Open deadlines that a year's calendar would count otherwise, read page by page.

use domain::{process::Process, rows::Deadline};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use time::Date;
use workflows::engine::{Rules, counted_again};

use super::paged::PAGE;
use crate::store::{Database, StoreFault, counting, dialect};

/// A deadline that would change.
#[derive(Clone, Debug, Serialize)]
pub struct MovedDeadline {
    pub case: String,
    /// None where the subject is a natural person, whose name stays sealed.
    pub subject: Option<String>,
    pub deadline: String,
    pub zh: String,
    pub en: String,
    #[serde(with = "domain::day::optional")]
    pub old: Option<Date>,
    #[serde(with = "domain::day::optional")]
    pub new: Option<Date>,
    /// Later by so many days; 0 where only the mark changes.
    pub days: i64,
    pub was_provisional: bool,
    pub provisional: bool,
}

/// Every open deadline that ends on a day or later and would change, in pages; how many were looked at.
///
/// # Errors
/// When the database fails or a row does not hold what its type admits.
pub async fn each(
    db: &Database,
    rules: &Rules,
    from: Date,
    mut found: impl FnMut(MovedDeadline),
    mut looked: impl FnMut(u64),
) -> Result<u64, StoreFault> {
    let json = dialect::row_json(db.backend(), domain::rows::Table::Deadline);
    let sql = db.places(&format!(
        "SELECT r.id, {json}, c.number, c.process, c.definition_digest, s.name FROM deadline r JOIN cases c ON c.id = r.case_id \
         LEFT JOIN credit_subject s ON s.id = c.subject WHERE r.status = 'open' AND (r.due_on, r.id) > (?, ?) AND {} ORDER BY r.due_on, r.id LIMIT ?",
        counting::counts("c")
    ));
    let mut after = (from.to_string(), String::new());
    let mut seen = 0;
    loop {
        let values = vec![after.0.clone().into(), after.1.clone().into(), PAGE.into()];
        let page = db.pool().query_all_raw(db.statement(&sql, values)).await?;
        if page.is_empty() {
            return Ok(seen);
        }
        for row in &page {
            let (id, text): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let deadline: Deadline = serde_json::from_str(&text).map_err(StoreFault::broken)?;
            after = (deadline.due_on.map(|day| day.to_string()).unwrap_or_default(), id);
            let Some(again) = counted_again(rules.law.calendars(), &deadline) else { continue };
            let (process, digest): (String, String) = (row.try_get_by_index(3)?, row.try_get_by_index(4)?);
            let version = Process::from_key(&process).and_then(|process| rules.catalogue.pinned(process, &digest));
            let rule = version.as_ref().and_then(|version| version.definition.deadline(&deadline.key));
            found(MovedDeadline {
                case: row.try_get_by_index(2)?,
                subject: row.try_get_by_index(5)?,
                zh: rule.map(|rule| rule.zh.clone()).unwrap_or_default(),
                en: rule.map(|rule| rule.en.clone()).unwrap_or_default(),
                old: deadline.due_on,
                new: again.due_on,
                days: deadline.due_on.zip(again.due_on).map_or(0, |(old, new)| (new - old).whole_days()),
                was_provisional: deadline.provisional == 1,
                provisional: again.provisional == 1,
                deadline: deadline.key,
            });
        }
        seen += page.len() as u64;
        looked(seen);
    }
}
