//! Statements that nothing is published about somebody, and the root of the day's open data.

use std::sync::Arc;

use domain::{
    merkle::SparseMap,
    moment::Micros,
    published::{KeyOf, Noted},
    refusal::{Reason, ReasonCode as Code, Refusal},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::{
    noting,
    proofs::{self, Proof},
};
use crate::{
    app::App,
    proofs::absence::{self, Absent, Of},
    published,
    store::{StoreFault, entities, listed},
    viewers::published_on,
};

/// First word of the file with the root.
pub const ROOT_FORMAT: &str = "xinxiu published root v1";

/// A statement as it is handed out.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The file.
    pub file: String,
    pub says: Absent,
}

/// Why no statement is given.
#[derive(Debug)]
pub enum Unsaid {
    Refused(Refusal),
    Store(StoreFault),
}

impl From<StoreFault> for Unsaid {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl From<Reason> for Unsaid {
    fn from(reason: Reason) -> Self {
        Self::Refused(reason.into())
    }
}

/// (zh, en) of what a key is made of.
const fn by(of: KeyOf) -> (&'static str, &'static str) {
    match of {
        KeyOf::Code => ("代码", "code"),
        KeyOf::Name => ("名称", "name"),
    }
}

/// States that nothing is published under a code and names, each in its canonical form: neither on the list as it was noted
/// last, nor on the list as it stands.
///
/// # Errors
/// [`Unsaid`]: something is published, the list is not noted yet, or the database fails.
pub async fn state(app: &App, of: &[Of]) -> Result<Statement, Unsaid> {
    if let Some((kind, number)) = published_now(app, of).await? {
        return Err(Reason::new(Code::PublishedNow).titled("by", by(kind)).with("number", number).into());
    }
    let today = app.clock.today();
    let note = listed::newest(&app.database).await?.filter(|note| note.as_of.day() == today);
    let Some(note) = note else { return Err(later(app, None).await?.into()) };
    let map = noted(app, &note).await?;
    let proof = proven(app, note.index).await?;
    let Ok(file) = absence::build(of, &map, &note, &proof.entry, &proof.file) else { return Err(later(app, Some(&note)).await?.into()) };
    // Checked as a stranger would before it is handed out.
    let says = absence::check(&file, &proof.verifier_key).map_err(StoreFault::from)?;
    Ok(Statement { file, says })
}

/// What is published now under one of the keys, and its public number.
async fn published_now(app: &App, of: &[Of]) -> Result<Option<(KeyOf, String)>, StoreFault> {
    use entities::listed::{Column, Entity};
    for (kind, text) in of {
        let column = if *kind == KeyOf::Code { Column::Uscc } else { Column::NameKey };
        let own = Condition::all().add(published_on(app.clock.today())).add(column.eq(text.clone()));
        let found = Entity::find().filter(own).order_by_asc(Column::Number).one(app.database.pool()).await?;
        if let Some(row) = found {
            return Ok(Some((*kind, row.number)));
        }
    }
    Ok(None)
}

/// That the list is not noted as it stands, and when it will be.
async fn later(app: &App, note: Option<&Noted>) -> Result<Reason, StoreFault> {
    let next = match note {
        Some(note) => note.as_of.0 + noting::every(app).await?,
        None => app.clock.now().0,
    };
    let at = Micros(next.max(app.clock.now().0)).shanghai();
    Ok(Reason::new(Code::ListNotNoted).with("at", format!("{:02}:{:02}", at.hour(), at.minute())))
}

/// The map that was noted: kept since then, made of the rows as they stand, or of those that the trail gives.
async fn noted(app: &App, note: &Noted) -> Result<Arc<SparseMap>, StoreFault> {
    if let Some(map) = app.noted.get(&note.index) {
        return Ok(map);
    }
    let day = note.as_of.day();
    let salts = app.keys.salts(&note.salted_by, day).map_err(StoreFault::broken)?;
    let (_, rows) = listed::shown(&app.database, day).await?;
    let mut map = published::map_of(rows, salts.clone()).await?;
    if map.root() != note.root {
        map = published::map_of(listed::shown_at(&app.database, note.at_size, day).await?, salts).await?;
    }
    if map.root() != note.root {
        return Err(StoreFault::broken(format!("the published list that entry {} notes cannot be made anew", note.index)));
    }
    let map = Arc::new(map);
    app.noted.put(note.index, map.clone());
    Ok(map)
}

/// The proof of an entry by the last checkpoint, or by a new one where that does not cover it.
async fn proven(app: &App, index: u64) -> Result<Proof, StoreFault> {
    match proofs::prove_signed(app, index).await? {
        Some(proof) => Ok(proof),
        None => proofs::prove(app, index).await,
    }
}

/// The root to which the open data of today leads, with the entry that notes it and its proof, as a file; none before it is noted.
///
/// # Errors
/// When the database fails.
pub async fn root(app: &App) -> Result<Option<String>, StoreFault> {
    let Some(note) = listed::newest(&app.database).await? else { return Ok(None) };
    let proof = proven(app, note.index).await?;
    let file = json!({
        "format": ROOT_FORMAT, "at": note.at(), "root": note.root, "rows": note.rows, "entry": proof.entry, "proof": proof.file,
    });
    Ok(Some(serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"))
}
