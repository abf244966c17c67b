//! New law through GraphQL: looked over, tried over every case, loaded; and letters that are sent again.

use std::collections::BTreeMap;

use api::{
    law::simulate::{self, Change, Trial},
    store::write,
    work::outbox,
};
use serde_json::{Value, json};

use crate::{
    on_both,
    repair::steps,
    support::{
        patience,
        world::{World, record},
    },
};

on_both!(
    a_file_is_looked_over_by_those_who_keep_the_house
    a_trial_says_what_the_command_line_says_and_writes_nothing
    an_administrator_alone_loads_law_and_once
    letters_are_sent_again_and_the_trail_says_by_whom
);

const YEAR: &str = include_str!("made_up/2027.json");
const BOOK: &str = include_str!("made_up/r_99.toml");
const CHECK: &str = "query($file: LawFileInput!) { lawCheck(file: $file) { path kind { zh en } faults { file line column what } warnings against differences { zh en } } }";
const SIMULATE: &str = "mutation($file: LawFileInput!, $asOf: Date!) { simulateLaw(file: $file, asOf: $asOf) { id ended path } }";
const SIMULATION: &str = "query($id: ID!) { lawSimulation(id: $id) { ended brokenOff looked cases deadlinesMoved recordsChanged casesMoved sums { title { zh en } count daysLater daysEarlier } changes { case subject deadline { zh en } days figures { title { zh } days } } } }";
const LOAD: &str = "mutation($file: LawFileInput!) { loadLaw(file: $file) { entry { verb number } refusal { reasons { code } } } }";
const RESEND: &str =
    "mutation($input: ResendLettersInput!) { resendLetters(input: $input) { letters entry { verb } refusal { reasons { code } } } }";

fn file(name: &str, text: &str) -> Value {
    json!({ "name": name, "text": text })
}

async fn entries(world: &World) -> u64 {
    write::head(world.app.database.pool()).await.expect("the head").0.size()
}

