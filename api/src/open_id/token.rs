//! The checks of an ID token (OpenID Connect Core 1.0, section 3.1.3.7): signature, algorithm, issuer, audience, times, nonce.

use jsonwebtoken::{
    DecodingKey, Header, Validation, decode, decode_header,
    jwk::{Jwk, PublicKeyUse},
};
use serde::Deserialize;

use super::{signature::ALLOWED, talk::Fault};

/// Seconds by which two clocks may differ.
const LEEWAY: u64 = 60;
/// Bytes of a token.
const LONGEST: usize = 16 * 1024;
/// Keys that are tried where the token does not say which.
const TRIED: usize = 8;
/// Characters of a subject, by the standard.
const SUBJECT: usize = 255;

/// What a token must be about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected<'a> {
    pub issuer: &'a str,
    pub client: &'a str,
    pub nonce: &'a str,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    /// One party or several; that the house is one of them has been checked.
    aud: serde_json::Value,
    azp: Option<String>,
    nonce: Option<String>,
}

/// A token whose head was read and whose signature was not checked yet.
pub(super) struct Unchecked<'a> {
    text: &'a str,
    head: Header,
}

/// Reads the head: an algorithm that is not allowed is refused before any key is looked at.
pub(super) fn unchecked(text: &str) -> Result<Unchecked<'_>, Fault> {
    if text.len() > LONGEST {
        return Err(Fault::doubt("the token is too long"));
    }
    let head = decode_header(text).map_err(|_| Fault::doubt("the token's head cannot be read, or it is not signed"))?;
    if !ALLOWED.contains(&head.alg) {
        return Err(Fault::doubt("the token is signed with an algorithm that is not allowed"));
    }
    Ok(Unchecked { text, head })
}

impl Unchecked<'_> {
    /// Keys of the provider that may have signed it.
    pub fn fitting<'k>(&self, keys: &'k [Jwk]) -> Vec<&'k Jwk> {
        let fits = |key: &&Jwk| {
            let named = self.head.kid.as_ref().is_none_or(|kid| key.common.key_id.as_ref() == Some(kid));
            let signs = key.common.public_key_use.as_ref().is_none_or(|word| *word == PublicKeyUse::Signature);
            let same = key.common.key_algorithm.as_ref().is_none_or(|word| format!("{word:?}") == format!("{:?}", self.head.alg));
            named && signs && same
        };
        keys.iter().filter(fits).take(TRIED).collect()
    }

    /// What the provider calls the person, once every check has passed.
    pub fn checked(&self, keys: &[&Jwk], expected: Expected<'_>) -> Result<String, Fault> {
        let mut rule = Validation::new(self.head.alg);
        (rule.leeway, rule.validate_nbf) = (LEEWAY, true);
        rule.set_audience(&[expected.client]);
        rule.set_issuer(&[expected.issuer]);
        rule.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let mut why = Fault::doubt("no key of the provider fits the token");
        for key in keys {
            let Ok(key) = DecodingKey::from_jwk(key) else { continue };
            match decode::<Claims>(self.text, &key, &rule) {
                Ok(token) => return said(token.claims, expected),
                Err(fault) => why = Fault::doubt(format!("{:?}", fault.kind())),
            }
        }
        Err(why)
    }
}

fn said(claims: Claims, expected: Expected<'_>) -> Result<String, Fault> {
    let several = claims.aud.as_array().is_some_and(|all| all.iter().any(|one| one != expected.client));
    let azp = claims.azp.as_deref();
    if azp.is_some_and(|party| party != expected.client) || (several && azp.is_none()) {
        return Err(Fault::doubt("the token was made for another party"));
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(Fault::doubt("the token belongs to another sign-in"));
    }
    let length = claims.sub.chars().count();
    if length == 0 || length > SUBJECT || claims.sub.chars().any(char::is_control) {
        return Err(Fault::doubt("the token names nobody"));
    }
    Ok(claims.sub)
}
