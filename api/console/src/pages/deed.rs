//! The form of an act of desk or administration, and the act itself.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::door;
use crate::{
    ask::{Trouble, WrongField},
    console::Console,
    deeds::{self, Brings, Deed, Lists},
    form::Typed,
    house::House,
    sent::Words,
    visit::{SignedIn, Visit},
};

const LISTS: &str = include_str!("../../documents/lists.graphql");

/// What the fields of these deeds choose from, as far as the visitor may read it; nothing is asked where none chooses.
async fn lists<'a, H: House>(console: &Console<H>, visit: &Visit, deeds: impl IntoIterator<Item = &'a Deed>) -> Result<Lists, Trouble> {
    if !deeds.into_iter().any(Deed::chooses) {
        return Ok(Lists { titles: console.titles().await, ..Lists::default() });
    }
    let data = console.read(visit, LISTS, json!({})).await?;
    let offices = data["offices"].as_array().into_iter().flatten();
    let sits = data["seats"].as_array().map(Vec::as_slice).unwrap_or_default();
    let held = || sits.iter().filter(|seat| seat["pending"] == false && seat["holder"].is_object());
    let named = |seat: &Value| seat["holder"]["name"].as_str().or(seat["holder"]["login"].as_str()).unwrap_or_default().to_owned();
    let said = |seat: &Value, language: &str| {
        let office = seat["office"]["name"][language].as_str().unwrap_or_default();
        format!("{} {office}", named(seat)).trim().to_owned()
    };
    let option = |key: &Value, seat: &Value| {
        let title = json!({ "zh": said(seat, "zh"), "en": said(seat, "en") });
        json!({ "key": key, "title": title, "own": true, "office": seat["office"]["key"], "rank": seat["rank"] })
    };
    let mut people: Vec<Value> = Vec::new();
    for seat in held() {
        let one = option(&seat["holder"]["id"], seat);
        if !people.iter().any(|known| known["key"] == one["key"]) {
            people.push(one);
        }
    }
    Ok(Lists {
        titles: console.titles().await,
        offices: offices.map(|office| json!({ "key": office["key"], "title": office["name"] })).collect(),
        people: people.into(),
        seats: held().map(|seat| option(&seat["id"], seat)).collect(),
    })
}

/// The forms of deeds as a page shows them among other things, by the mutation's name.
pub async fn drawn<H: House>(console: &Console<H>, visit: &Visit, mutations: &[&str]) -> Result<Value, Trouble> {
    let found: Vec<&Deed> = mutations.iter().filter_map(|mutation| deeds::of(mutation)).collect();
    let lists = lists(console, visit, found.iter().copied()).await?;
    let typed = Typed::default();
    Ok(found
        .into_iter()
        .map(|deed| (deed.mutation.to_owned(), page(deed, visit, &lists, &typed, &[])))
        .collect::<serde_json::Map<_, _>>()
        .into())
}

fn page(deed: &Deed, visit: &Visit, lists: &Lists, typed: &Typed, wrong: &[WrongField]) -> Value {
    let mut drawn = deed.drawn(lists, typed, wrong, visit.language);
    drawn["key"] = Uuid::now_v7().to_string().into();
    drawn["back"] = door::next(typed.one("back")).unwrap_or(deed.page).into();
    drawn["about"] = typed.one("about").into();
    drawn
}

/// The page of a deed alone: its form with what was typed, what is wrong, why it was refused.
async fn shown<H: House>(
    console: &Console<H>,
    visit: &Visit,
    deed: &Deed,
    (lists, typed): (&Lists, &Typed),
    (status, wrong, refused): (StatusCode, &[WrongField], &Value),
) -> Response {
    let data = json!({ "deed": page(deed, visit, lists, typed, wrong), "refused": refused });
    console.page_as(visit, status, "deed.html", data).await
}

/// A deed that needs nothing from another page has a page of its own.
pub async fn form<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(mutation): Path<String>) -> Response {
    let alone = |deed: &&Deed| !deed.fields.iter().any(|field| matches!(field.brings, Brings::Given));
    let Some(deed) = deeds::of(&mutation).filter(alone) else { return console.trouble(&visit, Trouble::Missing).await };
    resumed(&console, &visit, deed, &Typed::default()).await
}

/// The form with what was typed before.
pub async fn resumed<H: House>(console: &Console<H>, visit: &Visit, deed: &Deed, typed: &Typed) -> Response {
    match lists(console, visit, [deed]).await {
        Ok(lists) => shown(console, visit, deed, (&lists, typed), (StatusCode::OK, &[], &Value::Null)).await,
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

pub async fn take<H: House>(
    State(console): State<Console<H>>,
    visit: Visit,
    Path(mutation): Path<String>,
    Words(typed): Words,
) -> Response {
    let Some(deed) = deeds::of(&mutation) else { return console.trouble(&visit, Trouble::Missing).await };
    let lists = match lists(&console, &visit, [deed]).await {
        Ok(lists) => lists,
        Err(Trouble::SignIn) => return again(&console, &visit, deed, typed).await,
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    let (variables, wrong) = deed.variables(&lists, &typed);
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    if !typed.one("more").is_empty() {
        return shown(&console, &visit, deed, (&lists, &typed), (StatusCode::OK, &[], &Value::Null)).await;
    }
    if !wrong.is_empty() {
        return shown(&console, &visit, deed, (&lists, &typed), (unprocessable, &wrong, &Value::Null)).await;
    }
    match console.run(&visit, &deed.document(), variables).await {
        Ok(data) if data["done"]["refusal"].is_object() => {
            shown(&console, &visit, deed, (&lists, &typed), (unprocessable, &[], &data["done"]["refusal"])).await
        }
        Ok(data) => done(&console, &visit, deed, &typed, &data["done"]).await,
        Err(Trouble::SignIn) => again(&console, &visit, deed, typed).await,
        Err(trouble) => {
            let (status, wrong) = trouble.at_form();
            let place = |field: String| if field.is_empty() { field } else { format!("{}.{field}", deed.mutation) };
            let wrong: Vec<WrongField> = wrong.into_iter().map(|one| WrongField { field: place(one.field), ..one }).collect();
            shown(&console, &visit, deed, (&lists, &typed), (status, &wrong, &Value::Null)).await
        }
    }
}

/// The sign-in page with what was typed; a password does not travel.
async fn again<H: House>(console: &Console<H>, visit: &Visit, deed: &Deed, mut typed: Typed) -> Response {
    for field in deed.fields.iter().filter(|field| matches!(field.brings, Brings::Password)) {
        typed.remove(&format!("{}.{}", deed.mutation, field.name));
    }
    door::again(console, visit, &typed).await
}

/// Back to where the form stood; what the house answers only once is shown on a page of its own.
async fn done<H: House>(console: &Console<H>, visit: &Visit, deed: &Deed, typed: &Typed, answer: &Value) -> Response {
    let back = door::next(typed.one("back")).unwrap_or(deed.page);
    let entry = answer["entry"]["number"].as_str().unwrap_or_default();
    if answer["idNumber"].is_string() {
        let data = json!({ "number": answer["idNumber"], "back": back, "entry": entry });
        return console.page(visit, "identity.html", data).await;
    }
    Redirect::to(&visit.with_done(back, entry)).into_response()
}
