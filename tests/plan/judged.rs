//! Questions by chance: what always holds of an answer, and the same numbers by a program that shares nothing with the house.

use std::{collections::BTreeMap, fs, process::Command};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use workflows::{law::Law, plan::dual_publication::DAYS};

use super::measures::{answers, told};
use crate::support::{chance::Chance, smtp::scratch};

const RECOUNT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/judges/plan/recount.py");
const CALENDARS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../workflows/law/calendar");
const FIELDS: [&str; 5] = ["ROAD_TRANSPORT", "WATER_TRANSPORT", "HIGHWAY_CONSTRUCTION", "WATERWAY_CONSTRUCTION", "WORK_SAFETY"];
/// Keys whose order by bytes is another one than by letters or by UTF-16.
const KEYS: [&str; 12] = ["a", "B", "b", "é", "甲", "甲1", "10", "9", "1 0", "\u{ff21}", "😀", "~/"];

/// A day around the turn of a year; of years without a calendar, too.
fn day(chance: &mut Chance) -> String {
    let year = chance.one(&["2006", "2022", "2026", "2026", "2026", "2027"]);
    format!("{year}-{:02}-{:02}", [1, 9, 10, 12][chance.below(4)], 1 + chance.below(28))
}

/// One of three times nothing.
fn perhaps(chance: &mut Chance, value: impl Into<Value>) -> Value {
    if chance.below(3) == 0 { Value::Null } else { value.into() }
}

fn coverage(chance: &mut Chance) -> Value {
    let fields = |chance: &mut Chance| (0..chance.below(4)).map(|_| json!(chance.one(&FIELDS))).collect::<Vec<_>>();
    let operators: Vec<_> = (0..chance.below(14))
        .map(|_| {
            let (key, fields, from, until) = (chance.one(&KEYS), fields(chance), day(chance), day(chance));
            json!({ "key": key, "fields": fields, "from": from, "until": perhaps(chance, until), "valid": chance.below(5) > 0 })
        })
        .collect();
    let information: Vec<_> = (0..if operators.is_empty() { 0 } else { chance.below(20) })
        .map(|_| {
            let (key, on, ended) = (&operators[chance.below(operators.len())]["key"], day(chance), day(chance));
            json!({ "operator": key, "item": "licence", "counts": chance.below(4) > 0, "collectedOn": on, "endedOn": perhaps(chance, ended) })
        })
        .collect();
    let field = chance.one(&FIELDS).to_owned();
    json!({ "measure": "coverage", "asOf": day(chance), "field": perhaps(chance, field), "operators": operators, "information": information })
}

fn dual_publication(chance: &mut Chance) -> Value {
    let kinds = ["LICENCE", "PENALTY"];
    let decisions: Vec<_> = KEYS[..chance.below(KEYS.len())]
        .iter()
        .map(|key| {
            let (kind, decided, annulled) = (chance.one(&kinds).to_owned(), day(chance), day(chance));
            let annulled = if chance.below(3) == 0 { json!(annulled) } else { Value::Null };
            json!({ "key": key, "kind": kind, "decidedOn": decided, "annulledOn": annulled, "omission": chance.below(5) == 0 })
        })
        .collect();
    let sent: Vec<_> = (0..if decisions.is_empty() { 0 } else { chance.below(24) })
        .map(|_| {
            let key = &decisions[chance.below(decisions.len())]["key"];
            let (sent, answered) = (day(chance), chance.below(3) > 0);
            let (outcome, on) =
                if answered { (json!(chance.one(&["ACCEPTED", "RETURNED"])), json!(day(chance))) } else { Default::default() };
            let (own, code) = (perhaps(chance, "valid_to"), perhaps(chance, "E12"));
            json!({ "key": key, "sentOn": sent, "ownCheck": own, "outcome": outcome, "code": code, "answeredOn": on })
        })
        .collect();
    let kind = chance.one(&kinds).to_owned();
    json!({ "measure": "dual_publication", "asOf": day(chance), "kind": perhaps(chance, kind), "decisions": decisions, "sent": sent })
}

