//! Class, publication and what the law leaves open.

use serde_json::json;

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record, said},
};

on_both!(a_person_is_known_again_after_the_search_key_was_rotated minor_and_undetermined natural_persons_are_never_public bad_input_is_refused_at_its_field);

async fn minor_and_undetermined(world: World) {
    let mut minor = record(1);
    minor["penalties"] = json!([{ "kind": "WARNING" }]);
    let id = steps::registered(&world, minor).await;
    assert_eq!(world.state(&id).await, "not_published");
    let paper = world.paper("road-head", "认定").await;
    let necessary = json!({ "id": id, "reason": "多次违法", "necessityDecision": paper });
    world.done("road-head", "findPublicationNecessary", necessary).await;
    assert_eq!(world.state(&id).await, "scheduled");

    let mut open = record(2);
    open["penalties"] = json!([{ "kind": "CONFISCATION_OF_UNLAWFUL_GAINS" }]);
    let id = steps::registered(&world, open).await;
    assert_eq!(world.state(&id).await, "undetermined", "nothing is guessed");
    let paper = world.paper("road-head", "定类决定").await;
    let input = json!({ "id": id, "reason": "参照征求意见稿", "recordClass": "MINOR", "determinationDecision": paper });
    world.refused("road-head", "determinePublicationRecordForPublication", input.clone(), "PUBLICATION_NOT_DUE").await;
    world.done("road-head", "determinePublicationRecordUnpublished", input).await;
    assert_eq!(world.state(&id).await, "not_published");
    world.finish().await;
}

async fn natural_persons_are_never_public(world: World) {
    let first = "51200219900101001";
    let number = format!("{first}{}", domain::identifier::resident_id::check_character(first).unwrap());
    let mut person = record(1);
    person["subjectKind"] = json!("NATURAL_PERSON");
    person["residentId"] = json!(number);
    person["uscc"] = json!(null);
    person["penalties"] = json!([{ "kind": "OCCUPATION_BAN" }]);
    let id = steps::registered(&world, person).await;
    assert_eq!(world.state(&id).await, "not_published");
    let paper = world.paper("road-head", "认定").await;
    let necessary = json!({ "id": id, "reason": "多次违法", "necessityDecision": paper });
    world.refused("road-head", "findPublicationNecessary", necessary, "NATURAL_PERSON_NOT_PUBLISHED").await;
    world.on("2026-09-01").await;
    assert!(world.published().await.is_empty());
    let query = "query($id: ID!) { case(id: $id) { subject { name uscc idNumberMasked } } }";
    let shown = world.query("road", query, json!({ "id": id })).await["case"]["subject"].clone();
    assert_eq!(shown["idNumberMasked"], json!(format!("5120************{}", &number[16..])));
    world.finish().await;
}

/// No article says that another office may not record a finding: the refusal says whose rule it is instead.
async fn no_article_is_named_for_a_rule_of_the_house(world: &World, mut input: serde_json::Value) {
    input["idempotencyKey"] = json!(uuid::Uuid::new_v4());
    let query = "mutation($input: RegisterPublicationRecordInput!) { registerPublicationRecord(input: $input) { refusal { reasons { code article { key } byAnalogy houseRule { zh en } } } } }";
    let answer = world.query("anyue", query, json!({ "input": input })).await;
    let reason = answer["registerPublicationRecord"]["refusal"]["reasons"][0].clone();
    assert_eq!((&reason["code"], &reason["article"], &reason["byAnalogy"]), (&json!("NOT_OWN_JURISDICTION"), &json!(null), &json!(false)));
    let words = said(&reason["houseRule"]);
    assert!(words.contains("是本单位的规定") && words.contains("the office that made a finding records it"), "{reason}");
}

async fn bad_input_is_refused_at_its_field(world: World) {
    let mut input = record(1);
    input["uscc"] = json!("91512002MA0000010O");
    let office = "road_transport_centre";
    let fault = world.act("road", "registerPublicationRecord", json!({ "office": office, "record": input })).await;
    assert_eq!(fault["errors"][0]["extensions"]["field"], "input.record.uscc");
    let mut future = record(1);
    future["decisionDate"] = json!("2026-05-01");
    let fault = world.act("road", "registerPublicationRecord", json!({ "office": office, "record": future })).await;
    assert_eq!(fault["errors"][0]["extensions"]["field"], "input.record.decisionDate");
    let mut measure = record(1);
    measure["measures"] = json!(["confiscate_everything"]);
    let input = json!({ "office": office, "record": measure });
    world.refused("road", "registerPublicationRecord", input, "MEASURE_NOT_ALLOWED").await;
    let elsewhere = json!({ "office": "anyue", "record": record(1) });
    world.refused("road", "registerPublicationRecord", elsewhere, "ROLE_DOES_NOT_ALLOW").await;
    let county = json!({ "office": "anyue", "record": record(1) });
    world.refused("anyue", "registerPublicationRecord", county.clone(), "NOT_OWN_JURISDICTION").await;
    no_article_is_named_for_a_rule_of_the_house(&world, county).await;
    steps::registered(&world, record(1)).await;
    let twice = json!({ "office": office, "record": record(1) });
    world.refused("road", "registerPublicationRecord", twice, "SUCH_RECORD_EXISTS").await;
    world.finish().await;
}

async fn a_person_is_known_again_after_the_search_key_was_rotated(world: World) {
    let mut person = record(1);
    person["subjectKind"] = json!("NATURAL_PERSON");
    person["uscc"] = json!(null);
    person["residentId"] = json!(api::city::demo::invented_resident_id(1));
    let query = "query($id: ID!) { case(id: $id) { subject { id } } }";
    let subject = async |id: &str| world.query("auditor", query, json!({ "id": id })).await["case"]["subject"]["id"].clone();
    let first = steps::registered(&world, person.clone()).await;
    world.app.keys.rotate(api::keys::KeyKind::Search).expect("rotated");
    person["decisionNumber"] = json!("资交罚〔2026〕99号");
    let second = steps::registered(&world, person.clone()).await;
    assert_eq!(subject(&first).await, subject(&second).await);
    person["residentId"] = json!(api::city::demo::invented_resident_id(2));
    let other = steps::registered(&world, person).await;
    assert_ne!(subject(&first).await, subject(&other).await);
    world.finish().await;
}
