//! Forms drawn from what acts ask for, in every process.

use console::{
    ask::WrongField,
    form::{Typed, fields, input},
    visit::Language,
};
use domain::process::Process;
use reqwest::StatusCode;
use serde_json::{Map, Value, json};

use super::hand::Hand;
use crate::support::world::{On, World};

const ASKS: &str = "
fragment A on Action { mutation asks { ...F form { ...F form { ...F } } } }
fragment F on Ask { field kind title { zh en } help { zh en } required options { key title { zh en } } accept }";

/// Types something that is of the asked kind into every field.
fn type_into(asks: &Value, prefix: &str, typed: &mut Typed) {
    for ask in asks.as_array().into_iter().flatten() {
        let field = ask["field"].as_str().expect("a field");
        let name = if prefix.is_empty() { field.to_owned() } else { format!("{prefix}.{field}") };
        let option = ask["options"][0]["key"].as_str().unwrap_or("key").to_owned();
        match ask["kind"].as_str().expect("a kind") {
            "FORM" => type_into(&ask["form"], &name, typed),
            "ROWS" => type_into(&ask["form"], &format!("{name}.0"), typed),
            "DOCUMENT" => {
                typed.put(&format!("{name}.upload"), "0190a5d0-0000-7000-8000-000000000000".into());
                typed.put(&format!("{name}.name"), "paper.txt".into());
            }
            "DATE" => typed.put(&name, "2026-08-20".into()),
            "NUMBER" => typed.put(&name, "3".into()),
            "MONEY" => typed.put(&name, "200.00".into()),
            "YES_NO" => typed.put(&name, "yes".into()),
            "POINTS" | "KEYS" | "CHOICE" | "REASON_CODE" => typed.put(&name, option),
            _ => typed.put(&name, "一\n二".into()),
        }
    }
}

/// Whether the input holds every field that is asked for.
fn holds(asks: &Value, input: &Value) -> bool {
    asks.as_array().into_iter().flatten().all(|ask| {
        let value = &input[ask["field"].as_str().expect("a field")];
        match ask["kind"].as_str().expect("a kind") {
            "FORM" => holds(&ask["form"], value),
            "ROWS" => holds(&ask["form"], &value[0]),
            _ => !value.is_null(),
        }
    })
}

/// Every act of every process: what is typed comes back as its input, and an empty form names each field that it cannot do without.
#[tokio::test(flavor = "multi_thread")]
async fn every_form_becomes_its_input() {
    let world = World::new(On::Sqlite).await;
    let known = crate::rooms::cases(&world).await;
    let mut seen = 0;
    for process in Process::ALL {
        let case = &known[process];
        let mut all = Vec::new();
        for part in ["actions", "openings"] {
            let query = format!("query($id: ID!) {{ case(id: $id) {{ {part} {{ ...A }} }} }}{ASKS}");
            let asked = world.query("policy-head", &query, json!({ "id": case })).await;
            all.extend(asked["case"][part].as_array().cloned().unwrap_or_default());
        }
        for action in all {
            let asks = &action["asks"];
            let mut typed = Typed::default();
            type_into(asks, "", &mut typed);
            let (mut given, mut wrong) = (Map::new(), Vec::<WrongField>::new());
            input::of(asks, "", &typed, &mut given, &mut wrong);
            assert!(wrong.is_empty(), "{}: {wrong:?}", action["mutation"]);
            assert!(holds(asks, &given.into()), "{}", action["mutation"]);
            let (mut empty, mut wrong) = (Map::new(), Vec::new());
            input::of(asks, "", &Typed::default(), &mut empty, &mut wrong);
            let needed = asks.as_array().into_iter().flatten().any(|ask| ask["required"] == true && ask["kind"] != "FORM");
            assert_eq!(needed, wrong.iter().any(|one| !one.field.contains('.')), "{}: {wrong:?}", action["mutation"]);
            let around = fields::Around { typed: &typed, wrong: &wrong, language: Language::Zh, points: &json!([]) };
            assert_eq!(fields::of(asks, "", around).len(), asks.as_array().map_or(0, Vec::len));
            seen += 1;
        }
    }
    assert!(seen > 60, "{seen} acts");
    world.finish().await;
}

/// Every template that is drawn names sets of words that the house says.
#[tokio::test(flavor = "multi_thread")]
async fn every_title_of_a_page_is_a_word_of_the_house() {
    let world = World::new(On::Sqlite).await;
    let answer = world.query("auditor", "{ words { name } }", json!({})).await;
    let known: Vec<_> = answer["words"].as_array().expect("sets").iter().filter_map(|set| set["name"].as_str()).collect();
    let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/../api/console/templates");
    let mut asked = std::collections::BTreeSet::new();
    for folder in [templates.to_owned(), format!("{templates}/parts")] {
        for file in std::fs::read_dir(folder).expect("templates").map(|file| file.expect("a file").path()).filter(|path| path.is_file()) {
            let text = std::fs::read_to_string(&file).expect("a template");
            let names = text.split("title(\"").skip(1).filter_map(|rest| rest.split('"').next());
            asked.extend(names.map(str::to_owned));
        }
    }
    let unknown: Vec<_> = asked.iter().filter(|name| !known.contains(&name.as_str())).collect();
    assert!(asked.len() > 20 && unknown.is_empty(), "no set of words: {unknown:?}");
    world.finish().await;
}

/// The page of a case is drawn for each process, in both languages.
#[tokio::test(flavor = "multi_thread")]
async fn every_process_has_a_page_of_a_case() {
    let world = World::new(On::Sqlite).await;
    let known = crate::rooms::cases(&world).await;
    let hand = Hand::new(&world, "policy-head").await;
    for (process, id) in &known {
        let case = world.query("policy-head", "query($id: ID!) { case(id: $id) { number } }", json!({ "id": id })).await;
        let number = case["case"]["number"].as_str().expect("a number").to_owned();
        for language in ["zh", "en"] {
            let page = hand.get(&format!("/cases/{number}?lang={language}")).await;
            assert!(page.status == StatusCode::OK && page.text().contains(&number), "{process} {language}: {}", page.text());
        }
    }
    world.finish().await;
}
