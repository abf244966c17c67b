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

use unicode_normalization::UnicodeNormalization;

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

/// Full-width to half-width, upper case, no white space at the ends.
fn normalised(text: &str) -> Vec<char> {
    text.trim().nfkc().collect::<String>().trim().to_uppercase().chars().collect()
}

fn length(found: usize) -> IdentifierFault {
    IdentifierFault::new(
        "WRONG_LENGTH",
        None,
        format!("应为18位，实为{found}位"),
        format!("18 characters are needed, {found} are given"),
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
