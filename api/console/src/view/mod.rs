//! Templates, words in two languages, days.
//!
//! | module | holds |
//! |---|---|
//! | `words` | one of two languages |
//! | `days` | days as people write them, counted days as a strip |

pub mod days;
pub mod words;

use std::sync::Arc;

use include_dir::{Dir, include_dir};
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};
use serde_json::Value;

use crate::visit::Language;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Titles of the closed words, set by set, as the house says them.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    sets: Arc<serde_json::Map<String, Value>>,
    drawn: minijinja::Value,
}

impl Titles {
    /// Out of the answer to the document of words.
    #[must_use]
    pub fn of(answer: &Value) -> Self {
        let sets = answer["words"].as_array().into_iter().flatten();
        let sets: serde_json::Map<String, Value> =
            sets.filter_map(|set| Some((set["name"].as_str()?.to_owned(), set["words"].clone()))).collect();
        Self { drawn: minijinja::Value::from(Serde(sets.clone())), sets: Arc::new(sets) }
    }

    /// The words of a set as options of a field.
    pub fn words(&self, set: &str) -> Value {
        self.sets.get(set).cloned().unwrap_or_default()
    }
}

/// All templates. A release holds them; a debug build reads them from their folder at each page, so that a change is seen at once.
#[derive(Debug)]
pub struct Pages {
    kept: Environment<'static>,
}

impl Pages {
    #[must_use]
    pub fn new() -> Self {
        Self { kept: environment() }
    }

    /// A page's text.
    ///
    /// # Errors
    /// Of a template that is missing, or that uses what the page does not bring.
    pub fn draw(&self, template: &str, language: Language, titles: &Titles, frame: Value, page: Value) -> Result<String, Error> {
        let fresh;
        let pages = if cfg!(debug_assertions) {
            fresh = environment();
            &fresh
        } else {
            &self.kept
        };
        let drawn = pages.get_template(template).and_then(|found| {
            let own = minijinja::context! { f => Serde(frame), p => Serde(page), titles => titles.drawn.clone(), lang => language.key() };
            found.render(own)
        });
        if cfg!(debug_assertions)
            && let Err(fault) = &drawn
        {
            eprintln!("{fault:#}");
        }
        drawn
    }
}

impl Default for Pages {
    fn default() -> Self {
        Self::new()
    }
}

fn environment() -> Environment<'static> {
    let mut pages = Environment::new();
    pages.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    pages.set_auto_escape_callback(|_| AutoEscape::Html);
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        pages.set_syntax(syntax);
    }
    for (name, text) in texts() {
        // A template that cannot be read is missed by name when its page is drawn.
        let added = pages.add_template_owned(name, text);
        if cfg!(debug_assertions)
            && let Err(fault) = added
        {
            eprintln!("{fault:#}");
        }
    }
    words::add(&mut pages);
    days::add(&mut pages);
    pages
}

fn texts() -> Vec<(String, String)> {
    if cfg!(debug_assertions) {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let folders = [root.clone(), root.join("parts")];
        let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().filter_map(Result::ok);
        let named = files.filter_map(|file| {
            let name = file.path().strip_prefix(&root).ok()?.to_str()?.to_owned();
            Some((name, std::fs::read_to_string(file.path()).ok()?))
        });
        let found: Vec<_> = named.collect();
        if !found.is_empty() {
            return found;
        }
    }
    let all = TEMPLATES.files().chain(TEMPLATES.dirs().flat_map(Dir::files));
    let named = all.filter_map(|file| Some((file.path().to_str()?.to_owned(), file.contents_utf8()?.to_owned())));
    named.collect()
}
