//! The form of an act, its check, the act itself: drawn from what the act asks for, so a process has its forms with its table.

use std::collections::BTreeMap;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{bulk, by_hand, deed, door, new_law};
use crate::{
    ask::{Trouble, WrongField},
    console::Console,
    deeds,
    form::{Typed, fields, input, kept},
    house::House,
    sent::Papers,
    visit::{SignedIn, Visit},
};

const ACT: &str = include_str!("../../documents/act.graphql");
const DRAFT: &str = include_str!("../../documents/draft.graphql");
/// Fields of acts of which a drafted paper may speak.
const SAID: [&str; 6] = ["reason", "extent", "grounds", "measures", "years", "law"];
const NUMBER: &str = include_str!("../../documents/number.graphql");

/// Where an act is done.
#[derive(Clone, Debug)]
pub struct Place {
    /// The case that it is done to, or about; none where it opens one about nothing that is known.
    number: Option<String>,
    mutation: String,
}

impl Place {
    /// The place of a path of ours.
    fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match *parts.as_slice() {
            ["cases", number, mutation] => Some(Self { number: Some(number.to_owned()), mutation: mutation.to_owned() }),
            ["new", mutation] => Some(Self { number: None, mutation: mutation.to_owned() }),
            _ => None,
        }
    }
}

