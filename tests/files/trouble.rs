//! Files that once went wrong without a word: each is refused or warned of at its cell, or read as it is shown.

use api::{
    files::{Checked, Kind},
    sheets,
};
use axum::body::Bytes;
use domain::rows::Account;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    penalties::sent,
    tables::{HEADERS, good, xlsx},
};
use crate::{
    on_both,
    support::{
        patience::whole,
        world::{World, record, said},
    },
};

on_both!(
    a_decision_comes_in_once_however_its_number_is_typed
    a_code_that_is_another_companys_is_refused_at_the_name
    placeholders_are_refused_by_name
    years_sums_and_numbers_that_contradict_are_warned_of
    the_body_that_is_meant_is_named_at_its_cell
    a_sum_under_a_header_almost_right_is_not_called_missing
    names_are_found_by_any_point
    problems_and_warnings_are_told_apart_everywhere
);

pub async fn account(world: &World, login: &str) -> Account {
    api::people::sign_in::account(&world.app, login).await.expect("the database").expect("an account")
}

/// The dry run of a file.
pub async fn checked(world: &World, kind: Kind, login: &str, office: &str, bytes: Vec<u8>) -> Checked {
    let account = account(world, login).await.id;
    let checked =
        api::files::check(&world.app, kind, account, office, Bytes::from(bytes), std::sync::Arc::default()).await.expect("a table");
    for fault in checked.faults.iter().chain(&checked.warnings) {
        assert!(!fault.sheet.is_empty() && fault.row > 0 && !fault.column.is_empty(), "every fault names a cell: {fault:?}");
    }
    checked
}

async fn penalties(world: &World, rows: &[Vec<String>]) -> Checked {
    checked(world, Kind::PenaltyRecords, "yanjiang", "yanjiang", xlsx(&HEADERS, rows)).await
}

/// (row, header, code) of faults.
pub fn told(faults: &[sheets::CellFault]) -> Vec<(u32, String, String)> {
    faults.iter().map(|fault| (fault.row, fault.header.clone(), fault.code.clone())).collect()
}

fn one(row: u32, header: &str, code: &str) -> Vec<(u32, String, String)> {
    vec![(row, header.to_owned(), code.to_owned())]
}

async fn committed(world: &World, rows: &[Vec<String>]) -> Value {
    let upload = sent(world, "yanjiang", xlsx(&HEADERS, rows)).await;
    let query = "mutation($input: CommitFileInput!) { commitFile(input: $input) { opened check { ended problemCount problems { row header code zh } warnings { code } } } }";
    let input = json!({ "layout": "PENALTY_RECORDS", "office": "yanjiang", "upload": upload, "idempotencyKey": Uuid::new_v4() });
    whole(world, "yanjiang", query, json!({ "input": input })).await
}

fn with(number: u32, changes: &[(usize, &str)]) -> Vec<String> {
    let mut row = good(number);
    for (place, text) in changes {
        (*text).clone_into(&mut row[*place]);
    }
    row
}

async fn a_decision_comes_in_once_however_its_number_is_typed(world: World) {
    assert_eq!(committed(&world, &[good(1)]).await["opened"], 1);
    let number = world
        .query("auditor", "{ cases(process: PUBLICATION_RECORD, first: 5) { nodes { ... on PublicationRecord { number } } } }", json!({}))
        .await["cases"]["nodes"][0]["number"]
        .clone();
    for typed in
        ["雁交罚[2026]1号", "雁交罚（2026）1号", "雁交罚〔2026〕 1 号", "雁交罚【２０２６】第１号", "雁交罚﹝2026﹞1", "雁交罚·<2026>1号"]
    {
        let check = penalties(&world, &[with(1, &[(3, typed)])]).await;
        assert_eq!(told(&check.faults), one(2, "行政处罚决定书文号", "SUCH_RECORD_EXISTS"), "{typed}");
        assert!(check.faults[0].zh.contains(number.as_str().unwrap_or("?")), "the record that is there is named: {:?}", check.faults);
    }
    // Twins inside of one file are told by their rows, never by a number that nobody gave.
    let check = penalties(&world, &[good(2), with(2, &[(3, "雁交罚[2026]2号")])]).await;
    assert_eq!(told(&check.faults), one(3, "行政处罚决定书文号", "ROW_REPEATS"));
    assert!(!check.faults[0].zh.contains("JL"), "{:?}", check.faults);
    let check = penalties(
        &world,
        &[
            with(1, &[(3, "雁交罚〔2026〕01号")]),
            with(3, &[(3, "雁交罚〔2026〕1O号")]),
            with(4, &[(3, "雁交罚〔2026〕12号")]),
            with(4, &[(3, "雁交罚〔2026〕012号")]),
        ],
    )
    .await;
    assert_eq!(told(&check.faults), [], "they may be other decisions");
    let warned = told(&check.warnings);
    for (row, code) in [(2, "NUMBER_ALIKE"), (2, "NUMBER_DOUBTFUL"), (3, "NUMBER_DOUBTFUL"), (5, "NUMBER_ALIKE"), (5, "NUMBER_DOUBTFUL")] {
        assert!(warned.contains(&(row, "行政处罚决定书文号".to_owned(), code.to_owned())), "{row} {code}: {warned:?}");
    }
    world.finish().await;
}

