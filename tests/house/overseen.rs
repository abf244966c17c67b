//! What those read who keep the house or look over it: entries by what they are about with their proofs, checkpoints,
//! accounts, letters, calendars, law files; and which documents are taken.

use std::io::{Cursor, Write};

use serde_json::{Value, json};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(
    entries_are_found_by_what_they_are_about
    an_entry_shows_its_proof_and_the_checkpoints_stand_in_a_list
    accounts_and_letters_are_listed_for_those_who_keep_them
    calendars_and_law_files_are_listed
    packed_documents_are_known_by_content
);

const ENTRIES: &str = "query($filter: AuditFilter, $first: Int, $after: String, $last: Int, $before: String) { auditEntries(filter: $filter, first: $first, after: $after, last: $last, before: $before) { nodes { number verb accepted case actor { login } office { key } } pageInfo { hasNextPage endCursor hasPreviousPage startCursor } } }";

async fn entries(world: &World, login: &str, filter: Value) -> Vec<Value> {
    let data = world.query(login, ENTRIES, json!({ "filter": filter, "first": 100 })).await;
    data["auditEntries"]["nodes"].as_array().expect("entries").clone()
}

fn numbers(entries: &[Value]) -> Vec<u64> {
    entries.iter().map(|entry| entry["number"].as_str().expect("a number").parse().expect("a number")).collect()
}

async fn entries_are_found_by_what_they_are_about(world: World) {
    let first = steps::registered(&world, record(1)).await;
    world.on("2026-04-02").await;
    let second = steps::registered(&world, record(2)).await;
    world.done("road", "publishPublicationRecord", json!({ "id": first })).await;
    world.refused("road", "publishPublicationRecord", json!({ "id": first }), "STATE_DOES_NOT_ALLOW").await;
    let of_first = entries(&world, "auditor", json!({ "case": first })).await;
    assert!(of_first.len() >= 3 && of_first.iter().all(|entry| entry["case"] == first), "{of_first:?}");
    assert!(numbers(&of_first).is_sorted_by(|one, next| one > next), "the newest first");
    assert!(entries(&world, "auditor", json!({ "case": second })).await.iter().all(|entry| entry["case"] == second));
    let refused = entries(&world, "auditor", json!({ "accepted": false })).await;
    assert_eq!((refused.len(), &refused[0]["verb"]), (1, &json!("publish")));
    let account =
        world.query("road", "{ me { account name login language seats { title { zh } office { name { zh } } } } }", json!({})).await["me"]
            .clone();
    assert_eq!((&account["login"], &account["language"]), (&json!("road"), &json!("zh")), "{account}");
    let done =
        entries(&world, "auditor", json!({ "actor": account["account"], "verb": "publish", "office": "road_transport_centre" })).await;
    assert_eq!(done.len(), 2, "done once, refused once");
    assert!(done.iter().all(|entry| entry["actor"]["login"] == "road" && entry["office"]["key"] == "road_transport_centre"));
    let early = entries(&world, "auditor", json!({ "from": "2026-04-01", "to": "2026-04-01", "case": first })).await;
    let late = entries(&world, "auditor", json!({ "from": "2026-04-02", "case": first })).await;
    assert!(!early.is_empty() && !late.is_empty(), "{early:?} {late:?}");
    assert_eq!(early.len() + late.len(), of_first.len(), "each on its day");
    let house = entries(&world, "admin", json!({})).await;
    assert!(!house.is_empty() && house.iter().all(|entry| entry["case"].is_null()), "an administrator reads no case");
    assert_eq!(entries(&world, "admin", json!({ "case": first })).await, Vec::<Value>::new());
    let newest = world.query("auditor", ENTRIES, json!({ "first": 3 })).await["auditEntries"].clone();
    let back =
        world.query("auditor", ENTRIES, json!({ "last": 2, "before": newest["pageInfo"]["endCursor"] })).await["auditEntries"].clone();
    assert_eq!(back["nodes"].as_array().unwrap()[..], newest["nodes"].as_array().unwrap()[..2], "read back to the newest");
    for (filter, field) in [
        (json!({ "office": "nowhere" }), "filter.office"),
        (json!({ "actor": "nobody" }), "filter.actor"),
        (json!({ "case": "nothing" }), "filter.case"),
        (json!({ "from": "2026-04-02", "to": "2026-04-01" }), "filter.to"),
    ] {
        let answer = world.ask(Some(&world.token("auditor").await), ENTRIES, json!({ "filter": filter })).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], field, "{answer}");
    }
    world.finish().await;
}

