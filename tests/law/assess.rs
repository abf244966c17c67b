//! Worked cases, a table that a lawyer can read and extend.

use serde::Deserialize;
use workflows::{assess::assess, law::Law};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    what: String,
    article: String,
    facts: serde_json::Value,
    expect: serde_json::Value,
}

#[test]
fn worked_cases() {
    let law = Law::embedded().expect("the law loads");
    let cases: Cases = toml::from_str(include_str!("cases.toml")).expect("cases.toml is a table");
    assert!(cases.case.len() >= 60);
    for row in cases.case {
        law.sources().exists(&row.article).unwrap_or_else(|fault| panic!("{}: {fault}", row.what));
        let facts = serde_json::from_value(row.facts).unwrap_or_else(|fault| panic!("{}: {fault}", row.what));
        let found = serde_json::to_value(
            assess(&law, &facts, crate::support::world::day("2026-04-01")).unwrap_or_else(|fault| panic!("{}: {fault}", row.what)),
        )
        .unwrap();
        for (key, value) in row.expect.as_object().expect("expect is a table") {
            let value = if value == "none" { &serde_json::Value::Null } else { value };
            assert_eq!(&found[key], value, "{} ({}): {key}", row.what, row.article);
        }
    }
}
