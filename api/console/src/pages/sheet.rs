//! Papers of a case to print, and the register of their numbers.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};

use crate::{
    ask::Trouble,
    console::Console,
    house::{House, Wanted},
    visit::{SignedIn, Visit},
};

const SHEET: &str = include_str!("../../documents/sheet.graphql");
const SHEETS: &str = include_str!("../../documents/sheets.graphql");
const NUMBERS: &str = include_str!("../../documents/numbers.graphql");
const NUMBERS_OF: &str = include_str!("../../documents/numbers-of.graphql");

/// Numbers of a page of the register.
const PAGE: u32 = 50;

/// The papers of a case that the visitor may read.
pub(super) async fn offered<H: House>(console: &Console<H>, visit: &Visit, number: &str) -> Result<Value, Trouble> {
    let mut data = console.read(visit, SHEETS, json!({ "number": number })).await?;
    Ok(data["sheets"].take())
}

async fn found<H: House>(console: &Console<H>, visit: &Visit, number: &str, word: &str) -> Result<Value, Trouble> {
    let offered = offered(console, visit, number).await?;
    // Only words that the house itself said are asked for: the address may hold any.
    let kind = word.to_uppercase();
    let mut offer = offered.as_array().into_iter().flatten().filter(|one| one["kind"] == *kind);
    let offer = offer.next().cloned().ok_or(Trouble::Missing)?;
    if offer["document"].is_string() {
        return Ok(json!({ "kept": offer["document"] }));
    }
    let mut data = console.read(visit, SHEET, json!({ "number": number, "kind": kind })).await?;
    if data["sheet"].is_null() {
        return Err(Trouble::Missing);
    }
    data["title"] = offer["title"].clone();
    data["number"] = number.into();
    data["pdf"] = format!("{}.pdf", visit.path).into();
    Ok(data)
}

/// A paper as it is printed; with `.pdf` behind its word as a file.
pub async fn print<H: House>(
    State(console): State<Console<H>>,
    SignedIn(visit): SignedIn,
    Path((number, word)): Path<(String, String)>,
) -> Response {
    if word.strip_suffix(".pdf").is_some() {
        let file = console.house.file(visit.visitor.clone(), Wanted::Sheet { case: number, name: word }).await;
        return console.download(&visit, file).await;
    }
    match found(&console, &visit, &number, &word).await {
        // What was signed off is read as it was kept.
        Ok(data) if data["kept"].is_string() => {
            Redirect::to(&data["kept"].as_str().unwrap_or_default().replace("/documents/", "/papers/")).into_response()
        }
        page => console.shown(&visit, "sheet.html", page).await,
    }
}

/// The register: the series, and the numbers of the one that is asked for.
pub async fn numbers<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = async {
        let mut data = console.read(&visit, NUMBERS, json!({})).await?;
        if data["numberSeries"].is_null() {
            return Err(Trouble::Forbidden);
        }
        let chosen = visit.asked("series").unwrap_or_default().to_owned();
        data["chosen"] = chosen.clone().into();
        data["numbers"] = Value::Null;
        data["more"] = Value::Null;
        if !chosen.is_empty() {
            let asked = json!({ "series": chosen, "first": PAGE, "after": visit.asked("after") });
            let mut page = console.read(&visit, NUMBERS_OF, asked).await?;
            if page["issuedNumbers"].is_null() {
                return Err(Trouble::Missing);
            }
            data["more"] = visit.next(&page["issuedNumbers"]["pageInfo"]);
            data["numbers"] = page["issuedNumbers"]["nodes"].take();
        }
        Ok(data)
    };
    console.shown(&visit, "numbers.html", found.await).await
}