fn completeness(chance: &mut Chance) -> Value {
    let types = ["text", "code", "uscc", "resident_id", "date", "money", "choice"];
    let keys = &KEYS[..=chance.below(7)];
    let fields: Vec<_> = keys
        .iter()
        .map(|key| {
            let kinds = [json!(["ORG"]), json!(["SOLE", "PERSON"])][chance.below(2)].clone();
            let required =
                [json!("always"), json!({ "kinds": kinds }), json!({ "with": chance.one(keys) }), Value::Null][chance.below(4)].clone();
            let longest = 1 + chance.below(6);
            let longest = perhaps(chance, longest);
            json!({ "key": key, "type": chance.one(&types), "longest": longest, "options": ["有", "yes"], "required": required })
        })
        .collect();
    let cell = |chance: &mut Chance| {
        let words = [
            "",
            "　",
            "无",
            " — ",
            "暂无",
            "0000",
            "null",
            "NULL",
            "有",
            "yes",
            "2026-02-28",
            "2026-02-30",
            "2026-2-1",
            "12",
            "-1",
            "0.123456",
        ];
        let more =
            ["0.1234567", ".5", "1,000", "+1", "1e3", "四个字儿", "A\u{200b}", "A\u{7}", "A B", "００００", "资交〔2026〕1号", "\u{1c}"];
        let (code, id) = (chance.uscc(), chance.resident_id());
        match chance.below(8) {
            0 | 1 => chance.one(&words).to_owned(),
            2 => chance.one(&more).to_owned(),
            3 => code,
            4 => chance.broken(&code),
            5 => id,
            6 => chance.broken(&id),
            _ => chance.text("0123456789.", 3),
        }
    };
    let lines: Vec<_> = (0..chance.below(9))
        .map(|_| {
            let mut values = serde_json::Map::new();
            for key in keys.iter().filter(|_| chance.below(5) > 0).collect::<Vec<_>>() {
                let value = cell(chance);
                values.insert((*key).to_owned(), perhaps(chance, value));
            }
            json!({ "key": chance.one(&KEYS), "kind": chance.one(&["ORG", "SOLE", "PERSON"]), "values": values })
        })
        .collect();
    json!({ "measure": "completeness", "fields": fields, "lines": lines })
}

fn percent(chance: &mut Chance) -> Value {
    let most = [3, 10_000, 30_000, 3_000_000, (1 << 53) - 1][chance.below(5)];
    let den = chance.below(most + 1);
    let num = match chance.below(4) {
        0 => den.saturating_sub(1),
        1 => den.min(1),
        _ => chance.below(den + 1),
    };
    json!({ "measure": "percent", "num": num, "den": den })
}

fn questions(count: usize) -> Vec<Value> {
    let mut chance = Chance(5_012_022);
    (0..count)
        .map(|number| match number % 7 {
            0 | 1 => coverage(&mut chance),
            2 | 3 => dual_publication(&mut chance),
            4 | 5 => completeness(&mut chance),
            _ => percent(&mut chance),
        })
        .collect()
}

#[test]
fn another_program_counts_the_same() {
    let questions = questions(7_000);
    let folder = scratch("recount");
    let file = folder.join("questions");
    let asked: String = questions.iter().map(|question| format!("{question}\n")).collect();
    fs::write(&file, asked).expect("the target folder can be written");
    let days = Law::embedded().expect("the law").settings().number(DAYS).expect("the setting").to_string();
    let input = fs::File::open(&file).expect("just written");
    let output = Command::new("python3").args([RECOUNT, CALENDARS, &days]).stdin(input).output().expect("python3 starts");
    fs::remove_dir_all(folder).ok();
    assert!(output.status.success(), "the recount broke: {}", String::from_utf8_lossy(&output.stderr));
    let theirs = String::from_utf8(output.stdout).expect("UTF-8");
    let theirs: Vec<Value> = theirs.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let ours = told(&questions);
    assert_eq!((ours.len(), theirs.len()), (questions.len(), questions.len()));
    let mut reasons: BTreeMap<String, u32> = BTreeMap::new();
    let (mut met, mut provisional) = (BTreeMap::<String, u32>::new(), 0);
    for ((question, ours), theirs) in questions.iter().zip(&ours).zip(&theirs) {
        assert_eq!(ours, theirs, "{question}");
        *met.entry(format!("{} {}", question["measure"], ours["met"])).or_default() += 1;
        provisional += u32::from(ours["provisional"] == true);
        for reason in ours["failing"].as_array().into_iter().flatten().flat_map(|record| record["reasons"].as_array().into_iter().flatten())
        {
            let word = reason.as_str().expect("a word").split(':').next().expect("a word");
            *reasons.entry(word.to_owned()).or_default() += 1;
        }
    }
    // Chance has met every reason, and each measure met, missed and without data.
    let all = [
        "COLLECTED_LATER",
        "INVALID",
        "LATE",
        "MISSING",
        "NOTHING_COLLECTED",
        "NOT_REPORTED",
        "NO_VALID_CODE",
        "OMITTED",
        "ONLY_RETRACTED",
        "OWN_CHECK",
        "PLACEHOLDER",
        "RETURNED",
    ];
    assert_eq!(reasons.keys().collect::<Vec<_>>(), all, "{reasons:?}");
    assert!(reasons.values().all(|times| *times > 20) && met.len() == 12 && provisional > 20, "{reasons:?} {met:?} {provisional}");
}

