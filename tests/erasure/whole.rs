//! A driver whose record, application, papers and letters are all over, and an account that is no longer used.

use api::{erasure, proofs, work::rounds};
use domain::{identifier::resident_id::check_character, rows::Table};
use serde_json::{Value, json};
use uuid::Uuid;

use super::everywhere::{found, in_pages, secrets};
use crate::{
    on_both,
    repair::steps,
    support::{
        patience::whole,
        world::{World, record},
    },
    told::table::all_leave,
    trail::tampering::every_column_is_named,
};

on_both!(nothing_of_a_person_can_be_found nothing_of_an_account_can_be_found one_case_leaves_the_others);

const NAME: &str = "赵无名示例";
const OTHER: &str = "钱旁人示例";
const MAIL: &str = "zhao.wuming@example.invalid";
const PHONE: &str = "19900001111";

pub fn id_number(first: &str) -> String {
    format!("{first}{}", check_character(first).expect("a check character"))
}

/// A record of a natural person in which every text names that person.
pub fn person() -> Value {
    let mut person = record(1);
    for (field, text) in [("subjectName", NAME.to_owned()), ("residentId", id_number("51200219900101001"))] {
        person[field] = json!(text);
    }
    person["subjectKind"] = json!("NATURAL_PERSON");
    person["uscc"] = json!(null);
    for field in ["violation", "facts", "content", "licence", "remark"] {
        person[field] = json!(format!("{NAME}的{field}"));
    }
    person
}

/// Two drivers in one file of the county: the one that is erased later, and another.
async fn imported(world: &World) {
    let headers = "行政相对人名称,行政相对人类别,证件类型,证件号码,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,处罚程序";
    let body = api::city::demo::invented_uscc("512002", 900_001);
    let line = |name: &str, number: String, decision: u32| {
        format!(
            "{name},自然人,身份证,{number},雁交罚〔2026〕{decision}号,超限运输,{name}超限,《公路安全保护条例》,警告,对{name}警告,2026-03-20,2099-12-31,雁江区交通运输局,{body},雁江区交通运输局,{body},普通程序"
        )
    };
    let text =
        [headers.to_owned(), line(NAME, id_number("51200219900101001"), 71), line(OTHER, id_number("51200219900101002"), 72)].join("\r\n");
    let upload = world.file("yanjiang", text.into_bytes()).await["id"].clone();
    let query = "mutation($input: CommitFileInput!) { commitFile(input: $input) { opened check { ended problems { code column zh } } refusal { reasons { message { zh en } } } } }";
    let input = json!({ "layout": "PENALTY_RECORDS", "office": "yanjiang", "upload": upload, "idempotencyKey": Uuid::new_v4() });
    let answer = whole(world, "yanjiang", query, json!({ "input": input })).await;
    assert_eq!(answer["opened"], 2, "{answer}");
}

