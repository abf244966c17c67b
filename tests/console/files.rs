//! Tables of offices by page: shown with their faults, imported once, seen by their office alone.

use reqwest::StatusCode;
use serde_json::json;
use uuid::Uuid;

use super::hand::{Hand, Seen};
use crate::{
    files::tables::{HEADERS, csv, good, xlsx},
    on_both,
    support::world::World,
};

on_both!(
    a_table_with_mistakes_is_shown_with_its_cells
    a_good_table_is_imported_once
    a_foreign_form_keeps_nothing
    another_offices_import_is_not_seen
    an_import_is_given_up_after_a_question
    what_goes_out_is_given_to_those_who_may_take_it
);

const PENALTIES: [(&str, &str); 2] = [("layout", "PENALTY_RECORDS"), ("office", "yanjiang")];

async fn sent(hand: &Hand, bytes: &[u8]) -> Seen {
    hand.send("/import", &PENALTIES, ("file", "处罚.xlsx", bytes)).await
}

async fn records(world: &World) -> usize {
    let data = world.query("auditor", "{ cases(process: PUBLICATION_RECORD, first: 100) { edges { node { number } } } }", json!({})).await;
    data["cases"]["edges"].as_array().map_or(0, Vec::len)
}

async fn kept(world: &World) -> Vec<String> {
    world.texts("SELECT id FROM upload").await
}

async fn a_table_with_mistakes_is_shown_with_its_cells(world: World) {
    let hand = Hand::new(&world, "yanjiang").await;
    // What is missing is said at its field, and what was sent is not lost.
    let nothing = hand.post("/import", &PENALTIES).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text().contains("id=\"file-wrong\"") && !nothing.text().contains("id=\"layout-wrong\""), "{}", nothing.text());
    let kind = hand.send("/import", &[("office", "yanjiang")], ("file", "处罚.xlsx", b"table")).await;
    assert_eq!((kind.status, kind.hidden("file.upload").len()), (StatusCode::UNPROCESSABLE_ENTITY, 1), "{}", kind.text());
    assert!(kind.text().contains("id=\"layout-wrong\"") && kind.hidden("file.name") == ["处罚.xlsx"], "{}", kind.text());
    let mut rows = vec![good(1), good(2), good(3)];
    rows[1][2].replace_range(17..18, "I");
    "<b>扣分</b>".clone_into(&mut rows[2][7]);
    let found = sent(&hand, &xlsx(&HEADERS, &rows)).await;
    assert_eq!(found.status, StatusCode::SEE_OTHER, "{}", found.text());
    let page = hand.settled(&found.to).await;
    let text = page.text();
    for said in ["<b>C3</b>", "<b>H4</b>", "统一社会信用代码", "处罚类别", "第18位“I”不用于统一社会信用代码", "“&lt;b&gt;扣分&lt;"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("确认导入") && !text.contains("<b>扣分"), "{text}");
    let english = hand.settled(&format!("{}&lang=en", found.to)).await;
    assert!(english.text().contains("What is wrong, and what would be right"), "{}", english.text());
    let marked = found.to.replacen('?', "/marked?", 1);
    let marked = hand.get(&marked).await;
    assert_eq!(marked.status, StatusCode::OK);
    assert!(marked.headers["content-disposition"].to_str().expect("text").starts_with("attachment"));
    assert!(marked.headers["x-content-type-options"] == "nosniff" && marked.headers["cache-control"] == "no-store");
    let read = api::sheets::read(&marked.body, &api::files::penalties::LAYOUT, &api::sheets::Limits::default(), |_, _| {});
    assert_eq!(read.expect("a workbook").rows.len(), 3);
    // A file that is no table is said at the field, too.
    let found = sent(&hand, b"%PDF-1.4 no table").await;
    let page = hand.settled(&found.to).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("id=\"file-wrong\""), "{}", page.text());
    assert_eq!(records(&world).await, 0);
    world.finish().await;
}

/// The commit as the page of a good check offers it.
async fn offered(hand: &Hand, at: &str) -> (String, Vec<(String, String)>) {
    let page = hand.settled(at).await;
    assert!(page.text().contains("行全部合格"), "{}", page.text());
    let names = ["key", "layout", "office", "name", "sha256"];
    let form = names.iter().map(|name| ((*name).to_owned(), page.hidden(name).first().expect("a field").clone())).collect();
    let path = at.split('?').next().expect("a path");
    (format!("{path}/commit"), form)
}

/// Where a commit leads: a busy machine is still at it, and then the page that waits leads on.
async fn led(hand: &Hand, answer: Seen) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    if answer.to.contains("/commit?") { hand.settled(&answer.to).await.to } else { answer.to }
}

