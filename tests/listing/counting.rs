//! Grounds that count, from the filing to an annulment on the way.

use serde_json::{Value, json};

use super::steps;
use crate::{
    on_both, proposal,
    support::world::{World, record, said},
};

on_both!(more_than_three_penalties_of_a_year more_than_a_tenth_of_a_fleet what_counts_no_more_is_not_sent);

fn counting(ground: &str, counts: Value) -> Value {
    let mut form = steps::form();
    form["grounds"] = json!([ground]);
    form["counts"] = json!([counts]);
    form["counts"][0]["ground"] = json!(ground);
    form
}

async fn more_than_three_penalties_of_a_year(world: World) {
    proposal::steps::basis(&world).await;
    let mut numbers = Vec::new();
    for (number, on) in [(11, "2025-03-20"), (12, "2025-12-01"), (13, "2026-03-19")] {
        numbers.push(steps::penalty(&world, "road", number, on).await.1);
    }
    let (base, base_number) = steps::penalty(&world, "road", 14, "2026-03-20").await;
    let form = counting("vehicle_over_3", json!({ "records": numbers }));
    let query = "query($base: ID!, $counts: [GroundFactsInput!]) { groundCounts(base: $base, listType: \"overloading\", grounds: [\"vehicle_over_3\", \"refused_inspection\"], counts: $counts) { ground met explanation { zh en } rules { counts comparison threshold firstDay lastDay found met articles { key } records { number day counted notCounted } } } }";
    let asked = world.query("road", query, json!({ "base": base, "counts": form["counts"] })).await["groundCounts"].clone();
    assert_eq!(asked.as_array().map(Vec::len), Some(1), "a ground that does not count is not counted: {asked}");
    let rule = &asked[0]["rules"][0];
    assert_eq!(
        (&asked[0]["met"], &rule["found"], &rule["firstDay"], &rule["lastDay"]),
        (&json!(false), &json!(3), &json!("2025-03-21"), &json!("2026-03-20")),
        "{asked}"
    );
    assert_eq!(rule["records"][0], json!({ "number": numbers[0], "day": "2025-03-20", "counted": false, "notCounted": "BEFORE_WINDOW" }));
    assert_eq!(rule["records"][3], json!({ "number": base_number, "day": "2026-03-20", "counted": true, "notCounted": null }));
    let reason = world.refused("road", "openListingCase", json!({ "base": base, "listing": form }), "GROUND_NOT_MET").await;
    assert_eq!(reason["article"]["key"], "mot_overload_2017/grounds");
    for word in ["计入3次", &numbers[0], "早于计次期间", "3 counted from 2025-03-21 to 2026-03-20"] {
        assert!(Some(said(&reason["message"])).as_deref().is_some_and(|said| said.contains(word)), "{word}: {reason}");
    }
    assert!(
        Some(said(&reason["remedy"])).as_deref().is_some_and(|said| said.contains("超过3次") && said.contains("more than 3 penalties")),
        "{reason}"
    );

    let (fourth, fourth_number) = steps::penalty(&world, "road", 15, "2025-06-01").await;
    let not_named = world.query("road", query, json!({ "base": base, "counts": form["counts"] })).await["groundCounts"][0].clone();
    assert!(
        not_named["met"] == false
            && not_named["rules"][0]["records"].as_array().is_some_and(|all| all.iter().any(|one| one["notCounted"] == "NOT_NAMED")),
        "{not_named}"
    );
    numbers.push(fourth_number);
    let form = counting("vehicle_over_3", json!({ "records": numbers }));
    let case = world.done("road", "openListingCase", json!({ "base": base, "listing": form })).await["id"].clone();
    let of_case = "query($id: ID!) { case(id: $id) { ... on ListingCase { groundCounts { met rules { found records { number notCounted } } } actions { verb allowed reasons { code } } history(first: 5, order: OLDEST_FIRST) { nodes { verb bytes } } } } }";
    let found = world.query("auditor", of_case, json!({ "id": case })).await["case"].clone();
    assert_eq!((&found["groundCounts"][0]["met"], &found["groundCounts"][0]["rules"][0]["found"]), (&json!(true), &json!(4)));
    // What was counted stands in the entry, for whoever asks later.
    let bytes = found["history"]["nodes"][0]["bytes"].as_str().expect("an auditor reads the bytes").to_owned();
    assert!(bytes.contains("ground_counts") && numbers.iter().all(|number| bytes.contains(number)), "{bytes}");

    steps::retracted(&world, "road", &fourth).await;
    let found = world.query("road", of_case.replace(" bytes", "").as_str(), json!({ "id": case })).await["case"].clone();
    assert_eq!((&found["groundCounts"][0]["met"], &found["groundCounts"][0]["rules"][0]["found"]), (&json!(false), &json!(3)));
    let submit =
        found["actions"].as_array().and_then(|all| all.iter().find(|one| one["verb"] == "SUBMIT")).expect("it may be handed in").clone();
    assert!(submit["reasons"].as_array().is_some_and(|all| all.iter().any(|one| one["code"] == "GROUND_NOT_MET")), "{submit}");
    let evidence = world.paper("road", "证据").await;
    world.refused("road", "submitListingCase", json!({ "id": case, "evidence": evidence }), "GROUND_NOT_MET").await;
    world.done("road", "amendListingCase", json!({ "id": case, "listing": steps::form() })).await;
    world.done("road", "submitListingCase", json!({ "id": case, "evidence": evidence })).await;
    world.finish().await;
}

