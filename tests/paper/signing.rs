//! A draft of the house that is signed off: its words are kept as they were read, numbered by the same act, and given to the party
//! as the sealed copy only.

use api::keeping::papers;
use serde_json::{Value, json};

use super::{number, offered, sheet, verifying};
use crate::{
    console::hand::Hand,
    listing, objection, on_both, repair,
    support::world::{World, record},
};

on_both!(
    a_notice_is_signed_off_sealed_and_served
    words_that_have_changed_are_not_signed_off
    a_head_signs_off_in_the_browser
    a_decision_says_what_was_typed_and_two_at_once_get_two_numbers
);

const DOCUMENTS: &str = "query($case: String!) { case(number: $case) { documents { path kind name number sha256 mediaType datedOn } } }";

/// The words that an act would sign off; null where there are none to read.
async fn draft(world: &World, login: &str, case: &str, act: &str, says: Value) -> Value {
    let query = "query($case: String!, $act: Verb!, $says: DraftInput!) { draft(case: $case, act: $act, says: $says) { title number draft digest blocks { part text } missing { en } } }";
    world.query(login, query, json!({ "case": case, "act": act, "says": says })).await["draft"].clone()
}

/// The papers of a case that an account may read.
async fn documents(world: &World, login: &str, case: &str) -> Vec<Value> {
    let found = world.query(login, DOCUMENTS, json!({ "case": case })).await;
    found["case"]["documents"].as_array().expect("documents").clone()
}

fn of_kind<'a>(papers: &'a [Value], kind: &str) -> &'a Value {
    papers.iter().find(|paper| paper["kind"] == kind).unwrap_or(&Value::Null)
}

/// A listing whose notice waits to be signed; its id and its number.
async fn before_the_notice(world: &World) -> (String, String) {
    let (id, _) = listing::steps::opened(world).await;
    let evidence = world.paper("road", "证据").await;
    world.done("road", "submitListingCase", json!({ "id": id, "evidence": evidence })).await;
    world.done("policy", "passLegalCheck", json!({ "id": id })).await;
    let case = number(world, &id).await;
    (id, case)
}

