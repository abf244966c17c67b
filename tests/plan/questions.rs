//! Questions that have no answer: each its code and the place of what is wrong, as a JSON pointer.

use serde_json::{Value, json};
use workflows::{
    law::Law,
    plan::measure::{self, LINE},
};

use crate::cli::program::run_bytes;

/// What is put at a pointer, the code that it is refused with, and the place that is named.
type Change = (&'static str, Value, &'static str, &'static str);

/// Good questions of two measures, each with its changes.
fn percent_and_coverage() -> Vec<(Value, Vec<Change>)> {
    let percent = json!({ "measure": "percent", "num": 1, "den": 2 });
    let coverage = json!({ "measure": "coverage", "asOf": "2026-10-31", "field": null,
        "operators": [{ "key": "1", "fields": ["ROAD_TRANSPORT"], "from": "2020-01-01", "until": null, "valid": true }],
        "information": [{ "operator": "1", "item": "licence", "counts": true, "collectedOn": "2026-01-01", "endedOn": null }] });
    let long = Value::String("甲".repeat(201));
    vec![
        (
            percent,
            vec![
                ("/measure", json!("rate"), "UNKNOWN_MEASURE", "/measure"),
                ("/measure", json!(1), "UNKNOWN_MEASURE", "/measure"),
                ("/measure", Value::Null, "MISSING_FIELD", "/measure"),
                ("/num", json!(3), "BAD_NUMBER", "/num"),
                ("/num", json!(-1), "BAD_NUMBER", "/num"),
                ("/num", json!("1"), "BAD_NUMBER", "/num"),
                ("/den", json!(1.5), "BAD_NUMBER", "/den"),
                ("/den", json!(1_u64 << 53), "BAD_NUMBER", "/den"),
                ("/den", Value::Null, "MISSING_FIELD", "/den"),
                ("/more", json!(1), "UNKNOWN_FIELD", "/more"),
            ],
        ),
        (
            coverage,
            vec![
                ("/asOf", json!("2026-02-29"), "BAD_DATE", "/asOf"),
                ("/asOf", json!("2026-1-1"), "BAD_DATE", "/asOf"),
                ("/asOf", json!(20_260_101), "BAD_DATE", "/asOf"),
                ("/field", json!("ROADS"), "BAD_WORD", "/field"),
                ("/operators", json!({}), "BAD_JSON", "/operators"),
                ("/operators/0", json!("1"), "BAD_JSON", "/operators/0"),
                ("/operators/0/key", json!(""), "BAD_WORD", "/operators/0/key"),
                ("/operators/0/key", json!("a\tb"), "BAD_WORD", "/operators/0/key"),
                ("/operators/0/key", long, "TOO_LONG", "/operators/0/key"),
                ("/operators/0/key", json!("2"), "UNKNOWN_KEY", "/information/0/operator"),
                ("/operators/0/fields", json!(["RAIL"]), "BAD_WORD", "/operators/0/fields/0"),
                ("/operators/0/from", Value::Null, "MISSING_FIELD", "/operators/0/from"),
                ("/operators/0/valid", json!("true"), "BAD_WORD", "/operators/0/valid"),
                ("/operators/0/name", json!("x"), "UNKNOWN_FIELD", "/operators/0/name"),
                ("/information/0/counts", Value::Null, "MISSING_FIELD", "/information/0/counts"),
                ("/information/0/endedOn", json!("never"), "BAD_DATE", "/information/0/endedOn"),
            ],
        ),
    ]
}

/// The same of the other two.
fn publication_and_completeness() -> Vec<(Value, Vec<Change>)> {
    let dual = json!({ "measure": "dual_publication", "asOf": "2026-09-30", "kind": null,
        "decisions": [{ "key": "1", "kind": "LICENCE", "decidedOn": "2026-09-01", "annulledOn": null, "omission": false },
            { "key": "2", "kind": "PENALTY", "decidedOn": "2026-09-01", "annulledOn": null, "omission": false }],
        "sent": [{ "key": "1", "sentOn": "2026-09-02", "ownCheck": null, "outcome": "RETURNED", "code": "E1", "answeredOn": "2026-09-03" }] });
    let complete = json!({ "measure": "completeness",
        "fields": [{ "key": "a", "zh": "甲", "type": "text", "longest": 9, "required": "always" },
            { "key": "b/~", "type": "choice", "options": ["x"], "required": { "with": "a" } },
            { "key": "c", "type": "money", "required": { "kinds": ["ORG"] } }],
        "lines": [{ "key": "1", "kind": "ORG", "values": { "a": "x", "b/~": null } }] });
    let long = Value::String("甲".repeat(201));
    vec![
        (
            dual,
            vec![
                ("/kind", json!("licence"), "BAD_WORD", "/kind"),
                ("/decisions/1/key", json!("1"), "DUPLICATE_KEY", "/decisions/1/key"),
                ("/decisions/0/omission", json!(0), "BAD_WORD", "/decisions/0/omission"),
                ("/sent/0/key", json!("3"), "UNKNOWN_KEY", "/sent/0/key"),
                ("/sent/0/outcome", json!("LOST"), "BAD_WORD", "/sent/0/outcome"),
                ("/sent/0/outcome", Value::Null, "MISSING_FIELD", "/sent/0/outcome"),
                ("/sent/0/answeredOn", Value::Null, "MISSING_FIELD", "/sent/0/answeredOn"),
                ("/sent/0/code", long, "TOO_LONG", "/sent/0/code"),
            ],
        ),
        (
            complete,
            vec![
                ("/fields/0/type", json!("number"), "BAD_WORD", "/fields/0/type"),
                ("/fields/0/longest", json!(-1), "BAD_NUMBER", "/fields/0/longest"),
                ("/fields/0/required", json!("sometimes"), "BAD_WORD", "/fields/0/required"),
                ("/fields/0/required", json!({}), "MISSING_FIELD", "/fields/0/required/kinds"),
                ("/fields/1/options", Value::Null, "MISSING_FIELD", "/fields/1/options"),
                ("/fields/1/required/with", json!("d"), "UNKNOWN_KEY", "/fields/1/required/with"),
                ("/fields/2/required/kinds/0", json!("FIRM"), "BAD_WORD", "/fields/2/required/kinds/0"),
                ("/fields/2/key", json!("a"), "DUPLICATE_KEY", "/fields/2/key"),
                ("/lines/0/kind", json!("FIRM"), "BAD_WORD", "/lines/0/kind"),
                ("/lines/0/values/b~1~0", json!(1), "BAD_WORD", "/lines/0/values/b~1~0"),
                ("/lines/0/values/d", json!("x"), "UNKNOWN_FIELD", "/lines/0/values/d"),
            ],
        ),
    ]
}

/// The question with another value at a pointer.
fn changed(question: &Value, pointer: &str, value: &Value) -> Value {
    let mut question = question.clone();
    let (inside, last) = pointer.rsplit_once('/').expect("a pointer");
    match question.pointer_mut(inside).expect("a place") {
        Value::Object(members) => drop(members.insert(last.replace("~1", "/").replace("~0", "~"), value.clone())),
        Value::Array(items) => items[last.parse::<usize>().expect("an index")] = value.clone(),
        _ => panic!("{pointer} names no place"),
    }
    question
}

#[test]
fn what_is_wrong_has_a_code_and_a_place() {
    let (mut questions, mut expected) = (Vec::new(), Vec::new());
    for (good, changes) in percent_and_coverage().into_iter().chain(publication_and_completeness()) {
        questions.push(good.clone());
        expected.push(None);
        for (pointer, value, code, place) in changes {
            questions.push(changed(&good, pointer, &value));
            expected.push(Some((code, place)));
        }
    }
    let found = super::measures::answers(&questions);
    assert_eq!(super::measures::told(&questions), found);
    let mut codes = std::collections::BTreeSet::new();
    for ((question, found), expected) in questions.iter().zip(&found).zip(expected) {
        match expected {
            None => assert!(found["digest"].is_string(), "{question}: {found}"),
            Some((code, place)) => {
                let error = &found["error"];
                assert_eq!((&error["code"], &error["field"]), (&json!(code), &json!(place)), "{question}");
                assert!(error["message"].as_str().is_some_and(|words| words.contains(" / ")), "{error}");
                assert_eq!(found.as_object().expect("an object").len(), 1);
                codes.insert(code);
            }
        }
    }
    let all = [
        "BAD_DATE",
        "BAD_JSON",
        "BAD_NUMBER",
        "BAD_WORD",
        "DUPLICATE_KEY",
        "MISSING_FIELD",
        "TOO_LONG",
        "UNKNOWN_FIELD",
        "UNKNOWN_KEY",
        "UNKNOWN_MEASURE",
    ];
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), all);
}

