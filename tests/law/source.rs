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
    let compared = ["years", "months", "days"]
        .iter()
        .any(|unit| [" > ", " >= ", " < ", " <= ", " == "].iter().any(|than| number_after(&code, &format!("{unit}{than}"))));
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
        || compared
        || constant && named && number_after(&code, "=")
}

/// Whether a docstring or a quoted text says how long a time is: what it says is not changed with the law.
fn says_time(line: &str) -> bool {
    let said = match line.trim_start().strip_prefix("/// ") {
        Some(told) => told.to_owned(),
        None => line.split("// ").next().unwrap_or_default().split('"').skip(1).step_by(2).collect::<Vec<_>>().join("\n"),
    };
    let words: Vec<_> = said.split(|letter: char| !letter.is_alphanumeric()).filter(|word| *word != "working").collect();
    let numbers = ["two", "three", "four", "five", "six", "seven", "ten", "twelve", "fifteen", "twenty", "thirty", "sixty"];
    let number =
        |word: &str| numbers.contains(&word.to_lowercase().as_str()) || word.parse::<u32>().is_ok_and(|count| (2..1_000).contains(&count));
    let units = ["day", "days", "month", "months", "year", "years"];
    let english = words.windows(2).any(|pair| number(pair[0]) && units.contains(&pair[1]));
    let digit = |letter: char| "二三四五六七八九十两".contains(letter) || letter.is_ascii_digit();
    let chinese =
        ["个月", "个工作日", "年以", "年内"].iter().any(|unit| said.match_indices(unit).any(|(at, _)| said[..at].ends_with(digit)));
    english || chinese
}

/// Lengths of time that are no law: how the house itself works.
const HOUSE: [(&str, &str, &str); 6] = [
    ("api/src/mail/retry.rs", "three days", "how long the house tries to deliver a letter"),
    ("api/src/city/", "", "the scenes of the demo, which no real case meets"),
    ("domain/src/calendar/limit.rs", "limit.count > 3660", "how far a calculator counts: no number of any law"),
    ("api/src/graphql/office/accounts.rs", "DEMO_STEP", "how far the demo's day is moved at once"),
    ("api/src/graphql/office/accounts.rs", "The demo goes forward", "the same in words"),
    ("domain/src/calendar/year.rs", "NEW_YEAR", "a place in a list"),
];

#[test]
fn no_length_of_years_or_days_stands_in_the_program() {
    let mut faults = Vec::new();
    for (name, text) in sources::of(&PROGRAM) {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| tells_time(line) || says_time(line)) {
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
        "    necessity.months == 0 || necessity.months > 3,",
    ] {
        assert!(tells_time(line), "{line}");
    }
    for line in [
        "    /// The law that allows more than three years, as `source/article`.",
        "    \"publication by necessity lasts at most three months\",",
        "    \"确有必要公示的最长三个月\",",
        "    /// The platform is to be told within 3 working days.",
    ] {
        assert!(says_time(line), "{line}");
    }
    for line in
        ["    // Two years' files are compared.", "    \"one year\"", "    format!(\"最长{}个月\", figure.value)", "    three(days)"]
    {
        assert!(!says_time(line), "{line}");
    }
    for line in [
        "/// Three years are 3 * 365 days.",
        "let text = \"count: 5\";",
        "Duration::days(1)",
        "Limit { from, count: figure.value, unit }",
        "listing.own_term_years == Some(0)",
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
