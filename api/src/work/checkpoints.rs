//! Signing checkpoints over the tree as it stands.

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
    compared_and_signed(app).await.map_err(StoreFault::broken)
}

/// Compared with the newest of every place before it is signed, and kept in all of them before it is given away.
async fn compared_and_signed(app: &App) -> Result<String, CheckpointFault> {
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
    app.database.add_checkpoint(frontier.size(), &note, app.clock.now()).await?;
    witnessed::add(&app.folder, &note)?;
    if let Some(second) = second {
        signed::remember_second(&app.database, second).await?;
        witnessed::swap(second, &note)?;
    }
    Ok(note)
}
