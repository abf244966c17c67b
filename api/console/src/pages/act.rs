//! The form of an act, its check, the act itself: drawn from what the act asks for, so a process has its forms with its table.

use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::door;
use crate::{
    ask::{Trouble, WrongField},
    console::Console,
    form::{Typed, fields, input},
    guard,
    house::House,
    visit::Visit,
};

const ACT: &str = include_str!("../../documents/act.graphql");
const NUMBER: &str = include_str!("../../documents/number.graphql");

/// An act on a case or about it, with all that its page needs.
#[derive(Clone, Debug)]
struct Act {
    data: Value,
    action: Value,
}

impl Act {
    /// The act that a mutation does, on the case or about it.
    async fn of<H: House>(console: &Console<H>, visit: &Visit, number: &str, mutation: &str) -> Result<Self, Trouble> {
        if visit.visitor.token.is_none() {
            return Err(Trouble::SignIn);
        }
        let data = console.read(visit, ACT, json!({ "number": number, "mutation": mutation })).await?;
        let case = &data["case"];
        let mut all = ["actions", "openings"].iter().flat_map(|key| case[*key].as_array().into_iter().flatten());
        let action = all.next().cloned().ok_or(Trouble::Missing)?;
        Ok(Self { data, action })
    }

    /// Whether it opens a case of its own instead of moving this one.
    fn opens(&self) -> bool {
        self.action["target"] != "id"
    }

    /// Offices of the caller's seats, as options.
    fn offices(&self) -> Value {
        let seats = self.data["me"]["seats"].as_array().into_iter().flatten();
        let offices = seats.filter(|seat| seat["office"].is_object());
        offices.map(|seat| seat["office"].clone()).collect()
    }

    /// The page with what was typed and what is wrong.
    fn page(&self, visit: &Visit, typed: &Typed, wrong: &[WrongField], moved: bool) -> Value {
        let (points, offices) = (&self.data["case"]["points"], self.offices());
        let around = fields::Around { typed, wrong, language: visit.language, points, offices: &offices };
        let drawn = fields::of(&self.action["asks"], "", around);
        let said = wrong.iter().map(|one| json!({ "field": one.field, "words": { "zh": one.zh, "en": one.en } }));
        let kept = typed.one("key");
        // A repeated click is the same act; after a fault it is another one.
        let key = if kept.is_empty() || !wrong.is_empty() || moved { Uuid::now_v7().to_string() } else { kept.to_owned() };
        json!({
            "case": self.data["case"], "action": self.action, "opens": self.opens(), "fields": drawn, "wrong": said.collect::<Vec<_>>(),
            "key": key, "version": self.version(typed, moved), "moved": moved, "rules": self.data["uploadRules"],
            "carried": typed.carried(), "refused": null,
        })
    }

    /// The version that the caller saw; after the case moved, the one that is shown now.
    fn version(&self, typed: &Typed, moved: bool) -> Value {
        let seen = typed.one("version").parse::<i64>().ok().filter(|_| !moved);
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
            given.insert("expectedVersion".to_owned(), self.version(typed, false));
        }
        (given, wrong)
    }
}

pub async fn form<H: House>(State(console): State<Console<H>>, visit: Visit, Path((number, mutation)): Path<(String, String)>) -> Response {
    match Act::of(&console, &visit, &number, &mutation).await {
        Ok(act) => console.page(&visit, "act.html", act.page(&visit, &Typed::default(), &[], false)).await,
        Err(trouble) => console.trouble(&visit, trouble).await,
    }
}

/// The form again after somebody signed in anew, with everything that was typed before the session ended.
pub async fn resumed<H: House>(console: &Console<H>, visit: &Visit, path: &str, typed: Typed) -> Response {
    let mut parts = path.trim_start_matches('/').split('/');
    let (Some("cases"), Some(number), Some(mutation), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Redirect::to(path).into_response();
    };
    let visit = Visit { path: path.to_owned(), ..visit.clone() };
    match Act::of(console, &visit, number, mutation).await {
        Ok(act) => console.page(&visit, "act.html", act.page(&visit, &typed, &[], false)).await,
        Err(trouble) => console.trouble(&visit, trouble).await,
    }
}

