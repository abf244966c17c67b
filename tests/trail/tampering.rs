//! One value changed behind the door's back, in every column of every table that the trail accounts for: each is named.

use std::collections::{BTreeMap, BTreeSet};

use api::{city::acts, people::sealing, store::verify};
use domain::{admin::AdminAct, ids::RowId, rows::Table};
use sea_orm::ConnectionTrait;
use serde_json::json;
use workflows::law::LawFiles;

use crate::{
    listing, on_both,
    repair::steps,
    support::world::{World, record},
};

on_both!(a_sealed_text_that_is_lost_or_changed_is_named every_column_of_an_entry_is_named every_column_of_every_table_is_named a_lost_row_and_a_new_row_are_named);

/// Columns of a table, as the database has them.
async fn columns(world: &World, table: &str) -> Vec<String> {
    let sql = if world.database.starts_with("sqlite") {
        format!("SELECT name FROM pragma_table_info('{table}')")
    } else {
        format!("SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position")
    };
    let db = &world.app.database;
    let rows = db.pool().query_all_raw(db.statement(&sql, Vec::new())).await.expect("the columns");
    rows.iter().map(|row| row.try_get_by_index(0).expect("a name")).collect()
}

/// Takes the refusals of the tables away for good; only `SQLite` has no switch for a session.
pub async fn unguard(world: &World, tables: &[&str]) {
    if !world.database.starts_with("sqlite") {
        return;
    }
    let db = &world.app.database;
    for table in tables {
        let sql = format!("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'");
        for row in db.pool().query_all_raw(db.statement(&sql, Vec::new())).await.expect("triggers") {
            let name: String = row.try_get_by_index(0).expect("a name");
            world.sql(&format!("DROP TRIGGER {name}")).await.expect("it goes");
        }
    }
}

/// SQL by an intruder who owns the database: no trigger, no key between tables, no fence.
pub async fn forge(world: &World, text: &str) -> Result<(), String> {
    let (open, close) = if world.database.starts_with("sqlite") {
        (
            "PRAGMA foreign_keys = OFF; BEGIN; UPDATE audit_head SET writing = 1",
            "UPDATE audit_head SET writing = 0; COMMIT; PRAGMA foreign_keys = ON",
        )
    } else {
        ("BEGIN; SET LOCAL session_replication_role = replica", "COMMIT")
    };
    let database = api::store::Database::open(&world.database).await.map_err(|fault| fault.to_string())?;
    let answer = database.pool().execute_unprepared(&format!("{open}; {text}; {close}")).await;
    database.close().await.map_err(|fault| fault.to_string())?;
    answer.map(|_| ()).map_err(|fault| fault.to_string())
}

/// One number or text.
pub async fn one<T: sea_orm::TryGetable>(world: &World, sql: &str) -> T {
    let db = &world.app.database;
    let row = db.pool().query_one_raw(db.statement(sql, Vec::new())).await.expect("it reads").expect("a row");
    row.try_get_by_index(0).expect("of that kind")
}

/// What verification says, without stopping where an entry cannot be read any more.
pub async fn faults(world: &World) -> Vec<String> {
    match verify::verify(&world.app.database, |_| {}).await {
        Ok(found) => found.faults,
        Err(fault) => vec![fault.to_string()],
    }
}

/// Another value of the same kind, in SQL.
fn other(column: &str, int: bool) -> String {
    if int { format!("coalesce({column}, 0) + 1") } else { "'forged'".to_owned() }
}

