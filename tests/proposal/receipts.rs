//! Receipts: what one office handed over, signed by it, countersigned by the one that took it up, checked offline.

use std::process::Command;

use api::{proofs, receipts};
use serde_json::{Value, json};

use super::steps;
use crate::{cli::program::run, on_both, support::world::World};

on_both!(
    a_list_is_signed_by_both_sides
    every_hand_over_has_its_receipt
    a_changed_receipt_is_refused
    a_rotated_key_keeps_old_receipts
);

/// Receipts of a batch, as an account reads them.
async fn read(world: &World, login: &str, batch: &str) -> Vec<Value> {
    let query = "query($id: ID!) { case(id: $id) { ... on ProposalBatch { receipt receipts { entry { number verb } from to handedOverOn count text list keys proof takenUp { number verb office { key } } } } } }";
    let found = world.query(login, query, json!({ "id": batch })).await;
    found["case"]["receipts"].as_array().cloned().unwrap_or_default()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

async fn submitted(world: &World) -> (String, Vec<String>) {
    steps::basis(world).await;
    let batch = steps::batch(world).await;
    let mut entries = Vec::new();
    for number in [1, 2] {
        let record = steps::county_record(world, number).await;
        entries.push(steps::added(world, &batch, &record).await);
    }
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    (batch, entries)
}

async fn a_list_is_signed_by_both_sides(world: World) {
    let (batch, _) = submitted(&world).await;
    let first = read(&world, "yanjiang", &batch).await[0].clone();
    assert_eq!(
        (&first["entry"]["verb"], &first["from"], &first["to"], &first["count"]),
        (&json!("submit"), &json!("FILING_OFFICE"), &json!("POLICY_OFFICE"), &json!(2)),
        "{first}"
    );
    let (text, keys) = (first["text"].as_str().unwrap().to_owned(), strings(&first["keys"]));
    let county = receipts::check(&text, &keys[..1], first["list"].as_str(), None).expect("the county signed");
    assert_eq!((county.signed_by.clone(), county.entries), (vec!["test.example/log/yanjiang".to_owned()], 2));
    assert!(receipts::check(&text, &keys, None, None).is_err(), "nobody has taken it up yet");
    assert!(first["takenUp"].is_null());

    world.done("policy", "startProposalReview", json!({ "id": batch })).await;
    api::work::checkpoints::sign(&world.app).await.expect("a checkpoint");
    let second = read(&world, "policy", &batch).await[0].clone();
    let counter = second["text"].as_str().unwrap();
    assert!(counter.starts_with(&text), "the same text, with one more line");
    assert_eq!((&second["takenUp"]["verb"], &second["takenUp"]["office"]["key"]), (&json!("start_review"), &json!("policy_office")));
    let index = second["entry"]["number"].as_str().unwrap().parse().unwrap();
    let (_, entry) = api::store::trail::entry(&world.app.database, index).await.unwrap().unwrap();
    let both = receipts::check(counter, &keys, second["list"].as_str(), Some(entry.as_bytes())).expect("both signed");
    assert_eq!(both.signed_by, ["test.example/log/yanjiang", "test.example/log/policy_office"]);
    let proven = proofs::check(second["proof"].as_str().unwrap(), entry.as_bytes(), &world.app.keys.verifier_key())
        .expect("the act stands in the signed log");
    assert_eq!(proven.index, index);
    assert!(read(&world, "anyue", &batch).await.is_empty(), "another county sees nothing of it");

    // The keys stand in the trail, published before the first hand-over.
    let mut published = Vec::new();
    for number in 0..index {
        let (entry, _) = api::store::trail::entry(&world.app.database, number).await.unwrap().unwrap();
        published
            .extend((entry.verb == "publish_receipt_key").then(|| entry.input["admin"]["key"].as_str().unwrap_or_default().to_owned()));
    }
    assert!(keys.iter().all(|key| published.contains(key)), "{published:?}");
    world.finish().await;
}

async fn every_hand_over_has_its_receipt(world: World) {
    let (batch, entries) = steps::in_review(&world, &[1, 2]).await;
    let [first, second] = [&entries[0].1, &entries[1].1];
    world.done("policy", "askEntrySupplement", json!({ "id": first, "missingPapers": ["送达回证"] })).await;
    let evidence = world.paper("yanjiang", "送达回证").await;
    world.done("yanjiang", "resubmitProposalEntry", json!({ "id": first, "points": ["point_1"], "evidence": evidence })).await;
    steps::confirmed(&world, first).await;
    steps::confirmed(&world, second).await;
    steps::sent(&world, &batch).await;
    let answer = world.paper("policy", "省厅答复").await;
    world
        .done(
            "policy",
            "recordProvinceReturn",
            json!({ "id": first, "reason": "情形不清", "answeredOn": "2026-04-01", "provinceAnswer": answer }),
        )
        .await;
    steps::accepted(&world, second, "2026-04-01").await;
    let all = read(&world, "yanjiang", &batch).await;
    let shown: Vec<_> = all
        .iter()
        .map(|receipt| {
            (
                receipt["entry"]["verb"].as_str().unwrap(),
                receipt["to"].as_str().unwrap(),
                receipt["takenUp"]["verb"].as_str().unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("submit", "POLICY_OFFICE", "start_review"),
            ("ask_supplement", "FILING_OFFICE", "resubmit"),
            ("resubmit", "POLICY_OFFICE", "ask_opinion"),
            ("send_to_province", "PROVINCE", ""),
            ("record_return", "POLICY_OFFICE", ""),
            ("record_acceptance", "POLICY_OFFICE", ""),
        ]
    );
    for receipt in &all {
        let good = receipts::check(receipt["text"].as_str().unwrap(), &strings(&receipt["keys"]), receipt["list"].as_str(), None);
        assert!(good.is_ok(), "{receipt}: {good:?}");
    }
    let text = all[3]["text"].as_str().unwrap();
    assert!(text.matches("\npaper province_export ").count() == 2 && text.contains("\npaper cover_letter "), "{text}");
    assert!(text.contains("\nto province 省交通运输厅\n"), "{text}");
    world.finish().await;
}

async fn a_changed_receipt_is_refused(world: World) {
    let (batch, _) = submitted(&world).await;
    world.done("policy", "startProposalReview", json!({ "id": batch })).await;
    let receipt = read(&world, "yanjiang", &batch).await[0].clone();
    let (text, list, keys) = (receipt["text"].as_str().unwrap(), receipt["list"].as_str().unwrap(), strings(&receipt["keys"]));
    let code = |text: &str, keys: &[String], list: &str| receipts::check(text, keys, Some(list), None).expect_err("refused").code();
    assert_eq!(code(&text.replace("entries 2", "entries 3"), &keys, list), "RECEIPT_NOT_SIGNED");
    assert_eq!(code(&text.replace("2026-04-01", "2026-03-31"), &keys, list), "RECEIPT_NOT_SIGNED");
    assert_eq!(code(text, &keys, &list.replace("refused_inspection", "violence")), "RECEIPT_LIST_DIFFERS");
    assert_eq!(code(text, &keys, list.lines().next().unwrap()), "RECEIPT_LIST_DIFFERS");
    assert_eq!(code(text, &["nonsense".to_owned()], list), "RECEIPT_KEY_MALFORMED");
    assert_eq!(code("hello", &keys, list), "RECEIPT_MALFORMED");
    let other = world.app.keys.receipt_key("anyue").expect("a key");
    assert_eq!(code(text, &[other], list), "RECEIPT_NOT_SIGNED");
    let entry = receipts::check(text, &keys, Some(list), Some(b"{}")).expect_err("another entry");
    assert_eq!(entry.code(), "RECEIPT_OTHER_ENTRY");

    let number = text.lines().find_map(|line| line.strip_prefix("batch ")).unwrap();
    let out = world.folder().join("receipts");
    let (data, folder) = (world.folder().display().to_string(), out.display().to_string());
    run(
        &["--data", &data, "--database", &world.database, "--origin", "test.example/log", "export", "receipts", number, "--out", &folder],
        &[],
        "",
    )
    .good();
    let index = receipt["entry"]["number"].as_str().unwrap();
    let path = |name: &str| out.join(name).display().to_string();
    let (file, list) = (path(&format!("submit-{index}.receipt")), path(&format!("submit-{index}.jsonl")));
    let (entry, proof) = (path(&format!("entry-{index}.json")), path(&format!("entry-{index}.tlog-proof")));
    let log = world.app.keys.verifier_key();
    let mut offline = vec!["audit", "check-receipt", &file, "--key", &keys[0], "--key", &keys[1], "--list", &list, "--entry", &entry];
    offline.extend(["--proof", &proof, "--log-key", &log]);
    let said = run(&offline, &[], "").good().out;
    assert!(
        said.contains("signed by test.example/log/yanjiang and test.example/log/policy_office") && said.contains("is in the log"),
        "{said}"
    );
    let judge = concat!(env!("CARGO_MANIFEST_DIR"), "/judges/tlog/receipt.py");
    let foreign =
        |list: &str| Command::new("python3").args([judge, &file, list, &keys[0], &keys[1]]).output().expect("python3").status.success();
    assert!(foreign(&list), "a verifier without a line of this project agrees");
    let forged = path("forged.jsonl");
    std::fs::write(&forged, std::fs::read_to_string(&list).unwrap().replace("refused_inspection", "violence")).unwrap();
    assert!(!foreign(&forged));
    assert_eq!(run(&["audit", "check-receipt", &file, "--key", &keys[0], "--list", &forged], &[], "").code, 1);
    world.finish().await;
}

async fn a_rotated_key_keeps_old_receipts(world: World) {
    let (batch, _) = submitted(&world).await;
    let before = read(&world, "yanjiang", &batch).await[0].clone();
    receipts::publish_keys(&world.app).await.expect("new keys");
    world.done("policy", "returnProposalBatch", json!({ "id": batch, "reason": "期间不对" })).await;
    let after = read(&world, "yanjiang", &batch).await;
    let (old, new) = (strings(&after[0]["keys"]), strings(&after[1]["keys"]));
    assert!(after[0]["text"].as_str().unwrap().starts_with(before["text"].as_str().unwrap()), "signed by the key of its day");
    assert!(receipts::check(after[0]["text"].as_str().unwrap(), &old, after[0]["list"].as_str(), None).is_ok());
    assert!(receipts::check(after[1]["text"].as_str().unwrap(), &new[..1], after[1]["list"].as_str(), None).is_ok());
    assert!(old.iter().all(|key| !new.contains(key)));
    // Another server on the same folder signs the same.
    let second = world.second_server().await;
    let case = api::graphql::core::node::case_id(&batch).expect("an id");
    let again = receipts::of_batch(&second, case).await.expect("receipts");
    assert_eq!(again[0].note.as_deref(), after[0]["text"].as_str());
    world.finish().await;
}
