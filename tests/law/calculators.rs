//! The calculators through the program, against packages that share nothing with the house.

use std::{fs, process::Command};

use serde::Deserialize;
use serde_json::{Value, json};

use domain::canonical::code;

use crate::{
    cli::program::{run, run_bytes},
    support::{chance::Chance, judge, smtp::scratch},
};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/judges/law/judge.py");
const PINS: &str = include_str!("../judges/law/requirements.txt");

#[derive(Deserialize)]
struct Differences {
    days: Vec<KnownDay>,
    identifier: Vec<KnownIdentifier>,
}

#[derive(Deserialize)]
struct KnownDay {
    date: String,
}

#[derive(Deserialize)]
struct KnownIdentifier {
    kind: String,
    house: String,
    judge: String,
    only: String,
}

fn differences() -> Differences {
    toml::from_str(include_str!("differences.toml")).expect("differences.toml is a table")
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|fault| panic!("{fault}: {line}"))).collect()
}

fn house(question: &str, asked: &str) -> Vec<Value> {
    lines(&run(&["law", question], &[], asked).good().out)
}

fn foreign(arguments: &[&str], asked: &str) -> Vec<Value> {
    let python = judge::python("law", PINS, &[]);
    let folder = scratch("law");
    let file = folder.join("asked");
    fs::write(&file, asked).expect("the target folder can be written");
    let output =
        Command::new(python).arg(SCRIPT).args(arguments).stdin(fs::File::open(&file).expect("just written")).output().expect("it starts");
    fs::remove_dir_all(folder).ok();
    assert!(output.status.success(), "the judge broke: {}", String::from_utf8_lossy(&output.stderr));
    lines(&String::from_utf8_lossy(&output.stdout))
}

#[test]
fn working_day_sums_are_those_of_chinesecalendar() {
    let mut chance = Chance(2007);
    let mut asked = String::new();
    for _ in 0..25_000 {
        let (year, month, day) = (2007 + chance.below(20), 1 + chance.below(12), 1 + chance.below(28));
        // What begins late in the last year is counted past the notices, by both; the judge knows no more days there.
        let most = if year == 2026 && month > 10 {
            5
        } else if year == 2026 {
            35
        } else {
            60
        };
        let day = if year == 2026 && month > 10 { day.min(15) } else { day };
        let question = json!({ "from": format!("{year}-{month:02}-{day:02}"), "count": 1 + chance.below(most), "unit": "WORKING_DAY" });
        asked += &format!("{question}\n");
    }
    let known = differences().days;
    let turned: Vec<&str> = ["due"].into_iter().chain(known.iter().map(|day| day.date.as_str())).collect();
    let (found, expected) = (house("due", &asked), foreign(&turned, &asked));
    assert_eq!((found.len(), expected.len()), (25_000, 25_000));
    for ((question, found), expected) in asked.lines().zip(&found).zip(&expected) {
        assert_eq!(found["due"], expected["due"], "{question}");
        assert_eq!(found["provisional"], json!(found["due"].as_str() > Some("2026-12-24")), "{question}");
    }
    // A day listed as a difference has to be one.
    let days: String = known.iter().map(|day| format!("{}\n", json!({ "from": day.date, "count": 1, "unit": "WORKING_DAY" }))).collect();
    for (day, (ours, theirs)) in known.iter().zip(house("due", &days).iter().zip(&foreign(&["due"], &days))) {
        assert_ne!(ours, theirs, "{} is no difference any more", day.date);
    }
}

/// Whether a difference is of the listed sort and not another of the same codes.
fn is_of_sort(only: &str, value: &str) -> bool {
    match only {
        "a letter among the first two" => value.chars().take(2).any(|letter| letter.is_ascii_alphabetic()),
        "a separator inside" => value.contains(['-', ' ']),
        "a division that is none" => {
            code(value).chars().skip(2).take(6).is_sorted_by(|one, other| one == other) || code(value).chars().nth(2) == Some('0')
        }
        "a division code" => value.trim().len() == 18,
        "a birth date to come" => value.get(6..10) >= Some("2026"),
        _ => panic!("differences.toml: unknown sort “{only}”"),
    }
}

