//! Days of records, applications, objections and entries as they are given over GraphQL: none before its event, none too late.

use serde_json::{Value, json};

use crate::{
    objection, on_both, proposal, repair,
    support::world::{World, record, said},
};

on_both!(
    a_records_own_days_have_two_ends nothing_of_a_record_comes_before_its_finding the_clock_of_acceptance_runs_from_the_receipt
    a_supplement_at_the_counter_counts_by_its_receipt a_decision_on_repair_carries_the_day_of_its_signature an_objection_comes_after_what_it_challenges
    the_province_answers_after_the_list_was_sent seats_and_authorities_have_an_end only_what_somebody_missed_is_missed
    a_case_that_comes_back_has_its_clocks_armed_anew an_acceptance_counts_from_its_signature
);

async fn registering(world: &World, field: &str, value: Value, code: &str) {
    let mut input = record(1);
    input[field] = value;
    world.refused("road", "registerPublicationRecord", json!({ "office": "road_transport_centre", "record": input }), code).await;
}

async fn a_records_own_days_have_two_ends(world: World) {
    registering(&world, "decisionDate", json!("1900-01-01"), "DATE_OUT_OF_ORDER").await;
    registering(&world, "publishOn", json!("2026-03-19"), "DATE_OUT_OF_ORDER").await;
    for (field, late) in [("publishOn", "2099-01-01"), ("validUntil", "2100-01-01")] {
        registering(&world, field, json!(late), "DATE_TOO_LATE").await;
    }
    let own = json!([{ "kind": "BUSINESS_RESTRICTION", "until": "2999-01-01" }]);
    registering(&world, "penalties", own, "DATE_TOO_LATE").await;
    let mut input = record(1);
    registering(&world, "publishOn", json!("2026-04-14"), "DATE_TOO_LATE").await;
    input["publishOn"] = json!("2026-04-13");
    let id = repair::steps::registered(&world, input.clone()).await;
    world.on("2026-04-13").await;
    assert_eq!(world.state(&id).await, "published");
    input["publishOn"] = json!("2026-03-01");
    let paper = world.paper("road", "更正依据").await;
    let correct = json!({ "id": id, "reason": "更正", "correctionDocument": paper, "record": input });
    world.refused("road", "correctPublicationRecord", correct, "DATE_OUT_OF_ORDER").await;
    world.finish().await;
}

async fn nothing_of_a_record_comes_before_its_finding(world: World) {
    let id = repair::steps::registered(&world, record(1)).await;
    let paper = world.paper("road", "文书").await;
    let done = |on: &str| json!({ "id": id, "doneOn": on, "proofOfPerformance": paper });
    world.refused("road", "recordDutiesDone", done("2026-03-19"), "DATE_OUT_OF_ORDER").await;
    world.refused("road", "recordDutiesDone", done("2026-04-02"), "DATE_IN_FUTURE").await;
    let shield = |ground: &str, on: &str| json!({ "id": id, "ground": ground, "scope": ["停止执行"], "rulingReceivedOn": on, "courtOrReviewOrder": paper });
    for ground in ["COURT_STAY", "REVIEW_STAY"] {
        let early = world.refused("road", "shieldPublicationRecord", shield(ground, "2026-03-19"), "DATE_OUT_OF_ORDER").await;
        assert!(Some(said(&early["message"])).as_deref().expect("words").contains("认定之日（2026-03-20）"), "{early}");
    }
    world.done("road", "shieldPublicationRecord", shield("REORGANISATION_PLAN", "2025-12-01")).await;
    world.done("road", "addShieldGround", shield("COURT_STAY", "2026-03-25")).await;
    let end = |point: &str, on: &str| json!({ "id": id, "points": [point], "rulingReceivedOn": on, "courtOrReviewOrder": paper });
    world.refused("road", "endShieldGround", end("court_stay_2", "2026-03-24"), "DATE_OUT_OF_ORDER").await;
    world.refused("road", "endShieldGround", end("reorganisation_plan_1", "2025-11-30"), "DATE_OUT_OF_ORDER").await;
    world.done("road", "endShieldGround", end("reorganisation_plan_1", "2026-01-05")).await;
    world.done("road", "endShieldGround", end("court_stay_2", "2026-03-25")).await;
    let known = |on: &str| json!({ "id": id, "reason": "撤销", "knownOn": on, "annullingDocument": paper });
    world.refused("road", "retractPublicationRecord", known("2026-03-19"), "DATE_OUT_OF_ORDER").await;
    world.refused("road", "retractPublicationRecord", known("2026-04-02"), "DATE_IN_FUTURE").await;
    world.done("road", "retractPublicationRecord", known("2026-03-31")).await;
    world.finish().await;
}

