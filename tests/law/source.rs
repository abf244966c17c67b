//! Numbers and articles of the law stand in its files, with date and source, and not in the program.

use serde_json::json;

use crate::{
    listing, objection, on_both, repair,
    support::{sources, world::World},
};

on_both!(a_law_of_penalties_is_followed_by_analogy);

const PROGRAM: [&str; 3] = ["workflows/src", "api/src", "domain/src"];

/// The code of a line: neither its comment nor what it quotes.
fn code(line: &str) -> String {
    line.split("//").next().unwrap_or_default().split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}

/// Whether a number other than 0 and 1 follows a word.
fn number_after(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let rest = code[at + word.len()..].trim_start_matches([' ', '-']);
        let digits: String = rest.chars().take_while(|one| one.is_ascii_digit() || *one == '_').collect();
        !digits.is_empty() && !["0", "1"].contains(&digits.as_str())
    })
}

/// Lengths of years, months and days; names of constants that hold some.
fn tells_time(line: &str) -> bool {
    let code = code(line);
    let calls = ["Duration::days(", "Duration::weeks(", "Days::new(", "Months::new(", "from_days(", "count:", "years:", "months:", "days:"];
    let constant = code
        .trim_start()
        .trim_start_matches("pub ")
        .trim_start_matches("pub(super) ")
        .trim_start_matches("pub(crate) ")
        .starts_with("const ");
    let named = ["YEAR", "MONTH", "DAYS"].iter().any(|word| code.contains(word));
    code.contains("365")
        || code.contains("366")
        || calls.iter().any(|word| number_after(&code, word))
        || constant && named && number_after(&code, "=")
}

/// Lengths of time that are no law: how the house itself works.
const HOUSE: [(&str, &str, &str); 3] = [
    ("api/src/city/", "", "the scenes of the demo, which no real case meets"),
    ("domain/src/calendar/limit.rs", "limit.count > 3660", "how far a calculator counts: no number of any law"),
    ("domain/src/calendar/year.rs", "NEW_YEAR", "a place in a list"),
];

#[test]
fn no_length_of_years_or_days_stands_in_the_program() {
    let mut faults = Vec::new();
    for (name, text) in sources::of(&PROGRAM) {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| tells_time(line)) {
            let excused = HOUSE.iter().any(|(place, words, _)| name.contains(place) && line.contains(words));
            if !excused {
                faults.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_length_in_the_program_is_found() {
    for line in [
        "    let last = Duration::days(3 * 365);",
        "const YEARS_BACK: i32 = 5;",
        "Limit { from, count: 3, unit }",
        "    .checked_add(Duration::weeks(2))",
    ] {
        assert!(tells_time(line), "{line}");
    }
    for line in [
        "/// Three years are 3 * 365 days.",
        "let text = \"count: 5\";",
        "Duration::days(1)",
        "Limit { from, count: figure.value, unit }",
        "next.month_days(day)",
    ] {
        assert!(!tells_time(line), "{line}");
    }
}

/// No act of this house is a penalty: what the Penalty Law says of one is followed by analogy, and never as if it bound.
#[test]
fn the_program_rests_no_refusal_on_the_penalty_law() {
    let rests: Vec<_> =
        sources::of(&PROGRAM).into_iter().filter(|(_, text)| text.contains("under(Some(\"penalty_law")).map(|(path, _)| path).collect();
    assert!(rests.is_empty(), "{rests:?}");
}

/// Code, article and whether it is followed by analogy.
async fn reasons(world: &World, login: &str, name: &str, kind: &str, mut input: serde_json::Value) -> Vec<(String, String, bool)> {
    input["idempotencyKey"] = json!(uuid::Uuid::new_v4());
    let query =
        format!("mutation($input: {kind}!) {{ {name}(input: $input) {{ refusal {{ reasons {{ code byAnalogy article {{ key }} }} }} }} }}");
    let answer = world.query(login, &query, json!({ "input": input })).await;
    let found = answer[name]["refusal"]["reasons"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    found.iter().map(|one| (text(&one["code"]), text(&one["article"]["key"]), one["byAnalogy"] == true)).collect()
}

async fn a_law_of_penalties_is_followed_by_analogy(world: World) {
    let (id, _) = listing::steps::opened(&world).await;
    listing::steps::noticed(&world, &id).await;
    let proof = world.paper("road", "邮件").await;
    let by_mail = json!({ "id": id, "serviceMethod": "ELECTRONIC", "servedOn": "2026-04-01", "proofOfService": proof });
    let found = reasons(&world, "road", "servePriorNotice", "ServePriorNoticeInput", by_mail).await;
    assert_eq!(found, [("SERVICE_CONSENT_MISSING".to_owned(), "penalty_law_2021/art_61".to_owned(), true)]);
    // Who has to step aside is told by the law on civil servants, which binds in every act of an office.
    let challenged = repair::steps::registered(&world, crate::support::world::record(2)).await;
    repair::steps::bound(&world, 2).await;
    let objection = objection::steps::filed(&world, &challenged, "CONTENT_WRONG").await;
    let aside = "mutation($id: ID!, $key: UUID!) { stepAside(id: $id, idempotencyKey: $key, reason: \"利害关系\") { refusal { reasons { code } } } }";
    world.query("road", aside, json!({ "id": objection, "key": uuid::Uuid::new_v4() })).await;
    let found = reasons(&world, "road", "acceptObjection", "AcceptObjectionInput", json!({ "id": objection })).await;
    assert_eq!(found, [("STEPPED_ASIDE".to_owned(), "civil_servants_law_2018/art_76".to_owned(), false)]);
    world.finish().await;
}