/// A case of each kind that leaves rows in nearly every table.
async fn lived(world: &World) {
    let mut input = record(2);
    input["measures"] = json!(["key_inspection"]);
    let id = steps::registered(world, input).await;
    let mut open = record(3);
    open["penalties"] = json!([{ "kind": "CONFISCATION_OF_UNLAWFUL_GAINS" }]);
    steps::registered(world, open).await;
    world.on("2026-06-22").await;
    steps::bound(world, 2).await;
    steps::duties_done(world, &id, "2026-05-10").await;
    let repair = steps::applied(world, &id).await;
    world.done("road", "askRepairSupplement", json!({ "id": repair, "missingPapers": ["承诺书原件"] })).await;
    world.done("road", "askOfficeAboutRepairApplication", json!({ "id": repair, "office": "anyue", "question": "是否受过处罚" })).await;
    world.setting("notice_sign_days", "4").await;
    let text = format!("{}# loaded\n", LawFiles::embedded().get("measures.toml").expect("a law file"));
    acts::operate(&world.app, AdminAct::LoadLaw { path: "measures.toml".into(), text }, Vec::new()).await.expect("it loads");
    let aside =
        "mutation($id: ID!, $key: UUID!) { stepAside(id: $id, idempotencyKey: $key, reason: \"近亲属\") { refusal { reasons { code } } } }";
    world.query("road-2", aside, json!({ "id": repair, "key": uuid::Uuid::new_v4() })).await;
    listing::steps::opened_with(world, listing::steps::form()).await;
    let account = world.query("road", "{ me { account } }", json!({})).await["me"]["account"].as_str().expect("an account").parse();
    let (id, account) = (RowId(uuid::Uuid::now_v7()), account.expect("an id"));
    let link = AdminAct::LinkIdentity { id, account, issuer: "https://identity.example".into(), subject_key: "00".repeat(32) };
    acts::operate(&world.app, link, Vec::new()).await.expect("it is linked");
}

async fn every_column_of_an_entry_is_named(world: World) {
    steps::registered(&world, record(1)).await;
    unguard(&world, &["audit_entry"]).await;
    assert_eq!(faults(&world).await, Vec::<String>::new());
    let ints = ["idx", "version", "cause", "recorded_at", "accepted"];
    let (last, columns) = ("(SELECT max(idx) FROM audit_entry WHERE version = 1)", columns(&world, "audit_entry").await);
    assert!(columns.len() >= 15, "{columns:?}");
    let index: i64 = one(&world, &format!("SELECT {last}")).await;
    for column in columns {
        let value = if column == "idx" { "idx + 1000".to_owned() } else { other(&column, ints.contains(&column.as_str())) };
        let text = format!(
            "CREATE TABLE kept AS SELECT * FROM audit_entry WHERE idx = {index}; UPDATE audit_entry SET {column} = {value} WHERE idx = {index}"
        );
        forge(&world, &text).await.unwrap_or_else(|fault| panic!("{column}: {fault}"));
        let found = faults(&world).await;
        let told = match column.as_str() {
            "idx" => format!("entry {index} is missing"),
            "leaf" | "bytes" => format!("entry {index}: "),
            _ => format!("column {column} differs from the entry"),
        };
        assert!(found.iter().any(|fault| fault.contains(&told) && fault.contains(&index.to_string())), "{column}: {found:?}");
        let back = format!(
            "DELETE FROM audit_entry WHERE idx IN ({index}, {index} + 1000); INSERT INTO audit_entry SELECT * FROM kept; DROP TABLE kept"
        );
        forge(&world, &back).await.expect("as it was");
        assert_eq!(faults(&world).await, Vec::<String>::new(), "{column} is as it was");
    }
    world.finish().await;
}

/// Changes every column of one row of a table, one after the other; whether there was a row.
pub async fn every_column_is_named(world: &World, table: Table) -> bool {
    let name = table.name();
    unguard(world, &[name]).await;
    let mut kinds: BTreeMap<_, _> = table.columns().iter().map(|(column, holds)| (*column, holds.is_int())).collect();
    // What the database has beside the list would be accounted for by nothing.
    assert_eq!(columns(world, name).await.into_iter().collect::<BTreeSet<_>>(), kinds.keys().map(|column| (*column).to_owned()).collect());
    kinds.retain(|column, _| *column != "id");
    let Some(id) = one::<Option<String>>(world, &format!("SELECT min(id) FROM {name}")).await else { return false };
    for (column, int) in kinds {
        let text = format!(
            "CREATE TABLE kept AS SELECT * FROM {name} WHERE id = '{id}'; UPDATE {name} SET {column} = {} WHERE id = '{id}'",
            other(column, int)
        );
        forge(world, &text).await.unwrap_or_else(|fault| panic!("{name}.{column}: {fault}"));
        let found = faults(world).await;
        let named =
            found.iter().any(|fault| fault.starts_with(name) && fault.contains(&id) && fault.contains(&format!("column {column} ")));
        assert!(named, "{name}.{column}: {found:?}");
        let back = format!("DELETE FROM {name} WHERE id = '{id}'; INSERT INTO {name} SELECT * FROM kept; DROP TABLE kept");
        forge(world, &back).await.unwrap_or_else(|fault| panic!("{name}.{column}: {fault}"));
    }
    assert_eq!(faults(world).await, Vec::<String>::new(), "{name} is as it was");
    true
}

