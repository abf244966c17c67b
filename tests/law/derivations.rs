//! Days found again by a program that has nothing but the derivation, and changes of one day that it notices.

use std::{fs, process::Command};

use domain::calendar::Derived;
use serde_json::{Value, json};
use time::Duration;
use workflows::{
    assess::{assess, derive},
    law::Law,
};

use crate::{
    cli::program::run,
    listing, objection, on_both, proposal, repair,
    support::{
        chance::Chance,
        smtp::scratch,
        world::{World, day, record},
    },
};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/judges/derivation/derive.py");

on_both!(every_deadline_and_term_of_a_house_is_found_again);

/// What the judge says of each pair of day and derivation.
fn judged(pairs: &[Value]) -> Vec<Value> {
    let folder = scratch("derivations");
    let file = folder.join("asked");
    fs::write(&file, pairs.iter().map(|pair| format!("{pair}\n")).collect::<String>()).expect("the target folder can be written");
    let output = Command::new("python3").arg(SCRIPT).stdin(fs::File::open(&file).expect("just written")).output().expect("python3 starts");
    fs::remove_dir_all(folder).ok();
    assert!(output.status.success(), "the judge broke: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn agreed(pairs: &[Value]) {
    let said = judged(pairs);
    assert_eq!(said.len(), pairs.len());
    for (pair, said) in pairs.iter().zip(said) {
        assert_eq!(said["ok"], true, "{said}: {pair}");
    }
}

fn moved(text: &Value, days: i64) -> Value {
    json!((day(text.as_str().expect("a day")) + Duration::days(days)).to_string())
}

/// The counted limits in a derivation, as paths.
fn limits(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| {
            if key == "limit" { found.push(format!("{path}/limit")) } else { limits(inner, &format!("{path}/{key}"), found) }
        }),
        Value::Array(list) => list.iter().enumerate().for_each(|(place, inner)| limits(inner, &format!("{path}/{place}"), found)),
        _ => {}
    }
}

/// The pair with one day changed in it, in every way that no true count can have.
fn planted(chance: &mut Chance, pair: &Value) -> Vec<Value> {
    let step = if chance.below(2) == 0 { 1 } else { -1 };
    let mut wrong = vec![json!({ "day": moved(&pair["day"], step), "derivation": pair["derivation"] })];
    let mut paths = Vec::new();
    limits(&pair["derivation"], "/derivation", &mut paths);
    for path in paths {
        let limit = pair.pointer(&path).expect("just found").clone();
        let mut plant = |change: &dyn Fn(&mut Value)| {
            let mut other = pair.clone();
            change(other.pointer_mut(&path).expect("just found"));
            wrong.push(other);
        };
        plant(&|limit| limit["due"] = moved(&limit["due"], step));
        plant(&|limit| limit["count"] = json!(limit["count"].as_u64().expect("a count") + 1));
        // The last days of a month have one matching day in a shorter one.
        let early = day(limit["from"].as_str().expect("a day")).day() < 27;
        if early || limit["counted"] != json!([]) {
            plant(&|limit| limit["from"] = moved(&limit["from"], step));
        }
        for (list, inner) in [("counted", None), ("skipped", Some("date"))] {
            let length = limit[list].as_array().map_or(0, Vec::len);
            if length == 0 {
                continue;
            }
            let place = chance.below(length);
            plant(&|limit| drop(limit[list].as_array_mut().expect("a list").remove(place)));
            plant(&|limit| {
                let one = &mut limit[list][place];
                let one = if let Some(inner) = inner { &mut one[inner] } else { one };
                *one = moved(one, step);
            });
        }
    }
    wrong
}

fn noticed(chance: &mut Chance, pairs: &[Value]) {
    let wrong: Vec<_> = pairs.iter().flat_map(|pair| planted(chance, pair)).collect();
    for (pair, said) in wrong.iter().zip(judged(&wrong)) {
        assert_eq!(said["ok"], false, "not noticed: {pair}");
    }
}

