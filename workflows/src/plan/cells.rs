//! Cells of a line that is sent to a platform: whether they are filled, and of their type.

use domain::{
    canonical,
    identifier::{ResidentId, Uscc},
};
use time::Date;

/// What people write where they know nothing; a cell with it is as good as empty.
pub const PLACEHOLDERS: [&str; 9] = ["无", "/", "-", "—", "暂无", "不详", "0000", "NULL", "空"];

/// Most decimals of a sum: sums are in units of ten thousand yuan, to the cent.
const DECIMALS: usize = 6;

/// What a cell may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellType<'a> {
    /// At most so many characters.
    Text(Option<u64>),
    /// Printable characters, at most so many.
    Code(Option<u64>),
    Uscc,
    ResidentId,
    Date,
    Money,
    Choice(Vec<&'a str>),
}

/// A cell without the white space around it, that of Chinese type (U+3000) included.
pub fn trimmed(value: &str) -> &str {
    value.trim()
}

/// Whether a trimmed cell says anything.
pub fn is_filled(value: &str) -> bool {
    !value.is_empty() && !PLACEHOLDERS.contains(&value)
}

impl CellType<'_> {
    /// What is wrong with a trimmed cell that has to be filled.
    pub fn fault(&self, value: &str) -> Option<&'static str> {
        if value.is_empty() {
            Some("MISSING")
        } else if PLACEHOLDERS.contains(&value) {
            Some("PLACEHOLDER")
        } else {
            (!self.admits(value)).then_some("INVALID")
        }
    }

    fn admits(&self, value: &str) -> bool {
        let fits = |longest: &Option<u64>| longest.is_none_or(|longest| value.chars().count() as u64 <= longest);
        match self {
            Self::Text(longest) => fits(longest),
            Self::Code(longest) => fits(longest) && value.chars().all(|sign| sign == ' ' || !canonical::is_unseen(sign)),
            Self::Uscc => Uscc::parse(value).is_ok(),
            // No day is asked for, so that the same line is the same on every day: only what no day can change is checked.
            Self::ResidentId => ResidentId::parse(value, Date::MAX).is_ok(),
            Self::Date => domain::day::parse(value).is_some(),
            Self::Money => is_money(value),
            Self::Choice(options) => options.contains(&value),
        }
    }
}

/// Digits, and behind a point at most so many more; no sign, so that nothing is negative.
fn is_money(value: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match value.split_once('.') {
        None => digits(value),
        Some((whole, parts)) => digits(whole) && digits(parts) && parts.len() <= DECIMALS,
    }
}
