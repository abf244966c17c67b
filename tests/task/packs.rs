//! The acceptance pack: a stranger counts it again with Python alone, and every planted fault is named.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::json;
use sha2::{Digest, Sha256};

use super::steps::{self, RUN};
use crate::{
    collection::{
        self,
        steps::{licence, operator},
    },
    ledger, on_both,
    support::world::World,
};

on_both!(
    a_stranger_counts_the_pack_again
    what_was_altered_in_a_pack_is_named
    the_log_shows_what_was_left_out
);

/// A house with some work done, and its pack as of today.
async fn packed(world: &World, name: &str, with_log: bool) -> PathBuf {
    let files = api::packs::make(&world.app, RUN, world.app.clock.today(), with_log).await.expect("the house answers").expect("a plan");
    let folder = world.folder().join(name);
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

async fn worked(world: &World) {
    steps::running(world).await;
    for matter in ["LEADING_GROUP", "LEAD_SECTION", "DEDICATED_PERSON"] {
        let person = (matter == "DEDICATED_PERSON").then_some("示例人员");
        let appointed = json!({ "kind": "APPOINTMENT", "matters": [matter], "on": "2026-08-30", "title": "示例文件", "person": person });
        ledger::steps::noted(world, "policy", "policy_office", appointed, "issuedDocument").await;
    }
    for works in [true, false] {
        let link = json!({ "kind": "LINK_CHECK", "matters": ["COLUMN"], "on": "2026-08-30", "title": "核对", "address": "https://example.invalid/", "works": works });
        ledger::steps::noted(world, "policy", "policy_office", link, "screenshot").await;
    }
    let training = json!({ "kind": "TRAINING", "matters": ["AUTHORITY", "PRACTITIONER"], "on": "2026-08-30", "title": "培训", "participants": 20, "hours": 4, "number": "示例〔2026〕2号" });
    ledger::steps::noted(world, "road", "road_transport_centre", training, "issuedDocument").await;
    let wrong = ledger::steps::noted(
        world,
        "road",
        "road_transport_centre",
        ledger::steps::document("WORK_LEDGER", "2026-08-30"),
        "issuedDocument",
    )
    .await;
    world.done("road-head", "withdrawLedgerEntry", json!({ "id": wrong, "reason": "未印发" })).await;
    ledger::steps::noted(world, "yanjiang", "yanjiang", ledger::steps::document("IMPLEMENTING_RULES", "2026-08-30"), "issuedDocument")
        .await;
    collection::steps::brought(world, "operator_basic", &[operator(1), operator(2)]).await;
    collection::steps::brought(world, "licence", &[licence(1, "2026-08-30")]).await;
    collection::steps::frozen(world, "2026-08-30").await;
    world.on("2026-10-09").await;
    let nil = json!({ "kind": "NIL_REPORT", "matters": ["PROPOSALS"], "on": "2026-10-09", "title": "零报告", "period": "2026-10" });
    ledger::steps::noted(world, "road", "road_transport_centre", nil, "evidence").await;
    world.on("2026-11-03").await;
}

/// What the pack's own program prints, what it names, and whether it is content.
fn recounted(folder: &Path) -> (String, String, bool) {
    let done = Command::new("python3").arg(folder.join("recount.py")).arg(folder).output().expect("python3");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&done.stdout), text(&done.stderr), done.status.success())
}

/// The manifest made anew, as somebody would who wants to hide a change.
fn remade(folder: &Path) {
    let mut lines = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("inside").display().to_string();
            if name != "manifest.sha256" {
                lines.push(format!("{:x}  {name}\n", Sha256::digest(fs::read(&path).expect("a file"))));
            }
        }
    }
    fs::write(folder.join("manifest.sha256"), lines.concat()).expect("a file");
}

/// Replaces a text in a file, and makes the manifest anew.
fn changed(folder: &Path, file: &str, old: &str, new: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(text.contains(old), "{file}: {text}");
    fs::write(path, text.replacen(old, new, 1)).expect("a file");
    remade(folder);
}

async fn a_stranger_counts_the_pack_again(world: World) {
    worked(&world).await;
    let board = steps::board(&world, "auditor").await;
    for with_log in [false, true] {
        let folder = packed(&world, if with_log { "logged" } else { "plain" }, with_log).await;
        let (counted, named, content) = recounted(&folder);
        assert!(content, "{named}");
        for line in counted.lines() {
            let [key, due, light, _] = line.split('\t').collect::<Vec<_>>().try_into().expect("four columns");
            let shown = steps::line(&board, key);
            assert_eq!((shown["due"].as_str(), shown["light"].as_str()), (Some(due), Some(light)), "line {key}");
        }
        assert_eq!(counted.lines().count(), 39);
        assert!(counted.contains("\n19\t2027-07-31\tAMBER\t1/8\n"), "{counted}");
        // Without the pack's own figures the numbers are the same.
        for file in ["board.csv", "score.csv", "gaps.md"] {
            fs::remove_file(folder.join(file)).expect("a file");
        }
        remade(&folder);
        assert_eq!(recounted(&folder), (counted, String::new(), true));
    }
    assert_eq!(
        packed(&world, "one", false).await.join("board.csv").exists(),
        packed(&world, "two", false).await.join("board.csv").exists()
    );
    let one = |name: &str| fs::read(world.folder().join(name).join("manifest.sha256")).expect("a manifest");
    assert_eq!(one("one"), one("two"), "one tree, one pack");
    let names = fs::read_to_string(world.folder().join("one/rows/1/counted.csv")).expect("a table");
    assert!(!names.contains("示例人员"), "no name of a person");
    world.finish().await;
}