/// The code of a fault, as somebody is told it.
async fn fault(world: &World, login: &str, query: &str, variables: Value) -> String {
    let token = world.token(login).await;
    let answer = world.ask(Some(&token), query, variables).await;
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

async fn a_file_is_looked_over_by_those_who_keep_the_house(world: World) {
    let before = entries(&world).await;
    let check = async |login: &str, file: Value| world.query(login, CHECK, json!({ "file": file })).await["lawCheck"].clone();
    for login in ["admin", "auditor", "policy"] {
        let found = check(login, file("r_99.toml", BOOK)).await;
        assert_eq!(
            (&found["path"], &found["faults"], &found["kind"]["en"]),
            (&json!("rulebooks/r_99.toml"), &json!([]), &json!("rulebook")),
            "{found}"
        );
    }
    for login in ["road", "road-head", "company"] {
        assert_eq!(fault(&world, login, CHECK, json!({ "file": file("r_99.toml", BOOK) })).await, "FORBIDDEN", "{login}");
    }
    assert_eq!(
        world.ask(None, CHECK, json!({ "file": file("r_99.toml", BOOK) })).await["errors"][0]["extensions"]["code"],
        "UNAUTHENTICATED"
    );
    // A fault stands at its line; a file of no known kind says which kinds there are; a year is compared with what stands.
    let broken = format!("{BOOK}\ninstrumint = [");
    let found = check("admin", file("r_99.toml", &broken)).await;
    let first = &found["faults"][0];
    assert!(first["line"].as_u64().is_some_and(|line| line >= 1) && !first["what"].as_str().unwrap_or_default().is_empty(), "{found}");
    let found = check("admin", file("x.toml", "")).await;
    assert!(found["path"].is_null() && found["faults"][0]["what"].as_str().is_some_and(|what| what.contains("no known kind")), "{found}");
    let rules = world.app.rules();
    let settings = rules.files().get("settings.toml").expect("the settings");
    let changed = settings.replacen("value = \"3\"", "value = \"4\"", 1);
    assert_ne!(settings, changed, "a setting of three days is changed here");
    let found = check("admin", file("settings.toml", &changed)).await;
    assert_eq!((&found["against"], found["differences"].as_array().map(Vec::len)), (&json!("settings.toml"), Some(1)), "{found}");
    // A process table is compared with the newest of its own process.
    let known = rules.files().iter().find(|(path, _)| path.starts_with("definitions/objection/")).expect("a table");
    let found = check("admin", file("new.toml", &known.1.replacen("revision = 1", "revision = 77", 1))).await;
    assert!(found["against"].as_str().is_some_and(|path| path.starts_with("definitions/objection/")), "{found}");
    // A name that is a way out of the folder is none.
    let input = json!({ "file": file("../../r_99.toml", BOOK) });
    assert_eq!(fault(&world, "admin", CHECK, input).await, "BAD_USER_INPUT");
    assert_eq!(entries(&world).await, before, "nothing is written");
    world.finish().await;
}

/// The simulation once it has ended.
async fn ended(world: &World, login: &str, id: &Value) -> Value {
    patience::whole(world, login, SIMULATION, json!({ "id": id })).await
}

async fn a_trial_says_what_the_command_line_says_and_writes_nothing(world: World) {
    let first = steps::registered(&world, record(1)).await;
    world.on("2026-12-18").await;
    steps::registered(&world, record(2)).await;
    let _ = first;
    let before = entries(&world).await;
    let begun =
        world.query("policy", SIMULATE, json!({ "file": file("r_99.toml", BOOK), "asOf": "2027-07-01" })).await["simulateLaw"].clone();
    assert_eq!(begun["path"], "rulebooks/r_99.toml");
    let found = ended(&world, "policy", &begun["id"]).await;
    assert_eq!(found["brokenOff"], false);
    // The same as the function that the command line calls.
    let old = world.app.rules();
    let (new, paths) = old.over(&[("r_99.toml".to_owned(), BOOK.to_owned())]).expect("a good file");
    let settings: BTreeMap<String, String> = world.app.database.settings().await.expect("the settings");
    let trial = Trial { old: &old, new: &new, paths: &paths, as_of: crate::support::world::day("2027-07-01"), settings: &settings };
    let mut records = 0;
    let totals =
        simulate::run(&world.app.database, &trial, |change| records += usize::from(matches!(change, Change::Record { .. })), |_| {})
            .await
            .expect("a simulation");
    assert!(totals.records_changed > 0, "the made-up rulebook changes terms");
    assert_eq!((&found["cases"], &found["recordsChanged"]), (&json!(totals.cases), &json!(totals.records_changed)));
    let figures =
        found["changes"].as_array().into_iter().flatten().filter(|change| change["figures"].as_array().is_some_and(|all| !all.is_empty()));
    assert_eq!(figures.count(), records);
    assert_eq!(found["sums"].as_array().map(Vec::len), Some(totals.by_figure.len()));
    assert!(
        found["sums"].as_array().into_iter().flatten().all(|sum| !sum["title"]["zh"].as_str().unwrap_or_default().is_empty()),
        "{found}"
    );
    // A year moves days.
    let begun =
        world.query("admin", SIMULATE, json!({ "file": file("2027.json", YEAR), "asOf": "2026-12-18" })).await["simulateLaw"].clone();
    let found = ended(&world, "admin", &begun["id"]).await;
    let moved = found["changes"].as_array().into_iter().flatten().filter(|change| change["deadline"].is_object()).count();
    assert!(moved > 0 && found["deadlinesMoved"].as_u64().is_some(), "{found}");
    // It belongs to whoever began it; others may not begin one.
    assert!(world.query("auditor", SIMULATION, json!({ "id": begun["id"] })).await["lawSimulation"].is_null());
    assert_eq!(fault(&world, "road", SIMULATE, json!({ "file": file("2027.json", YEAR), "asOf": "2026-12-18" })).await, "FORBIDDEN");
    assert_eq!(fault(&world, "admin", SIMULATE, json!({ "file": file("x.toml", "x = 1"), "asOf": "2026-12-18" })).await, "BAD_USER_INPUT");
    assert_eq!(entries(&world).await, before, "nothing is written");
    world.finish().await;
}

async fn an_administrator_alone_loads_law_and_once(world: World) {
    for login in ["policy", "auditor", "road", "leader"] {
        assert_eq!(fault(&world, login, LOAD, json!({ "file": file("r_99.toml", BOOK) })).await, "FORBIDDEN", "{login}");
    }
    let refused = world.query("admin", LOAD, json!({ "file": file("x.toml", "x = 1") })).await["loadLaw"].clone();
    assert_eq!(refused["refusal"]["reasons"][0]["code"], "LAW_FILE_FAULTY", "{refused}");
    let done = world.query("admin", LOAD, json!({ "file": file("r_99.toml", BOOK) })).await["loadLaw"].clone();
    assert_eq!(done["entry"]["verb"], "load_law", "{done}");
    assert_eq!(world.app.rules().files().get("rulebooks/r_99.toml"), Some(BOOK));
    let again = world.query("admin", LOAD, json!({ "file": file("r_99.toml", BOOK) })).await["loadLaw"].clone();
    assert_eq!(again["refusal"]["reasons"][0]["code"], "ALREADY_SO", "{again}");
    let other = BOOK.replacen('#', "# another\n#", 1);
    let refused = world.query("admin", LOAD, json!({ "file": file("r_99.toml", &other) })).await["loadLaw"].clone();
    assert_eq!(refused["refusal"]["reasons"][0]["code"], "LAW_FILE_RELEASED", "{refused}");
    world.finish().await;
}

async fn letters_are_sent_again_and_the_trail_says_by_whom(world: World) {
    steps::received(&world).await;
    let all = outbox::list(&world.app, None, 100).await.expect("the outbox");
    assert!(!all.is_empty(), "a letter waits");
    world.sql("UPDATE notice SET status = 'dead', last_code = '550', attempts = 3").await.expect("dead letters");
    let before = entries(&world).await;
    for login in ["auditor", "road", "policy"] {
        assert_eq!(fault(&world, login, RESEND, json!({ "input": { "code": "550" } })).await, "FORBIDDEN", "{login}");
    }
    for input in [
        json!({}),
        json!({ "code": "551" }),
        json!({ "code": "张三 138" }),
        json!({ "kind": "no_letter" }),
        json!({ "letter": uuid::Uuid::nil() }),
    ] {
        assert_eq!(fault(&world, "admin", RESEND, json!({ "input": input })).await, "BAD_USER_INPUT", "{input}");
    }
    assert_eq!(entries(&world).await, before, "what is wrong leaves no entry");
    let one = world.query("admin", RESEND, json!({ "input": { "letter": all[0].id } })).await["resendLetters"].clone();
    assert_eq!((&one["letters"], &one["entry"]["verb"]), (&json!(1), &json!("resend_letters")), "{one}");
    assert_eq!(fault(&world, "admin", RESEND, json!({ "input": { "letter": all[0].id } })).await, "BAD_USER_INPUT", "it waits already");
    if all.len() > 1 {
        let rest = world.query("admin", RESEND, json!({ "input": { "code": "550" } })).await["resendLetters"].clone();
        assert_eq!(rest["letters"], json!(all.len() - 1), "{rest}");
    }
    assert!(outbox::list(&world.app, Some("dead"), 10).await.expect("the outbox").is_empty());
    world.finish().await;
}
