//! With a provider that gives wrong tokens, or none: every one is refused, and the password is another way in.

use serde_json::{Value, json};

use super::{BEGIN, SIGN_IN, asked};
use crate::{
    house::people::account,
    on_both,
    support::{openid, world::World},
};

on_both!(wrong_tokens_open_nothing a_provider_that_is_down_keeps_nobody_out);

/// What the provider is asked to give, and what becomes of it.
const FAULTS: [(&str, Option<&str>); 31] = [
    ("good", None),
    ("late", None),
    ("several", None),
    ("expired", Some("NOT_VOUCHED")),
    ("endless", Some("NOT_VOUCHED")),
    ("endless-text", Some("NOT_VOUCHED")),
    ("early", Some("NOT_VOUCHED")),
    ("nonce", Some("NOT_VOUCHED")),
    ("no-nonce", Some("NOT_VOUCHED")),
    ("audience", Some("NOT_VOUCHED")),
    ("no-audience", Some("NOT_VOUCHED")),
    ("party", Some("NOT_VOUCHED")),
    ("no-party", Some("NOT_VOUCHED")),
    ("issuer", Some("NOT_VOUCHED")),
    ("nobody", Some("NOT_VOUCHED")),
    ("key", Some("NOT_VOUCHED")),
    ("unknown-key", Some("NOT_VOUCHED")),
    ("none", Some("NOT_VOUCHED")),
    ("shared", Some("NOT_VOUCHED")),
    ("bare", Some("NOT_VOUCHED")),
    ("changed", Some("NOT_VOUCHED")),
    ("junk", Some("NOT_VOUCHED")),
    ("long", Some("NOT_VOUCHED")),
    ("grant", Some("NOT_VOUCHED")),
    ("huge", Some("UNREACHABLE")),
    ("redirect", Some("UNREACHABLE")),
    ("page", Some("UNREACHABLE")),
    ("broken", Some("UNREACHABLE")),
    ("cut", Some("UNREACHABLE")),
    ("nothing", Some("UNREACHABLE")),
    ("good", None),
];

async fn wrong_tokens_open_nothing(world: World) {
    let house = openid::believing(&world, |all| all.wrong.clone()).await;
    let (road, admin) = (account(&world, "road").await, world.token("admin").await);
    for subject in ["li", "wang"] {
        let call = format!("mutation {{ it: linkIdentity(account: {road}, subject: \"{subject}\") {{ entry {{ verb }} }} }}");
        asked(&house.url, Some(&admin), &call, json!({})).await;
    }
    for (fault, why) in FAULTS {
        let begun = asked(&house.url, None, BEGIN, json!({})).await;
        let address = begun["address"].as_str().expect("an address");
        let (state, nonce) = (openid::part(address, "state"), openid::part(address, "nonce"));
        let input = json!({ "code": format!("{fault}.{nonce}"), "state": state, "kept": begun["kept"] });
        let signed = asked(&house.url, None, SIGN_IN, json!({ "input": input })).await;
        assert_eq!((signed["why"].as_str(), signed["token"].is_string()), (why, why.is_none()), "{fault}: {signed}");
        assert!(signed["problem"]["zh"].is_string() == why.is_some(), "{fault}: {signed}");
    }
    let followed: Value =
        openid::client().get(format!("{}/followed", house.providers.wrong)).send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(followed["elsewhere"], 0, "no secret and no code follows a redirect");
    world.finish().await;
}

async fn a_provider_that_is_down_keeps_nobody_out(world: World) {
    // A port that was free a moment ago.
    let house = openid::believing(&world, |_| {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
        format!("http://{free}")
    })
    .await;
    for _ in 0..2 {
        let begun = asked(&house.url, None, BEGIN, json!({})).await;
        assert_eq!((&begun["address"], &begun["why"]), (&Value::Null, &json!("UNREACHABLE")), "{begun}");
        assert!(begun["problem"]["zh"].as_str().is_some_and(|text| text.contains("用密码登录")), "{begun}");
    }
    let password = "mutation($input: SignInInput!) { it: signIn(input: $input) { token } }";
    let input = json!({ "input": { "login": "road", "password": api::city::demo::PASSWORD } });
    assert!(asked(&house.url, None, password, input).await["token"].is_string());
    world.finish().await;
}
