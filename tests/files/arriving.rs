//! While a file arrives nobody meets its rows: on no page, in no list, count, search or file, at no desk, in no letter, by no
//! timer. Once it is whole everybody does who may, from that day on.

use std::collections::BTreeSet;

use api::{
    app::App,
    door::Answer,
    files::{ended, holding::Holding},
    graphql::core::node,
    store::entities::{cases, import_file},
};
use domain::{
    admin::AdminAct,
    command::Actor,
    ids::{AccountId, RowId},
    process::Process,
    rows::{Case, ImportFile},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    penalties::sent,
    tables::{HEADERS, csv, good},
};
use crate::{
    house::crash::Server,
    on_both,
    repair::steps,
    support::{
        patience::whole,
        world::{World, record, said},
    },
    trail::tampering::one,
};

on_both!(
    no_reader_meets_a_row_that_arrives
    such_a_record_is_told_to_arrive
    what_a_dead_program_leaves_is_taken_away
    another_server_leaves_a_living_import_alone
);

/// A county's table: a published record of the company that is bound, one that is not published, one that the head determines.
pub fn table(rows: u32) -> Vec<u8> {
    let headers: Vec<_> = HEADERS.iter().copied().chain(["罚款档次", "公示起始日"]).collect();
    let row = |number: u32| {
        let mut cells = good(number);
        cells.extend([String::new(), String::new()]);
        let texts: &[(usize, &str)] = match number % 3 {
            1 => &[(17, "较大数额"), (18, "2026-04-01")],
            2 => &[(7, "警告"), (8, "警告"), (9, ""), (16, "简易程序")],
            _ => &[],
        };
        for (at, text) in texts {
            (*text).clone_into(&mut cells[*at]);
        }
        cells
    };
    csv(&headers, &(1..=rows).map(row).collect::<Vec<_>>()).into_bytes()
}

/// Hands a commit in to another server, whose program ends at a step.
pub async fn died(world: &World, upload: &Value, step: &str) {
    let token = world.token("yanjiang").await;
    let server = Server::start(world, Some(step));
    let query = "mutation($input: CommitFileInput!) { commitFile(input: $input) { opened } }";
    let input = json!({ "layout": "PENALTY_RECORDS", "office": "yanjiang", "upload": upload, "idempotencyKey": Uuid::new_v4() });
    let body = json!({ "query": query, "variables": { "input": input } });
    let answer = crate::support::patience::client().post(&server.url).bearer_auth(token).json(&body).send().await;
    assert!(answer.is_err(), "{step} comes before the answer");
    server.ended();
}

/// An import that has begun, of which no row has arrived; its id.
pub async fn begun(world: &World, login: &str, office: &str) -> Uuid {
    let id = RowId(Uuid::now_v7());
    let act = AdminAct::ImportFile {
        id,
        file_sha256: id.to_string(),
        layout: "penalty_records".to_owned(),
        process: Some(Process::PublicationRecord),
        office: office.to_owned(),
        rows: 3,
    };
    let command = world.app.about_the_house(Actor::Account(account(world, login).await), act);
    let answer = world.app.submit(command, None, None, Vec::new(), false).await;
    assert!(matches!(answer, Ok(Answer::Accepted(_))), "{answer:?}");
    id.0
}

/// The newest import.
pub async fn import(app: &App) -> ImportFile {
    let found = import_file::Entity::find().order_by_desc(import_file::Column::Id).one(app.database.pool()).await.expect("a read");
    found.expect("an import").row().expect("a row")
}

/// The cases of an import, whether or not they count.
async fn rows(app: &App, import: RowId) -> Vec<Case> {
    let found = cases::Entity::find().filter(cases::Column::Import.eq(import.to_string())).order_by_asc(cases::Column::Number);
    found.all(app.database.pool()).await.expect("a read").into_iter().map(|row| row.row().expect("a case")).collect()
}

async fn account(world: &World, login: &str) -> AccountId {
    world.query(login, "{ me { account } }", json!({})).await["me"]["account"].as_str().expect("an account").parse().expect("an id")
}

