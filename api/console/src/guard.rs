//! Cookies, the sign that a form is our own, and the origin of a request.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// The cookie of a session over plain HTTP, and over TLS.
const PLAIN: &str = "xinxiu";
const SECURE: &str = "__Host-xinxiu";
/// What is kept while a person is at the provider of identities.
const AWAY: &str = "xinxiu-away";
const AWAY_SECURE: &str = "__Host-xinxiu-away";
/// The cookie of the language.
const LANGUAGE: &str = "xinxiu-language";

/// A cookie's value.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE);
    let pairs = all.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    let mut found = pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(key, _)| *key == name);
    found.next().map(|(_, value)| value)
}

/// The token of the session.
pub fn token(headers: &HeaderMap) -> Option<String> {
    let value = cookie(headers, SECURE).or_else(|| cookie(headers, PLAIN))?;
    (!value.is_empty()).then(|| value.to_owned())
}

/// The language that was chosen.
pub fn language(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, LANGUAGE)
}

/// Whether the page was opened over TLS: a browser says so in the origin of what it sends.
fn over_tls(headers: &HeaderMap) -> bool {
    headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()).is_some_and(|origin| origin.starts_with("https://"))
}

/// Sets the session's cookie. `Lax`: a link in a letter opens in the reader's own session; every act has a sign and an origin.
pub fn set_token(headers: &HeaderMap, token: &str) -> String {
    set_token_over(over_tls(headers), token)
}

/// Sets the session's cookie where the browser came from elsewhere and names no origin.
pub fn set_token_over(secure: bool, token: &str) -> String {
    set(secure, [PLAIN, SECURE], token, "")
}

/// Ends the session's cookies, whichever was set.
pub fn end_token() -> [String; 2] {
    end([PLAIN, SECURE])
}

/// A cookie that no script reads, under the one of two names that belongs to plain HTTP or to TLS.
fn set(secure: bool, [plain, under_tls]: [&str; 2], value: &str, more: &str) -> String {
    let (name, secure) = if secure { (under_tls, "; Secure") } else { (plain, "") };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{more}{secure}")
}

/// Ends it under both names.
fn end(names: [&str; 2]) -> [String; 2] {
    [false, true].map(|secure| set(secure, names, "", "; Max-Age=0"))
}

/// What a browser keeps while its person is at the provider of identities, and whether it came back over TLS.
pub fn away(headers: &HeaderMap) -> Option<(&str, bool)> {
    let secure = cookie(headers, AWAY_SECURE).map(|value| (value, true));
    secure.or_else(|| cookie(headers, AWAY).map(|value| (value, false))).filter(|(value, _)| !value.is_empty())
}

/// Keeps it for ten minutes. `Lax`: the person comes back by a link of the provider.
pub fn set_away(secure: bool, value: &str) -> String {
    set(secure, [AWAY, AWAY_SECURE], value, "; Max-Age=600")
}

/// Ends it.
pub fn end_away() -> [String; 2] {
    end([AWAY, AWAY_SECURE])
}

/// An answer that sets these cookies, too.
pub fn with_cookies(mut answer: Response, cookies: impl IntoIterator<Item = String>) -> Response {
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    answer
}

/// Sets the language's cookie, for a year.
pub fn set_language(language: &str) -> String {
    format!("{LANGUAGE}={language}; Path=/; SameSite=Lax; Max-Age=31536000")
}

/// The sign that a form was drawn for this session: only who knows the token can make it, and no other site does.
pub fn sign(token: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"xinxiu form\0");
    hash.update(token.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// Compares in a time that does not tell where the difference lies.
pub fn same(left: &str, right: &str) -> bool {
    let differ = left.bytes().zip(right.bytes()).fold(0, |differ, (left, right)| differ | (left ^ right));
    left.len() == right.len() && differ == 0
}

/// Whether a request that changes something came from a page of ours: browsers say so in `Origin` or `Sec-Fetch-Site`.
pub fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = text("origin") {
        let host = text("host").unwrap_or_default();
        return origin.split_once("://").is_some_and(|(_, site)| !host.is_empty() && site.eq_ignore_ascii_case(host));
    }
    text("sec-fetch-site") == Some("same-origin")
}
