//! Signed checkpoints (C2SP tlog-checkpoint): origin, size and root of the tree under a signature.

use domain::merkle::Hash;
use signed_note::{Note, StandardVerifier, Verifier, VerifierList};
use tlog_tiles::Checkpoint;

use super::ProofFault;

/// What a checkpoint says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Signed {
    /// Name of the log.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    pub root: Hash,
}

fn note(text: &str) -> Result<Note, ProofFault> {
    Note::from_bytes(text.as_bytes()).map_err(|_| ProofFault::Checkpoint("it is not a signed note"))
}

fn read(note: &Note) -> Result<Signed, ProofFault> {
    let checkpoint =
        Checkpoint::from_bytes(note.text()).map_err(|_| ProofFault::Checkpoint("origin, size and root must be its first lines"))?;
    Ok(Signed { origin: checkpoint.origin().to_owned(), size: checkpoint.size(), root: Hash(checkpoint.hash().0) })
}

/// The root that a checkpoint of our own says, as hexadecimal digits; none where it is malformed.
pub fn root(text: &str) -> Option<String> {
    unchecked(text).ok().map(|signed| signed.root.to_string())
}

/// What a checkpoint of our own says, its signature unchecked.
///
/// # Errors
/// When it is malformed.
pub(super) fn unchecked(text: &str) -> Result<Signed, ProofFault> {
    read(&note(text)?)
}

/// Checks a checkpoint: a signature by `key` (the log's verifier key) over a text of the log that the key names.
/// Signatures of unknown keys, such as witnesses', are passed over.
///
/// # Errors
/// [`ProofFault`] with what is wrong.
pub fn open(text: &str, key: &str) -> Result<Signed, ProofFault> {
    let verifier = StandardVerifier::new(key.trim()).map_err(|fault| ProofFault::Key(fault.to_string()))?;
    let expected = verifier.name().to_owned();
    let note = note(text)?;
    note.verify(&VerifierList::new(vec![Box::new(verifier)])).map_err(|fault| ProofFault::Signature(fault.to_string()))?;
    let signed = read(&note)?;
    if signed.origin == expected { Ok(signed) } else { Err(ProofFault::Origin { expected, found: signed.origin }) }
}
