//! Who may not, and when not.

use serde_json::{Value, json};

use super::steps;
use crate::{
    on_both,
    support::world::{World, said},
};

on_both!(entries_that_cannot_be_proposed four_eyes_over_batch_and_entry counties_see_their_own answers_to_what_was_never_sent a_list_that_is_no_longer_true a_stay_stops_the_confirmation);

async fn entries_that_cannot_be_proposed(world: World) {
    let record = steps::county_record(&world, 1).await;
    let batch = steps::batch(&world).await;
    let add = |entry: Value, base: &str| json!({ "batch": batch, "base": base, "entry": entry });
    let without = world.refused("yanjiang", "addProposalEntry", add(steps::entry(), &record), "LIST_TYPE_WITHOUT_BASIS").await;
    let remedy = said(&without["remedy"]);
    assert!(
        remedy.contains("设置“严重超限超载名单的依据已确认”") && remedy.contains("“the basis of the overloading list is confirmed”"),
        "{without}"
    );
    steps::basis(&world).await;
    let with = |field: &str, value: Value| {
        let mut entry = steps::entry();
        entry[field] = value;
        entry
    };
    world.refused("yanjiang", "addProposalEntry", add(with("listType", json!("transport_2018")), &record), "LIST_TYPE_WITHOUT_BASIS").await;
    world.refused("yanjiang", "addProposalEntry", add(with("listType", json!("friends")), &record), "LIST_TYPE_UNKNOWN").await;
    world.refused("yanjiang", "addProposalEntry", add(with("grounds", json!(["rudeness"])), &record), "GROUND_NOT_OF_LIST_TYPE").await;
    world.refused("yanjiang", "addProposalEntry", add(with("grounds", json!([])), &record), "GROUND_NOT_OF_LIST_TYPE").await;
    world.refused("yanjiang", "addProposalEntry", add(with("measures", json!(["exile"])), &record), "MEASURE_NOT_OF_LIST_TYPE").await;
    world.refused("yanjiang-head", "submitProposalBatch", json!({ "id": batch }), "NO_ENTRIES").await;
    let entry = steps::added(&world, &batch, &record).await;
    world.refused("yanjiang", "addProposalEntry", add(steps::entry(), &record), "SUCH_ENTRY_EXISTS").await;
    world.setting("batch_most_entries", "1").await;
    let second = steps::county_record(&world, 2).await;
    world.refused("yanjiang", "addProposalEntry", add(steps::entry(), &second), "BATCH_FULL").await;
    world.setting("batch_most_entries", "500").await;
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    world.refused("yanjiang", "addProposalEntry", add(steps::entry(), &second), "BATCH_NOT_DRAFT").await;
    world.refused("yanjiang", "amendProposalEntry", json!({ "id": entry, "entry": steps::entry() }), "STATE_DOES_NOT_ALLOW").await;
    let period = world.act("yanjiang", "openProposalBatch", json!({ "office": "yanjiang", "period": "2026-13" })).await;
    assert_eq!(period["errors"][0]["extensions"]["field"], "input.period", "{period}");
    world.finish().await;
}

async fn four_eyes_over_batch_and_entry(world: World) {
    // A unit of the policy office's own people proposes: who filed must not review.
    let record = steps::county_record(&world, 1).await;
    steps::basis(&world).await;
    let foreign = json!({ "batch": steps::batch(&world).await, "base": record, "entry": steps::entry() });
    let unseen = world.act("anyue", "addProposalEntry", foreign).await;
    assert_eq!(unseen["errors"][0]["extensions"]["code"], "NOT_FOUND");
    let (batch, entries) = steps::in_review(&world, &[2]).await;
    let entry = &entries[0].1;
    world.refused("yanjiang-head", "confirmProposalEntry", json!({ "id": entry }), "ROLE_DOES_NOT_ALLOW").await;
    world.done("policy", "askUnitOpinion", json!({ "id": entry })).await;
    let opinion = world.paper("road", "业务意见").await;
    let give = json!({ "id": entry, "opinion": "AGREE", "unitOpinion": opinion });
    world
        .refused(
            "policy",
            "giveUnitOpinion",
            json!({ "id": entry, "opinion": "AGREE", "unitOpinion": world.paper("policy", "意见").await }),
            "ROLE_DOES_NOT_ALLOW",
        )
        .await;
    world.done("road", "giveUnitOpinion", give).await;
    // The reviewer becomes the county's head too: the submitter of the batch must not confirm.
    let grant = "mutation($account: String!, $rank: Rank!, $office: String) { grantRole(account: $account, rank: $rank, office: $office) { refusal { reasons { message { zh en } } } } }";
    let head = world.query("yanjiang-head", "{ me { account } }", json!({})).await["me"]["account"].clone();
    world.query("admin", grant, json!({ "account": head, "rank": "OFFICER", "office": "policy_office" })).await;
    world.refused("yanjiang-head", "confirmProposalEntry", json!({ "id": entry }), "SAME_MATTER_PERSON").await;
    world.done("policy", "confirmProposalEntry", json!({ "id": entry })).await;
    assert_eq!(world.state(&batch).await, "decided");
    world.finish().await;
}

