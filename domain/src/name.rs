//! Names as people type them: brackets, widths and spaces must not matter in a search.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

/// The form under which a name is searched: compatibility forms folded, brackets unified, no white space, lower case.
pub fn search_key(name: &str) -> String {
    name.nfkc()
        .filter(|character| !character.is_whitespace())
        .map(|character| match character {
            '（' | '[' | '［' | '【' | '〔' | '｛' | '{' | '<' | '〈' | '《' => '(',
            '）' | ']' | '］' | '】' | '〕' | '｝' | '}' | '>' | '〉' | '》' => ')',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

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