/// Everything that anybody reads, by what it is.
async fn read(world: &World, base: &str, rows: &[Case]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let list = "query($process: Process!, $search: String) { cases(process: $process, search: $search, first: 100) { nodes { id number subject { name } } } }";
    let first = &rows[0];
    let searches = [json!(null), json!("雁江示例"), json!(first.number), json!(good(3)[2])];
    for login in ["auditor", "policy", "yanjiang", "yanjiang-head", "company"] {
        // The company's own is one of them.
        for search in &searches[..if login == "company" { 1 } else { searches.len() }] {
            let answer = world.query(login, list, json!({ "process": "PUBLICATION_RECORD", "search": search })).await;
            found.push((format!("cases, search {search}, {login}"), answer.to_string()));
        }
    }
    let ids: Vec<_> = rows.iter().map(|case| node::global("Case", &case.id.to_string())).collect();
    let subjects: Vec<_> = rows.iter().filter_map(|case| case.subject).map(|id| node::global("Subject", &id.to_string())).collect();
    let page = "query($ids: [ID!]!, $number: String!) { nodes(ids: $ids) { id __typename ... on Case { number } } case(number: $number) { id number } }";
    let own = json!({ "ids": ids.iter().take(50).collect::<Vec<_>>(), "number": first.number });
    let theirs = json!({ "ids": subjects.iter().skip(2).take(50).collect::<Vec<_>>(), "number": rows[1].number });
    for login in ["auditor", "yanjiang", "yanjiang-head"] {
        found.push((format!("by id and number, {login}"), world.query(login, page, own.clone()).await.to_string()));
        found.push((format!("subjects, {login}"), world.query(login, page, theirs.clone()).await.to_string()));
    }
    found.push((
        "work list".to_owned(),
        world.query("yanjiang-head", "{ workList(first: 100) { nodes { id number } } }", json!({})).await.to_string(),
    ));
    let counts = "query($base: ID!) { groundCounts(base: $base, listType: \"overloading\", grounds: [\"vehicle_over_3\"]) { rules { records { number } } } }";
    found.push(("ground counts".to_owned(), world.query("road", counts, json!({ "base": base })).await.to_string()));
    let public = "query($number: String!) { published(first: 100) { nodes { number } } publishedEntry(number: $number) { number } }";
    found.push(("public list".to_owned(), world.ask(None, public, json!({ "number": first.number })).await.to_string()));
    found.push(("published.csv".to_owned(), String::from_utf8(world.get("auditor", "/files/published.csv").await).expect("text")));
    let letters = api::work::outbox::list(&world.app, None, 1000).await.expect("the outbox");
    let letters: Vec<_> = letters.into_iter().filter(|letter| letter.status != "held").map(|letter| letter.arguments).collect();
    found.push(("letters".to_owned(), letters.join("\n")));
    found.push(("digests".to_owned(), letters.iter().filter(|text| text.contains("desk_digest")).cloned().collect::<Vec<_>>().join("\n")));
    found
}

/// By what the rows of an import are told from everything else.
fn marks(rows: &[Case]) -> BTreeSet<String> {
    let of = |case: &Case| [case.number.clone(), case.id.to_string(), node::global("Case", &case.id.to_string()).to_string()];
    let subjects = rows.iter().skip(2).filter_map(|case| case.subject).map(|id| node::global("Subject", &id.to_string()).to_string());
    let names = (3..=60).map(|number| good(number)[0].clone());
    rows.iter().flat_map(of).chain(subjects).chain(names).chain(["雁交罚".to_owned()]).collect()
}

fn met(text: &str, marks: &BTreeSet<String>) -> bool {
    marks.iter().any(|mark| text.contains(mark))
}