async fn more_than_a_tenth_of_a_fleet(world: World) {
    proposal::steps::basis(&world).await;
    let batch = proposal::steps::batch(&world).await;
    let mut input = record(1);
    input["bodyName"] = json!("雁江区交通运输局");
    input["sourceName"] = json!("雁江区交通运输局");
    input["penalties"] = json!([{ "kind": "PRODUCTION_HALT", "until": "2026-06-30" }]);
    let base = world.done("yanjiang", "registerPublicationRecord", json!({ "office": "yanjiang", "record": input })).await["id"].clone();
    let evidence = world.paper("yanjiang", "车辆登记清单").await;
    let add = |overloaded: u32, evidence: Value| {
        let mut entry = proposal::steps::entry();
        entry["grounds"] = json!(["fleet_over_10_percent"]);
        entry["counts"] = json!([{ "ground": "fleet_over_10_percent", "fleet": 50, "overloaded": overloaded }]);
        json!({ "batch": batch, "base": base, "entry": entry, "evidence": evidence })
    };
    let reason = world.refused("yanjiang", "addProposalEntry", add(5, evidence.clone()), "GROUND_NOT_MET").await;
    assert!(
        Some(said(&reason["message"]))
            .as_deref()
            .is_some_and(|said| said.contains("货运车辆50辆中5辆违法") && said.contains("5 of 50 goods vehicles")),
        "{reason}"
    );
    assert!(Some(said(&reason["remedy"])).as_deref().is_some_and(|said| said.contains("超过10%并处责令停产停业")), "{reason}");
    let absurd = world.act("yanjiang", "addProposalEntry", add(51, evidence.clone())).await;
    assert_eq!(absurd["errors"][0]["extensions"]["field"], "input.entry.counts.0.fleet", "{absurd}");
    world.refused("yanjiang", "addProposalEntry", add(6, Value::Null), "MISSING_DOCUMENT").await;
    let entry = world.done("yanjiang", "addProposalEntry", add(6, evidence)).await["id"].clone();
    let query =
        "query($id: ID!) { case(id: $id) { ... on ProposalEntry { groundCounts { met rules { counts found of withPenalty met } } } } }";
    let found = world.query("yanjiang", query, json!({ "id": entry })).await["case"]["groundCounts"].clone();
    assert_eq!(
        found,
        json!([{ "met": true, "rules": [{ "counts": "VEHICLES", "found": 6, "of": 50, "withPenalty": "PRODUCTION_HALT", "met": true }] }])
    );
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    world.finish().await;
}

async fn what_counts_no_more_is_not_sent(world: World) {
    proposal::steps::basis(&world).await;
    let (batch, mut records, mut numbers) = (proposal::steps::batch(&world).await, Vec::new(), Vec::new());
    for (number, on) in [(21, "2025-12-01"), (22, "2026-02-02"), (23, "2026-03-20")] {
        let (id, named) = steps::penalty(&world, "yanjiang", number, on).await;
        numbers.push(named);
        records.push(id);
    }
    let mut entry = proposal::steps::entry();
    entry["grounds"] = json!(["forced_overloading"]);
    entry["counts"] = json!([{ "ground": "forced_overloading", "records": numbers }]);
    let mine =
        world.done("yanjiang", "addProposalEntry", json!({ "batch": batch, "base": records[2], "entry": entry })).await["id"].clone();
    let other = proposal::steps::county_record(&world, 2).await;
    let other = proposal::steps::added(&world, &batch, &other).await;
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    world.done("policy", "startProposalReview", json!({ "id": batch })).await;
    let mine = mine.as_str().expect("an id");
    for entry in [mine, &other] {
        proposal::steps::confirmed(&world, entry).await;
    }
    steps::retracted(&world, "yanjiang", &records[0]).await;
    proposal::steps::sent(&world, &batch).await;
    assert_eq!(world.state(mine).await, "held_back", "two penalties are not three");
    assert_eq!(world.state(&other).await, "forwarded");
    world.finish().await;
}
