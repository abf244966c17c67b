//! How things stand in the bureau and in an office: what waits, what is late and how many cases there are opens as a list.

use axum::{extract::State, response::Response};
use serde_json::{Map, Value, json};

use crate::{ask::Trouble, console::Console, house::House, visit::SignedIn};

const BOARD: &str = include_str!("../../documents/board.graphql");
const RATES: &str = include_str!("../../documents/rates.graphql");

/// Cases by process, each with its phases.
fn by_process(phases: &Value) -> Value {
    let mut all: Map<String, Value> = Map::new();
    for one in phases.as_array().into_iter().flatten() {
        let line = all.entry(one["process"].as_str().unwrap_or_default()).or_insert_with(|| json!({ "all": 0, "phases": {} }));
        line["all"] = json!(line["all"].as_i64().unwrap_or_default() + one["count"].as_i64().unwrap_or_default());
        line["phases"][one["phase"].as_str().unwrap_or_default()] = one["count"].clone();
    }
    all.into()
}

/// Decisions by act, each with its months; and the months themselves.
fn by_month(decided: &Value) -> (Vec<Value>, Vec<String>) {
    let all = decided.as_array().map(Vec::as_slice).unwrap_or_default();
    let mut months: Vec<String> = all.iter().filter_map(|one| one["month"].as_str().map(str::to_owned)).collect();
    months.sort_unstable();
    months.dedup();
    let months = months.split_off(months.len().saturating_sub(6));
    let mut lines: Vec<Value> = Vec::new();
    for one in all.iter().filter(|one| months.iter().any(|month| one["month"] == **month)) {
        let same = |line: &&mut Value| line["process"] == one["process"] && line["title"] == one["title"];
        let month = one["month"].as_str().unwrap_or_default();
        match lines.iter_mut().find(same) {
            Some(line) => line["months"][month] = one["count"].clone(),
            None => lines.push(json!({ "process": one["process"], "title": one["title"], "months": { month: one["count"] } })),
        }
    }
    (lines, months)
}

/// The quarter of a day, and the one before it, as periods of reports.
fn quarters(today: &str) -> [String; 2] {
    let year: i32 = today.get(..4).and_then(|text| text.parse().ok()).unwrap_or_default();
    let month: i32 = today.get(5..7).and_then(|text| text.parse().ok()).unwrap_or(1);
    let quarter = (month - 1) / 3 + 1;
    let before = if quarter == 1 { (year - 1, 4) } else { (year, quarter - 1) };
    [format!("{year}-Q{quarter}"), format!("{}-Q{}", before.0, before.1)]
}

pub async fn show<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = async {
        let mut data = console.read(&visit, BOARD, json!({ "office": visit.asked("office") })).await?;
        if data["board"].is_null() {
            return Err(Trouble::Forbidden);
        }
        let [this, before] = quarters(data["today"].as_str().unwrap_or_default());
        let period = visit.asked("period").unwrap_or(&before).to_owned();
        // Rates of reporting are for the policy office and auditors; others have the board without them.
        let rates = match console.read(&visit, RATES, json!({ "period": period })).await {
            Err(Trouble::Wrong(fields)) => return Err(Trouble::Wrong(fields)),
            rates => rates.unwrap_or_default(),
        };
        data["processes"] = by_process(&data["board"]["phases"]);
        let (lines, months) = by_month(&data["board"]["decided"]);
        data["decided"] = lines.into();
        data["months"] = months.into();
        data["most"] = data["board"]["days"].as_array().into_iter().flatten().filter_map(|day| day["count"].as_i64()).max().into();
        data["rates"] = rates["reportingRates"].clone();
        data["period"] = period.into();
        data["quarters"] = json!([this, before]);
        data["asked"] = visit.asked("office").unwrap_or_default().into();
        Ok(data)
    };
    console.shown(&visit, "board.html", found.await).await
}
