//! One case: what now, who, until when, and why not; its papers.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde_json::{Value, json};

use super::{bulk, deed};
use crate::{ask::Trouble, console::Console, house::House, view::days, visit::SignedIn};

const CASE: &str = include_str!("../../documents/case.graphql");
const CASE_DESK: &str = include_str!("../../documents/case-desk.graphql");

/// Acts in the order of a page: decisions, on, back, beside, to the end.
const GROUPS: [(&str, &str, &str); 5] = [
    ("DECIDE", "作出决定", "Decide"),
    ("FORWARD", "往前", "On"),
    ("BACK", "往回", "Back"),
    ("SIDE", "留在本步", "Beside the way"),
    ("END", "终结", "End"),
];

/// The acts that are open, by the way they lead.
fn groups(actions: &Value) -> Value {
    let open = |key: &str| -> Vec<Value> {
        let fits = |action: &&Value| match (action["allowed"] == true, action["decides"] == true) {
            (false, _) => false,
            (true, true) => key == "DECIDE",
            (true, false) => action["weight"] == key,
        };
        actions.as_array().into_iter().flatten().filter(fits).cloned().collect()
    };
    let groups = GROUPS.iter().map(|(key, zh, en)| json!({ "key": key, "title": { "zh": zh, "en": en }, "acts": open(key) }));
    groups.filter(|group| group["acts"].as_array().is_some_and(|acts| !acts.is_empty())).collect()
}

/// Acts that are not open, but would be by another day or another fact: those that only another state or seat opens are left out.
pub(super) fn blocked(actions: &Value) -> Value {
    let elsewhere = ["STATE_DOES_NOT_ALLOW", "ROLE_DOES_NOT_ALLOW", "SYSTEM_ONLY", "NO_LAW_IN_FORCE"];
    let closed = actions.as_array().into_iter().flatten().filter(|action| action["allowed"] != true);
    let of_a_fact = |action: &&Value| {
        let reasons = action["reasons"].as_array().map(Vec::as_slice).unwrap_or_default();
        !reasons.iter().any(|reason| elsewhere.iter().any(|code| reason["code"] == *code))
    };
    closed.filter(of_a_fact).cloned().collect()
}

/// Acts that are next and that another seat does, with the roles that do them.
fn of_others(actions: &Value) -> Value {
    let only_role = |action: &&Value| {
        let reasons = action["reasons"].as_array().map(Vec::as_slice).unwrap_or_default();
        !reasons.is_empty() && reasons.iter().all(|reason| reason["code"] == "ROLE_DOES_NOT_ALLOW")
    };
    actions.as_array().into_iter().flatten().filter(only_role).cloned().collect()
}

fn rows(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// The open deadline that ends first.
fn first(deadlines: &Value) -> Value {
    let open = deadlines.as_array().into_iter().flatten().filter(|one| one["status"] == "OPEN" && one["dueOn"].is_string());
    open.min_by_key(|one| one["dueOn"].as_str().unwrap_or_default().to_owned()).cloned().unwrap_or_default()
}

pub async fn show<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(number): Path<String>) -> Response {
    let found = console.read(&visit, CASE, json!({ "number": number })).await.and_then(|mut data| {
        if data["case"].is_null() {
            return Err(Trouble::Missing);
        }
        let today = data["today"].as_str().unwrap_or_default().to_owned();
        let case = &mut data["case"];
        // The day of a question to another office stands with the question, and presses nobody here.
        if let Some(deadlines) = case["deadlines"].as_array_mut() {
            deadlines.retain(|one| one["beside"] != true);
        }
        case["groups"] = groups(&case["actions"]);
        case["blocked"] = blocked(&case["actions"]);
        case["shut"] = blocked(&case["openings"]);
        case["others"] = of_others(&case["actions"]);
        case["first"] = first(&case["deadlines"]);
        data["bulk"] = bulk::offered(&mut data["case"]["entries"], visit.asked("all").is_some());
        data["all"] = visit.here_with(&[("all", "1"), ("done", ""), ("lang", "")]).into();
        data["strip"] = json!(days::strip(&data["case"]["deadlines"], &today));
        Ok(data)
    });
    console.shown(&visit, "case.html", found).await
}

/// A paper of a case, through the house's own rules of who reads what.
pub async fn paper<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(id): Path<String>) -> Response {
    let paper = console.house.paper(visit.visitor.clone(), id).await;
    console.download(&visit, paper).await
}

/// Who holds the work of a case, and what may be done about it: claimed, given back, given to somebody else, stepped aside from.
pub async fn desk<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(number): Path<String>) -> Response {
    let found = async {
        let mut data = console.read(&visit, CASE_DESK, json!({ "number": number })).await?;
        if data["case"].is_null() {
            return Err(Trouble::Missing);
        }
        let acts = ["claimCase", "giveBackCase", "reassignCase", "stepAside", "readIdentityNumber"];
        data["deeds"] = deed::drawn(&console, &visit, &acts).await?;
        // Work goes to a seat of the same rank at the same office.
        let desks: Vec<(Value, Value)> =
            rows(&data["case"]["desk"]).map(|desk| (desk["office"]["key"].clone(), desk["rank"].clone())).collect();
        if let Some(seats) = data["deeds"]["reassignCase"]["fields"][1]["options"].as_array_mut() {
            seats.retain(|seat| desks.iter().any(|(office, rank)| seat["office"] == *office && seat["rank"] == *rank));
        }
        data["here"] = visit.path.clone().into();
        Ok(data)
    };
    console.shown(&visit, "case-desk.html", found.await).await
}
