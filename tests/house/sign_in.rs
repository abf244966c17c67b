//! Signing in: tries are counted before a password is compared, nobody is locked out by a stranger, and a token ends for good.

use std::collections::BTreeMap;

use api::{
    city::{acts, demo},
    people::log,
};
use domain::{admin::AdminAct, moment::Micros, sign_in::SignInOutcome};
use serde_json::{Value, json};

use crate::{on_both, support::world::World};

on_both!(
    lockout_after_five_wrong_passwords guesses_at_once_are_counted_one_by_one no_stranger_locks_anybody_out one_sign_in_a_request
    a_login_is_the_same_however_it_is_typed passwords_that_are_easy_to_guess_are_not_taken one_changes_the_own_password
    sessions_are_seen_and_ended_by_their_owner a_token_ends_when_it_is_not_used a_dead_token_is_told_and_stays_dead auditors_read_who_signed_in_for_as_long_as_the_setting_says
);

const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) { token problem { zh en } } }";
const MINUTE: i64 = 60_000_000;

fn input(login: &str, password: &str) -> Value {
    json!({ "input": { "login": login, "password": password } })
}

async fn sign_in(world: &World, login: &str, password: &str) -> Option<String> {
    let answer = world.ask(None, SIGN_IN, input(login, password)).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["signIn"]["token"].as_str().map(str::to_owned)
}

async fn sign_in_from(world: &World, address: &str, login: &str, password: &str) -> bool {
    let answer = world.ask_from(address, SIGN_IN, input(login, password)).await;
    answer["data"]["signIn"]["token"].is_string()
}

fn later(world: &World, minutes: i64) {
    let clock = &world.app.sign_in_clock;
    clock.set(Micros(clock.now().0 + minutes * MINUTE));
}

/// How many tries had which outcome.
async fn outcomes(world: &World) -> BTreeMap<SignInOutcome, usize> {
    let mut found = BTreeMap::new();
    for line in log::lines(&world.app.database, None, None, 100_000).await.expect("the log") {
        *found.entry(line.outcome).or_default() += 1;
    }
    found
}

async fn account(world: &World, login: &str) -> Value {
    world.query(login, "{ me { account } }", json!({})).await["me"]["account"].clone()
}

async fn lockout_after_five_wrong_passwords(world: World) {
    for _ in 0..5 {
        assert!(sign_in(&world, "road", "wrong password").await.is_none());
    }
    assert!(sign_in(&world, "road", demo::PASSWORD).await.is_none(), "locked");
    later(&world, 16);
    assert!(sign_in(&world, "road", demo::PASSWORD).await.is_some());
    world.finish().await;
}

/// trouble/10: forty wrong passwords at once counted as one.
async fn guesses_at_once_are_counted_one_by_one(world: World) {
    let wrong: Vec<_> = (0..40).map(|number| format!("wrong password {number}")).collect();
    let all = wrong.iter().map(|password| sign_in(&world, "lezhi", password));
    assert!(futures_util::future::join_all(all).await.iter().all(Option::is_none));
    let found = outcomes(&world).await;
    assert_eq!(found.get(&SignInOutcome::WrongPassword), Some(&5), "no more than five passwords were compared: {found:?}");
    assert_eq!(found.get(&SignInOutcome::Locked), Some(&35));
    assert!(sign_in(&world, "lezhi", demo::PASSWORD).await.is_none(), "locked after forty wrong ones");
    // The same for a login that nobody has: nothing tells them apart.
    let all = wrong.iter().map(|password| sign_in(&world, "nobody", password));
    assert!(futures_util::future::join_all(all).await.iter().all(Option::is_none));
    assert_eq!(outcomes(&world).await.get(&SignInOutcome::Unknown), Some(&5));
    world.finish().await;
}

