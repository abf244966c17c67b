//! One act on many cases: chosen in a list, filled in once, checked, done to each case for itself, and told case by case.

use axum::{
    extract::{RawQuery, State},
    http::StatusCode,
    response::Response,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{act, door};
use crate::{
    ask::{Trouble, WrongField},
    console::Console,
    form::{Typed, fields, input},
    house::House,
    sent::Papers,
    visit::{SignedIn, Visit},
};

const BULK: &str = include_str!("../../documents/bulk.graphql");
/// Cases of one page: more would be a heavy one, and one question to the house names at most a hundred.
const MOST: usize = 80;

/// Where many cases are acted on.
pub const PATH: &str = "/bulk";

/// Marks rows of a list on which something can be done to many at once, and ticks them where all are asked for; the acts,
/// each with the number of its rows.
pub fn offered(rows: &mut Value, all: bool) -> Value {
    let (mut acts, mut boxed): (Vec<Value>, usize) = (Vec::new(), 0);
    for row in rows.as_array_mut().into_iter().flatten() {
        let actions = row["actions"].as_array().cloned().unwrap_or_default();
        let open: Vec<Value> = actions.into_iter().filter(|one| one["allowed"] == true && one["bulkMutation"].is_string()).collect();
        boxed += usize::from(!open.is_empty());
        row["boxed"] = (!open.is_empty()).into();
        row["ticked"] = (all && boxed <= MOST).into();
        for one in open {
            match acts.iter_mut().find(|act| act["mutation"] == one["mutation"]) {
                Some(act) => act["rows"] = (act["rows"].as_i64().unwrap_or_default() + 1).into(),
                None => acts.push(json!({ "mutation": one["mutation"], "title": one["title"], "rows": 1 })),
            }
        }
    }
    acts.into()
}

/// A case of many, as the form carries it.
#[derive(Clone, Debug)]
struct Item {
    id: String,
    /// The version that was seen; none before the form is drawn.
    version: Option<i64>,
    /// The key of the act on this case: a repeated click is the same act.
    key: String,
}

impl Item {
    fn new(id: &str) -> Self {
        Self { id: id.to_owned(), version: None, key: Uuid::now_v7().to_string() }
    }

    fn of(text: &str) -> Option<Self> {
        let mut parts = text.split('|');
        let (id, version, key) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { id: id.to_owned(), version: version.parse().ok(), key: key.to_owned() })
    }
}

/// The act with its cases.
#[derive(Clone, Debug)]
struct Bulk {
    mutation: String,
    data: Value,
    /// The act as the first of its cases has it: its form is the same for all.
    action: Value,
    items: Vec<Item>,
}

impl Bulk {
    async fn of<H: House>(console: &Console<H>, visit: &Visit, mutation: &str, mut items: Vec<Item>) -> Result<Self, Trouble> {
        let mut seen = std::collections::BTreeSet::new();
        items.retain(|item| seen.insert(item.id.clone()));
        if mutation.is_empty() || items.is_empty() || items.len() > MOST {
            return Err(Trouble::Wrong(vec![WrongField::new(
                "",
                format!("请返回列表，勾选1件至{MOST}件案件，再选择要办理的事项"),
                format!("Go back to the list, tick at least one case and at most {MOST}, and choose what is to be done"),
            )]));
        }
        let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
        // The form of any case that has the act; most often the first one has it.
        let asked = json!({ "ids": ids, "model": ids.iter().take(1).collect::<Vec<_>>(), "mutation": mutation });
        let mut data = console.read(visit, BULK, asked).await?;
        let open = |case: &&Value| case["actions"][0]["allowed"] == true;
        let cases = data["cases"].as_array().cloned().unwrap_or_default();
        let model = cases.iter().find(open).or(cases.iter().find(|case| case["actions"][0].is_object())).ok_or(Trouble::Missing)?;
        if data["model"][0]["actions"][0].is_null() {
            let asked = json!({ "ids": [], "model": [model["id"]], "mutation": mutation });
            data["model"] = console.read(visit, BULK, asked).await?["model"].clone();
        }
        let action = data["model"][0]["actions"][0].clone();
        if !action["bulkMutation"].is_string() {
            return Err(Trouble::Missing);
        }
        Ok(Self { mutation: mutation.to_owned(), data, action, items })
    }

    fn case(&self, id: &str) -> Option<&Value> {
        self.data["cases"].as_array()?.iter().find(|case| case["id"] == id)
    }

    /// Points that are open in every case that the act is done to.
    fn points(&self) -> Value {
        let open = |case: &Value| -> Vec<Value> {
            let points = case["points"].as_array().into_iter().flatten();
            points.filter(|point| point["status"] == "OPEN").cloned().collect()
        };
        let mut all = self.items.iter().filter_map(|item| self.case(&item.id)).filter(|case| case["actions"][0]["allowed"] == true);
        let mut common = all.next().map(open).unwrap_or_default();
        for case in all {
            let own = open(case);
            common.retain(|point| own.iter().any(|other| other["key"] == point["key"] && other["text"] == point["text"]));
        }
        common.into()
    }

    /// The page with what was typed. Cases that are not open to the act are told, and left out of what is sent.
    fn page(&self, visit: &Visit, typed: &Typed, wrong: &[WrongField]) -> Value {
        let points = self.points();
        let around = fields::Around { typed, wrong, language: visit.language, points: &points };
        let (mut open, mut shut) = (Vec::new(), Vec::new());
        for item in &self.items {
            let Some(case) = self.case(&item.id) else { continue };
            let version = item.version.map_or_else(|| case["version"].clone(), Value::from);
            let mut row = json!({
                "number": case["number"], "subject": case["subject"], "state": case["state"], "process": case["process"],
                "item": format!("{}|{version}|{}", item.id, item.key),
            });
            if case["actions"][0]["allowed"] == true {
                open.push(row);
            } else {
                row["reasons"] = case["actions"][0]["reasons"].clone();
                shut.push(row);
            }
        }
        let mut kept = typed.carried();
        kept.retain(|(name, _)| name != "act" && name != "item");
        json!({
            "act": self.mutation, "action": self.action, "fields": fields::of(&self.action["asks"], "", around),
            "wrong": fields::named(&self.action["asks"], "", wrong),
            "open": open, "shut": shut, "rules": self.data["uploadRules"], "carried": kept, "path": PATH,
        })
    }