async fn a_notice_is_signed_off_sealed_and_served(world: World) {
    let (id, case) = before_the_notice(&world).await;
    repair::steps::bound(&world, 1).await;
    let read = draft(&world, "road-head", &case, "SIGN_NOTICE", json!({})).await;
    assert_eq!((read["number"].as_str(), &read["missing"]), (Some("资道运告〔2026〕　号"), &json!([])), "{read}");
    assert!(draft(&world, "company", &case, "SIGN_NOTICE", json!({})).await.is_null(), "a draft is not the party's");
    assert!(draft(&world, "road-head", &case, "DECIDE_TO_LIST", json!({})).await.is_null(), "the case is not at it");
    let input = json!({ "id": id, "priorNotice": { "draft": read["digest"] } });
    // Who may not sign on paper may not sign off either, and a draft has no day of its own.
    world.refused("road", "signPriorNotice", input.clone(), "ROLE_DOES_NOT_ALLOW").await;
    let earlier = world
        .act("road-head", "signPriorNotice", json!({ "id": id, "priorNotice": { "draft": read["digest"] }, "signedOn": "2026-03-31" }))
        .await;
    assert_eq!(earlier["errors"][0]["extensions"]["field"], "input.signedOn", "{earlier}");
    let mut repeated = input.clone();
    repeated["idempotencyKey"] = json!(uuid::Uuid::new_v4());
    let first = world.act("road-head", "signPriorNotice", repeated.clone()).await;
    let again = world.act("road-head", "signPriorNotice", repeated).await;
    let entry = |answer: &Value| answer["entry"]["number"].clone();
    assert!(entry(&first).is_string() && entry(&first) == entry(&again), "{first} {again}");

    let papers = documents(&world, "road", &case).await;
    let notice = of_kind(&papers, "PRIOR_NOTICE");
    assert_eq!(
        (notice["number"].as_str(), notice["mediaType"].as_str()),
        (Some("资道运告〔2026〕1号"), Some("application/pdf")),
        "{notice}"
    );
    assert_eq!(
        (notice["name"].as_str(), notice["datedOn"].as_str()),
        (Some("列入严重失信主体名单事先告知书 资道运告〔2026〕1号.pdf"), Some("2026-04-01"))
    );
    let path = notice["path"].as_str().expect("a path").to_owned();
    let bytes = world.get("road", &path).await;
    // The words are those that were read, with number and day; nothing but the kept bytes is shown from now on.
    let set = super::set::words(&bytes);
    let bare = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    for block in read["blocks"].as_array().expect("blocks") {
        let text = bare(block["text"].as_str().unwrap_or_default());
        let filled = ["MARK", "NUMBER", "DATE"].contains(&block["part"].as_str().unwrap_or_default());
        assert!(filled || bare(&set).contains(&text), "“{text}” is not on it: {set}");
    }
    assert!(bare(&set).contains("资道运告〔2026〕1号") && bare(&set).contains("2026年4月1日") && !set.contains("草稿"), "{set}");
    assert!(sheet(&world, "road", &case, "PRIOR_NOTICE").await.is_null());
    assert_eq!(world.get("road", &format!("/sheets/{case}/prior_notice.pdf")).await, bytes);
    let offer = world.query("road", "query($case: String!) { sheets(case: $case) { kind document } }", json!({ "case": case })).await;
    assert_eq!(offer["sheets"][0]["document"], json!(path), "{offer}");

    // The party gets the sealed copy, and it is served in no other form.
    assert!(documents(&world, "company", &case).await.iter().all(|paper| paper["kind"] != "PRIOR_NOTICE"));
    assert!(!offered(&world, "company", &case).await.iter().any(|(kind, _)| kind == "PRIOR_NOTICE"));
    let token = world.token("company").await;
    let answer = crate::support::patience::client().get(format!("{}{path}", world.url)).bearer_auth(token).send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 404);
    let proof = world.paper("road", "送达回证").await;
    let serve = json!({ "id": id, "serviceMethod": "DIRECT", "servedOn": "2026-04-01", "proofOfService": proof });
    world.refused("road", "servePriorNotice", serve.clone(), "SEALED_COPY_MISSING").await;
    let scan = world.paper("road", "用印告知书").await;
    world.done("road", "sealListingPaper", json!({ "id": id, "sealedCopy": scan })).await;
    let seen = documents(&world, "company", &case).await;
    assert_eq!(of_kind(&seen, "SEALED_COPY")["number"], "资道运告〔2026〕1号", "{seen:?}");
    world.done("road", "servePriorNotice", serve).await;
    let register = "query { issuedNumbers(series: \"notice|road_transport_centre|2026\", first: 5) { nodes { number state papers { title { zh } } } } }";
    let page = world.query("road", register, json!({})).await;
    assert_eq!(
        page["issuedNumbers"]["nodes"],
        json!([{ "number": "资道运告〔2026〕1号", "state": "USED", "papers": [{ "title": { "zh": "事先告知书" } }] }])
    );

    an_altered_paper_is_named(&world, notice["sha256"].as_str().expect("a digest"), &bytes).await;
    world.finish().await;
}

/// `audit verify` looks at the bytes of a kept paper as at every other.
async fn an_altered_paper_is_named(world: &World, sha256: &str, bytes: &[u8]) {
    let examined = async || papers::examine(&world.app.database, &world.app.documents).await.expect("examined").faults;
    assert_eq!(examined().await, Vec::<String>::new());
    let kept = world.app.documents.join(sha256);
    std::fs::write(&kept, [bytes, b" "].concat()).expect("written");
    let found = examined().await;
    assert!(found.len() == 1 && found[0].contains("prior_notice"), "{found:?}");
    std::fs::write(&kept, bytes).expect("written");
}

