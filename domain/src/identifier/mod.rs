//! Identifiers of subjects, checked by the published algorithms.
//!
//! | module | holds |
//! |---|---|
//! | `uscc` | unified social credit code (GB 32100-2015) |
//! | `resident_id` | citizen identity number (GB 11643-1999) |

pub mod resident_id;
pub mod uscc;

pub use resident_id::ResidentId;
pub use uscc::Uscc;

/// Why an identifier is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {en}")]
pub struct IdentifierFault {
    /// Stable word for clients.
    pub code: &'static str,
    /// The wrong character, counted from 1.
    pub position: Option<usize>,
    pub zh: String,
    pub en: String,
}

impl IdentifierFault {
    fn new(code: &'static str, position: Option<usize>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, position, zh: zh.into(), en: en.into() }
    }
}

/// The signs of a code in its canonical form.
fn normalised(text: &str) -> Vec<char> {
    crate::canonical::code(text).chars().collect()
}

fn length(found: usize) -> IdentifierFault {
    IdentifierFault::new("WRONG_LENGTH", None, format!("应为18位，实为{found}位"), format!("18 characters are needed, {found} are given"))
}

/// Whether signs are all one and the same, as people type them where they know none.
fn is_filler(signs: &[char]) -> bool {
    signs.windows(2).all(|pair| pair[0] == pair[1])
}

/// Whether six digits name no division: one repeated digit, or a leading zero, which no province has (GB/T 2260).
fn is_no_division(signs: &[char]) -> bool {
    is_filler(signs) || signs.first() == Some(&'0')
}

fn placeholder(position: usize, shown: &[char], zh: &str, en: &str) -> IdentifierFault {
    let shown: String = shown.iter().collect();
    IdentifierFault::new(
        "PLACEHOLDER",
        Some(position),
        format!("第{position}位起“{shown}”是凑数的占位符，不是{zh}；代码未知的，请先核实再填报，不得以占位符代替"),
        format!(
            "“{shown}” from character {position} on is a placeholder and no {en}; where the code is not known, find it out before filing, and put nothing in its place"
        ),
    )
}

fn wrong_check(expected: char, found: char) -> IdentifierFault {
    IdentifierFault::new(
        "WRONG_CHECK_CHARACTER",
        Some(18),
        format!("校验码错误：按前17位应为{expected}，实为{found}"),
        format!("the check character is {found}, but the first 17 characters give {expected}"),
    )
}