/// Everything that may happen to a driver's record, each text naming the driver; the record and its subject.
async fn lived(world: &World) -> (String, String) {
    let id = steps::registered(world, person()).await;
    world
        .refused(
            "road",
            "registerPublicationRecord",
            json!({ "office": "road_transport_centre", "record": person() }),
            "SUCH_RECORD_EXISTS",
        )
        .await;
    imported(world).await;
    world.paper("road", &format!("{NAME}的草稿")).await;
    let subject = world.query("road", "query($id: ID!) { case(id: $id) { subject { id } } }", json!({ "id": id })).await["case"]["subject"]
        ["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let read = "mutation($subject: ID!, $purpose: String!) { readIdentityNumber(subject: $subject, purpose: $purpose) { entry { verb } } }";
    world.query("road", read, json!({ "subject": subject, "purpose": format!("向{NAME}送达") })).await;
    world.on("2026-06-22").await;
    let paper = world.paper("counter", &format!("{NAME}的承诺书")).await;
    let form = json!({ "contactName": NAME, "contactPhone": PHONE, "contactEmail": MAIL, "statement": format!("{NAME}已整改"), "commitment": true });
    let input = json!({ "record": id, "application": form, "channel": "COUNTER", "receivedOn": "2026-06-22", "commitmentLetter": paper, "proofOfPerformance": paper });
    let repair = world.done("counter", "registerRepairApplication", input).await["id"].as_str().unwrap().to_owned();
    world.done("road", "askRepairSupplement", json!({ "id": repair, "missingPapers": [format!("{NAME}的缴款凭证")] })).await;
    world.done("road", "noteOnRepairApplication", json!({ "id": repair, "note": format!("{NAME}来过") })).await;
    for office in ["anyue", "lezhi"] {
        let question = json!({ "id": repair, "office": office, "question": format!("{NAME}是否受过处罚") });
        world.done("road", "askOfficeAboutRepairApplication", question).await;
    }
    let answer = world.act("anyue", "answerOfficeAboutRepairApplication", json!({ "id": repair, "answer": format!("{NAME}没有") })).await;
    assert!(answer["refusal"].is_null(), "{answer}");
    let aside = "mutation($id: ID!, $key: UUID!, $reason: String!) { stepAside(id: $id, idempotencyKey: $key, reason: $reason) { entry { verb } } }";
    world.query("road-2", aside, json!({ "id": repair, "key": Uuid::new_v4(), "reason": format!("与{NAME}是亲属") })).await;
    let withdraw =
        "mutation($input: WithdrawRepairApplicationInput!) { withdrawRepairApplication(input: $input) { refusal { reasons { code } } } }";
    let done = world
        .query("counter", withdraw, json!({ "input": { "id": repair, "idempotencyKey": Uuid::new_v4(), "withdrawalRequest": paper } }))
        .await;
    assert!(done["withdrawRepairApplication"]["refusal"].is_null(), "{done}");
    all_leave(world).await;
    (id, subject)
}

async fn erase(world: &World, input: Value) -> Value {
    let query = "mutation($input: ErasePersonalValuesInput!) { erasePersonalValues(input: $input) { values entry { number verb accepted } refusal { reasons { code message { zh en } opensOn article { key } } } } }";
    world.query("admin", query, json!({ "input": input })).await["erasePersonalValues"].clone()
}

/// Proofs that were handed out before, with the entries that they are about.
async fn handed_out(world: &World) -> Vec<api::work::proofs::Proof> {
    let size = proofs::open(&api::work::checkpoints::sign(&world.app).await.expect("a checkpoint"), &world.app.keys.verifier_key())
        .expect("it is signed")
        .size;
    let mut all = Vec::new();
    for index in 0..size {
        all.push(api::work::proofs::prove_signed(&world.app, index).await.expect("a proof").expect("it is covered"));
    }
    all
}

async fn nothing_of_a_person_can_be_found(world: World) {
    let (record, subject) = lived(&world).await;
    let proofs = handed_out(&world).await;
    let number = id_number("51200219900101001");
    let before = found(&world, NAME).await;
    for place in [".eml", "/documents/"] {
        assert!(before.iter().any(|found| found.contains(place)), "the name stands in letters and papers before: {before:?}");
    }
    for proof in &proofs {
        assert!(
            ![NAME, MAIL, PHONE, &number].iter().any(|needle| proof.entry.contains(needle)),
            "no entry ever names a person: {}",
            proof.entry
        );
    }
    let input = json!({ "subject": subject, "ground": "TERM_OVER" });
    // The term of the general record ends on 20 March 2027, five years later the values may go.
    let refused = erase(&world, input.clone()).await;
    assert_eq!(refused["refusal"]["reasons"][0]["code"], "KEPT_RETENTION", "{refused}");
    world.on("2032-03-20").await;
    let day_before = erase(&world, input.clone()).await;
    let opens: Vec<_> = day_before["refusal"]["reasons"].as_array().unwrap().iter().map(|reason| reason["opensOn"].clone()).collect();
    assert_eq!(opens, [json!("2032-03-21")], "{day_before}");
    assert_eq!(day_before["refusal"]["reasons"][0]["article"]["key"], "pipl/art_19");
    world.on("2032-03-21").await;
    let before = secrets(&world).await;
    assert!(in_pages(&world, &before[0]).await, "what is kept stands in the pages");
    let done = erase(&world, input.clone()).await;
    assert_eq!((&done["entry"]["verb"], &done["refusal"]), (&json!("erase_personal"), &Value::Null), "{done}");
    assert!(done["values"].as_u64().unwrap() > 20, "{done}");
    rounds::make(&world.app).await.expect("the round carries it out");

    for needle in [NAME, MAIL, PHONE, number.as_str()] {
        assert_eq!(found(&world, needle).await, Vec::<String>::new(), "{needle}");
    }
    let after = secrets(&world).await;
    let gone: Vec<_> = before.iter().filter(|secret| !after.contains(secret)).collect();
    assert!(gone.len() > 40, "salts and ciphertexts of {} values", gone.len());
    for secret in gone {
        assert!(!in_pages(&world, secret).await, "no page holds what was erased");
    }
    let shown = world
        .query("auditor", "query($id: ID!) { case(id: $id) { number subject { name idNumberMasked } } }", json!({ "id": record }))
        .await;
    assert_eq!(shown["case"]["subject"], json!({ "name": null, "idNumberMasked": null }), "{shown}");
    let search = "{ cases(process: PUBLICATION_RECORD, first: 100) { nodes { subject { name } } } }";
    let names = world.query("auditor", search, json!({})).await.to_string();
    assert!(names.contains(OTHER), "the other driver of the same file is untouched");

    for proof in &proofs {
        proofs::check(&proof.file, proof.entry.as_bytes(), &proof.verifier_key).expect("every proof that was handed out still opens");
    }
    let again = erase(&world, input).await;
    assert_eq!(again["refusal"]["reasons"][0]["code"], "NOTHING_TO_ERASE", "{again}");
    assert_eq!(erasure::sweep_all(&world.app).await.expect("nothing waits").erasures, 0);
    // The same person may come again, as somebody new.
    let mut anew = person();
    anew["decisionNumber"] = json!("资交罚〔2032〕1号");
    anew["decisionDate"] = json!("2032-03-20");
    steps::registered(&world, anew).await;
    world.finish().await;
}

async fn nothing_of_an_account_can_be_found(world: World) {
    let (login, mail) = ("sun-wuming-1", "sun.wuming@example.invalid");
    let add = "mutation($input: AddAccountInput!) { addAccount(input: $input) { account entry { verb } } }";
    let input = json!({ "login": login, "password": api::city::demo::PASSWORD, "name": "孙无名示例", "email": mail });
    let account = world.query("admin", add, json!({ "input": input })).await["addAccount"]["account"].as_str().unwrap().to_owned();
    let taken = world
        .query(
            "admin",
            "mutation($input: AddAccountInput!) { addAccount(input: $input) { refusal { reasons { code } } } }",
            json!({ "input": input }),
        )
        .await;
    assert_eq!(taken["addAccount"]["refusal"]["reasons"][0]["code"], "LOGIN_TAKEN", "sealed logins are still told apart");
    steps::registered(&world, record(1)).await;
    let papers = world.paper(login, "孙无名示例的授权书").await;
    let request = json!({ "uscc": record(1)["uscc"], "capacity": "AGENT", "authorityUntil": "2026-04-20", "identityPapers": papers, "authorityLetter": papers });
    let case = world.done(login, "requestAccountBinding", request).await;
    world.done("counter", "approveAccountBinding", json!({ "id": case["id"], "confirmed": true })).await;
    world.paper(login, "孙无名示例的草稿").await;
    all_leave(&world).await;
    let input = json!({ "account": account, "ground": "PURPOSE_MET" });
    let code = async || erase(&world, input.clone()).await["refusal"]["reasons"].as_array().cloned().unwrap_or_default();
    let stands: Vec<_> = code().await.iter().map(|reason| reason["code"].clone()).collect();
    assert_eq!(stands, ["KEPT_ACCOUNT_STANDS", "KEPT_ACCOUNT_STANDS"], "it is in use, and it acts for a subject");
    world.on("2026-04-21").await;
    let disable = "mutation($account: String!) { disableAccount(account: $account) { entry { verb } } }";
    world.query("admin", disable, json!({ "account": account })).await;
    let kept = code().await;
    assert_eq!((&kept[0]["code"], &kept[0]["opensOn"]), (&json!("KEPT_RETENTION"), &json!("2027-04-22")), "{kept:?}");
    world.on("2027-04-22").await;
    let done = erase(&world, input.clone()).await;
    assert_eq!(done["values"], 3, "login, name and address: {done}");
    // The server that took the act may be gone: another one carries it out.
    rounds::make(&world.second_server().await).await.expect("the round carries it out");
    for needle in [login, mail] {
        assert_eq!(found(&world, needle).await, Vec::<String>::new(), "{needle}");
    }
    let log = "SELECT count(*) FROM sign_in_log WHERE account = '".to_owned() + &account + "'";
    let db = &world.app.database;
    let rows = sea_orm::ConnectionTrait::query_one_raw(db.pool(), db.statement(&log, Vec::new())).await.unwrap().unwrap();
    assert_eq!(rows.try_get_by_index::<i64>(0).unwrap(), 0);
    let anew =
        world.query("admin", add, json!({ "input": { "login": login, "password": api::city::demo::PASSWORD, "name": "某人" } })).await;
    assert_eq!(anew["addAccount"]["entry"]["verb"], "add_account", "the login is free again: {anew}");
    assert!(every_column_is_named(&world, Table::Erasure).await, "an erasure is a row");
    world.finish().await;
}

async fn one_case_leaves_the_others(world: World) {
    let (record, _) = lived(&world).await;
    let query = "{ cases(process: REPAIR_APPLICATION, first: 5) { nodes { ... on RepairApplication { id } } } }";
    let repair = world.query("auditor", query, json!({})).await["cases"]["nodes"][0]["id"].clone();
    world.on("2031-06-23").await;
    let done = erase(&world, json!({ "case": repair, "ground": "TERM_OVER" })).await;
    assert!(done["refusal"].is_null() && done["values"].as_u64().unwrap() > 5, "{done}");
    rounds::make(&world.app).await.expect("the round carries it out");
    for needle in [MAIL, PHONE] {
        assert_eq!(found(&world, needle).await, Vec::<String>::new(), "{needle}");
    }
    let shown = world.query("auditor", "query($id: ID!) { case(id: $id) { subject { name } } }", json!({ "id": record })).await;
    assert_eq!(shown["case"]["subject"]["name"], NAME, "the record goes on");
    world.finish().await;
}