#[test]
fn limits_are_found_again() {
    let mut chance = Chance(1259);
    let mut asked = String::new();
    for _ in 0..2_000 {
        let from = day("2015-01-01") + Duration::days(i64::try_from(chance.below(4_700)).expect("small"));
        let unit = chance.one(&["WORKING_DAY", "DAY", "MONTH", "YEAR"]);
        let most = match unit {
            "MONTH" => 40,
            "YEAR" => 5,
            _ => 30,
        };
        let pauses: Vec<_> = (0..chance.below(4)).map(|_| {
            let first = from + Duration::days(i64::try_from(chance.below(60)).expect("small") - 10);
            json!({ "first": first.to_string(), "last": (first + Duration::days(i64::try_from(chance.below(15)).expect("small"))).to_string() })
        }).collect();
        let question = json!({ "from": from.to_string(), "count": 1 + chance.below(most), "unit": unit, "pauses": pauses, "moveToWorkingDay": chance.below(2) == 0 });
        asked += &format!("{question}\n");
    }
    let answers: Vec<Value> =
        run(&["law", "due", "--explain"], &[], &asked).good().out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let pairs: Vec<_> = answers.iter().map(|answer| json!({ "day": answer["due"], "derivation": answer["derivation"] })).collect();
    assert_eq!(pairs.len(), 2_000);
    agreed(&pairs);
    noticed(&mut chance, &pairs);
    // Without the word the answers are what they were.
    let plain = run(&["law", "due"], &[], &asked).good().out;
    for (plain, mut full) in plain.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")).zip(answers) {
        let full = full.as_object_mut().expect("an object");
        assert!(full.remove("derivation").is_some() && full.remove("explanation").is_some());
        assert_eq!(plain.as_object(), Some(&*full));
    }
}

#[test]
fn a_derivation_in_words() {
    let asked = r#"{"from":"2026-10-01","count":3,"unit":"WORKING_DAY"}"#;
    let answer: Value = serde_json::from_str(&run(&["law", "due", "--explain"], &[], asked).good().out).expect("JSON");
    assert_eq!(
        answer["explanation"]["zh"],
        "自2026年10月1日（当日，不计）起3个工作日：10月8日至10日；10月10日国庆节调休上班，计入；10月2日至7日国庆节放假不计；依据《民法典》第二百零一条；届满日2026年10月10日。"
    );
    assert_eq!(
        answer["explanation"]["en"],
        "3 working days from 2026-10-01 (that day, not counted itself): 2026-10-08 to 2026-10-10; 2026-10-10 is worked and counted (make-up day of 国庆节); 2026-10-02 to 2026-10-07 not counted (holiday 国庆节); basis: Civil Code art. 201; last day 2026-10-10."
    );
}

/// The days of the derivations are those of the assessment, whatever the facts.
#[test]
fn derived_terms_are_the_assessed_ones() {
    let law = Law::embedded().expect("the law loads");
    let mut chance = Chance(12);
    let mut pairs = Vec::new();
    for _ in 0..1_000 {
        let finding = day("2021-01-01") + Duration::days(i64::try_from(chance.below(2_500)).expect("small"));
        let later = |chance: &mut Chance| (finding + Duration::days(i64::try_from(chance.below(900)).expect("small"))).to_string();
        let penalties: Vec<_> = (0..=chance.below(3)).map(|_| match chance.below(4) {
            0 => json!({ "kind": "FINE", "size": chance.one(&["SMALLER", "LARGER", "HUGE"]) }),
            1 => json!({ "kind": "LICENCE_SUSPENSION", "until": later(&mut chance) }),
            _ => json!({ "kind": chance.one(&["WARNING", "CONFISCATION_OF_ILLEGAL_PROPERTY", "CLOSURE_ORDER", "CONFISCATION_OF_UNLAWFUL_GAINS"]) }),
        }).collect();
        let mut facts = json!({
            "subjectKind": "LEGAL_PERSON", "procedure": chance.one(&["SUMMARY", "ORDINARY"]), "findingDate": finding.to_string(), "penalties": penalties,
            "sector": chance.one(&["ROAD_TRANSPORT", "WORK_SAFETY"]), "substancePolicy": chance.one(&["BY_FINDING_DATE", "CURRENT_RULE", "FAVOURABLE"]),
            "findingDateCounts": chance.below(2) == 0,
        });
        if chance.below(2) == 0 {
            facts["dutiesDoneOn"] = json!(later(&mut chance));
        }
        if chance.below(4) == 0 {
            facts["severeListing"] = json!({ "ownTermYears": 1 + chance.below(3) });
        }
        if chance.below(4) == 0 {
            facts["publicationNecessity"] = json!({ "months": 1 + chance.below(3), "reason": "r" });
        }
        let facts = serde_json::from_value(facts).expect("facts");
        let on = crate::support::world::day("2026-04-01");
        let found = assess(&law, &facts, on).expect("it can be assessed");
        let derived = derive(&law, &facts, on, &found).expect("it can be derived");
        let days = [&derived.min_last_day, &derived.earliest_repair, &derived.max_last_day];
        assert_eq!(
            days.map(|found| found.as_ref().map(Derived::day)),
            [found.min_last_day, found.earliest_repair, found.max_last_day],
            "{facts:?}"
        );
        assert_eq!(derived.classes.iter().filter_map(|step| step.class).max(), found.class, "{facts:?}");
        pairs.extend(days.into_iter().flatten().map(|found| json!({ "day": found.day().to_string(), "derivation": found })));
    }
    assert!(pairs.len() > 1_500, "{}", pairs.len());
    agreed(&pairs);
}