#[test]
fn every_line_gets_one_answer() {
    let lines: [&[u8]; 9] = [
        b"",
        b"[]",
        b"{\"measure\":\"percent\",\"num\":1,\"den\":2}\r",
        b"{\"measure\":\"percent\",\"num\":1,\"num\":1,\"den\":2}",
        b"{\"measure\":\"percent\",\"num\":1,\"den\":2} more",
        b"{\"measure\":\"\xff\"}",
        b"{\"measure\":\"percent\",\"num\":1e999,\"den\":2}",
        b"{\"measure\":\"percent\",\"n\\u0075m\":1,\"den\":\t2}",
        b"{\"measure\":\"percent\",\"num\":1,\"den\":2", // the last line has no line feed
    ];
    let found = run_bytes(&["plan", "measure"], &[], &lines.join(&b'\n')).good().out;
    let codes: Vec<Value> = found.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")["error"]["code"].clone()).collect();
    let expected = ["BAD_JSON", "BAD_JSON", "", "DUPLICATE_KEY", "BAD_JSON", "BAD_JSON", "BAD_JSON", "", "BAD_JSON"];
    assert_eq!(codes, expected.map(|code| if code.is_empty() { Value::Null } else { json!(code) }));
    assert_eq!(run_bytes(&["plan", "measure"], &[], b"").good().out, "", "no line, no answer");
    // Depth costs nothing but an answer.
    let deep = [vec![b'['; 1 << 20], b"\n{\"measure\":\"percent\",\"num\":0,\"den\":2}\n".to_vec()].concat();
    let found = run_bytes(&["plan", "measure"], &[], &deep).good().out;
    assert!(found.contains("BAD_JSON") && found.contains("\"0 %\"") && found.lines().count() == 2, "{found}");
}

#[test]
fn a_line_without_end_is_refused_unread() {
    let mut input = vec![b' '; LINE + 2];
    input.extend(b"\n{\"measure\":\"percent\",\"num\":2,\"den\":2}\n");
    let found = run_bytes(&["plan", "measure"], &[], &input).good().out;
    let lines: Vec<Value> = found.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&lines[0]["error"]["code"], &lines[0]["error"]["field"]), (&json!("TOO_LONG"), &json!("")));
    assert_eq!((&lines[1]["shown"], lines.len()), (&json!("100 %"), 2));
    let mut out = Vec::new();
    measure::answer(Law::embedded().expect("the law").calendars(), 7, &input[..=LINE], &mut out);
    assert!(String::from_utf8(out).expect("UTF-8").contains("TOO_LONG"));
    let many =
        format!("{{\"measure\":\"coverage\",\"asOf\":\"2026-01-01\",\"operators\":[{}1],\"information\":[]}}", "1,".repeat(1_000_000));
    let found = run_bytes(&["plan", "measure"], &[], many.as_bytes()).good().json();
    assert_eq!((&found["error"]["code"], &found["error"]["field"]), (&json!("TOO_LONG"), &json!("/operators")));
}
