//! Subjects by part of their name: names are kept by their characters and pairs of characters, so that no search reads
//! every name.

use domain::name;
use sea_orm::{ConnectionTrait, sea_query::Expr};

use super::{Database, StoreFault};

/// Where even the rarest pair of a text has more subjects than this, walking along any order meets the text soon.
const FEW: i64 = 20_000;
/// A pair with fewer subjects than this is rare enough to look no further.
const RARE: i64 = 200;

/// Pairs of a text that are looked at.
const PAIRS: usize = 16;

impl Database {
    /// The condition that a subject's name holds a text, whatever brackets and widths were typed; `subject` is the column
    /// with the subject's id, `key` one with the searchable form of its name, where the table has it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn named(&self, text: &str, subject: &str, key: Option<&str>) -> Result<Expr, StoreFault> {
        let wanted = name::search_key(text);
        let like = format!("%{}%", wanted.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let (sql, values) = match (self.rarest(&wanted).await?, key) {
            (Some(gram), _) => (
                format!("{subject} IN (SELECT g.subject FROM name_gram g JOIN credit_subject s ON s.id = g.subject WHERE g.gram = ? AND s.name_key LIKE ? ESCAPE '\\')"),
                vec![gram, like],
            ),
            (None, Some(key)) => (format!("{key} LIKE ? ESCAPE '\\'"), vec![like]),
            (None, None) => {
                (format!("EXISTS (SELECT 1 FROM credit_subject s WHERE s.id = {subject} AND s.name_key LIKE ? ESCAPE '\\')"), vec![like])
            }
        };
        Ok(Expr::cust_with_values(self.places(&sql), values))
    }

    /// The rarest of a text's pairs of characters; none where all are common.
    async fn rarest(&self, key: &str) -> Result<Option<String>, StoreFault> {
        let mut rarest: Option<(i64, String)> = None;
        for gram in name::pairs(key).into_iter().take(PAIRS) {
            let sql = self.places("SELECT count(*) FROM (SELECT 1 FROM name_gram WHERE gram = ? LIMIT ?) g");
            let row = self.pool().query_one_raw(self.statement(&sql, vec![gram.clone().into(), FEW.into()])).await?;
            let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
            if rarest.as_ref().is_none_or(|(least, _)| count < *least) {
                rarest = Some((count, gram));
            }
            if count < RARE {
                break;
            }
        }
        Ok(rarest.filter(|(count, _)| *count < FEW).map(|(_, gram)| gram))
    }
}
