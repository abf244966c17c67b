//! One decision is one record, however its number is typed: when it is recorded, corrected, searched and counted.

use serde_json::{Value, json};

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record, said},
};

on_both!(
    a_decision_is_recorded_once_however_it_is_typed
    a_correction_makes_no_second_record
    everybody_finds_a_record_by_the_number_of_its_document
);

/// Ways in which offices type 资交罚〔2026〕1号.
const TYPED: [&str; 9] = [
    "资交罚[2026]1号",
    "资交罚（2026）第1号",
    "资交罚【2026】1",
    "资交罚﹝２０２６﹞１号",
    "资交罚 〔2026〕 1 号",
    "资交罚\u{200b}〔2026〕1号",
    "资交罚·〔2026〕1号",
    "资交罚「2026」1号",
    "资交罚<2026>1号\u{feff}",
];

fn numbered(number: u32, decision: &str) -> Value {
    let mut input = record(number);
    input["decisionNumber"] = json!(decision);
    input
}

fn filed(input: Value) -> Value {
    json!({ "office": "road_transport_centre", "record": input })
}

async fn a_decision_is_recorded_once_however_it_is_typed(world: World) {
    let first = world.done("road", "registerPublicationRecord", filed(record(1))).await["number"].clone();
    for typed in TYPED {
        let reason = world.refused("road", "registerPublicationRecord", filed(numbered(1, typed)), "SUCH_RECORD_EXISTS").await;
        assert!(
            Some(said(&reason["message"])).as_deref().is_some_and(|said| said.contains(first.as_str().unwrap_or("?"))),
            "the very record is named: {reason}"
        );
    }
    for other in ["资交罚〔2026〕01号", "资交罚〔2026〕1-1号", "资交罚〔2025〕1号"] {
        world.done("road", "registerPublicationRecord", filed(numbered(1, other))).await;
    }
    world.done("road", "registerPublicationRecord", filed(numbered(2, "资交罚[2026]1号"))).await;
    world.finish().await;
}

async fn a_correction_makes_no_second_record(world: World) {
    steps::registered(&world, record(1)).await;
    let mut other = record(1);
    other["decisionNumber"] = json!("资交罚〔2026〕7号");
    let id = steps::registered(&world, other.clone()).await;
    let paper = world.paper("road", "更正通知书").await;
    let correct = |to: Value| json!({ "id": id, "reason": "文号录入错误", "correctionDocument": paper, "record": to });
    world.refused("road", "correctPublicationRecord", correct(numbered(1, "资交罚[2026]第1号")), "SUCH_RECORD_EXISTS").await;
    let mut of_another = record(2);
    of_another["decisionNumber"] = other["decisionNumber"].clone();
    let refused = world.act("road", "correctPublicationRecord", correct(of_another)).await;
    assert_eq!(
        refused["errors"][0]["extensions"]["field"], "input.record.uscc",
        "a correction moves no record to somebody else: {refused}"
    );
    let mut renamed = other.clone();
    renamed["subjectName"] = json!("别的公司");
    let refused = world.act("road", "correctPublicationRecord", correct(renamed)).await;
    assert_eq!(refused["errors"][0]["extensions"]["field"], "input.record.subjectName", "{refused}");
    other["content"] = json!("罚款8000元");
    world.done("road", "correctPublicationRecord", correct(other)).await;
    world.done("road", "correctPublicationRecord", correct(numbered(1, "资交罚〔2026〕8号"))).await;
    let found = find(&world, "road", "资交罚2026 8", "PUBLICATION_RECORD").await;
    assert!(found.is_empty(), "brackets that are left out make another text: {found:?}");
    assert_eq!(find(&world, "road", "资交罚(2026)8", "PUBLICATION_RECORD").await, std::slice::from_ref(&id), "by its new number");
    assert!(find(&world, "road", "资交罚(2026)7", "PUBLICATION_RECORD").await.is_empty(), "and by its old number no more");
    world.finish().await;
}

async fn find(world: &World, login: &str, search: &str, process: &str) -> Vec<String> {
    let query = "query($search: String!, $process: Process!) { cases(process: $process, search: $search, first: 20) { nodes { ... on PublicationRecord { id } ... on RepairApplication { id } } } }";
    let found = world.query(login, query, json!({ "search": search, "process": process })).await;
    found["cases"]["nodes"].as_array().into_iter().flatten().filter_map(|case| case["id"].as_str().map(str::to_owned)).collect()
}

async fn everybody_finds_a_record_by_the_number_of_its_document(world: World) {
    let id = steps::registered(&world, record(1)).await;
    steps::registered(&world, record(2)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    let repair = steps::applied(&world, &id).await;
    let code = record(1)["uscc"].as_str().unwrap_or_default().to_lowercase();
    for search in TYPED.into_iter().chain(["jl2026－000001", code.as_str(), "示例００１(运输)", "资阳·示例001"]) {
        assert_eq!(find(&world, "road", search, "PUBLICATION_RECORD").await, std::slice::from_ref(&id), "{search}");
        let answer = world
            .ask(None, "query($search: String!) { published(search: $search) { nodes { decisionNumber } } }", json!({ "search": search }))
            .await;
        assert_eq!(answer["data"]["published"]["nodes"], json!([{ "decisionNumber": "资交罚〔2026〕1号" }]), "{search}: {answer}");
    }
    for search in TYPED {
        assert_eq!(
            find(&world, "road", search, "REPAIR_APPLICATION").await,
            std::slice::from_ref(&repair),
            "what is about the record is found by its number: {search}"
        );
    }
    assert!(find(&world, "company", TYPED[0], "PUBLICATION_RECORD").await.len() <= 1);
    assert!(find(&world, "anyue", TYPED[0], "REPAIR_APPLICATION").await.is_empty(), "nobody sees more by searching");
    let one = world.ask(None, "{ publishedEntry(number: \"jl2026-000001 \") { name } }", json!({})).await;
    assert_eq!(one["data"]["publishedEntry"]["name"], record(1)["subjectName"], "{one}");
    assert!(find(&world, "road", "·", "PUBLICATION_RECORD").await.is_empty(), "a text without a sign that counts finds nothing");
    world.finish().await;
}