async fn words_that_have_changed_are_not_signed_off(world: World) {
    let (id, case) = before_the_notice(&world).await;
    let read = draft(&world, "road-head", &case, "SIGN_NOTICE", json!({})).await;
    let input = json!({ "id": id, "priorNotice": { "draft": read["digest"] } });
    // The office has another telephone than the draft said: its digest names no draft any more.
    let details = |telephone: &str| domain::office::OfficeDetails {
        telephone: Some(telephone.to_owned()),
        ..domain::office::OfficeDetails::default()
    };
    let change = |details| domain::admin::AdminAct::ChangeOffice { key: "road_transport_centre".into(), details };
    api::city::acts::operate(&world.app, change(details("028-1111")), Vec::new()).await.expect("changed");
    let refused = world.refused("road-head", "signPriorNotice", input.clone(), "DRAFT_CHANGED").await;
    assert!(refused.to_string().contains("重新审阅"), "{refused}");
    let none = domain::office::OfficeDetails { body_zh: Some(String::new()), ..domain::office::OfficeDetails::default() };
    api::city::acts::operate(&world.app, change(none), Vec::new()).await.expect("changed");
    let gap = draft(&world, "road-head", &case, "SIGN_NOTICE", json!({})).await;
    assert_ne!(gap["missing"], json!([]));
    world.refused("road-head", "signPriorNotice", json!({ "id": id, "priorNotice": { "draft": gap["digest"] } }), "DRAFT_INCOMPLETE").await;
    // Neither left a paper or took a number; on paper it can still be signed.
    assert_eq!(of_kind(&documents(&world, "road", &case).await, "PRIOR_NOTICE"), &Value::Null);
    let both = json!({ "upload": uuid::Uuid::new_v4(), "name": "告知书", "draft": gap["digest"] });
    let answer = world.act("road-head", "signPriorNotice", json!({ "id": id, "priorNotice": both })).await;
    assert_eq!(answer["errors"][0]["extensions"]["field"], "input.priorNotice", "{answer}");
    let other = world.act("road", "submitListingCase", json!({ "id": id, "evidence": { "draft": gap["digest"] } })).await;
    assert_eq!(other["errors"][0]["extensions"]["field"], "input.evidence", "{other}");
    let paper = world.paper("road-head", "事先告知书").await;
    world.done("road-head", "signPriorNotice", json!({ "id": id, "priorNotice": paper })).await;
    assert_eq!(of_kind(&documents(&world, "road", &case).await, "PRIOR_NOTICE")["number"], "资道运告〔2026〕1号");
    listing::steps::served(&world, &id, "2026-04-01").await;
    world.finish().await;
}

async fn a_head_signs_off_in_the_browser(world: World) {
    let base = repair::steps::registered(&world, record(1)).await;
    world.on("2026-04-14").await;
    repair::steps::bound(&world, 1).await;
    repair::steps::duties_done(&world, &base, "2026-04-10").await;
    world.on("2026-07-01").await;
    let id = repair::steps::applied(&world, &base).await;
    repair::steps::reviewed(&world, &id).await;
    let case = number(&world, &id).await;
    let hand = Hand::new(&world, "road-head").await;
    let path = format!("/cases/{case}/refuseRepairApplication");
    let form = hand.get(&path).await;
    assert!(form.text().contains(&format!("/cases/{case}/print/repair_refusal")) && form.text().contains("name=\"repairDecision.draft\""));
    assert!(form.text().contains("name=\"repairDecision\""), "a file can be brought as well");
    let (key, version) = (form.hidden("key").remove(0), form.hidden("version").remove(0));
    let typed = [("key", key.as_str()), ("version", &version), ("reasonCode", "OTHER"), ("reason", "整改照片与现场不符")];
    // Neither a file nor the draft: the field says so.
    let neither = hand.post(&path, &typed).await;
    assert!(neither.status == 422 && neither.text().contains("请提交"), "{}", neither.text());
    let with: Vec<_> = typed.iter().copied().chain([("repairDecision.draft", "read")]).collect();
    let check = hand.post(&path, &with).await;
    assert!(check.status.is_success() && check.text().contains("将签发的文书"), "{}", check.text());
    assert!(check.text().contains("整改照片与现场不符") && check.text().contains("资道运信修〔2026〕　号"), "{}", check.text());
    let digest = check.hidden("repairDecision.draft").remove(0);
    assert_eq!(digest.len(), 64);
    // What was typed changes after the page was read.
    let mut sent = vec![("confirmed", "yes"), ("repairDecision.draft", digest.as_str())];
    sent.extend(typed.iter().copied().filter(|(name, _)| *name != "reason"));
    sent.push(("reason", "另一理由"));
    let changed = hand.post(&path, &sent).await;
    assert!(changed.status == 422 && changed.text().contains("重新审阅起草的文书"), "{}", changed.text());
    sent.pop();
    sent.push(("reason", "整改照片与现场不符"));
    let again = changed.hidden("key").remove(0);
    sent.retain(|(name, _)| *name != "key");
    sent.push(("key", &again));
    let done = hand.post(&path, &sent).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let papers = documents(&world, "road", &case).await;
    let paper = of_kind(&papers, "REPAIR_DECISION");
    assert_eq!(paper["number"], "资道运信修〔2026〕1号");
    let words = super::set::words(&world.get("road", paper["path"].as_str().expect("a path")).await);
    assert!(words.replace(' ', "").contains("整改照片与现场不符"), "{words}");
    // The case leads to the kept paper, and so does the address under which it was previewed.
    let kept = paper["path"].as_str().unwrap_or_default().replace("/documents/", "");
    assert!(hand.get(&format!("/cases/{case}")).await.text().matches(&kept).count() == 2, "among the papers, and to print");
    assert_eq!(hand.get(&format!("/cases/{case}/print/repair_refusal")).await.status, 303);
    assert!(documents(&world, "company", &case).await.iter().all(|paper| paper["kind"] != "REPAIR_DECISION"));
    let scan = world.paper("road", "用印决定书").await;
    world.done("road", "sealRepairDecision", json!({ "id": id, "sealedCopy": scan })).await;
    assert_eq!(of_kind(&documents(&world, "company", &case).await, "SEALED_COPY")["number"], "资道运信修〔2026〕1号");
    world.finish().await;
}

