//! The body of a checkpoint (C2SP tlog-checkpoint). Its signature is checked where it is taken from, not here.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{TextFault, number};

/// What a tree is at a size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub size: u64,
    /// In hexadecimal digits.
    pub root: String,
}

impl Checkpoint {
    /// Reads the first three lines: origin, size, root.
    ///
    /// # Errors
    /// The first line that is not of this form.
    pub fn parse(note: &str) -> Result<Self, TextFault> {
        let lines: Vec<&str> = note.split('\n').collect();
        if lines[0].is_empty() {
            return Err(TextFault::new(1, "检查点应以日志名称开头", "a checkpoint begins with the name of its log"));
        }
        let size = lines.get(1).and_then(|text| number(text));
        let size = size.ok_or_else(|| TextFault::new(2, "应为日志大小（整数）", "the size of the log is needed, a whole number"))?;
        let root = lines.get(2).filter(|_| lines.len() > 3).and_then(|text| root(text));
        let root = root.ok_or_else(|| {
            TextFault::new(3, "应为以base64写的根，后有换行", "the root of the tree is needed, in base64 and with a line feed")
        })?;
        Ok(Self { size, root })
    }
}

/// The bytes of a root in base64, as hexadecimal digits; there is one writing of each.
fn root(text: &str) -> Option<String> {
    let bytes: [u8; 32] = STANDARD.decode(text).ok()?.try_into().ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