/// Why a form is shown.
#[derive(Clone, Copy, Debug)]
enum Why<'a> {
    Asked,
    /// These fields are wrong.
    Wrong(&'a [WrongField]),
    /// The case moved on meanwhile.
    Moved,
    /// The house refused; the answer to the mutation.
    Refused(&'a Value),
}

/// An act with all that its page needs.
#[derive(Clone, Debug)]
struct Act {
    place: Place,
    data: Value,
    action: Value,
}

impl Act {
    /// The act that a mutation does, on the case, about it, or about nothing.
    async fn of<H: House>(console: &Console<H>, visit: &Visit, place: Place) -> Result<Self, Trouble> {
        if visit.visitor.token.is_none() {
            return Err(Trouble::SignIn);
        }
        let asked = json!({ "number": place.number, "mutation": place.mutation, "known": place.number.is_some() });
        let data = console.read(visit, ACT, asked).await?;
        let all = [&data["case"]["actions"], &data["case"]["openings"], &data["openings"]];
        let action = all.into_iter().find_map(|found| found.get(0)).cloned().ok_or(Trouble::Missing)?;
        Ok(Self { place, data, action })
    }

    /// Whether it opens a case of its own instead of moving this one.
    fn opens(&self) -> bool {
        self.action["target"] != "id"
    }

    /// The page with what was typed.
    fn page(&self, visit: &Visit, typed: &Typed, why: Why<'_>) -> Value {
        let wrong = if let Why::Wrong(wrong) = why { wrong } else { &[] };
        let around = fields::Around { typed, wrong, language: visit.language, points: &self.data["case"]["points"] };
        let moved = matches!(why, Why::Moved);
        let refused = match why {
            Why::Refused(done) => json!({ "reasons": done["refusal"]["reasons"], "entry": done["entry"]["number"] }),
            _ => Value::Null,
        };
        // A repeated click is the same act; after a fault or a refusal it is another one.
        let kept = Some(typed.one("key")).filter(|key| !key.is_empty() && matches!(why, Why::Asked));
        let version = if moved { self.data["case"]["version"].clone() } else { self.version(typed) };
        json!({
            "case": self.data["case"], "action": self.action, "fields": fields::of(&self.action["asks"], "", around),
            "wrong": fields::named(&self.action["asks"], "", wrong),
            "key": kept.map_or_else(|| Uuid::now_v7().to_string(), str::to_owned), "version": version, "moved": moved,
            "rules": self.data["uploadRules"], "carried": typed.carried(), "refused": refused, "draft": null, "here": visit.path,
        })
    }

    /// The version of the case that the caller saw.
    fn version(&self, typed: &Typed) -> Value {
        let seen = typed.one("version").parse::<i64>().ok();
        seen.map_or_else(|| self.data["case"]["version"].clone(), Value::from)
    }

    /// The document of the mutation.
    fn document(&self) -> String {
        let text = |key: &str| self.action[key].as_str().unwrap_or_default().to_owned();
        format!(
            "mutation Act($input: {}!) {{ done: {}(input: $input) {{ entry {{ number case }} refusal {{ reasons {{ code message {{ zh en }} remedy {{ zh en }} article {{ zh en }} houseRule {{ zh en }} opensOn }} }} }} }}",
            text("inputType"),
            text("mutation")
        )
    }

    /// The input, and what is wrong with it before the house is asked.
    fn input(&self, typed: &Typed) -> (Map<String, Value>, Vec<WrongField>) {
        let (mut given, mut wrong) = (Map::new(), Vec::new());
        input::of(&self.action["asks"], "", typed, &mut given, &mut wrong);
        given.insert("idempotencyKey".to_owned(), typed.one("key").into());
        if let Some(target) = self.action["target"].as_str() {
            given.insert(target.to_owned(), self.data["case"]["id"].clone());
        }
        if !self.opens() {
            given.insert("expectedVersion".to_owned(), self.version(typed));
        }
        (given, wrong)
    }
}

/// The form of somebody who has typed nothing yet: it begins with what the case says already.
async fn begun<H: House>(console: &Console<H>, visit: &Visit, place: Place) -> Response {
    let mut typed = Typed::from_query(&visit.query);
    match Act::of(console, visit, place).await {
        Ok(act) => {
            if !act.opens() {
                kept::into(&act.action["asks"], &act.data["case"], &mut typed);
            }
            console.page(visit, "act.html", act.page(visit, &typed, Why::Asked)).await
        }
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

async fn shown<H: House>(console: &Console<H>, visit: &Visit, place: Place, typed: &Typed) -> Response {
    match Act::of(console, visit, place).await {
        Ok(act) => console.page(visit, "act.html", act.page(visit, typed, Why::Asked)).await,
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

/// What may be opened without a case, each with why not.
pub async fn openings<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn) -> Response {
    let found = console.read(&visit, include_str!("../../documents/openings.graphql"), json!({})).await;
    console.shown(&visit, "new.html", found).await
}

pub async fn form<H: House>(
    State(console): State<Console<H>>,
    SignedIn(visit): SignedIn,
    Path((number, mutation)): Path<(String, String)>,
) -> Response {
    begun(&console, &visit, Place { number: Some(number), mutation }).await
}

pub async fn new_form<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, Path(mutation): Path<String>) -> Response {
    begun(&console, &visit, Place { number: None, mutation }).await
}

/// The form again after somebody signed in anew, with everything that was typed before the session ended.
pub async fn resumed<H: House>(console: &Console<H>, visit: &Visit, path: &str, typed: Typed) -> Response {
    let visit = Visit { path: path.to_owned(), query: BTreeMap::default(), ..visit.clone() };
    if path == bulk::PATH {
        return bulk::resumed(console, &visit, &typed).await;
    }
    if path == by_hand::PATH {
        return by_hand::resumed(console, &visit, &typed).await;
    }
    if path == new_law::PATH {
        return new_law::resumed(console, &visit, &typed).await;
    }
    if let Some(deed) = path.strip_prefix("/do/").and_then(deeds::of) {
        return deed::resumed(console, &visit, deed, &typed).await;
    }
    let Some(place) = Place::of(path) else { return Redirect::to(path).into_response() };
    shown(console, &visit, place, &typed).await
}

/// Keeps the papers that came with the form; what cannot be kept is said at its field.
pub async fn keep<H: House>(console: &Console<H>, visit: &Visit, typed: &mut Typed) -> Vec<WrongField> {
    let mut wrong = Vec::new();
    for file in std::mem::take(&mut typed.files) {
        match console.house.keep(visit.visitor.clone(), file.bytes).await {
            Ok(kept) => {
                typed.set(&format!("{}.upload", file.field), kept.id);
                typed.set(&format!("{}.name", file.field), file.name);
            }
            Err(unkept) if unkept.status == StatusCode::UNAUTHORIZED => {}
            Err(unkept) => wrong.push(WrongField { field: file.field, words: unkept.words }),
        }
    }
    wrong
}

pub async fn take<H: House>(
    State(console): State<Console<H>>,
    visit: Visit,
    Path((number, mutation)): Path<(String, String)>,
    Papers(typed): Papers,
) -> Response {
    taken(&console, &visit, Place { number: Some(number), mutation }, typed).await
}

pub async fn new_take<H: House>(
    State(console): State<Console<H>>,
    visit: Visit,
    Path(mutation): Path<String>,
    Papers(typed): Papers,
) -> Response {
    taken(&console, &visit, Place { number: None, mutation }, typed).await
}

async fn taken<H: House>(console: &Console<H>, visit: &Visit, place: Place, mut typed: Typed) -> Response {
    let mut wrong = keep(console, visit, &mut typed).await;
    let act = match Act::of(console, visit, place).await {
        Ok(act) => act,
        // Without a session nothing can be done, only signed in again: what was typed travels on.
        Err(Trouble::SignIn) => return door::again(console, visit, &typed).await,
        Err(trouble) => return console.trouble(visit, trouble).await,
    };
    if !typed.one("more").is_empty() || typed.one("step") == "back" {
        return console.page(visit, "act.html", act.page(visit, &typed, Why::Asked)).await;
    }
    let (given, mut missing) = act.input(&typed);
    missing.retain(|one| !wrong.iter().any(|other| other.field == one.field));
    wrong.append(&mut missing);
    if !wrong.is_empty() {
        return again(console, visit, &act, &typed, StatusCode::UNPROCESSABLE_ENTITY, &wrong).await;
    }
    if act.action["decides"] == true && typed.one("confirmed") != "yes" {
        return checked(console, visit, &act, &mut typed, &given).await;
    }
    done(console, visit, act, &typed, given).await
}

/// The page on which a decision is checked, with the words of the paper that it signs off: what is confirmed names them.
async fn checked<H: House>(console: &Console<H>, visit: &Visit, act: &Act, typed: &mut Typed, given: &Map<String, Value>) -> Response {
    let asks = act.action["asks"].as_array().into_iter().flatten();
    let drafted =
        asks.filter_map(|ask| ask["field"].as_str()).find(|field| given.get(*field).is_some_and(|given| given["draft"].is_string()));
    let Some(field) = drafted else { return console.page(visit, "check.html", act.page(visit, typed, Why::Asked)).await };
    let says: Map<String, Value> = SAID.iter().filter_map(|key| Some(((*key).to_owned(), given.get(*key)?.clone()))).collect();
    let asked = json!({ "number": act.data["case"]["number"], "act": act.action["verb"], "says": says });
    match console.read(visit, DRAFT, asked).await {
        Ok(found) => {
            // Where there is nothing to read, the house says why.
            typed.set(&format!("{field}.draft"), found["draft"]["digest"].as_str().unwrap_or("none").to_owned());
            let mut page = act.page(visit, typed, Why::Asked);
            page["draft"] = found["draft"].clone();
            console.page(visit, "check.html", page).await
        }
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

async fn again<H: House>(
    console: &Console<H>,
    visit: &Visit,
    act: &Act,
    typed: &Typed,
    status: StatusCode,
    wrong: &[WrongField],
) -> Response {
    console.page_as(visit, status, "act.html", act.page(visit, typed, Why::Wrong(wrong))).await
}

async fn done<H: House>(console: &Console<H>, visit: &Visit, act: Act, typed: &Typed, given: Map<String, Value>) -> Response {
    let answer = console.run(visit, &act.document(), json!({ "input": given })).await;
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    match answer {
        Ok(data) if data["done"]["refusal"].is_object() => {
            let page = act.page(visit, typed, Why::Refused(&data["done"]));
            console.page_as(visit, unprocessable, "act.html", page).await
        }
        Ok(data) => {
            let number = case_number(console, visit, &act, &data["done"]["entry"]["case"]).await;
            let entry = data["done"]["entry"]["number"].as_str().unwrap_or_default();
            // Who opened a case and does not see it goes on from the own list; who does not see it any more, from the desk.
            let to = match number.as_str() {
                "" if act.opens() => "/".to_owned(),
                "" => "/desk".to_owned(),
                number => format!("/cases/{number}"),
            };
            Redirect::to(&visit.with_done(&to, entry)).into_response()
        }
        Err(Trouble::SignIn) => door::again(console, visit, typed).await,
        Err(Trouble::Moved) => match Act::of(console, visit, act.place).await {
            Ok(now) => console.page_as(visit, StatusCode::CONFLICT, "act.html", now.page(visit, typed, Why::Moved)).await,
            Err(trouble) => console.trouble(visit, trouble).await,
        },
        Err(trouble) => {
            let (status, wrong) = trouble.at_form();
            again(console, visit, &act, typed, status, &wrong).await
        }
    }
}

/// The number of the case that the entry is about: this one, or the one that was opened; none where the caller does not see it.
async fn case_number<H: House>(console: &Console<H>, visit: &Visit, act: &Act, case: &Value) -> String {
    let own = act.data["case"]["number"].as_str().unwrap_or_default().to_owned();
    // What leads the case on leaves it with those who handle it.
    if case.is_null() || !act.opens() && !act.action["to"].is_null() {
        return own;
    }
    match console.read(visit, NUMBER, json!({ "id": case })).await {
        Ok(found) => found["node"]["number"].as_str().map(str::to_owned).unwrap_or(if act.opens() { own } else { String::new() }),
        Err(_) => own,
    }
}
