//! The plan as a file of the law: what it opens, what cannot be loaded, and how a new version comes.

use std::{collections::BTreeMap, fs};

use api::city::acts;
use domain::admin::AdminAct;
use serde_json::json;
use workflows::{engine::Rules, law::LawFiles, plan::file::Plan};

use crate::{
    cli::program::run,
    on_both,
    support::{smtp::scratch, world::World},
};

on_both!(a_plan_is_released_and_never_reaches_back_without_a_reason);

const PATH: &str = "plans/credit_transport_city.2022-08-30.1.toml";

fn text() -> String {
    LawFiles::embedded().get(PATH).expect("the city's plan").to_owned()
}

/// The text as a further revision, with a change.
fn revised(old: &str, new: &str) -> String {
    let text = text();
    assert!(text.contains(old), "{old}");
    text.replacen("revision = 1", "revision = 2", 1).replacen(old, new, 1)
}

fn rules() -> Rules {
    Rules::embedded().expect("the law loads")
}

fn tasks(plan: &Plan) -> BTreeMap<&str, usize> {
    let mut tasks = BTreeMap::new();
    for row in &plan.row {
        for office in plan.offices(&row.owners) {
            *tasks.entry(office).or_default() += 1;
        }
    }
    tasks
}

/// T3: what the plan of 2022 opens.
#[test]
fn the_plan_of_2022_opens_its_tasks() {
    let rules = rules();
    let [plan] = rules.plans.as_slice() else { panic!("one plan is built in") };
    assert_eq!((plan.task.len(), plan.row.len(), plan.duty.len(), plan.section.len()), (9, 37, 2, 7));
    assert_eq!(plan.opens(), (98, 11));
    let expected = [
        ("policy_office", 30),
        ("finance_section", 2),
        ("licensing_section", 4),
        ("enforcement_section", 4),
        ("road_transport_centre", 16),
        ("construction_section", 14),
        ("safety_section", 14),
        ("waterway_centre", 14),
    ];
    let found = tasks(plan);
    assert_eq!(found.values().sum::<usize>(), 98);
    assert_eq!(found, BTreeMap::from(expected));
    assert!(plan.row.iter().all(|row| !row.en.is_empty() && !row.zh.is_empty()));
    let shown = run(&["plan", "show", "credit_transport_city", "--json"], &[], "").good().json();
    assert_eq!((&shown["opens"], shown["rows"].as_array().map(Vec::len)), (&json!({ "rows": 98, "duties": 11 }), Some(37)));
    assert_eq!(shown["rows"][8]["owners"].as_array().map(Vec::len), Some(8));
    assert_eq!(shown["rows"][8]["quota"]["en"], "articles, at least 12 in all, at least 1 for each owner, at least 1 in each full month");
    assert_eq!((&shown["rows"][2]["dueOn"], &shown["rows"][19]["dueOn"]), (&json!("2023-08-31"), &json!("2023-08-31")));
    let words = run(&["plan", "show"], &[], "").good().out;
    assert!(words.contains("37 rows open 98 tasks, 2 duties open 11") && words.contains("37个任务行开立98项任务"), "{words}");
    let unknown = run(&["plan", "show", "no_such_plan"], &[], "");
    assert!(unknown.code == 1 && unknown.err.contains("allowed: credit_transport_city"), "{}", unknown.err);
}

