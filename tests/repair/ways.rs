//! The other ways an application goes: back, refused and reopened, found false, amended, overtaken.

use serde_json::{Value, json};

use super::steps;
use crate::{
    on_both,
    support::world::{World, record},
};

on_both!(
    sent_back_refused_and_reopened
    refused_for_falsity_bars_repair
    a_draft_is_amended_and_a_second_one_refused
    what_is_missing_is_named_before_acceptance
    a_right_to_act_comes_and_goes
);

/// A record of the road transport centre whose minimum term is over, bound to `company`.
async fn ripe(world: &World, duties: bool) -> String {
    let id = steps::registered(world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(world, 1).await;
    if duties {
        steps::duties_done(world, &id, "2026-05-10").await;
    }
    id
}

async fn refusal(world: &World, login: &str, id: &str) -> Value {
    let paper = world.paper(login, "不予修复决定书").await;
    json!({ "id": id, "reasonCode": "OTHER", "reason": "核查发现同类行为仍在继续", "repairDecision": paper })
}

async fn sent_back_refused_and_reopened(world: World) {
    let record = ripe(&world, true).await;
    let id = steps::applied(&world, &record).await;
    steps::reviewed(&world, &id).await;
    world.done("road-head", "sendBackRepairApplication", json!({ "id": id, "reason": "核查记录缺少照片" })).await;
    assert_eq!(world.state(&id).await, "unit_review");
    world.done("road", "handUpRepairApplication", json!({ "id": id })).await;
    world.done("policy", "endorseRepairApplication", json!({ "id": id })).await;
    world.done("road-head", "refuseRepairApplication", refusal(&world, "road-head", &id).await).await;
    assert_eq!(world.state(&id).await, "refused");
    assert_eq!(world.state(&record).await, "published", "a refusal ends no publication");
    let reopen = async |login: &str| {
        let paper = world.paper(login, "复查意见").await;
        json!({ "id": id, "reason": "复查认为原决定不当", "reopeningDocument": paper })
    };
    world.refused("road-head", "reopenRepairApplication", reopen("road-head").await, "SAME_PERSON").await;
    world.done("road-head-2", "reopenRepairApplication", reopen("road-head-2").await).await;
    assert_eq!(world.state(&id).await, "unit_review");
    world.finish().await;
}

async fn refused_for_falsity_bars_repair(world: World) {
    let record = ripe(&world, true).await;
    let id = steps::applied(&world, &record).await;
    let (finding, hearing) = (world.paper("road-head", "虚假认定书").await, world.paper("road-head", "听取意见记录").await);
    let input = json!({ "id": id, "reason": "缴款凭证系伪造", "falsityFinding": finding, "hearingRecord": hearing });
    world.done("road-head", "refuseRepairApplicationForFalsity", input).await;
    assert_eq!(world.published().await.len(), 2, "the record and the falsity record");
    let lift = world.paper("road-head-2", "撤销认定文书").await;
    world.done("road-head-2", "liftRepairBar", json!({ "id": record, "reason": "虚假认定被撤销", "annullingDocument": lift })).await;
    world.finish().await;
}

async fn a_draft_is_amended_and_a_second_one_refused(world: World) {
    let record = ripe(&world, true).await;
    let open = json!({ "record": record, "application": steps::application() });
    let case = world.done("company", "openRepairApplication", open.clone()).await;
    let mut form = steps::application();
    form["statement"] = json!("已经整改");
    world.done("company", "amendRepairApplication", json!({ "id": case["id"], "application": form })).await;
    world.refused("company", "openRepairApplication", open, "OTHER_APPLICATION_OPEN").await;
    world.finish().await;
}

async fn what_is_missing_is_named_before_acceptance(world: World) {
    let record = ripe(&world, false).await;
    let open = json!({ "record": record, "application": steps::application() });
    let case = world.done("company", "openRepairApplication", open).await;
    let letter = world.paper("company", "信用承诺书").await;
    world.done("company", "applyForRepair", json!({ "id": case["id"], "commitmentLetter": letter })).await;
    world.refused("road", "acceptRepairApplication", json!({ "id": case["id"] }), "PAPERS_INCOMPLETE").await;
    world.finish().await;
}

async fn a_right_to_act_comes_and_goes(world: World) {
    ripe(&world, true).await;
    let request = async |number: u32| {
        let papers = world.paper("stranger", "营业执照").await;
        json!({ "uscc": record(number)["uscc"], "capacity": "AGENT", "authorityUntil": "2028-12-31", "identityPapers": papers, "authorityLetter": papers })
    };
    let declined = world.done("stranger", "requestAccountBinding", request(1).await).await;
    world.done("counter", "declineAccountBinding", json!({ "id": declined["id"], "reason": "授权书过期" })).await;
    let taken_back = world.done("stranger", "requestAccountBinding", request(1).await).await;
    world.done("stranger", "withdrawAccountBinding", json!({ "id": taken_back["id"] })).await;
    let bound = world.done("stranger", "requestAccountBinding", request(1).await).await;
    world.done("counter", "approveAccountBinding", json!({ "id": bound["id"], "confirmed": true })).await;
    world.refused("stranger", "requestAccountBinding", request(1).await, "BINDING_EXISTS").await;
    world.done("stranger", "endAccountBinding", json!({ "id": bound["id"], "reason": "委托结束" })).await;
    world.finish().await;
}
