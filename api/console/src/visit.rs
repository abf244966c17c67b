//! Who asks: the session's cookie, the language, the path, what stands behind the question mark.

use std::{collections::BTreeMap, convert::Infallible};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
    response::Redirect,
};
use serde_json::Value;

use crate::{guard, house::Visitor, view::words::Both};

/// The language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Zh,
    En,
}

impl Language {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Zh, Self::En].into_iter().find(|language| language.key() == word)
    }

    /// The text in this language.
    pub fn of_both(self, words: &Both) -> &str {
        match self {
            Self::Zh => &words.zh,
            Self::En => &words.en,
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

/// Where a request came from, as the house counts and logs it.
#[derive(Clone, Debug)]
pub struct From(pub String);

/// One request to the console.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    pub visitor: Visitor,
    pub language: Language,
    /// Set where the language was chosen by this very request.
    pub chosen: bool,
    pub path: String,
    pub query: BTreeMap<String, String>,
    pub headers: HeaderMap,
}

impl Visit {
    /// What stands behind the question mark under a name; empty counts as missing.
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The sign of a form of this session.
    pub fn sign(&self) -> String {
        self.visitor.token.as_deref().map(guard::sign).unwrap_or_default()
    }

    /// The same page with other values behind the question mark; an empty one is left out.
    pub fn here_with(&self, changed: &[(&str, &str)]) -> String {
        let mut query = self.query.clone();
        query.remove("done");
        for (name, value) in changed {
            query.insert((*name).to_owned(), (*value).to_owned());
        }
        let mut text = form_urlencoded::Serializer::new(String::new());
        for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
            text.append_pair(name, value);
        }
        let text = text.finish();
        if text.is_empty() { self.path.clone() } else { format!("{}?{text}", self.path) }
    }

    /// What the address of a page says after an act: the number of its entry, with a sign that the console wrote it.
    pub fn with_done(&self, back: &str, entry: &str) -> String {
        let joint = if back.contains('?') { '&' } else { '?' };
        format!("{back}{joint}done={entry}.{}", self.done_sign(entry))
    }

    /// The entry of the act that led here; none where the console did not write it.
    pub fn done(&self) -> Option<&str> {
        let (entry, sign) = self.asked("done")?.split_once('.')?;
        let own = self.visitor.token.is_some() && entry.bytes().all(|byte| byte.is_ascii_digit());
        own.then_some(())?;
        guard::same(sign, &self.done_sign(entry)).then_some(entry)
    }

    fn done_sign(&self, entry: &str) -> String {
        guard::sign(&format!("{} {entry}", self.visitor.token.as_deref().unwrap_or_default())).chars().take(8).collect()
    }

    /// The address of the next page of a list; none on the last one.
    pub fn next(&self, page: &Value) -> Value {
        match page["endCursor"].as_str().filter(|_| page["hasNextPage"] == true) {
            Some(cursor) => self.here_with(&[("after", cursor), ("lang", "")]).into(),
            None => Value::Null,
        }
    }

    /// Where a stranger signs in, coming back here afterwards.
    pub fn sign_in(&self) -> Redirect {
        let next = form_urlencoded::byte_serialize(self.here_with(&[]).as_bytes()).collect::<String>();
        Redirect::to(&format!("/sign-in?next={next}"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query: BTreeMap<String, String> =
            form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        let chosen = query.get("lang").and_then(|word| Language::of(word));
        let kept = guard::language(&parts.headers).and_then(Language::of);
        let address = parts.extensions.get::<From>().map(|from| from.0.clone());
        Ok(Self {
            visitor: Visitor { token: guard::token(&parts.headers), address },
            language: chosen.or(kept).unwrap_or_default(),
            chosen: chosen.is_some(),
            // One stroke begins it: two would be another site's address in a link.
            path: format!("/{}", parts.uri.path().trim_start_matches('/')),
            query,
            headers: parts.headers.clone(),
        })
    }
}

/// A request of somebody who brings a session: everybody else is sent to sign in.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Visit);

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Redirect> {
        let Ok(visit) = Visit::from_request_parts(parts, state).await;
        if visit.visitor.token.is_some() { Ok(Self(visit)) } else { Err(visit.sign_in()) }
    }
}
