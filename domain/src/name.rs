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

/// Characters of a gram.
const GRAM: usize = 3;
/// Parts of a searched text that are looked at.
const PROBES: usize = 24;

/// Everything under which a searchable name is kept: the three characters that begin at each place, fewer at its end.
pub fn grams(key: &str) -> BTreeSet<String> {
    let characters: Vec<char> = key.chars().collect();
    (0..characters.len()).map(|start| characters[start..].iter().take(GRAM).collect()).collect()
}

/// The ranges (from, below) of grams of which a name that holds a text has one each; at most so many that a search is short.
pub fn probes(key: &str) -> Vec<(String, String)> {
    let characters: Vec<char> = key.chars().collect();
    let parts: BTreeSet<String> = characters.windows(GRAM.min(characters.len()).max(1)).map(|part| part.iter().collect()).collect();
    parts.into_iter().take(PROBES).map(|part| (part.clone(), format!("{part}{}", char::MAX))).collect()
}

/// A line of text without control characters and no longer than `max` characters.
pub fn is_safe_line(text: &str, max: usize) -> bool {
    text.chars().count() <= max && !text.chars().any(char::is_control)
}