async fn what_was_altered_in_a_pack_is_named(world: World) {
    worked(&world).await;
    let table = |folder: &Path| fs::read_to_string(folder.join("rows/1/counted.csv")).expect("a table");
    let folder = packed(&world, "entry", false).await;
    let entry = table(&folder).lines().nth(1).and_then(|line| line.rsplit(',').next().map(str::to_owned)).expect("an entry");
    changed(&folder, &format!("entries/{entry}.json"), "policy_office", "policy_offxce");
    let (_, named, content) = recounted(&folder);
    assert!(!content && named.contains(&format!("entries/{entry}.json: it is not in the signed tree")), "{named}");

    let folder = packed(&world, "count", false).await;
    changed(&folder, "board.csv", "AMBER,0", "GREEN,2");
    let (_, named, content) = recounted(&folder);
    assert!(!content && named.contains("board.csv, line"), "{named}");

    let folder = packed(&world, "made-up", false).await;
    changed(&folder, "rows/1/counted.csv", "policy_office", "safety_section");
    let (_, named, content) = recounted(&folder);
    assert!(!content && named.contains("is not what entry"), "{named}");

    let folder = packed(&world, "signature", false).await;
    changed(&folder, "pack.json", "2026-11-03", "2026-09-03");
    let (_, named, content) = recounted(&folder);
    assert!(!content && named.contains("board.csv, line 19"), "{named}");
    let note = fs::read_to_string(folder.join("checkpoint.note")).expect("a note");
    let size = note.lines().nth(1).expect("a size").to_owned();
    changed(&folder, "checkpoint.note", &format!("\n{size}\n"), "\n1\n");
    let (_, named, content) = recounted(&folder);
    assert!(!content && named.contains("the signature is not right"), "{named}");

    let folder = packed(&world, "list", false).await;
    let file = "rows/11/COVERAGE.failing.txt";
    let list = fs::read_to_string(folder.join(file)).expect("a list");
    let failing = list.lines().next().expect("an operator without a licence").to_owned();
    changed(&folder, file, &failing, "nobody");
    let (_, named, content) = recounted(&folder);
    assert!(!content && named.contains(&format!("{file}: it is not the list that was frozen")), "{named}");

    let folder = packed(&world, "silent", false).await;
    fs::write(folder.join("board.csv"), "line\n").expect("a file");
    let (_, named, content) = recounted(&folder);
    assert!(!content && named.contains("board.csv: it is not what the manifest says"), "{named}");
    world.finish().await;
}

async fn the_log_shows_what_was_left_out(world: World) {
    worked(&world).await;
    let folder = packed(&world, "left-out", true).await;
    let table = fs::read_to_string(folder.join("rows/1/counted.csv")).expect("a table");
    let gone = table.lines().nth(2).expect("a second thing").to_owned();
    changed(&folder, "rows/1/counted.csv", &format!("{gone}\n"), "");
    let fact = gone.split(',').next().expect("a fact");
    let (_, named, content) = recounted(&folder);
    assert!(!content && named.contains(&format!("rows/1/counted.csv: {fact} counts and is left out")), "{named}");

    // What was taken back is put among what counts: the log knows that it fell away.
    let folder = packed(&world, "put-back", true).await;
    let fallen = world.texts("SELECT id FROM plan_fact WHERE fallen_on IS NOT NULL").await.remove(0);
    let path = folder.join("rows/unit_ledgers/counted.csv");
    let table = fs::read_to_string(&path).expect("a table");
    fs::write(&path, format!("{table}{fallen},TZ2026-000009,documents,work_ledger,2026-08-30,road_transport_centre,,1\n")).expect("a file");
    remade(&folder);
    let (_, named, content) = recounted(&folder);
    assert!(!content && named.contains(&format!("{fallen} does not count")), "{named}");

    let folder = packed(&world, "log", true).await;
    let log = fs::read_to_string(folder.join("log.jsonl")).expect("a log");
    let shorter: Vec<_> = log.lines().take(log.lines().count() - 1).collect();
    fs::write(folder.join("log.jsonl"), shorter.join("\n") + "\n").expect("a file");
    remade(&folder);
    let (_, named, content) = recounted(&folder);
    assert!(!content && named.contains("log.jsonl: it is not the log that the checkpoint signs"), "{named}");
    world.finish().await;
}
