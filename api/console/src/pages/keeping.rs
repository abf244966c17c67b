//! The house itself: offices, settings, law and calendars, letters.

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde_json::{Value, json};

use super::deed;
use crate::{
    ask::Trouble,
    console::Console,
    house::House,
    visit::{SignedIn, Visit},
};

const OFFICES: &str = include_str!("../../documents/offices.graphql");
const SETTINGS: &str = include_str!("../../documents/settings.graphql");
const KEEPING: &str = include_str!("../../documents/keeping.graphql");
const LETTERS: &str = include_str!("../../documents/letters.graphql");

/// A word of a setting for people.
fn said(word: &str) -> Value {
    match word {
        "true" => json!({ "zh": "是", "en": "yes" }),
        "false" => json!({ "zh": "否", "en": "no" }),
        word => json!({ "zh": word, "en": word }),
    }
}

/// The one of a list that bears a key.
fn keyed(list: &Value, key: &str) -> Result<Value, Trouble> {
    let found = list.as_array().into_iter().flatten().find(|one| one["key"] == key);
    found.cloned().ok_or(Trouble::Missing)
}

/// The offices and how each is reached, for everybody.
pub async fn offices<H: House>(State(console): State<Console<H>>, visit: Visit) -> Response {
    let ended = visit.asked("ended").is_some();
    let found = console.read(&visit, OFFICES, json!({ "ended": ended })).await.map(|mut data| {
        data["ended"] = ended.into();
        data
    });
    console.shown(&visit, "offices.html", found).await
}

/// One office; whoever keeps the house changes it here.
pub async fn office<H: House>(State(console): State<Console<H>>, visit: Visit, Path(key): Path<String>) -> Response {
    let found = async {
        let data = console.read(&visit, OFFICES, json!({ "ended": true })).await?;
        let office = keyed(&data["offices"], &key)?;
        // Only who is signed in changes anything; the page itself is open to everybody.
        let deeds = deed::drawn(&console, &visit, &["renameOffice", "changeOffice", "endOffice"]).await.unwrap_or_default();
        Ok(json!({ "office": office, "deeds": deeds, "here": visit.path }))
    };
    console.shown(&visit, "office.html", found.await).await
}

pub async fn settings<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = console.read(&visit, SETTINGS, json!({})).await;
    console.shown(&visit, "settings.html", found).await
}

pub async fn setting<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(key): Path<String>) -> Response {
    let found = async {
        let data = console.read(&visit, SETTINGS, json!({})).await?;
        let mut deeds = deed::drawn(&console, &visit, &["changeSetting"]).await?;
        let setting = keyed(&data["settings"], &key)?;
        let value = &mut deeds["changeSetting"]["fields"][1];
        value["value"] = setting["value"].clone();
        let words: Vec<&str> = match setting["unit"].as_str() {
            Some("YES_NO") => vec!["true", "false"],
            _ => setting["words"].as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
        };
        if !words.is_empty() {
            value["kind"] = "CHOICE".into();
            value["values"] = json!([setting["value"]]);
            value["options"] = words.into_iter().map(|word| json!({ "key": word, "title": said(word) })).collect();
        }
        Ok(json!({ "setting": setting, "deeds": deeds, "here": visit.path }))
    };
    console.shown(&visit, "setting.html", found.await).await
}

/// Calendars and files of the law that are in force, and the day.
pub async fn law<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = async {
        let mut data = console.read(&visit, KEEPING, json!({})).await?;
        data["deeds"] = deed::drawn(&console, &visit, &["advanceDemoClock", "confirmDay"]).await?;
        Ok(data)
    };
    console.shown(&visit, "keeping.html", found.await).await
}

/// Letters of the outbox by how far they have come; the ones that failed first.
pub async fn letters<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = async {
        let read = async |status: &str| {
            let mut data = console.read(&visit, LETTERS, json!({ "status": status, "first": 50, "after": visit.asked("after") })).await?;
            if data["outbox"].is_null() {
                return Err(Trouble::Forbidden);
            }
            data["more"] = visit.next(&data["outbox"]["pageInfo"]);
            data["status"] = status.into();
            data["deeds"] = deed::drawn(&console, &visit, &["resendLetters"]).await?;
            data["here"] = visit.here_with(&[("lang", ""), ("after", "")]).into();
            Ok(data)
        };
        if let Some(status) = visit.asked("status") {
            return read(status).await;
        }
        // What failed comes first; where nothing did, what waits.
        let dead = read("DEAD").await?;
        if dead["outbox"]["nodes"].as_array().is_some_and(Vec::is_empty) { read("WAITING").await } else { Ok(dead) }
    };
    console.shown(&visit, "letters.html", found.await).await
}
