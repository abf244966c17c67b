//! The offline check of a receipt: nothing but the file, the offices' verifier keys, and what lies beside it.

use domain::{entry::Entry, merkle::leaf_hash, receipt::line_digest};
use signed_note::{Note, StandardVerifier, Verifier, VerifierList};

use super::text::{self, FORMAT};

/// A receipt that does not hold. The text names cause and cure.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptFault {
    #[error("the file is no receipt ({0}); use it as it was handed out")]
    Form(&'static str),
    #[error("the verifier key cannot be read: {0}; it looks like NAME+8 HEX DIGITS+BASE64")]
    Key(String),
    #[error("the text is not signed by {0}, or was changed; get the office's key from the trail, not from the receipt")]
    Signature(String),
    #[error("line {0} of the list is not what was handed over, or a line is missing or added")]
    List(usize),
    #[error("the entry is not the one that the receipt is about")]
    Entry,
}

impl ReceiptFault {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Form(_) => "RECEIPT_MALFORMED",
            Self::Key(_) => "RECEIPT_KEY_MALFORMED",
            Self::Signature(_) => "RECEIPT_NOT_SIGNED",
            Self::List(_) => "RECEIPT_LIST_DIFFERS",
            Self::Entry => "RECEIPT_OTHER_ENTRY",
        }
    }
}

/// What a good receipt says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Checked {
    pub log: String,
    /// Number of the entry of the act.
    pub entry: u64,
    pub batch: String,
    pub from: String,
    pub to: String,
    pub on: String,
    /// How many entries went over.
    pub entries: usize,
    /// Names of the keys that signed, in the order in which they were given.
    pub signed_by: Vec<String>,
}

/// Checks that every one of `keys` signed the receipt; and, where they are given, that the list is the one that was
/// handed over and that the entry's exact bytes say the very same.
///
/// # Errors
/// [`ReceiptFault`] with what is wrong.
pub fn check(file: &str, keys: &[String], list: Option<&str>, entry: Option<&[u8]>) -> Result<Checked, ReceiptFault> {
    let note = Note::from_bytes(file.as_bytes()).map_err(|_| ReceiptFault::Form("it is not a signed note"))?;
    let text = std::str::from_utf8(note.text()).map_err(|_| ReceiptFault::Form("it is not text"))?;
    if text.lines().next() != Some(FORMAT) {
        return Err(ReceiptFault::Form("its first line is another"));
    }
    let mut signed_by = Vec::new();
    for key in keys {
        let verifier = StandardVerifier::new(key.trim()).map_err(|fault| ReceiptFault::Key(fault.to_string()))?;
        let name = verifier.name().to_owned();
        note.verify(&VerifierList::new(vec![Box::new(verifier)])).map_err(|_| ReceiptFault::Signature(name.clone()))?;
        signed_by.push(name);
    }
    let digests = text::digests(text).ok_or(ReceiptFault::Form("its count and its list differ"))?;
    if let Some(list) = list {
        let lines: Vec<_> = list.lines().collect();
        let differs = (0..digests.len().max(lines.len()))
            .find(|place| lines.get(*place).map(|line| line_digest(line)).as_deref() != digests.get(*place).copied());
        if let Some(place) = differs {
            return Err(ReceiptFault::List(place + 1));
        }
    }
    let value = |key| text::value(text, key).map(str::to_owned).ok_or(ReceiptFault::Form("a line is missing"));
    let log = value("log")?;
    if let Some(bytes) = entry {
        let rebuilt = Entry::from_bytes(bytes).ok().and_then(|entry| text::text(&log, &entry, &leaf_hash(bytes)));
        if rebuilt.as_deref() != Some(text) {
            return Err(ReceiptFault::Entry);
        }
    }
    Ok(Checked {
        entry: value("entry")?.parse().map_err(|_| ReceiptFault::Form("the entry is no number"))?,
        log,
        batch: value("batch")?,
        from: value("from")?,
        to: value("to")?,
        on: value("on")?,
        entries: digests.len(),
        signed_by,
    })
}
