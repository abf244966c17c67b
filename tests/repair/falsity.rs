//! False materials: refusal or revocation, a record for three years, no repair for three years (Order 36 art. 25).

use serde_json::json;

use super::steps;
use crate::{
    on_both,
    support::world::{World, record, said},
};

on_both!(revocation_restores_and_bars the_first_day_of_repair_has_one_reader);

/// A company barred to 2029-08-20 reads 2029-08-21 wherever the first day of repair is told, and the old day nowhere.
async fn the_first_day_of_repair_has_one_reader(world: World) {
    let mut general = record(1);
    general["decisionDate"] = json!("2026-03-26");
    let id = steps::registered(&world, general).await;
    world.on("2026-06-29").await;
    steps::bound(&world, 1).await;
    let first = async |login: &str| {
        let query = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { earliestRepair terms { key day derivation explanation { zh } } plain: explanation { zh en } deadlines { key status dueOn } } } }";
        world.query(login, query, json!({ "id": id })).await["case"].clone()
    };
    assert_eq!(first("company").await["earliestRepair"], "2026-06-27", "three months from the finding");
    steps::duties_done(&world, &id, "2026-05-10").await;
    let repair = steps::applied(&world, &id).await;
    world.on("2026-08-20").await;
    let (finding, hearing) = (world.paper("road-head", "虚假认定书").await, world.paper("road-head", "听取意见记录").await);
    let refuse = json!({ "id": repair, "reason": "缴款凭证系伪造", "falsityFinding": finding, "hearingRecord": hearing });
    world.done("road-head", "refuseRepairApplicationForFalsity", refuse).await;
    for login in ["company", "road", "policy", "auditor"] {
        let told = first(login).await;
        assert_eq!(told["earliestRepair"], "2029-08-21", "{login}: {told}");
        let term = told["terms"].as_array().unwrap().iter().find(|term| term["key"] == "EARLIEST_REPAIR").unwrap().clone();
        assert_eq!(term["day"], "2029-08-21", "{login}: {term}");
        assert!(told["plain"]["zh"].as_str().unwrap().contains("自2029年8月21日起可以申请信用修复"), "{told}");
        assert!(told["plain"]["en"].as_str().unwrap().contains("from 2029-08-21"), "{told}");
        let clock = told["deadlines"].as_array().unwrap().iter().find(|row| row["key"] == "min_term" && row["status"] == "OPEN").cloned();
        assert_eq!(clock.unwrap()["dueOn"], "2029-08-20", "the letter that repair is possible comes with the day");
    }
    let sent = "SELECT arguments FROM notice WHERE letter = 'repair_refused_for_falsity'";
    let letters = world.texts(sent).await;
    assert!(!letters.is_empty(), "the company is told");
    for arguments in letters {
        assert!(arguments.contains("2029-08-21") && !arguments.contains("2026-06-27"), "{arguments}");
    }
    world.on("2026-08-25").await;
    let lift = async |login: &str, on: &str| {
        let paper = world.paper(login, "撤销认定文书").await;
        json!({ "id": id, "reason": "虚假认定被撤销", "annullingDocument": paper, "signedOn": on })
    };
    let same = world.refused("road-head", "liftRepairBar", lift("road-head", "2026-08-24").await, "SAME_MATTER_PERSON").await;
    assert!(said(&same["message"]).contains("因虚假不予修复"), "{same}");
    for (day, code) in [("2026-08-19", "DATE_OUT_OF_ORDER"), ("2026-08-26", "DATE_IN_FUTURE")] {
        world.refused("road-head-2", "liftRepairBar", lift("road-head-2", day).await, code).await;
    }
    world.done("road-head-2", "liftRepairBar", lift("road-head-2", "2026-08-24").await).await;
    assert_eq!(first("company").await["earliestRepair"], "2026-06-27", "the bar is gone, and with it its day");
    world.finish().await;
}

/// Nobody reads the terms' own first day past the one reader: it knows neither bar nor duties.
#[test]
fn no_other_reader_of_the_first_day_of_repair() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders = vec![root.join("api/src"), root.join("workflows/src"), root.join("domain/src")];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()) {
            if file.is_dir() {
                folders.push(file);
                continue;
            }
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            for read in ["terms.earliest_repair", "derived.earliest_repair", ".barred_until.and_then", ".barred_until.map"] {
                let one_reader = file.ends_with("domain/src/processes/data.rs");
                assert!(one_reader || !text.contains(read), "{} reads {read}; ask first_day_of_repair", file.display());
            }
        }
    }
}

async fn revocation_restores_and_bars(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    steps::duties_done(&world, &id, "2026-05-10").await;
    let repair = steps::applied(&world, &id).await;
    steps::reviewed(&world, &repair).await;
    steps::granted(&world, &repair).await;
    let input = async |login: &str| {
        let finding = world.paper(login, "虚假认定书").await;
        let hearing = world.paper(login, "听取意见记录").await;
        json!({ "id": repair, "reason": "缴款凭证系伪造", "falsityFinding": finding, "hearingRecord": hearing })
    };
    world.refused("road-head", "revokeRepair", input("road-head").await, "SAME_PERSON").await;
    world.done("road-head-2", "revokeRepair", input("road-head-2").await).await;
    assert_eq!(world.state(&repair).await, "revoked");
    assert_eq!(world.state(&id).await, "published", "the setting restores the original");
    assert_eq!(world.published().await.len(), 2, "the original and the falsity record");
    let open = json!({ "record": id, "application": steps::application() });
    let case = world.done("company", "openRepairApplication", open).await;
    let letter = world.paper("company", "信用承诺书").await;
    let apply = json!({ "id": case["id"], "commitmentLetter": letter });
    let reason = world.refused("company", "applyForRepair", apply, "BARRED_FOR_FALSITY").await;
    assert_eq!(reason["opensOn"], "2029-06-23");
    // Three years later the falsity record has ended by itself; the original ended at its own maximum.
    world.on("2029-06-23").await;
    assert!(world.published().await.is_empty());
    world.finish().await;
}