async fn an_entry_shows_its_proof_and_the_checkpoints_stand_in_a_list(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let number = entries(&world, "auditor", json!({ "case": id })).await.last().expect("an entry")["number"].clone();
    let query = "query($number: String!) { auditEntry(number: $number) { leaf bytes proof { file verifierKey } } }";
    api::work::checkpoints::sign(&world.app).await.expect("a checkpoint");
    let entry = world.query("road", query, json!({ "number": number })).await["auditEntry"].clone();
    let text = |field: &str| entry[field].as_str().expect("a text").to_owned();
    let (file, key) = (entry["proof"]["file"].as_str().expect("a file"), entry["proof"]["verifierKey"].as_str().expect("a key"));
    let checked = api::proofs::check(file, text("bytes").as_bytes(), key).expect("the proof holds");
    assert_eq!(checked.index.to_string(), number.as_str().expect("a number"));
    assert_eq!(text("leaf"), domain::merkle::leaf_hash(text("bytes").as_bytes()).to_string());
    let other = text("bytes").replace("2026", "2025");
    assert!(api::proofs::check(file, other.as_bytes(), key).is_err(), "it proves nothing else");
    let list = world.query("road", "{ checkpoints(first: 1) { nodes { size root note signedAt } } }", json!({})).await;
    let newest = list["checkpoints"]["nodes"][0].clone();
    assert_eq!((&newest["size"], &newest["root"]), (&json!(checked.size.to_string()), &json!(checked.root.to_string())), "{newest}");
    assert!(file.ends_with(newest["note"].as_str().expect("a note")), "the very note stands in the proof");
    world.finish().await;
}

async fn accounts_and_letters_are_listed_for_those_who_keep_them(world: World) {
    let query = "query($login: String, $standing: Standing, $after: String) { accounts(login: $login, standing: $standing, first: 5, after: $after) { nodes { id login name language standing seats { rank office { key } } } pageInfo { hasNextPage endCursor } } }";
    let found = world.query("admin", query, json!({ "login": "ROAD " })).await["accounts"]["nodes"].clone();
    assert_eq!(found.as_array().map(Vec::len), Some(1), "a login is found as it is signed in with: {found}");
    assert_eq!((&found[0]["login"], &found[0]["seats"][0]["office"]["key"]), (&json!("road"), &json!("road_transport_centre")), "{found}");
    assert_eq!(world.query("admin", query, json!({ "login": "roa" })).await["accounts"]["nodes"], json!([]));
    let (mut all, mut after) = (Vec::new(), json!(null));
    loop {
        let page = world.query("auditor", query, json!({ "after": after })).await["accounts"].clone();
        all.extend(page["nodes"].as_array().expect("accounts").iter().map(|account| account["login"].clone()));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert!(all.contains(&json!("company")) && all.contains(&json!("leader")), "{all:?}");
    let before = all.len();
    all.sort_by_key(ToString::to_string);
    all.dedup();
    assert_eq!(all.len(), before, "everybody once");
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::bound(&world, 1).await;
    steps::applied(&world, &id).await;
    let counts = world.query("admin", "{ outboxCounts { status count } }", json!({})).await["outboxCounts"].clone();
    let outbox = "query($status: NoticeStatus!, $first: Int, $after: String) { outbox(status: $status, first: $first, after: $after) { nodes { id letter title { zh en } status attempts code cure { zh en } entry to { login } madeAt } pageInfo { hasNextPage endCursor } } }";
    let first = counts[0].clone();
    let letters = world.query("admin", outbox, json!({ "status": first["status"], "first": 100 })).await["outbox"]["nodes"].clone();
    assert_eq!(letters.as_array().map(Vec::len).map(|count| json!(count)), Some(first["count"].clone()), "{counts} {letters}");
    assert!(letters[0]["title"]["zh"].as_str().is_some_and(|title| !title.is_empty()), "{letters}");
    let id = letters[0]["id"].as_str().expect("an id");
    world.sql(&format!("UPDATE notice SET status = 'dead', last_code = 'ADDRESS_UNKNOWN' WHERE id = '{id}'")).await.expect("given up");
    let dead = world.query("auditor", outbox, json!({ "status": "DEAD" })).await["outbox"]["nodes"].clone();
    assert_eq!((&dead[0]["id"], &dead[0]["code"]), (&json!(id), &json!("ADDRESS_UNKNOWN")));
    assert!(dead[0]["cure"]["zh"].as_str().is_some_and(|cure| cure.contains("地址")), "{dead}");
    world.finish().await;
}

async fn calendars_and_law_files_are_listed(world: World) {
    let answer = world.ask(None, "{ calendars { horizon years { year digest notices doubts } } }", json!({})).await;
    let calendars = answer["data"]["calendars"].clone();
    let years = calendars["years"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    let last = years.last().expect("a year");
    assert_eq!(calendars["horizon"], format!("{}-12-24", last["year"]));
    assert!(years.iter().all(|year| !year["notices"].as_array().unwrap().is_empty()), "{years:?}");
    let files = world.query("admin", "{ lawFiles { path kind { zh en } digest since } }", json!({})).await["lawFiles"].clone();
    let files = files.as_array().expect("files").clone();
    let path = format!("calendar/{}.json", last["year"]);
    let same = files.iter().find(|file| file["path"] == path.as_str()).expect("the calendar is a file of the law");
    assert_eq!((&same["digest"], &same["since"]), (&last["digest"], &Value::Null), "one digest in both lists; it came with the program");
    world.finish().await;
}

/// A zip of these parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a text");
    }
    zip.finish().expect("a zip").into_inner()
}