#[test]
fn identifiers_are_those_of_stdnum() {
    let mut chance = Chance(32100);
    let questions: Vec<Value> = (0..20_000)
        .map(|index| {
            let (kind, value) = if index % 2 == 0 { ("USCC", chance.uscc()) } else { ("RESIDENT_ID", chance.resident_id()) };
            json!({ "kind": kind, "value": chance.broken(&value) })
        })
        .collect();
    let asked: String = questions.iter().map(|question| format!("{question}\n")).collect();
    let (found, expected) = (house("id", &asked), foreign(&["id"], &asked));
    assert_eq!((found.len(), expected.len()), (20_000, 20_000));
    let known = differences().identifier;
    let (mut met, mut right) = (vec![0; known.len()], 0);
    let word =
        |answer: &Value| if answer["ok"] == true { "ok".to_owned() } else { answer["reason"].as_str().expect("a reason").to_owned() };
    for ((question, ours), theirs) in questions.iter().zip(&found).zip(&expected) {
        if ours["ok"] == theirs["ok"] {
            assert_eq!(ours["normalised"], theirs["normalised"], "{question}");
            right += usize::from(ours["ok"] == true);
            continue;
        }
        let value = question["value"].as_str().expect("a text");
        let is = |row: &KnownIdentifier| {
            row.kind == question["kind"] && row.house == word(ours) && row.judge == word(theirs) && is_of_sort(&row.only, value)
        };
        let place = known.iter().position(is).unwrap_or_else(|| panic!("{question}: {ours} but {theirs}"));
        met[place] += 1;
    }
    assert!(right > 4_000, "both sorts have to be met: {right}");
    for (row, times) in known.iter().zip(met) {
        assert!(times > 0, "{}: “{}” is no difference any more", row.kind, row.only);
    }
}

#[test]
fn any_line_gets_one_answer() {
    let seeds = [
        r#"{"from":"2026-10-01","count":3,"unit":"WORKING_DAY","pauses":[{"first":"2026-10-05","last":"2026-10-09"}],"moveToWorkingDay":true}"#,
        r#"{"subjectKind":"LEGAL_PERSON","procedure":"ORDINARY","findingDate":"2025-06-15","sector":"WORK_SAFETY","penalties":[{"kind":"FINE","size":"HUGE","until":"2026-05-01"}],"severeListing":{"ownTermYears":2,"law":"x"},"publicationNecessity":{"months":3,"reason":"r"},"dutiesDoneOn":"2026-01-01","substancePolicy":"FAVOURABLE","findingDateCounts":false}"#,
        r#"{"kind":"RESIDENT_ID","value":"11010519491231002X"}"#,
    ];
    let mut chance = Chance(36);
    for (question, seed) in ["due", "assess", "id"].iter().zip(seeds) {
        let mut asked = Vec::new();
        for _ in 0..20_000 {
            let mut line = seed.as_bytes().to_vec();
            for _ in 0..=chance.below(4) {
                let place = chance.below(line.len());
                match chance.below(4) {
                    0 => line[place] = b"0123456789"[chance.below(10)],
                    1 => line[place] = u8::try_from(chance.below(256)).expect("a byte"),
                    2 => drop(line.drain(place..(place + chance.below(9)).min(line.len()))),
                    _ => line.insert(place, b"{}[]\":,-9e"[chance.below(10)]),
                }
                if line.is_empty() {
                    line.push(b'{');
                }
            }
            line.retain(|byte| *byte != b'\n');
            asked.extend(line);
            asked.push(b'\n');
        }
        let answers = lines(&run_bytes(&["law", question], &[], &asked).good().out);
        assert_eq!(answers.len(), 20_000, "{question}");
        let (refused, answered): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.get("error").is_some());
        assert!(refused.len() > 1000 && answered.len() > 100, "{question}: {} refused, {} answered", refused.len(), answered.len());
        assert!(refused.iter().all(|answer| answer["error"]["code"].is_string() && answer["error"]["message"].is_string()));
    }
}
