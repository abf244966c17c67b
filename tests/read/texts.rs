//! What was written is read back by whoever sees the case; how a human being is reached by those who handle it.

use serde_json::{Value, json};

use crate::{
    on_both, repair,
    support::world::{World, record},
};

on_both!(a_record_says_what_was_filed an_application_says_what_was_filed an_act_says_what_was_given);

const RECORD: &str = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { baseKind inForce procedure decisionDate sector \
    penalties { kind size until } violation facts basis content fine confiscated licence validUntil legalRepresentative remark bodyName \
    bodyUscc sourceName sourceUscc publishOn measures { key title { zh } standing } office { key } findingOffice { key name { zh } } } } }";

async fn a_record_says_what_was_filed(world: World) {
    let mut written = record(1);
    written["fine"] = json!("10000.5");
    written["confiscated"] = json!("300");
    written["penalties"] = json!([{ "kind": "FINE", "size": "LARGER" }, { "kind": "LICENCE_SUSPENSION", "until": "2026-09-20" }, { "kind": "CONFISCATION_OF_UNLAWFUL_GAINS" }]);
    written["licence"] = json!("道路运输经营许可证 0001");
    written["validUntil"] = json!("2026-12-31");
    written["legalRepresentative"] = json!("示例人");
    written["remark"] = json!("备注一则");
    let id = repair::steps::registered(&world, written.clone()).await;
    for login in ["road", "policy", "auditor"] {
        let shown = world.query(login, RECORD, json!({ "id": id })).await["case"].clone();
        let same = [
            "procedure",
            "decisionDate",
            "sector",
            "violation",
            "facts",
            "basis",
            "content",
            "licence",
            "validUntil",
            "legalRepresentative",
            "remark",
            "bodyName",
            "bodyUscc",
            "sourceName",
            "sourceUscc",
            "publishOn",
        ];
        for field in same {
            assert_eq!(shown[field], written.get(field).cloned().unwrap_or_default(), "{login} {field}");
        }
        assert_eq!((&shown["fine"], &shown["confiscated"]), (&json!("10000.50"), &json!("300.00")));
        assert_eq!((&shown["baseKind"], &shown["inForce"]), (&json!("PENALTY"), &json!(true)));
        assert_eq!(shown["penalties"][1], json!({ "kind": "LICENCE_SUSPENSION", "size": null, "until": "2026-09-20" }));
        assert_eq!(shown["penalties"][0]["size"], "LARGER");
        assert_eq!(shown["findingOffice"]["key"], "road_transport_centre");
    }
    let unseen = world.query("stranger", RECORD, json!({ "id": id })).await;
    assert!(unseen["case"].is_null(), "{unseen}");
    let junk = world.act("road", "registerPublicationRecord", {
        let mut other = record(2);
        other["fine"] = json!("一万元");
        json!({ "office": "road_transport_centre", "record": other })
    });
    let fault = junk.await["errors"][0]["extensions"].clone();
    assert_eq!((&fault["code"], &fault["field"]), (&json!("BAD_USER_INPUT"), &json!("input.record.fine")), "{fault}");
    world.finish().await;
}

const APPLICATION: &str = "query($id: ID!) { case(id: $id) { ... on RepairApplication { contact { name phone email masked } statement \
    commitment externalNumber } } }";

async fn an_application_says_what_was_filed(world: World) {
    let id = repair::steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    repair::steps::bound(&world, 1).await;
    let mut application = repair::steps::application();
    application["contactEmail"] = json!("someone@example.com");
    application["statement"] = json!("已缴清罚款");
    let case = world.done("company", "openRepairApplication", json!({ "record": id, "application": application })).await;
    let open = json!({ "name": "经办人", "phone": "0000000", "email": "someone@example.com", "masked": false });
    let closed = json!({ "name": "经***", "phone": "0***", "email": "s***", "masked": true });
    for (login, contact) in [("company", &open), ("road", &open), ("policy", &open), ("auditor", &closed)] {
        let shown = world.query(login, APPLICATION, json!({ "id": case["id"] })).await["case"].clone();
        assert_eq!(shown["contact"], *contact, "{login}");
        assert_eq!((&shown["statement"], &shown["commitment"]), (&json!("已缴清罚款"), &json!(true)), "{login}");
        assert_eq!(shown["externalNumber"], Value::Null, "{login}");
    }
    world.finish().await;
}

const ENTRIES: &str = "query($id: ID!) { case(id: $id) { history { nodes { verb reason reasonCode documents { kind name } given { days { key \
    day } choices { key word meaning { zh } } points { list key words } } } } } }";

/// What was brought with an act stands with its entry: the offices read it all, the party what it wrote and what it is told.
async fn an_act_says_what_was_given(world: World) {
    let id = repair::steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    repair::steps::bound(&world, 1).await;
    repair::steps::duties_done(&world, &id, "2026-05-10").await;
    let repair = repair::steps::applied(&world, &id).await;
    repair::steps::reviewed_to_policy(&world, &repair).await;
    let back = json!({ "id": repair, "reason": "核查记录不清" });
    world.done("policy", "sendBackRepairApplication", back).await;
    let entry = async |login: &str, verb: &str| {
        let shown = world.query(login, ENTRIES, json!({ "id": repair })).await["case"]["history"]["nodes"].clone();
        shown.as_array().unwrap().iter().find(|entry| entry["verb"] == verb).cloned().unwrap_or_else(|| panic!("{login} {verb}: {shown}"))
    };
    assert_eq!(entry("road", "send_back").await["reason"], "核查记录不清");
    let party = entry("company", "send_back").await;
    assert_eq!((&party["reason"], &party["given"]), (&Value::Null, &Value::Null), "what offices write to each other is theirs: {party}");
    let check = entry("auditor", "check_condition").await;
    assert_eq!(
        check["given"]["choices"],
        json!([{ "key": "CHECK_METHOD", "word": "ONLINE", "meaning": check["given"]["choices"][0]["meaning"] }])
    );
    assert_eq!(check["given"]["points"].as_array().map(Vec::len), Some(4), "{check}");
    assert_eq!(check["documents"], json!([{ "kind": "CHECK_RECORD", "name": "核查记录" }]));
    assert_eq!(entry("company", "check_condition").await["documents"], json!([]));
    let own = entry("company", "apply").await["documents"].as_array().map(Vec::len);
    assert_eq!(own, Some(2), "what the party brought it reads");
    world.done("road", "handUpRepairApplication", json!({ "id": repair })).await;
    world.done("policy", "endorseRepairApplication", json!({ "id": repair })).await;
    let decision = world.paper("road-head", "不予修复决定书").await;
    let no = json!({ "id": repair, "reason": "条件未满足", "reasonCode": "OTHER", "repairDecision": decision });
    world.done("road-head", "refuseRepairApplication", no).await;
    let told = entry("company", "refuse").await;
    assert_eq!((&told["reason"], &told["reasonCode"]), (&json!("条件未满足"), &json!("OTHER")), "the party reads why: {told}");
    world.finish().await;
}
