//! The city's plan by page: started, noted, reported, looked through from each number to the case behind it.

use reqwest::StatusCode;

use super::hand::Hand;
use crate::{
    on_both,
    support::world::World,
    task::steps::{self, RUN, VERSION},
};

on_both!(
    a_plan_is_started_and_closed_by_page
    a_number_leads_to_the_case_behind_it
    a_ledger_form_keeps_what_was_typed
);

/// The link of a page that begins so.
fn link(page: &str, begins: &str) -> String {
    let page = page.replace("&#x2f;", "/");
    let at = page.find(&format!("href=\"{begins}")).unwrap_or_else(|| panic!("no link to {begins}: {page}"));
    page[at + 6..].split('"').next().unwrap_or_default().to_owned()
}

async fn a_plan_is_started_and_closed_by_page(world: World) {
    world.on("2026-08-30").await;
    let head = Hand::new(&world, "policy-head").await;
    assert!(head.get("/plan?lang=zh").await.text().contains("没有可以启动的方案"));
    steps::loaded(&world, "plan.toml", &steps::file()).await;
    let page = head.get("/plan?lang=zh").await;
    assert_eq!(page.hidden("startPlan.version"), [VERSION]);
    let others = Hand::new(&world, "road-head").await.get("/plan?lang=zh").await;
    assert!(others.status == StatusCode::OK && others.hidden("startPlan.version").is_empty(), "{}", others.text());
    let started = head.post("/do/startPlan", &[("startPlan.version", VERSION), ("back", "/plan")]).await;
    assert!(started.to.starts_with("/plan?done="), "{} {}", started.status, started.text());
    let page = head.get("/plan?lang=zh").await;
    assert!(page.text().contains(&format!("href=\"/plan/{RUN}\"")) && page.text().contains("98 + 11"), "{}", page.text());
    // There is no way back, so that it is confirmed with a tick.
    let unsure = head.post("/do/closePlan", &[("closePlan.run", RUN), ("back", "/plan")]).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unsure.text());
    let closed = head.post("/do/closePlan", &[("closePlan.run", RUN), ("closePlan.sure", "yes"), ("back", "/plan")]).await;
    assert!(closed.to.starts_with("/plan?done="), "{} {}", closed.status, closed.text());
    assert!(head.get(&format!("/plan/{RUN}?lang=zh")).await.text().contains("方案已结束"));
    world.finish().await;
}

async fn a_number_leads_to_the_case_behind_it(world: World) {
    steps::running(&world).await;
    let policy = Hand::new(&world, "policy").await;
    let form = [
        ("key", "0190a5d0-0000-7000-8000-000000000011"),
        ("office", "policy_office"),
        ("ledger.kind", "ISSUED_DOCUMENT"),
        ("ledger.matters", "KEY_POINTS"),
        ("ledger.on", "2026-08-30"),
        ("ledger.title", "年度信用建设工作要点"),
        ("ledger.number", "示例〔2026〕1号"),
        ("issuedDocument.name", "工作要点"),
    ];
    let noted = policy.send("/new/noteLedgerEntry", &form, ("issuedDocument", "要点.pdf", b"%PDF-1.4\n%%EOF\n")).await;
    assert!(noted.to.starts_with("/cases/TZ2026-"), "{} {}", noted.status, noted.text());
    let board = policy.get(&format!("/plan/{RUN}?lang=zh")).await;
    assert_eq!(board.status, StatusCode::OK);
    let line = link(board.text(), &format!("/plan/{RUN}/4"));
    let page = policy.get(&format!("{line}?lang=zh")).await;
    assert!(page.text().contains("年度信用建设工作要点") || page.text().contains("年度工作要点"), "{}", page.text());
    let case = link(page.text(), "/cases/TZ2026-");
    let entry = policy.get(&format!("{case}?lang=zh")).await;
    assert!(entry.text().contains("示例〔2026〕1号") && entry.text().contains("年度信用建设工作要点"), "{}", entry.text());
    let task = link(page.text(), "/cases/RW2026-");
    let shown = policy.get(&format!("{task}?lang=en")).await;
    assert!(shown.text().contains("Key points of the year") && shown.text().contains("met"), "{}", shown.text());
    for path in [format!("/plan/{RUN}/no-such-line"), "/plan/nothing".to_owned()] {
        assert_eq!(policy.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    // A day before the entry: nothing counts yet. A day that is none is told at its field.
    let before = policy.get(&format!("/plan/{RUN}?asOf=2026-08-29&lang=zh")).await;
    assert!(before.status == StatusCode::OK && !before.text().contains(&format!("href=\"/plan/{RUN}/4\">1<")), "{}", before.text());
    let wrong = policy.get(&format!("/plan/{RUN}?asOf=2026-13-01&lang=zh")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text());
    let company = Hand::new(&world, "company").await.get("/plan").await;
    assert_eq!(company.status, StatusCode::FORBIDDEN);
    world.finish().await;
}

async fn a_ledger_form_keeps_what_was_typed(world: World) {
    let road = Hand::new(&world, "road").await;
    let form = [
        ("key", "0190a5d0-0000-7000-8000-000000000012"),
        ("office", "road_transport_centre"),
        ("ledger.kind", "TRAINING"),
        ("ledger.matters", "COMPANY"),
        ("ledger.on", "2026-04-01"),
        ("ledger.title", "企业信用培训"),
        ("ledger.participants", "20"),
        ("ledger.voluntary", "false"),
    ];
    let refused = road.post("/new/noteLedgerEntry", &form).await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER, "{}", refused.to);
    assert!(refused.text().contains("企业信用培训") && refused.text().contains("企业自愿参加"), "{}", refused.text());
    assert!(refused.text().contains("优化营商环境条例"), "the article stands beside the reason: {}", refused.text());
    let wrong = [&form[..5], &[("ledger.title", "培训"), ("ledger.participants", "twenty")]].concat();
    let told = road.post("/new/noteLedgerEntry", &wrong).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.text().contains("href=\"#ledger.participants\"") && told.text().contains("twenty"), "{}", told.text());
    world.finish().await;
}
