//! Ways in and out, as the grid of acts tries them.

use serde_json::json;

use super::{sent, word};
use crate::support::{openid, world::World};

/// An account that registered itself, and room for as many requests as the grid makes.
pub async fn prepared(world: &World) {
    world.newcomer().await;
    world.setting("registrations_per_source", "100").await;
}

/// A provider of identities that nobody reaches, and links to register that go nowhere.
pub fn opened(app: &mut api::app::App) {
    app.open_id = Some(openid::nowhere());
    let (queue, mut taken) = api::mail::Invitations::new("http://127.0.0.1:9".to_owned());
    app.registration = Some(queue);
    tokio::spawn(async move { while taken.recv().await.is_some() {} });
}

/// Whoever is let in to the question for the current password may change it; a wrong one changes nothing.
pub async fn may_change(world: &World, login: Option<&str>) -> &'static str {
    let query = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { entry { verb } } }";
    let token = match login {
        Some(login) => Some(world.token(login).await),
        None => None,
    };
    let input = json!({ "current": "not the current one", "new": "four words nobody thinks of" });
    let answer = world.ask(token.as_deref(), query, json!({ "input": input })).await;
    let fault = &answer["errors"][0]["extensions"];
    match (fault["code"].as_str(), fault["field"].as_str()) {
        (Some("BAD_USER_INPUT"), Some("input.current")) => "yes",
        (Some(code), _) => word(code),
        _ => panic!("{login:?}: {answer}"),
    }
}

/// Whoever is let in to the question for a link may register; a link of nobody makes no account.
pub async fn may_register(world: &World, login: Option<&str>) -> &'static str {
    let query = "mutation($input: RegisterInput!) { register(input: $input) { account } }";
    let token = match login {
        Some(login) => Some(world.token(login).await),
        None => None,
    };
    let input = json!({ "link": "none", "login": "none", "password": "four words nobody thinks of", "name": "新账号" });
    let answer = world.ask(token.as_deref(), query, json!({ "input": input })).await;
    let fault = &answer["errors"][0]["extensions"];
    match (fault["code"].as_str(), fault["field"].as_str()) {
        (Some("BAD_USER_INPUT"), Some("input.link")) => "yes",
        (Some(code), _) => word(code),
        _ => panic!("{login:?}: {answer}"),
    }
}

/// Signs out of a session of its own, or of all others.
pub async fn signed_out(world: &World, login: Option<&str>, name: &str) -> &'static str {
    let out = format!("mutation {{ {name} }}");
    let Some(login) = login else {
        return sent(world, None, &out, json!({})).await.map_or_else(|code| word(&code), |_| "yes");
    };
    let sign = "mutation($input: SignInInput!) { signIn(input: $input) { token } }";
    let answer = world.ask(None, sign, json!({ "input": { "login": login, "password": api::city::demo::PASSWORD } })).await;
    let token = answer["data"]["signIn"]["token"].as_str().expect("a token").to_owned();
    let answer = world.ask(Some(&token), &out, json!({})).await;
    world.forget(login);
    if answer["data"][name] == true || answer["data"][name].is_u64() { "yes" } else { "no" }
}
