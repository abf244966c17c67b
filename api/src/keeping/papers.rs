//! Every paper that a row names, against its digest.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use domain::rows::Erasure;
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::{
    evidence::{self, PaperFault},
    store::{Database, StoreFault, counting, entities},
};

/// What was found.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Papers {
    /// Papers looked at.
    pub count: u64,
    pub faults: Vec<String>,
}

/// Who names a paper, and whether its bytes have to be there.
struct Named {
    who: String,
    needed: bool,
}

/// Cases whose papers an erasure has taken away.
async fn erased(db: &Database) -> Result<BTreeSet<String>, StoreFault> {
    let mut cases = BTreeSet::new();
    for row in entities::erasure::Entity::find().all(db.pool()).await? {
        let row: Erasure = row.row().map_err(StoreFault::broken)?;
        cases.extend(row.cases.0.iter().map(ToString::to_string));
    }
    Ok(cases)
}

async fn named(db: &Database) -> Result<BTreeMap<String, Named>, StoreFault> {
    let gone = erased(db).await?;
    // A list for the province goes with any of the entries in it.
    let mut lists = BTreeSet::new();
    for row in db
        .pool()
        .query_all_raw(db.statement("SELECT id, parent FROM cases WHERE process = 'proposal_entry' AND parent IS NOT NULL", Vec::new()))
        .await?
    {
        if gone.contains(&row.try_get_by_index::<String>(0)?) {
            lists.insert(row.try_get_by_index::<String>(1)?);
        }
    }
    let mut named: BTreeMap<String, Named> = BTreeMap::new();
    // Papers of a file are kept before the file is whole, and go when it is given up.
    let counts = counting::counts("c");
    let sql = format!(
        "SELECT d.sha256, d.kind, d.case_id, c.number, CAST(CASE WHEN {counts} THEN 1 ELSE 0 END AS BIGINT) FROM document d JOIN cases c ON c.id = d.case_id"
    );
    for row in db.pool().query_all_raw(db.statement(&sql, Vec::new())).await? {
        let text = |place: usize| row.try_get_by_index::<String>(place);
        let (kind, case, number) = (text(1)?, text(2)?, text(3)?);
        let counts = row.try_get_by_index::<i64>(4)? == 1;
        let needed = counts && !gone.contains(&case) && !(kind == "province_export" && lists.contains(&case));
        let one = named.entry(text(0)?).or_insert_with(|| Named { who: format!("{kind} of case {number}"), needed: false });
        if needed && !one.needed {
            *one = Named { who: format!("{kind} of case {number}"), needed };
        }
    }
    for row in db.pool().query_all_raw(db.statement("SELECT sha256, id FROM upload", Vec::new())).await? {
        let upload: String = row.try_get_by_index(1)?;
        let one = named.entry(row.try_get_by_index(0)?).or_insert_with(|| Named { who: format!("upload {upload}"), needed: true });
        one.needed = true;
    }
    Ok(named)
}

/// Reads every paper; names those that were changed or are lost.
///
/// # Errors
/// When the database fails.
pub async fn examine(db: &Database, documents: &Path) -> Result<Papers, StoreFault> {
    let mut found = Papers::default();
    for (sha256, Named { who, needed }) in named(db).await? {
        found.count += 1;
        match evidence::read(documents, &sha256).await {
            Ok(_) => {}
            Err(PaperFault::Missing(_)) if !needed => {}
            Err(fault) => found.faults.push(format!("{fault} ({who})")),
        }
    }
    Ok(found)
}
