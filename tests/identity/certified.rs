//! With a certified provider: linked by owner and administrator, never by e-mail; locks and disabled accounts hold here too.

use api::people::log;
use domain::{moment::Micros, sign_in::SignInOutcome};
use serde_json::{Value, json};

use super::{BEGIN, BEGIN_LINK, LINK, SIGN_IN, asked, link, outcomes, returned, sign_in};
use crate::{
    house::people::{account, told},
    on_both,
    support::{openid, world::World},
    told::table,
};

on_both!(
    a_linked_identity_signs_in an_identity_that_is_linked_to_nobody_is_told_how an_administrator_links_by_what_the_provider_says
    an_identity_opens_one_account an_unlinked_identity_opens_nothing a_code_is_good_once what_was_begun_elsewhere_is_refused
    who_is_disabled_or_locked_stays_out erasing_an_account_takes_the_link_away
);

/// Who a token belongs to.
async fn who(house: &str, token: &Value) -> Value {
    asked(house, token.as_str(), "{ it: me { login } }", json!({})).await["login"].clone()
}

async fn a_linked_identity_signs_in(world: World) {
    let house = openid::believing(&world, |all| all.certified.clone()).await;
    let linked = link(&world, &house.url, "road", "li").await;
    assert!(linked["refusal"].is_null() && linked["why"].is_null(), "{linked}");
    let entry = json!({ "number": linked["entry"]["number"] });
    let read = "query($number: String!) { it: auditEntry(number: $number) { verb actor { login } } }";
    let entry = asked(&house.url, Some(&world.token("auditor").await), read, entry).await;
    assert_eq!((&entry["verb"], &entry["actor"]["login"]), (&json!("link_identity"), &json!("road")), "{entry}");
    let signed = sign_in(&house.url, "li").await;
    assert!(signed["why"].is_null() && signed["expiresAt"].is_string(), "{signed}");
    assert_eq!(who(&house.url, &signed["token"]).await, "road");
    assert_eq!(outcomes(&world).await.get(&SignInOutcome::SignedInByIdentity), Some(&1));
    // Neither the trail nor the table tells who the person is at the provider.
    let kept = world.texts("SELECT bytes FROM audit_entry UNION ALL SELECT COALESCE(subject_key, '') FROM open_id_link").await;
    assert!(kept.iter().any(|text| text.contains("link_identity")) && !kept.iter().any(|text| text.contains("\"li\"") || text == "li"));
    world.finish().await;
}

async fn an_identity_that_is_linked_to_nobody_is_told_how(world: World) {
    let house = openid::believing(&world, |all| all.certified.clone()).await;
    // The provider says that the e-mail is that of an account here; nothing follows from it.
    let signed = sign_in(&house.url, "stranger-there").await;
    assert_eq!((&signed["token"], &signed["why"], &signed["subject"]), (&Value::Null, &json!("NOT_LINKED"), &json!("stranger-there")));
    let words = &signed["problem"];
    assert!(words["zh"].as_str().is_some_and(|text| text.contains("省统一身份平台") && text.contains("我的账号")), "{words}");
    assert!(words["en"].as_str().is_some_and(|text| text.contains("My account") && text.contains("administrator")), "{words}");
    let lines = log::lines(&world.app.database, None, None, 10).await.expect("the log");
    assert!(lines[0].outcome == SignInOutcome::NotLinked && lines[0].account.is_none(), "{lines:?}");
    world.finish().await;
}

async fn an_administrator_links_by_what_the_provider_says(world: World) {
    let house = openid::believing(&world, |all| all.certified.clone()).await;
    let road = account(&world, "road").await;
    let call = format!(
        "mutation {{ it: linkIdentity(account: {road}, subject: \" wang \") {{ refusal {{ reasons {{ code }} }} entry {{ verb }} }} }}"
    );
    let done = asked(&house.url, Some(&world.token("admin").await), &call, json!({})).await;
    assert_eq!(done["entry"]["verb"], "link_identity", "{done}");
    let signed = sign_in(&house.url, "wang").await;
    assert_eq!(who(&house.url, &signed["token"]).await, "road");
    // Whoever linked it, the holder hears of it.
    let sent = table::sent(&world).await;
    assert_eq!(sent.get(&("identity_linked".to_owned(), "road".to_owned())), Some(&1), "{sent:?}");
    // Nobody else links another's account, and a house without a provider links none.
    let request = json!({ "query": call });
    let other = openid::client().post(format!("{}/graphql", house.url)).bearer_auth(world.token("lezhi").await).json(&request);
    let other: Value = other.send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(other["errors"][0]["extensions"]["code"], "FORBIDDEN", "{other}");
    let nowhere = world.ask(Some(&world.token("admin").await), &call, json!({})).await;
    assert_eq!(nowhere["errors"][0]["extensions"]["code"], "NOT_FOUND", "{nowhere}");
    world.finish().await;
}

