//! Which values are meant: all that the entries of the target's cases name, and those that speak of it without a case.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    erasure::ErasureTarget,
    ids::{CaseId, SubjectId},
    personal::Sealed,
    rows::{Account, CreditSubject},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    app::App,
    store::{StoreFault, counting, entities},
};

const PAGE: i64 = 500;
/// Ids that one question names.
const AT_ONCE: usize = 400;

/// Ids of the values that an erasure takes away; those that are erased already are left out.
pub(super) async fn values(app: &App, target: ErasureTarget) -> Result<Vec<Uuid>, StoreFault> {
    let named = match target {
        ErasureTarget::Account(id) => {
            let row = entities::account::Entity::find_by_id(id.to_string()).one(app.database.pool()).await?;
            let row: Option<Account> = row.map(|row| row.row().map_err(StoreFault::broken)).transpose()?;
            row.map(|row| {
                [Some(row.login.0), Some(row.name.0), row.email.map(|email| email.0)]
                    .into_iter()
                    .flatten()
                    .map(|sealed| sealed.id)
                    .collect()
            })
            .unwrap_or_default()
        }
        ErasureTarget::Subject(id) => subject(app, &id.to_string()).await?,
        ErasureTarget::Case(id) => one_case(app, &id.to_string()).await?,
    };
    still_there(app, named).await
}

/// The rows of subjects, by their ids.
async fn rows_of(app: &App, subjects: &[String]) -> Result<Vec<CreditSubject>, StoreFault> {
    use entities::credit_subject::{Column, Entity};
    let mut found = Vec::new();
    for some in subjects.chunks(AT_ONCE) {
        for row in Entity::find().filter(Column::Id.is_in(some)).all(app.database.pool()).await? {
            found.push(row.row().map_err(StoreFault::broken)?);
        }
    }
    Ok(found)
}

/// The values of a subject's own row.
fn of_row(row: CreditSubject) -> impl Iterator<Item = Uuid> {
    [row.id_number, row.sealed_name].into_iter().flatten().map(|sealed| sealed.0.id)
}

async fn cases_of(app: &App, subject: &str) -> Result<Vec<String>, StoreFault> {
    let rows = entities::cases::Entity::find().filter(entities::cases::Column::Subject.eq(subject)).all(app.database.pool()).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// A subject: its own row, its cases, and entries without a case that speak of either or of its identity number.
async fn subject(app: &App, subject: &str) -> Result<BTreeSet<Uuid>, StoreFault> {
    let Some(mut row) = rows_of(app, &[subject.to_owned()]).await?.pop() else { return Ok(BTreeSet::new()) };
    let mut words = cases_of(app, subject).await?;
    let mut named: BTreeSet<_> = of_cases(app, &words).await?.into_values().flatten().collect();
    words.push(subject.to_owned());
    words.extend(row.id_number_hash.take());
    named.extend(of_row(row));
    named.extend(without_a_case(app, &words).await?);
    Ok(named)
}

/// What the entries of cases name, case by case.
///
/// # Errors
/// When the database fails.
pub async fn named_in(app: &App, cases: &[CaseId]) -> Result<BTreeMap<CaseId, BTreeSet<Uuid>>, StoreFault> {
    let ids: Vec<_> = cases.iter().map(ToString::to_string).collect();
    let named = of_cases(app, &ids).await?;
    named.into_iter().map(|(case, values)| Ok((case.parse().map_err(StoreFault::broken)?, values))).collect()
}

/// The values of the subjects' own rows, subject by subject.
///
/// # Errors
/// When the database fails.
pub async fn own_values(app: &App, subjects: &BTreeSet<SubjectId>) -> Result<BTreeMap<SubjectId, Vec<Uuid>>, StoreFault> {
    let ids: Vec<_> = subjects.iter().map(ToString::to_string).collect();
    Ok(rows_of(app, &ids).await?.into_iter().map(|row| (row.id, of_row(row).collect())).collect())
}

/// One case: what its entries name and no other case of its subject does.
async fn one_case(app: &App, case: &str) -> Result<BTreeSet<Uuid>, StoreFault> {
    let mut named: BTreeSet<_> = of_cases(app, &[case.to_owned()]).await?.into_values().flatten().collect();
    let row = counting::case(case).one(app.database.pool()).await?;
    if let Some(subject) = row.and_then(|row| row.subject) {
        let others: Vec<_> = cases_of(app, &subject).await?.into_iter().filter(|other| other != case).collect();
        let shared: BTreeSet<_> = of_cases(app, &others).await?.into_values().flatten().collect();
        let own: BTreeSet<_> = rows_of(app, &[subject]).await?.into_iter().flat_map(of_row).collect();
        named.retain(|id| !shared.contains(id) && !own.contains(id));
    }
    Ok(named)
}

/// What the entries of cases name, by the id of the case.
async fn of_cases(app: &App, cases: &[String]) -> Result<BTreeMap<String, BTreeSet<Uuid>>, StoreFault> {
    let mut named: BTreeMap<String, BTreeSet<Uuid>> = BTreeMap::new();
    for some in cases.chunks(AT_ONCE) {
        let places = vec!["?"; some.len()].join(", ");
        let sql = app.database.places(&format!("SELECT case_id, bytes FROM audit_entry WHERE case_id IN ({places})"));
        let values = some.iter().map(|id| id.clone().into()).collect();
        for row in app.database.pool().query_all_raw(app.database.statement(&sql, values)).await? {
            let bytes: String = row.try_get_by_index(1)?;
            let values = Sealed::all_in(&bytes).into_iter().map(|sealed| sealed.id);
            named.entry(row.try_get_by_index(0)?).or_default().extend(values);
        }
    }
    Ok(named)
}

/// Entries that belong to no case – refused openings, files, readings – as far as they speak of one of the words.
async fn without_a_case(app: &App, words: &[String]) -> Result<BTreeSet<Uuid>, StoreFault> {
    let sql = app.database.places("SELECT idx, bytes FROM audit_entry WHERE case_id IS NULL AND idx > ? ORDER BY idx LIMIT ?");
    let speaks = |text: &str| words.iter().any(|word| text.contains(word.as_str()));
    let (mut named, mut from) = (BTreeSet::new(), -1_i64);
    loop {
        let rows = app.database.pool().query_all_raw(app.database.statement(&sql, vec![from.into(), PAGE.into()])).await?;
        if rows.is_empty() {
            return Ok(named);
        }
        for row in rows {
            from = row.try_get_by_index(0)?;
            let bytes: String = row.try_get_by_index(1)?;
            if speaks(&bytes) {
                named.extend(Sealed::all_in(&bytes).into_iter().map(|sealed| sealed.id));
            }
        }
    }
}

/// Those of the values that were not erased yet.
///
/// # Errors
/// When the database fails.
pub async fn still_there(app: &App, named: BTreeSet<Uuid>) -> Result<Vec<Uuid>, StoreFault> {
    let named: Vec<_> = named.into_iter().collect();
    let mut there = Vec::new();
    for some in named.chunks(AT_ONCE) {
        let sql = app
            .database
            .places(&format!("SELECT id FROM personal_value WHERE id IN ({}) AND erased_at IS NULL", vec!["?"; some.len()].join(", ")));
        let values = some.iter().map(|id| id.to_string().into()).collect();
        let found = app.database.pool().query_all_raw(app.database.statement(&sql, values)).await?;
        let found: BTreeSet<String> = found.into_iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
        there.extend(some.iter().filter(|id| found.contains(&id.to_string())));
    }
    Ok(there)
}
