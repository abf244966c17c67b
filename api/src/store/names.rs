//! Subjects by part of their name: names are kept by what follows at each of their characters, so that what holds a text is
//! one range.

use domain::{canonical, name};
use sea_orm::{ConnectionTrait, sea_query::Expr};

use super::{Database, StoreFault, dialect};

/// Subjects whose rows are looked up one by one; where more bear the text, walking along any order meets a page soon.
const FEW: usize = 2_000;

impl Database {
    /// The condition that a subject's name holds a text, whatever brackets and widths were typed; `subject` is the column
    /// with the subject's id, `key` one with the searchable form of its name, where the table has it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn named(&self, text: &str, subject: &str, key: Option<&str>) -> Result<Expr, StoreFault> {
        let wanted = canonical::name(text);
        if wanted.is_empty() {
            return Ok(Expr::cust("1 = 0"));
        }
        let (from, below) = name::tail_range(&wanted);
        let like = format!("%{}%", wanted.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let holds = match key {
            Some(key) => format!("{key} LIKE ? ESCAPE '\\'"),
            None => format!("EXISTS (SELECT 1 FROM credit_subject s WHERE s.id = {subject} AND s.name_key LIKE ? ESCAPE '\\')"),
        };
        if !self.are_few(&from, &below).await? {
            return Ok(Expr::cust_with_values(self.places(&holds), [like]));
        }
        let sql = format!("{} AND {holds}", dialect::bearers(self.backend(), subject));
        Ok(Expr::cust_with_values(self.places(&sql), [from, below, like]))
    }

    async fn are_few(&self, from: &str, below: &str) -> Result<bool, StoreFault> {
        let sql = self.places("SELECT count(*) FROM (SELECT 1 FROM name_tail WHERE tail >= ? AND tail < ? LIMIT ?) t");
        let most = i64::try_from(FEW).unwrap_or(i64::MAX);
        let row = self.keyed().query_one_raw(self.statement(&sql, vec![from.into(), below.into(), most.into()])).await?;
        let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        Ok(count < most)
    }
}