async fn no_stranger_locks_anybody_out(world: World) {
    later(&world, 0); // the clock stands still from here on
    assert!(sign_in_from(&world, "10.1.1.1", "road", demo::PASSWORD).await, "the office's own address");
    // Ten strangers with five guesses each, and one that guesses on and on.
    for stranger in 0..10 {
        for guess in 0..5 {
            assert!(!sign_in_from(&world, &format!("203.0.113.{stranger}"), "road", &format!("a guess {guess}")).await);
        }
    }
    for guess in 0..10 {
        assert!(!sign_in_from(&world, "203.0.113.1", "road", &format!("a guess {guess}")).await);
    }
    let found = outcomes(&world).await;
    assert_eq!(found.get(&SignInOutcome::WrongPassword), Some(&21), "twenty guesses, then one in half a minute: {found:?}");
    assert!(sign_in_from(&world, "10.1.1.1", "road", demo::PASSWORD).await, "where the account signs in, no stranger keeps it out");
    // From an address that it does not know it waits its turn.
    assert!(!sign_in_from(&world, "10.9.9.9", "road", demo::PASSWORD).await);
    later(&world, 1);
    assert!(sign_in_from(&world, "10.9.9.9", "road", demo::PASSWORD).await, "slowed down, not locked");
    // An address alone is limited too, whatever logins it tries; an IPv6 network counts as one.
    for guess in 0..101 {
        let address = format!("2001:db8::{guess:x}");
        assert!(!sign_in_from(&world, &address, &format!("login-{guess}"), "a guess of no account").await);
    }
    assert!(!sign_in_from(&world, "2001:db8::ffff", "anyue", demo::PASSWORD).await, "too many tries from this network");
    assert!(sign_in_from(&world, "2001:db8:0:1::1", "anyue", demo::PASSWORD).await, "another network is not hindered");
    world.finish().await;
}

async fn one_sign_in_a_request(world: World) {
    let queries = [
        "mutation($a: SignInInput!) { one: signIn(input: $a) { token } two: signIn(input: $a) { token } }",
        "mutation($a: SignInInput!) { ...x ...x other: signIn(input: $a) { token } } fragment x on Mutation { signIn(input: $a) { token } }",
    ];
    for query in queries {
        let answer = world.ask(None, query, json!({ "a": { "login": "road", "password": demo::PASSWORD } })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{answer}");
        assert!(answer.get("data").is_none());
    }
    assert!(outcomes(&world).await.is_empty(), "nothing was tried");
    world.finish().await;
}

/// trouble/20.
async fn a_login_is_the_same_however_it_is_typed(world: World) {
    for typed in ["Yanjiang", "yanjiang ", "ｙａｎｊｉａｎｇ", " YANJIANG\t"] {
        assert!(sign_in(&world, typed, demo::PASSWORD).await.is_some(), "{typed:?} is yanjiang");
    }
    let add = "mutation($input: AddAccountInput!) { addAccount(input: $input) { account refusal { reasons { code } } } }";
    let token = world.token("admin").await;
    let added = async |login: &str| {
        world.ask(Some(&token), add, json!({ "input": { "login": login, "password": demo::PASSWORD, "name": "张三" } })).await
    };
    for twin in ["Yanjiang", "yanjiang ", "ｙanjiang"] {
        let answer = added(twin).await;
        assert_eq!(answer["data"]["addAccount"]["refusal"]["reasons"][0]["code"], "LOGIN_TAKEN", "{twin:?}: {answer}");
    }
    let long = "长".repeat(300);
    for wrong in ["", "   ", "yan\u{200b}jiang", "уanjiang", "yan jiang", "a\u{0}b", &long] {
        let answer = added(wrong).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{wrong:?}: {answer}");
        assert_eq!(answer["errors"][0]["extensions"]["field"], "input.login", "{wrong:?}: {answer}");
    }
    for right in ["王小明", "wang.xm-2@ziyang", &"长".repeat(64)] {
        assert!(added(right).await["data"]["addAccount"]["account"].is_string(), "{right}");
    }
    world.finish().await;
}

async fn passwords_that_are_easy_to_guess_are_not_taken(world: World) {
    let add = "mutation($input: AddAccountInput!) { addAccount(input: $input) { account } }";
    let token = world.token("admin").await;
    let added = async |login: &str, password: &str| {
        world.ask(Some(&token), add, json!({ "input": { "login": login, "password": password, "name": "李四" } })).await
    };
    for weak in [
        "short",
        "password1234",
        "123456789012",
        "qwertyuiop12",
        "aaaaaaaaaaaa",
        "密码密码密码密码密码密码",
        "ziyang123456",
        "newcomer-2026",
        &"x1Z?".repeat(40),
    ] {
        let answer = added("newcomer", weak).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], "input.password", "{weak}: {answer}");
    }
    // Composed and decomposed forms are one password.
    assert!(added("newcomer", "caf\u{e9} au lait \u{e0} six heures").await["data"]["addAccount"]["account"].is_string());
    assert!(sign_in(&world, "newcomer", "cafe\u{301} au lait a\u{300} six heures").await.is_some(), "typed on another keyboard");
    world.finish().await;
}

