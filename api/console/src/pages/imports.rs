//! The import of a table that was checked: begun once, followed until it is whole, given up while its rows arrive.

use std::time::Duration;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::import::{Table, again_soon, checked};
use crate::{
    ask::{self, Trouble},
    console::Console,
    house::House,
    sent::Words,
    visit::{SignedIn, Visit},
};

const FILE: &str = include_str!("../../documents/import-file.graphql");
const IMPORTS: &str = include_str!("../../documents/import.graphql");
const COMMIT: &str = "mutation Commit($input: CommitFileInput!) { done: commitFile(input: $input) { check { ended problemCount } import { id } entry { number } refusal { reasons { message { zh en } remedy { zh en } } } } }";
const GIVE_UP: &str = "mutation GiveUp($input: GiveUpImportInput!) { done: giveUpImport(input: $input) { entry { number } refusal { reasons { message { zh en } remedy { zh en } } } } }";
/// How long the form waits for the import to begin; it goes on by itself, and a page follows it.
const PATIENCE: Duration = Duration::from_secs(4);

/// Begins the import. The key was drawn into the form: however often it is sent, the table is imported once.
pub async fn commit<H: House>(
    State(console): State<Console<H>>,
    SignedIn(visit): SignedIn,
    Path(upload): Path<String>,
    Words(typed): Words,
) -> Response {
    let (table, key, sha256) = (Table::typed(&typed), typed.one("key").to_owned(), typed.one("sha256").to_owned());
    let (layout, item) = table.named();
    let input = json!({ "layout": layout, "item": item, "office": table.office, "upload": upload, "idempotencyKey": key });
    let (asking, asker) = (console.clone(), visit.clone());
    // A task of its own: it is not dropped when nobody waits for it any longer.
    let asked = tokio::spawn(async move { asking.run(&asker, COMMIT, json!({ "input": input })).await });
    let under_way = || Redirect::to(&table.address(&format!("/import/{upload}/commit"), &[("key", &key), ("sha256", &sha256)]));
    let Ok(answer) = tokio::time::timeout(PATIENCE, asked).await else { return under_way().into_response() };
    let done = match answer.unwrap_or_else(|_| Err(ask::broken())) {
        Ok(data) => data["done"].clone(),
        Err(Trouble::Wrong(wrong)) => {
            let said: Vec<&_> = wrong.iter().map(|one| &one.words).collect();
            return checked(&console, &visit, StatusCode::UNPROCESSABLE_ENTITY, &table, &upload, json!({ "wrong": said })).await;
        }
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    match (&done["refusal"]["reasons"], done["import"]["id"].as_str()) {
        (reasons @ Value::Array(_), import) => {
            let tried = json!({ "reasons": reasons, "import": import, "entry": done["entry"]["number"] });
            checked(&console, &visit, StatusCode::UNPROCESSABLE_ENTITY, &table, &upload, tried).await
        }
        (_, Some(import)) => Redirect::to(&format!("/imports/{import}")).into_response(),
        _ if done["check"]["ended"] == false => under_way().into_response(),
        // Since the check something has changed, or nothing in it is new: the page of the check says what.
        _ => Redirect::to(&table.address(&format!("/import/{upload}"), &[("again", "1")])).into_response(),
    }
}

/// While a long table is checked once more: this page comes again until the import has begun.
pub async fn begun<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(upload): Path<String>) -> Response {
    let table = Table::asked(&visit);
    let (key, sha256) = (visit.asked("key").unwrap_or_default(), visit.asked("sha256").unwrap_or_default());
    let found = match console.read(&visit, IMPORTS, json!({ "office": table.office, "first": 20 })).await {
        Ok(found) => found,
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    let same = |one: &&Value| one["sha256"] == sha256 && one["status"] != "GIVEN_UP";
    let import = found["fileImports"].as_array().into_iter().flatten().find(same);
    if let Some(id) = import.and_then(|import| import["id"].as_str()) {
        return Redirect::to(&format!("/imports/{id}")).into_response();
    }
    let data = json!({
        "layout": table.layout, "office": table.office, "name": table.name, "key": key, "sha256": sha256,
        "here": visit.here_with(&[("lang", "")]), "commit": format!("/import/{upload}/commit"), "check": table.address(&format!("/import/{upload}"), &[]),
    });
    let mut answer = console.page(&visit, "import-begins.html", data).await;
    again_soon(&mut answer);
    answer
}

async fn found<H: House>(console: &Console<H>, visit: &Visit, id: &str) -> Result<Value, Trouble> {
    if id.parse::<Uuid>().is_err() {
        return Err(Trouble::Missing);
    }
    let data = console.read(visit, FILE, json!({ "import": id })).await?;
    if data["fileImport"].is_null() { Err(Trouble::Missing) } else { Ok(data["fileImport"].clone()) }
}

/// An import: how far it is, and what became of it.
pub async fn show<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(id): Path<String>) -> Response {
    let import = match found(&console, &visit, &id).await {
        Ok(import) => import,
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    let arrives = import["status"] == "ARRIVING";
    let here = visit.here_with(&[("lang", "")]);
    let mut answer = console.page(&visit, "import-file.html", json!({ "import": import, "here": here })).await;
    if arrives {
        again_soon(&mut answer);
    }
    answer
}

/// The page that asks whether an import is really given up.
pub async fn ask_to_give_up<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(id): Path<String>) -> Response {
    let found = found(&console, &visit, &id).await;
    let page = found.map(|import| json!({ "import": import, "key": Uuid::now_v7().to_string(), "reasons": [] }));
    console.shown(&visit, "import-give-up.html", page).await
}

/// Gives an import up: none of its rows ever counts.
pub async fn give_up<H: House>(
    State(console): State<Console<H>>,
    SignedIn(visit): SignedIn,
    Path(id): Path<String>,
    Words(typed): Words,
) -> Response {
    let input = json!({ "import": id, "idempotencyKey": typed.one("key") });
    let done = match console.run(&visit, GIVE_UP, json!({ "input": input })).await {
        Ok(data) => data["done"].clone(),
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    if done["refusal"].is_null() {
        return Redirect::to(&format!("/imports/{id}")).into_response();
    }
    match found(&console, &visit, &id).await {
        Ok(import) => {
            let page = json!({ "import": import, "key": Uuid::now_v7().to_string(), "reasons": done["refusal"]["reasons"] });
            console.page_as(&visit, StatusCode::UNPROCESSABLE_ENTITY, "import-give-up.html", page).await
        }
        Err(trouble) => console.trouble(&visit, trouble).await,
    }
}
