//! The same in a browser's way: a link, two cookies, and words where it does not go on.

use reqwest::StatusCode;

use super::link;
use crate::support::{
    openid::{self, Jar, person, to},
    world::{On, World},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_signs_in_by_the_link_of_the_page() {
    let world = World::new(On::Sqlite).await;
    let house = openid::believing(&world, |all| all.certified.clone()).await;
    link(&world, &house.url, "road", "li").await;
    let plain = Jar::default().get(&format!("{}/sign-in", world.url)).await.text().await.expect("a page");
    assert!(!plain.contains("/sign-in/identity"), "a house that believes nobody offers nothing");
    let mut jar = Jar::default();
    let page = jar.get(&format!("{}/sign-in?next=/cases", house.url)).await.text().await.expect("a page");
    assert!(page.contains("href=\"/sign-in/identity?next=%2Fcases\"") && page.contains("省统一身份平台"), "{page}");
    let away = jar.get(&format!("{}/sign-in/identity?next=/cases", house.url)).await;
    assert_eq!(away.status(), StatusCode::SEE_OTHER);
    let cookie = away.headers()["set-cookie"].to_str().expect("text");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Max-Age=600"), "{cookie}");
    let back = person(&to(&away), Some("li")).await;
    // Another browser comes back with it: nothing opens, and it says so.
    let other = Jar::default().get(&back).await;
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.text().await.expect("a page").contains("不是从这个浏览器开始的"));
    let signed = jar.get(&back).await;
    assert_eq!((signed.status(), to(&signed).as_str()), (StatusCode::SEE_OTHER, "/cases"));
    assert!(jar.0.contains_key("xinxiu") && !jar.0.contains_key("xinxiu-away"), "{:?}", jar.0.keys());
    assert_eq!(jar.get(&format!("{}/desk", house.url)).await.status(), StatusCode::OK);
    let me = jar.get(&format!("{}/me?lang=en", house.url)).await.text().await.expect("a page");
    assert!(
        me.contains("Linked identities")
            && me.contains(&house.providers.certified.replace('/', "&#x2f;"))
            && me.contains("signed in by a linked identity"),
        "{me}"
    );
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stops_is_said_on_the_page_of_the_password() {
    let world = World::new(On::Sqlite).await;
    let house = openid::believing(&world, |all| all.certified.clone()).await;
    for (who, says) in [(Some("nobody-here"), "nobody-here"), (None, "broken off")] {
        let mut jar = Jar::default();
        let away = jar.get(&format!("{}/sign-in/identity", house.url)).await;
        let back = person(&to(&away), who).await;
        let page = jar.get(&format!("{back}&lang=en")).await;
        assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let text = page.text().await.expect("a page");
        assert!(text.contains(says) && text.contains("name=\"password\""), "{text}");
        assert!(!jar.0.contains_key("xinxiu"), "nobody was signed in");
    }
    // An owner links by a link of the own page, and not by one of another site.
    let mut jar = Jar::default();
    jar.0.insert("xinxiu".to_owned(), world.token("lezhi").await);
    let away = jar.get(&format!("{}/me/identity", house.url)).await;
    let back = person(&to(&away), Some("lezhi-there")).await;
    let done = jar.get(&back).await;
    assert!(to(&done).starts_with("/me?done="), "{}", done.status());
    let page = jar.get(&format!("{}{}", house.url, to(&done))).await.text().await.expect("a page");
    assert!(page.contains("已办理") && page.contains("解除关联"), "{page}");
    let cookie = format!("xinxiu={}", world.token("lezhi").await);
    let lured = openid::client().get(format!("{}/me/identity", house.url)).header("cookie", cookie).header("sec-fetch-site", "cross-site");
    assert_eq!(to(&lured.send().await.expect("an answer")), "/me");
    let down = openid::believing(&world, |_| "http://127.0.0.1:9".to_owned()).await;
    let page = Jar::default().get(&format!("{}/sign-in/identity", down.url)).await;
    assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().await.expect("a page").contains("暂时不能使用"));
    world.finish().await;
}
