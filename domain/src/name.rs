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

/// The pairs of neighbouring characters of a searchable name, each once; of a single character itself.
pub fn pairs(key: &str) -> BTreeSet<String> {
    let characters: Vec<char> = key.chars().collect();
    match characters.as_slice() {
        [] => BTreeSet::new(),
        [one] => BTreeSet::from([one.to_string()]),
        more => more.windows(2).map(|pair| pair.iter().collect()).collect(),
    }
}

/// Everything under which a searchable name is kept: its characters and its pairs of characters.
pub fn grams(key: &str) -> BTreeSet<String> {
    key.chars().map(String::from).chain(pairs(key)).collect()
}

/// A line of text without control characters and no longer than `max` characters.
pub fn is_safe_line(text: &str, max: usize) -> bool {
    text.chars().count() <= max && !text.chars().any(char::is_control)
}
