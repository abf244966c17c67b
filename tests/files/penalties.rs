//! A county's penalty decisions from its own spreadsheet, by HTTP: dry run, marked workbook, commit of the very file.

use serde_json::{Value, json};
use uuid::Uuid;

use super::tables::{HEADERS, csv, good, xlsx};
use crate::{
    on_both,
    support::{patience::whole, world::World},
};

on_both!(
    a_good_file_becomes_records_once
    every_problem_is_told_and_nothing_is_written
    a_file_is_the_offices_own
    a_day_outside_is_told_at_its_cell
    what_changed_since_the_check_is_found_at_the_commit
    a_thousand_rows_go_through_in_one_write
);

/// Sends a file; the id of the upload.
pub async fn sent(world: &World, login: &str, bytes: Vec<u8>) -> Value {
    world.file(login, bytes).await["id"].clone()
}

const CHECK: &str = "query($office: String!, $upload: UUID!) { fileCheck(layout: PENALTY_RECORDS, office: $office, upload: $upload) { ended done all good rows problemCount marked problems { sheet row column code zh en } } }";

/// Asks until the check has ended.
async fn checked(world: &World, login: &str, office: &str, upload: &Value) -> Value {
    whole(world, login, CHECK, json!({ "office": office, "upload": upload })).await
}

async fn committed(world: &World, login: &str, office: &str, upload: &Value, key: Uuid) -> Value {
    let query = "mutation($input: CommitFileInput!) { commitFile(input: $input) { opened check { ended problemCount problems { code row } } entry { number verb } refusal { reasons { code } } } }";
    let input = json!({ "layout": "PENALTY_RECORDS", "office": office, "upload": upload, "idempotencyKey": key });
    whole(world, login, query, json!({ "input": input })).await
}

async fn records(world: &World) -> usize {
    let data = world.query("auditor", "{ cases(process: PUBLICATION_RECORD, first: 100) { edges { node { number } } } }", json!({})).await;
    data["cases"]["edges"].as_array().map_or(0, Vec::len)
}

async fn a_good_file_becomes_records_once(world: World) {
    let upload = sent(&world, "yanjiang", xlsx(&HEADERS, &[good(1), good(2), good(3)])).await;
    let check = checked(&world, "yanjiang", "yanjiang", &upload).await;
    assert_eq!((&check["good"], &check["rows"], &check["problems"]), (&json!(true), &json!(3), &json!([])), "{check}");
    assert_eq!(records(&world).await, 0, "a check writes nothing");
    let key = Uuid::new_v4();
    let first = committed(&world, "yanjiang", "yanjiang", &upload, key).await;
    assert_eq!((&first["opened"], &first["entry"]["verb"]), (&json!(3), &json!("import_file")), "{first}");
    let again = committed(&world, "yanjiang", "yanjiang", &upload, key).await;
    assert_eq!(again["entry"]["number"], first["entry"]["number"], "the same key gives the first answer");
    let other = committed(&world, "yanjiang", "yanjiang", &upload, Uuid::new_v4()).await;
    assert!(other["check"]["problems"].as_array().unwrap().iter().any(|problem| problem["code"] == "FILE_COMMITTED"), "{other}");
    assert_eq!(records(&world).await, 3);
    world.finish().await;
}