/// What is changed in the plan, and what the fault says.
const WRONG: [(&str, &str, &str); 27] = [
    ("at_least = 12, each_month", "at_least = 7, each_month", "at_least 7 is under the 8 that each_owner asks for together"),
    ("at_least = 12, each_month", "at_least = 11, each_month", "at_least 11 is under the 12 that each_month asks for together"),
    ("at_least = 12, each_of", "at_least = 11, each_of", "at_least 11 is under the 12 that each_owner asks for together"),
    (
        "at_least = 8, shared = true",
        "at_least = 8",
        "nothing says what is each one's share; allowed: each_owner, each_field, by, shared = true",
    ),
    ("all = true, by = \"owner\"", "all = true", "nothing says what is each one's share"),
    ("at_least = 8, shared = true", "at_least = 8, each_owner = 1, shared = true", "shared = true stands for itself"),
    ("count = \"coverage\", all = true", "count = \"coverage\", at_least = 1", "all = true belongs to a rate"),
    ("count = \"coverage\", all = true", "count = \"coverage\", all = true, at_least = 1", "a rate is asked whole"),
    ("of = [\"budget\"], at_least = 1", "of = [\"budget\"]", "has no quota"),
    ("of = [\"budget\"], at_least = 1", "of = [\"budget\"], at_least = 0", "a quota of nothing asks nothing"),
    ("of = [\"budget\"]", "of = [\"money\"]", "no such kind: money; allowed: key_points, creation_plan"),
    ("each_of = \"@four\", each_owner = 1", "each_of = \"@counties\", each_owner = 1", "each_of names somebody who is no owner"),
    ("each_of = \"@four\", each_owner = 1", "each_of = \"@four\", shared = true", "each_of says of whom each_owner is asked"),
    ("LICENCE = \"licensing_section\"", "LICENCE = \"policy_office\"", "kinds: policy_office is no owner"),
    ("LICENCE = \"licensing_section\"", "LICENSE = \"licensing_section\"", "no such kind: LICENSE; allowed: LICENCE, PENALTY"),
    ("owners = [\"policy_office\", \"@four\"]", "owners = [\"policy_office\", \"@five\"]", "no such office or group: @five"),
    (
        "\"WATER_TRANSPORT\", office = \"waterway_centre\"",
        "\"WATER_TRANSPORT\", office = \"yanjiang\"",
        "yanjiang answers for WATER_TRANSPORT and is no owner",
    ),
    ("  { key = \"WATER_TRANSPORT\", office = \"waterway_centre\" },\n", "", "nobody answers for WATER_TRANSPORT"),
    ("lead = [\"lead_finance\"]", "lead = [\"lead_money\"]", "no such post: lead_money"),
    ("due = \"mobilise\"", "due = \"later\"", "no such stage: later"),
    ("first = 2022-09-11", "first = 2022-09-12", "begins on 2022-09-12, and not where the one before it ends"),
    ("last = 2023-08-31\n", "last = 2023-09-30\n", "the last one does not end with the period"),
    ("{ no = 36, section", "{ no = 38, section", "row: the numbers do not run from 1 on"),
    ("points = 12", "points = 11", "its rows have 12 points together, more than its own"),
    ("key = \"lezhi\"", "key = \"anyue\"", "the office “anyue” stands twice"),
    ("evidence = [\"screenshot\"]", "evidence = []", "names no evidence"),
    ("creation_plan_2022/annex", "creation_plan_2022/annex_2", "names an article that sources.toml does not list"),
];

#[test]
fn a_plan_that_cannot_stand_is_refused() {
    let rules = rules();
    for (old, new, said) in WRONG {
        let faults = rules.over(&[("plan.toml".to_owned(), revised(old, new))]).expect_err(said).0;
        assert!(faults.iter().any(|fault| fault.what.contains(said)), "{said}: {faults:#?}");
        assert!(faults.iter().all(|fault| fault.file == "plan.toml" && fault.line > 0), "{faults:#?}");
    }
    // Wrong words and members are told each with its line, and the words that are allowed.
    let text = revised("count = \"coverage\"", "count = \"coverrage\"").replacen("bonus = true", "bonuss = true", 1);
    let line = |part: &str| text.lines().position(|line| line.contains(part)).expect("a line") + 1;
    let faults = rules.over(&[("plan.toml".to_owned(), text.clone())]).expect_err("two wrong words").0;
    let told = |part: &str, word: &str| faults.iter().any(|fault| fault.line == line(part) && fault.what.contains(word));
    assert!(told("coverrage", "`coverage`") && told("bonuss", "`bonus`"), "{faults:#?}");
}

