//! Papers: on the disk before they are acknowledged, and looked at whenever they are read.

use std::process::{Command, Stdio};

use api::{
    app::Place,
    keeping::doctor::{self, Health},
};
use serde_json::json;

use crate::{
    cli::{
        house::served,
        program::{binary, run},
    },
    on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(
    a_changed_or_lost_paper_is_named_and_not_handed_out
    a_paper_is_on_the_disk_before_it_is_acknowledged
    a_disk_that_takes_nothing_shows_at_readyz
);

async fn a_changed_or_lost_paper_is_named_and_not_handed_out(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let proof = world.paper("road", "履行证明").await;
    world.done("road", "recordDutiesDone", json!({ "id": id, "doneOn": "2026-04-01", "proofOfPerformance": proof })).await;
    let query = "query($id: ID!) { case(id: $id) { number documents { path } } }";
    let case = world.query("road", query, json!({ "id": id })).await["case"].clone();
    let path = case["documents"][0]["path"].as_str().unwrap().to_owned();
    let place =
        Place { database: world.database.clone(), folder: world.folder().to_owned(), origin: "test.example/log".into(), second: None };
    let said = async || {
        let found = doctor::examine(&place).await.into_iter().find(|finding| finding.check == "papers").expect("a finding");
        let data = world.folder().display().to_string();
        let verify = run(&["--data", &data, "--database", &world.database, "--origin", "test.example/log", "audit", "verify"], &[], "");
        (found.health, found.words, verify)
    };
    let (health, words, verify) = said().await;
    assert_eq!((health, verify.code), (Health::Ok, 0), "{words} {}", verify.out);
    let file = world.app.documents.join(api::evidence::digest("paper 履行证明".as_bytes()));
    let bytes = std::fs::read(&file).expect("it is named by its digest");
    std::fs::write(&file, "another paper").unwrap();
    let answer = crate::support::patience::client()
        .get(format!("{}{path}", world.url))
        .bearer_auth(world.token("road").await)
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status().as_u16(), 500, "what is no longer the paper is not handed out");
    assert!(!answer.text().await.unwrap().contains("another paper"));
    let digest = api::evidence::digest(&bytes);
    for (change, word) in [(None, "SHA-256 differs"), (Some(()), "is lost")] {
        if change.is_some() {
            std::fs::remove_file(&file).unwrap();
        }
        let (health, words, verify) = said().await;
        assert_eq!((health, verify.code), (Health::Fail, 1), "{words} {}", verify.out);
        for told in [words, verify.out] {
            assert!(told.contains(word) && told.contains(&digest) && told.contains(case["number"].as_str().unwrap()), "{told}");
        }
    }
    // The same paper once more mends it.
    world.paper("road", "履行证明").await;
    assert_eq!(said().await.2.code, 0);
    world.finish().await;
}

async fn a_paper_is_on_the_disk_before_it_is_acknowledged(world: World) {
    let token = world.token("road").await;
    let trace = world.folder().join("trace");
    let mut command = Command::new("strace");
    command
        .args(["-f", "-s", "200", "-e", "trace=fsync,fdatasync,rename,renameat,renameat2,openat,write,writev,sendto", "-o"])
        .arg(&trace)
        .arg(binary());
    command.arg("--data").arg(world.folder()).args([
        "--database",
        &world.database,
        "--origin",
        "test.example/log",
        "serve",
        "--listen",
        "127.0.0.1:0",
    ]);
    let (mut server, url) = served(command.stdin(Stdio::null()));
    let answer = crate::support::patience::client()
        .post(format!("{url}/documents"))
        .bearer_auth(token)
        .body("a paper to be kept")
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status().as_u16(), 201);
    let digest = api::evidence::digest(b"a paper to be kept");
    let ended = Command::new("kill").args(["-TERM", &child_of(server.id())]).status();
    assert!(ended.is_ok_and(|status| status.success()));
    server.wait().unwrap();
    let text = String::from_utf8_lossy(&std::fs::read(&trace).unwrap()).into_owned();
    let lines: Vec<_> = text.lines().collect();
    let after = |from: usize, words: &[&str]| {
        let found = lines[from..].iter().position(|line| words.iter().all(|word| line.contains(word)));
        from + found.unwrap_or_else(|| {
            panic!(
                "no {words:?} after line {from} in\n{}",
                lines.iter().filter(|line| line.contains(&digest) || line.contains("fsync")).copied().collect::<Vec<_>>().join("\n")
            )
        })
    };
    // The file's own sync, its name, and the folder's sync, in that order, all before the answer goes out.
    let made = after(0, &["openat(", &digest]);
    let synced = after(made, &["fsync("]);
    let named = after(synced, &["rename", &digest]);
    let folder = after(named, &["fsync("]);
    let told = after(made, &["HTTP/1.1 201"]);
    assert!(folder < told, "{made} {synced} {named} {folder} {told}");
    world.finish().await;
}

/// The program that strace runs.
fn child_of(process: u32) -> String {
    let children = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children")).expect("its children");
    children.split_whitespace().next().expect("one").to_owned()
}

async fn a_disk_that_takes_nothing_shows_at_readyz(world: World) {
    let ready = async || {
        let answer = reqwest::get(format!("{}/readyz", world.url)).await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let full = if world.database.starts_with("sqlite") {
        "CREATE TRIGGER full BEFORE INSERT ON house BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
    } else {
        "CREATE FUNCTION full_disk() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$ LANGUAGE plpgsql; CREATE TRIGGER full_disk BEFORE INSERT ON house FOR EACH ROW EXECUTE FUNCTION full_disk()"
    };
    world.sql(full).await.expect("a trigger");
    let (status, words) = ready().await;
    assert!(status == 503 && words.contains("disk"), "{status} {words}");
    world
        .sql(if world.database.starts_with("sqlite") {
            "DROP TRIGGER full"
        } else {
            "DROP TRIGGER full_disk ON house; DROP FUNCTION full_disk()"
        })
        .await
        .expect("gone");
    assert_eq!(ready().await, (200, "ready\n".to_owned()));
    // Within ten seconds it does not write again.
    let first = world.app.database.fact("ready_at").await.expect("a fact");
    assert!(first.is_some());
    assert_eq!(ready().await.0, 200);
    assert_eq!(world.app.database.fact("ready_at").await.expect("a fact"), first);
    world.finish().await;
}
