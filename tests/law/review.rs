//! `law review`: past acts that the rules of today would refuse are listed, and nothing is changed.

use api::{city::acts, store::write};
use domain::admin::AdminAct;
use serde_json::{Value, json};
use workflows::law::LawFiles;

use crate::{cli::program::run, listing, on_both, support::world::World};

on_both!(acts_under_laxer_rules_are_listed a_house_in_order_lists_nothing);

const TABLE: &str = "definitions/listing_case/2026-04-01.1.toml";

fn strict() -> String {
    LawFiles::embedded().get(TABLE).expect("the table").to_owned()
}

/// The same table with another revision, and without the check of the term.
fn revised(revision: u32, lax: bool) -> (String, String) {
    let text = strict().replacen("revision = 1", &format!("revision = {revision}\nretroactive = \"a test looks back\""), 1);
    let text = if lax { text.replace(", \"term_of_list_allowed\"", "") } else { text };
    (format!("definitions/listing_case/2026-04-01.{revision}.toml"), text)
}

fn review(world: &World) -> Vec<Value> {
    let folder = world.folder().display().to_string();
    let place = ["--data", &folder, "--database", &world.database, "--origin", "test.example/log", "--json"];
    let said = run(&[&place[..], &["law", "review"]].concat(), &[], "").good();
    said.out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

async fn load(world: &World, (path, text): (String, String)) {
    acts::operate(&world.app, AdminAct::LoadLaw { path, text }, Vec::new()).await.expect("the law");
}

async fn acts_under_laxer_rules_are_listed(world: World) {
    load(&world, revised(2, true)).await;
    let mut form = listing::steps::form();
    form["years"] = json!(5);
    let (id, _) = listing::steps::opened_with(&world, form).await;
    let good = review(&world);
    assert_eq!(good.last().expect("totals")["totals"]["found"], 0, "under the rules that let it pass nothing is wrong: {good:?}");
    load(&world, revised(3, false)).await;
    let before = write::head(world.app.database.pool()).await.expect("the head").0.size();
    let said = review(&world);
    let number =
        world.query("auditor", "query($id: ID!) { case(id: $id) { number } }", json!({ "id": id })).await["case"]["number"].clone();
    let found: Vec<_> = said.iter().filter(|line| line.get("entry").is_some()).collect();
    assert_eq!(found.len(), 1, "{said:?}");
    assert_eq!((&found[0]["case"], &found[0]["verb"]), (&number, &json!("open")));
    let reason = &found[0]["reasons"][0];
    assert_eq!((&reason["code"], &reason["article"]), (&json!("TERM_OVER_LEGAL_MAXIMUM"), &json!("order_36_2025/art_12_1")));
    assert!(found[0]["on"].is_string());
    assert_eq!(said.last().expect("totals")["totals"]["found"], 1);
    assert_eq!(write::head(world.app.database.pool()).await.expect("the head").0.size(), before, "it changes nothing");
    world.finish().await;
}

async fn a_house_in_order_lists_nothing(world: World) {
    let (id, _) = listing::steps::opened(&world).await;
    listing::steps::in_effect(&world, &id).await;
    let said = review(&world);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0]["totals"]["acts"].as_u64().is_some_and(|acts| acts > 8), "{said:?}");
    world.finish().await;
}
