//! The list of a batch of proposals, one row an entry.

use domain::{
    process::{CaseData, Process},
    rows::{Case, CreditSubject},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{facts::Facts, known::named};
use crate::{
    app::App,
    store::{StoreFault, counting, entities},
};

/// One entry as the list tells of it.
async fn row(app: &App, place: usize, entry: &Case) -> Result<Vec<String>, StoreFault> {
    let pool = app.database.pool();
    let subject = match entry.subject {
        Some(id) => entities::credit_subject::Entity::find_by_id(id.to_string()).one(pool).await?,
        None => None,
    };
    let (name, code) = match subject {
        Some(subject) => {
            let subject: CreditSubject = subject.row().map_err(StoreFault::broken)?;
            let (name, _, code) = named(app, &subject).await?;
            (name.unwrap_or_default(), code.unwrap_or_default())
        }
        None => (String::new(), String::new()),
    };
    let record = match entry.record {
        Some(id) => counting::case(id.to_string()).one(pool).await?,
        None => None,
    };
    let record: Option<Case> = record.map(|row| row.row().map_err(StoreFault::broken)).transpose()?;
    let number = record.and_then(|record| record.data.0.record().map(|data| data.form.decision_number.clone()));
    let rules = app.rules();
    let CaseData::ProposalEntry(data) = &entry.data.0 else { return Ok(Vec::new()) };
    let list_type = rules.list_types.get(&data.form.list_type);
    let grounds = data.form.grounds.iter().filter_map(|key| list_type?.ground(key)).map(|ground| ground.zh.clone());
    let version = rules.catalogue.of_case(entry);
    let state = version.and_then(|version| version.definition.state(&entry.state).map(|state| state.zh.clone()));
    Ok(vec![
        (place + 1).to_string(),
        name,
        code,
        list_type.map(|list_type| list_type.zh.clone()).unwrap_or_default(),
        number.unwrap_or_default(),
        grounds.collect::<Vec<_>>().join("；"),
        state.unwrap_or_default(),
    ])
}

/// Adds the entries of a batch.
///
/// # Errors
/// When the database fails.
pub(super) async fn add(app: &App, case: &Case, facts: &mut Facts) -> Result<(), StoreFault> {
    use entities::cases::Column;
    let CaseData::ProposalBatch(data) = &case.data.0 else { return Ok(()) };
    facts.may("period", Some(&data.form.period));
    let query = counting::cases().filter(Column::Parent.eq(case.id.to_string())).filter(Column::Process.eq(Process::ProposalEntry.key()));
    let mut rows = Vec::new();
    for (place, entry) in query.order_by_asc(Column::Number).all(app.database.pool()).await?.into_iter().enumerate() {
        rows.push(row(app, place, &entry.row().map_err(StoreFault::broken)?).await?);
    }
    facts.may("count", Some(rows.len().to_string()));
    facts.rows("entries", rows);
    Ok(())
}
