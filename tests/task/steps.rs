//! Steps of tasks and plans.

use serde_json::{Value, json};

use crate::support::world::World;

/// A plan of four years later, for a house of 2026: as the city's of 2022, with other days.
pub const RUN: &str = "credit_transport_city.2026-08-30";
pub const VERSION: &str = "credit_transport_city.2026-08-30.1";

/// The plan as a file.
pub fn file() -> String {
    let text = include_str!("../../workflows/law/plans/credit_transport_city.2022-08-30.1.toml");
    text.replace("2023-", "2027-").replace("2022-", "2026-")
}

/// Loads a plan file.
pub async fn loaded(world: &World, name: &str, text: &str) {
    let query = "mutation($file: LawFileInput!) { loadLaw(file: $file) { refusal { reasons { code message { en } } } } }";
    let answer = world.query("admin", query, json!({ "file": { "name": name, "text": text } })).await;
    assert!(answer["loadLaw"]["refusal"].is_null(), "{answer}");
}

/// The day on which the plan begins, with the plan started.
pub async fn running(world: &World) {
    world.on("2026-08-30").await;
    loaded(world, "plan.toml", &file()).await;
    let answer = change(world, "policy-head", "startPlan", "version", VERSION).await;
    assert!(answer["refusal"].is_null(), "{answer}");
}

/// The answer to startPlan or closePlan.
pub async fn change(world: &World, login: &str, name: &str, field: &str, value: &str) -> Value {
    let kind = if name == "startPlan" { "StartPlanInput" } else { "ClosePlanInput" };
    let query = format!(
        "mutation($input: {kind}!) {{ {name}(input: $input) {{ entry {{ number }} refusal {{ reasons {{ code message {{ zh en }} remedy {{ zh en }} }} }} }} }}"
    );
    world.query(login, &query, json!({ "input": { field: value } })).await[name].clone()
}

/// What a meeting asks of an office; its global id.
pub async fn asked(world: &World, meeting: &str, office: &str, due: &str) -> String {
    let input = json!({ "meeting": meeting, "office": office, "task": { "title": "报送上半年信用工作进展", "due": due } });
    world.done("policy", "openPlanTask", input).await["id"].as_str().expect("an id").to_owned()
}

/// The board as an account reads it.
pub async fn board(world: &World, login: &str) -> Value {
    board_on(world, login, None).await
}

/// The same as of a day.
pub async fn board_on(world: &World, login: &str, as_of: Option<&str>) -> Value {
    let line =
        "key no due light counted percent points gap { zh en } shares { office { key } light gap { zh } task { id number state { key } } }";
    let query = format!(
        "query($run: String!, $asOf: Date) {{ planBoard(run: $run, asOf: $asOf) {{ asOf lights {{ green amber red grey }} sections {{ no got unsplit lines {{ {line} }} }} duties {{ {line} }} watched {{ key counted percent }} }} }}"
    );
    world.query(login, &query, json!({ "run": RUN, "asOf": as_of })).await["planBoard"].clone()
}

/// A line of a board.
pub fn line(board: &Value, key: &str) -> Value {
    let rows = board["sections"].as_array().expect("sections").iter().flat_map(|section| section["lines"].as_array().expect("lines"));
    let all = rows.chain(board["duties"].as_array().expect("duties"));
    all.clone().find(|line| line["key"] == key).unwrap_or_else(|| panic!("a line {key}")).clone()
}

/// The task of an office on a line: its global id.
pub fn task(board: &Value, key: &str, office: &str) -> String {
    let line = line(board, key);
    let shares = line["shares"].as_array().expect("shares").iter();
    let share = shares.clone().find(|share| share["office"]["key"] == office).unwrap_or_else(|| panic!("a share of {office}"));
    share["task"]["id"].as_str().expect("a task").to_owned()
}
