//! Names as people type them: brackets, widths and spaces must not matter in a search.

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

/// A line of text without control characters and no longer than `max` characters.
pub fn is_safe_line(text: &str, max: usize) -> bool {
    text.chars().count() <= max && !text.chars().any(char::is_control)
}
