//! Signing in and administration.

use api::city::demo;
use serde_json::json;

use crate::{on_both, support::world::World};

on_both!(lockout_after_five_wrong_passwords rights_end_with_the_account administration_and_case_work_do_not_mix);

const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) { token problem } }";

async fn lockout_after_five_wrong_passwords(world: World) {
    for _ in 0..5 {
        let answer = world.ask(None, SIGN_IN, json!({ "input": { "login": "road", "password": "wrong password" } })).await;
        assert!(answer["data"]["signIn"]["token"].is_null());
    }
    let right = json!({ "input": { "login": "road", "password": demo::PASSWORD } });
    let answer = world.ask(None, SIGN_IN, right.clone()).await;
    assert!(answer["data"]["signIn"]["token"].is_null(), "locked");
    let later = world.app.sign_in_clock.now().0 + 16 * 60 * 1_000_000;
    world.app.sign_in_clock.set(domain::moment::Micros(later));
    let answer = world.ask(None, SIGN_IN, right).await;
    assert!(answer["data"]["signIn"]["token"].is_string());
    world.finish().await;
}

async fn rights_end_with_the_account(world: World) {
    let me = world.query("road", "{ me { account } }", json!({})).await["me"]["account"].clone();
    let disable = "mutation($account: String!) { disableAccount(account: $account) { refusal { reasons { code } } entry { verb } } }";
    let answer = world.query("admin", disable, json!({ "account": me })).await;
    assert_eq!(answer["disableAccount"]["entry"]["verb"], "disable_account");
    let token = world.token("road").await;
    let answer = world.ask(Some(&token), "{ me { account } }", json!({})).await;
    assert!(answer["data"]["me"].is_null(), "the token is worthless at once");
    world.finish().await;
}

async fn administration_and_case_work_do_not_mix(world: World) {
    let me = world.query("admin", "{ me { account } }", json!({})).await["me"]["account"].clone();
    let grant = "mutation($account: String!) { grantRole(account: $account, rank: OFFICER, office: \"anyue\") { refusal { reasons { code } } } }";
    let answer = world.query("admin", grant, json!({ "account": me })).await;
    assert_eq!(answer["grantRole"]["refusal"]["reasons"][0]["code"], "RANKS_DO_NOT_MIX");
    let token = world.token("road").await;
    let answer = world.ask(Some(&token), grant, json!({ "account": me })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    world.finish().await;
}
