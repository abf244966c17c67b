//! A refusal must be true: every reason that the register contradicts is refused, every one that it bears out is taken.

use std::collections::BTreeSet;

use domain::paper::ReasonWord;
use serde_json::{Value, json};

use super::steps;
use crate::{
    on_both,
    support::world::{World, record, said},
};

on_both!(a_reason_that_the_register_contradicts_is_refused a_reason_that_the_register_bears_out_is_taken a_clerk_withdraws_on_paper);

fn decline(id: &str, code: &str) -> Value {
    json!({ "id": id, "reasonCode": code, "reason": "见说明" })
}

/// An application in perfect order: nothing but a judgement, or a head, can decline it.
async fn a_reason_that_the_register_contradicts_is_refused(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    steps::duties_done(&world, &id, "2026-05-10").await;
    let repair = steps::applied(&world, &id).await;
    let mut taken = BTreeSet::new();
    for word in ReasonWord::ALL {
        let code = format!("{word:?}").chars().fold(String::new(), |code, letter| {
            let gap = if letter.is_uppercase() && !code.is_empty() { "_" } else { "" };
            code + gap + &letter.to_ascii_uppercase().to_string()
        });
        match *word {
            ReasonWord::EvidenceInsufficient => drop(taken.insert(code)),
            ReasonWord::Other => {
                world.refused("road", "declineRepairApplication", decline(&repair, &code), "REASON_OF_THE_HEAD").await;
            }
            _ => {
                let reason = world.refused("road", "declineRepairApplication", decline(&repair, &code), "REASON_NOT_TRUE").await;
                assert!(
                    Some(said(&reason["message"])).as_deref().is_some_and(|said| said.contains('：') && !said.contains('{')),
                    "{reason}"
                );
            }
        }
    }
    assert_eq!(taken.len(), 1, "{taken:?}");
    let untrue = world.refused("road", "declineRepairApplication", decline(&repair, "MIN_TERM_NOT_REACHED"), "REASON_NOT_TRUE").await;
    assert!(Some(said(&untrue["message"])).as_deref().unwrap().contains("2026-06-20"), "it says what the register says: {untrue}");
    world.done("road-head", "declineRepairApplication", decline(&repair, "OTHER")).await;
    // Refusing on the merits is bound in the same way.
    let second = steps::applied(&world, &id).await;
    steps::reviewed(&world, &second).await;
    let paper = world.paper("road-head", "不予修复决定书").await;
    let refuse = |code: &str| json!({ "id": second, "reasonCode": code, "reason": "见说明", "repairDecision": paper });
    for code in ["DUTIES_NOT_DONE", "MIN_TERM_NOT_REACHED", "BARRED_FOR_FALSITY", "RESTRICTION_RUNNING", "DUPLICATE"] {
        world.refused("road-head", "refuseRepairApplication", refuse(code), "REASON_NOT_TRUE").await;
    }
    world.done("road-head", "refuseRepairApplication", refuse("OTHER")).await;
    world.finish().await;
}

async fn a_reason_that_the_register_bears_out_is_taken(world: World) {
    let mut banned = record(2);
    banned["penalties"] = json!([{ "kind": "FINE", "size": "LARGER" }, { "kind": "LICENCE_SUSPENSION", "until": "2026-12-31" }]);
    let early = steps::registered(&world, record(1)).await;
    let restricted = steps::registered(&world, banned).await;
    world.on("2026-04-14").await;
    for number in [1, 2] {
        steps::bound(&world, number).await;
    }
    let repair = steps::applied(&world, &early).await;
    world.done("road", "declineRepairApplication", decline(&repair, "MIN_TERM_NOT_REACHED")).await;
    let repair = steps::applied(&world, &early).await;
    world.done("road", "declineRepairApplication", decline(&repair, "DUTIES_NOT_DONE")).await;
    let repair = steps::applied(&world, &restricted).await;
    world.done("road", "declineRepairApplication", decline(&repair, "RESTRICTION_RUNNING")).await;
    // What is missing is said once; what then came may still not be it.
    let repair = steps::applied(&world, &early).await;
    world.refused("road", "declineRepairApplication", decline(&repair, "PAPERS_INCOMPLETE"), "REASON_NOT_TRUE").await;
    world.done("road", "askRepairSupplement", json!({ "id": repair, "missingPapers": ["缴款凭证"] })).await;
    let proof = world.paper("company", "缴款凭证").await;
    world.done("company", "resubmitRepairApplication", json!({ "id": repair, "points": ["point_1"], "proofOfPerformance": proof })).await;
    world.refused("road", "declineRepairApplication", decline(&repair, "NO_SUPPLEMENT"), "REASON_NOT_TRUE").await;
    world.done("road", "declineRepairApplication", decline(&repair, "PAPERS_INCOMPLETE")).await;
    world.finish().await;
}

/// A clerk withdraws with the applicant's paper only, and the applicant is told.
async fn a_clerk_withdraws_on_paper(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    steps::duties_done(&world, &id, "2026-05-10").await;
    let repair = steps::applied(&world, &id).await;
    let reason = world.refused("counter", "withdrawRepairApplication", json!({ "id": repair }), "MISSING_DOCUMENT").await;
    assert!(Some(said(&reason["message"])).as_deref().unwrap().contains("撤回申请书"), "{reason}");
    let paper = world.paper("counter", "撤回申请书").await;
    world.done("counter", "withdrawRepairApplication", json!({ "id": repair, "withdrawalRequest": paper })).await;
    let told = crate::told::table::sent(&world).await;
    assert_eq!(told.get(&("repair_withdrawn".to_owned(), "company".to_owned())), Some(&1), "{told:?}");
    // Who applied needs no paper to stop applying.
    let again = steps::applied(&world, &id).await;
    world.done("company", "withdrawRepairApplication", json!({ "id": again })).await;
    let challenge = json!({ "challenged": id, "objection": crate::objection::steps::objection("CONTENT_WRONG") });
    let objection = world.done("company", "fileObjection", challenge).await["id"].clone();
    world.refused("counter", "withdrawObjection", json!({ "id": objection }), "MISSING_DOCUMENT").await;
    let paper = world.paper("counter", "撤回申请书").await;
    world.done("counter", "withdrawObjection", json!({ "id": objection, "withdrawalRequest": paper })).await;
    let told = crate::told::table::sent(&world).await;
    assert_eq!(told.get(&("objection_withdrawn".to_owned(), "company".to_owned())), Some(&1), "{told:?}");
    world.finish().await;
}
