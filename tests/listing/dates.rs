//! Days of a listing: nobody is heard after the event, what arrives in time counts, a wrong day of service is corrected.

use std::collections::BTreeMap;

use api::{city::acts, door::Answer};
use domain::{
    admin::AdminAct,
    command::{Actor, Arguments, Command, DocumentDraft, Target},
    moment::Micros,
    paper::DocumentKind,
    process::Verb,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::steps;
use crate::{
    on_both, repair,
    support::world::{World, day, said},
};

on_both!(
    served_before_it_was_signed_is_refused a_decision_is_due_from_the_last_day_of_the_defence what_came_in_time_is_heard_when_entered_later
    a_request_that_came_in_time_leads_to_a_hearing a_waiver_at_the_counter_has_its_day a_wrong_day_of_service_is_corrected
    a_public_notice_counts_when_it_has_stood a_decision_names_a_ground what_was_waived_stays_waived signed_on_paper_first the_last_second_of_the_last_day_is_in_time an_office_that_is_late_still_finds_a_day_for_the_hearing
);

/// Key, status and days of every deadline of a case.
async fn clocks(world: &World, id: &str) -> Vec<Value> {
    let query = "query($id: ID!) { case(id: $id) { deadlines { key status startOn dueOn explanation { en } } } }";
    world.query("auditor", query, json!({ "id": id })).await["case"]["deadlines"].as_array().expect("deadlines").clone()
}

/// The newest clock of that key that still counts: (status, start, due).
async fn clock(world: &World, id: &str, key: &str) -> (String, String, String) {
    let all = clocks(world, id).await;
    let mine: Vec<_> = all.iter().filter(|row| row["key"] == key && row["status"] != "VOID").collect();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let row = mine.iter().max_by_key(|row| (row["status"] == "OPEN", text(&row["startOn"]))).unwrap_or_else(|| panic!("no {key}: {all:?}"));
    (text(&row["status"]).to_lowercase(), text(&row["startOn"]), text(&row["dueOn"]))
}

/// A case whose notice is signed on 22 September 2026 and served on the same day: the defence ends on 13 October.
async fn served_in_september(world: &World) -> String {
    let (id, _) = steps::opened(world).await;
    world.on("2026-09-22").await;
    steps::noticed(world, &id).await;
    steps::served(world, &id, "2026-09-22").await;
    id
}

async fn serve(world: &World, id: &str, on: &str) -> Value {
    json!({ "id": id, "serviceMethod": "DIRECT", "servedOn": on, "proofOfService": world.paper("road", "送达回证").await })
}

/// Civil Procedure Law art. 95: thirty days after the notice was given.
async fn a_public_notice_counts_when_it_has_stood(world: World) {
    let (id, _) = steps::opened(&world).await;
    world.on("2026-08-21").await;
    steps::noticed(&world, &id).await;
    let mut notice = serve(&world, &id, "2026-08-21").await;
    notice["serviceMethod"] = json!("PUBLIC_NOTICE");
    let reason = world.refused("road", "servePriorNotice", notice.clone(), "PUBLIC_NOTICE_RUNS").await;
    assert!(said(&reason["remedy"]).contains("2026-09-20"), "{reason}");
    world.on("2026-09-20").await;
    for (on, code) in [("2026-09-19", Some("PUBLIC_NOTICE_RUNS")), ("2026-09-20", None)] {
        notice["servedOn"] = json!(on);
        match code {
            Some(code) => drop(world.refused("road", "servePriorNotice", notice.clone(), code).await),
            None => drop(world.done("road", "servePriorNotice", notice.clone()).await),
        }
    }
    let (_, start, _) = clock(&world, &id, "defence").await;
    assert_eq!(start, "2026-09-20");
    // The right to a hearing lapses; nobody has met anything.
    world.on("2026-11-20").await;
    assert_eq!(clock(&world, &id, "hearing_request").await.0, "lapsed");
    world.finish().await;
}

async fn a_decision_names_a_ground(world: World) {
    let (id, _) = steps::opened(&world).await;
    steps::before_the_leader(&world, &id).await;
    let mut terms = steps::decision();
    terms["grounds"] = json!([]);
    let decide = steps::to_list(&world, &id, terms).await;
    world.refused("leader", "decideToList", decide, "DECISION_WITHOUT_GROUND").await;
    let decide = steps::to_list(&world, &id, steps::decision()).await;
    world.done("leader", "decideToList", decide).await;
    world.finish().await;
}

async fn served_before_it_was_signed_is_refused(world: World) {
    let (id, base) = steps::opened(&world).await;
    world.on("2026-08-21").await;
    steps::noticed(&world, &id).await;
    let early = world.refused("road", "servePriorNotice", serve(&world, &id, "2026-07-01").await, "DATE_OUT_OF_ORDER").await;
    for words in ["事先告知书签发之日", "2026-08-21", "the day on which the prior notice was signed"] {
        assert!(Some(said(&early["message"])).as_deref().expect("words").contains(words), "{early}");
    }
    assert!(Some(said(&early["remedy"])).as_deref().expect("words").contains("2026-08-21"), "{early}");
    world.refused("road", "servePriorNotice", serve(&world, &id, "2026-08-20").await, "DATE_OUT_OF_ORDER").await;
    world.refused("road", "servePriorNotice", serve(&world, &id, "2026-08-22").await, "DATE_IN_FUTURE").await;
    world.done("road", "servePriorNotice", serve(&world, &id, "2026-08-21").await).await;
    let mut input = steps::to_list(&world, &id, steps::decision()).await;
    world.refused("leader", "decideToList", input.clone(), "STATE_DOES_NOT_ALLOW").await;
    world.on("2026-09-07").await;
    input["signedOn"] = json!("2026-08-25");
    world.refused("leader", "decideToList", input.clone(), "DATE_OUT_OF_ORDER").await;
    input["signedOn"] = json!("2026-09-07");
    world.done("leader", "decideToList", input).await;
    let mut service = steps::service(&world, &id, "2026-09-06").await;
    world.refused("road", "serveListingDecision", service.clone(), "DATE_OUT_OF_ORDER").await;
    let paper = world.paper("road-head", "撤销文书").await;
    world
        .refused(
            "road-head",
            "annulListing",
            json!({ "id": id, "reason": "撤销", "knownOn": "2026-09-06", "annullingDocument": paper }),
            "DATE_OUT_OF_ORDER",
        )
        .await;
    service["servedOn"] = json!("2026-09-07");
    world.done("road", "serveListingDecision", service).await;
    let paper = world.paper("road", "撤销决定").await;
    let known = |on: &str| json!({ "id": base, "reason": "处罚被撤销", "knownOn": on, "annullingDocument": paper });
    world.refused("road", "retractPublicationRecord", known("2026-03-19"), "DATE_OUT_OF_ORDER").await;
    world.done("road", "retractPublicationRecord", known("2026-03-20")).await;
    world.finish().await;
}

async fn a_decision_is_due_from_the_last_day_of_the_defence(world: World) {
    let id = served_in_september(&world).await;
    assert_eq!(clock(&world, &id, "defence").await.2, "2026-10-13");
    world.on("2026-10-14").await;
    assert_eq!(world.state(&id).await, "deliberation");
    let (status, from, due) = clock(&world, &id, "deliberation").await;
    assert_eq!((status.as_str(), from.as_str(), due.as_str()), ("open", "2026-10-13", "2026-11-03"));
    let missed: Vec<_> = clocks(&world, &id).await.into_iter().filter(|row| row["status"] == "MISSED" && row["key"] == "defence").collect();
    assert!(missed.is_empty(), "nobody missed what the house closed by itself: {missed:?}");
    world.finish().await;
}

/// A defence at the counter that came in on a day.
async fn filed(world: &World, id: &str, on: &str) -> Value {
    let (statement, receipt) = (world.paper("counter", "陈述申辩书").await, world.paper("counter", "邮戳").await);
    json!({ "id": id, "points": ["事实不清"], "statementOfDefence": statement, "proofOfReceipt": receipt, "receivedOn": on })
}

async fn what_came_in_time_is_heard_when_entered_later(world: World) {
    let id = served_in_september(&world).await;
    repair::steps::bound(&world, 1).await;
    world.on("2026-09-28").await;
    let mut own = json!({ "id": id, "points": ["事实不清"], "statementOfDefence": world.paper("company", "陈述申辩书").await, "receivedOn": "2026-09-24" });
    world.refused("company", "fileDefence", own.clone(), "DATE_OUT_OF_ORDER").await;
    own["receivedOn"] = json!("2026-09-28");
    world.done("company", "fileDefence", own).await;
    world.on("2026-10-12").await;
    let answer = world.paper("road", "答复").await;
    world.done("road", "answerDefence", json!({ "id": id, "points": ["point_1"], "answerToDefence": answer })).await;
    world.on("2026-10-15").await;
    world.done("road", "finishDefence", json!({ "id": id })).await;
    assert_eq!(clock(&world, &id, "deliberation").await.1, "2026-10-15", "where a person's act starts it, the act's day");
    world.refused("counter", "fileDefence", filed(&world, &id, "2026-10-14").await, "DEADLINE_OVER").await;
    world.refused("counter", "fileDefence", filed(&world, &id, "2026-09-21").await, "DATE_OUT_OF_ORDER").await;
    world.refused("counter", "fileDefence", filed(&world, &id, "2026-10-16").await, "DATE_IN_FUTURE").await;
    let mut unproved = filed(&world, &id, "2026-10-13").await;
    unproved.as_object_mut().expect("an input").remove("proofOfReceipt");
    world.refused("counter", "fileDefence", unproved, "MISSING_DOCUMENT").await;
    world.done("counter", "fileDefence", filed(&world, &id, "2026-10-13").await).await;
    assert_eq!(world.state(&id).await, "defence_review");
    assert!(clocks(&world, &id).await.iter().all(|row| row["key"] != "deliberation" || row["status"] == "VOID"));
    assert_eq!(clock(&world, &id, "defence_answer").await.1, "2026-10-13", "the office's time runs from the receipt");
    let answer = world.paper("road", "答复").await;
    world.done("road", "answerDefence", json!({ "id": id, "points": ["point_2"], "answerToDefence": answer })).await;
    world.done("road", "finishDefence", json!({ "id": id })).await;
    assert_eq!(clock(&world, &id, "deliberation").await.0, "open");
    world.finish().await;
}

async fn a_request_that_came_in_time_leads_to_a_hearing(world: World) {
    let id = served_in_september(&world).await;
    assert_eq!(clock(&world, &id, "hearing_request").await.2, "2026-09-30");
    world.on("2026-10-14").await;
    assert_eq!(world.state(&id).await, "deliberation");
    let ask = async |on: &str| {
        let (request, stamp) = (world.paper("counter", "听证申请书").await, world.paper("counter", "邮戳").await);
        json!({ "id": id, "receivedOn": on, "hearingRequest": request, "proofOfReceipt": stamp })
    };
    let mut without = ask("2026-09-30").await;
    without.as_object_mut().expect("an input").remove("hearingRequest");
    world.refused("counter", "askForHearing", without, "MISSING_DOCUMENT").await;
    world.refused("counter", "askForHearing", ask("2026-10-08").await, "DEADLINE_OVER").await;
    world.done("counter", "askForHearing", ask("2026-09-30").await).await;
    assert_eq!(world.state(&id).await, "hearing");
    assert_eq!(clock(&world, &id, "hearing").await.1, "2026-09-30");
    let decide = steps::to_list(&world, &id, steps::decision()).await;
    world.refused("leader", "decideToList", decide, "STATE_DOES_NOT_ALLOW").await;
    world.finish().await;
}

async fn an_office_that_is_late_still_finds_a_day_for_the_hearing(world: World) {
    let id = served_in_september(&world).await;
    repair::steps::bound(&world, 1).await;
    world.done("company", "askForHearing", json!({ "id": id })).await;
    let end = clock(&world, &id, "hearing").await.2;
    let written = json!({ "id": id, "points": ["事实不清"], "statementOfDefence": world.paper("company", "陈述申辩书").await });
    world.done("company", "fileDefence", written).await;
    assert_eq!(world.state(&id).await, "hearing", "who asked for a hearing may still write within the time");
    let answer = clocks(&world, &id).await.into_iter().find(|row| row["key"] == "defence_answer").expect("a clock");
    assert_eq!(answer["status"], "PAUSED", "the answer waits for the hearing: {answer}");
    let call = |on: &str| json!({ "id": id, "hearingOn": on });
    let late = world.refused("road", "callHearing", call("2027-06-01"), "DATE_TOO_LATE").await;
    assert!(Some(said(&late["message"])).as_deref().expect("words").contains(&end), "{late}");
    world.on("2026-12-01").await;
    world.refused("road", "callHearing", call("2026-12-09"), "TOO_EARLY").await;
    world.refused("road", "callHearing", call("2026-12-11"), "DATE_TOO_LATE").await;
    world.done("road", "callHearing", call("2026-12-10")).await;
    world.finish().await;
}

async fn a_waiver_at_the_counter_has_its_day(world: World) {
    let id = served_in_september(&world).await;
    world.on("2026-09-28").await;
    let waiver = world.paper("counter", "放弃陈述申辩声明").await;
    let waive = |on: &str| json!({ "id": id, "waiver": waiver, "receivedOn": on });
    world.refused("counter", "waiveDefence", waive("2026-09-21"), "DATE_OUT_OF_ORDER").await;
    world.done("counter", "waiveDefence", waive("2026-09-24")).await;
    let mut input = steps::to_list(&world, &id, steps::decision()).await;
    input["signedOn"] = json!("2026-09-23");
    world.refused("leader", "decideToList", input.clone(), "DATE_OUT_OF_ORDER").await;
    input["signedOn"] = json!("2026-09-24");
    world.done("leader", "decideToList", input).await;
    let query = "query($id: ID!) { case(id: $id) { documents { kind datedOn addedOn } ... on ListingCase { decision { on } } } }";
    let found = world.query("auditor", query, json!({ "id": id })).await["case"].clone();
    assert_eq!(found["decision"]["on"], "2026-09-24", "{found}");
    let of = |kind: &str| {
        found["documents"].as_array().expect("documents").iter().find(|paper| paper["kind"] == kind).cloned().expect("a paper")
    };
    assert_eq!(
        (of("LISTING_DECISION")["datedOn"].as_str(), of("LISTING_DECISION")["addedOn"].as_str()),
        (Some("2026-09-24"), Some("2026-09-28"))
    );
    assert_eq!(of("WAIVER")["datedOn"], "2026-09-24");
    world.finish().await;
}

/// The party waives; the paper reaches the door at an instant and waits there until after midnight.
async fn waived_at(world: &World, id: &str, at: Micros) -> Answer {
    let me = world.query("company", "{ me { account } }", json!({})).await;
    let account = me["me"]["account"].as_str().expect("an account").parse().expect("an id");
    let (name, draft) = api::people::sealing::seal(&world.app, "waiver", "放弃声明").expect("a sealed name");
    let sha256 = api::evidence::put(&world.app, "放弃".into()).await.expect("kept");
    let paper = DocumentDraft { sha256, size: 6, media_type: "text/plain".to_owned(), name, drafted: None };
    let command = Command {
        actor: Actor::Account(account),
        target: Target::Case(api::graphql::core::node::case_id(id).expect("a case")),
        verbs: vec![Verb::WaiveDefence],
        arguments: Arguments { documents: BTreeMap::from([(DocumentKind::Waiver, vec![paper])]), ..Arguments::default() },
        admin: None,
        effective_on: at.day(),
        now: at,
        seed: Uuid::new_v4(),
        timer: None,
    };
    world.app.submit(command, None, None, vec![draft], true).await.expect("an answer")
}

async fn the_last_second_of_the_last_day_is_in_time(world: World) {
    let id = served_in_september(&world).await;
    repair::steps::bound(&world, 1).await;
    let midnight = Micros::start_of(day("2026-10-14"));
    // Nobody rings the timers meanwhile: the act itself finds the time over, or not.
    acts::operate(&world.app, AdminAct::AdvanceClock { to: Micros(midnight.0 + 5_000_000) }, Vec::new()).await.expect("the clock moves");
    let in_time = waived_at(&world, &id, Micros(midnight.0 - 1)).await;
    assert!(matches!(in_time, Answer::Accepted(_)), "one microsecond before 24:00 of the last day: {in_time:?}");
    assert_eq!(clock(&world, &id, "deliberation").await.1, "2026-10-13");
    let late = waived_at(&world, &id, midnight).await;
    assert!(matches!(late, Answer::Refused { .. }), "{late:?}");
    world.finish().await;
}

/// The head's correction of the day of service.
async fn corrected(world: &World, login: &str, id: &str, on: &str) -> Value {
    let proof = world.paper(login, "投递查询单").await;
    json!({ "id": id, "reason": "回证所载日期有误", "serviceMethod": "POST", "servedOn": on, "proofOfService": proof })
}

async fn a_wrong_day_of_service_is_corrected(world: World) {
    let id = served_in_september(&world).await;
    world.on("2026-09-30").await;
    world.refused("road", "correctNoticeService", corrected(&world, "road", &id, "2026-09-28").await, "ROLE_DOES_NOT_ALLOW").await;
    world.refused("road-head", "correctNoticeService", corrected(&world, "road-head", &id, "2026-09-21").await, "DATE_OUT_OF_ORDER").await;
    world.done("road-head", "correctNoticeService", corrected(&world, "road-head", &id, "2026-09-28").await).await;
    assert_eq!(world.state(&id).await, "defence_open");
    assert_eq!(clock(&world, &id, "defence").await, ("open".into(), "2026-09-28".into(), "2026-10-16".into()));
    assert_eq!(clock(&world, &id, "hearing_request").await.1, "2026-09-28");
    world.on("2026-10-17").await;
    assert_eq!(world.state(&id).await, "deliberation");
    assert_eq!(clock(&world, &id, "deliberation").await.1, "2026-10-16");
    // Before the decision it turns out that it was served only on 12 October: the party's time runs once more.
    world.done("road-head", "correctNoticeService", corrected(&world, "road-head", &id, "2026-10-12").await).await;
    assert_eq!(world.state(&id).await, "defence_open");
    let (status, _, due) = clock(&world, &id, "defence").await;
    assert_eq!((status.as_str(), due.as_str()), ("open", "2026-10-26"));
    assert!(clocks(&world, &id).await.iter().all(|row| row["key"] != "deliberation" || row["status"] == "VOID"));
    world.on("2026-10-27").await;
    assert_eq!(world.state(&id).await, "deliberation");
    let decide = steps::to_list(&world, &id, steps::decision()).await;
    world.done("leader", "decideToList", decide).await;
    world
        .refused("road-head", "correctNoticeService", corrected(&world, "road-head", &id, "2026-10-12").await, "STATE_DOES_NOT_ALLOW")
        .await;
    world.finish().await;
}

async fn what_was_waived_stays_waived(world: World) {
    let (id, _) = steps::opened(&world).await;
    steps::before_the_leader(&world, &id).await;
    world.on("2026-04-03").await;
    world.done("road-head", "correctNoticeService", corrected(&world, "road-head", &id, "2026-04-02").await).await;
    assert_eq!(world.state(&id).await, "deliberation", "the waiver stands, whatever the day of service");
    assert_eq!(clock(&world, &id, "deliberation").await.0, "open");
    let decide = steps::to_list(&world, &id, steps::decision()).await;
    world.done("leader", "decideToList", decide).await;
    world.finish().await;
}

async fn signed_on_paper_first(world: World) {
    let (id, _) = steps::opened(&world).await;
    world.on("2026-12-30").await;
    let evidence = world.paper("road", "证据").await;
    world.done("road", "submitListingCase", json!({ "id": id, "evidence": evidence })).await;
    world.done("policy", "passLegalCheck", json!({ "id": id })).await;
    world.on("2027-01-05").await;
    let notice = world.paper("road-head", "事先告知书").await;
    let sign = |on: &str| json!({ "id": id, "priorNotice": notice, "signedOn": on });
    world.refused("road-head", "signPriorNotice", sign("2026-12-29"), "DATE_OUT_OF_ORDER").await;
    world.refused("road-head", "signPriorNotice", sign("2027-01-06"), "DATE_IN_FUTURE").await;
    world.done("road-head", "signPriorNotice", sign("2026-12-31")).await;
    let query = "query($id: ID!) { case(id: $id) { ... on ListingCase { notice { number on } } } }";
    let found = world.query("auditor", query, json!({ "id": id })).await["case"]["notice"].clone();
    assert_eq!(
        (found["number"].as_str(), found["on"].as_str()),
        (Some("资道运告〔2026〕1号"), Some("2026-12-31")),
        "number and day are those of the paper"
    );
    world.refused("road", "servePriorNotice", serve(&world, &id, "2026-12-30").await, "DATE_OUT_OF_ORDER").await;
    world.done("road", "servePriorNotice", serve(&world, &id, "2026-12-31").await).await;
    world.finish().await;
}