/// Keys of failing records; of those that fail a rate, where one is named.
fn failing<'a>(answer: &'a Value, rate: Option<&str>) -> Vec<&'a str> {
    let records = answer["failing"].as_array().expect("a list").iter();
    let of = |record: &&Value| rate.is_none_or(|rate| record["of"].as_array().expect("rates").contains(&json!(rate)));
    records.filter(of).map(|record| record["key"].as_str().expect("a key")).collect()
}

#[test]
fn what_holds_of_every_answer() {
    let questions = questions(2_100);
    for (question, answer) in questions.iter().zip(answers(&questions)) {
        let keys = failing(&answer, None);
        assert!(keys.windows(2).all(|pair| pair[0].as_bytes() < pair[1].as_bytes()), "sorted and none twice: {answer}");
        let number = |share: &Value, name: &str| usize::try_from(share[name].as_u64().expect("a number")).expect("small");
        let whole = |share: &Value, list: usize| {
            assert_eq!(number(share, "den") - number(share, "num"), list, "{question}: {answer}");
            assert_eq!(share["shown"] == "100 %", list == 0 && number(share, "den") > 0, "{answer}");
        };
        match question["measure"].as_str().expect("a word") {
            "percent" => assert!(keys.is_empty() && number(&answer, "num") <= number(&answer, "den")),
            "dual_publication" => {
                for rate in ["reported", "timely", "compliant", "firstPass"] {
                    whole(&answer[rate], failing(&answer, Some(rate)).len());
                }
                assert_eq!((&answer["num"], &answer["den"], &answer["shown"]), (&Value::Null, &Value::Null, &Value::Null));
                assert_eq!(answer["excluded"], answer["pending"]);
            }
            _ => whole(&answer, keys.len()),
        }
        let mut text = String::new();
        for record in answer["failing"].as_array().expect("a list") {
            let reasons: Vec<_> =
                record["reasons"].as_array().expect("reasons").iter().map(|reason| reason.as_str().expect("a word")).collect();
            assert!(!reasons.is_empty(), "{answer}");
            text += &format!("{}\t{}\n", record["key"].as_str().expect("a key"), reasons.join(","));
        }
        assert_eq!(answer["digest"], format!("{:x}", Sha256::digest(text)));
    }
}

/// Turns the order of a list round, as far as that says nothing: of several lines with one key (and day) the order stays.
fn turned(list: &mut Value, same: &[&str]) {
    let items = list.as_array_mut().expect("a list");
    let key = |item: &Value| same.iter().map(|name| item[*name].to_string()).collect::<Vec<_>>();
    items.sort_by_key(|item| std::cmp::Reverse(key(item)));
}

#[test]
fn the_order_of_the_lines_says_nothing_but_which_is_the_last() {
    let questions: Vec<_> = questions(2_100).into_iter().filter(|question| question["measure"] != "percent").collect();
    let turn = |question: &Value| {
        let mut question = question.clone();
        match question["measure"].as_str().expect("a word") {
            "coverage" => {
                turned(&mut question["operators"], &["key", "from"]);
                turned(&mut question["information"], &["operator", "collectedOn", "endedOn"]);
            }
            "dual_publication" => {
                turned(&mut question["decisions"], &["key"]);
                turned(&mut question["sent"], &["key", "sentOn"]);
            }
            _ => turned(&mut question["lines"], &["key"]),
        }
        question
    };
    let others: Vec<_> = questions.iter().map(turn).collect();
    assert!(questions.iter().zip(&others).filter(|(one, other)| one != other).count() > 1_000, "the order is another one");
    for ((question, one), other) in questions.iter().zip(answers(&questions)).zip(answers(&others)) {
        assert_eq!(one, other, "{question}");
    }
    // And where the last counts, the order is what counts.
    let line = |values: Value| json!({ "key": "1", "kind": "ORG", "values": values });
    let ask = |lines: [Value; 2]| json!({ "measure": "completeness", "fields": [{ "key": "a", "type": "text", "required": "always" }], "lines": lines });
    let found = answers(&[ask([line(json!({ "a": "x" })), line(json!({}))]), ask([line(json!({})), line(json!({ "a": "x" }))])]);
    assert_eq!((&found[0]["met"], &found[1]["met"]), (&json!(false), &json!(true)));
}
