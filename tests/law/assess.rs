//! Worked cases, a table that a lawyer can read and extend.

use serde::Deserialize;
use workflows::{assess::assess, engine::Rules, law::Law};

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

/// How long a necessity lasts at most, and how short a listing may be, say the law's files: another book, another limit.
#[test]
fn limits_of_terms_are_those_of_the_book_in_force() {
    let book = super::words::BOOK
        .replace("necessity = { value = 3, unit = \"month\"", "necessity = { value = 5, unit = \"month\"")
        .replace("min = { value = 6, unit = \"month\"", "min = { value = 2, unit = \"year\"")
        .replace("max = { value = 2, unit = \"year\"", "max = { value = 4, unit = \"year\"");
    let rules = Rules::embedded().expect("the law loads").with("rulebooks/r_99.toml", &book).expect("the made-up book loads");
    let asked = |more: serde_json::Value, on: &str| {
        let mut facts = serde_json::json!({ "subjectKind": "LEGAL_PERSON", "procedure": "ORDINARY", "findingDate": "2026-05-10" });
        facts.as_object_mut().expect("facts").extend(more.as_object().expect("facts").clone());
        let facts = serde_json::from_value(facts).expect("facts");
        workflows::calculators::assess::assess(&rules.law, &facts, crate::support::world::day(on))
            .err()
            .map(|refused| (refused.code, refused.words))
    };
    let necessity = |months: u32, on: &str| {
        asked(serde_json::json!({ "penalties": [{ "kind": "WARNING" }], "publicationNecessity": { "months": months, "reason": "r" } }), on)
    };
    let listing = |years: u32, on: &str| asked(serde_json::json!({ "severeListing": { "ownTermYears": years } }), on);
    let (before, after) = ("2027-06-30", "2027-07-01");
    assert_eq!((necessity(3, before), necessity(5, after), listing(1, before), listing(2, after)), (None, None, None, None));
    let words = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    assert_eq!(
        necessity(4, before),
        Some((
            "NECESSITY_TERM",
            words(
                "确有必要公示的，最长3个月（《信用修复管理办法》第十二条第一款）",
                "publication by necessity lasts at most 3 months (Credit Repair Measures (NDRC Order 36) art. 12(1))"
            )
        ))
    );
    let (code, (_, en)) = necessity(6, after).expect("too long");
    assert!(code == "NECESSITY_TERM" && en.starts_with("publication by necessity lasts at most 5 months ("), "{en}");
    let (code, (zh, en)) = listing(1, after).expect("too short");
    assert!(
        code == "LISTING_TERM" && zh.starts_with("名单期限最短2年（") && en.starts_with("a listing's term is at least 2 years ("),
        "{zh} {en}"
    );
    assert_eq!(
        (necessity(0, before).map(|(code, _)| code), listing(0, before).map(|(code, _)| code)),
        (Some("NECESSITY_TERM"), Some("LISTING_TERM"))
    );
}