async fn a_decision_says_what_was_typed_and_two_at_once_get_two_numbers(world: World) {
    let base = objection::steps::record_of_company(&world).await;
    let mut second = record(1);
    second["decisionNumber"] = json!("资交罚〔2026〕77号");
    let second = repair::steps::registered(&world, second).await;
    let (id, case) = verifying(&world, &base).await;
    let (other, other_case) = verifying(&world, &second).await;
    let says = json!({ "reason": "登记内容与处罚决定书一致" });
    let read = draft(&world, "road-head", &case, "REJECT", says.clone()).await;
    let text = read.to_string();
    assert!(text.contains("异议不成立。") && text.contains("登记内容与处罚决定书一致") && read["missing"] == json!([]), "{read}");
    let upheld = draft(&world, "road-head", &case, "UPHOLD_BY_RETRACTING", json!({ "reason": "登记有误", "extent": "PARTIAL" })).await;
    assert!(upheld.to_string().contains("异议部分成立，撤回该条信息的公示。"), "{upheld}");
    let mut input =
        json!({ "id": id, "reason": "另一理由", "reasonCode": "FINDING_CORRECT", "objectionAnswer": { "draft": read["digest"] } });
    world.refused("road-head", "rejectObjection", input.clone(), "DRAFT_CHANGED").await;
    input["reason"] = says["reason"].clone();
    let read = draft(&world, "road-head", &other_case, "REJECT", says).await;
    let mut beside = input.clone();
    (beside["id"], beside["objectionAnswer"]) = (json!(other), json!({ "draft": read["digest"] }));
    tokio::join!(world.done("road-head", "rejectObjection", input), world.done("road-head", "rejectObjection", beside));
    let mut numbers = Vec::new();
    for case in [&case, &other_case] {
        let papers = documents(&world, "road", case).await;
        let answer = of_kind(&papers, "OBJECTION_ANSWER");
        let number = answer["number"].as_str().expect("a number").to_owned();
        // The number that the register knows is the one that is printed.
        let printed = super::set::words(&world.get("road", answer["path"].as_str().expect("a path")).await);
        assert!(printed.replace(' ', "").contains(&number), "{number}: {printed}");
        numbers.push(number);
    }
    numbers.sort();
    assert_eq!(numbers, ["资道运异〔2026〕1号", "资道运异〔2026〕2号"]);
    let proof = world.paper("road", "送达回证").await;
    let served = json!({ "id": id, "serviceMethod": "DIRECT", "servedOn": world.app.clock.today().to_string(), "proofOfService": proof });
    world.refused("road", "serveObjectionAnswer", served.clone(), "SEALED_COPY_MISSING").await;
    let scan = world.paper("road", "用印答复书").await;
    world.done("road", "sealObjectionAnswer", json!({ "id": id, "sealedCopy": scan })).await;
    world.done("road", "serveObjectionAnswer", served).await;
    world.finish().await;
}
