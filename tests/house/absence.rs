//! That nothing is published about somebody: noted by the house, stated to those who may have it, checked by strangers.

use std::{os::unix::process::ExitStatusExt, process::Command};

use api::{
    city::{acts, demo},
    proofs::absence,
    store::listed,
    work::{absence as work_absence, noting, rounds},
};
use domain::{admin::AdminAct, moment::Micros, published::Noted};
use serde_json::{Value, json};

use crate::{
    cli::program::{binary, run},
    house::crash::{Server, verified},
    on_both,
    repair::steps,
    support::{
        patience::until,
        world::{World, record},
    },
};

on_both!(
    a_statement_is_given_and_checked_by_strangers
    who_is_published_gets_none
    a_list_is_noted_at_midnight_and_after_changes_not_too_often
    the_open_data_leads_to_the_noted_root
    another_server_states_what_was_noted_before
    whoever_changes_a_row_is_found_by_its_root
    killed_around_a_note_the_list_is_noted_again
);

const ASK: &str = "query($input: AbsenceInput!) { absence(input: $input) { statement { file at code names rows root entry } refusal { reasons { code message { zh en } remedy { zh en } article { key } } } } }";

fn code(number: u32) -> String {
    demo::invented_uscc("512002", number)
}

fn name(number: u32) -> String {
    format!("资阳示例{number:03}（运输）有限公司")
}

async fn asked(world: &World, login: &str, input: Value) -> Value {
    world.query(login, ASK, json!({ "input": input })).await["absence"].clone()
}

async fn stated(world: &World, login: &str, input: Value) -> Value {
    let answer = asked(world, login, input).await;
    assert!(answer["refusal"].is_null(), "{answer}");
    answer["statement"].clone()
}

async fn refused(world: &World, input: Value, with: &str) -> Value {
    let answer = asked(world, "counter", input).await;
    assert!(answer["statement"].is_null() && answer["refusal"]["reasons"][0]["code"] == with, "{with}: {answer}");
    answer["refusal"]["reasons"][0].clone()
}

/// A published record of the company of this number; its global id.
async fn published(world: &World, number: u32) -> String {
    let id = steps::registered(world, record(number)).await;
    world.done("road", "publishPublicationRecord", json!({ "id": id })).await;
    id
}

/// The finding is annulled: its publication ends at once.
async fn retracted(world: &World, id: &str) {
    let paper = world.paper("road", "撤销决定").await;
    let input = json!({ "id": id, "reason": "处罚被撤销", "knownOn": "2026-04-01", "annullingDocument": paper });
    world.done("road", "retractPublicationRecord", input).await;
}

/// Moves the clock and makes the rounds.
async fn after(world: &World, minutes: i64) {
    let to = Micros(world.app.clock.now().0 + minutes * 60_000_000);
    acts::operate(&world.app, AdminAct::AdvanceClock { to }, Vec::new()).await.expect("the clock moves");
    rounds::make(&world.app).await.expect("rounds");
}

async fn notes(world: &World) -> Vec<Noted> {
    listed::noted(&world.app.database, 100).await.expect("notes")
}

/// What the judge says of some files; the last is the verifier key.
fn judged(world: &World, files: &[(&str, &[u8])], key: &str) -> bool {
    let folder = world.folder().join("judged");
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut judge = Command::new("python3");
    judge.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/judges/tlog/absence.py"));
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).expect("a file");
        judge.arg(folder.join(name));
    }
    judge.arg(key).output().expect("python3 runs").status.success()
}

