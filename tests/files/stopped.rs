//! Imports that do not reach their end: the program dies at every step, a row is refused, the office gives it up. Nothing is
//! half there, and the same file can be brought again.

use api::files::{ended, holding::Holding};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    arriving::{committed, died, import, table},
    penalties::sent,
};
use crate::{
    house::crash::{Server, verified},
    on_both,
    support::{
        patience::until,
        world::{World, record},
    },
    trail::tampering::one,
};

on_both!(
    ended_at_each_step_of_an_import
    ended_while_it_is_taken_away
    a_refused_row_gives_the_file_up
    the_office_gives_it_up
    the_same_key_tells_how_it_stands
);

async fn counting(world: &World) -> i64 {
    let data = world.query("auditor", "{ cases(process: PUBLICATION_RECORD, first: 100) { nodes { id } } }", json!({})).await;
    i64::try_from(data["cases"]["nodes"].as_array().map_or(0, Vec::len)).expect("few")
}

async fn ended_at_each_step_of_an_import(world: World) {
    let upload = sent(&world, "yanjiang", table(90)).await;
    // Each step with how many rows are there when the program has ended in it.
    for (step, there) in [("import_begun", 0), ("import_piece", 50), ("import_half", 50), ("import_arrived", 90)] {
        died(&world, &upload, step).await;
        let file = import(&world.app).await;
        assert_eq!((file.status.key(), file.arrived), ("arriving", there), "{step}");
        assert_eq!(counting(&world).await, 0, "{step}: nobody sees a part");
        verified(&world);
        // The next start gives it up, by itself.
        let server = Server::start(&world, None);
        until("the next start gives it up", async || {
            let file = import(&world.app).await;
            file.status.key() == "given_up" && file.cleared == file.arrived
        })
        .await;
        server.kill();
        let file = import(&world.app).await;
        assert_eq!((file.status.key(), file.cleared), ("given_up", there), "{step}");
        let entries: i64 = one(&world, "SELECT count(*) FROM audit_entry WHERE verb = 'give_up_import'").await;
        let files: i64 = one(&world, "SELECT count(*) FROM import_file").await;
        assert_eq!(entries, files, "{step}: one entry each");
        assert_eq!(counting(&world).await, 0, "{step}");
        verified(&world);
    }
    // After the last act the file is whole, whatever happens to the program.
    died(&world, &upload, "import_whole").await;
    assert_eq!((import(&world.app).await.status.key(), counting(&world).await), ("whole", 90));
    let server = Server::start(&world, None);
    until("no letter is held", async || one::<i64>(&world, "SELECT count(*) FROM notice WHERE status = 'held'").await == 0).await;
    server.kill();
    assert_eq!(
        one::<i64>(&world, "SELECT count(*) FROM notice WHERE status = 'held'").await,
        0,
        "its letters are let go at the next start"
    );
    verified(&world);
    world.finish().await;
}

async fn ended_while_it_is_taken_away(world: World) {
    let upload = sent(&world, "yanjiang", table(130)).await;
    died(&world, &upload, "import_arrived").await;
    for (step, cleared) in [("import_given_up", 0), ("import_clearing", 50), ("import_clearing", 100)] {
        Server::start(&world, Some(step)).ended();
        let file = import(&world.app).await;
        assert_eq!((file.status.key(), file.cleared), ("given_up", cleared), "{step}");
        verified(&world);
    }
    ended::tidy(&world.app).await.expect("it is tidied");
    assert_eq!(import(&world.app).await.cleared, 130);
    let acts: i64 = one(&world, "SELECT count(*) FROM audit_entry WHERE verb = 'clear_import'").await;
    assert_eq!(acts, 3, "what was taken away is not taken away again");
    world.finish().await;
}