    /// The document of the mutation; its input is named after it.
    fn document(&self) -> String {
        let mutation = self.action["bulkMutation"].as_str().unwrap_or_default();
        let (first, rest) = mutation.split_at(mutation.len().min(1));
        let kind = format!("{}{rest}Input", first.to_uppercase());
        format!(
            "mutation Bulk($input: {kind}!) {{ done: {mutation}(input: $input) {{ results {{ id entry {{ number }} refusal {{ reasons {{ message {{ zh en }} remedy {{ zh en }} opensOn }} }} fault {{ words {{ zh en }} }} }} }} }}"
        )
    }

    fn input(&self, typed: &Typed) -> (Map<String, Value>, Vec<WrongField>) {
        let (mut given, mut wrong) = (Map::new(), Vec::new());
        input::of(&self.action["asks"], "", typed, &mut given, &mut wrong);
        let items = self.items.iter().map(|item| {
            let mut one = json!({ "id": item.id, "idempotencyKey": item.key });
            if let Some(version) = item.version {
                one["expectedVersion"] = version.into();
            }
            one
        });
        given.insert("items".to_owned(), items.collect());
        (given, wrong)
    }

    /// What became of each case.
    fn told(&self, results: &Value) -> Value {
        let row = |result: &Value| {
            let case = result["id"].as_str().and_then(|id| self.case(id)).cloned().unwrap_or_default();
            let done = result["refusal"].is_null() && result["fault"].is_null();
            json!({
                "id": result["id"], "number": case["number"], "subject": case["subject"], "done": done, "entry": result["entry"]["number"],
                "reasons": result["refusal"]["reasons"].as_array().cloned().unwrap_or_default(), "fault": result["fault"]["words"],
            })
        };
        let rows: Vec<Value> = results.as_array().into_iter().flatten().map(row).collect();
        let done = rows.iter().filter(|row| row["done"] == true).count();
        let mut again = form_urlencoded::Serializer::new(String::new());
        again.append_pair("act", &self.mutation);
        for row in rows.iter().filter(|row| row["done"] != true) {
            again.append_pair("case", row["id"].as_str().unwrap_or_default());
        }
        json!({ "action": self.action, "rows": rows, "done": done, "not": rows.len() - done, "again": format!("{PATH}?{}", again.finish()) })
    }
}

async fn drawn<H: House>(console: &Console<H>, visit: &Visit, mutation: &str, items: Vec<Item>, typed: &Typed) -> Response {
    let page = Bulk::of(console, visit, mutation, items).await.map(|bulk| bulk.page(visit, typed, &[]));
    console.shown(visit, "bulk.html", page).await
}

/// The form of an act on the cases that were ticked.
pub async fn show<H: House>(State(console): State<Console<H>>, SignedIn(visit): SignedIn, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    let items = pairs.iter().filter(|(name, _)| name == "case").map(|(_, id)| Item::new(id)).collect();
    drawn(&console, &visit, visit.asked("act").unwrap_or_default(), items, &Typed::default()).await
}

fn items(typed: &Typed) -> Vec<Item> {
    typed.many("item").into_iter().filter_map(Item::of).collect()
}

/// The form again after somebody signed in anew.
pub async fn resumed<H: House>(console: &Console<H>, visit: &Visit, typed: &Typed) -> Response {
    drawn(console, visit, typed.one("act"), items(typed), typed).await
}

/// Takes the form: shows what would be done, or does it.
pub async fn take<H: House>(State(console): State<Console<H>>, visit: Visit, Papers(mut typed): Papers) -> Response {
    let mut wrong = act::keep(&console, &visit, &mut typed).await;
    let bulk = match Bulk::of(&console, &visit, typed.one("act"), items(&typed)).await {
        Ok(bulk) => bulk,
        Err(Trouble::SignIn) => return door::again(&console, &visit, &typed).await,
        Err(trouble) => return console.trouble(&visit, trouble).await,
    };
    if typed.one("step") == "back" || !typed.one("more").is_empty() {
        return console.page(&visit, "bulk.html", bulk.page(&visit, &typed, &[])).await;
    }
    let (given, mut missing) = bulk.input(&typed);
    missing.retain(|one| !wrong.iter().any(|other| other.field == one.field));
    wrong.append(&mut missing);
    if !wrong.is_empty() {
        return console.page_as(&visit, StatusCode::UNPROCESSABLE_ENTITY, "bulk.html", bulk.page(&visit, &typed, &wrong)).await;
    }
    if typed.one("confirmed") != "yes" {
        return console.page(&visit, "bulk-check.html", bulk.page(&visit, &typed, &[])).await;
    }
    match console.run(&visit, &bulk.document(), json!({ "input": given })).await {
        Ok(data) => {
            let told = bulk.told(&data["done"]["results"]);
            let status = if told["done"] == 0 { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            console.page_as(&visit, status, "bulk-done.html", told).await
        }
        Err(Trouble::SignIn) => door::again(&console, &visit, &typed).await,
        Err(trouble) => {
            let (status, wrong) = trouble.at_form();
            console.page_as(&visit, status, "bulk.html", bulk.page(&visit, &typed, &wrong)).await
        }
    }
}