async fn every_problem_is_told_and_nothing_is_written(world: World) {
    let mut rows = vec![good(1), good(2), good(2), good(4), good(5), good(6)];
    rows[1][2].replace_range(17..18, "I");
    "安岳县交通运输局".clone_into(&mut rows[3][12]);
    "2026-12-31".clone_into(&mut rows[4][10]);
    rows[5][9] = String::new();
    let upload = sent(&world, "yanjiang", csv(&HEADERS, &rows).into_bytes()).await;
    let check = checked(&world, "yanjiang", "yanjiang", &upload).await;
    let mut found: Vec<_> = check["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["row"].as_u64().unwrap(), p["column"].as_str().unwrap().to_owned(), p["code"].as_str().unwrap().to_owned()))
        .collect();
    found.sort();
    let at =
        |row, column: &str| found.iter().filter(|(r, c, _)| *r == row && c == column).map(|(_, _, code)| code.clone()).collect::<Vec<_>>();
    assert_eq!(at(3, "C").len(), 1, "{found:?}");
    assert_eq!(at(5, "M"), ["NOT_OWN_JURISDICTION"], "{found:?}");
    assert_eq!(at(6, "K"), ["DATE_IN_FUTURE"], "{found:?}");
    assert_eq!(at(7, "J"), ["FINE_WITHOUT_SUM"], "{found:?}");
    let tried = committed(&world, "yanjiang", "yanjiang", &upload, Uuid::new_v4()).await;
    assert_eq!((&tried["opened"], &tried["entry"]), (&json!(0), &Value::Null), "{tried}");
    assert_eq!(records(&world).await, 0);
    let marked = world.get("yanjiang", check["marked"].as_str().unwrap()).await;
    let read = api::sheets::read(&marked, &api::files::penalties::LAYOUT, &api::sheets::Limits::default(), |_, _| {}).expect("a workbook");
    assert_eq!(read.rows.len(), 6);
    world.finish().await;
}

async fn a_day_outside_is_told_at_its_cell(world: World) {
    let headers: Vec<&str> = HEADERS.iter().copied().chain(["公示起始日"]).collect();
    let with = |number: u32, decided: &str, publish: &str| {
        let mut row = good(number).clone();
        decided.clone_into(&mut row[10]);
        row.push(publish.to_owned());
        row
    };
    let decided = good(1)[10].clone();
    let rows = [with(1, "1990-05-01", ""), with(2, &decided, "1990-05-01"), with(3, &decided, "2099-05-01"), with(4, &decided, "")];
    let text: Vec<String> = std::iter::once(headers.join(",")).chain(rows.iter().map(|row| row.join(","))).collect();
    let upload = sent(&world, "yanjiang", text.join("\r\n").into_bytes()).await;
    let check = checked(&world, "yanjiang", "yanjiang", &upload).await;
    let found: Vec<_> = check["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| (p["row"].as_u64().unwrap(), p["column"].as_str().unwrap(), p["code"].as_str().unwrap()))
        .collect();
    let last = char::from(b'A' + u8::try_from(HEADERS.len()).unwrap()).to_string();
    for wanted in [(2, "K", "DATE_OUT_OF_ORDER"), (3, last.as_str(), "DATE_OUT_OF_ORDER"), (4, last.as_str(), "DATE_TOO_LATE")] {
        assert!(found.contains(&wanted), "{wanted:?} in {found:?}");
    }
    assert!(found.iter().all(|(row, _, _)| *row < 5), "{found:?}");
    world.finish().await;
}

async fn a_file_is_the_offices_own(world: World) {
    let upload = sent(&world, "yanjiang", xlsx(&HEADERS, &[good(1)])).await;
    let ask = async |login: &str, office: &str| {
        let token = world.token(login).await;
        world.ask(Some(&token), CHECK, json!({ "office": office, "upload": upload })).await["errors"][0]["extensions"]["code"].clone()
    };
    assert_eq!(ask("yanjiang", "anyue").await, "BAD_USER_INPUT", "an office that is not one's own");
    assert_eq!(ask("anyue", "anyue").await, "BAD_USER_INPUT", "a file that is not one's own");
    let check = checked(&world, "yanjiang", "yanjiang", &upload).await;
    assert_eq!(check["good"], true);
    let head = sent(&world, "yanjiang-head", xlsx(&HEADERS, &[good(1)])).await;
    let check = checked(&world, "yanjiang-head", "yanjiang", &head).await;
    assert_eq!(check["problems"][0]["code"], "ROLE_DOES_NOT_ALLOW", "only an officer sends records: {check}");
    world.finish().await;
}

async fn what_changed_since_the_check_is_found_at_the_commit(world: World) {
    let (first, second) = (xlsx(&HEADERS, &[good(1), good(2)]), xlsx(&HEADERS, &[good(2), good(3)]));
    let (first, second) = (sent(&world, "yanjiang", first).await, sent(&world, "yanjiang", second).await);
    assert_eq!(checked(&world, "yanjiang", "yanjiang", &second).await["good"], true);
    assert_eq!(committed(&world, "yanjiang", "yanjiang", &first, Uuid::new_v4()).await["opened"], 2);
    let late = committed(&world, "yanjiang", "yanjiang", &second, Uuid::new_v4()).await;
    assert_eq!(late["check"]["problems"], json!([{ "code": "SUCH_RECORD_EXISTS", "row": 2 }]), "{late}");
    assert_eq!(records(&world).await, 2, "all or nothing");
    world.finish().await;
}

async fn a_thousand_rows_go_through_in_one_write(world: World) {
    let rows: Vec<_> = (1..=1000).map(good).collect();
    let upload = sent(&world, "yanjiang", xlsx(&HEADERS, &rows)).await;
    let done = committed(&world, "yanjiang", "yanjiang", &upload, Uuid::new_v4()).await;
    assert_eq!(done["opened"], 1000, "{done}");
    world.finish().await;
}