#[test]
fn a_plan_is_checked_and_compared_at_the_command_line() {
    let folder = scratch("plan");
    let file = folder.join("next.toml");
    let path = file.to_str().expect("a path");
    let row = text().lines().find(|line| line.contains("no = 37, ")).expect("row 37").to_owned() + "\n";
    let text = revised(&row, "").replacen(
        "due = \"mobilise\", measure = [{ count = \"documents\"",
        "due = \"push\", measure = [{ count = \"documents\"",
        1,
    );
    fs::write(&file, &text).expect("the target folder can be written");
    let good = run(&["plan", "check", path], &[], "").good().out;
    assert!(
        good.contains("plans/credit_transport_city.2022-08-30.2.toml") && good.contains("36 rows with 97 tasks, 2 duties with 11"),
        "{good}"
    );
    let law = run(&["law", "check", path], &[], "").good().out;
    assert!(law.contains("credit_transport_city.2022-08-30.2.toml (工作方案 plan)"), "{law}");
    let differences = run(&["law", "diff", PATH, path], &[], "").good().out;
    assert!(differences.contains("引入第三方咨询机构") && differences.contains("from “mobilise” to “push”"), "{differences}");
    // A released plan is not edited, a faulty one is named by its line, and another file is no plan.
    fs::write(&file, self::text().replacen("at_least = 12", "at_least = 13", 1)).expect("the target folder can be written");
    let released = run(&["plan", "check", path], &[], "");
    assert!(released.code == 1 && released.out.contains("is released and never changed"), "{}", released.out);
    fs::write(&file, revised("at_least = 12, each_month", "at_least = 7, each_month")).expect("the target folder can be written");
    let faulty = run(&["plan", "check", path], &[], "");
    let line = self::text().lines().position(|line| line.contains("no = 9, section")).expect("row 9") + 1;
    assert!(faulty.code == 1 && faulty.out.contains(&format!("next.toml, line {line}, ")), "{}", faulty.out);
    let other = run(&["plan", "check", concat!(env!("CARGO_MANIFEST_DIR"), "/law/made_up/r_99.toml")], &[], "");
    assert!(other.code == 1 && other.out.contains("is no plan but a file of another kind: rulebook"), "{}", other.out);
    fs::remove_dir_all(folder).ok();
}

/// T24: a plan whose first day has passed says why it comes late.
async fn a_plan_is_released_and_never_reaches_back_without_a_reason(world: World) {
    let path = PATH.replace(".1.toml", ".2.toml");
    let codes =
        async |path: &str, text: String| match acts::operate(&world.app, AdminAct::LoadLaw { path: path.to_owned(), text }, Vec::new())
            .await
        {
            Ok(_) => Vec::new(),
            Err(acts::ActFault::Refused(refusal)) => refusal.reasons.iter().map(|reason| reason.code.to_string()).collect(),
            Err(fault) => panic!("{fault}"),
        };
    assert_eq!(codes(PATH, text().replacen("at_least = 12", "at_least = 13", 1)).await, ["LAW_FILE_RELEASED"]);
    assert_eq!(codes(&path, revised("at_least = 8, shared = true", "at_least = 8")).await, ["LAW_FILE_FAULTY"]);
    let late = revised("at_least = 2 }", "at_least = 3 }");
    assert_eq!(codes(&path, late.clone()).await, ["LAW_IN_THE_PAST"]);
    let why = late.replacen("revision = 2", "revision = 2\nretroactive = \"a made-up reason\"", 1);
    assert_eq!(codes(&path, why).await, Vec::<String>::new());
    let rules = world.app.rules();
    assert_eq!((rules.plans.len(), rules.plans[1].revision), (2, 2));
}
