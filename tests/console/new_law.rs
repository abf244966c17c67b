//! New law by page: a file is brought, corrected, tried and loaded; letters that failed are sent again.

use axum::http::StatusCode;
use serde_json::json;

use super::hand::Hand;
use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(
    a_file_is_brought_corrected_tried_and_loaded
    a_file_outlives_its_session
    letters_that_failed_are_sent_again
);

const BOOK: &str = include_str!("../law/made_up/r_99.toml");
const PAGE: &str = "/keeping/law";

async fn a_file_is_brought_corrected_tried_and_loaded(world: World) {
    steps::registered(&world, record(1)).await;
    let (admin, policy, road) = (Hand::new(&world, "admin").await, Hand::new(&world, "policy").await, Hand::new(&world, "road").await);
    assert_eq!(road.get(PAGE).await.status, StatusCode::FORBIDDEN);
    assert_eq!(road.post(PAGE, &[("text", BOOK), ("do", "load"), ("sure", "yes")]).await.status, StatusCode::FORBIDDEN);
    let empty = admin.get(PAGE).await;
    assert!(empty.status == StatusCode::OK && !empty.text().contains("t-check"), "{}", empty.text());
    // Nothing brought, then a broken file: said at the place, and the text stays.
    let nothing = admin.post(PAGE, &[("text", ""), ("do", "check")]).await;
    assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.text().contains("请选择文件"), "{}", nothing.text());
    let broken = format!("{BOOK}\ninstrumint = [");
    let found = admin.post(PAGE, &[("name", "r_99.toml"), ("text", &broken), ("do", "load"), ("sure", "yes")]).await;
    assert!(
        found.text().contains("不能装载") && found.text().contains("instrumint") && !found.text().contains("value=\"load\""),
        "{}",
        found.text()
    );
    // Brought as a file: its own name counts.
    let form: [(&str, &str); 1] = [("do", "check")];
    let good = admin.send(PAGE, &form, ("file", "r_99.toml", BOOK.as_bytes())).await;
    assert!(good.text().contains("文件没有错误") && good.text().contains("rulebooks&#x2f;r_99.toml"), "{}", good.text());
    assert!(good.hidden("name") == ["r_99.toml"] && good.text().contains("value=\"load\""), "{}", good.text());
    let unread = admin.send(PAGE, &form, ("file", "r_99.toml", &[0xff, 0xfe, 0x00])).await;
    assert!(unread.status == StatusCode::UNPROCESSABLE_ENTITY && unread.text().contains("UTF-8"), "{}", unread.text());
    // The policy office tries it and does not load it.
    let dayless = policy.post(PAGE, &[("name", "r_99.toml"), ("text", BOOK), ("do", "simulate")]).await;
    assert!(dayless.status == StatusCode::UNPROCESSABLE_ENTITY && dayless.text().contains("按哪一天"), "{}", dayless.text());
    let tried = policy.post(PAGE, &[("name", "r_99.toml"), ("text", BOOK), ("asOf", "2027-07-01"), ("do", "simulate")]).await;
    assert!(tried.status == StatusCode::SEE_OTHER && tried.to.starts_with("/keeping/law/"), "{} {}", tried.status, tried.text());
    let outcome = policy.settled(&tried.to).await;
    assert!(outcome.text().contains("没有写入任何内容") && outcome.text().contains("最长公示期至"), "{}", outcome.text());
    assert!(policy.get(&format!("{}?lang=en", tried.to)).await.text().contains("if fixed anew"));
    assert_eq!(admin.get(&tried.to).await.status, StatusCode::NOT_FOUND, "it is the policy office's");
    let refused = policy.post(PAGE, &[("name", "r_99.toml"), ("text", BOOK), ("do", "load"), ("sure", "yes")]).await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && world.app.rules().files().get("rulebooks/r_99.toml").is_none(),
        "{}",
        refused.text()
    );
    // Loading takes a tick.
    let unsure = admin.post(PAGE, &[("name", "r_99.toml"), ("text", BOOK), ("do", "load")]).await;
    assert!(unsure.status == StatusCode::UNPROCESSABLE_ENTITY && unsure.text().contains("请勾选确认"), "{}", unsure.text());
    let loaded = admin.post(PAGE, &[("name", "r_99.toml"), ("text", BOOK), ("do", "load"), ("sure", "yes")]).await;
    assert!(loaded.status == StatusCode::SEE_OTHER && loaded.to.starts_with("/keeping?"), "{} {}", loaded.status, loaded.text());
    assert!(admin.get(&loaded.to).await.text().contains("rulebooks&#x2f;r_99.toml"));
    let again = admin.post(PAGE, &[("name", "r_99.toml"), ("text", BOOK), ("do", "load"), ("sure", "yes")]).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text().contains("未准许"), "{}", again.text());
    world.finish().await;
}

async fn a_file_outlives_its_session(world: World) {
    let mut hand = Hand::new(&world, "admin").await;
    hand.post("/sign-out", &[]).await;
    let brought = hand.post(PAGE, &[("name", "r_99.toml"), ("text", BOOK), ("do", "load"), ("sure", "yes")]).await;
    assert!(brought.status == StatusCode::UNAUTHORIZED && brought.hidden("name") == ["r_99.toml"], "{}", brought.text());
    let again = [("login", "admin"), ("password", api::city::demo::PASSWORD), ("next", PAGE), ("name", "r_99.toml"), ("text", BOOK)];
    let back = hand.post("/sign-in", &again).await;
    assert!(back.status == StatusCode::OK && back.text().contains("order_99_2027&#x2f;art_12_1"), "{} {}", back.status, back.text());
    assert!(world.app.rules().files().get("rulebooks/r_99.toml").is_none(), "signing in loads nothing");
    hand.sign.clear();
    world.finish().await;
}

async fn letters_that_failed_are_sent_again(world: World) {
    steps::received(&world).await;
    world.sql("UPDATE notice SET status = 'dead', last_code = '550', attempts = 3").await.expect("dead letters");
    let (admin, auditor) = (Hand::new(&world, "admin").await, Hand::new(&world, "auditor").await);
    assert!(!auditor.get("/letters").await.text().contains("重新发送"), "an auditor sends nothing");
    let page = admin.get("/letters").await;
    let letters = page.hidden("resendLetters.letter");
    let one = letters.iter().find(|letter| !letter.is_empty()).unwrap_or_else(|| panic!("{}", page.text()));
    let done = admin.post("/do/resendLetters", &[("resendLetters.letter", one), ("back", "/letters?status=DEAD")]).await;
    assert!(done.status == StatusCode::SEE_OTHER && done.to.starts_with("/letters?status=DEAD"), "{} {}", done.status, done.text());
    let again = admin.post("/do/resendLetters", &[("resendLetters.letter", one)]).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text().contains("没有符合条件"), "{}", again.text());
    let all = world.query("admin", "{ outboxCounts { status count } }", json!({})).await;
    let count = |status: &str| {
        all["outboxCounts"].as_array().into_iter().flatten().find(|one| one["status"] == status).map(|one| one["count"].clone())
    };
    assert_eq!(count("WAITING"), Some(json!(1)), "{all}");
    world.finish().await;
}
