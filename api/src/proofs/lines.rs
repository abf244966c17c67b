//! The shape that both formats share: a numbered line, hashes in base64, an empty line, a checkpoint verbatim.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::merkle::Hash;

use super::ProofFault;

/// A tree of 2^64 leaves has no longer proof.
const LONGEST: usize = 64;

/// A numbered line with its hashes above a checkpoint.
pub(super) struct Lines<'a> {
    pub number: u64,
    pub hashes: Vec<Hash>,
    pub checkpoint: &'a str,
}

impl Lines<'_> {
    /// `word` and number, then the hashes, an empty line and the checkpoint.
    pub fn text(&self, word: &str) -> String {
        let hashes: String = self.hashes.iter().map(|hash| STANDARD.encode(hash.0) + "\n").collect();
        format!("{word} {}\n{hashes}\n{}", self.number, self.checkpoint)
    }
}

/// Reads what [`Lines::text`] writes; `format` names it in faults.
pub(super) fn read<'a>(text: &'a str, word: &str, format: &'static str) -> Result<Lines<'a>, ProofFault> {
    let (head, checkpoint) = text.split_once("\n\n").ok_or(ProofFault::Form(format, "there is no empty line before a checkpoint"))?;
    let mut lines = head.split('\n');
    let number = lines.next().and_then(|line| line.strip_prefix(word)?.strip_prefix(' '));
    let number = number.and_then(|text| text.parse::<u64>().ok().filter(|number| number.to_string() == text));
    let number = number.ok_or(ProofFault::Form(format, "the line with the number is missing or malformed"))?;
    let hash = |line| {
        let bytes = STANDARD.decode(line).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Hash).ok_or(ProofFault::Form(format, "a line above the checkpoint is no hash"))
    };
    let hashes = lines.map(hash).collect::<Result<Vec<_>, _>>()?;
    if hashes.len() > LONGEST {
        return Err(ProofFault::Form(format, "it has more hashes than any tree asks for"));
    }
    Ok(Lines { number, hashes, checkpoint })
}