async fn one_changes_the_own_password(world: World) {
    let change = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { entry { verb actor { id } } refusal { reasons { code } } } }";
    let mine = account(&world, "road").await;
    let token = world.token("road").await;
    let changed =
        async |current: &str, new: &str| world.ask(Some(&token), change, json!({ "input": { "current": current, "new": new } })).await;
    assert_eq!(changed("not the current one", "four words nobody thinks of").await["errors"][0]["extensions"]["field"], "input.current");
    assert_eq!(changed(demo::PASSWORD, "password1234").await["errors"][0]["extensions"]["field"], "input.new");
    let done = changed(demo::PASSWORD, "four words nobody thinks of").await;
    assert_eq!(done["data"]["changePassword"]["entry"]["verb"], "note_password_reset", "{done}");
    assert_eq!(done["data"]["changePassword"]["entry"]["actor"]["id"], mine);
    let answer = world.ask(Some(&token), "{ me { account } }", json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "every token ends with the password");
    assert!(sign_in(&world, "road", demo::PASSWORD).await.is_none());
    let token = sign_in(&world, "road", "four words nobody thinks of").await.expect("the new one");
    // Guesses at the current password are counted like sign-ins.
    let mut codes = Vec::new();
    for _ in 0..6 {
        let answer =
            world.ask(Some(&token), change, json!({ "input": { "current": "a wrong guess", "new": "five words nobody thinks of" } })).await;
        codes.push(answer["errors"][0]["extensions"]["field"].clone());
    }
    let right = world
        .ask(Some(&token), change, json!({ "input": { "current": "four words nobody thinks of", "new": "five words nobody thinks of" } }))
        .await;
    assert_eq!(right["errors"][0]["extensions"]["field"], "input.current", "locked: {right}");
    world.finish().await;
}

async fn a_token_ends_when_it_is_not_used(world: World) {
    let token = sign_in(&world, "road", demo::PASSWORD).await.expect("a token");
    let me = async || world.ask(Some(&token), "{ me { account } }", json!({})).await;
    for _ in 0..4 {
        later(&world, 20);
        world.app.viewers.forget();
        assert!(me().await["data"]["me"]["account"].is_string(), "used every twenty minutes it goes on");
    }
    later(&world, 31);
    world.app.viewers.forget();
    assert_eq!(me().await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "half an hour unused");
    world.finish().await;
}

async fn a_dead_token_is_told_and_stays_dead(world: World) {
    let road = account(&world, "road").await;
    let token = world.token("road").await;
    let ask = async |scheme: &str| {
        let request =
            crate::support::patience::client().post(format!("{}/graphql", world.url)).header("authorization", format!("{scheme} {token}"));
        let answer = request
            .json(&json!({ "query": "{ me { account } published(first: 1) { nodes { number } } }" }))
            .send()
            .await
            .expect("an answer");
        (answer.status().as_u16(), answer.json::<Value>().await.expect("JSON"))
    };
    // trouble/21
    for scheme in ["Bearer", "bearer", "BEARER"] {
        assert_eq!(ask(scheme).await.1["data"]["me"]["account"], road, "{scheme}");
    }
    let disable = "mutation($account: String!) { disableAccount(account: $account) { refusal { reasons { code } } entry { verb } } }";
    let answer = world.query("admin", disable, json!({ "account": road })).await;
    assert_eq!(answer["disableAccount"]["entry"]["verb"], "disable_account", "{answer}");
    let (status, answer) = ask("Bearer").await;
    assert_eq!(
        (status, &answer["errors"][0]["extensions"]["code"]),
        (401, &json!("UNAUTHENTICATED")),
        "never a public answer in its place: {answer}"
    );
    assert!(answer.get("data").is_none());
    // Whoever holds a dead token can still sign in with it in the header.
    let answer = world.ask(Some(&token), SIGN_IN, input("anyue", demo::PASSWORD)).await;
    assert!(answer["data"]["signIn"]["token"].is_string(), "{answer}");
    let enable = disable.replace("disableAccount", "enableAccount");
    world.query("admin", &enable, json!({ "account": road })).await;
    assert_eq!(ask("Bearer").await.0, 401, "dead for good");
    assert!(sign_in(&world, "road", demo::PASSWORD).await.is_some(), "a new one is made");
    world.finish().await;
}