async fn an_identity_opens_one_account(world: World) {
    let house = openid::believing(&world, |all| all.certified.clone()).await;
    link(&world, &house.url, "road", "li").await;
    let code = |answer: Value| answer["refusal"]["reasons"][0]["code"].clone();
    assert_eq!(code(link(&world, &house.url, "road", "li").await), "ALREADY_SO");
    assert_eq!(code(link(&world, &house.url, "lezhi", "li").await), "IDENTITY_TAKEN");
    assert_eq!(code(link(&world, &house.url, "road", "li-at-home").await), Value::Null, "an account may have several");
    assert_eq!(who(&house.url, &sign_in(&house.url, "li-at-home").await["token"]).await, "road");
    // What was begun to sign in links nothing, and what one account began links no other.
    let (road, lezhi) = (world.token("road").await, world.token("lezhi").await);
    for (begun, by) in
        [(asked(&house.url, None, BEGIN, json!({})).await, &lezhi), (asked(&house.url, Some(&road), BEGIN_LINK, json!({})).await, &lezhi)]
    {
        let back = openid::person(begun["address"].as_str().expect("an address"), Some("another")).await;
        let answer = asked(&house.url, Some(by), LINK, returned(&back, &begun["kept"])).await;
        assert_eq!(answer["why"], "NOT_BEGUN", "{answer}");
    }
    world.finish().await;
}

async fn an_unlinked_identity_opens_nothing(world: World) {
    let house = openid::believing(&world, |all| all.certified.clone()).await;
    link(&world, &house.url, "road", "li").await;
    let road = account(&world, "road").await;
    let list = format!("{{ it: identities(account: {road}) {{ id issuer linkedOn }} }}");
    let links = world.query("road", &list, json!({})).await["it"].clone();
    assert_eq!((&links[0]["issuer"], &links[0]["linkedOn"]), (&json!(house.providers.certified), &json!("2026-04-01")), "{links}");
    assert_eq!(world.query("admin", &list, json!({})).await["it"], links);
    let hidden = world.ask(Some(&world.token("lezhi").await), &list, json!({})).await;
    assert_eq!(hidden["errors"][0]["extensions"]["code"], "FORBIDDEN", "{hidden}");
    let call = format!("unlinkIdentity(account: {road}, link: {})", links[0]["id"]);
    assert_eq!(told(&world, "lezhi", &call).await.as_deref(), Some("ROLE_DOES_NOT_ALLOW"));
    assert_eq!(told(&world, "road", &call).await, None);
    assert_eq!(told(&world, "road", &call).await.as_deref(), Some("ALREADY_SO"));
    assert_eq!(sign_in(&house.url, "li").await["why"], "NOT_LINKED");
    assert_eq!(world.query("road", &list, json!({})).await["it"], json!([]));
    assert!(link(&world, &house.url, "lezhi", "li").await["refusal"].is_null(), "it is free for another account");
    world.finish().await;
}

async fn a_code_is_good_once(world: World) {
    let house = openid::believing(&world, |all| all.certified.clone()).await;
    link(&world, &house.url, "road", "li").await;
    let begun = asked(&house.url, None, BEGIN, json!({})).await;
    let back = openid::person(begun["address"].as_str().expect("an address"), Some("li")).await;
    let input = returned(&back, &begun["kept"]);
    assert!(asked(&house.url, None, SIGN_IN, input.clone()).await["token"].is_string());
    let again = asked(&house.url, None, SIGN_IN, input).await;
    assert_eq!((&again["token"], &again["why"]), (&Value::Null, &json!("NOT_VOUCHED")), "{again}");
    assert_eq!(outcomes(&world).await.get(&SignInOutcome::NotVouched), Some(&1));
    world.finish().await;
}

