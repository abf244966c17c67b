//! Proofs from the database.

use super::checkpoints;
use crate::{
    app::App,
    proofs::{ProofFault, growth, inclusion},
    store::{StoreFault, trail, tree},
};

/// An entry's exact bytes and the proof that it is in the signed tree.
#[derive(Clone, Debug)]
pub struct Proof {
    pub entry: String,
    /// Text in the format `c2sp.org/tlog-proof@v1`.
    pub file: String,
    pub verifier_key: String,
}

impl From<ProofFault> for StoreFault {
    fn from(fault: ProofFault) -> Self {
        Self::broken(fault)
    }
}

/// Proves that an entry is in the tree as it stands; signs a checkpoint over it.
///
/// # Errors
/// When there is no such entry, the database fails, or entry and tree do not agree.
pub async fn prove(app: &App, index: u64) -> Result<Proof, StoreFault> {
    // The size is the checkpoint's own: the tree may have grown since.
    let checkpoint = checkpoints::sign(app).await?;
    against(app, index, &checkpoint).await
}

/// Proves an entry against the last checkpoint that was signed; none where that does not cover it yet.
///
/// # Errors
/// As [`prove`].
pub async fn prove_signed(app: &App, index: u64) -> Result<Option<Proof>, StoreFault> {
    let covering = trail::last_checkpoint(&app.database).await?.filter(|(size, _)| *size > index);
    let Some((_, checkpoint)) = covering else { return Ok(None) };
    against(app, index, &checkpoint).await.map(Some)
}

/// Proves an entry against a checkpoint that covers it.
///
/// # Errors
/// As [`prove`].
pub async fn against(app: &App, index: u64, checkpoint: &str) -> Result<Proof, StoreFault> {
    let missing = || StoreFault::broken(format!("there is no entry {index}"));
    let (_, entry) = trail::entry(&app.database, index).await?.ok_or_else(missing)?;
    let places = inclusion::needed(index, checkpoint)?;
    let nodes = tree::nodes(app.database.pool(), &places).await?;
    let file = inclusion::build(entry.as_bytes(), index, checkpoint, &nodes)?;
    Ok(Proof { entry, file, verifier_key: app.keys.verifier_key() })
}

/// Proves that the tree as it stands begins with the tree of `from` entries; signs a checkpoint over it.
///
/// # Errors
/// When the tree is smaller, the database fails, or the kept nodes do not agree with the head.
pub async fn prove_growth(app: &App, from: u64) -> Result<String, StoreFault> {
    let checkpoint = checkpoints::sign(app).await?;
    let nodes = tree::nodes(app.database.pool(), &growth::needed(from, &checkpoint)?).await?;
    Ok(growth::build(from, &checkpoint, &nodes)?)
}
