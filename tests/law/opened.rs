//! The law as everybody may read it: processes, words, reasons, proofs, without an account.

use std::collections::BTreeSet;

use domain::refusal::ReasonCode;
use serde_json::{Value, json};
use workflows::{definition::file::Rest, engine::Rules};

use crate::{
    on_both,
    repair::steps,
    support::world::{On, World, record},
};

on_both!(a_proof_is_checked_for_a_stranger);

async fn open(world: &World, query: &str, variables: Value) -> Value {
    let answer = world.ask(None, query, variables).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"].clone()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A time limit runs in the states between what begins it and what meets it, and in none at rest unless it outlives them.
#[test]
fn time_limits_run_where_the_table_lets_them() {
    let rules = Rules::embedded().expect("the law loads");
    for version in rules.catalogue.newest() {
        let definition = &version.definition;
        for rule in &definition.deadline {
            let runs = definition.runs_in(rule);
            assert!(!runs.is_empty(), "{} {}: it runs nowhere", definition.key, rule.key);
            let ends = runs.iter().filter_map(|key| definition.state(key)).filter(|state| state.rest == Rest::Final);
            assert!(rule.outlives || ends.count() == 0, "{} {}: {runs:?}", definition.key, rule.key);
        }
    }
    let repair = rules.catalogue.newest().find(|version| version.definition.key.key() == "repair_application").expect("it is there");
    let runs = |key: &str| repair.definition.runs_in(repair.definition.deadline(key).expect("a time limit"));
    assert_eq!(runs("acceptance"), ["acceptance_check"]);
    assert_eq!(runs("result"), ["unit_review", "policy_review", "head_decision"]);
    assert_eq!(runs("release"), ["granted"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_reads_what_the_table_says() {
    let world = World::new(On::Sqlite).await;
    let query = "query($process: Process!) { process(process: $process) {
        version digest text header { zh en } states { key title { zh } phase phaseTitle { zh } rest }
        acts { verb title { zh en } from to who { zh en } roles asks { zh en } conditions { zh en } effects { zh en } tells { letter { zh } } articles { key zh } like { key } houseRule { zh } decides weight }
        deadlines { key length { zh en } count unit begins { zh en } runsIn articles { key } houseRule { zh } } common { title { zh } } notes { zh en } versions { version digest } } }";
    let rules = world.app.rules();
    for version in rules.catalogue.newest() {
        let definition = &version.definition;
        let law = open(&world, query, json!({ "process": definition.key.key().to_uppercase() })).await["process"].clone();
        assert_eq!(law["digest"], version.digest.as_str());
        assert_eq!(list(&law["states"]).len(), definition.state.len());
        assert_eq!(list(&law["acts"]).len(), definition.transition.len());
        assert_eq!(list(&law["deadlines"]).len(), definition.deadline.len());
        assert_eq!(law["versions"][0]["digest"], law["digest"]);
        for (act, row) in list(&law["acts"]).iter().zip(&definition.transition) {
            assert_eq!(list(&act["from"]).len(), row.from.len());
            assert_eq!(act["to"].is_null(), row.to == "same", "{act}");
            assert_eq!(list(&act["effects"]).len() + list(&act["tells"]).len(), row.effects.len(), "{act}");
            assert!(!list(&act["articles"]).is_empty() || act["houseRule"].is_object(), "{act}: it rests on nothing");
        }
    }
    let one = open(&world, "{ process(process: REPAIR_APPLICATION) { acts(verb: RESUBMIT) { verb from } } }", json!({})).await;
    assert_eq!(list(&one["process"]["acts"]).len(), 2, "{one}");
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reason_and_every_word_has_its_sentence() {
    let world = World::new(On::Sqlite).await;
    let data = open(&world, "{ reasonCodes { code title { zh en } remedy { zh en } houseRule { zh en } } }", json!({})).await;
    let codes: BTreeSet<_> = list(&data["reasonCodes"]).iter().filter_map(|one| one["code"].as_str()).collect();
    assert_eq!(codes.len(), ReasonCode::ALL.len());
    for one in list(&data["reasonCodes"]) {
        for field in ["title", "remedy"] {
            for language in ["zh", "en"] {
                let text = one[field][language].as_str().unwrap_or_default();
                assert!(!text.is_empty() && !text.contains(['{', '}']), "{one}");
            }
        }
    }
    let data = open(&world, "{ words { name words { key title { zh en } } } }", json!({})).await;
    for set in list(&data["words"]) {
        let all = list(&set["words"]);
        assert!(all.len() > 1, "{set}");
        assert!(
            all.iter().all(|one| ["zh", "en"].iter().all(|language| one["title"][language].as_str().is_some_and(|text| !text.is_empty()))),
            "{set}"
        );
    }
    world.finish().await;
}

async fn a_proof_is_checked_for_a_stranger(world: World) {
    for number in 1..3 {
        steps::registered(&world, record(number)).await;
    }
    let proof = api::work::proofs::prove(&world.app, 7).await.expect("a proof");
    let query = "query($input: ProofCheckInput!) { proofCheck(input: $input) { holds basis reason message { zh en } number size root verifierKey } verifierKeys }";
    let check = async |file: &str, entry: Option<&str>| {
        open(&world, query, json!({ "input": { "proof": file, "entry": entry } })).await["proofCheck"].clone()
    };
    let good = check(&proof.file, Some(&proof.entry)).await;
    assert_eq!((&good["holds"], &good["basis"], &good["number"]), (&json!(true), &json!("TEXT"), &json!("7")), "{good}");
    assert_eq!(good["verifierKey"], proof.verifier_key.as_str());
    let kept = check(&proof.file.replace('\n', "\r\n"), None).await;
    assert_eq!((&kept["holds"], &kept["basis"]), (&json!(true), &json!("HOUSE")), "{kept}");
    let changed = proof.entry.replacen("\"accepted\"", "\"refused\"", 1);
    for (file, entry, reason) in [
        (proof.file.clone(), Some(changed.as_str()), "PROOF_NOT_INCLUDED"),
        (proof.file.replacen("index 7", "index 8", 1), None, "PROOF_NOT_INCLUDED"),
        (proof.file.replacen("index 7", "index 999999999", 1), None, "PROOF_NOT_INCLUDED"),
        (proof.file.replacen("test.example", "evil.example", 1), Some(proof.entry.as_str()), "PROOF_NOT_SIGNED"),
        ("hello".to_owned(), None, "PROOF_MALFORMED"),
    ] {
        let answer = check(&file, entry).await;
        assert_eq!((&answer["holds"], &answer["reason"]), (&json!(false), &json!(reason)), "{answer}");
        assert!(answer["number"].is_null() && answer["message"]["zh"].is_string(), "{answer}");
    }
    let long = world.ask(None, query, json!({ "input": { "proof": "x".repeat(70_000) } })).await;
    assert_eq!(long["errors"][0]["extensions"]["field"], "input.proof", "{long}");
    world.finish().await;
}