async fn counties_see_their_own(world: World) {
    let (batch, entries) = steps::in_review(&world, &[1]).await;
    let query = "query($id: ID!) { case(id: $id) { number } }";
    for id in [&batch, &entries[0].1] {
        for login in ["anyue", "company", "counter"] {
            let found = world.query(login, query, json!({ "id": id })).await;
            assert!(found["case"].is_null(), "{login} sees {found}");
        }
        for login in ["yanjiang", "policy", "auditor"] {
            let found = world.query(login, query, json!({ "id": id })).await;
            assert!(!found["case"].is_null(), "{login} does not see it");
        }
    }
    let entry = json!({ "id": entries[0].1 });
    assert!(world.query("road", query, entry.clone()).await["case"].is_null(), "the named unit has not been asked");
    world.done("policy", "askUnitOpinion", entry.clone()).await;
    assert!(!world.query("road", query, entry).await["case"].is_null(), "the named unit sees what it must review");
    world.finish().await;
}

async fn answers_to_what_was_never_sent(world: World) {
    let (batch, entries) = steps::in_review(&world, &[1]).await;
    let answer = world.paper("policy", "省厅答复").await;
    let input = json!({ "id": entries[0].1, "answeredOn": "2026-04-01", "provinceAnswer": answer });
    world.refused("policy", "recordProvinceAcceptance", input, "STATE_DOES_NOT_ALLOW").await;
    let letter = world.paper("policy-head", "报送函").await;
    world.refused("policy-head", "sendProposalBatch", json!({ "id": batch, "coverLetter": letter }), "STATE_DOES_NOT_ALLOW").await;
    world.finish().await;
}

/// A list is made before the act that sends it; what changes in between must not go out unseen.
async fn a_list_that_is_no_longer_true(world: World) {
    use domain::{
        command::{Actor, Arguments, Command, Target},
        paper::DocumentKind,
        process::Verb,
    };
    let (batch, entries) = steps::in_review(&world, &[1]).await;
    steps::confirmed(&world, &entries[0].1).await;
    let account = world.query("policy-head", "{ me { account } }", json!({})).await["me"]["account"].as_str().unwrap().parse().unwrap();
    let (name, draft) = api::people::sealing::seal(&world.app, "name", "名单").unwrap();
    let paper = domain::command::DocumentDraft { sha256: "0".repeat(64), size: 1, media_type: "text/csv".to_owned(), name, drafted: None };
    let papers = [DocumentKind::CoverLetter, DocumentKind::ProvinceExport].map(|kind| (kind, vec![paper.clone()]));
    let command = Command {
        actor: Actor::Account(account),
        target: Target::Case(api::graphql::core::node::case_id(&batch).unwrap()),
        verbs: vec![Verb::SendToProvince],
        arguments: Arguments { documents: papers.into(), ..Arguments::default() },
        admin: None,
        effective_on: world.app.clock.today(),
        now: world.app.clock.now(),
        seed: uuid::Uuid::now_v7(),
        timer: None,
    };
    let answer = world.app.submit(command, None, None, vec![draft], true).await.expect("an answer");
    assert!(format!("{answer:?}").contains("ExportStale"), "{answer:?}");
    assert_eq!(world.state(&batch).await, "decided");
    world.finish().await;
}

async fn a_stay_stops_the_confirmation(world: World) {
    let (_, entries) = steps::in_review(&world, &[1]).await;
    let (record, entry) = &entries[0];
    let order = world.paper("yanjiang", "停止执行决定").await;
    let ground =
        json!({ "id": record, "ground": "COURT_STAY", "scope": ["整条"], "rulingReceivedOn": "2026-04-01", "courtOrReviewOrder": order });
    world.done("yanjiang", "shieldPublicationRecord", ground).await;
    world.done("policy", "askUnitOpinion", json!({ "id": entry })).await;
    let opinion = world.paper("road", "业务意见").await;
    world.done("road", "giveUnitOpinion", json!({ "id": entry, "opinion": "AGREE", "unitOpinion": opinion })).await;
    world.refused("policy", "confirmProposalEntry", json!({ "id": entry }), "STAY_ORDERED").await;
    world.finish().await;
}