async fn a_code_that_is_another_companys_is_refused_at_the_name(world: World) {
    let other = with(1, &[(0, "安岳县完全无关的另一家商贸公司"), (3, "雁交罚〔2026〕9112号")]);
    let check = penalties(&world, &[good(1), other.clone()]).await;
    assert_eq!(told(&check.faults), one(3, "行政相对人名称", "SUBJECT_NAME_DIFFERS"));
    assert!(check.faults[0].zh.contains("雁江示例00001运输有限公司"), "{:?}", check.faults);
    assert_eq!(committed(&world, &[good(1)]).await["opened"], 1);
    assert_eq!(
        told(&penalties(&world, &[other]).await.faults),
        one(2, "行政相对人名称", "SUBJECT_NAME_DIFFERS"),
        "nor against the register"
    );
    let same = with(1, &[(0, " 雁江·示例 ００００１运输有限公司"), (3, "雁交罚〔2026〕9113号")]);
    assert_eq!(told(&penalties(&world, &[same]).await.faults), [], "another way of typing is the same name");
    // The same over the act itself.
    let mut input = record(1);
    (input["uscc"], input["subjectName"]) = (json!(good(1)[2]), json!("别的公司"));
    let reason = world
        .refused("road", "registerPublicationRecord", json!({ "office": "road_transport_centre", "record": input }), "SUBJECT_NAME_DIFFERS")
        .await;
    assert!(Some(said(&reason["message"])).as_deref().is_some_and(|said| said.contains("雁江示例00001运输有限公司")), "{reason}");
    world.finish().await;
}

async fn placeholders_are_refused_by_name(world: World) {
    for (number, code) in ["000000000000000000", "00000000000000000X", "111111111111111111"].into_iter().enumerate() {
        let rows = [with(1, &[(2, code)]), with(2, &[(2, code), (3, "雁交罚〔2026〕77号")])];
        let check = penalties(&world, &rows).await;
        let found = told(&check.faults);
        assert!(
            found.len() == 2 && found.iter().all(|(_, header, code)| header == "统一社会信用代码" && code == "PLACEHOLDER"),
            "{number}: {found:?}"
        );
        assert!(check.faults.iter().all(|fault| !fault.zh.contains("应为")), "no cure leads to another placeholder: {:?}", check.faults);
    }
    world.finish().await;
}

async fn years_sums_and_numbers_that_contradict_are_warned_of(world: World) {
    let at_day = |codes: &[&str]| codes.iter().map(|code| (2, "处罚决定日期".to_owned(), (*code).to_owned())).collect::<Vec<_>>();
    let past = ["YEAR_LONG_PAST", "YEAR_DIFFERS"];
    for (day, codes) in [("2006-03-02", past.as_slice()), ("2025-12-31", &["YEAR_DIFFERS"]), ("2026-03-20", &[])] {
        let check = penalties(&world, &[with(1, &[(10, day)])]).await;
        assert_eq!((told(&check.faults), told(&check.warnings)), (vec![], at_day(codes)), "{day}");
    }
    // Before there was a law to decide under.
    for day in ["1926-03-02", "1900-01-05", "0026-03-02"] {
        let check = penalties(&world, &[with(1, &[(10, day)])]).await;
        assert_eq!((told(&check.faults), told(&check.warnings)), (at_day(&["DATE_OUT_OF_ORDER"]), at_day(&past)), "{day}");
    }
    let far = penalties(&world, &[with(1, &[(11, "9999-12-31")])]).await;
    assert_eq!((told(&far.faults), told(&far.warnings)), (one(2, "处罚有效期", "DATE_TOO_LATE"), one(2, "处罚有效期", "YEAR_FAR_AHEAD")));
    let sum = async |fine: &str, content: &str| penalties(&world, &[with(1, &[(9, fine), (8, content)])]).await;
    for content in [
        "罚款壹万元",
        "罚款人民币10000元",
        "罚款10,000元整",
        "处以1万元罚款",
        "没收违法所得5000元，罚款１００００元",
        "警告",
        "罚款陆千元、肆仟元",
    ] {
        let check = sum("1", content).await;
        assert_eq!((told(&check.faults), told(&check.warnings)), (vec![], vec![]), "{content}");
    }
    for content in ["罚款壹仟元", "罚款人民币10万元", "罚款壹万零伍佰元"] {
        assert_eq!(told(&sum("1", content).await.warnings), one(2, "罚款金额（万元）", "SUM_DIFFERS"), "{content}");
    }
    assert_eq!(told(&sum("10000", "罚款10000元").await.warnings), one(2, "罚款金额（万元）", "SUM_DIFFERS"), "a hundred million yuan");
    assert_eq!(told(&sum("10000元", "罚款10000元").await.faults), one(2, "罚款金额（万元）", "CELL_OTHER_UNIT"));
    assert_eq!(told(&penalties(&world, &[with(1, &[(1, "个体工商户")])]).await.warnings), one(2, "行政相对人类别", "KIND_DIFFERS"));
    world.finish().await;
}