async fn a_good_table_is_imported_once(world: World) {
    let hand = Hand::new(&world, "yanjiang").await;
    let at = sent(&hand, csv(&HEADERS, &[good(1), good(2), good(3)]).as_bytes()).await.to;
    let (path, form) = offered(&hand, &at).await;
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(records(&world).await, 0, "a check writes nothing");
    let (first, second) = tokio::join!(hand.post(&path, &form), hand.post(&path, &form));
    let led = [led(&hand, first).await, led(&hand, second).await];
    assert!(led[0].starts_with("/imports/") && led[0] == led[1], "{led:?}");
    let page = hand.settled(&led[0]).await;
    assert!(page.text().contains("已完成") && page.text().contains("/cases?process=PUBLICATION_RECORD"), "{}", page.text());
    assert_eq!(records(&world).await, 3);
    // The same table once more: it is said in words, and nothing is written.
    let mut other = form.clone();
    let key = Uuid::new_v4().to_string();
    other[0] = ("key", &key);
    let again = hand.post(&path, &other).await;
    let again = hand.settled(&again.to).await;
    // A busy machine leads to the import that was there before.
    let said = again.to == led[0] || (again.text().contains("没有导入") && again.text().contains("导入（3行）"));
    assert!(said, "{}", again.text());
    assert_eq!(records(&world).await, 3);
    assert!(hand.get("/import").await.text().contains(&led[0]), "the list of imports");
    world.finish().await;
}

async fn a_foreign_form_keeps_nothing(world: World) {
    let hand = Hand::new(&world, "yanjiang").await;
    let bytes = xlsx(&HEADERS, &[good(1)]);
    for (origin, sign) in [("https://example.org", hand.sign.clone()), (world.url.as_str(), "another".to_owned()), ("null", String::new())]
    {
        let answer = hand.send_as(origin, &sign, "/import", &PENALTIES, ("file", "a.xlsx", &bytes)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin}");
    }
    assert!(kept(&world).await.is_empty());
    let company = Hand::new(&world, "company").await;
    assert_eq!(company.get("/import").await.status, StatusCode::FORBIDDEN);
    assert_eq!(company.get("/export").await.status, StatusCode::FORBIDDEN);
    let answer = company.send("/import", &PENALTIES, ("file", "a.xlsx", &bytes)).await;
    assert!(answer.status.is_client_error() && kept(&world).await.is_empty(), "{}", answer.status);
    world.finish().await;
}

async fn another_offices_import_is_not_seen(world: World) {
    let hand = Hand::new(&world, "yanjiang").await;
    let at = sent(&hand, &xlsx(&HEADERS, &[good(1)])).await.to;
    let (path, form) = offered(&hand, &at).await;
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let stranger = Hand::new(&world, "road").await;
    let own = at.replace("office=yanjiang", "office=road_transport_centre");
    for (at, words) in [(&at, "不是您的单位"), (&own, "没有此上传文件")] {
        let page = stranger.get(at).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains(words), "{}", page.text());
        assert!(stranger.get(&at.replacen('?', "/marked?", 1)).await.status.is_client_error());
    }
    assert!(stranger.post(&path, &form).await.status.is_client_error());
    assert_eq!(records(&world).await, 0);
    let import = led(&hand, hand.post(&path, &form).await).await;
    assert!(import.starts_with("/imports/"), "{import}");
    for at in [import.clone(), format!("{import}/give-up"), "/imports/none".to_owned()] {
        assert_eq!(stranger.get(&at).await.status, StatusCode::NOT_FOUND, "{at}");
    }
    assert_eq!(stranger.post(&format!("{import}/give-up"), &[("key", &Uuid::new_v4().to_string())]).await.status, StatusCode::NOT_FOUND);
    assert!(!stranger.get("/import?office=yanjiang").await.text().contains(&import));
    assert!(Hand::new(&world, "auditor").await.get("/import?office=yanjiang").await.text().contains(&import));
    world.finish().await;
}

async fn an_import_is_given_up_after_a_question(world: World) {
    let id = crate::files::arriving::begun(&world, "road", "road_transport_centre").await;
    let hand = Hand::new(&world, "road").await;
    let at = format!("/imports/{id}");
    let page = hand.get(&at).await;
    assert!(page.again && page.text().contains("0 / 3"), "{}", page.text());
    let question = hand.get(&format!("{at}/give-up")).await;
    assert!(question.text().contains("确认放弃"), "{}", question.text());
    assert!(hand.get(&at).await.again, "a question gives nothing up");
    let key = question.hidden("key").remove(0);
    assert_eq!(hand.post(&format!("{at}/give-up"), &[("key", &key)]).await.to, at);
    let page = hand.settled(&at).await;
    assert!(page.text().contains("本单位取消导入"), "{}", page.text());
    let late = hand.post(&format!("{at}/give-up"), &[("key", &Uuid::new_v4().to_string())]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text().contains("没有放弃"), "{}", late.text());
    world.finish().await;
}

async fn what_goes_out_is_given_to_those_who_may_take_it(world: World) {
    let hand = Hand::new(&world, "platform").await;
    for (path, kind) in [
        ("/export/published.csv", "text/csv; charset=utf-8"),
        ("/export/templates/penalty_records.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ] {
        let file = hand.get(path).await;
        assert_eq!((file.status, file.headers["content-type"].to_str().expect("text")), (StatusCode::OK, kind), "{path}");
        assert!(file.headers.contains_key("content-security-policy") && file.headers.contains_key("content-disposition"), "{path}");
    }
    assert_eq!(hand.get("/export/answers.csv").await.status, StatusCode::NOT_FOUND, "a link takes no answers");
    assert_eq!(hand.get("/export/templates/none.xlsx").await.status, StatusCode::NOT_FOUND);
    let nothing = hand.post("/export/answers.csv", &[]).await;
    assert_eq!(nothing.status, StatusCode::CONFLICT);
    assert!(nothing.text().contains("没有需要答复的申请"), "{}", nothing.text());
    world.finish().await;
}