/// (status, first day) of the newest clock of that key.
async fn clock(world: &World, id: &str, key: &str) -> (String, String) {
    let query = "query($id: ID!) { case(id: $id) { deadlines { key status startOn } } }";
    let all = world.query("auditor", query, json!({ "id": id })).await["case"]["deadlines"].clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mine = all.as_array().expect("deadlines").iter().filter(|row| row["key"] == key).max_by_key(|row| text(&row["startOn"]));
    let row = mine.unwrap_or_else(|| panic!("no {key}: {all}"));
    (text(&row["status"]).to_lowercase(), text(&row["startOn"]))
}

async fn registered_on(world: &World, record: &str, on: &str) -> Value {
    json!({ "record": record, "application": repair::steps::application(), "channel": "COUNTER", "receivedOn": on, "commitmentLetter": world.paper("counter", "信用承诺书").await })
}

async fn the_clock_of_acceptance_runs_from_the_receipt(world: World) {
    let id = repair::steps::registered(&world, record(1)).await;
    world.on("2026-04-07").await;
    let mut old = record(2);
    old["decisionDate"] = json!("2026-04-03");
    let young = repair::steps::registered(&world, old).await;
    world.refused("counter", "registerRepairApplication", registered_on(&world, &young, "2026-04-02").await, "DATE_OUT_OF_ORDER").await;
    world.refused("counter", "registerRepairApplication", registered_on(&world, &id, "2026-04-08").await, "DATE_IN_FUTURE").await;
    let case = world.done("counter", "registerRepairApplication", registered_on(&world, &id, "2026-04-03").await).await;
    let case = case["id"].as_str().expect("an id");
    assert_eq!(clock(&world, case, "acceptance").await, ("open".into(), "2026-04-03".into()), "from the receipt, not from the click");
    assert_eq!(clock(&world, case, "answer").await.1, "2026-04-03");
    world.finish().await;
}

async fn a_supplement_at_the_counter_counts_by_its_receipt(world: World) {
    let id = repair::steps::registered(&world, record(1)).await;
    repair::steps::bound(&world, 1).await;
    let case = repair::steps::applied(&world, &id).await;
    world.done("road", "askRepairSupplement", json!({ "id": case, "missingPapers": ["缴款凭证"] })).await;
    world.on("2026-04-13").await;
    let proof = world.paper("counter", "缴款凭证").await;
    let bring = |on: &str| json!({ "id": case, "points": ["point_1"], "receivedOn": on, "proofOfPerformance": proof });
    world.refused("counter", "resubmitRepairApplication", json!({ "id": case, "points": ["point_1"] }), "MISSING_DOCUMENT").await;
    world.refused("counter", "resubmitRepairApplication", bring("2026-03-31"), "DATE_OUT_OF_ORDER").await;
    let mut own = bring("2026-04-09");
    own["proofOfPerformance"] = world.paper("company", "缴款凭证").await;
    world.refused("company", "resubmitRepairApplication", own, "DATE_OUT_OF_ORDER").await;
    world.done("counter", "resubmitRepairApplication", bring("2026-04-09")).await;
    assert_eq!(clock(&world, &case, "supplement").await.0, "met", "it came in on the last day");
    assert_eq!(clock(&world, &case, "acceptance").await, ("open".into(), "2026-04-09".into()));
    let paper = world.paper("counter", "撤回申请书").await;
    let back = |on: &str| json!({ "id": case, "receivedOn": on, "withdrawalRequest": paper });
    world.refused("counter", "withdrawRepairApplication", back("2026-03-31"), "DATE_OUT_OF_ORDER").await;
    world.done("counter", "withdrawRepairApplication", back("2026-04-10")).await;
    world.finish().await;
}

