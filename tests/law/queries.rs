//! The calculators as queries.

use serde_json::{Value, json};
use workflows::calculators::{Question, answer};

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record, said},
};

on_both!(everybody_may_ask_the_law calculator_query_and_case_say_the_same);

/// What the plain calculator says of a question.
fn calculated(world: &World, question: Question, asked: &Value) -> Value {
    let mut out = Vec::new();
    answer(question, &world.app.rules().law, world.app.clock.today(), asked.to_string().as_bytes(), &mut out);
    serde_json::from_slice(&out).expect("a JSON object")
}

/// The same question asked of a case, of GraphQL and of a plain calculator: records of every class, and a time limit.
async fn calculator_query_and_case_say_the_same(world: World) {
    const TERMS: [&str; 4] = ["class", "minLastDay", "earliestRepair", "maxLastDay"];
    let penalties = [
        json!([{ "kind": "FINE", "size": "LARGER" }]),
        json!([{ "kind": "WARNING" }]),
        json!([{ "kind": "CLOSURE_ORDER" }]),
        json!([{ "kind": "FINE", "size": "SMALLER" }, { "kind": "LICENCE_SUSPENSION", "until": "2026-11-09" }]),
    ];
    for (number, penalties) in (1..).zip(penalties) {
        let mut input = record(number);
        input["penalties"] = penalties;
        let id = steps::registered(&world, input.clone()).await;
        let facts = json!({
            "subjectKind": input["subjectKind"], "procedure": input["procedure"], "findingDate": input["decisionDate"],
            "sector": input["sector"], "penalties": input["penalties"],
        });
        let shown = world
            .query(
                "road",
                "query($id: ID!) { case(id: $id) { ... on PublicationRecord { class minLastDay earliestRepair maxLastDay } } }",
                json!({ "id": id }),
            )
            .await["case"]
            .clone();
        let asked = "query($facts: AssessmentInput!) { assessment(input: $facts) { class minLastDay earliestRepair maxLastDay } }";
        let queried = world.query("road", asked, json!({ "facts": facts })).await["assessment"].clone();
        let plain = calculated(&world, Question::Assess, &facts);
        for term in TERMS {
            assert_eq!((&shown[term], &queried[term]), (&plain[term], &plain[term]), "{term} of {facts}");
        }
    }
    steps::bound(&world, 1).await;
    world.on("2026-06-22").await;
    let found = world.query("road", "{ cases(process: PUBLICATION_RECORD, first: 1) { nodes { ... on Case { id } } } }", json!({})).await;
    let id = found["cases"]["nodes"][0]["id"].as_str().expect("a record").to_owned();
    steps::duties_done(&world, &id, "2026-06-22").await;
    let application = steps::applied(&world, &id).await;
    let shown = world
        .query("road", "query($id: ID!) { case(id: $id) { deadlines { title { zh en } startOn dueOn } } }", json!({ "id": application }))
        .await;
    let acceptance = shown["case"]["deadlines"]
        .as_array()
        .and_then(|all| all.iter().find(|one| Some(said(&one["title"])).as_deref().is_some_and(|title| title.contains("受理决定"))))
        .cloned()
        .expect("the time for acceptance");
    let limit = json!({ "from": acceptance["startOn"], "count": 3, "unit": "WORKING_DAY" });
    let queried = world.query("road", "query($limit: LimitInput!) { limit(input: $limit) { due } }", json!({ "limit": limit })).await;
    assert_eq!((&acceptance["dueOn"], &queried["limit"]["due"]), (&calculated(&world, Question::Due, &limit)["due"], &acceptance["dueOn"]));
    world.finish().await;
}

async fn everybody_may_ask_the_law(world: World) {
    let query = "query($from: Date!) {
        limit(input: { from: $from, count: 3, unit: WORKING_DAY }) { due provisional counted skipped { date reason } }
        assessment(input: { subjectKind: LEGAL_PERSON, procedure: ORDINARY, findingDate: $from, penalties: [{ kind: CLOSURE_ORDER }] }) { class published minLastDay autoStop rulebook cites { key } }
        identifier(kind: USCC, value: \"91110000600037341M\") { ok reason position message { zh en } }
    }";
    let asked = json!({ "from": "2026-10-01" });
    let stranger = world.ask(None, query, asked.clone()).await;
    let found = world.query("road", query, asked).await;
    assert_eq!(stranger["data"], found, "{stranger}");
    assert_eq!((&found["limit"]["due"], &found["limit"]["provisional"]), (&json!("2026-10-10"), &json!(false)));
    assert_eq!(found["limit"]["skipped"][0], json!({ "date": "2026-10-02", "reason": "holiday:国庆节" }));
    let assessed = &found["assessment"];
    assert_eq!(
        (&assessed["class"], &assessed["minLastDay"], &assessed["autoStop"]),
        (&json!("SEVERE"), &json!("2027-10-01"), &json!("2029-10-02"))
    );
    let identifier = &found["identifier"];
    assert_eq!(
        (&identifier["ok"], &identifier["reason"], &identifier["position"]),
        (&json!(false), &json!("WRONG_CHECK_CHARACTER"), &json!(18))
    );
    assert!(identifier["message"]["zh"].as_str().is_some_and(|words| words.contains("校验码错误")), "{identifier}");
    let token = world.token("road").await;
    let wrong = "{ limit(input: { from: \"2026-10-01\", count: 0, unit: YEAR }) { due } }";
    let refused = world.ask(Some(&token), wrong, json!({})).await;
    let said = &refused["errors"][0]["extensions"];
    assert_eq!(
        (&said["code"], &said["field"], &said["reason"]),
        (&json!("BAD_USER_INPUT"), &json!("input.count"), &json!("COUNT_OUT_OF_RANGE"))
    );
    world.finish().await;
}
