//! Who gets in, and what a form from elsewhere does: nothing.

use reqwest::{StatusCode, redirect::Policy};

use crate::support::{
    patience,
    world::{On, World},
};

fn client() -> reqwest::Client {
    patience::builder().redirect(Policy::none()).build().expect("a client")
}

fn to(answer: &reqwest::Response) -> &str {
    answer.headers().get("location").map_or("", |to| to.to_str().expect("text"))
}

/// Signs in as a browser does, and answers the cookie.
async fn signed_in(world: &World, login: &str, next: &str) -> (String, String) {
    let form = [("login", login), ("password", api::city::demo::PASSWORD), ("next", next)];
    let answer = client().post(format!("{}/sign-in", world.url)).header("origin", &world.url).form(&form).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{login}");
    let cookie = answer.headers().get("set-cookie").expect("a cookie").to_str().expect("text").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    (cookie.split(';').next().unwrap_or_default().to_owned(), to(&answer).to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_lands_where_the_work_is_and_nowhere_else() {
    let world = World::new(On::Sqlite).await;
    for (login, landing) in [("road", "/desk"), ("company", "/mine"), ("auditor", "/trail")] {
        assert_eq!(signed_in(&world, login, "").await.1, landing, "{login}");
    }
    assert_eq!(signed_in(&world, "road", "/cases?q=1").await.1, "/cases?q=1");
    for elsewhere in ["//example.org", "https://example.org", "/\\example.org", "/\t/example.org", "javascript:alert(1)"] {
        assert_eq!(signed_in(&world, "road", elsewhere).await.1, "/desk", "{elsewhere}");
    }
    for path in ["/desk", "/cases", "/cases/XF2026-000001", "/mine", "/trail", "/trail/1", "/password"] {
        let answer = client().get(format!("{}{path}", world.url)).send().await.expect("an answer");
        assert!(to(&answer).starts_with("/sign-in?next="), "{path}: {}", answer.status());
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_does_nothing() {
    let world = World::new(On::Sqlite).await;
    let (cookie, _) = signed_in(&world, "road", "").await;
    let page = client().get(format!("{}/desk", world.url)).header("cookie", &cookie).send().await.expect("an answer");
    assert_eq!(page.headers()["content-security-policy"].to_str().expect("text").split(';').next(), Some("default-src 'none'"));
    assert_eq!(page.headers()["cache-control"], "no-store");
    let text = page.text().await.expect("a page");
    let sign = text.split("name=\"sign\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a sign").to_owned();
    let other = signed_in(&world, "road-head", "").await.0;
    let post = async |origin: Option<&str>, cookie: &str, sign: &str| {
        let mut request = client().post(format!("{}/sign-out", world.url)).header("cookie", cookie).form(&[("sign", sign)]);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        request.send().await.expect("an answer").status()
    };
    for (origin, cookie, sign) in [
        (None, &cookie, sign.as_str()),
        (Some("https://example.org"), &cookie, &sign),
        (Some("null"), &cookie, &sign),
        (Some(world.url.as_str()), &cookie, ""),
        (Some(&world.url), &other, &sign),
    ] {
        assert_eq!(post(origin, cookie, sign).await, StatusCode::FORBIDDEN, "{origin:?}");
    }
    let still = client().get(format!("{}/desk", world.url)).header("cookie", &cookie).send().await.expect("an answer");
    assert_eq!(still.status(), StatusCode::OK, "nobody was signed out");
    assert_eq!(post(Some(&world.url), &cookie, &sign).await, StatusCode::SEE_OTHER);
    let gone = client().get(format!("{}/desk", world.url)).header("cookie", &cookie).send().await.expect("an answer");
    assert_eq!(gone.status(), StatusCode::SEE_OTHER, "the token died with the session");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said_in_words_and_what_was_typed_is_escaped() {
    let world = World::new(On::Sqlite).await;
    let get = async |path: &str| {
        let answer = client().get(format!("{}{path}", world.url)).send().await.expect("an answer");
        (answer.status(), answer.text().await.expect("a page"))
    };
    let (status, page) = get("/published/none").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("没有找到"));
    assert_eq!(get("/static/../Cargo.toml").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get("/static/%2e%2e%2fCargo.toml").await.0, StatusCode::NOT_FOUND);
    let (status, page) = get("/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains("<script>alert") && page.contains("Published"), "{page}");
    assert!(get("/sign-in?next=%22%3E%3Cimg%3E").await.1.contains("name=\"next\" value=\"\""));
    world.finish().await;
}

/// A cookie whose session is over opens what is open to everybody, and nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn a_dead_session_reads_what_is_open() {
    let world = World::new(On::Sqlite).await;
    let (cookie, _) = signed_in(&world, "road", "").await;
    let token = cookie.split_once('=').expect("a cookie").1.to_owned();
    world.ask(Some(&token), "mutation { signOut }", serde_json::json!({})).await;
    let get = async |path: &str| client().get(format!("{}{path}", world.url)).header("cookie", &cookie).send().await.expect("an answer");
    for path in
        ["/", "/law", "/guide", "/help/reasons", "/verify", "/offices", "/offices/anyue", "/calculator?from=2026-04-02&count=3&unit=DAY"]
    {
        assert_eq!(get(path).await.status(), StatusCode::OK, "{path}");
    }
    for path in ["/desk", "/cases", "/mine", "/me", "/export", "/import", "/board", "/by-hand", "/people", "/new"] {
        let answer = get(path).await;
        assert!(to(&answer).starts_with("/sign-in?next="), "{path}: {}", answer.status());
    }
    world.finish().await;
}

/// A query by hand passes the gate of every client: it changes nothing, and none breaks the house.
#[tokio::test(flavor = "multi_thread")]
async fn a_query_by_hand_passes_the_gate() {
    let world = World::new(On::Sqlite).await;
    let post = async |cookie: &str, document: &str, variables: &str| {
        let get = client().get(format!("{}/me", world.url)).header("cookie", cookie).send().await.expect("an answer");
        let page = get.text().await.expect("a page");
        let sign = page.split("name=\"sign\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a sign").to_owned();
        let form = [("sign", sign.as_str()), ("document", document), ("variables", variables)];
        let request = client().post(format!("{}/by-hand", world.url)).header("origin", &world.url).header("cookie", cookie).form(&form);
        let answer = request.send().await.expect("an answer");
        (answer.status(), answer.text().await.expect("a page"))
    };
    let auditor = signed_in(&world, "auditor", "").await.0;
    let (status, page) = post(&auditor, "{ today }", "").await;
    assert!(status == StatusCode::OK && page.contains("2026-04-01"), "{page}");
    let deep = "{a".repeat(50_000);
    for document in ["mutation { signOut }", "{ me { login", deep.as_str(), "{ nothing }"] {
        let (status, page) = post(&auditor, document, "").await;
        assert!(status == StatusCode::OK && page.contains("errors"), "{status}: {}", document.len());
    }
    assert_eq!(post(&auditor, "{ today }", "[1]").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(post(&auditor, &"x".repeat(600 * 1024), "").await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(post(&auditor, "{ today }", "").await.0, StatusCode::OK, "nobody was signed out, and the house stands");
    let officer = signed_in(&world, "road", "").await.0;
    assert_eq!(post(&officer, "{ today }", "").await.0, StatusCode::FORBIDDEN);
    world.finish().await;
}
