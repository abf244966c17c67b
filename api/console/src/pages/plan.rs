//! The city's plan: its board, whose every number opens what it counts; starting and closing one.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde_json::{Value, json};

use super::deed;
use crate::{ask::Trouble, console::Console, house::House, visit::SignedIn};

const PLANS: &str = include_str!("../../documents/plans.graphql");
const BOARD: &str = include_str!("../../documents/plan.graphql");
const LINE: &str = include_str!("../../documents/plan-line.graphql");

/// How many things of a line a page shows.
const PAGE: u32 = 50;

/// The plans: those that were started, each with its board, and those that can be.
pub async fn all<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = async {
        let mut data = console.read(&visit, PLANS, json!({})).await?;
        if data["plans"].is_null() {
            return Err(Trouble::Forbidden);
        }
        data["deeds"] = deed::drawn(&console, &visit, &["startPlan", "closePlan"]).await.unwrap_or_default();
        data["here"] = visit.path.clone().into();
        Ok(data)
    };
    console.shown(&visit, "plans.html", found.await).await
}

/// The board of a plan.
pub async fn board<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(run): Path<String>) -> Response {
    let found = async {
        let data = console.read(&visit, BOARD, json!({ "run": run, "asOf": visit.asked("asOf") })).await?;
        let board = &data["planBoard"];
        if board.is_null() {
            return Err(Trouble::Missing);
        }
        Ok(json!({ "board": board, "as_of": visit.asked("asOf") }))
    };
    console.shown(&visit, "plan.html", found.await).await
}

/// One line of the board, or a number that is watched, with everything that it counts.
pub async fn line<H: House>(
    State(console): State<Console<H>>,
    SignedIn(visit): SignedIn,
    Path((run, line)): Path<(String, String)>,
) -> Response {
    let found = async {
        let asked = json!({
            "run": run, "line": line, "office": visit.asked("office"), "asOf": visit.asked("asOf"), "first": PAGE, "after": visit.asked("after"),
        });
        let mut data = console.read(&visit, LINE, asked).await?;
        if data["planCounted"].is_null() {
            return Err(Trouble::Missing);
        }
        let board = &data["planBoard"];
        let lists = board["sections"].as_array().into_iter().flatten().map(|section| &section["lines"]);
        let all = lists.chain([&board["duties"]]).flat_map(|list| list.as_array().into_iter().flatten());
        let of_line = all.chain(board["watched"].as_array().into_iter().flatten()).find(|one| one["key"] == *line);
        let shown = of_line.cloned().ok_or(Trouble::Missing)?;
        let more: Value = visit.next(&data["planCounted"]["pageInfo"]);
        let counted = data["planCounted"]["nodes"].take();
        let plan = data["planBoard"]["plan"].take();
        Ok(json!({ "line": shown, "plan": plan, "counted": counted, "more": more, "office": visit.asked("office") }))
    };
    console.shown(&visit, "plan-line.html", found.await).await
}
