//! The same in a browser's way.

use reqwest::StatusCode;

use super::{PASSWORD, open};
use crate::support::{
    openid::{self, Jar, to},
    world::{On, World},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_registers_by_the_pages() {
    let world = World::new(On::Sqlite).await;
    let open = open(&world).await;
    let mut jar = Jar::default();
    let page = jar.get(&format!("{}/sign-in", open.url)).await.text().await.expect("a page");
    assert!(page.contains("href=\"/register\""), "{page}");
    let send = async |path: &str, form: &[(&str, &str)]| {
        openid::client().post(format!("{}{path}", open.url)).header("origin", &open.url).form(form).send().await.expect("an answer")
    };
    let wrong = send("/register", &[("email", "nobody")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().await.expect("a page").contains("链接没有发出"));
    let sent = send("/register", &[("email", "wang@example.invalid")]).await;
    assert_eq!(sent.status(), StatusCode::OK);
    assert!(sent.text().await.expect("a page").contains("一封带有链接的邮件"));
    let link = format!("/register/{}", open.links("wang@example.invalid", 1).await.remove(0));
    let page = jar.get(&format!("{}{link}?lang=en", open.url)).await.text().await.expect("a page");
    assert!(page.contains("wang@example.invalid") && page.contains("autocomplete=\"new-password\""), "{page}");
    let fill = |again: &'static str, login: &'static str| [("login", login), ("name", "王经办"), ("password", PASSWORD), ("again", again)];
    for (again, login, says) in
        [("another one", "wang", "不一致"), (PASSWORD, "road", "登录名已被使用"), (PASSWORD, "wang!", "登录名只能用")]
    {
        let answer = send(&link, &fill(again, login)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        let text = answer.text().await.expect("a page");
        assert!(text.contains(says) && text.contains("王经办"), "{says}: {text}");
    }
    let foreign =
        openid::client().post(format!("{}{link}", open.url)).header("origin", "https://example.org").form(&fill(PASSWORD, "wang"));
    assert_eq!(foreign.send().await.expect("an answer").status(), StatusCode::FORBIDDEN, "a form from elsewhere does nothing");
    let done = send(&link, &fill(PASSWORD, "wang")).await;
    assert_eq!((done.status(), to(&done).as_str()), (StatusCode::SEE_OTHER, "/new/requestAccountBinding"));
    let cookie = done.headers()["set-cookie"].to_str().expect("text").split(';').next().unwrap_or_default().to_owned();
    let get = async |path: &str| {
        let answer = openid::client().get(format!("{}{path}", open.url)).header("cookie", &cookie).send().await.expect("an answer");
        (answer.status(), answer.text().await.expect("a page"))
    };
    for path in ["/new/requestAccountBinding", "/", "/mine", "/me", "/law", "/guide", "/offices", "/password"] {
        let (status, page) = get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {page}");
    }
    for path in ["/desk", "/board", "/people", "/trail", "/checkpoints", "/letters", "/import"] {
        let (status, _) = get(path).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
    let over = jar.get(&format!("{}{link}", open.url)).await.text().await.expect("a page");
    assert!(over.contains("The link is over") && !over.contains("name=\"login\""), "{over}");
    world.finish().await;
}
