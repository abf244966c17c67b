//! The events of the table, each brought about over HTTP.

use serde_json::json;

use super::table::{Watch, all_leave};
use crate::{
    collection, ledger, listing, objection, on_both, proposal, publicity,
    repair::steps,
    support::world::{World, record},
    task, trust,
};

on_both!(
    a_listing_tells_the_subject
    a_repair_tells_the_applicant
    falsity_is_told
    an_objection_tells_both_sides
    a_list_tells_both_offices
    what_the_province_says_is_told
    an_annulled_base_reaches_every_holder
    a_task_tells_its_office
    a_piece_tells_its_office
    a_submission_tells_its_office
    a_commitment_tells_its_subject
);

async fn a_piece_tells_its_office(world: World) {
    let item = publicity::steps::begun(&world, publicity::steps::article("PROVINCIAL_SITE"), json!({})).await;
    world.done("road-head", "submitPublicityItem", json!({ "id": item })).await;
    let mut watch = Watch::new(&world).await;
    world.done("policy", "sendBackPublicityItem", json!({ "id": item, "reason": "标题不准确" })).await;
    watch.told(&world, &["piece sent back"]).await;
    world.done("road-head", "submitPublicityItem", json!({ "id": item })).await;
    world.done("policy", "endorsePublicityItem", json!({ "id": item })).await;
    world.done("policy-head", "sendPublicityItem", json!({ "id": item })).await;
    let appearance = publicity::steps::appearance(&world).await;
    world.done("policy", "recordPublicityAppearance", json!({ "id": item, "appearance": appearance })).await;
    watch.told(&world, &["piece appeared"]).await;
    world.done("policy-head", "takeDownPublicityItem", json!({ "id": item, "reason": "上级要求" })).await;
    watch.told(&world, &["piece taken down"]).await;
    let letters = all_leave(&world).await;
    assert!(!letters.is_empty());
    world.finish().await;
}

async fn a_submission_tells_its_office(world: World) {
    let submission = collection::steps::sent(&world).await;
    let mut watch = Watch::new(&world).await;
    collection::steps::answered(&world, &submission, "1 退回 E07\n其余 入库").await;
    watch.told(&world, &["lines of a submission came back"]).await;
    let letters = all_leave(&world).await;
    assert!(!letters.is_empty());
    world.finish().await;
}

async fn a_commitment_tells_its_subject(world: World) {
    steps::registered(&world, record(1)).await;
    steps::bound(&world, 1).await;
    let mut watch = Watch::new(&world).await;
    let first = trust::commitments::given(&world, "XK-1").await;
    watch.told(&world, &["commitment arrived", "commitment taken in"]).await;
    let third = trust::commitments::given(&world, "XK-3").await;
    let proof = json!({ "id": third, "proofOfPerformance": world.paper("counter", "补正材料").await });
    world.done("counter", "showCommitmentPerformance", proof).await;
    world.done("road", "sendCommitmentBack", json!({ "id": third, "reason": "尚缺一份材料" })).await;
    watch.told(&world, &["commitment not performed yet"]).await;
    world.done("road-head", "cancelCommitment", json!({ "id": third, "reason": "申请已撤回" })).await;
    watch.told(&world, &["case of a commitment ended"]).await;
    let second = trust::commitments::given(&world, "XK-2").await;
    trust::steps::kept(&world, &second).await;
    watch.told(&world, &["commitment found kept"]).await;
    world.on("2026-05-06").await;
    let order = world.paper("road", "整改通知书").await;
    let input = json!({ "id": first, "reason": "尚缺材料", "correctionOrder": order, "until": "2026-05-15" });
    world.done("road", "orderCommitmentCorrection", input).await;
    watch.told(&world, &["commitment to be put right"]).await;
    world.on("2026-05-18").await;
    trust::steps::noticed(&world, &first).await;
    watch.told(&world, &["finding of a broken commitment intended"]).await;
    world.on("2026-05-26").await;
    trust::steps::broken(&world, &first).await;
    watch.told(&world, &["commitment found broken"]).await;
    let question = json!({ "office": "road_transport_centre", "check": { "purpose": "LICENSING", "sector": "ROAD_TRANSPORT", "matterNumber": "XK-4",
        "subjectKind": "LEGAL_PERSON", "subjectName": record(1)["subjectName"], "uscc": record(1)["uscc"] } });
    let check = world.done("road", "openCreditCheck", question).await["id"].clone();
    let against = json!({ "id": check, "result": { "outcome": "KEY_REVIEW", "basis": "招标公告第三条" } });
    world.done("road-head", "concludeCreditCheckAgainst", against).await;
    watch.told(&world, &["credit check went against it"]).await;
    let paper = world.paper("road-head-2", "复议决定").await;
    let annul = json!({ "id": first, "reason": "复议撤销", "annullingDocument": paper, "knownOn": "2026-05-26" });
    world.done("road-head-2", "annulCommitment", annul).await;
    watch.told(&world, &["finding of a broken commitment annulled"]).await;
    let letters = all_leave(&world).await;
    assert!(!letters.is_empty());
    world.finish().await;
}

