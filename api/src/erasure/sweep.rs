//! What an erasure has outside the tree: letters, papers, uploads, logs. Each step may be repeated, so that a crash in the
//! middle leaves nothing behind; the end is an act of its own.

use std::{collections::BTreeSet, path::Path};

use domain::{admin::AdminAct, command::Actor, erasure::ErasureKind, ids::CaseId, rows::Erasure};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter};

use super::stale;
use crate::{
    app::App,
    evidence,
    store::{Database, StoreFault, entities},
};

/// What one sweep took away.
#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub struct Swept {
    pub erasures: u32,
    pub letters: u32,
    pub papers: u32,
}

/// Carries out every erasure that is not carried out yet.
///
/// # Errors
/// When the database, the mail folder or the store of documents fails; the next call goes on.
pub async fn sweep_all(app: &App) -> Result<Swept, StoreFault> {
    let rows = entities::erasure::Entity::find().filter(entities::erasure::Column::Swept.eq(0)).all(app.database.pool()).await?;
    let mut all = Swept::default();
    for row in rows {
        let erasure: Erasure = row.row().map_err(StoreFault::broken)?;
        let swept = sweep(app, &erasure).await?;
        compact(&app.database).await?;
        let act = AdminAct::NoteSwept { id: erasure.id, letters: swept.letters, papers: swept.papers };
        app.submit(app.about_the_house(Actor::System, act), None, None, Vec::new(), false).await.map_err(StoreFault::broken)?;
        all = Swept { erasures: all.erasures + 1, letters: all.letters + swept.letters, papers: all.papers + swept.papers };
    }
    Ok(all)
}

async fn sweep(app: &App, erasure: &Erasure) -> Result<Swept, StoreFault> {
    let mut swept = Swept::default();
    for case in &erasure.cases.0 {
        swept.letters += letters(app, "case_id = ?", &case.to_string()).await?;
        let sql = "UPDATE receipt SET input_hash = '' WHERE entry IN (SELECT idx FROM audit_entry WHERE case_id = ?)";
        execute(&app.database, sql, &case.to_string()).await?;
    }
    swept.papers = papers(app, &erasure.cases.0).await?;
    if erasure.kind == ErasureKind::Account {
        let account = &erasure.target;
        swept.letters += letters(app, "account = ?", account).await?;
        swept.papers += stale::drop_uploads(app, "account = ?", vec![account.clone().into()]).await?;
        for table in ["credential", "token", "sign_in_log"] {
            execute(&app.database, &format!("DELETE FROM {table} WHERE account = ?"), account).await?;
        }
    }
    swept.papers += stale::drop_stale_uploads(app).await?;
    Ok(swept)
}

async fn execute(db: &Database, sql: &str, value: &str) -> Result<(), StoreFault> {
    db.pool().execute_raw(db.statement(&db.places(sql), vec![value.into()])).await?;
    Ok(())
}

/// Letters in the outbox lose address and reply and are not sent any more; those in the mail folder are deleted.
async fn letters(app: &App, condition: &str, value: &str) -> Result<u32, StoreFault> {
    let db = &app.database;
    let sql = db.places(&format!("SELECT id FROM notice WHERE {condition}"));
    let mut ids = BTreeSet::new();
    for row in db.pool().query_all_raw(db.statement(&sql, vec![value.into()])).await? {
        ids.insert(row.try_get_by_index::<String>(0)?);
    }
    let sql = format!(
        "UPDATE notice SET address = NULL, last_reply = NULL, next_at = NULL, \
         status = CASE WHEN status = 'sent' THEN 'sent' ELSE 'dead' END WHERE {condition}"
    );
    execute(db, &sql, value).await?;
    delete_letters(&app.folder.join("mail"), &ids).map_err(StoreFault::broken)
}

