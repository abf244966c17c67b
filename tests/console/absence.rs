//! The page on which a statement is made, and the page that checks it.

use reqwest::StatusCode;

use super::hand::Hand;
use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(a_statement_is_made_saved_and_checked_by_page);

async fn a_statement_is_made_saved_and_checked_by_page(world: World) {
    let published = steps::registered(&world, record(1)).await;
    world.done("road", "publishPublicationRecord", serde_json::json!({ "id": published })).await;
    steps::registered(&world, record(2)).await;
    steps::bound(&world, 2).await;
    api::work::rounds::make(&world.app).await.expect("rounds");
    let company = Hand::new(&world, "company").await;
    let page = company.get("/absence").await;
    assert!(page.text().contains("资阳示例002") && !page.text().contains("窗口出具"), "{}", page.text());
    let subject = page.hidden("subject").remove(0);
    let form = [("subject", subject.as_str()), ("formerNames", "旧名甲\n旧名乙")];
    let made = company.post("/absence", &form).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    assert!(made.text().contains("名单中没有") && made.text().contains("旧名乙"), "{}", made.text());
    let saved = company.post("/absence", &[form[0], form[1], ("save", "1")]).await;
    assert!(saved.headers["content-disposition"].to_str().expect("text").contains("absence-"));
    let counter = Hand::new(&world, "counter").await;
    assert!(counter.get("/absence").await.text().contains("窗口出具"));
    let checked = counter.send("/verify", &[("entry", "")], ("proof", "absence.json", &saved.body)).await;
    assert!(checked.text().contains("证明成立") && checked.text().contains("旧名甲"), "{}", checked.text());
    let bent = saved.text().replace("旧名甲", "旧名丙");
    let checked = counter.send("/verify", &[("entry", "")], ("proof", "absence.json", bent.as_bytes())).await;
    assert!(checked.text().contains("证明不成立") && checked.text().contains("PROOF_NOT_ABSENT"), "{}", checked.text());
    // What is refused and what is wrong is said where it was typed, and what was typed stays.
    let uscc = record(1)["uscc"].as_str().expect("a code").to_owned();
    let refused = counter.post("/absence", &[("code", &uscc), ("name", "甲公司"), ("formerNames", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("正在公示") && refused.text().contains("value=\"甲公司\""), "{}", refused.text());
    let wrong = counter.post("/absence", &[("code", "9151"), ("name", "甲公司"), ("formerNames", "")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("href=\"#code\""), "{}", wrong.text());
    assert_eq!(Hand::new(&world, "auditor").await.get("/absence").await.status, StatusCode::FORBIDDEN);
    assert!(Hand::new(&world, "stranger").await.get("/absence").await.text().contains("没有代理任何主体"));
    let other = Hand::new(&world, "stranger").await.post("/absence", &form).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "the subject of another account");
    world.finish().await;
}