async fn a_task_tells_its_office(world: World) {
    let meeting = ledger::steps::meeting(&world).await;
    let id = task::steps::asked(&world, &meeting, "road_transport_centre", "2026-05-29").await;
    let mut watch = Watch::new(&world).await;
    let paper = world.paper("road-head", "进展报告").await;
    world.done("road-head", "submitPlanTask", json!({ "id": id, "evidence": paper })).await;
    world.done("policy", "sendBackPlanTask", json!({ "id": id, "reason": "缺少附表" })).await;
    watch.told(&world, &["task sent back"]).await;
    world.done("road-head", "submitPlanTask", json!({ "id": id })).await;
    world.done("policy-2", "confirmPlanTask", json!({ "id": id })).await;
    world.done("policy-head", "reopenPlanTask", json!({ "id": id, "reason": "附表有误" })).await;
    watch.told(&world, &["task taken up again"]).await;
    let letters = all_leave(&world).await;
    assert!(!letters.is_empty());
    world.finish().await;
}

async fn a_listing_tells_the_subject(world: World) {
    let (id, _) = listing::steps::opened(&world).await;
    steps::bound(&world, 1).await;
    let mut watch = Watch::new(&world).await;
    listing::steps::noticed(&world, &id).await;
    watch.told(&world, &["prior notice issued"]).await;
    listing::steps::served(&world, &id, "2026-04-01").await;
    let waiver = world.paper("company", "放弃陈述申辩声明").await;
    world.done("company", "waiveDefence", json!({ "id": id, "waiver": waiver })).await;
    let decide = listing::steps::to_list(&world, &id, listing::steps::decision()).await;
    world.done("leader", "decideToList", decide).await;
    watch.told(&world, &["listing decision issued"]).await;

    let base = steps::registered(&world, record(2)).await;
    let papers = world.paper("company", "营业执照").await;
    let request = json!({ "uscc": record(2)["uscc"], "capacity": "LEGAL_REPRESENTATIVE", "identityPapers": papers });
    let case = world.done("company", "requestAccountBinding", request).await;
    world.done("counter", "approveAccountBinding", json!({ "id": case["id"], "confirmed": true })).await;
    let other = world.done("road", "openListingCase", json!({ "base": base, "listing": listing::steps::form() })).await;
    let other = other["id"].as_str().unwrap();
    listing::steps::noticed(&world, other).await;
    listing::steps::served(&world, other, "2026-04-01").await;
    let waiver = world.paper("company", "放弃陈述申辩声明").await;
    world.done("company", "waiveDefence", json!({ "id": other, "waiver": waiver })).await;
    let meeting = world.paper("leader", "集体讨论记录").await;
    world.done("leader", "decideNotToList", json!({ "id": other, "reason": "教育为主", "meetingRecord": meeting })).await;
    watch.told(&world, &["not listed"]).await;
    let letters = all_leave(&world).await;
    assert!(!letters.is_empty());
    world.finish().await;
}