/// Letters are named by their Message-ID, which begins with the notice's id.
fn delete_letters(folder: &Path, notices: &BTreeSet<String>) -> Result<u32, std::io::Error> {
    let mut deleted = 0;
    if !folder.is_dir() {
        return Ok(0);
    }
    for file in std::fs::read_dir(folder)? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        if name.split_once('@').is_some_and(|(id, _)| notices.contains(id.trim_start_matches('.'))) {
            std::fs::remove_file(file.path())?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// Papers of the cases, and lists for the province that hold one of them: their bytes go, their digests stay.
async fn papers(app: &App, cases: &[CaseId]) -> Result<u32, StoreFault> {
    use entities::{cases as rows, document};
    let ids: Vec<_> = cases.iter().map(ToString::to_string).collect();
    let parents = rows::Entity::find().filter(rows::Column::Id.is_in(ids.clone())).all(app.database.pool()).await?;
    let lists: Vec<_> = parents.into_iter().filter(|row| row.process == "proposal_entry").filter_map(|row| row.parent).collect();
    let own = document::Entity::find().filter(document::Column::CaseId.is_in(ids.clone())).all(app.database.pool()).await?;
    let sent =
        document::Entity::find().filter(document::Column::CaseId.is_in(lists.clone())).filter(document::Column::Kind.eq("province_export"));
    let digests: BTreeSet<_> = own.into_iter().chain(sent.all(app.database.pool()).await?).map(|row| row.sha256).collect();
    let mut deleted = 0;
    for sha256 in digests {
        // The same paper in another case is kept by that case's duties.
        let elsewhere = document::Entity::find()
            .filter(document::Column::Sha256.eq(&sha256))
            .filter(document::Column::CaseId.is_not_in(ids.iter().chain(&lists).cloned()));
        if elsewhere.one(app.database.pool()).await?.is_some() {
            continue;
        }
        execute(&app.database, "DELETE FROM upload WHERE sha256 = ?", &sha256).await?;
        app.database.forget_uploads();
        deleted += u32::from(evidence::delete(app, &sha256).await.map_err(StoreFault::broken)?);
    }
    Ok(deleted)
}

/// Deletes the papers of cases that never count, where no other case and no upload names them; their digests stay.
///
/// # Errors
/// When the database or the store of documents fails.
pub async fn drop_papers(app: &App, cases: &[CaseId]) -> Result<u32, StoreFault> {
    use entities::document::{Column, Entity};
    let db = &app.database;
    let own = Entity::find().filter(Column::CaseId.is_in(cases.iter().map(ToString::to_string))).all(db.pool()).await?;
    let sql = db.places(
        "SELECT 1 FROM document d JOIN cases c ON c.id = d.case_id WHERE d.sha256 = ? AND (c.import IS NULL OR c.import NOT IN \
         (SELECT f.id FROM import_file f WHERE f.status = 'given_up')) UNION ALL SELECT 1 FROM upload WHERE sha256 = ?",
    );
    let digests: BTreeSet<_> = own.into_iter().map(|row| row.sha256).collect();
    let mut deleted = 0;
    for sha256 in digests {
        let named = db.pool().query_one_raw(db.statement(&sql, vec![sha256.clone().into(), sha256.clone().into()])).await?;
        if named.is_none() {
            deleted += u32::from(evidence::delete(app, &sha256).await.map_err(StoreFault::broken)?);
        }
    }
    Ok(deleted)
}

/// What databases leave behind of a row that was changed: free pages and the write-ahead log of `SQLite`, dead rows of
/// `PostgreSQL`. Its own write-ahead log, standbys and copies keep theirs until they are overwritten or deleted.
async fn compact(db: &Database) -> Result<(), StoreFault> {
    let statements: &[&str] = match db.backend() {
        DbBackend::Sqlite => &["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"],
        _ => &["VACUUM FULL personal_value", "VACUUM FULL notice", "VACUUM FULL sign_in_log", "VACUUM FULL upload", "VACUUM FULL receipt"],
    };
    for statement in statements {
        db.pool().execute_unprepared(statement).await?;
    }
    Ok(())
}