async fn a_statement_is_given_and_checked_by_strangers(world: World) {
    published(&world, 1).await;
    published(&world, 2).await;
    // A company that nobody published anything about acts for itself; the counter serves one that the house does not know.
    steps::registered(&world, record(3)).await;
    steps::bound(&world, 3).await;
    rounds::make(&world.app).await.expect("rounds");
    let subject = world.query("company", "{ me { subjects } }", json!({})).await["me"]["subjects"][0].clone();
    let own = stated(&world, "company", json!({ "subject": subject, "formerNames": ["资阳旧名 有限公司"] })).await;
    assert_eq!((&own["code"], &own["rows"]), (&json!(code(3)), &json!("2")));
    assert_eq!(own["names"], json!(["资阳示例003(运输)有限公司", "资阳旧名有限公司"]));
    let other = stated(&world, "counter", json!({ "code": code(77), "name": name(77) })).await;
    let key = world.app.keys.verifier_key();
    for statement in [&own, &other] {
        let file = statement["file"].as_str().expect("a file");
        let said = absence::check(file, &key).expect("it holds");
        assert_eq!((said.at.as_str(), said.rows), ("2026-04-01T09:00:00+08:00", 2));
        assert!(judged(&world, &[("statement.json", file.as_bytes())], &key), "a verifier without a line of this project agrees");
        let bent = file.replace(said.codes[0].as_str(), &code(1));
        assert!(!judged(&world, &[("statement.json", bent.as_bytes())], &key), "about another");
        let later = file.replace("2026-04-01T09:00", "2026-04-01T19:00");
        assert!(!judged(&world, &[("statement.json", later.as_bytes())], &key), "to another time");
        let path = world.folder().join("judged/statement.json").display().to_string();
        std::fs::write(&path, file).expect("a file");
        assert!(run(&["audit", "check-absence", &path, "--key", &key], &[], "").good().out.contains(&said.codes[0]));
        std::fs::write(&path, bent).expect("a file");
        assert_eq!(run(&["audit", "check-absence", &path, "--key", &key], &[], "").code, 1);
        // Everybody asks the house itself, too.
        let check =
            "query($input: ProofCheckInput!) { proofCheck(input: $input) { holds basis reason number absence { at codes names rows } } }";
        let answer = world.ask(None, check, json!({ "input": { "proof": file } })).await["data"]["proofCheck"].clone();
        assert_eq!(
            (&answer["holds"], &answer["basis"], &answer["absence"]["codes"][0]),
            (&json!(true), &json!("LIST"), &statement["code"])
        );
        let answer = world.ask(None, check, json!({ "input": { "proof": later } })).await["data"]["proofCheck"].clone();
        assert_eq!((&answer["holds"], &answer["reason"]), (&json!(false), &json!("PROOF_OTHER_TIME")), "{answer}");
    }
    let stranger = world.second_server().await.keys.verifier_key().replace("test.example", "evil.example");
    assert!(absence::check(own["file"].as_str().expect("a file"), &stranger).is_err(), "another log");
    world.finish().await;
}

async fn who_is_published_gets_none(world: World) {
    refused(&world, json!({ "code": code(2), "name": name(2) }), "LIST_NOT_NOTED").await;
    let id = published(&world, 1).await;
    after(&world, 1).await;
    let by_code = refused(&world, json!({ "code": code(1), "name": "另外的名称有限公司" }), "PUBLISHED_NOW").await;
    assert!(by_code["message"]["zh"].as_str().is_some_and(|words| words.contains("代码")), "{by_code}");
    let spaced = "资阳示例001 (运输)有限公司";
    let by_name = refused(&world, json!({ "code": code(5), "name": spaced }), "PUBLISHED_NOW").await;
    assert!(by_name["message"]["en"].as_str().is_some_and(|words| words.contains("name")), "{by_name}");
    refused(&world, json!({ "code": code(5), "name": name(5), "formerNames": ["旧名甲", spaced] }), "PUBLISHED_NOW").await;
    // About a person nothing is said.
    let person = json!({ "code": demo::invented_resident_id(1), "name": "示例甲" });
    let reason = refused(&world, person, "NOTHING_SAID_OF_PERSONS").await;
    assert_eq!(reason["article"]["key"], "order_36_2025/art_12_3");
    let token = world.token("counter").await;
    for (input, field) in [
        (json!({ "code": "91512000", "name": "甲" }), "input.code"),
        (json!({ "code": code(5), "name": " " }), "input.name"),
        (json!({ "code": code(5), "name": "甲", "formerNames": ["乙", "丙\u{202e}丁"] }), "input.formerNames.1"),
        (json!({ "code": code(5), "name": "甲", "formerNames": vec!["乙"; 11] }), "input.formerNames"),
    ] {
        let answer = world.ask(Some(&token), ASK, json!({ "input": input })).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], field, "{answer}");
    }
    // Published until a moment ago: the list that was noted still has it.
    retracted(&world, &id).await;
    let later = refused(&world, json!({ "code": code(1), "name": name(1) }), "LIST_NOT_NOTED").await;
    assert!(later["remedy"]["zh"].as_str().is_some_and(|words| words.contains("09:11")), "{later}");
    after(&world, 10).await;
    stated(&world, "counter", json!({ "code": code(1), "name": name(1) })).await;
    world.finish().await;
}

