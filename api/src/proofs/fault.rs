//! Why a proof does not hold.

use domain::merkle::{BuildFault, CheckFault};

/// A proof that cannot be built or does not hold. The text names cause and cure.
#[derive(Debug, thiserror::Error)]
pub enum ProofFault {
    /// The file is in another format; the format stands first.
    #[error("the file is not in the format {0}: {1}; use it as it was handed out")]
    Form(&'static str, &'static str),
    /// The verifier key is malformed.
    #[error("the verifier key cannot be read: {0}; it looks like NAME+8 HEX DIGITS+BASE64")]
    Key(String),
    /// No known key signed the checkpoint, or the signed text was changed.
    #[error("no signature of that key stands under the checkpoint: {0}; get the log's key from the log itself, not from the file")]
    Signature(String),
    /// The signed text is not a checkpoint.
    #[error("the signed text is no checkpoint (C2SP tlog-checkpoint): {0}")]
    Checkpoint(&'static str),
    /// The key is good, but for another log.
    #[error("the checkpoint is of the log “{found}”, the key belongs to “{expected}”")]
    Origin { expected: String, found: String },
    /// The entry is not in the signed tree.
    #[error("the entry is not the one that the proof is about, or entry or proof were changed: {0}")]
    Entry(CheckFault),
    /// The later tree does not begin with the earlier one.
    #[error("the later tree does not begin with the earlier one, so the log was rewritten between them, or the proof was changed: {0}")]
    Fork(CheckFault),
    /// The entry notes no published list.
    #[error("the entry in the file does not note a published list by the house itself")]
    NoList,
    /// The file speaks to another time than its entry.
    #[error("the file says that it speaks to {said}, its entry notes the list as of {noted}: an older list is no newer one")]
    OtherTime { said: String, noted: String },
    /// The hashes do not lead to the noted root from an empty place.
    #[error("the file does not show that nothing is published under “{0}”: the hashes do not lead to the root of the noted list")]
    NotAbsent(String),
    /// The proof cannot be built from the kept nodes.
    #[error(transparent)]
    Nodes(#[from] BuildFault),
}

impl ProofFault {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form(..) => "PROOF_MALFORMED",
            Self::Key(_) => "PROOF_KEY_MALFORMED",
            Self::Signature(_) => "PROOF_NOT_SIGNED",
            Self::Checkpoint(_) => "PROOF_NO_CHECKPOINT",
            Self::Origin { .. } => "PROOF_OTHER_LOG",
            Self::Entry(_) => "PROOF_NOT_INCLUDED",
            Self::Fork(_) => "PROOF_LOG_FORKED",
            Self::NoList => "PROOF_NO_LIST",
            Self::OtherTime { .. } => "PROOF_OTHER_TIME",
            Self::NotAbsent(_) => "PROOF_NOT_ABSENT",
            Self::Nodes(_) => "PROOF_NODES_MISSING",
        }
    }
}