async fn a_repair_tells_the_applicant(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    steps::duties_done(&world, &id, "2026-05-10").await;
    let mut watch = Watch::new(&world).await;
    let repair = steps::applied(&world, &id).await;
    watch.told(&world, &["repair received"]).await;
    world.done("road", "askRepairSupplement", json!({ "id": repair, "missingPapers": ["缴款凭证"] })).await;
    watch.told(&world, &["repair supplement asked"]).await;
    let proof = world.paper("company", "缴款凭证").await;
    world.done("company", "resubmitRepairApplication", json!({ "id": repair, "points": ["point_1"], "proofOfPerformance": proof })).await;
    steps::reviewed(&world, &repair).await;
    watch.told(&world, &["repair accepted"]).await;
    let paper = world.paper("road-head", "不予修复决定书").await;
    world
        .done(
            "road-head",
            "refuseRepairApplication",
            json!({ "id": repair, "reasonCode": "OTHER", "reason": "仍在继续", "repairDecision": paper }),
        )
        .await;
    watch.told(&world, &["refusal issued"]).await;

    let second = steps::applied(&world, &id).await;
    world
        .done("road", "declineRepairApplication", json!({ "id": second, "reasonCode": "EVIDENCE_INSUFFICIENT", "reason": "材料存疑" }))
        .await;
    watch.told(&world, &["repair not accepted"]).await;

    let third = steps::applied(&world, &id).await;
    steps::reviewed(&world, &third).await;
    steps::granted(&world, &third).await;
    watch.told(&world, &["repair granted"]).await;
    let (finding, hearing) = (world.paper("road-head-2", "虚假认定书").await, world.paper("road-head-2", "听取意见记录").await);
    let revoke = json!({ "id": third, "reason": "缴款凭证系伪造", "falsityFinding": finding, "hearingRecord": hearing });
    world.done("road-head-2", "revokeRepair", revoke).await;
    watch.told(&world, &["revocation issued"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn falsity_is_told(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    let mut watch = Watch::new(&world).await;
    let repair = steps::applied(&world, &id).await;
    let (finding, hearing) = (world.paper("road-head", "虚假认定书").await, world.paper("road-head", "听取意见记录").await);
    let input = json!({ "id": repair, "reason": "缴款凭证系伪造", "falsityFinding": finding, "hearingRecord": hearing });
    world.done("road-head", "refuseRepairApplicationForFalsity", input).await;
    watch.told(&world, &["refusal for falsity issued"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn an_objection_tells_both_sides(world: World) {
    let challenged = objection::steps::record_of_company(&world).await;
    let mut watch = Watch::new(&world).await;
    let id = objection::steps::filed(&world, &challenged, "CONTENT_WRONG").await;
    watch.told(&world, &["objection filed"]).await;
    world.done("road-2", "acceptObjection", json!({ "id": id })).await;
    let paper = world.paper("road-head", "异议答复书").await;
    world
        .done("road-head", "rejectObjection", json!({ "id": id, "reasonCode": "OTHER", "reason": "经核查", "objectionAnswer": paper }))
        .await;
    watch.told(&world, &["objection answered"]).await;
    let proof = world.paper("road", "送达回证").await;
    world
        .done(
            "road",
            "serveObjectionAnswer",
            json!({ "id": id, "serviceMethod": "POST", "servedOn": "2026-04-01", "proofOfService": proof }),
        )
        .await;
    let second = objection::steps::filed(&world, &challenged, "TERM_WRONG").await;
    world.done("road", "declineObjection", json!({ "id": second, "reasonCode": "EVIDENCE_INSUFFICIENT", "reason": "没有新的理由" })).await;
    watch.told(&world, &["objection not accepted"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn a_list_tells_both_offices(world: World) {
    proposal::steps::basis(&world).await;
    let batch = proposal::steps::batch(&world).await;
    let mut entries = Vec::new();
    for number in [1, 2] {
        let record = proposal::steps::county_record(&world, number).await;
        entries.push(proposal::steps::added(&world, &batch, &record).await);
    }
    let mut watch = Watch::new(&world).await;
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    watch.told(&world, &["batch submitted"]).await;
    world.done("policy", "returnProposalBatch", json!({ "id": batch, "reason": "期间不对" })).await;
    watch.told(&world, &["batch returned"]).await;
    world.done("yanjiang", "takeUpProposalBatch", json!({ "id": batch })).await;
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    watch.told(&world, &["batch submitted"]).await;
    world.done("policy", "startProposalReview", json!({ "id": batch })).await;
    world.done("policy", "askEntrySupplement", json!({ "id": entries[0], "missingPapers": ["送达回证"] })).await;
    watch.told(&world, &["batch supplement asked"]).await;
    let evidence = world.paper("yanjiang", "送达回证").await;
    world.done("yanjiang", "resubmitProposalEntry", json!({ "id": entries[0], "points": ["point_1"], "evidence": evidence })).await;
    watch.told(&world, &["batch supplement handed in"]).await;
    world
        .done("policy", "rejectProposalEntry", json!({ "id": entries[0], "reasonCode": "EVIDENCE_INSUFFICIENT", "reason": "证据不足" }))
        .await;
    watch.told(&world, &["entry rejected"]).await;
    proposal::steps::confirmed(&world, &entries[1]).await;
    watch.told(&world, &["batch decided"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn what_the_province_says_is_told(world: World) {
    let (batch, entries) = proposal::steps::in_review(&world, &[1]).await;
    proposal::steps::confirmed(&world, &entries[0].1).await;
    let mut watch = Watch::new(&world).await;
    proposal::steps::sent(&world, &batch).await;
    watch.told(&world, &["batch sent"]).await;
    let answer = world.paper("policy", "省厅答复").await;
    let entry = &entries[0].1;
    world
        .done(
            "policy",
            "recordProvinceReturn",
            json!({ "id": entry, "reason": "情形不清", "answeredOn": "2026-04-01", "provinceAnswer": answer }),
        )
        .await;
    watch.told(&world, &["batch answered"]).await;
    world.done("policy", "takeUpProposalEntry", json!({ "id": entry })).await;
    world.done("policy", "confirmProposalEntry", json!({ "id": entry })).await;
    let letter = world.paper("policy-head", "补充报送函").await;
    world.done("policy-head", "sendProposalSupplement", json!({ "id": batch, "coverLetter": letter })).await;
    watch.told(&world, &["batch sent"]).await;
    proposal::steps::accepted(&world, entry, "2026-04-01").await;
    watch.told(&world, &["batch answered", "batch closed"]).await;
    all_leave(&world).await;
    world.finish().await;
}

async fn an_annulled_base_reaches_every_holder(world: World) {
    let annul = async |login: &str, id: &str, on: &str| {
        let paper = world.paper(login, "撤销决定").await;
        let input = json!({ "id": id, "reason": "处罚被复议机关撤销", "knownOn": on, "annullingDocument": paper });
        world.done(login, "retractPublicationRecord", input).await;
    };
    let (_, entries) = proposal::steps::in_review(&world, &[7]).await;
    let (listed, base) = listing::steps::opened(&world).await;
    listing::steps::in_effect(&world, &listed).await;
    let mut watch = Watch::new(&world).await;
    annul("yanjiang", &entries[0].0, "2026-04-01").await;
    watch.told(&world, &["base document annulled: proposal on it"]).await;
    annul("road", &base, "2026-04-01").await;
    watch.told(&world, &["base document annulled", "base document annulled: listing on it"]).await;

    let record = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    let number = publicity::steps::number(&world, &record).await;
    let item = publicity::steps::approved(&world, publicity::steps::exposure(), json!({ "recordNumber": number })).await;
    publicity::steps::published(&world, &item).await;
    steps::applied(&world, &record).await;
    watch.told(&world, &["repair received"]).await;
    annul("road", &record, "2026-06-22").await;
    let events = ["base document annulled", "base document annulled: application on it", "base document annulled: piece on it"];
    watch.told(&world, &events).await;
    all_leave(&world).await;
    world.finish().await;
}