/// A house with clocks of every sort: paused, extended, counted from service, named by a paper, by older law.
async fn house(world: &World) {
    let (listing, main) = listing::steps::opened(world).await;
    listing::steps::noticed(world, &listing).await;
    listing::steps::served(world, &listing, "2026-04-01").await;
    repair::steps::bound(world, 1).await;
    let mut old = record(7);
    old["decisionDate"] = json!("2025-06-10");
    old["penalties"] = json!([{ "kind": "LICENCE_SUSPENSION", "until": "2026-08-01" }, { "kind": "FINE", "size": "LARGER" }]);
    old["publishOn"] = json!("2026-04-13");
    repair::steps::registered(world, old).await;
    let challenged = objection::steps::filed(world, &main, "CONTENT_WRONG").await;
    world.done("road", "acceptObjection", json!({ "id": challenged })).await;
    world.done("road-head", "extendObjection", json!({ "id": challenged, "reason": "需要实地核查" })).await;
    let order = world.paper("road", "检测委托书").await;
    world.done("road", "startAppraisal", json!({ "id": challenged, "appraisalOrder": order })).await;
    repair::steps::duties_done(world, &main, "2026-04-01").await;
    let repair = repair::steps::applied(world, &main).await;
    proposal::steps::in_review(world, &[2]).await;
    world.on("2026-04-20").await;
    let report = world.paper("road", "检测报告").await;
    world.done("road", "endAppraisal", json!({ "id": challenged, "appraisalReport": report })).await;
    world.on("2026-06-22").await;
    repair::steps::reviewed(world, &repair).await;
    repair::steps::granted(world, &repair).await;
    let (finding, hearing) = (world.paper("road-head-2", "虚假认定书").await, world.paper("road-head-2", "听取意见记录").await);
    world
        .done(
            "road-head-2",
            "revokeRepair",
            json!({ "id": repair, "reason": "证明系伪造", "falsityFinding": finding, "hearingRecord": hearing }),
        )
        .await;
}

async fn every_deadline_and_term_of_a_house_is_found_again(world: World) {
    house(&world).await;
    let mut pairs = Vec::new();
    for process in
        ["PUBLICATION_RECORD", "REPAIR_APPLICATION", "ACCOUNT_BINDING", "LISTING_CASE", "PROPOSAL_BATCH", "PROPOSAL_ENTRY", "OBJECTION"]
    {
        let before = pairs.len();
        let query = format!(
            "{{ cases(process: {process}, first: 100) {{ nodes {{ number deadlines {{ key dueOn derivation explanation {{ zh en }} }} ... on PublicationRecord {{ terms {{ key day derivation explanation {{ zh en }} }} classSteps {{ class article {{ key }} }} }} }} }} }}"
        );
        let found = world.query("auditor", &query, json!({})).await["cases"]["nodes"].clone();
        for case in found.as_array().expect("cases") {
            let terms = case["terms"].as_array().into_iter().flatten().map(|term| (term, &term["day"]));
            let deadlines = case["deadlines"].as_array().into_iter().flatten().map(|row| (row, &row["dueOn"]));
            for (one, day) in deadlines.chain(terms).filter(|(_, day)| !day.is_null()) {
                let derivation: Value = serde_json::from_str(one["derivation"].as_str().expect("a text")).expect("JSON");
                let said = one["explanation"]["zh"].as_str().unwrap_or_else(|| panic!("{case}: {one}"));
                let found = domain::day::chinese(self::day(day.as_str().expect("a day")));
                assert!(said.contains(&found) && said.ends_with('。'), "{found}: {said}");
                pairs.push(json!({ "day": day, "derivation": derivation, "what": format!("{} {}", case["number"], one["key"]) }));
            }
        }
        assert!(pairs.len() > before, "{process} has a day to be found");
    }
    let all = serde_json::to_string(&pairs).expect("JSON");
    for sort in [
        "\"counted\"",
        "\"named\"",
        "\"latest\"",
        "\"earliest\"",
        "\"shifted\"",
        "\"paused\"",
        "served_on",
        "receipt",
        "BARRED_UNTIL",
        "EARLIEST_REPAIR",
    ] {
        assert!(all.contains(sort), "{sort} stands in the house");
    }
    agreed(&pairs);
    noticed(&mut Chance(4), &pairs);
    world.finish().await;
}