async fn what_was_begun_elsewhere_is_refused(world: World) {
    let house = openid::believing(&world, |all| all.certified.clone()).await;
    link(&world, &house.url, "road", "li").await;
    let (mine, other) = (asked(&house.url, None, BEGIN, json!({})).await, asked(&house.url, None, BEGIN, json!({})).await);
    let back = openid::person(mine["address"].as_str().expect("an address"), Some("li")).await;
    let mut input = returned(&back, &other["kept"]);
    let not_begun = async |input: &Value| {
        let answer = asked(&house.url, None, SIGN_IN, input.clone()).await;
        assert_eq!((&answer["token"], &answer["why"]), (&Value::Null, &json!("NOT_BEGUN")), "{input}: {answer}");
    };
    not_begun(&input).await; // begun in another browser
    for kept in ["", "junk", "anVuay5qdW5r"] {
        input["input"]["kept"] = json!(kept);
        not_begun(&input).await;
    }
    // Another provider's answer is sent to this house.
    let mut mixed = returned(&back, &mine["kept"]);
    mixed["input"]["issuer"] = json!("https://another.example");
    assert_eq!(asked(&house.url, None, SIGN_IN, mixed.clone()).await["why"], "NOT_VOUCHED");
    mixed["input"]["issuer"] = Value::Null;
    assert_eq!(asked(&house.url, None, SIGN_IN, mixed).await["why"], "NOT_VOUCHED", "this provider names itself always");
    let clock = &world.app.sign_in_clock;
    let now = clock.now();
    clock.set(Micros(now.0 + 11 * 60_000_000));
    not_begun(&returned(&back, &mine["kept"])).await; // too long ago
    clock.set(now);
    assert!(asked(&house.url, None, SIGN_IN, returned(&back, &mine["kept"])).await["token"].is_string(), "none of them used it up");
    world.finish().await;
}

async fn who_is_disabled_or_locked_stays_out(world: World) {
    let house = openid::believing(&world, |all| all.certified.clone()).await;
    link(&world, &house.url, "road", "li").await;
    let road = account(&world, "road").await;
    assert_eq!(told(&world, "admin", &format!("disableAccount(account: {road})")).await, None);
    let signed = sign_in(&house.url, "li").await;
    assert_eq!((&signed["token"], &signed["why"], &signed["subject"]), (&Value::Null, &json!("NOT_ADMITTED"), &Value::Null), "{signed}");
    assert_eq!(outcomes(&world).await.get(&SignInOutcome::Disabled), Some(&1));
    assert_eq!(told(&world, "admin", &format!("enableAccount(account: {road})")).await, None);
    // Five wrong passwords lock the account for this address, whichever way in is tried then.
    let wrong = "mutation { it: signIn(input: { login: \"road\", password: \"a wrong password\" }) { token } }";
    for _ in 0..5 {
        assert!(asked(&house.url, None, wrong, json!({})).await["token"].is_null());
    }
    assert_eq!(sign_in(&house.url, "li").await["why"], "NOT_ADMITTED");
    assert_eq!(outcomes(&world).await.get(&SignInOutcome::Locked), Some(&1));
    let clock = &world.app.sign_in_clock;
    clock.set(Micros(clock.now().0 + 16 * 60_000_000));
    assert!(sign_in(&house.url, "li").await["token"].is_string(), "the lock is over");
    world.finish().await;
}

async fn erasing_an_account_takes_the_link_away(world: World) {
    let house = openid::believing(&world, |all| all.certified.clone()).await;
    let stranger = account(&world, "stranger").await;
    link(&world, &house.url, "stranger", "li").await;
    assert_eq!(told(&world, "admin", &format!("disableAccount(account: {stranger})")).await, None);
    world.on("2027-04-22").await;
    world.forget("admin");
    let call = format!("erasePersonalValues(input: {{ account: {stranger}, ground: PURPOSE_MET }})");
    assert_eq!(told(&world, "admin", &call).await, None);
    assert_eq!(world.texts("SELECT COALESCE(subject_key, 'none') FROM open_id_link").await, ["none"]);
    assert_eq!(sign_in(&house.url, "li").await["why"], "NOT_LINKED");
    world.finish().await;
}
