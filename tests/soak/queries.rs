//! Hostile questions, asked by several at once; what was answered, and how fast.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::{
    Asked,
    hostile::{ASKERS, Hostile, Question},
};

const PASSWORD: &str = "demo-city-2026";
/// How many ask at once.
const AT_ONCE: usize = 4;
/// The questions that are kept as the worst.
const WORST: usize = 1000;
/// Bytes of a question that is kept; the long ones repeat one character.
const LONGEST: usize = 1500;
/// One in a thousand may take longer than this.
const SLOWEST: Duration = Duration::from_millis(100);

/// Whoever asks, with a token each.
struct Callers {
    client: reqwest::Client,
    url: String,
    tokens: Mutex<BTreeMap<&'static str, String>>,
}

/// One answer.
struct Answered {
    question: Question,
    took: Duration,
    /// The first code of each error, or `ok`; `HTTP n` where the answer is no GraphQL.
    codes: Vec<String>,
}

impl Callers {
    async fn send(&self, token: Option<&str>, query: &str, variables: &Value) -> Result<(u16, Value), String> {
        let mut request = self.client.post(&self.url).json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.map_err(|fault| fault.to_string())?;
        let status = answer.status().as_u16();
        Ok((status, answer.json().await.unwrap_or(Value::Null)))
    }

    async fn sign_in(&self, login: &'static str) -> Result<String, String> {
        let query = "mutation($input: SignInInput!) { signIn(input: $input) { token problem { zh en } } }";
        let (_, answer) = self.send(None, query, &json!({ "input": { "login": login, "password": PASSWORD } })).await?;
        let token = answer["data"]["signIn"]["token"].as_str().ok_or_else(|| format!("{login}: {answer}"))?.to_owned();
        self.tokens.lock().await.insert(login, token.clone());
        Ok(token)
    }

    async fn token(&self, login: Option<&'static str>) -> Result<Option<String>, String> {
        match login {
            None => Ok(None),
            Some("!dead") => Ok(Some("never-good".to_owned())),
            Some(login) => match self.tokens.lock().await.get(login).cloned() {
                Some(token) => Ok(Some(token)),
                None => Err(format!("{login} is not signed in")),
            },
        }
    }

    /// Ids, numbers and cursors of the house, for questions to name.
    async fn facts(&self) -> Result<Vec<String>, String> {
        let query = "query($process: Process!) { cases(process: $process, first: 20) { nodes { ... on Case { id number subject { id uscc } } } pageInfo { endCursor } } }";
        let mut facts = Vec::new();
        let token = self.tokens.lock().await.get("auditor").cloned();
        for process in ["PUBLICATION_RECORD", "REPAIR_APPLICATION", "LISTING_CASE", "PROPOSAL_BATCH", "PROPOSAL_ENTRY", "OBJECTION"] {
            let (_, answer) = self.send(token.as_deref(), query, &json!({ "process": process })).await?;
            let page = &answer["data"]["cases"];
            for node in page["nodes"].as_array().into_iter().flatten() {
                facts.extend(
                    [&node["id"], &node["number"], &node["subject"]["id"], &node["subject"]["uscc"]]
                        .into_iter()
                        .filter_map(Value::as_str)
                        .map(str::to_owned),
                );
            }
            facts.extend(page["pageInfo"]["endCursor"].as_str().map(str::to_owned));
        }
        if facts.is_empty() { Err("the house has no cases; `xinxiu demo` builds one".to_owned()) } else { Ok(facts) }
    }

    async fn ask(&self, question: Question, facts: &[String]) -> Result<Answered, String> {
        let asked = question.about(facts);
        let token = self.token(ASKERS[question.asker]).await?;
        let began = Instant::now();
        let (status, answer) = self.send(token.as_deref(), &asked.query, &asked.variables).await?;
        let took = began.elapsed();
        let errors = answer["errors"].as_array().cloned().unwrap_or_default();
        let mut codes: Vec<_> = errors.iter().map(|error| error["extensions"]["code"].as_str().unwrap_or("no code").to_owned()).collect();
        if answer.is_null() {
            codes.push(format!("HTTP {status}"));
        } else if codes.is_empty() {
            codes.push("ok".to_owned());
        }
        Ok(Answered { question, took, codes })
    }
}

