//! Nobody can change a row or an entry unnoticed.

use api::store::verify;
use domain::rows::Holds;
use serde_json::json;

use crate::{
    on_both,
    repair::steps,
    support::world::{World, record},
    trail::tampering,
};

on_both!(a_changed_column_is_named what_history_is_read_by_is_checked_too entries_cannot_be_changed every_refusal_is_an_entry);

async fn a_changed_column_is_named(world: World) {
    steps::registered(&world, record(1)).await;
    for (sql, column) in [
        ("UPDATE deadline SET due_on = '2031-01-01' WHERE key = 'max_term'", "column due_on"),
        ("UPDATE credit_subject SET name = 'x'", "column name"),
        ("UPDATE work_item SET office = 'anyue'", "column office"),
        ("UPDATE office SET number_word = 'x' WHERE id = 'anyue'", "column number_word"),
        ("UPDATE cases SET state = 'retracted', version = version + 0 WHERE 1 = 0", ""),
    ] {
        world.sql_inside(sql).await.expect("the intruder writes");
        let found = verify::verify(&world.app.database, |_| {}).await.expect("verified");
        let named = column.is_empty() || found.faults.iter().any(|fault| fault.contains(column));
        assert!(named, "{sql}: {:?}", found.faults);
    }
}

async fn what_history_is_read_by_is_checked_too(world: World) {
    steps::registered(&world, record(1)).await;
    let free = if world.database.starts_with("sqlite") {
        "DROP TRIGGER audit_entry_no_update"
    } else {
        "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only"
    };
    for column in ["verb", "person", "principal", "office", "effective_on", "process", "actor"] {
        world
            .sql_inside(&format!(
                "{free}; UPDATE audit_entry SET {column} = 'somebody' WHERE idx = (SELECT max(idx) FROM audit_entry WHERE version = 1)"
            ))
            .await
            .expect("the intruder writes");
        let found = verify::verify(&world.app.database, |_| {}).await.expect("verified");
        assert!(
            found.faults.iter().any(|fault| fault.contains(&format!("column {column} differs from the entry"))),
            "{column}: {:?}",
            found.faults
        );
        if world.database.starts_with("sqlite") {
            world
                .sql("CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT 1; END")
                .await
                .expect("a trigger to drop");
        }
    }
    world.sql_inside("DELETE FROM name_tail WHERE tail LIKE '资阳示%'").await.expect("the intruder writes");
    let found = verify::verify(&world.app.database, |_| {}).await.expect("verified");
    assert!(found.faults.iter().any(|fault| fault.contains("is not found by its whole name")), "{:?}", found.faults);
}

async fn entries_cannot_be_changed(world: World) {
    let id = steps::registered(&world, record(1)).await;
    // A node has a row of its own only over 256 entries.
    let node = "audit_node (level, position, hash) VALUES (8, 0, 'x')";
    world.sql_inside(&format!("INSERT INTO {node}")).await.expect("the intruder writes");
    for sql in [
        "UPDATE audit_entry SET verb = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_node SET hash = 'x'",
        "UPDATE cases SET state = 'retracted'",
        "DELETE FROM cases",
        "UPDATE cases SET version = 99",
    ] {
        assert!(world.sql(sql).await.is_err(), "{sql} should be refused by the database");
        assert!(world.sql_inside(sql).await.is_err(), "{sql} should be refused by the database, fence or not");
    }
    let all = |columns: &[(&str, Holds)]| {
        columns.iter().map(|(name, holds)| ((*name).to_owned(), if holds.is_int() { "0" } else { "'x'" })).unzip::<_, _, Vec<_>, Vec<_>>()
    };
    let mut inserts: Vec<_> = domain::rows::Table::ALL
        .iter()
        .map(|table| {
            let (names, values) = all(table.columns());
            format!("INSERT INTO {} ({}) VALUES ({})", table.name(), names.join(", "), values.join(", "))
        })
        .collect();
    inserts.push("INSERT INTO audit_node (level, position, hash) VALUES (40, 0, 'x')".to_owned());
    inserts.push("INSERT INTO receipt (id, input_hash, entry) VALUES ('x', 'x', 0)".to_owned());
    inserts.push("INSERT INTO audit_entry SELECT * FROM audit_entry WHERE idx = 0".to_owned());
    for sql in inserts {
        let refused = world.sql(&sql).await.expect_err("refused");
        assert!(refused.contains("only through the door"), "{sql}: {refused}");
    }
    for sql in ["UPDATE office SET number_word = 'x'", "UPDATE account SET standing = 'ended'", "DELETE FROM role_assignment"] {
        let refused = world.sql(sql).await.expect_err("refused");
        assert!(refused.contains("only through the door"), "{sql}: {refused}");
    }
    assert_eq!(world.state(&id).await, "scheduled");
    tampering::unguard(&world, &["audit_node"]).await;
    tampering::forge(&world, "DELETE FROM audit_node").await.expect("as it was");
    world.finish().await;
}

async fn every_refusal_is_an_entry(world: World) {
    let id = steps::registered(&world, record(1)).await;
    let payload = world.act("road-head", "publishPublicationRecord", json!({ "id": id })).await;
    assert_eq!(payload["entry"]["verb"], "publish");
    let query = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { history(first: 9, order: OLDEST_FIRST) { edges { node { verb accepted } } } } } }";
    let shown = world.query("auditor", query, json!({ "id": id })).await;
    let edges = shown["case"]["history"]["edges"].as_array().unwrap().clone();
    assert_eq!(edges.last().unwrap()["node"], json!({ "verb": "publish", "accepted": false }));
    world.finish().await;
}