async fn every_column_of_every_table_is_named(world: World) {
    lived(&world).await;
    assert_eq!(faults(&world).await, Vec::<String>::new());
    let mut empty = Vec::new();
    for table in Table::ALL {
        if !every_column_is_named(&world, *table).await {
            empty.push(table.name());
        }
    }
    // These take scenarios of their own: `files/applications.rs`, `erasure/whole.rs`, `task/runs.rs`, `publicity/whole.rs` and
    // `collection/whole.rs` change them there.
    assert_eq!(
        empty,
        ["import_file", "platform_answer", "erasure", "plan_run", "plan_line", "plan_fact", "shown", "submission_line", "measure_line"]
    );
    world.finish().await;
}

/// What verification says of the entries, the rows and the sealed texts.
async fn all_faults(world: &World) -> Vec<String> {
    let found = verify::verify(&world.app.database, |_| {}).await.expect("the trail can be read");
    let sealed = sealing::examine(&world.app, &found.named).await.expect("the values can be read");
    found.faults.into_iter().chain(sealed).collect()
}

async fn a_sealed_text_that_is_lost_or_changed_is_named(world: World) {
    lived(&world).await;
    assert_eq!(all_faults(&world).await, Vec::<String>::new());
    let id: String = one(&world, "SELECT min(id) FROM personal_value").await;
    let own = format!("personal_value WHERE id = '{id}'");
    for (harm, told) in [
        (format!("DELETE FROM {own}"), "the row is missing"),
        (format!("UPDATE personal_value SET sealed = 'AAAA' WHERE id = '{id}'"), "it is not the text"),
        (
            format!("UPDATE personal_value SET sealed = (SELECT max(sealed) FROM personal_value WHERE id <> '{id}') WHERE id = '{id}'"),
            "it is not the text",
        ),
        (format!("UPDATE personal_value SET salt = '00000000000000000000000000000000' WHERE id = '{id}'"), "it is not the text"),
    ] {
        forge(&world, &format!("CREATE TABLE kept AS SELECT * FROM {own}; {harm}")).await.expect("the intruder writes");
        let found = all_faults(&world).await;
        assert!(found.iter().any(|fault| fault.contains(&id) && fault.contains(told)), "{harm}: {found:?}");
        let back = format!("DELETE FROM {own}; INSERT INTO personal_value SELECT * FROM kept; DROP TABLE kept");
        forge(&world, &back).await.expect("as it was");
    }
    assert_eq!(all_faults(&world).await, Vec::<String>::new());
    world.finish().await;
}

async fn a_lost_row_and_a_new_row_are_named(world: World) {
    lived(&world).await;
    let names: Vec<_> = Table::ALL.iter().map(|table| table.name()).collect();
    unguard(&world, &names).await;
    for table in Table::ALL {
        let name = table.name();
        forge(&world, &format!("CREATE TABLE kept AS SELECT * FROM {name}; DELETE FROM {name}")).await.expect("an empty table");
        let found = faults(&world).await;
        let lost = found
            .iter()
            .filter(|fault| fault.starts_with(&format!("{name} ")) && fault.contains("the trail has the row, the table does not"))
            .count();
        let kept: i64 = one(&world, "SELECT count(*) FROM kept").await;
        assert_eq!(i64::try_from(lost).expect("few"), kept, "{name}: {found:?}");
        forge(&world, &format!("INSERT INTO {name} SELECT * FROM kept; DROP TABLE kept")).await.expect("back");
        let (columns, values): (Vec<_>, Vec<_>) =
            table.columns().iter().map(|(column, holds)| (*column, if holds.is_int() { "1" } else { "'forged'" })).unzip();
        forge(&world, &format!("INSERT INTO {name} ({}) VALUES ({})", columns.join(", "), values.join(", "))).await.expect("a forged row");
        let found = faults(&world).await;
        assert!(
            found.iter().any(|fault| fault.starts_with(&format!("{name} forged")) && fault.contains("in no entry")),
            "{name}: {found:?}"
        );
        forge(&world, &format!("DELETE FROM {name} WHERE id = 'forged'")).await.expect("gone");
    }
    world.finish().await;
}
