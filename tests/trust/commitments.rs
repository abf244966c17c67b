//! A commitment from the letter to the finding: kept, put right, heard, found broken, objected to.

use serde_json::{Value, json};

use super::steps;
use crate::{
    on_both,
    repair::steps as records,
    support::world::{World, record},
};

on_both!(
    what_is_shown_in_time_is_never_missed
    it_is_put_right_first_and_once
    nobody_is_found_to_have_broken_it_unheard
    a_finding_falls_with_an_objection
    an_annulled_finding_ends_its_objections
    what_follows_from_a_breach_ends
    a_second_person_takes_it_in
    of_a_human_being_nothing_is_shown
    a_letter_has_a_type_a_field_and_one_matter
    a_company_gives_its_own
);

const CASE: &str = "query($id: ID!) { case(id: $id) { state { key } deadlines { key status dueOn } ... on Commitment { performBy correctBy public breachNumber brokenOn of { zh } } } }";

async fn case(world: &World, id: &str) -> Value {
    world.query("road", CASE, json!({ "id": id })).await["case"].clone()
}

fn clock(case: &Value, key: &str) -> (String, String) {
    let all = case["deadlines"].as_array().expect("deadlines");
    let row = all.iter().rfind(|row| row["key"] == key).unwrap_or_else(|| panic!("no clock {key}: {case}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&row["status"]), text(&row["dueOn"]))
}

/// Titles that the column shows in its part of commitments.
async fn column(world: &World) -> Vec<String> {
    let answer = world.ask(None, "{ column(part: COMMITMENTS, first: 40) { nodes { title text } } }", json!({})).await;
    let nodes = answer["data"]["column"]["nodes"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    nodes.iter().filter_map(|node| node["title"].as_str().map(str::to_owned)).collect()
}

async fn what_is_shown_in_time_is_never_missed(world: World) {
    world.on("2026-06-18").await;
    let commitment = steps::registered(&world, 7, "XK-2").await;
    let begun = case(&world, &commitment).await;
    // Ten working days over the Dragon Boat Festival (worked case K12).
    assert_eq!((&begun["performBy"], &begun["of"]["zh"]), (&json!("2026-07-03"), &json!("容缺后补")), "{begun}");
    assert_eq!(column(&world).await, ["示例57运输有限公司：容缺后补"], "given in public");
    let proof = json!({ "id": commitment, "proofOfPerformance": world.paper("counter", "补正材料").await });
    world.done("counter", "showCommitmentPerformance", proof).await;
    let shown = case(&world, &commitment).await;
    assert_eq!((shown["state"]["key"].as_str(), clock(&shown, "performance").0.as_str()), (Some("checking"), "MET"), "{shown}");
    // The days that were promised are the subject's: nothing is held against it before they are over.
    let order = json!({ "id": commitment, "reason": "尚缺材料", "correctionOrder": world.paper("road", "整改通知书").await, "until": "2026-06-30" });
    world.refused("road", "orderCommitmentCorrection", order, "DEADLINE_RUNS").await;
    world.refused("road", "serveCommitmentNotice", steps::notice(&world, &commitment).await, "DEADLINE_RUNS").await;
    world.done("road", "sendCommitmentBack", json!({ "id": commitment, "reason": "尚缺一份材料" })).await;
    let back = case(&world, &commitment).await;
    let runs = |row: &Value| row["key"] == "performance" && row["status"] == "OPEN" && row["dueOn"] == "2026-07-03";
    assert!(back["state"]["key"] == "standing" && back["deadlines"].as_array().is_some_and(|all| all.iter().any(runs)), "{back}");
    world.on("2026-07-03").await;
    let proof = json!({ "id": commitment, "proofOfPerformance": world.paper("counter", "补正材料").await });
    world.done("counter", "showCommitmentPerformance", proof).await;
    let more = json!({ "id": commitment, "proofOfPerformance": world.paper("counter", "补充材料").await });
    let began = clock(&case(&world, &commitment).await, "check");
    world.on("2026-07-06").await;
    world.done("counter", "addCommitmentProof", more).await;
    assert_eq!(clock(&case(&world, &commitment).await, "check"), began, "a further paper does not move the office's clock");
    world.on("2026-07-10").await;
    steps::kept(&world, &commitment).await;
    let kept = case(&world, &commitment).await;
    assert!(kept["deadlines"].as_array().is_some_and(|all| all.iter().all(|row| row["status"] != "OPEN")), "{kept}");
    // Whoever found it kept does not take it up again.
    world.refused("road", "reopenCommitment", json!({ "id": commitment, "reason": "发现材料虚假" }), "ROLE_DOES_NOT_ALLOW").await;
    world.done("road-head", "reopenCommitment", json!({ "id": commitment, "reason": "发现材料虚假" })).await;
    assert_eq!(world.state(&commitment).await, "checking");
    world.done("road-head", "cancelCommitment", json!({ "id": commitment, "reason": "申请已撤回" })).await;
    assert!(column(&world).await.is_empty(), "what has ended is shown no longer");
    world.finish().await;
}

/// A commitment whose time has passed and that was ordered to be put right.
async fn ordered(world: &World) -> String {
    let commitment = steps::registered(world, 7, "XK-2").await;
    world.on("2026-05-06").await;
    assert_eq!(world.state(&commitment).await, "checking");
    let input = json!({ "id": commitment, "reason": "尚缺技术等级证明", "correctionOrder": world.paper("road", "整改通知书").await, "until": "2026-05-16" });
    world.done("road", "orderCommitmentCorrection", input).await;
    commitment
}

async fn it_is_put_right_first_and_once(world: World) {
    let commitment = ordered(&world).await;
    let told = case(&world, &commitment).await;
    // A Saturday that the order names stays that day (worked case K13).
    assert_eq!(clock(&told, "correction"), ("OPEN".to_owned(), "2026-05-16".to_owned()), "{told}");
    world.on("2026-05-17").await;
    assert_eq!(world.state(&commitment).await, "checking");
    let input = json!({ "id": commitment, "reason": "仍未补齐", "correctionOrder": world.paper("road", "整改通知书").await, "until": "2026-05-29" });
    world.refused("road", "orderCommitmentCorrection", input, "ALREADY_DONE").await;
    // What is slight, put right and did no harm is found no breach; and not by who ordered it.
    let nothing = json!({ "id": commitment, "reason": "情节轻微，已补齐，未造成危害后果" });
    world.done("road-head", "findNothingAgainstCommitment", nothing).await;
    assert_eq!(world.state(&commitment).await, "not_found");
    // Put right in time.
    let again = steps::registered(&world, 8, "XK-3").await;
    world.on("2026-06-15").await;
    let input =
        json!({ "id": again, "reason": "尚缺材料", "correctionOrder": world.paper("road", "整改通知书").await, "until": "2026-06-26" });
    world.done("road", "orderCommitmentCorrection", input).await;
    let proof = json!({ "id": again, "proofOfPerformance": world.paper("counter", "补正材料").await });
    world.done("counter", "showCommitmentPerformance", proof).await;
    let shown = case(&world, &again).await;
    assert_eq!((shown["state"]["key"].as_str(), clock(&shown, "correction").0.as_str()), (Some("checking"), "MET"), "{shown}");
    world
        .done("counter", "addCommitmentProof", json!({ "id": again, "proofOfPerformance": world.paper("counter", "补充材料").await }))
        .await;
    world.finish().await;
}

async fn nobody_is_found_to_have_broken_it_unheard(world: World) {
    let commitment = ordered(&world).await;
    world.on("2026-05-18").await;
    // A day of service before the notice was signed is refused.
    let mut early = json!({ "id": commitment, "reason": "期满未补齐", "priorNotice": world.paper("road", "事先告知书").await,
        "proofOfService": world.paper("road", "送达回证").await, "serviceMethod": "DIRECT", "signedOn": "2026-05-18", "servedOn": "2026-05-17" });
    world.refused("road", "serveCommitmentNotice", early.clone(), "DATE_OUT_OF_ORDER").await;
    (early["servedOn"], early["serviceMethod"]) = (json!("2026-05-18"), json!("ELECTRONIC"));
    world.refused("road", "serveCommitmentNotice", early, "SERVICE_CONSENT_MISSING").await;
    steps::noticed(&world, &commitment).await;
    let told = case(&world, &commitment).await;
    assert_eq!(clock(&told, "statement"), ("OPEN".to_owned(), "2026-05-25".to_owned()), "five working days: {told}");
    let finding = json!({ "id": commitment, "reason": "未履行", "breachFinding": world.paper("road-head", "违诺认定书").await });
    world.refused("road-head", "findCommitmentBroken", finding.clone(), "DEADLINE_RUNS").await;
    let statement = json!({ "id": commitment, "statementOfDefence": world.paper("counter", "陈述书").await });
    world.done("counter", "fileCommitmentDefence", statement).await;
    assert_eq!(world.state(&commitment).await, "notified", "heard to the end");
    world.on("2026-05-26").await;
    assert_eq!(world.state(&commitment).await, "deciding");
    // What arrived in time and is entered late is heard; what arrived late is not.
    let late = |statement: Value, receipt: Value, day: &str| json!({ "id": commitment, "statementOfDefence": statement, "proofOfReceipt": receipt, "receivedOn": day });
    let entered = late(world.paper("counter", "陈述书").await, world.paper("counter", "收件登记").await, "2026-05-26");
    world.refused("counter", "fileCommitmentDefence", entered, "DEADLINE_OVER").await;
    let entered = late(world.paper("counter", "陈述书").await, world.paper("counter", "收件登记").await, "2026-05-25");
    world.done("counter", "fileCommitmentDefence", entered).await;
    assert_eq!(world.state(&commitment).await, "deciding");
    let mut too_early = finding.clone();
    too_early["signedOn"] = json!("2026-05-25");
    world.refused("road-head", "findCommitmentBroken", too_early, "DEADLINE_RUNS").await;
    world.done("road-head", "findCommitmentBroken", finding).await;
    let found = case(&world, &commitment).await;
    assert_eq!(found["brokenOn"], "2026-05-26", "{found}");
    assert!(found["breachNumber"].as_str().is_some_and(|number| number.contains("信诺〔2026〕1号")), "{found}");
    assert!(column(&world).await.is_empty(), "a broken promise is shown no longer");
    // It is served, once; and what arrived in time may still turn up.
    let mut served = steps::notice(&world, &commitment).await;
    for key in ["reason", "priorNotice"] {
        served.as_object_mut().expect("an input").remove(key);
    }
    world.done("road", "serveBreachFinding", served.clone()).await;
    let after = case(&world, &commitment).await;
    assert_eq!(clock(&after, "serve_decision").0, "MET", "{after}");
    served["proofOfService"] = world.paper("road", "送达回证").await;
    world.refused("road", "serveBreachFinding", served, "ALREADY_DONE").await;
    let found = late(world.paper("road", "陈述书").await, world.paper("road", "收件登记").await, "2026-05-22");
    world.done("road", "fileCommitmentDefence", found).await;
    assert_eq!(world.state(&commitment).await, "broken");
    // Whoever found it does not annul it.
    let annul = json!({ "id": commitment, "reason": "复议撤销", "annullingDocument": world.paper("road-head", "复议决定").await, "knownOn": "2026-05-26" });
    world.refused("road-head", "annulCommitment", annul, "SAME_PERSON").await;
    let paper = world.paper("road-head-2", "复议决定").await;
    let annul = json!({ "id": commitment, "reason": "复议撤销", "annullingDocument": paper, "knownOn": "2026-05-26" });
    world.done("road-head-2", "annulCommitment", annul).await;
    assert_eq!(world.state(&commitment).await, "annulled");
    world.finish().await;
}

async fn a_finding_falls_with_an_objection(world: World) {
    records::registered(&world, record(1)).await;
    records::bound(&world, 1).await;
    let commitment = given(&world, "XK-7").await;
    let early = json!({ "challenged": commitment, "objection": { "ground": "CONTENT_WRONG", "statement": "已按期补齐" } });
    world.refused("company", "fileObjection", early, "NOTHING_CHALLENGED").await;
    world.on("2026-05-06").await;
    steps::noticed(&world, &commitment).await;
    world.on("2026-05-20").await;
    steps::broken(&world, &commitment).await;
    let objection = json!({ "challenged": commitment, "objection": { "ground": "CONTENT_WRONG", "statement": "已按期补齐，有收件回执" } });
    let filed = world.done("company", "fileObjection", objection).await["id"].as_str().expect("an id").to_owned();
    world.done("road", "acceptObjection", json!({ "id": filed })).await;
    let paper = |login| world.paper(login, "异议答复书");
    // Whoever found it does not answer the objection to it.
    let uphold = json!({ "id": filed, "reason": "收件回执属实", "extent": "FULL", "objectionAnswer": paper("road-head").await });
    world.refused("road-head", "upholdObjectionByRetracting", uphold, "SAME_MATTER_PERSON").await;
    let correct =
        json!({ "id": filed, "reason": "有误", "extent": "FULL", "objectionAnswer": paper("road-head-2").await, "record": record(1) });
    world.refused("road-head-2", "upholdObjectionByCorrecting", correct, "NOTHING_CHALLENGED").await;
    let uphold = json!({ "id": filed, "reason": "收件回执属实", "extent": "FULL", "objectionAnswer": paper("road-head-2").await });
    world.done("road-head-2", "upholdObjectionByRetracting", uphold).await;
    assert_eq!(world.state(&commitment).await, "annulled");
    let challenged = "query($id: ID!) { case(id: $id) { ... on Objection { commitment { number state { key } } record { number } } } }";
    let seen = world.query("company", challenged, json!({ "id": filed })).await["case"].clone();
    assert_eq!((&seen["commitment"]["state"]["key"], &seen["record"]), (&json!("annulled"), &json!(null)), "{seen}");
    world.finish().await;
}

async fn an_annulled_finding_ends_its_objections(world: World) {
    records::registered(&world, record(1)).await;
    records::bound(&world, 1).await;
    let commitment = given(&world, "XK-7").await;
    world.on("2026-05-06").await;
    steps::noticed(&world, &commitment).await;
    world.on("2026-05-20").await;
    // Whoever was heard may also be found to have kept it, by the head.
    let other = given(&world, "XK-17").await;
    steps::broken(&world, &commitment).await;
    let objection = json!({ "challenged": commitment, "objection": { "ground": "CONTENT_WRONG", "statement": "已按期补齐，有收件回执" } });
    let filed = world.done("company", "fileObjection", objection).await["id"].as_str().expect("an id").to_owned();
    let paper = world.paper("leader", "复议决定").await;
    let annul = json!({ "id": commitment, "reason": "复议撤销", "annullingDocument": paper, "knownOn": "2026-05-20" });
    world.done("leader", "annulCommitment", annul).await;
    assert_eq!((world.state(&commitment).await.as_str(), world.state(&filed).await.as_str()), ("annulled", "moot"));
    let letters = world.texts("SELECT arguments FROM notice WHERE letter = 'objection_moot'").await;
    assert!(letters.iter().all(|one| one.contains("commitment_number\":\"CN")), "it names the commitment, and no record: {letters:?}");
    world.on("2026-06-08").await;
    steps::noticed(&world, &other).await;
    world.on("2026-06-22").await;
    assert_eq!(world.state(&other).await, "deciding");
    let kept = json!({ "id": other, "checkMethod": "ON_PAPER", "checkRecord": world.paper("road-head", "核查记录").await });
    world.done("road-head", "findCommitmentKept", kept).await;
    world.finish().await;
}

async fn what_follows_from_a_breach_ends(world: World) {
    let commitment = ordered(&world).await;
    world.on("2026-05-18").await;
    steps::noticed(&world, &commitment).await;
    world.on("2026-05-26").await;
    steps::broken(&world, &commitment).await;
    let today = steps::today(&world).await;
    let next = |letter: Value| json!({ "office": "road_transport_centre", "commitment": steps::promise(7, "XK-30", &today), "receivedOn": today, "commitmentLetter": letter });
    let letter = world.paper("counter", "信用承诺书").await;
    world.refused("counter", "registerCommitment", next(letter), "COMMITMENT_DOES_NOT_FIT").await;
    let evidence = world.paper("road-head", "履行证明").await;
    world
        .done("road-head", "endCommitmentRestriction", json!({ "id": commitment, "reason": "已补齐，整改完毕", "evidence": evidence }))
        .await;
    assert_eq!(world.state(&commitment).await, "discharged");
    let letter = world.paper("counter", "信用承诺书").await;
    world.done("counter", "registerCommitment", next(letter)).await;
    world.finish().await;
}

async fn a_second_person_takes_it_in(world: World) {
    let today = steps::today(&world).await;
    let letter = world.paper("road", "信用承诺书").await;
    let input = json!({ "office": "road_transport_centre", "commitment": steps::promise(7, "XK-5", &today), "receivedOn": today, "commitmentLetter": letter });
    let commitment = world.done("road", "registerCommitment", input).await["id"].as_str().expect("an id").to_owned();
    assert!(column(&world).await.is_empty(), "nothing is shown before somebody has looked at it");
    world.refused("road", "acceptCommitment", json!({ "id": commitment }), "SAME_PERSON").await;
    world.done("road-head", "declineCommitment", json!({ "id": commitment, "reason": "承诺书未签署" })).await;
    assert_eq!(world.state(&commitment).await, "declined");
    assert!(world.texts("SELECT id FROM plan_fact").await.is_empty(), "what was not taken in counts nothing");
    world.finish().await;
}

/// A commitment that the company gives itself and its office takes in; its global id.
pub async fn given(world: &World, matter: &str) -> String {
    let today = steps::today(world).await;
    let mut commitment = steps::promise(1, matter, &today);
    (commitment["subjectName"], commitment["uscc"]) = (record(1)["subjectName"].clone(), record(1)["uscc"].clone());
    let input = json!({ "office": "road_transport_centre", "commitment": commitment, "commitmentLetter": world.paper("company", "信用承诺书").await });
    let commitment = world.done("company", "fileCommitment", input).await["id"].as_str().expect("an id").to_owned();
    world.done("road", "acceptCommitment", json!({ "id": commitment })).await;
    commitment
}

async fn of_a_human_being_nothing_is_shown(world: World) {
    let today = steps::today(&world).await;
    let mut person = steps::promise(1, "XK-4", &today);
    for (key, value) in [
        ("subjectKind", json!("NATURAL_PERSON")),
        ("subjectName", json!("示例司机")),
        ("uscc", Value::Null),
        ("residentId", json!("510000199001010010")),
    ] {
        person[key] = value;
    }
    person["residentId"] = json!(api::city::demo::invented_resident_id(1));
    let letter = world.paper("road", "信用承诺书").await;
    let mut input = json!({ "office": "road_transport_centre", "commitment": person, "receivedOn": today, "commitmentLetter": letter });
    world.refused("road", "registerCommitment", input.clone(), "NATURAL_PERSON_NOT_PUBLISHED").await;
    input["commitment"]["public"] = json!(false);
    let commitment = world.done("road", "registerCommitment", input).await["id"].as_str().expect("an id").to_owned();
    world.done("road-2", "acceptCommitment", json!({ "id": commitment })).await;
    assert!(column(&world).await.is_empty());
    // Nor when it is broken (worked case C2).
    world.on("2026-05-06").await;
    steps::noticed(&world, &commitment).await;
    world.on("2026-05-20").await;
    steps::broken(&world, &commitment).await;
    assert!(column(&world).await.is_empty() && world.published().await.is_empty());
    world.finish().await;
}

async fn a_letter_has_a_type_a_field_and_one_matter(world: World) {
    steps::registered(&world, 7, "XK-2").await;
    let today = steps::today(&world).await;
    let input = |change: &[(&str, Value)], letter: Value| {
        let mut commitment = steps::promise(7, "XK-5", &today);
        for (key, value) in change {
            commitment[*key] = value.clone();
        }
        json!({ "office": "road_transport_centre", "commitment": commitment, "receivedOn": today, "commitmentLetter": letter })
    };
    // No such type, a matter that runs already, a last day beyond the longest time of the type.
    for change in [[("of", json!("nothing_such"))], [("matterNumber", json!("XK-2"))], [("performBy", json!("2026-12-01"))]] {
        let input = input(&change, world.paper("road", "信用承诺书").await);
        world.refused("road", "registerCommitment", input, "COMMITMENT_DOES_NOT_FIT").await;
    }
    let mut strange = input(&[], world.paper("counter", "信用承诺书").await);
    strange["office"] = json!("nowhere");
    let answer = world.act("counter", "registerCommitment", strange).await;
    assert_eq!(answer["errors"][0]["extensions"]["field"], "input.office", "{answer}");
    let late = input(&[("givenOn", json!("2099-01-01"))], world.paper("road", "信用承诺书").await);
    world.refused("road", "registerCommitment", late, "DATE_IN_FUTURE").await;
    let number = input(&[("words", json!("经办人证件 11010519491231002X"))], world.paper("road", "信用承诺书").await);
    let answer = world.act("road", "registerCommitment", number).await;
    assert_eq!(answer["errors"][0]["extensions"]["reason"], "PERSONAL_NUMBER", "{answer}");
    world.finish().await;
}

async fn a_company_gives_its_own(world: World) {
    records::registered(&world, record(1)).await;
    records::bound(&world, 1).await;
    let commitment = given(&world, "XK-8").await;
    let proof = json!({ "id": commitment, "proofOfPerformance": world.paper("company", "补正材料").await });
    world.done("company", "showCommitmentPerformance", proof).await;
    // A company gives no commitment in the name of another one.
    let today = steps::today(&world).await;
    let input = json!({ "office": "road_transport_centre", "commitment": steps::promise(9, "XK-9", &today), "commitmentLetter": world.paper("company", "信用承诺书").await });
    world.refused("company", "fileCommitment", input, "ROLE_DOES_NOT_ALLOW").await;
    let own = world.query("company", "{ cases(process: COMMITMENT, first: 5) { nodes { number } } }", json!({})).await;
    assert_eq!(own["cases"]["nodes"].as_array().map(Vec::len), Some(1), "{own}");
    world.finish().await;
}
