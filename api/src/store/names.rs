//! Subjects by part of their name: names are kept by what begins at each of their characters, so that no search reads
//! every name.

use domain::name;
use sea_orm::{ConnectionTrait, sea_query::Expr};
use serde_json::json;

use super::{Database, StoreFault, dialect};

/// Subjects that a search names one by one; where more bear the text, walking along any order meets it soon.
const FEW: usize = 500;
/// Where even the rarest part of a text has this many subjects, no more are counted.
const COMMON: i64 = 4_000;

impl Database {
    /// The condition that a subject's name holds a text, whatever brackets and widths were typed; `subject` is the column
    /// with the subject's id, `key` one with the searchable form of its name, where the table has it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn named(&self, text: &str, subject: &str, key: Option<&str>) -> Result<Expr, StoreFault> {
        let wanted = name::search_key(text);
        let like = format!("%{}%", wanted.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        if let Some(bearers) = self.bearers(&wanted, &like).await? {
            let within = dialect::one_of(self.backend(), subject);
            return Ok(Expr::cust_with_values(within, vec![json!(bearers).to_string()]));
        }
        let sql = match key {
            Some(key) => format!("{key} LIKE ? ESCAPE '\\'"),
            None => format!("EXISTS (SELECT 1 FROM credit_subject s WHERE s.id = {subject} AND s.name_key LIKE ? ESCAPE '\\')"),
        };
        Ok(Expr::cust_with_values(self.places(&sql), vec![like]))
    }

    /// The few subjects whose name holds a text; none where they are many.
    async fn bearers(&self, key: &str, like: &str) -> Result<Option<Vec<String>>, StoreFault> {
        let Some((from, to)) = self.rarest(&name::probes(key)).await? else { return Ok(None) };
        let sql = self.places(
            "SELECT DISTINCT s.id FROM name_gram g JOIN credit_subject s ON s.id = g.subject \
             WHERE g.gram >= ? AND g.gram < ? AND s.name_key LIKE ? ESCAPE '\\' LIMIT ?",
        );
        let most = i64::try_from(FEW + 1).unwrap_or(i64::MAX);
        let rows = self.pool().query_all_raw(self.statement(&sql, vec![from.into(), to.into(), like.into(), most.into()])).await?;
        let ids = rows.into_iter().map(|row| row.try_get_by_index(0)).collect::<Result<Vec<String>, _>>()?;
        Ok(Some(ids).filter(|ids| ids.len() <= FEW))
    }

    /// The range of grams that the fewest subjects have; none where all are common.
    async fn rarest(&self, probes: &[(String, String)]) -> Result<Option<(String, String)>, StoreFault> {
        let count = "SELECT count(*) FROM (SELECT 1 FROM name_gram WHERE gram >= ? AND gram < ? LIMIT ?) g";
        let sql = self.places(&vec![count; probes.len()].join(" UNION ALL "));
        let values = probes.iter().flat_map(|(from, to)| [from.clone().into(), to.clone().into(), COMMON.into()]);
        if probes.is_empty() {
            return Ok(None);
        }
        let rows = self.pool().query_all_raw(self.statement(&sql, values.collect())).await?;
        let counts = rows.into_iter().map(|row| row.try_get_by_index(0)).collect::<Result<Vec<i64>, _>>()?;
        let rarest = counts.into_iter().zip(probes).min_by_key(|(count, _)| *count).filter(|(count, _)| *count < COMMON);
        Ok(rarest.map(|(_, probe)| probe.clone()))
    }
}