/// Runs a commit and does something else once rows arrive.
async fn meanwhile<T>(world: &World, upload: &Value, other: impl AsyncFnOnce(Value) -> T) -> (Value, T) {
    let run = committed(world, upload, Uuid::new_v4());
    let act = async {
        loop {
            let found =
                world.query("yanjiang", "{ fileImports(office: \"yanjiang\", first: 1) { id status arrived rows } }", json!({})).await;
            let newest = found["fileImports"][0].clone();
            if newest["status"] == "ARRIVING" && newest["arrived"].as_i64().is_some_and(|arrived| arrived > 0) {
                break other(newest).await;
            }
            assert!(newest.is_null() || newest["status"] == "ARRIVING", "it was over before anybody looked: {newest}");
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(run, act)
}

async fn a_refused_row_gives_the_file_up(world: World) {
    let upload = sent(&world, "yanjiang", table(1200)).await;
    let mut input = record(1200);
    for (field, text) in
        [("decisionNumber", "雁交罚〔2026〕1200号"), ("bodyName", "雁江区交通运输局"), ("subjectName", "雁江示例01200运输有限公司")]
    {
        input[field] = json!(text);
    }
    // Somebody records by hand what the file's last row says, after it was checked.
    let (done, made) = meanwhile(&world, &upload, async |_| {
        world.done("yanjiang", "registerPublicationRecord", json!({ "office": "yanjiang", "record": input })).await
    })
    .await;
    assert_eq!(
        (&done["opened"], &done["import"]["status"], &done["import"]["givenUp"], &done["import"]["refusedRow"]),
        (&json!(0), &json!("GIVEN_UP"), &json!("ROW_REFUSED"), &json!(1201)),
        "{done}"
    );
    assert_eq!(
        (&done["refusal"]["reasons"][0]["code"], &done["entry"]["verb"]),
        (&json!("SUCH_RECORD_EXISTS"), &json!("give_up_import")),
        "{done}"
    );
    assert_eq!(counting(&world).await, 1, "what was made by hand stands");
    let kept = world.query("yanjiang", "query($id: ID!) { case(id: $id) { subject { name uscc } } }", json!({ "id": made["id"] })).await;
    assert_eq!(kept["case"]["subject"]["name"], "雁江示例01200运输有限公司", "{kept}");
    let file = import(&world.app).await;
    assert_eq!(file.cleared, file.arrived, "nothing of the file is left");
    world.finish().await;
}

async fn the_office_gives_it_up(world: World) {
    let upload = sent(&world, "yanjiang", table(1500)).await;
    let give_up = "mutation($input: GiveUpImportInput!) { giveUpImport(input: $input) { import { status givenUp } entry { verb } refusal { reasons { code } } } }";
    let (done, answers) = meanwhile(&world, &upload, async |newest| {
        let input = json!({ "input": { "import": newest["id"], "idempotencyKey": Uuid::new_v4() } });
        let stranger = world.ask(Some(&world.token("anyue").await), give_up, input.clone()).await;
        let auditor =
            world.query("auditor", give_up, json!({ "input": { "import": newest["id"], "idempotencyKey": Uuid::new_v4() } })).await;
        let head = world.query("yanjiang-head", give_up, input.clone()).await;
        (stranger, auditor, head, world.query("yanjiang-head", give_up, input).await)
    })
    .await;
    let (stranger, auditor, head, again) = answers;
    assert_eq!(stranger["errors"][0]["extensions"]["code"], "NOT_FOUND", "{stranger}");
    assert_eq!(auditor["giveUpImport"]["refusal"]["reasons"][0]["code"], "ROLE_DOES_NOT_ALLOW", "{auditor}");
    assert_eq!(
        (&head["giveUpImport"]["entry"]["verb"], &head["giveUpImport"]["import"]["givenUp"]),
        (&json!("give_up_import"), &json!("CANCELLED")),
        "{head}"
    );
    assert_eq!(again["giveUpImport"]["entry"], head["giveUpImport"]["entry"], "the same key, the same answer");
    assert_eq!(
        (&done["opened"], &done["import"]["status"], &done["refusal"]["reasons"][0]["code"]),
        (&json!(0), &json!("GIVEN_UP"), &json!("IMPORT_OVER")),
        "{done}"
    );
    assert_eq!(counting(&world).await, 0);
    ended::tidy(&world.app).await.expect("it is tidied");
    let file = import(&world.app).await;
    assert!(file.arrived < 1500 && file.cleared == file.arrived, "{file:?}");
    world.finish().await;
}

async fn the_same_key_tells_how_it_stands(world: World) {
    let upload = sent(&world, "yanjiang", table(60)).await;
    let key = Uuid::new_v4();
    let first = committed(&world, &upload, key).await;
    let again = committed(&world, &upload, key).await;
    for field in ["opened", "import", "entry"] {
        assert_eq!(first[field], again[field], "{field}");
    }
    assert_eq!((&again["opened"], &again["import"]["status"]), (&json!(60), &json!("WHOLE")), "{again}");
    // Nobody holds it any more, and nobody gives up what is whole.
    let whole = import(&world.app).await;
    assert!(Holding::nobody(&world.app, whole.id).await.expect("it looks"));
    let give_up = "mutation($input: GiveUpImportInput!) { giveUpImport(input: $input) { refusal { reasons { code } } } }";
    let answer = world.query("yanjiang", give_up, json!({ "input": { "import": whole.id.0, "idempotencyKey": Uuid::new_v4() } })).await;
    assert_eq!(answer["giveUpImport"]["refusal"]["reasons"][0]["code"], "IMPORT_OVER", "{answer}");
    world.finish().await;
}
