//! Worked cases of the measures, a table that an officer can read and extend; through the functions and through the program.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use workflows::{
    law::Law,
    plan::{dual_publication, measure, months::full_months},
};

use crate::{cli::program::run, support::world::day};

#[derive(Deserialize)]
struct Cases {
    table: BTreeMap<String, Map<String, Value>>,
    case: Vec<Case>,
    due: Vec<Due>,
    months: Vec<Months>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    no: String,
    what: String,
    #[serde(default)]
    of: Option<String>,
    #[serde(default)]
    more: BTreeMap<String, Vec<Value>>,
    ask: Map<String, Value>,
    expect: Map<String, Value>,
    #[serde(default)]
    rates: BTreeMap<String, String>,
    #[serde(default)]
    failing: Option<Vec<String>>,
    #[serde(default)]
    digest: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Due {
    no: String,
    decided: String,
    last: String,
    provisional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Months {
    no: String,
    first: String,
    last: String,
    count: usize,
    #[serde(default)]
    begin: Option<String>,
    #[serde(default)]
    end: Option<String>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("measures.toml")).expect("measures.toml is a table")
}

/// The question of a case, with the lists of its table.
fn question(cases: &Cases, case: &Case) -> Value {
    let mut asked = case.ask.clone();
    asked.extend(case.of.iter().flat_map(|of| cases.table[of].clone()));
    for (list, lines) in &case.more {
        asked[list].as_array_mut().expect("a list").extend(lines.iter().cloned());
    }
    Value::Object(asked)
}

/// Answers of the functions, one a question.
pub fn answers(questions: &[Value]) -> Vec<Value> {
    let law = Law::embedded().expect("the law loads");
    let days = law.settings().number(dual_publication::DAYS).expect("the setting");
    let answer = |question: &Value| {
        let mut out = Vec::new();
        measure::answer(law.calendars(), days, question.to_string().as_bytes(), &mut out);
        assert_eq!(out.last(), Some(&b'\n'), "a line");
        serde_json::from_slice(&out).expect("JSON")
    };
    questions.iter().map(answer).collect()
}

/// Answers of the program, one a question.
pub fn told(questions: &[Value]) -> Vec<Value> {
    let asked: String = questions.iter().map(|question| format!("{question}\n")).collect();
    let out = run(&["plan", "measure"], &[], &asked).good().out;
    out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|fault| panic!("{fault}: {line}"))).collect()
}

fn words(list: &Value) -> String {
    list.as_array().into_iter().flatten().map(|word| word.as_str().expect("a word")).collect::<Vec<_>>().join(",")
}

#[test]
fn worked_cases() {
    let cases = cases();
    assert!(cases.case.len() >= 28);
    let questions: Vec<_> = cases.case.iter().map(|case| question(&cases, case)).collect();
    let found = answers(&questions);
    assert_eq!(told(&questions), found, "the program answers what the functions answer");
    for (case, found) in cases.case.iter().zip(&found) {
        let what = format!("{} {}: {found}", case.no, case.what);
        for (key, value) in &case.expect {
            assert_eq!(&found[key], value, "{what}: {key}");
        }
        // Where the case does not say whether it is met, nothing is.
        assert!(case.expect.contains_key("met") || case.expect.contains_key("num") || found["met"].is_null(), "{what}: met");
        for (rate, shown) in &case.rates {
            let of = &found[rate];
            let text = format!("{}/{} {}", of["num"], of["den"], of["shown"].as_str().expect("a text"));
            assert_eq!(&text, shown, "{what}: {rate}");
        }
        let record = |record: &Value| {
            let of = Some(words(&record["of"])).filter(|of| !of.is_empty());
            [Some(record["key"].as_str().expect("a key").to_owned()), Some(words(&record["reasons"])), of].into_iter().flatten()
        };
        let failing: Vec<_> =
            found["failing"].as_array().expect("a list").iter().map(|one| record(one).collect::<Vec<_>>().join(" ")).collect();
        if let Some(expected) = &case.failing {
            assert_eq!(&failing, expected, "{what}");
        }
        if let Some(digest) = &case.digest {
            assert!(found["digest"].as_str().expect("a digest").starts_with(digest), "{what}");
        }
    }
}

#[test]
fn last_days_of_dual_publication() {
    let law = Law::embedded().expect("the law loads");
    let days = law.settings().number(dual_publication::DAYS).expect("the setting");
    for row in cases().due {
        let found = dual_publication::due(law.calendars(), day(&row.decided), days).expect("a day");
        assert_eq!(found, (day(&row.last), row.provisional), "{}", row.no);
        // The measure waits to that day and no longer.
        let ask = |as_of: &str| json!({ "measure": "dual_publication", "asOf": as_of, "sent": [], "decisions": [{ "key": "1", "kind": "LICENCE", "decidedOn": row.decided, "omission": false }] });
        let next = day(&row.last).next_day().expect("a day").to_string();
        let found = answers(&[ask(&row.last), ask(&next)]);
        assert_eq!((&found[0]["pending"], &found[1]["pending"]), (&json!(1), &json!(0)), "{}", row.no);
        assert_eq!(found[1]["provisional"], json!(row.provisional), "{}", row.no);
        assert_eq!((&found[0]["met"], &found[1]["met"]), (&Value::Null, &json!(false)), "{}", row.no);
    }
}

#[test]
fn full_months_of_a_period() {
    for row in cases().months {
        let months: Vec<_> = full_months(day(&row.first), day(&row.last)).map(|month| month.to_string()).collect();
        assert_eq!((months.len(), months.first(), months.last()), (row.count, row.begin.as_ref(), row.end.as_ref()), "{}", row.no);
        let printed = run(&["plan", "months", &row.first, &row.last], &[], "").good().out;
        assert_eq!(printed.lines().collect::<Vec<_>>(), months, "{}", row.no);
    }
    assert_eq!(full_months(day("2027-01-02"), day("2027-01-01")).count(), 0);
    let turned = run(&["plan", "months", "2027-01-02", "2027-01-01"], &[], "");
    assert_eq!((turned.code, turned.out.as_str()), (2, ""));
    assert!(turned.err.contains("FIRST is after LAST"), "{}", turned.err);
    assert_eq!(run(&["plan", "months", "2027-02-29", "2027-03-01"], &[], "").code, 2, "no day");
}