async fn a_list_is_noted_at_midnight_and_after_changes_not_too_often(world: World) {
    rounds::make(&world.app).await.expect("rounds");
    let first = notes(&world).await;
    assert_eq!((first.len(), first[0].rows), (1, 0), "a house that has published nothing says so, too");
    rounds::make(&world.app).await.expect("rounds");
    after(&world, 30).await;
    assert_eq!(notes(&world).await, first, "nothing has changed");
    published(&world, 1).await;
    after(&world, 1).await;
    assert_eq!(notes(&world).await[0].rows, 1);
    published(&world, 2).await;
    after(&world, 9).await;
    assert_eq!(notes(&world).await.len(), 2, "ten minutes lie between two notes");
    // Meanwhile the noted list is stated, and nothing about whom the present one has.
    refused(&world, json!({ "code": code(2), "name": name(2) }), "PUBLISHED_NOW").await;
    stated(&world, "counter", json!({ "code": code(3), "name": name(3) })).await;
    let forced = noting::note(&world.app).await.expect("too early");
    assert_eq!(forced, notes(&world).await[0].as_of);
    after(&world, 1).await;
    assert_eq!(notes(&world).await.len(), 3);
    world.on("2026-04-02").await;
    let noted = notes(&world).await;
    assert_eq!((noted.len(), noted[0].rows), (4, 2), "a day begins");
    assert_ne!(noted[0].root, noted[1].root, "the same rows under the salts of another day");
    // Nobody but the house notes a list.
    let act = AdminAct::NotePublished { as_of: world.app.clock.now(), at_size: 1, root: noted[0].root, rows: 0, salted_by: String::new() };
    assert!(acts::operate(&world.app, act, Vec::new()).await.is_err(), "not even the operator");
    world.setting("published_note_minutes", "60").await;
    published(&world, 3).await;
    after(&world, 59).await;
    assert_eq!(notes(&world).await.len(), 4, "as the setting says");
    after(&world, 1).await;
    assert_eq!(notes(&world).await.len(), 5);
    world.finish().await;
}

async fn the_open_data_leads_to_the_noted_root(world: World) {
    for number in 1..4 {
        let mut given = record(number);
        // What a file guards, quotes and breaks into lines leads to the same root.
        given["violation"] = json!(["=1+1，违法", "违法，“引号”\"与逗号\"", "第一行\n第二行"][number as usize - 1]);
        let id = steps::registered(&world, given).await;
        world.done("road", "publishPublicationRecord", json!({ "id": id })).await;
    }
    let mut second = record(1);
    second["decisionNumber"] = json!("资交罚〔2026〕91号");
    let id = steps::registered(&world, second).await;
    world.done("road", "publishPublicationRecord", json!({ "id": id })).await;
    rounds::make(&world.app).await.expect("rounds");
    let key = world.app.keys.verifier_key();
    let list = world.get("auditor", "/files/published.csv").await;
    let root = world.get("auditor", "/files/published.root.json").await;
    assert!(judged(&world, &[("list.csv", &list), ("root.json", &root)], &key), "{}", String::from_utf8_lossy(&list));
    let text = String::from_utf8(list.clone()).expect("text");
    let bent = text.replacen("10000", "20000", 1);
    assert!(!judged(&world, &[("list.csv", bent.as_bytes()), ("root.json", &root)], &key), "a row was changed");
    let short: String = text.split_inclusive("\r\n").enumerate().filter(|(line, _)| *line != 1).map(|(_, line)| line).collect();
    assert!(!judged(&world, &[("list.csv", short.as_bytes()), ("root.json", &root)], &key), "a row is missing");
    // The command writes the same; the list of another day leads to that day's root alone.
    let (data, out, beside) = (world.folder().display().to_string(), world.folder().join("l.csv"), world.folder().join("r.json"));
    let (out, beside) = (out.display().to_string(), beside.display().to_string());
    let place = ["--data", &data, "--database", &world.database, "--origin", "test.example/log"];
    run(&[&place[..], &["export", "published", "--out", &out, "--root", &beside]].concat(), &[], "").good();
    assert_eq!(std::fs::read(&out).expect("the list"), list);
    world.on("2026-04-03").await;
    let (later, newer) = (world.get("auditor", "/files/published.csv").await, world.get("auditor", "/files/published.root.json").await);
    assert!(judged(&world, &[("list.csv", &later), ("root.json", &newer)], &key));
    assert!(!judged(&world, &[("list.csv", &list), ("root.json", &newer)], &key), "an older list");
    assert!(!judged(&world, &[("list.csv", &later), ("root.json", &root)], &key), "an older root");
    world.finish().await;
}

