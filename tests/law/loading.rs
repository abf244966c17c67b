//! Law that is loaded while the house works: a made-up year, a made-up successor of Order 36 and of a process table.

use std::collections::BTreeMap;

use api::{app::App, city::acts, store::write};
use domain::{admin::AdminAct, command::Actor, ids::AccountId};
use serde_json::{Value, json};
use workflows::law::LawFiles;

use crate::{
    cli::program::{Run, run},
    on_both,
    repair::steps,
    support::world::{World, day, record},
    told::table::sent,
};

on_both!(
    a_year_moves_deadlines_and_tells_those_concerned
    a_successor_holds_from_its_day_and_touches_nothing_before
    law_that_cannot_stand_is_refused
    a_report_names_changed_days_first_and_doubts_a_day_too_many
);

const YEAR: &str = include_str!("made_up/2027.json");
const BOOK: &str = include_str!("made_up/r_99.toml");

/// The path of a fixture.
fn made_up(name: &str) -> String {
    format!("{}/law/made_up/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The command line over the world's house.
fn xinxiu(world: &World, arguments: &[&str]) -> Run {
    let folder = world.folder().display().to_string();
    let place = ["--data", &folder, "--database", &world.database, "--origin", "test.example/log", "--json"];
    run(&[&place[..], arguments].concat(), &[], "")
}

/// Entries in the trail.
async fn size(app: &App) -> u64 {
    write::head(app.database.pool()).await.expect("the head").0.size()
}

/// How many letters of a kind went to whom.
async fn told(world: &World, letter: &str) -> BTreeMap<String, usize> {
    sent(world).await.into_iter().filter(|((known, _), _)| known == letter).map(|((_, login), count)| (login, count)).collect()
}

fn to(logins: &[&str]) -> BTreeMap<String, usize> {
    logins.iter().map(|login| ((*login).to_owned(), 1)).collect()
}

/// Open deadlines of a case: last day and mark, by kind.
async fn deadlines(world: &World, id: &str) -> BTreeMap<String, (String, bool)> {
    let query = "query($id: ID!) { case(id: $id) { deadlines { key status dueOn provisional } } }";
    let data = world.query("road", query, json!({ "id": id })).await;
    let rows = data["case"]["deadlines"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.iter()
        .filter(|row| row["status"] == "OPEN")
        .map(|row| (text(&row["key"]), (text(&row["dueOn"]), row["provisional"] == true)))
        .collect()
}

/// Verbs of a case's history.
async fn history(world: &World, id: &str) -> Vec<String> {
    let query = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { history(first: 100, order: OLDEST_FIRST) { edges { node { verb } } } } ... on RepairApplication { history(first: 100, order: OLDEST_FIRST) { edges { node { verb } } } } } }";
    let data = world.query("road", query, json!({ "id": id })).await;
    data["case"]["history"]["edges"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|edge| edge["node"]["verb"].as_str().unwrap_or_default().to_owned())
        .collect()
}

async fn a_year_moves_deadlines_and_tells_those_concerned(world: World) {
    let first = steps::registered(&world, record(1)).await;
    steps::bound(&world, 1).await;
    world.on("2026-12-18").await;
    steps::duties_done(&world, &first, "2026-12-01").await;
    let late = steps::registered(&world, record(2)).await;
    let repair = steps::applied(&world, &first).await;
    // Ten working days from Friday 18 December: without a notice only New Year's Day is known to be off.
    let before = deadlines(&world, &repair).await;
    assert_eq!((&before["answer"], &before["acceptance"]), (&("2027-01-04".into(), true), &("2026-12-23".into(), false)));
    assert_eq!(deadlines(&world, &late).await["publication_start"], ("2026-12-28".into(), true));

    let (entries, file) = (size(&world.app).await, made_up("2027.json"));
    let dry = xinxiu(&world, &["calendar", "load", &file]).good().json();
    let moved: BTreeMap<_, _> = dry["deadlines"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| (one["deadline"].as_str().unwrap_or_default(), one["days"].as_i64()))
        .collect();
    assert_eq!(moved, BTreeMap::from([("answer", Some(-4)), ("publication_start", Some(-1))]), "{dry}");
    assert_eq!((size(&world.app).await, told(&world, "deadline_moved").await), (entries, to(&[])), "a dry run writes nothing");

    let second = world.second_server().await;
    // The notice has Sunday 27 December worked and Monday 4 January off.
    let done = xinxiu(&world, &["calendar", "load", &file, "--commit"]).good().json();
    assert_eq!(done["committed"], true, "{done}");
    assert_eq!(size(&world.app).await, entries + 3, "the act, and an entry for each case in which a day changed");
    let after = deadlines(&world, &repair).await;
    assert_eq!((&after["answer"], &after["acceptance"]), (&("2026-12-31".into(), false), &before["acceptance"]));
    assert_eq!(deadlines(&world, &late).await["publication_start"], ("2026-12-27".into(), false));
    assert_eq!(told(&world, "deadline_moved").await, to(&["company", "road", "road-2", "road-head", "road-head-2"]));
    assert_eq!(history(&world, &repair).await.last().map(String::as_str), Some("recount"));
    assert!(!history(&world, &first).await.contains(&"recount".to_owned()), "a case in which nothing changes is not touched");

    // The server that ran meanwhile goes on under the new year.
    world.on("2026-12-19").await;
    let query = "{ limit(input: { from: \"2026-12-24\", count: 3, unit: WORKING_DAY }) { due provisional counted } }";
    let counted = world.query("road", query, json!({})).await["limit"].clone();
    assert_eq!(counted, json!({ "due": "2026-12-28", "provisional": false, "counted": ["2026-12-25", "2026-12-27", "2026-12-28"] }));
    assert_eq!(second.rules().law.calendars().horizon(), day("2026-12-24"));
    api::work::rounds::make(&second).await.expect("the other server's rounds");
    assert_eq!(second.rules().law.calendars().horizon(), day("2027-12-24"), "who reads there reads the new year too");
    let again = xinxiu(&world, &["calendar", "load", &file, "--commit"]);
    assert!(again.code == 1 && again.out.contains("ALREADY_SO"), "{}", again.out);
    crate::told::table::all_leave(&world).await;
    world.finish().await;
}

/// A later version of the repair process: a result in five working days, and open cases move; what lay with the policy office
/// begins anew at the unit.
fn successor() -> String {
    let text = LawFiles::embedded().get("definitions/repair_application/2026-04-01.1.toml").expect("a process table").to_owned();
    let states = [
        "draft",
        "acceptance_check",
        "supplement_asked",
        "unit_review",
        "head_decision",
        "granted",
        "closed",
        "declined",
        "refused",
        "lapsed",
    ];
    let map: Vec<_> =
        states.iter().map(|state| format!("{state} = \"{state}\"")).chain(["policy_review = \"unit_review\"".to_owned()]).collect();
    text.replace("order_36_2025/", "order_99_2027/")
        .replacen("in_force_from = 2026-04-01", "in_force_from = 2027-07-01", 1)
        .replacen("open_cases = \"stay\"", &format!("open_cases = \"all_move\"\nstate_map = {{ {} }}", map.join(", ")), 1)
        .replacen("key = \"result_days\", value = 7", "key = \"result_days\", value = 5", 1)
}

async fn a_successor_holds_from_its_day_and_touches_nothing_before(world: World) {
    world.on("2027-05-10").await;
    let mut found = record(1);
    found["decisionDate"] = json!("2027-02-20");
    let id = steps::registered(&world, found).await;
    steps::bound(&world, 1).await;
    world.on("2027-06-25").await;
    steps::duties_done(&world, &id, "2027-06-01").await;
    let dropped = steps::applied(&world, &id).await;
    world.done("company", "withdrawRepairApplication", json!({ "id": dropped })).await;
    let repair = steps::applied(&world, &id).await;
    steps::reviewed_to_policy(&world, &repair).await;
    assert_eq!(world.state(&repair).await, "policy_review");

    let (table, book) = (world.folder().join("next.toml").display().to_string(), made_up("r_99.toml"));
    std::fs::write(&table, successor()).expect("a file");
    xinxiu(&world, &["law", "check", &made_up("2027.json"), &book, &table]).good();
    let said = xinxiu(&world, &["law", "diff", "rulebooks/r_36.toml", &book]).good().json().to_string();
    assert!(said.contains("the maximum term changes from “1 year” to “9 months”"), "{said}");
    let said = xinxiu(&world, &["law", "diff", "definitions/repair_application/2026-04-01.1.toml", &table]).good().json().to_string();
    assert!(said.contains("the value changes from “7” to “5”") && said.contains("from “stay” to “all_move”"), "{said}");

    let entries = size(&world.app).await;
    let tried = xinxiu(&world, &["law", "simulate", &book, &table, "--as-of", "2027-07-01"]).good();
    let lines: Vec<Value> = tried.out.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    let [record_line, case_line, totals] = lines.as_slice() else { panic!("{}", tried.out) };
    let (record_line, case_line) = if record_line["what"] == "record" { (record_line, case_line) } else { (case_line, record_line) };
    assert_eq!(record_line["figures"], json!([{ "figure": "max_last_day", "old": "2028-02-20", "new": "2027-11-20", "days": -92 }]));
    assert_eq!(
        (&case_line["old_state"], &case_line["new_state"], &case_line["to"]),
        (&json!("policy_review"), &json!("unit_review"), &json!("2027-07-01.1"))
    );
    assert_eq!((&totals["totals"]["records_changed"], &totals["totals"]["cases_moved"]), (&json!(1), &json!(1)));
    assert_eq!(size(&world.app).await, entries, "a trial writes nothing");

    xinxiu(&world, &["law", "load", &book, &table, "--commit"]).good();
    assert_eq!(size(&world.app).await, entries + 2, "two acts and nothing else before the day");
    world.on("2027-06-30").await;
    let days = deadlines(&world, &repair).await;
    assert_eq!((world.state(&repair).await, &days["result"].0), ("policy_review".to_owned(), &"2027-07-06".to_owned()));
    let maximum = "query($id: ID!) { case(id: $id) { ... on PublicationRecord { maxLastDay } } }";
    assert_eq!(world.query("road", maximum, json!({ "id": id })).await["case"]["maxLastDay"], "2028-02-20");
    assert_eq!(told(&world, "case_moved").await, to(&[]));

    world.on("2027-07-01").await;
    assert_eq!((world.state(&repair).await, world.state(&dropped).await), ("unit_review".into(), "withdrawn".into()));
    assert_eq!(deadlines(&world, &repair).await["result"], days["result"], "a deadline that runs keeps its length");
    assert_eq!(told(&world, "case_moved").await, to(&["company", "road", "road-2"]));
    assert!(history(&world, &repair).await.contains(&"move_to_new_law".to_owned()));
    assert!(!history(&world, &dropped).await.contains(&"move_to_new_law".to_owned()), "what is final is not moved");
    assert_eq!(world.query("road", maximum, json!({ "id": id })).await["case"]["maxLastDay"], "2028-02-20", "what was decided stays");
    world.done("road", "handUpRepairApplication", json!({ "id": repair })).await;

    let mut newer = record(3);
    newer["decisionDate"] = json!("2027-06-25");
    let newer = steps::registered(&world, newer).await;
    assert_eq!(
        world.query("road", maximum, json!({ "id": newer })).await["case"]["maxLastDay"],
        "2028-03-25",
        "nine months under the successor"
    );
    world.on("2027-07-02").await;
    assert_eq!(told(&world, "case_moved").await, to(&["company", "road", "road-2"]), "told once");
    crate::told::table::all_leave(&world).await;
    world.finish().await;
}

/// The codes of what the door answers to a law file.
async fn codes(world: &World, actor: Actor, path: &str, text: String) -> Vec<String> {
    let command = world.app.about_the_house(actor, AdminAct::LoadLaw { path: path.into(), text });
    match world.app.submit(command, None, None, Vec::new(), false).await.expect("an answer") {
        api::door::Answer::Refused { refusal, .. } => refusal.reasons.iter().map(|reason| reason.code.to_string()).collect(),
        other => panic!("{path} should be refused: {other:?}"),
    }
}

async fn law_that_cannot_stand_is_refused(world: World) {
    let entries = size(&world.app).await;
    let operator = Actor::Operator;
    let me = world.query("road", "{ me { account } }", json!({})).await["me"]["account"].as_str().map(str::to_owned).unwrap_or_default();
    let officer: AccountId = me.parse().expect("an account");
    assert_eq!(codes(&world, Actor::Account(officer), "calendar/2027.json", YEAR.into()).await, ["ROLE_DOES_NOT_ALLOW"]);
    let next = "definitions/repair_application/2027-07-01.1.toml";
    // Without the book that brings its instrument, the table rests on nothing.
    assert!(codes(&world, operator, next, successor()).await.iter().all(|code| code == "LAW_FILE_FAULTY"));
    acts::operate(&world.app, AdminAct::LoadLaw { path: "rulebooks/r_99.toml".into(), text: BOOK.into() }, Vec::new())
        .await
        .expect("it loads");
    let plants = [
        (next, successor().replacen("policy_review = \"unit_review\"", "policy_review = \"unit_revue\"", 1), "LAW_FILE_FAULTY"),
        (next, successor().replacen(", policy_review = \"unit_review\"", "", 1), "LAW_FILE_FAULTY"),
        ("definitions/objection/2027-07-01.1.toml", successor(), "LAW_FILE_FAULTY"),
        ("rulebooks/r_99.toml", BOOK.replacen("value = 9", "value = 8", 1), "LAW_FILE_RELEASED"),
        ("calendar/2027.json", YEAR.replacen("2027-01-01", "2027-01-32", 1), "LAW_FILE_FAULTY"),
        ("calendar/2028.json", YEAR.replace("2027", "2028"), "LAW_FILE_FAULTY"),
        ("calendar/2027.json", YEAR.replacen("端午节", "某节", 1), "LAW_FILE_FAULTY"),
        ("settings.toml", "[[setting]]\nkey = \"x\"\n".to_owned(), "LAW_FILE_FAULTY"),
    ];
    for (path, text, code) in plants {
        let found = codes(&world, operator, path, text).await;
        assert!(found.iter().all(|found| found == code) && !found.is_empty(), "{path}: {found:?} instead of {code}");
    }
    world.on("2027-07-02").await;
    let entries_then = size(&world.app).await;
    assert_eq!(codes(&world, operator, next, successor()).await, ["LAW_IN_THE_PAST"]);
    assert!(entries_then > entries && size(&world.app).await == entries_then, "a refusal writes nothing");
    let why = successor().replacen("revision = 1", "revision = 1\nretroactive = \"a made-up transition clause\"", 1);
    acts::operate(&world.app, AdminAct::LoadLaw { path: next.into(), text: why }, Vec::new()).await.expect("it says why");

    let bad = world.folder().join("bad.toml").display().to_string();
    std::fs::write(&bad, BOOK.replacen("\"FINE\"", "\"FNE\"", 2).replacen("R-99", "R-98", 1)).expect("a file");
    let checked = xinxiu(&world, &["law", "check", &bad]);
    let faults = checked.json()["faults"].clone();
    assert!(checked.code == 1 && faults.as_array().is_some_and(|faults| faults.len() == 2), "{faults}");
    assert!(faults[0]["line"].as_u64() > Some(40) && faults[0]["what"].as_str().is_some_and(|what| what.contains("`FINE`")), "{faults}");
    // Wrong words in a state, in a parameter and in two rows: each is told.
    let table =
        successor().replacen("phase = \"draft\"", "phase = \"draught\"", 1).replacen("unit = \"working_day\"", "unit = \"workday\"", 1);
    std::fs::write(&bad, table.replacen("who = [\"party\"]", "who = [\"partie\"]", 2).replacen("revision = 1", "revision = 2", 1))
        .expect("a file");
    let faults = xinxiu(&world, &["law", "check", &bad]).json()["faults"].clone();
    let lines: Vec<_> = faults.as_array().into_iter().flatten().map(|fault| fault["line"].as_u64().unwrap_or_default()).collect();
    assert!(lines.len() == 4 && lines.is_sorted() && lines[3] > 60, "{faults}");
    world.finish().await;
}

async fn a_report_names_changed_days_first_and_doubts_a_day_too_many(world: World) {
    world.on("2026-12-18").await;
    let moves = steps::registered(&world, record(1)).await;
    world.on("2026-12-24").await;
    // Seven working days end on 5 January with the notice and without it: only the mark goes.
    let stays = steps::registered(&world, record(2)).await;
    let number = async |id: &str| {
        world.query("road", "query($id: ID!) { case(id: $id) { number } }", json!({ "id": id })).await["case"]["number"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let (moves, stays) = (number(&moves).await, number(&stays).await);
    let report = |file: &str| {
        let folder = world.folder().display().to_string();
        let done =
            run(&["--data", &folder, "--database", &world.database, "--origin", "test.example/log", "calendar", "load", file], &[], "")
                .good();
        done.out.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let lines = report(&made_up("2027.json"));
    let place = |words: &[&str]| {
        lines.iter().position(|line| words.iter().all(|word| line.contains(word))).unwrap_or_else(|| panic!("{words:?} in {lines:#?}"))
    };
    let heading = place(&["only the mark changes"]);
    assert!(place(&[&moves, " → "]) < heading && heading < place(&[&stays, "no more"]), "{lines:#?}");
    assert!(!lines.iter().any(|line| line.contains("warning") || line.contains("2027-01-05 → 2027-01-05")), "{lines:#?}");
    // Days that are worked, marked as off.
    let file = world.folder().join("2027.json");
    let text = YEAR.replace("\"isOffDay\": false", "\"isOffDay\": true");
    assert_ne!(text, YEAR);
    std::fs::write(&file, text).expect("a file");
    let lines = report(&file.display().to_string());
    assert!(
        lines[0].contains("warning")
            && lines.iter().any(|line| line.contains("too many"))
            && lines.last().is_some_and(|line| line.contains("nothing was written")),
        "{lines:#?}"
    );
    let checked = run(&["law", "check", &file.display().to_string()], &[], "").good();
    assert!(checked.out.contains("too many"), "{}", checked.out);
    world.finish().await;
}
