//! The HTML part, made from the rendered text by what its paragraphs begin with. Nothing else decides its shape, so the
//! two parts cannot say different things.

use minijinja::{Value, context};

use super::cleaning::Language;

/// One language of the letter, as `layout.html` shows it.
pub(super) fn half(language: Language, text: &str, link: Option<&str>) -> Value {
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.trim_matches('\n')).filter(|text| !text.is_empty());
    let blocks: Vec<Value> = paragraphs.map(|paragraph| block(paragraph, link)).collect();
    context! { lang => language.tag(), blocks }
}

fn block(paragraph: &str, link: Option<&str>) -> Value {
    let (kind, text) = match paragraph.strip_prefix("■ ") {
        Some(title) => ("heading", title),
        None if paragraph.starts_with("    ") => ("quote", paragraph),
        None if Some(paragraph) == link => ("link", paragraph),
        None => ("text", paragraph),
    };
    let lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).collect();
    context! { kind, lines }
}