/// Keeps the papers that came with the form; what cannot be kept is said at its field.
async fn keep<H: House>(console: &Console<H>, visit: &Visit, typed: &mut Typed) -> Vec<WrongField> {
    let mut wrong = Vec::new();
    for file in std::mem::take(&mut typed.files) {
        match console.house.keep(visit.visitor.clone(), file.bytes).await {
            Ok(kept) => {
                typed.set(&format!("{}.upload", file.field), kept.id);
                typed.set(&format!("{}.name", file.field), file.name);
            }
            Err(unkept) if unkept.status == StatusCode::UNAUTHORIZED => {}
            Err(unkept) => wrong.push(WrongField::new(file.field, unkept.words.clone(), unkept.words)),
        }
    }
    wrong
}

pub async fn take<H: House>(
    State(console): State<Console<H>>,
    visit: Visit,
    Path((number, mutation)): Path<(String, String)>,
    request: Request,
) -> Response {
    // Without a session nothing can be done, only signed in again: what was typed is read all the same.
    let (sign, stranger) = (visit.sign(), visit.visitor.token.is_none());
    let read = Typed::read(request, |given| stranger || guard::same(given, &sign)).await;
    let (Ok(mut typed), true) = (read, guard::is_own(&visit.headers)) else { return console.trouble(&visit, door::foreign()).await };
    let mut wrong = keep(&console, &visit, &mut typed).await;
    let act = match Act::of(&console, &visit, &number, &mutation).await {
        Ok(act) => act,
        Err(Trouble::SignIn) => return door::again(&console, &visit, &typed).await,
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    if !typed.one("more").is_empty() || typed.one("step") == "back" {
        return console.page(&visit, "act.html", act.page(&visit, &typed, &[], false)).await;
    }
    let (given, mut missing) = act.input(&typed);
    missing.retain(|one| !wrong.iter().any(|other| other.field == one.field));
    wrong.append(&mut missing);
    if !wrong.is_empty() {
        return again(&console, &visit, &act, &typed, wrong).await;
    }
    if act.action["decides"] == true && typed.one("confirmed") != "yes" {
        return console.page(&visit, "check.html", act.page(&visit, &typed, &[], false)).await;
    }
    done(&console, &visit, &act, &typed, given).await
}

async fn again<H: House>(console: &Console<H>, visit: &Visit, act: &Act, typed: &Typed, wrong: Vec<WrongField>) -> Response {
    console.page_as(visit, StatusCode::UNPROCESSABLE_ENTITY, "act.html", act.page(visit, typed, &wrong, false)).await
}

async fn done<H: House>(console: &Console<H>, visit: &Visit, act: &Act, typed: &Typed, given: Map<String, Value>) -> Response {
    match console.run(visit, &act.document(), json!({ "input": given })).await {
        Ok(data) => {
            let done = &data["done"];
            if done["refusal"].is_object() {
                let mut page = act.page(visit, typed, &[], true);
                page["moved"] = false.into();
                page["version"] = act.version(typed, false);
                page["refused"] = json!({ "reasons": done["refusal"]["reasons"], "entry": done["entry"]["number"] });
                return console.page_as(visit, StatusCode::UNPROCESSABLE_ENTITY, "act.html", page).await;
            }
            let number = case_number(console, visit, act, &done["entry"]["case"]).await;
            let entry = done["entry"]["number"].as_str().unwrap_or_default();
            Redirect::to(&format!("/cases/{number}?done={entry}")).into_response()
        }
        Err(Trouble::Wrong(wrong)) => again(console, visit, act, typed, wrong).await,
        Err(Trouble::SignIn) => door::again(console, visit, typed).await,
        Err(Trouble::Moved) => {
            let number = act.data["case"]["number"].as_str().unwrap_or_default();
            let mutation = act.action["mutation"].as_str().unwrap_or_default();
            match Act::of(console, visit, number, mutation).await {
                Ok(now) => console.page_as(visit, StatusCode::CONFLICT, "act.html", now.page(visit, typed, &[], true)).await,
                Err(trouble) => console.trouble(visit, trouble).await,
            }
        }
        Err(trouble) => console.trouble(visit, trouble).await,
    }
}

/// The number of the case that the entry is about: this one, or the one that was opened.
async fn case_number<H: House>(console: &Console<H>, visit: &Visit, act: &Act, case: &Value) -> String {
    let own = act.data["case"]["number"].as_str().unwrap_or_default().to_owned();
    if !act.opens() || case.is_null() {
        return own;
    }
    let found = console.read(visit, NUMBER, json!({ "id": case })).await.unwrap_or_default();
    found["node"]["number"].as_str().map_or(own, str::to_owned)
}
