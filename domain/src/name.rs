//! Keys of names as they are searched, and what may stand in one line; the key itself is made in `canonical`.

use std::collections::BTreeSet;

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

/// A line of text without control characters and no longer than `max` characters.
pub fn is_safe_line(text: &str, max: usize) -> bool {
    text.chars().count() <= max && !text.chars().any(char::is_control)
}