async fn a_decision_on_repair_carries_the_day_of_its_signature(world: World) {
    let id = repair::steps::registered(&world, record(1)).await;
    repair::steps::bound(&world, 1).await;
    world.on("2026-12-28").await;
    repair::steps::duties_done(&world, &id, "2026-05-05").await;
    let case = repair::steps::applied(&world, &id).await;
    repair::steps::reviewed(&world, &case).await;
    world.on("2027-01-04").await;
    let decision = world.paper("road-head", "信用修复决定书").await;
    let grant = |on: &str| json!({ "id": case, "repairDecision": decision, "signedOn": on });
    world.refused("road-head", "grantRepairApplication", grant("2026-12-27"), "DATE_OUT_OF_ORDER").await;
    world.refused("road-head", "grantRepairApplication", grant("2027-01-05"), "DATE_IN_FUTURE").await;
    world.done("road-head", "grantRepairApplication", grant("2026-12-31")).await;
    let query = "query($id: ID!) { case(id: $id) { ... on RepairApplication { decisionNumber decidedOn } } }";
    let found = world.query("auditor", query, json!({ "id": case })).await["case"].clone();
    assert_eq!(found["decidedOn"], "2026-12-31", "{found}");
    assert!(found["decisionNumber"].as_str().expect("a number").contains("〔2026〕"), "{found}");
    world.finish().await;
}

/// What the law gives for a decision runs from the acceptance as its paper says it, not from its entry.
async fn an_acceptance_counts_from_its_signature(world: World) {
    let id = objection::steps::record_of_company(&world).await;
    world.on("2026-06-22").await;
    let (repair, objected) = (repair::steps::applied(&world, &id).await, objection::steps::filed(&world, &id, "CONTENT_WRONG").await);
    world.on("2026-06-24").await;
    for (act, case, key) in [("acceptRepairApplication", &repair, "result"), ("acceptObjection", &objected, "verification")] {
        let accept = |on: &str| json!({ "id": case, "signedOn": on });
        world.refused("road", act, accept("2026-06-21"), "DATE_OUT_OF_ORDER").await;
        world.refused("road", act, accept("2026-06-25"), "DATE_IN_FUTURE").await;
        world.done("road", act, accept("2026-06-23")).await;
        assert_eq!(clock(&world, case, key).await, ("open".into(), "2026-06-23".into()), "{act}");
    }
    world.finish().await;
}

async fn an_objection_comes_after_what_it_challenges(world: World) {
    let id = objection::steps::record_of_company(&world).await;
    world.on("2026-04-07").await;
    let mut input = record(2);
    input["decisionDate"] = json!("2026-04-03");
    let young = repair::steps::registered(&world, input).await;
    let register = async |challenged: &str, on: &str| {
        let evidence = world.paper("counter", "证据").await;
        json!({ "challenged": challenged, "objection": objection::steps::objection("RIGHTS_INFRINGED"), "cameBy": "DIRECT", "receivedOn": on, "evidence": evidence })
    };
    world.refused("counter", "registerObjection", register(&young, "2026-04-02").await, "DATE_OUT_OF_ORDER").await;
    let case = world.done("counter", "registerObjection", register(&id, "2026-04-01").await).await;
    let case = case["id"].as_str().expect("an id").to_owned();
    world.done("road", "acceptObjection", json!({ "id": case })).await;
    world.on("2026-04-09").await;
    let mut answer = objection::steps::answer(&world, "road-head", &case).await;
    answer.as_object_mut().expect("an input").remove("extent");
    answer["reasonCode"] = json!("FINDING_CORRECT");
    answer["signedOn"] = json!("2026-04-06");
    world.refused("road-head", "rejectObjection", answer.clone(), "DATE_OUT_OF_ORDER").await;
    answer["signedOn"] = json!("2026-04-08");
    world.done("road-head", "rejectObjection", answer).await;
    let proof = world.paper("road", "送达回证").await;
    let serve = |on: &str| json!({ "id": case, "serviceMethod": "DIRECT", "servedOn": on, "proofOfService": proof });
    world.refused("road", "serveObjectionAnswer", serve("2026-04-07"), "DATE_OUT_OF_ORDER").await;
    world.done("road", "serveObjectionAnswer", serve("2026-04-08")).await;
    world.finish().await;
}

async fn the_province_answers_after_the_list_was_sent(world: World) {
    let (batch, entries) = proposal::steps::in_review(&world, &[2]).await;
    let entry = &entries[0].1;
    proposal::steps::confirmed(&world, entry).await;
    world.on("2026-04-08").await;
    proposal::steps::sent(&world, &batch).await;
    world.on("2026-04-10").await;
    let answer = world.paper("policy", "省厅答复").await;
    let answered = |on: &str| json!({ "id": entry, "answeredOn": on, "provinceAnswer": answer });
    world.refused("policy", "recordProvinceAcceptance", answered("2026-04-07"), "DATE_OUT_OF_ORDER").await;
    world.refused("policy", "recordProvinceAcceptance", answered("2026-04-11"), "DATE_IN_FUTURE").await;
    world.done("policy", "recordProvinceAcceptance", answered("2026-04-08")).await;
    for (period, code) in [("2020-01", "DATE_OUT_OF_ORDER"), ("2026-07", "DATE_TOO_LATE"), ("2030-Q1", "DATE_TOO_LATE")] {
        world.refused("yanjiang", "openProposalBatch", json!({ "office": "yanjiang", "period": period }), code).await;
    }
    world.finish().await;
}

