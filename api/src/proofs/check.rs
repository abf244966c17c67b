//! The offline check: nothing but the file, the entry and the key.

use base64::{Engine, engine::general_purpose::STANDARD};
use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::tlog;

/// Why a proof does not hold.
#[derive(Debug, thiserror::Error)]
pub enum ProofFault {
    #[error("the file is not in the format c2sp.org/tlog-proof@v1: {0}")]
    Form(&'static str),
    #[error("the verifier key cannot be read: {0}")]
    Key(String),
    #[error("no signature of that key stands under the checkpoint: {0}")]
    Signature(String),
    #[error("the entry is not the one that the proof is about, or it was changed")]
    Entry,
}

/// What a good proof says.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Checked {
    pub origin: String,
    pub index: u64,
    pub size: u64,
}

/// Checks a proof file.
///
/// # Errors
/// [`ProofFault`] with what is wrong.
pub fn check(file: &str, entry: &[u8], key: &str) -> Result<Checked, ProofFault> {
    let (head, note) = file.split_once("\n\n").ok_or(ProofFault::Form("there is no checkpoint"))?;
    let mut lines = head.lines();
    if lines.next() != Some("c2sp.org/tlog-proof@v1") {
        return Err(ProofFault::Form("the first line is another"));
    }
    let index = lines.next().and_then(|line| line.strip_prefix("index ")).and_then(|text| text.parse().ok());
    let index: u64 = index.ok_or(ProofFault::Form("there is no index"))?;
    let mut hashes = Vec::new();
    for line in lines {
        let bytes = STANDARD.decode(line).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        hashes.push(tlog::Hash(bytes.ok_or(ProofFault::Form("a line is no hash"))?));
    }
    let verifier = StandardVerifier::new(key).map_err(|fault| ProofFault::Key(fault.to_string()))?;
    let signed = Note::from_bytes(note.as_bytes()).map_err(|fault| ProofFault::Signature(fault.to_string()))?;
    signed.verify(&VerifierList::new(vec![Box::new(verifier)])).map_err(|fault| ProofFault::Signature(fault.to_string()))?;
    let checkpoint = tlog_tiles::Checkpoint::from_bytes(signed.text()).map_err(|_| ProofFault::Form("the checkpoint is malformed"))?;
    let leaf = tlog::record_hash(entry);
    tlog::check_record(&hashes, checkpoint.size(), *checkpoint.hash(), index, leaf).map_err(|_| ProofFault::Entry)?;
    Ok(Checked { origin: checkpoint.origin().to_owned(), index, size: checkpoint.size() })
}
