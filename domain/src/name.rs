//! Keys of names as they are searched, and what may stand in one line; the key itself is made in `canonical`.

use std::collections::BTreeSet;

use crate::personal::Sealed;

/// Most characters of a tail.
const TAIL: usize = 32;

/// Everything under which a searchable name is kept: what follows at each of its characters.
pub fn tails(key: &str) -> BTreeSet<String> {
    key.char_indices().map(|(start, _)| key[start..].chars().take(TAIL).collect()).collect()
}

/// The range (from, below) of tails of which a name that holds a text has one.
pub fn tail_range(key: &str) -> (String, String) {
    let from: String = key.chars().take(TAIL).collect();
    let below = format!("{from}{}", char::MAX);
    (from, below)
}

/// Signs that turn the direction of what stands beside them: a reader would see another text than the one that is kept.
const fn turns_text(sign: char) -> bool {
    matches!(sign, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A line of text without control characters, without signs that turn its direction, and no longer than `max` characters; and
/// nothing that would be taken for the reference to a sealed text.
pub fn is_safe_line(text: &str, max: usize) -> bool {
    let plain = text.chars().count() <= max && !text.chars().any(|sign| sign.is_control() || turns_text(sign));
    plain && Sealed::all_in(text).is_empty()
}

/// Whether a text is a telephone number: five to twenty digits, with nothing beside them but what people write between digits.
pub fn is_telephone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (5..=20).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || "+-() （）转、,/ext.".contains(c))
}