async fn sessions_are_seen_and_ended_by_their_owner(world: World) {
    let signed = async || {
        let answer = world.ask(None, SIGN_IN, input("road", demo::PASSWORD)).await;
        answer["data"]["signIn"]["token"].as_str().expect("a token").to_owned()
    };
    let (left, kept) = (signed().await, signed().await);
    let other = world.token("road-head").await;
    let open =
        async |token: &str| world.ask(Some(token), "{ sessions { begunAt usedAt own } }", json!({})).await["data"]["sessions"].clone();
    let seen = open(&kept).await;
    let own: Vec<_> = seen.as_array().expect("a list").iter().map(|one| one["own"] == true).collect();
    assert_eq!(own.iter().filter(|own| **own).count(), 1, "{seen}");
    assert!(own.len() == 2, "{seen}");
    let ended = world.ask(Some(&kept), "mutation { signOutElsewhere }", json!({})).await;
    assert_eq!(ended["data"]["signOutElsewhere"], 1, "{ended}");
    assert_eq!(world.ask(Some(&left), "{ me { login } }", json!({})).await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(open(&kept).await.as_array().map(Vec::len), Some(1));
    assert_eq!(open(&other).await.as_array().map(Vec::len), Some(1), "nobody else's session ended");
    let account = account(&world, "road").await;
    let tries = "query($account: String) { signIns(account: $account) { nodes { outcome } } }";
    let mine = world.ask(Some(&kept), tries, json!({ "account": account })).await;
    assert_eq!(mine["data"]["signIns"]["nodes"].as_array().map(Vec::len), Some(3), "{mine}");
    let foreign = world.ask(Some(&other), tries, json!({ "account": account })).await;
    assert_eq!(foreign["errors"][0]["extensions"]["code"], "FORBIDDEN", "{foreign}");
    world.finish().await;
}

async fn auditors_read_who_signed_in_for_as_long_as_the_setting_says(world: World) {
    assert!(!sign_in_from(&world, "198.51.100.7", "road", "wrong password").await);
    assert!(!sign_in_from(&world, "198.51.100.7", "nobody", "wrong password").await);
    assert!(sign_in_from(&world, "198.51.100.7", "road", demo::PASSWORD).await);
    let (road, anyue) = (account(&world, "road").await, account(&world, "anyue").await);
    let id: domain::ids::AccountId = anyue.as_str().expect("an id").parse().expect("an id");
    acts::operate(&world.app, AdminAct::DisableAccount { id }, Vec::new()).await.expect("disabled");
    assert!(!sign_in_from(&world, "198.51.100.8", "anyue", demo::PASSWORD).await);
    let query = "query($account: String, $after: String) { signIns(account: $account, first: 2, after: $after) { nodes { person { id } address at outcome } pageInfo { endCursor hasNextPage } } }";
    let (mut lines, mut after) = (Vec::new(), json!(null));
    loop {
        let page = world.query("auditor", query, json!({ "after": after })).await["signIns"].clone();
        lines.extend(page["nodes"].as_array().expect("a page").clone());
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    let said = |outcome: &str, address: &str| {
        lines
            .iter()
            .filter(|line| line["outcome"] == outcome && line["address"] == address)
            .map(|line| line["person"]["id"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(said("WRONG_PASSWORD", "198.51.100.7"), std::slice::from_ref(&road));
    assert_eq!(said("UNKNOWN", "198.51.100.7"), [json!(null)]);
    assert_eq!(said("DISABLED", "198.51.100.8"), [anyue]);
    let own = world.query("auditor", query, json!({ "account": road })).await["signIns"]["nodes"].clone();
    assert!(own.as_array().is_some_and(|lines| !lines.is_empty() && lines.iter().all(|line| line["person"]["id"] == road)), "{own}");
    later(&world, 181 * 24 * 60);
    world.on("2026-04-02").await;
    assert!(outcomes(&world).await.is_empty(), "kept for 180 days");
    world.finish().await;
}
