//! Events on the way of records, applications, objections, lists and bindings, each brought about over HTTP.

use std::collections::BTreeSet;

use api::graphql::core::node;
use serde_json::json;

use super::table::{Watch, all_leave};
use crate::{
    objection, on_both, proposal,
    repair::steps,
    support::world::{World, record},
};

on_both!(
    what_becomes_of_a_record_is_told
    an_application_that_waits_is_told_of
    a_repair_is_carried_out
    an_objection_goes_its_way
    lists_go_back_and_forth
    a_binding_tells_the_one_who_asked
    who_goes_on_with_the_case_is_told
);

async fn what_becomes_of_a_record_is_told(world: World) {
    let id = steps::registered(&world, record(1)).await;
    steps::bound(&world, 1).await;
    let mut watch = Watch::new(&world).await;
    world.done("road", "publishPublicationRecord", json!({ "id": id })).await;
    watch.told(&world, &["record published"]).await;
    let mut right = record(1);
    right["content"] = json!("罚款8000元");
    let paper = world.paper("road", "更正文书").await;
    let correct = json!({ "id": id, "reason": "笔误", "record": right, "correctionDocument": paper });
    world.done("road", "correctPublicationRecord", correct).await;
    watch.told(&world, &["record corrected"]).await;
    let order = world.paper("road", "裁定书").await;
    let shield =
        json!({ "id": id, "ground": "COURT_STAY", "scope": ["停止执行"], "rulingReceivedOn": "2026-04-01", "courtOrReviewOrder": order });
    world.done("road", "shieldPublicationRecord", shield).await;
    watch.told(&world, &["record shielded"]).await;
    let end = json!({ "id": id, "points": ["court_stay_1"], "rulingReceivedOn": "2026-04-01", "courtOrReviewOrder": order });
    world.done("road", "endShieldGround", end).await;
    watch.told(&world, &["shield ended"]).await;
    let mut minor = record(1);
    (minor["penalties"], minor["decisionNumber"]) = (json!([{ "kind": "WARNING" }]), json!("资交罚〔2026〕91号"));
    steps::registered(&world, minor).await;
    watch.told(&world, &["record made and not published"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn an_application_that_waits_is_told_of(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    let repair = steps::applied(&world, &id).await;
    let mut watch = Watch::new(&world).await;
    world.done("road", "askRepairSupplement", json!({ "id": repair, "missingPapers": ["缴款凭证"] })).await;
    watch.told(&world, &["repair supplement asked"]).await;
    // Five working days from Monday 22 June, then three from the last of them.
    world.on("2026-06-30").await;
    watch.told(&world, &["repair supplement due"]).await;
    world.on("2026-07-03").await;
    world.done("road", "lapseRepairApplication", json!({ "id": repair, "reason": "逾期未补正" })).await;
    watch.told(&world, &["repair supplement never came"]).await;
    let (proof, stamp) = (world.paper("counter", "缴款凭证").await, world.paper("counter", "邮戳").await);
    let found =
        json!({ "id": repair, "points": ["point_1"], "proofOfPerformance": proof, "proofOfReceipt": stamp, "receivedOn": "2026-07-02" });
    world.done("counter", "resubmitRepairApplication", found).await;
    watch.told(&world, &["repair supplement had come in time"]).await;
    world.done("company", "withdrawRepairApplication", json!({ "id": repair })).await;
    watch.told(&world, &["repair withdrawn"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn a_repair_is_carried_out(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    steps::duties_done(&world, &id, "2026-05-10").await;
    let repair = steps::applied(&world, &id).await;
    steps::reviewed(&world, &repair).await;
    let mut watch = Watch::new(&world).await;
    world.done("road-head", "extendRepairApplication", json!({ "id": repair, "reason": "需要实地核查" })).await;
    watch.told(&world, &["time for the repair extended"]).await;
    steps::granted(&world, &repair).await;
    let points = json!(["stop_publication", "stop_sharing", "lift_measures", "update_evaluation", "report_credit_china"]);
    world.done("road", "confirmReleaseOrder", json!({ "id": repair, "points": points })).await;
    watch.told(&world, &["release carried out"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn an_objection_goes_its_way(world: World) {
    let challenged = objection::steps::record_of_company(&world).await;
    let id = objection::steps::filed(&world, &challenged, "CONTENT_WRONG").await;
    world.done("road", "acceptObjection", json!({ "id": id })).await;
    let mut watch = Watch::new(&world).await;
    world.done("road-head", "extendObjection", json!({ "id": id, "reason": "需要实地核查" })).await;
    watch.told(&world, &["time for the objection extended"]).await;
    world.done("company", "withdrawObjection", json!({ "id": id })).await;
    watch.told(&world, &["objection withdrawn"]).await;
    objection::steps::filed(&world, &challenged, "TERM_WRONG").await;
    let paper = world.paper("road", "撤销决定").await;
    let retract = json!({ "id": challenged, "reason": "处罚被撤销", "knownOn": "2026-04-01", "annullingDocument": paper });
    world.done("road", "retractPublicationRecord", retract).await;
    watch.told(&world, &["base document annulled: objection to it"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn lists_go_back_and_forth(world: World) {
    proposal::steps::basis(&world).await;
    let batch = proposal::steps::batch(&world).await;
    let record = proposal::steps::county_record(&world, 1).await;
    proposal::steps::added(&world, &batch, &record).await;
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    let mut watch = Watch::new(&world).await;
    world.done("yanjiang-head", "withdrawProposalBatch", json!({ "id": batch, "reason": "报送有误" })).await;
    watch.told(&world, &["batch withdrawn"]).await;
    let (batch, entries) = proposal::steps::in_review(&world, &[2]).await;
    let entry = &entries[0].1;
    world.done("policy", "askUnitOpinion", json!({ "id": entry })).await;
    watch.told(&world, &["opinion asked"]).await;
    let opinion = world.paper("road", "业务意见").await;
    world.done("road", "giveUnitOpinion", json!({ "id": entry, "opinion": "AGREE", "unitOpinion": opinion })).await;
    world.done("policy", "confirmProposalEntry", json!({ "id": entry })).await;
    proposal::steps::sent(&world, &batch).await;
    proposal::steps::accepted(&world, entry, "2026-04-01").await;
    watch.told(&world, &["province accepted"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn a_binding_tells_the_one_who_asked(world: World) {
    steps::registered(&world, record(1)).await;
    let papers = world.paper("stranger", "营业执照").await;
    let ask = json!({ "uscc": record(1)["uscc"], "capacity": "LEGAL_REPRESENTATIVE", "identityPapers": papers });
    let mut watch = Watch::new(&world).await;
    let first = world.done("stranger", "requestAccountBinding", ask.clone()).await;
    watch.told(&world, &["binding asked for"]).await;
    world.done("counter", "declineAccountBinding", json!({ "id": first["id"], "reason": "材料不清" })).await;
    watch.told(&world, &["binding declined"]).await;
    let second = world.done("stranger", "requestAccountBinding", ask).await;
    world.done("counter", "approveAccountBinding", json!({ "id": second["id"], "confirmed": true })).await;
    watch.told(&world, &["binding approved"]).await;
    world.done("counter", "endAccountBinding", json!({ "id": second["id"], "reason": "委托结束" })).await;
    watch.told(&world, &["binding ended"]).await;
    // Who acts for the company already hears of whoever asks to.
    steps::bound(&world, 1).await;
    let mut watch = Watch::new(&world).await;
    let papers = world.paper("stranger", "营业执照").await;
    let ask = json!({ "uscc": record(1)["uscc"], "capacity": "LEGAL_REPRESENTATIVE", "identityPapers": papers });
    world.done("stranger", "requestAccountBinding", ask).await;
    watch.told(&world, &["binding asked for beside another"]).await;
    all_leave(&world).await;
    world.finish().await;
}

/// An office ends: whoever is party to a case that passes over, and may see it, is told once who is competent now.
async fn who_goes_on_with_the_case_is_told(world: World) {
    let base = steps::registered(&world, record(1)).await;
    steps::registered(&world, record(2)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    steps::duties_done(&world, &base, "2026-05-10").await;
    let repair = steps::applied(&world, &base).await;
    proposal::steps::basis(&world).await;
    let draft = json!({ "base": base, "listing": crate::listing::steps::form() });
    world.done("road", "openListingCase", draft).await;
    let mut watch = Watch::new(&world).await;
    let end = "mutation($input: EndOfficeInput!) { endOffice(input: $input) { refusal { reasons { code } } } }";
    let input = json!({ "office": "road_transport_centre", "successor": "anyue" });
    let answer = world.query("admin", end, json!({ "input": input })).await;
    assert!(answer["endOffice"]["refusal"].is_null(), "{answer}");
    watch.told(&world, &["office ended: its cases pass over"]).await;
    let told = world.texts("SELECT case_id FROM notice WHERE letter = 'office_succeeded'").await;
    let about: BTreeSet<_> = told.iter().map(|id| node::global("Case", id).to_string()).collect();
    assert_eq!(told.len(), 2, "one letter a party and case; nobody is bound to the other company: {told:?}");
    assert_eq!(about, BTreeSet::from([base, repair]), "of a draft against it the party knows nothing");
    let letters = all_leave(&world).await;
    let letters: Vec<_> = letters.iter().filter(|text| text.contains("Another office goes on with your case")).collect();
    assert_eq!(letters.len(), 2);
    world.finish().await;
}
