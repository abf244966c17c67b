//! What waits for somebody is told by the doctor, each with its cure: silent offices, imports that do not end, dead letters.

use api::files::holding::Holding;
use domain::ids::RowId;
use serde_json::json;
use uuid::{NoContext, Timestamp, Uuid};

use super::people::{account, told as asked};
use crate::{cli::program::run, on_both, support::world::World};

on_both!(offices_imports_and_letters_that_wait_are_told_with_their_cure);

/// The line of a check.
fn told(world: &World, check: &str) -> String {
    let data = world.folder().display().to_string();
    let doctor = run(&["--data", &data, "--database", &world.database, "--origin", "test.example/log", "doctor"], &[], "");
    let line = doctor.out.lines().find(|line| line.split_whitespace().nth(1) == Some(check));
    line.unwrap_or_else(|| panic!("{check}: {} {}", doctor.out, doctor.err)).to_owned()
}

fn says(line: &str, words: &[&str]) {
    assert!(words.iter().all(|word| line.contains(word)), "{words:?}: {line}");
}

async fn offices_imports_and_letters_that_wait_are_told_with_their_cure(world: World) {
    says(&told(&world, "offices"), &["ok"]);
    let change = "mutation { changeOffice(input: { office: \"anyue\", telephone: \"\", hoursZh: \"\" }) { refusal { reasons { code } } } }";
    world.query("admin", change, json!({})).await;
    let offices = told(&world, "offices");
    says(&offices, &["warn", "anyue (telephone, hours)", "xinxiu office change", "changeOffice"]);
    assert!(!offices.contains("yanjiang"), "{offices}");

    says(&told(&world, "imports"), &["ok"]);
    let sender = world.query("yanjiang", "{ me { account } }", json!({})).await["me"]["account"].as_str().expect("an id").to_owned();
    // One began a minute ago, one an hour ago: by the machine's own clock.
    let now = api::clock::Clock::real().now().0 / 1_000_000;
    let ids = [60, 3600].map(|ago| {
        let at = u64::try_from(now - ago).expect("after 1970");
        RowId(Uuid::new_v7(Timestamp::from_unix(NoContext, at, 0)))
    });
    for id in ids {
        let row = format!(
            "INSERT INTO import_file (id, file, office, layout, process, account, rows, arrived, status, committed_on, cleared) \
             VALUES ('{id}', 'yanjiang|{id}', 'yanjiang', 'penalty_records', 'publication_record', '{sender}', 90, 50, 'arriving', '2026-04-01', 0)"
        );
        world.sql_inside(&row).await.expect("the row is forged");
    }
    let line = told(&world, "imports");
    says(&line, &["warn", &ids[1].to_string(), "yanjiang", "50 of 90", "its program has ended", "xinxiu serve"]);
    assert!(!line.contains(&ids[0].to_string()), "a minute is not long: {line}");
    let holding = Holding::take(&world.app, ids[1]).await.expect("nobody holds it");
    says(&told(&world, "imports"), &["held by", &format!("process {}", std::process::id()), "giveUpImport"]);
    says(&told(&world, "imports"), &["held by"]); // looking at it takes nothing away
    holding.end(&world.app).await;
    says(&told(&world, "imports"), &["its program has ended"]);
    world.sql_inside("DELETE FROM import_file").await.expect("the forged rows are gone");

    says(&told(&world, "outbox"), &["ok"]);
    // Two seats that the leader is asked to confirm are two letters.
    for (login, office) in [("stranger", "anyue"), ("company", "lezhi")] {
        let account = account(&world, login).await;
        assert_eq!(asked(&world, "admin", &format!("grantRole(account: {account}, rank: HEAD, office: \"{office}\")")).await, None);
    }
    for (code, place) in [("550", 0), ("ADDRESS_UNKNOWN", 1)] {
        let sql = format!(
            "UPDATE notice SET status = 'dead', last_code = '{code}', last_reply = 'no' WHERE id = (SELECT id FROM notice WHERE status = 'waiting' ORDER BY id LIMIT 1)"
        );
        world.sql(&sql).await.unwrap_or_else(|fault| panic!("letter {place}: {fault}"));
    }
    let line = told(&world, "outbox");
    says(
        &line,
        &["warn", "2 dead letters", "1 × 550", "1 × ADDRESS_UNKNOWN", "mail list --status dead", "mail resend --code", "ask the recipient"],
    );
    world.finish().await;
}
