//! How objections are answered: corrected, retracted, reopened, rejected; and how they end otherwise.

use serde_json::json;

use super::steps;
use crate::{
    on_both, repair,
    support::world::{World, record, said},
};

on_both!(upheld_by_correcting upheld_by_retracting upheld_by_reopening rejected_by_somebody_else declined_withdrawn_moot);

async fn upheld_by_correcting(world: World) {
    let challenged = steps::record_of_company(&world).await;
    let id = steps::filed(&world, &challenged, "CONTENT_WRONG").await;
    world
        .refused(
            "company",
            "fileObjection",
            json!({ "challenged": challenged, "objection": steps::objection("TERM_WRONG") }),
            "OTHER_OBJECTION_OPEN",
        )
        .await;
    world.done("road-2", "acceptObjection", json!({ "id": id })).await;
    let mut right = record(1);
    right["content"] = json!("罚款8000元");
    let mut input = steps::answer(&world, "road-head", &id).await;
    input["record"] = right;
    input["extent"] = json!("PARTIAL");
    world.done("road-head", "upholdObjectionByCorrecting", input).await;
    assert_eq!(world.state(&id).await, "answered");
    world.on("2026-04-14").await;
    let shown = world.ask(None, "{ published(first: 5) { nodes { content } } }", json!({})).await;
    assert_eq!(shown["data"]["published"]["nodes"][0]["content"], "罚款8000元", "{shown}");
    let proof = world.paper("road", "送达回证").await;
    world
        .done(
            "road",
            "serveObjectionAnswer",
            json!({ "id": id, "serviceMethod": "POST", "servedOn": "2026-04-14", "proofOfService": proof }),
        )
        .await;
    let query = "query($id: ID!) { case(id: $id) { ... on Objection { outcome partial answerNumber record { number } } } }";
    let found = world.query("company", query, json!({ "id": id })).await["case"].clone();
    assert_eq!(
        (&found["outcome"], &found["partial"], &found["answerNumber"]),
        (&json!("CORRECTED"), &json!(true), &json!("资道运异〔2026〕1号")),
        "{found}"
    );
    world.finish().await;
}

async fn upheld_by_retracting(world: World) {
    let challenged = steps::record_of_company(&world).await;
    world.on("2026-04-14").await;
    let id = steps::filed(&world, &challenged, "RIGHTS_INFRINGED").await;
    world.done("road-2", "acceptObjection", json!({ "id": id })).await;
    let input = steps::answer(&world, "road-head", &id).await;
    world.refused("road-head", "upholdObjectionByReopening", input.clone(), "NOTHING_CHALLENGED").await;
    world.done("road-head", "upholdObjectionByRetracting", input).await;
    assert_eq!(world.state(&challenged).await, "retracting");
    assert!(world.published().await.is_empty());
    world.finish().await;
}

async fn upheld_by_reopening(world: World) {
    let challenged = steps::record_of_company(&world).await;
    world.on("2026-06-22").await;
    repair::steps::duties_done(&world, &challenged, "2026-05-10").await;
    let application = repair::steps::applied(&world, &challenged).await;
    world
        .done("road", "declineRepairApplication", json!({ "id": application, "reasonCode": "EVIDENCE_INSUFFICIENT", "reason": "材料存疑" }))
        .await;
    let id = steps::filed(&world, &application, "NOT_ACCEPTED").await;
    world.done("road-2", "acceptObjection", json!({ "id": id })).await;
    let input = steps::answer(&world, "road-head", &id).await;
    world.done("road-head", "upholdObjectionByReopening", input).await;
    assert_eq!(world.state(&application).await, "unit_review");
    world.finish().await;
}

async fn rejected_by_somebody_else(world: World) {
    let challenged = steps::record_of_company(&world).await;
    world.on("2026-06-22").await;
    repair::steps::duties_done(&world, &challenged, "2026-05-10").await;
    let application = repair::steps::applied(&world, &challenged).await;
    repair::steps::reviewed(&world, &application).await;
    let paper = world.paper("road-head", "不予修复决定书").await;
    world
        .done(
            "road-head",
            "refuseRepairApplication",
            json!({ "id": application, "reasonCode": "OTHER", "reason": "仍在违规", "repairDecision": paper }),
        )
        .await;
    let id = steps::filed(&world, &application, "REPAIR_REFUSED").await;
    world.done("road-2", "acceptObjection", json!({ "id": id })).await;
    let mut input = steps::answer(&world, "road-head", &id).await;
    input.as_object_mut().unwrap().remove("extent");
    input["reasonCode"] = json!("FINDING_CORRECT");
    world.refused("road-head", "rejectObjection", input.clone(), "SAME_MATTER_PERSON").await;
    input["objectionAnswer"] = world.paper("road-head-2", "异议答复书").await;
    world.done("road-head-2", "rejectObjection", input).await;
    let proof = world.paper("road", "邮件").await;
    let serve = json!({ "id": id, "serviceMethod": "ELECTRONIC", "servedOn": "2026-06-22", "proofOfService": proof });
    world.refused("road", "serveObjectionAnswer", serve, "SERVICE_CONSENT_MISSING").await;
    world.finish().await;
}

async fn declined_withdrawn_moot(world: World) {
    let challenged = steps::record_of_company(&world).await;
    let first = steps::filed(&world, &challenged, "CONTENT_WRONG").await;
    let decline = |code: &str| json!({ "id": first, "reasonCode": code, "reason": "与本记录无关" });
    // The company is bound to the subject of the record, and its objection is the first.
    for code in ["NOT_THE_OBJECTORS_MATTER", "DUPLICATE", "NOT_THE_RIGHT_UNIT", "BASE_DOCUMENT_ANNULLED"] {
        world.refused("road", "declineObjection", decline(code), "REASON_NOT_TRUE").await;
    }
    // No law asks an objector for a supplement, and what bars a repair bars no objection.
    for code in [
        "PAPERS_INCOMPLETE",
        "NO_SUPPLEMENT",
        "GROUNDS_NOT_MET",
        "BARRED_FOR_FALSITY",
        "MIN_TERM_NOT_REACHED",
        "DUTIES_NOT_DONE",
        "COMMITMENT_MISSING",
    ] {
        let untrue = world.refused("road", "declineObjection", decline(code), "REASON_NOT_TRUE").await;
        assert!(Some(said(&untrue["message"])).as_deref().expect("words").contains("异议申诉不适用这一理由"), "{code}: {untrue}");
    }
    world.refused("road", "declineObjection", decline("OTHER"), "REASON_OF_THE_HEAD").await;
    world.done("road", "declineObjection", decline("EVIDENCE_INSUFFICIENT")).await;
    let second = steps::filed(&world, &challenged, "CONTENT_WRONG").await;
    world.done("company", "withdrawObjection", json!({ "id": second })).await;
    let third = steps::filed(&world, &challenged, "CONTENT_WRONG").await;
    let paper = world.paper("road", "撤销决定").await;
    world
        .done(
            "road",
            "retractPublicationRecord",
            json!({ "id": challenged, "reason": "处罚被撤销", "knownOn": "2026-04-01", "annullingDocument": paper }),
        )
        .await;
    assert_eq!(world.state(&third).await, "moot");
    let stranger = json!({ "challenged": challenged, "objection": steps::objection("CONTENT_WRONG") });
    let unseen = world.act("stranger", "fileObjection", stranger).await;
    assert_eq!(unseen["errors"][0]["extensions"]["code"], "NOT_FOUND");
    world.finish().await;
}