/// Codes that a caller's question may bring.
fn is_fair(code: &str) -> bool {
    matches!(
        code,
        "ok" | "UNAUTHENTICATED"
            | "FORBIDDEN"
            | "NOT_FOUND"
            | "BAD_USER_INPUT"
            | "GRAPHQL_PARSE_FAILED"
            | "GRAPHQL_VALIDATION_FAILED"
            | "OPERATION_RESOLUTION_FAILURE"
            | "CONFLICT"
            | "RATE_LIMITED"
    )
}

fn told(all: &[Answered]) -> bool {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for code in all.iter().flat_map(|answered| &answered.codes) {
        *codes.entry(code).or_default() += 1;
    }
    for (code, count) in &codes {
        println!("{count:>9}  {code}");
    }
    let unfair: Vec<_> = all.iter().filter(|answered| answered.codes.iter().any(|code| !is_fair(code))).collect();
    for answered in unfair.iter().take(20) {
        println!("UNFAIR {:?} {}", answered.codes, answered.question.line());
    }
    let mut times: Vec<_> = all.iter().filter(|answered| !signs_in(&answered.question)).map(|answered| answered.took).collect();
    times.sort_unstable();
    let at = |part: f64| {
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
        let place = (times.len() as f64 * part) as usize;
        times.get(place.min(times.len().saturating_sub(1))).copied().unwrap_or_default()
    };
    println!(
        "{} questions; p50 {:?}, p99 {:?}, p99.9 {:?}, slowest {:?}; {} answered as no caller deserves",
        all.len(),
        at(0.5),
        at(0.99),
        at(0.999),
        at(1.0),
        unfair.len()
    );
    unfair.is_empty() && at(0.999) <= SLOWEST
}

/// Asks all of them; whether every answer was fair and in time.
///
/// # Errors
/// When the house does not answer at all.
pub async fn run(asked: &Asked) -> Result<bool, String> {
    let client = reqwest::Client::builder().timeout(Duration::from_mins(1)).build().map_err(|fault| fault.to_string())?;
    let callers = Arc::new(Callers { client, url: asked.url.clone(), tokens: Mutex::default() });
    for login in ASKERS.into_iter().flatten().filter(|login| *login != "!dead") {
        callers.sign_in(login).await?;
    }
    let (facts, made, next) = (Arc::new(callers.facts().await?), Arc::new(Hostile::default()), Arc::new(AtomicU64::new(asked.from)));
    let end = asked.from + asked.queries;
    let workers: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (callers, facts, made, next) = (callers.clone(), facts.clone(), made.clone(), next.clone());
            tokio::spawn(async move {
                let mut all = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= end {
                        return Ok::<_, String>(all);
                    }
                    let answered =
                        callers.ask(made.question(number), &facts).await.map_err(|fault| format!("question {number}: {fault}"))?;
                    if answered.codes.iter().any(|code| !is_fair(code)) {
                        eprintln!("question {number}: {:?}", answered.codes); // said at once: a soak may be cut short
                    }
                    all.push(answered);
                    if number % 20_000 == 0 {
                        eprintln!("{number}");
                    }
                }
            })
        })
        .collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.await.map_err(|fault| fault.to_string())??);
    }
    let fine = told(&all);
    if let Some(file) = &asked.keep {
        // Unfair ones first, then the slowest.
        all.sort_by_key(|answered| (answered.codes.iter().all(|code| is_fair(code)), std::cmp::Reverse(answered.took)));
        let lines: Vec<_> = all
            .iter()
            .filter(|answered| !signs_in(&answered.question))
            .map(|answered| answered.question.line())
            .filter(|line| line.len() <= LONGEST)
            .take(WORST)
            .collect();
        std::fs::write(file, lines.join("\n") + "\n").map_err(|fault| fault.to_string())?;
    }
    Ok(fine)
}

/// Whether it tries a password: argon2 takes its time.
fn signs_in(question: &Question) -> bool {
    question.query.contains("signIn") || question.query.contains("addAccount")
}
