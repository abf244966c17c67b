//! Registers of collected information by the catalogue; the rates that were frozen, each with the records that fail it.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde_json::{Value, json};

use super::deed;
use crate::{ask::Trouble, console::Console, house::House, visit::SignedIn};

const ITEMS: &str = include_str!("../../documents/registers.graphql");
const ITEM: &str = include_str!("../../documents/register-item.graphql");
const RATES: &str = include_str!("../../documents/rates-frozen.graphql");
const FAILING: &str = include_str!("../../documents/rate-failing.graphql");

/// Rows that a page shows.
const PAGE: u32 = 50;

/// The catalogue: what may be collected, by whom, and where it goes.
pub async fn all<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    console.shown(&visit, "registers.html", console.read(&visit, ITEMS, json!({})).await).await
}

/// The rows of an item.
pub async fn item<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(item): Path<String>) -> Response {
    let found = async {
        let asked = json!({
            "item": item, "search": visit.asked("search"), "key": visit.asked("key"), "first": PAGE, "after": visit.asked("after"),
        });
        let mut data = console.read(&visit, ITEM, asked).await?;
        let items = data["catalogueItems"].as_array().into_iter().flatten();
        let about = items.clone().find(|one| one["key"] == *item).cloned().ok_or(Trouble::Missing)?;
        if data["information"].is_null() {
            return Err(Trouble::Missing);
        }
        let more: Value = visit.next(&data["information"]["pageInfo"]);
        let rows = data["information"]["nodes"].take();
        Ok(json!({ "item": about, "rows": rows, "more": more, "search": visit.asked("search"), "one": visit.asked("key") }))
    };
    console.shown(&visit, "register-item.html", found.await).await
}

/// The rates of a day.
pub async fn rates<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = async {
        let mut data = console.read(&visit, RATES, json!({ "asOf": visit.asked("asOf") })).await?;
        if data["rates"].is_null() {
            return Err(Trouble::Forbidden);
        }
        data["deeds"] = deed::drawn(&console, &visit, &["freezeMeasures"]).await.unwrap_or_default();
        data["here"] = visit.path.clone().into();
        Ok(data)
    };
    console.shown(&visit, "rates.html", found.await).await
}

/// The records that fail a rate.
pub async fn failing<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = async {
        let asked = json!({ "id": visit.asked("rate").unwrap_or_default(), "first": PAGE, "after": visit.asked("after") });
        let mut data = console.read(&visit, FAILING, asked).await?;
        if data["rate"].is_null() {
            return Err(Trouble::Missing);
        }
        let more: Value = visit.next(&data["rateFailing"]["pageInfo"]);
        let records = data["rateFailing"]["nodes"].take();
        Ok(json!({ "rate": data["rate"], "records": records, "more": more }))
    };
    console.shown(&visit, "rate-failing.html", found.await).await
}
