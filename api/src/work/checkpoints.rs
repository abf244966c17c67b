//! Signing checkpoints over the tree as it stands.

use std::time::{Duration, Instant};

use crate::{
    app::App,
    checkpoints::{
        CheckpointFault,
        signed::{self, Places},
        witnessed,
    },
    store::{StoreFault, trail, write},
};

/// Signs a checkpoint where the tree has grown since the last one; whether it did.
///
/// # Errors
/// As [`sign`].
pub async fn sign_if_grown(app: &App) -> Result<bool, StoreFault> {
    let (frontier, _) = write::head(app.database.pool()).await?;
    let signed = trail::last_checkpoint(&app.database).await?.map_or(0, |(size, _)| size);
    let grown = frontier.size() > signed;
    if grown {
        sign(app).await?;
    }
    Ok(grown)
}

/// Signs a checkpoint over the tree as it stands and keeps it: in the database, beside it, and in the second place.
///
/// # Errors
/// When the tree does not contain what was signed before, or a place cannot be read or written.
pub async fn sign(app: &App) -> Result<String, StoreFault> {
    compared_and_signed(app, Kept::ForGood).await.map_err(StoreFault::broken)
}

/// How long a checkpoint is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    ForGood,
    /// Until the next one.
    Running,
}

/// Signs as the tree grows, so that what was answered is soon covered by a signature; of what it signs it keeps one at each
/// full time.
#[derive(Debug)]
pub struct Signer {
    every: Duration,
    /// When one was kept, and over how many entries.
    kept: (Instant, u64),
    signed: u64,
}

impl Signer {
    pub fn new(every: Duration) -> Self {
        Self { every, kept: (Instant::now(), 0), signed: 0 }
    }

    /// Signs where the tree has grown since the last turn.
    ///
    /// # Errors
    /// As [`sign`].
    pub async fn turn(&mut self, app: &App) -> Result<(), StoreFault> {
        let (frontier, _) = write::head(app.database.pool()).await?;
        let size = frontier.size();
        let (at, kept) = self.kept;
        if at.elapsed() >= self.every && size > kept {
            sign(app).await?;
            (self.kept, self.signed) = ((Instant::now(), size), size);
        } else if size > self.signed {
            compared_and_signed(app, Kept::Running).await.map_err(StoreFault::broken)?;
            self.signed = size;
        }
        Ok(())
    }
}

/// Compared with the newest of every place before it is signed, and kept in all of them before it is given away.
async fn compared_and_signed(app: &App, kept: Kept) -> Result<String, CheckpointFault> {
    let second = app.second.as_deref();
    // Of two servers one comes after the other: each compares with what the other has signed.
    let _here = witnessed::hold(&app.folder.join(witnessed::NAME)).await?;
    let _there = match second {
        Some(second) => Some(witnessed::hold(&witnessed::second_file(second)).await?),
        None => None,
    };
    let keys = app.keys.verifier_keys();
    signed::refuse_fork(&app.database, Places { folder: &app.folder, second, origin: app.keys.origin(), keys: &keys }).await?;
    let (frontier, _) = write::head(app.database.pool()).await?;
    let note = app.keys.sign_checkpoint(frontier.size(), &frontier.root());
    if kept == Kept::ForGood {
        app.database.add_checkpoint(frontier.size(), &note, app.clock.now()).await?;
        witnessed::add(&app.folder, &note)?;
    } else {
        trail::set_running_checkpoint(&app.database, &note).await?;
        witnessed::swap(&app.folder.join(witnessed::RUNNING), &note)?;
    }
    if let Some(second) = second {
        signed::remember_second(&app.database, second).await?;
        witnessed::swap(&witnessed::second_file(second), &note)?;
    }
    Ok(note)
}