/// Acts that would touch a row.
async fn act_on(world: &World, row: &Case) {
    let id = node::global("Case", &row.id.to_string()).to_string();
    let key = Uuid::new_v4();
    for (login, name, input) in [
        ("yanjiang", "publishPublicationRecord", json!({ "id": id })),
        ("company", "openRepairApplication", json!({ "record": id, "application": steps::application() })),
    ] {
        let answer = world.act(login, name, input).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND", "{name}: {answer}");
    }
    let claim = "mutation($id: ID!, $key: UUID!) { claimCase(id: $id, idempotencyKey: $key) { entry { verb } } }";
    let answer = world.ask(Some(&world.token("yanjiang").await), claim, json!({ "id": id, "key": key })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND", "{answer}");
    let erase = "mutation($id: ID!) { erasePersonalValues(input: { case: $id, ground: TERM_OVER }) { entry { verb } refusal { reasons { code } } } }";
    let answer = world.ask(Some(&world.token("admin").await), erase, json!({ "id": id })).await;
    assert!(
        answer["data"]["erasePersonalValues"]["entry"].is_null() || !answer["data"]["erasePersonalValues"]["refusal"].is_null(),
        "{answer}"
    );
}

async fn no_reader_meets_a_row_that_arrives(world: World) {
    // The first two companies are known, under the names that the file gives them.
    let known = |number: u32| {
        let mut input = record(number);
        input["subjectName"] = json!(good(number)[0]);
        input
    };
    let base = steps::registered(&world, known(1)).await;
    steps::registered(&world, known(2)).await;
    steps::bound(&world, 2).await;
    let upload = sent(&world, "yanjiang", table(60)).await;
    died(&world, &upload, "import_arrived").await;
    let file = import(&world.app).await;
    assert_eq!((file.arrived, file.rows, file.status.key()), (60, 60, "arriving"), "every row is there, and the last act is not");
    let holding = Holding::take(&world.app, file.id).await.expect("nobody holds it");
    let rows = rows(&world.app, file.id).await;
    let marks = marks(&rows);
    // Days go by: the first day of publication passes, deadlines pass, digests go out.
    for day in ["", "2026-04-02", "2026-04-20"] {
        if day.is_empty() {
            api::work::rounds::make(&world.app).await.expect("rounds");
        } else {
            world.on(day).await;
        }
        for (what, text) in read(&world, &base, &rows).await {
            assert!(!met(&text, &marks), "{day}, {what}: {text}");
        }
    }
    act_on(&world, &rows[0]).await;
    let held: i64 = one(&world, "SELECT count(*) FROM notice WHERE status = 'held'").await;
    assert!(held > 0, "letters wait for the file");
    let rung: i64 =
        one(&world, "SELECT count(*) FROM audit_entry e JOIN cases c ON c.id = e.case_id WHERE c.import IS NOT NULL AND e.version > 1")
            .await;
    assert_eq!(rung, 0, "nothing has rung");
    let missing = "query($uscc: String!) { cases(process: PUBLICATION_RECORD, search: $uscc, first: 1) { nodes { id } } }";
    assert_eq!(world.query("auditor", missing, json!({ "uscc": good(4)[2] })).await["cases"]["nodes"], json!([]));

    let finish = AdminAct::FinishImport { id: file.id, cause: u64::try_from(file.entry.expect("an entry")).expect("a number") };
    let answer = world
        .app
        .submit(world.app.about_the_house(Actor::Account(account(&world, "yanjiang").await), finish), None, None, Vec::new(), false)
        .await;
    assert!(matches!(answer, Ok(Answer::Accepted(_))), "{answer:?}");
    holding.end(&world.app).await;
    api::work::rounds::make(&world.app).await.expect("rounds");
    world.on("2026-04-21").await;
    let held: i64 = one(&world, "SELECT count(*) FROM notice WHERE status = 'held'").await;
    assert_eq!(held, 0, "every letter is on its way");
    for (what, text) in read(&world, &base, &rows).await {
        assert!(met(&text, &marks), "{what} does not see what is whole, so it proves nothing: {text}");
    }
    let shown: String = one(&world, &format!("SELECT shown_from FROM listed WHERE id = '{}'", rows[0].id)).await;
    assert_eq!(shown, "2026-04-20", "nothing was published while nobody could see it");
    world.finish().await;
}

async fn such_a_record_is_told_to_arrive(world: World) {
    let upload = sent(&world, "yanjiang", table(60)).await;
    died(&world, &upload, "import_half").await;
    let file = import(&world.app).await;
    let holding = Holding::take(&world.app, file.id).await.expect("nobody holds it");
    let mut input = record(3);
    for (field, text) in
        [("decisionNumber", "雁交罚〔2026〕3号"), ("bodyName", "雁江区交通运输局"), ("subjectName", "雁江示例00003运输有限公司")]
    {
        input[field] = json!(text);
    }
    let reason = world
        .refused("yanjiang", "registerPublicationRecord", json!({ "office": "yanjiang", "record": input.clone() }), "SUCH_RECORD_EXISTS")
        .await;
    assert!(
        Some(said(&reason["message"]))
            .as_deref()
            .is_some_and(|said| said.contains("正在随文件导入") && said.contains("arrives with a file")),
        "{reason}"
    );
    // The same file again is told how far it is.
    let tried = committed(&world, &upload, Uuid::new_v4()).await;
    assert!(tried["check"]["problems"].as_array().is_some_and(|all| all.iter().any(|one| one["code"] == "FILE_ARRIVING")), "{tried}");
    // Its dead program lets go: the file is given up by an entry, the record can be made by hand, and the number is another one.
    holding.end(&world.app).await;
    assert_eq!(ended::tidy(&world.app).await.expect("it is tidied"), 1);
    let last = rows(&world.app, file.id).await.last().expect("rows").number.clone();
    let made = world.done("yanjiang", "registerPublicationRecord", json!({ "office": "yanjiang", "record": input })).await;
    assert!(made["number"].as_str().is_some_and(|number| number > last.as_str()), "{made} after {last}");
    world.finish().await;
}

pub async fn committed(world: &World, upload: &Value, key: Uuid) -> Value {
    let query = "mutation($input: CommitFileInput!) { commitFile(input: $input) { opened import { id status arrived rows givenUp refusedRow } check { ended done all problemCount problems { code row } } entry { number verb } refusal { reasons { code message { zh en } } } } }";
    let input = json!({ "layout": "PENALTY_RECORDS", "office": "yanjiang", "upload": upload, "idempotencyKey": key });
    whole(world, "yanjiang", query, json!({ "input": input })).await
}

/// Two drivers and a company: what a program that died has left of them.
/// A table of records of human beings.
pub(super) fn drivers(count: u32) -> Vec<u8> {
    let headers = [
        "行政相对人名称",
        "行政相对人类别",
        "证件类型",
        "证件号码",
        "行政处罚决定书文号",
        "违法行为类型",
        "违法事实",
        "处罚依据",
        "处罚类别",
        "处罚内容",
        "处罚决定日期",
        "处罚有效期",
        "处罚机关",
        "处罚机关统一社会信用代码",
        "数据来源单位",
        "数据来源单位统一社会信用代码",
        "处罚程序",
    ];
    let body = api::city::demo::invented_uscc("512002", 900_001);
    let driver = |number: u32| {
        let cells = [
            &format!("示例驾驶员{number}"),
            "自然人",
            "身份证",
            &api::city::demo::invented_resident_id(number),
            &format!("雁交罚〔2026〕{number}号"),
            "超限运输",
            "超限",
            "《公路安全保护条例》",
            "警告",
            "警告",
            "2026-03-20",
            "2099-12-31",
            "雁江区交通运输局",
            &body,
            "雁江区交通运输局",
            &body,
            "普通程序",
        ];
        cells.map(str::to_owned).to_vec()
    };
    csv(&headers, &(1..=count).map(driver).collect::<Vec<_>>()).into_bytes()
}

async fn what_a_dead_program_leaves_is_taken_away(world: World) {
    // The first driver has a record of the house's own.
    let mut own = record(1);
    for (field, value) in [
        ("subjectKind", json!("NATURAL_PERSON")),
        ("uscc", json!(null)),
        ("residentId", json!(api::city::demo::invented_resident_id(1))),
        ("subjectName", json!("示例驾驶员1")),
    ] {
        own[field] = value;
    }
    let own = steps::registered(&world, own).await;
    let upload = sent(&world, "yanjiang", drivers(120)).await;
    died(&world, &upload, "import_half").await;
    let file = import(&world.app).await;
    assert!(file.arrived >= 60 && file.arrived < 120, "{file:?}");
    let left = "SELECT count(*) FROM personal_value p JOIN audit_entry e ON e.idx = p.entry JOIN cases c ON c.id = e.case_id WHERE c.import IS NOT NULL AND p.erased_at IS NULL";
    assert!(one::<i64>(&world, left).await > 0);

    assert_eq!(ended::tidy(&world.app).await.expect("it is tidied"), 1);
    let file = import(&world.app).await;
    assert_eq!(
        (file.status.key(), file.given_up.map(domain::import::GivenUpWhy::key), file.cleared),
        ("given_up", Some("stopped"), file.arrived)
    );
    assert_eq!(one::<i64>(&world, left).await, 0, "no personal value of a row is left");
    let running = "SELECT (SELECT count(*) FROM deadline d JOIN cases c ON c.id = d.case_id WHERE c.import IS NOT NULL AND d.status IN ('open', 'paused')) + (SELECT count(*) FROM work_item w JOIN cases c ON c.id = w.case_id WHERE c.import IS NOT NULL AND w.status = 'open')";
    assert_eq!(one::<i64>(&world, running).await, 0, "nothing waits or runs");
    let unsent = "SELECT count(*) FROM notice n JOIN cases c ON c.id = n.case_id WHERE c.import IS NOT NULL AND n.status <> 'dropped'";
    assert_eq!(one::<i64>(&world, unsent).await, 0, "no letter will go out");
    let found = "SELECT count(*) FROM credit_subject WHERE id_number_hash IS NOT NULL";
    assert_eq!(one::<i64>(&world, found).await, 1, "only the driver of the house's own record is found");
    let name = world.query("road", "query($id: ID!) { case(id: $id) { subject { name } } }", json!({ "id": own })).await;
    assert_eq!(name["case"]["subject"]["name"], "示例驾驶员1", "a subject that something else names keeps its values");
    assert_eq!(ended::tidy(&world.app).await.expect("once"), 0);
    // The same file is taken again, under other numbers.
    let highest: String = one(&world, "SELECT max(number) FROM cases WHERE import IS NOT NULL").await;
    let again = committed(&world, &upload, Uuid::new_v4()).await;
    assert_eq!((&again["opened"], &again["import"]["status"]), (&json!(120), &json!("WHOLE")), "{again}");
    let lowest: String =
        one(&world, "SELECT min(c.number) FROM cases c JOIN import_file f ON f.id = c.import WHERE f.status = 'whole'").await;
    assert!(lowest > highest, "{lowest} after {highest}");
    world.finish().await;
}

async fn another_server_leaves_a_living_import_alone(world: World) {
    let upload = sent(&world, "yanjiang", table(600)).await;
    let second = world.second_server().await;
    world.token("yanjiang").await;
    let mut looked = 0;
    let done = {
        let run = committed(&world, &upload, Uuid::new_v4());
        tokio::pin!(run);
        loop {
            tokio::select! {
                done = &mut run => break done,
                () = tokio::time::sleep(std::time::Duration::from_millis(20)) => {
                    looked += u32::from(!api::files::found::of_office(&second, "yanjiang", None, 1).await.expect("a read").is_empty());
                    assert_eq!(ended::tidy(&second).await.expect("it looks"), 0, "it lives");
                }
            }
        }
    };
    assert_eq!((&done["opened"], &done["import"]["status"]), (&json!(600), &json!("WHOLE")), "{done}");
    assert!(looked > 0, "the other server looked while it arrived");
    world.finish().await;
}
