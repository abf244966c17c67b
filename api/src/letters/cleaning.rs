//! Strangers' words made fit for a letter, and dates as people write them.

use time::{Date, format_description::BorrowedFormatItem, macros::format_description};

const ZH: &[BorrowedFormatItem<'_>] = format_description!("[year]年[month padding:none]月[day padding:none]日");
const EN: &[BorrowedFormatItem<'_>] = format_description!("[day padding:none] [month repr:long] [year]");

/// The two languages of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Zh,
    En,
}

impl Language {
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// As HTML's `lang` wants it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Picks the text of this language.
    pub fn of<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// 2026年11月24日 / 24 November 2026.
    pub fn date(self, date: Date) -> Result<String, time::error::Format> {
        date.format(match self {
            Self::Zh => ZH,
            Self::En => EN,
        })
    }
}

/// Invisible characters that turn the direction of a line or hide parts of a name.
const fn deceives(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// One line: control characters, line breaks and runs of spaces become one space.
pub(super) fn line(text: &str) -> String {
    let spaced: String = text.chars().filter(|&c| !deceives(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A quotation: every line indented, so that no quoted text can pass for the letter's own.
pub(super) fn quotation(text: &str) -> String {
    text.lines().map(line).filter(|line| !line.is_empty()).map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}
