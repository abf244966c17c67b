//! What is signed on paper first and entered later: letters name the day of the signature, clocks and floors go by it, and
//! what is asked of a day is asked of that one.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    listing, objection, on_both, proposal, repair,
    support::{
        letters,
        world::{World, day, said},
    },
};

on_both!(letters_name_the_day_of_the_signature what_is_sent_has_the_day_of_its_letter nothing_is_signed_before_its_time);

/// (letter, signed on, entered on)
type Line = (&'static str, &'static str, &'static str);

const SIGNED: [Line; 7] = [
    ("prior_notice", "2026-04-02", "2026-04-03"),
    ("listing_decided", "2026-04-23", "2026-04-24"),
    ("objection_answered", "2026-04-25", "2026-04-27"),
    ("objection_declined", "2026-04-27", "2026-04-28"),
    ("repair_declined", "2026-06-23", "2026-06-24"),
    ("repair_granted", "2026-06-25", "2026-06-26"),
    ("batch_sent", "2026-06-28", "2026-06-30"),
];

async fn listed(world: &World) -> String {
    let (id, base) = listing::steps::opened(world).await;
    repair::steps::bound(world, 1).await;
    let evidence = world.paper("road", "证据").await;
    world.done("road", "submitListingCase", json!({ "id": id, "evidence": evidence })).await;
    world.done("policy", "passLegalCheck", json!({ "id": id })).await;
    world.on("2026-04-03").await;
    let notice = world.paper("road-head", "事先告知书").await;
    world.done("road-head", "signPriorNotice", json!({ "id": id, "priorNotice": notice, "signedOn": "2026-04-02" })).await;
    assert_eq!(due(world, &id, "serve_notice").await, "2026-04-14", "seven working days of 2 April, over Qingming");
    listing::steps::served(world, &id, "2026-04-03").await;
    world.on("2026-04-24").await;
    let mut decide = listing::steps::to_list(world, &id, listing::steps::decision()).await;
    decide["signedOn"] = json!("2026-04-23");
    world.done("leader", "decideToList", decide).await;
    assert_eq!(due(world, &id, "serve_decision").await, "2026-05-07", "seven working days of 23 April, over the first days of May");
    base
}

async fn due(world: &World, id: &str, key: &str) -> String {
    let found = world.query("auditor", "query($id: ID!) { case(id: $id) { deadlines { key dueOn } } }", json!({ "id": id })).await;
    let rows = found["case"]["deadlines"].as_array().cloned().unwrap_or_default();
    rows.iter().rfind(|row| row["key"] == key).and_then(|row| row["dueOn"].as_str()).unwrap_or_default().to_owned()
}

async fn objected(world: &World, base: &str) {
    let first = objection::steps::filed(world, base, "CONTENT_WRONG").await;
    world.done("road-2", "acceptObjection", json!({ "id": first })).await;
    world.on("2026-04-27").await;
    let answer = world.paper("road-head", "异议答复书").await;
    let reject = json!({ "id": first, "reasonCode": "EVIDENCE_INSUFFICIENT", "reason": "经核查无误", "objectionAnswer": answer, "signedOn": "2026-04-25" });
    world.done("road-head", "rejectObjection", reject).await;
    let proof = world.paper("road", "送达回证").await;
    let serve = json!({ "id": first, "serviceMethod": "DIRECT", "servedOn": "2026-04-27", "proofOfService": proof });
    world.done("road", "serveObjectionAnswer", serve).await;
    let second = objection::steps::filed(world, base, "TERM_WRONG").await;
    world.on("2026-04-28").await;
    let decline = json!({ "id": second, "reasonCode": "EVIDENCE_INSUFFICIENT", "reason": "没有佐证材料", "signedOn": "2026-04-27" });
    world.done("road", "declineObjection", decline).await;
}

async fn repaired(world: &World, base: &str) {
    world.on("2026-06-22").await;
    repair::steps::duties_done(world, base, "2026-05-10").await;
    let first = repair::steps::applied(world, base).await;
    world.on("2026-06-24").await;
    let decline = json!({ "id": first, "reasonCode": "EVIDENCE_INSUFFICIENT", "reason": "材料存疑", "signedOn": "2026-06-23" });
    world.done("road", "declineRepairApplication", decline).await;
    let second = repair::steps::applied(world, base).await;
    repair::steps::reviewed(world, &second).await;
    world.on("2026-06-26").await;
    let decision = world.paper("road-head", "信用修复决定书").await;
    world.done("road-head", "grantRepairApplication", json!({ "id": second, "repairDecision": decision, "signedOn": "2026-06-25" })).await;
    assert_eq!(due(world, &second, "release").await, "2026-06-30", "three working days of 25 June");
}

/// Sends a list whose cover letter was signed on 28 June and is entered on the 30th; batch and entries.
async fn sent(world: &World) -> (String, Vec<(String, String)>) {
    let (batch, entries) = proposal::steps::in_review(world, &[5]).await;
    proposal::steps::confirmed(world, &entries[0].1).await;
    world.on("2026-06-30").await;
    let letter = world.paper("policy-head", "报送函").await;
    let send = |on: &str| json!({ "id": batch, "coverLetter": letter, "signedOn": on });
    world.refused("policy-head", "sendProposalBatch", send("2026-06-25"), "DATE_OUT_OF_ORDER").await;
    world.refused("policy-head", "sendProposalBatch", send("2026-07-01"), "DATE_IN_FUTURE").await;
    world.done("policy-head", "sendProposalBatch", send("2026-06-28")).await;
    (batch, entries)
}

async fn letters_name_the_day_of_the_signature(world: World) {
    let base = listed(&world).await;
    objected(&world, &base).await;
    repaired(&world, &base).await;
    sent(&world).await;
    let signed: BTreeMap<_, _> = SIGNED.iter().map(|(letter, signed, entered)| (*letter, (*signed, *entered))).collect();
    let mut seen = BTreeMap::new();
    for written in letters::written(&world.app).await {
        let arguments: Value = serde_json::from_str(&written.notice.arguments).expect("arguments");
        let (Some(on), Some(entered)) = (arguments["effective_on"].as_str(), arguments["entered_on"].as_str()) else { continue };
        if on == entered {
            continue;
        }
        let (zh, en) = written.rendered.text.split_once("────").expect("two halves");
        let written_out = |text: &str| domain::day::chinese(day(text));
        assert!(
            zh.contains(&written_out(on)) && !zh.contains(&written_out(entered)),
            "{} names the day of the entry: {zh}",
            written.letter
        );
        assert!(!en.contains(entered), "{}: {en}", written.letter);
        seen.insert(written.letter.key(), (on.to_owned(), entered.to_owned()));
    }
    let seen: BTreeMap<_, _> = seen.iter().map(|(letter, (on, entered))| (*letter, (on.as_str(), entered.as_str()))).collect();
    assert_eq!(seen, signed);
    world.finish().await;
}

async fn what_is_sent_has_the_day_of_its_letter(world: World) {
    world.on("2026-06-26").await;
    let (batch, entries) = sent(&world).await;
    assert_eq!(due(&world, &batch, "answer").await, "2026-08-07", "thirty working days of 28 June");
    let query = "query($id: ID!) { case(id: $id) { ... on ProposalBatch { sentOn } } }";
    assert_eq!(world.query("auditor", query, json!({ "id": batch })).await["case"]["sentOn"], "2026-06-28");
    // The province had answered before the officer entered that the list was sent.
    let answer = world.paper("policy", "省厅答复").await;
    let answered = |on: &str| json!({ "id": entries[0].1, "answeredOn": on, "provinceAnswer": answer });
    world.refused("policy", "recordProvinceAcceptance", answered("2026-06-27"), "DATE_OUT_OF_ORDER").await;
    world.done("policy", "recordProvinceAcceptance", answered("2026-06-29")).await;
    world.finish().await;
}

async fn nothing_is_signed_before_its_time(world: World) {
    let (_, entries) = proposal::steps::in_review(&world, &[6]).await;
    let entry = &entries[0].1;
    world.done("policy", "askEntrySupplement", json!({ "id": entry, "missingPapers": ["处罚决定书"] })).await;
    let last = due(&world, entry, "supplement").await;
    world.on("2026-04-20").await;
    let reject = |on: &str| json!({ "id": entry, "reasonCode": "NO_SUPPLEMENT", "reason": "逾期未补正", "signedOn": on });
    let early = world.refused("policy", "rejectProposalEntry", reject(&last), "DEADLINE_RUNS").await;
    assert!(
        Some(said(&early["message"])).as_deref().expect("words").contains(&last),
        "signed on the last day, on which the county might still write: {early}"
    );
    world.done("policy", "rejectProposalEntry", reject("2026-04-17")).await;
    world.finish().await;
}
