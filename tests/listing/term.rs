//! How long a listing lasts: the law's minimum and maximum, the law that allows more, a list type without a term of its own.

use api::city::acts;
use domain::admin::AdminAct;
use serde_json::{Value, json};
use workflows::law::LawFiles;

use super::steps;
use crate::{
    cli::program::run,
    on_both, proposal, repair,
    support::world::{World, record, said},
};

on_both!(
    a_term_outside_the_law_is_refused_at_the_first_act
    a_decision_keeps_to_the_same_bounds
    a_list_type_without_a_term_takes_the_grade_s
);

fn with(years: i64, law: Option<&str>) -> Value {
    let mut form = steps::form();
    (form["years"], form["law"]) = (json!(years), json!(law));
    form
}

/// Everything that a person may type as years and law, at the act that opens and at the one that amends.
async fn a_term_outside_the_law_is_refused_at_the_first_act(world: World) {
    proposal::steps::basis(&world).await;
    let base = repair::steps::registered(&world, record(1)).await;
    let open = |form: Value| json!({ "base": base, "listing": form });
    for (years, law, code) in [
        (5, None, "TERM_OVER_LEGAL_MAXIMUM"),
        (4, None, "TERM_OVER_LEGAL_MAXIMUM"),
        (5, Some("mot_overload_2017/term"), "TERM_OVER_LEGAL_MAXIMUM"),
        (5, Some("sichuan_credit_regulation_2023/art_41"), "TERM_OVER_LEGAL_MAXIMUM"),
        (5, Some("order_36_2025/art_12_1"), "TERM_OVER_LEGAL_MAXIMUM"),
        (5, Some("review_rules_2026/art_25"), "TERM_OVER_LEGAL_MAXIMUM"), // a regulation, in force from July only
        (4_294_967_295, Some("penalty_law_2021/art_9"), "TERM_OVER_LEGAL_MAXIMUM"),
        (0, None, "TERM_UNDER_LEGAL_MINIMUM"),
        (0, Some("penalty_law_2021/art_9"), "TERM_UNDER_LEGAL_MINIMUM"),
    ] {
        let reason = world.refused("road", "openListingCase", open(with(years, law)), code).await;
        let said = said(&reason["message"]);
        assert!(said.contains(if code.contains("OVER") { "上限3年" } else { "下限1年" }), "{years} {law:?}: {said}");
    }
    for (years, law) in
        [(-1, None), (4_294_967_296, None), (5, Some("no_such_law/art_1")), (5, Some("penalty_law_2021/art_999")), (5, Some(""))]
    {
        let answer = world.act("road", "openListingCase", open(with(years, law))).await;
        assert!(answer["errors"].is_array(), "{years} {law:?}: {answer}");
    }
    let case = world.done("road", "openListingCase", open(with(3, None))).await;
    for (years, code) in [(5, "TERM_OVER_LEGAL_MAXIMUM"), (0, "TERM_UNDER_LEGAL_MINIMUM")] {
        world.refused("road", "amendListingCase", json!({ "id": case["id"], "listing": with(years, None) }), code).await;
    }
    // A law of the rank that Order 36 art. 12(3) lets go before it.
    world.done("road", "amendListingCase", json!({ "id": case["id"], "listing": with(5, Some("penalty_law_2021/art_9")) })).await;
    world.finish().await;
}

async fn a_decision_keeps_to_the_same_bounds(world: World) {
    let (id, _) = steps::opened(&world).await;
    steps::before_the_leader(&world, &id).await;
    for (years, code) in [(5, "TERM_OVER_LEGAL_MAXIMUM"), (0, "TERM_UNDER_LEGAL_MINIMUM")] {
        let mut terms = steps::decision();
        terms["years"] = json!(years);
        let input = steps::to_list(&world, &id, terms).await;
        world.refused("leader", "decideToList", input, code).await;
    }
    let input = steps::to_list(&world, &id, steps::decision()).await;
    world.done("leader", "decideToList", input).await;
    world.finish().await;
}

async fn a_list_type_without_a_term_takes_the_grade_s(world: World) {
    let path = "list_types.toml";
    let text = LawFiles::embedded().get(path).expect("the list types").replacen(
        "years = { value = 2, unit = \"year\", cites = \"mot_overload_2017/term\", mark = \"partly\" }\n",
        "",
        1,
    );
    // Its own term over three years is refused when the file is loaded.
    let five = LawFiles::embedded().get(path).expect("the list types").replacen("years = { value = 2", "years = { value = 5", 1);
    let load = |text: String| acts::operate(&world.app, AdminAct::LoadLaw { path: path.into(), text }, Vec::new());
    assert!(load(five).await.is_err(), "a list type of five years rests on no law");
    load(text).await.expect("the list types");
    let mut form = steps::form();
    form["years"] = Value::Null;
    let (id, _) = steps::opened_with(&world, form).await;
    steps::before_the_leader(&world, &id).await;
    // Nothing given is the three years of the severe grade, in the notice and in the decision.
    let mut same = steps::decision();
    same["years"] = json!(3);
    let input = steps::to_list(&world, &id, same).await;
    world.done("leader", "decideToList", input).await;
    let service = steps::service(&world, &id, "2026-04-01").await;
    world.done("road", "serveListingDecision", service).await;
    let listing = steps::records(&world, &id).await.remove(0);
    let query = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { class minLastDay maxLastDay } } }";
    let found = world.query("road", query, json!({ "id": listing })).await["case"].clone();
    assert_eq!(found, json!({ "class": "SEVERE", "minLastDay": "2027-04-01", "maxLastDay": "2029-04-01" }));
    // The calculators say the same of a listing without a term.
    let asked = "{ assessment(input: { subjectKind: LEGAL_PERSON, procedure: ORDINARY, findingDate: \"2026-04-01\", severeListing: {} }) { class minLastDay maxLastDay } }";
    assert_eq!(world.query("road", asked, json!({})).await["assessment"], found);
    world.finish().await;
}

#[test]
fn the_calculator_takes_a_listing_without_a_term() {
    let line = r#"{"subjectKind":"LEGAL_PERSON","procedure":"ORDINARY","findingDate":"2026-05-10","severeListing":{}}"#;
    let said = run(&["law", "assess"], &[], line).good().json();
    assert_eq!((&said["class"], &said["maxLastDay"]), (&json!("SEVERE"), &json!("2029-05-10")), "{said}");
}