async fn seats_and_authorities_have_an_end(world: World) {
    repair::steps::registered(&world, record(1)).await;
    let papers = world.paper("company", "授权书").await;
    let ask = |until: &str| json!({ "uscc": record(1)["uscc"], "capacity": "AGENT", "authorityUntil": until, "identityPapers": papers, "authorityLetter": papers });
    world.refused("company", "requestAccountBinding", ask("2026-03-31"), "DATE_OUT_OF_ORDER").await;
    world.refused("company", "requestAccountBinding", ask("2099-12-31"), "DATE_TOO_LATE").await;
    world.done("company", "requestAccountBinding", ask("2028-12-31")).await;
    let account = async |login: &str| world.query(login, "{ me { account } }", json!({})).await["me"]["account"].clone();
    let query = "mutation($input: AppointDeputyInput!) { appointDeputy(input: $input) { refusal { reasons { code } } } }";
    for (from, until, code) in [
        ("2026-04-01", "2099-12-31", json!("DEPUTY_DAYS")),
        ("2090-01-01", "2090-02-01", json!("DEPUTY_DAYS")),
        ("2026-04-01", "2027-04-01", Value::Null),
    ] {
        let input = json!({ "principal": account("road-head").await, "deputy": account("road").await, "rank": "HEAD", "office": "road_transport_centre", "fromDay": from, "until": until });
        let answer = world.query("admin", query, json!({ "input": input })).await["appointDeputy"].clone();
        assert_eq!(answer["refusal"]["reasons"][0]["code"], code, "{from} to {until}: {answer}");
    }
    world.finish().await;
}

async fn a_case_that_comes_back_has_its_clocks_armed_anew(world: World) {
    let id = repair::steps::registered(&world, record(1)).await;
    repair::steps::bound(&world, 1).await;
    world.on("2026-11-02").await;
    repair::steps::duties_done(&world, &id, "2026-05-05").await;
    let case = repair::steps::applied(&world, &id).await;
    repair::steps::reviewed_to_policy(&world, &case).await;
    world.on("2026-11-30").await;
    assert_eq!(clock(&world, &case, "result").await, ("missed".into(), "2026-11-02".into()));
    world.done("policy", "sendBackRepairApplication", json!({ "id": case, "reason": "核查记录不全" })).await;
    assert_eq!(clock(&world, &case, "result").await, ("open".into(), "2026-11-30".into()), "somebody has to act by a day again");
    let query = "query($id: ID!) { case(id: $id) { deadlines { key status } } }";
    let all = world.query("auditor", query, json!({ "id": case })).await["case"]["deadlines"].clone();
    assert!(
        all.as_array().expect("deadlines").iter().any(|row| row["key"] == "result" && row["status"] == "MISSED"),
        "what was missed stays on record: {all}"
    );
    assert!(
        all.as_array().expect("deadlines").iter().all(|row| row["key"] != "acceptance" || row["status"] != "OPEN"),
        "what was met is not armed: {all}"
    );
    world.finish().await;
}

async fn only_what_somebody_missed_is_missed(world: World) {
    let id = repair::steps::registered(&world, record(1)).await;
    world.on("2026-04-13").await;
    assert_eq!(world.state(&id).await, "published");
    assert_eq!(clock(&world, &id, "publication_start").await.0, "met", "the house published in time by itself");
    world.on("2027-03-21").await;
    assert_eq!(world.state(&id).await, "held_at_max");
    for key in ["max_term", "min_term", "repair_near"] {
        assert_eq!(clock(&world, &id, key).await.0, "met", "{key} is a term that passes, and nobody's to keep");
    }
    let (status, from) = clock(&world, &id, "held_decision").await;
    assert_eq!((status.as_str(), from.as_str()), ("open", "2027-03-20"), "from the last day of the maximum term");
    world.on("2027-05-01").await;
    assert_eq!(clock(&world, &id, "held_decision").await.0, "missed", "this one somebody had to keep");
    world.finish().await;
}
