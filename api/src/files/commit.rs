//! The commit of the very file that was checked: it is read and tried again, and then all rows go through the door in
//! one write, or none.

use std::sync::Arc;

use axum::body::Bytes;
use domain::{command::Actor, ids::AccountId};
use uuid::Uuid;

use super::check::{Checked, FileFault, Kind, Progress, prepare};
use crate::{
    app::App,
    door::{Answer, DoorFault},
    evidence,
    store::StoreFault,
};

/// What became of a commit.
#[derive(Debug)]
pub enum Committed {
    /// Something is wrong with the file; nothing was written.
    Faults(Checked),
    /// The door's answer.
    Answered { checked: Checked, answer: Result<Answer, DoorFault> },
}

/// Commits a file as an account. The same key again gives the first answer.
///
/// # Errors
/// [`FileFault`] when the file cannot be read or the database fails.
pub async fn commit(app: &App, kind: Kind, account: AccountId, office: &str, bytes: Bytes, key: Uuid, progress: Arc<Progress>) -> Result<Committed, FileFault> {
    let prepared = prepare(app, kind, account, office, bytes, progress).await?;
    let repeat = app.database.has_receipt(&format!("{account}|{key}")).await?;
    if !prepared.checked.faults.is_empty() && !repeat {
        return Ok(Committed::Faults(prepared.checked));
    }
    for paper in prepared.papers {
        evidence::put(app, paper).await.map_err(|fault| StoreFault::Broken(fault.to_string()))?;
    }
    let command = app.about_the_house(Actor::Account(account), prepared.act);
    let receipt = (account, key, format!("import|{}|{office}|{}", kind.layout().key, prepared.checked.sha256));
    let answer = app.submit(command, None, Some(receipt), prepared.personal, true).await;
    Ok(Committed::Answered { checked: prepared.checked, answer })
}
