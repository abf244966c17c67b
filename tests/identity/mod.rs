//! Signing in by an identity that another house vouches for: with a certified provider, and with one that gives wrong tokens.

mod certified;
mod pages;
mod wrong;

use std::collections::BTreeMap;

use api::people::log;
use domain::sign_in::SignInOutcome;
use serde_json::{Value, json};

use crate::support::{openid, patience, world::World};

const BEGIN: &str = "mutation { it: beginIdentitySignIn { address kept returnsTo why problem { zh en } } }";
const BEGIN_LINK: &str = "mutation { it: beginIdentityLink { address kept returnsTo why } }";
const SIGN_IN: &str =
    "mutation($input: IdentityReturnedInput!) { it: signInByIdentity(input: $input) { token expiresAt why problem { zh en } subject } }";
const LINK: &str =
    "mutation($input: IdentityReturnedInput!) { it: linkOwnIdentity(input: $input) { why entry { number } refusal { reasons { code } } } }";

/// One document at an address.
async fn asked(url: &str, token: Option<&str>, query: &str, variables: Value) -> Value {
    let mut request = patience::client().post(format!("{url}/graphql")).json(&json!({ "query": query, "variables": variables }));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["it"].clone()
}

/// What came back with the browser, as the second half takes it.
fn returned(url: &str, kept: &Value) -> Value {
    let of = |name: &str| openid::part(url, name);
    json!({ "input": { "code": of("code"), "state": of("state"), "issuer": of("iss"), "kept": kept } })
}

/// Links the identity of somebody at the certified provider to an account, by its owner.
async fn link(world: &World, house: &str, login: &str, who: &str) -> Value {
    let token = world.token(login).await;
    let begun = asked(house, Some(&token), BEGIN_LINK, json!({})).await;
    let back = openid::person(begun["address"].as_str().expect("an address"), Some(who)).await;
    asked(house, Some(&token), LINK, returned(&back, &begun["kept"])).await
}

/// Signs in at the certified provider, and comes back.
async fn sign_in(house: &str, who: &str) -> Value {
    let begun = asked(house, None, BEGIN, json!({})).await;
    let back = openid::person(begun["address"].as_str().expect("an address"), Some(who)).await;
    asked(house, None, SIGN_IN, returned(&back, &begun["kept"])).await
}

/// How many lines of the log have which outcome.
async fn outcomes(world: &World) -> BTreeMap<SignInOutcome, usize> {
    let mut found = BTreeMap::new();
    for line in log::lines(&world.app.database, None, None, 100_000).await.expect("the log") {
        *found.entry(line.outcome).or_default() += 1;
    }
    found
}
