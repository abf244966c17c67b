//! Steps of collection.

use api::city::demo::invented_uscc;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{patience::whole, world::World};

/// Headers of the register of operators, as its template has them.
pub const OPERATORS: &str = "名称,类别,统一社会信用代码,所属领域,所属区划,许可证号,经营起始日,经营终止日";
/// Those of licences.
pub const LICENCES: &str = "行政相对人名称,行政相对人类别,统一社会信用代码,行政许可决定文书名称,行政许可决定文书号,许可类别,许可内容,许可决定日期,有效期自,有效期至,许可机关,许可机关统一社会信用代码,当前状态,失效日期,数据来源单位,数据来源单位统一社会信用代码";

/// A code of an operator that does not exist.
pub fn code(number: u32) -> String {
    invented_uscc("512002", number)
}

/// An operator of road transport in Yanjiang.
pub fn operator(number: u32) -> String {
    format!("示例{number}运输有限公司,法人及非法人组织,{},道路运输,512002,,2020-01-01,", code(number))
}

/// A licence of that operator, decided on a day.
pub fn licence(number: u32, decided: &str) -> String {
    let (own, body) = (code(number), code(900));
    format!(
        "示例{number}运输有限公司,法人及非法人组织,{own},准予行政许可决定书,雁交许〔2026〕{number}号,普通,道路货物运输经营,{decided},{decided},2099-12-31,雁江区交通运输局,{body},有效,,雁江区交通运输局,{body}"
    )
}

fn table(headers: &str, rows: &[String]) -> Vec<u8> {
    format!("{headers}\n{}\n", rows.join("\n")).into_bytes()
}

const CHECK: &str = "query($item: String!, $office: String!, $upload: UUID!) { fileCheck(layout: INFORMATION, item: $item, office: $office, upload: $upload) { ended good rows same problems { row code } warnings { row code } } }";
const COMMIT: &str = "mutation($input: CommitFileInput!) { commitFile(input: $input) { opened check { ended same problems { row code } } import { id status layout item { key } } entry { number } refusal { reasons { code } } } }";

/// The check of a register file of a county.
pub async fn checked(world: &World, login: &str, (item, office): (&str, &str), headers: &str, rows: &[String]) -> Value {
    let upload = world.file(login, table(headers, rows)).await["id"].clone();
    whole(world, login, CHECK, json!({ "item": item, "office": office, "upload": upload })).await
}

/// The commit of one.
pub async fn committed(world: &World, login: &str, (item, office): (&str, &str), headers: &str, rows: &[String]) -> Value {
    let upload = world.file(login, table(headers, rows)).await["id"].clone();
    let input = json!({ "layout": "INFORMATION", "item": item, "office": office, "upload": upload, "idempotencyKey": Uuid::new_v4() });
    whole(world, login, COMMIT, json!({ "input": input })).await
}

/// Operators and licences of Yanjiang, brought by its officer.
pub async fn brought(world: &World, item: &str, rows: &[String]) {
    let headers = if item == "licence" { LICENCES } else { OPERATORS };
    let done = committed(world, "yanjiang", (item, "yanjiang"), headers, rows).await;
    assert_eq!(done["import"]["status"], "WHOLE", "{done}");
}

/// Submissions of an account's office, the newest first: global ids.
pub async fn submissions(world: &World, login: &str) -> Vec<String> {
    let found = world.query(login, "{ cases(process: DATA_SUBMISSION, first: 40) { nodes { id } } }", json!({})).await;
    let nodes = found["cases"]["nodes"].as_array().expect("submissions").clone();
    nodes.iter().filter_map(|node| node["id"].as_str().map(str::to_owned)).collect()
}

/// Two licences of Yanjiang handed to the system of dual publication; the submission's global id.
pub async fn sent(world: &World) -> String {
    let today = world.query("policy", "{ today }", json!({})).await["today"].as_str().expect("a day").to_owned();
    let rows = [licence(1, &today), licence(2, &today)];
    brought(world, "licence", &rows).await;
    let submission = submissions(world, "yanjiang").await.first().expect("a draft that the house has opened").clone();
    world.done("yanjiang-head", "submitDataSubmission", json!({ "id": submission })).await;
    submission
}

/// The input of an answer that became known today.
pub async fn answer(world: &World, submission: &str, answers: &str) -> Value {
    let today = world.query("policy", "{ today }", json!({})).await["today"].clone();
    let paper = world.paper("yanjiang", "平台反馈").await;
    json!({ "id": submission, "answers": answers, "provinceAnswer": paper, "knownOn": today })
}

pub async fn answered(world: &World, submission: &str, answers: &str) {
    let input = answer(world, submission, answers).await;
    world.done("yanjiang", "recordSubmissionAnswer", input).await;
}

/// Freezes the rates of a day; they by measure and scope, as percent, numerator and denominator.
pub async fn frozen(world: &World, as_of: &str) -> Value {
    let query =
        "mutation($input: FreezeMeasuresInput!) { freezeMeasures(input: $input) { entry { number } refusal { reasons { code } } } }";
    let done = world.query("policy", query, json!({ "input": { "asOf": as_of } })).await;
    assert!(done["freezeMeasures"]["refusal"].is_null(), "{done}");
    rates(world, "policy", as_of).await
}

/// The rates that were frozen for a day.
pub async fn rates(world: &World, login: &str, as_of: &str) -> Value {
    let query = "query($asOf: Date) { rates(asOf: $asOf) { asOf days rates { id measure scope first num den percent excluded failing listOpen listSha256 } } }";
    world.query(login, query, json!({ "asOf": as_of })).await["rates"].clone()
}

/// The line of a measure and a scope; of several periods the one that begins on a day.
pub fn rate(rates: &Value, measure: &str, scope: &str, first: Option<&str>) -> Value {
    let all = rates["rates"].as_array().expect("rates");
    let found =
        all.iter().find(|rate| rate["measure"] == measure && rate["scope"] == scope && first.is_none_or(|first| rate["first"] == first));
    found.unwrap_or_else(|| panic!("{measure} of {scope}: {rates}")).clone()
}

/// The records that fail a rate: key and reasons.
pub async fn failing(world: &World, login: &str, rate: &Value) -> Option<Vec<(String, String)>> {
    let query = "query($id: String!) { rateFailing(id: $id, first: 100) { nodes { key item rowKey reasons } } }";
    let found = world.query(login, query, json!({ "id": rate["id"] })).await["rateFailing"].clone();
    let nodes = found["nodes"].as_array()?.clone();
    let reasons =
        |node: &Value| node["reasons"].as_array().expect("reasons").iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",");
    Some(nodes.iter().map(|node| (node["key"].as_str().expect("a key").to_owned(), reasons(node))).collect())
}