async fn the_body_that_is_meant_is_named_at_its_cell(world: World) {
    for body in ["资阳市雁江区交通运输局", "安岳县交通运输局"] {
        let check = penalties(&world, &[with(1, &[(12, body)])]).await;
        assert_eq!(told(&check.faults), one(2, "处罚机关", "NOT_OWN_JURISDICTION"));
        assert!(check.faults[0].zh.contains("应为雁江区交通运输局"), "{:?}", check.faults);
    }
    assert_eq!(told(&penalties(&world, &[with(1, &[(12, " 雁江区\u{3000}交通运输局")])]).await.faults), []);
    world.finish().await;
}

async fn a_sum_under_a_header_almost_right_is_not_called_missing(world: World) {
    let mut headers = HEADERS;
    for near in ["罚款金额（单位：万元）", "罚款金额（元）"] {
        headers[9] = near;
        let check = checked(&world, Kind::PenaltyRecords, "yanjiang", "yanjiang", xlsx(&headers, &[good(1)])).await;
        assert_eq!(told(&check.faults), one(1, near, "COLUMN_UNKNOWN"), "the column is filled, its name is wrong");
    }
    let other = checked(&world, Kind::ProposalEntries, "yanjiang", "yanjiang", xlsx(&HEADERS, &[good(1)])).await;
    assert_eq!((told(&other.faults), other.rows), (one(1, "", "FILE_OF_ANOTHER_KIND"), 0), "one word is enough for a file of another kind");
    world.finish().await;
}

async fn names_are_found_by_any_point(world: World) {
    let points = ["·", "•", "．", "・", "‧"];
    let rows: Vec<_> = points
        .iter()
        .zip(1..)
        .map(|(point, number)| with(number, &[(0, &format!("资阳阿依古丽{point}买买提{number}餐饮运输部"))]))
        .collect();
    assert_eq!(committed(&world, &rows).await["opened"], 5);
    let query = "query($search: String!) { cases(process: PUBLICATION_RECORD, search: $search, first: 10) { nodes { ... on PublicationRecord { id } } } }";
    for point in points.iter().chain(&["", " "]) {
        let found = world.query("yanjiang", query, json!({ "search": format!("阿依古丽{point}买买提") })).await;
        assert_eq!(found["cases"]["nodes"].as_array().map(Vec::len), Some(5), "{point}");
    }
    world.finish().await;
}

async fn problems_and_warnings_are_told_apart_everywhere(world: World) {
    let rows = [with(1, &[(10, "2006-03-02")]), good(2)];
    let upload = sent(&world, "yanjiang", xlsx(&HEADERS, &rows)).await;
    let query = "query($upload: UUID!) { fileCheck(layout: PENALTY_RECORDS, office: \"yanjiang\", upload: $upload) { ended good problemCount problems { code } warningCount warnings { sheet row column header code zh en } sheets { sheet headerRow rows columns skipped { place zh en } } marked } }";
    let check = whole(&world, "yanjiang", query, json!({ "upload": upload })).await;
    assert_eq!((&check["good"], &check["problemCount"], &check["warningCount"]), (&json!(true), &json!(0), &json!(2)), "{check}");
    assert_eq!((&check["warnings"][0]["row"], &check["warnings"][0]["column"]), (&json!(2), &json!("K")), "{check}");
    assert_eq!(
        (&check["sheets"][0]["headerRow"], &check["sheets"][0]["rows"], check["sheets"][0]["columns"].as_array().map(Vec::len)),
        (&json!(1), &json!(2), Some(HEADERS.len())),
        "{check}"
    );
    let marked = world.get("yanjiang", check["marked"].as_str().expect("warnings are marked too")).await;
    let again = sheets::read(&marked, &api::files::penalties::LAYOUT, &sheets::Limits::default(), |_, _| {}).expect("a workbook");
    assert_eq!((again.rows.len(), again.faults.len()), (2, 0));
    let done = committed(&world, &rows).await;
    assert_eq!(
        (&done["opened"], &done["check"]["warnings"][0]["code"]),
        (&json!(2), &json!("YEAR_LONG_PAST")),
        "a warning is in nobody's way: {done}"
    );
    world.finish().await;
}
