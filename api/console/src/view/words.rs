//! One of two languages: both stand side by side in the template, as everywhere in the house.

use minijinja::{Environment, State, Value};
use serde::Serialize;

/// A title and a text, in both languages.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    pub title: Both,
    pub text: Both,
}

/// A text in both languages.
#[derive(Clone, Debug, Serialize)]
pub struct Both {
    pub zh: String,
    pub en: String,
}

impl Both {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

impl Said {
    pub fn of(zh_title: &str, en_title: &str, zh: &str, en: &str) -> Self {
        Self { title: Both::new(zh_title, en_title), text: Both::new(zh, en) }
    }
}

fn is_english(state: &State<'_, '_>) -> bool {
    state.lookup("lang").and_then(|lang| lang.as_str().map(|lang| lang == "en")).unwrap_or(false)
}

/// `w("工作台", "Desk")`: what a template says itself; `words | t`: what the house says.
pub fn add(pages: &mut Environment<'static>) {
    pages.add_function("w", |state: &State<'_, '_>, zh: Value, en: Value| if is_english(state) { en } else { zh });
    pages.add_filter("t", |state: &State<'_, '_>, words: Value| {
        let key = if is_english(state) { "en" } else { "zh" };
        words.get_attr(key).unwrap_or_default()
    });
    pages.add_filter("enc", |text: Value| form_urlencoded::byte_serialize(text.to_string().as_bytes()).collect::<String>());
    pages.add_filter("size", |state: &State<'_, '_>, bytes: i64| match bytes {
        0..1024 => format!("{bytes}{}", if is_english(state) { " bytes" } else { "字节" }),
        1024..1_048_576 => format!("{} KB", (bytes + 512) / 1024),
        _ => format!("{} MB", (bytes + 524_288) / 1_048_576),
    });
    pages.add_filter("phase", |phase: &str| match phase {
        "DRAFT" => "draft",
        "WAITING_FOR_PARTY" | "WAITING_FOR_OTHERS" => "wait",
        "DECIDING" => "decide",
        "IN_EFFECT" | "ENDED" => "done",
        _ => "ours",
    });
}