async fn sent(world: &World, bytes: Vec<u8>) -> (u16, Value) {
    let request =
        crate::support::patience::client().post(format!("{}/documents", world.url)).bearer_auth(world.token("road").await).body(bytes);
    let answer = request.send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.unwrap_or(Value::Null))
}

async fn packed_documents_are_known_by_content(world: World) {
    let rules = "{ uploadRules { mediaTypes extensions largestBytes leftToday { files mebibytes } } }";
    let before = world.query("road", rules, json!({})).await["uploadRules"].clone();
    let (ofd, docx) = ("application/ofd", "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    let bomb = "0".repeat(8 * 1024 * 1024);
    let types = ("[Content_Types].xml", "<Types/>");
    for (parts, kind) in [
        (vec![("OFD.xml", "<ofd:OFD/>"), ("Doc_0/Document.xml", "<ofd:Document/>")], Some(ofd)),
        (vec![types, ("word/document.xml", "<w:document/>")], Some(docx)),
        (vec![types, ("xl/workbook.xml", "<workbook/>")], None),
        (vec![("readme.txt", "a zip of anything")], None),
        (vec![types, ("word/document.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>")], None),
        (vec![("OFD.xml", "<ofd:OFD/>"), ("Doc_0/Pages.xml", "<!ENTITY a SYSTEM \"file:///etc/passwd\">")], None),
        (vec![types, ("word/document.xml", "<w:document/>"), ("word/vbaProject.bin", "macros")], None),
        (vec![("OFD.xml", "<ofd:OFD/>"), ("../../outside.xml", "<x/>")], None),
        (vec![("OFD.xml", "<ofd:OFD/>"), ("Doc_0/Res/huge.bin", &bomb)], None),
    ] {
        let names: Vec<_> = parts.iter().map(|(name, _)| *name).collect();
        let (status, answer) = sent(&world, packed(&parts)).await;
        match kind {
            Some(kind) => assert_eq!((status, &answer["mediaType"]), (201, &json!(kind)), "{names:?}: {answer}"),
            None => assert_eq!((status, &answer["error"]["code"]), (415, &json!("BAD_USER_INPUT")), "{names:?}: {answer}"),
        }
    }
    let torn = packed(&[("OFD.xml", "<ofd:OFD/>")]);
    assert_eq!(sent(&world, torn[..torn.len() - 10].to_vec()).await.0, 415, "a zip that is cut off");
    let after = world.query("road", rules, json!({})).await["uploadRules"].clone();
    let left = |rules: &Value| rules["leftToday"]["files"].as_i64().expect("a number");
    assert_eq!(left(&before) - left(&after), 2, "two were kept");
    assert!(
        after["mediaTypes"].as_array().unwrap().contains(&json!(ofd)) && after["extensions"].as_array().unwrap().contains(&json!(".docx"))
    );
    assert_eq!(after["largestBytes"], 20 * 1024 * 1024);
    world.finish().await;
}