async fn another_server_states_what_was_noted_before(world: World) {
    let id = published(&world, 1).await;
    rounds::make(&world.app).await.expect("rounds");
    // The list changes, and the server that noted it is gone: another one makes the noted map out of the trail.
    published(&world, 2).await;
    retracted(&world, &id).await;
    let other = world.second_server().await;
    let of = |number: u32| vec![(domain::published::KeyOf::Code, code(number))];
    let said = work_absence::state(&other, &of(3)).await.expect("a statement").says;
    assert_eq!((said.rows, said.list), (1, notes(&world).await[0].root.to_string()));
    for number in [1, 2] {
        assert!(work_absence::state(&other, &of(number)).await.is_err(), "{number}: on the noted list, or on the present one");
    }
    world.app.keys.rotate(api::keys::KeyKind::Search).expect("rotated");
    after(&world, 11).await;
    let key = notes(&world).await;
    assert_eq!(key[0].salted_by, key[1].salted_by, "one key a day");
    work_absence::state(&other, &of(1)).await.expect("retracted, and noted");
    world.on("2026-04-02").await;
    assert_ne!(notes(&world).await[0].salted_by, key[0].salted_by);
    other.database.read_clock(&other.clock).await.expect("the clock that was moved");
    work_absence::state(&other, &of(1)).await.expect("a key that another server made");
    world.finish().await;
}

async fn whoever_changes_a_row_is_found_by_its_root(world: World) {
    published(&world, 1).await;
    rounds::make(&world.app).await.expect("rounds");
    let note = notes(&world).await.remove(0);
    let (_, rows) = listed::shown(&world.app.database, note.as_of.day()).await.expect("rows");
    assert!(api::published::examine(&world.app.keys, &note, rows.clone()).is_empty());
    let mut bent = rows.clone();
    bent[0].content = "罚款1元".into();
    assert_eq!(api::published::examine(&world.app.keys, &note, bent).len(), 1);
    assert_eq!(api::published::examine(&world.app.keys, &note, Vec::new()).len(), 2, "the count and the root");
    let unknown = Noted { salted_by: "00000000".into(), ..note };
    assert_eq!(api::published::examine(&world.app.keys, &unknown, rows).len(), 1, "a key that the ring does not have");
    verified(&world);
    world.finish().await;
}

async fn killed_around_a_note_the_list_is_noted_again(world: World) {
    published(&world, 1).await;
    for (step, stands) in [("list_read", 0), ("list_noted", 1)] {
        let mut server = Command::new(binary());
        server.arg("--data").arg(world.folder()).args(["--database", &world.database, "--origin", "test.example/log"]);
        let ended = server.args(["serve", "--listen", "127.0.0.1:0"]).env("XINXIU_TEST_CRASH", step).output().expect("it starts").status;
        assert_eq!(ended.signal(), Some(6), "{step}: it ended there and nowhere else");
        // Another server waits a minute for the timers of one that is gone.
        world.sql("DELETE FROM lease").await.expect("the lease is given up");
        assert_eq!(notes(&world).await.len(), stands, "{step}");
        verified(&world);
    }
    // Nobody has the noted map in memory; what it noted is not noted twice.
    let server = Server::start(&world, None);
    published(&world, 2).await;
    let said = stated(&world, "counter", json!({ "code": code(9), "name": name(9) })).await;
    assert_eq!((&said["rows"], notes(&world).await.len()), (&json!("1"), 1));
    let to = Micros(world.app.clock.now().0 + 11 * 60_000_000);
    acts::operate(&world.app, AdminAct::AdvanceClock { to }, Vec::new()).await.expect("the clock moves");
    until("the changed list is noted", async || notes(&world).await.len() == 2).await;
    server.kill();
    verified(&world);
    world.finish().await;
}
