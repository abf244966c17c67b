//! A server killed three hundred times with eight acts in flight: nothing that was acknowledged is lost, nothing happens twice.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use api::{
    city::demo,
    store::{Database, trail},
};
use serde_json::{Value, json};

use crate::killing;

/// Two of three kills have to meet every worker waiting.
const FULL: (u32, u32) = (2, 3);
const SIGN_IN: &str = "mutation($input: SignInInput!) { signIn(input: $input) { token problem { zh en } } }";

fn serve(program: &Path, data: &Path) -> (Child, String) {
    let mut child = Command::new(program)
        .arg("--data")
        .arg(data)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("stdout")).read_line(&mut line).expect("an address");
    (child, line.trim().to_owned())
}

/// A record of a company that the demo does not have.
fn record(number: u32) -> Value {
    let body = demo::invented_uscc("512000", 900_001);
    json!({
        "subjectKind": "LEGAL_PERSON", "subjectName": format!("资阳示例{number}（运输）有限公司"),
        "uscc": demo::invented_uscc("512002", number), "procedure": "ORDINARY", "decisionDate": "2026-08-10",
        "decisionNumber": format!("资交罚〔2026〕{number}号"), "sector": "ROAD_TRANSPORT",
        "penalties": [{ "kind": "FINE", "size": "LARGER" }], "violation": "违法行为", "facts": "事实", "basis": "依据",
        "content": "罚款10000元", "bodyName": "资阳市交通运输局", "bodyUscc": body, "sourceName": "资阳市交通运输局",
        "sourceUscc": body,
    })
}

async fn token(url: &str) -> Result<String, String> {
    let body = json!({ "query": SIGN_IN, "variables": { "input": { "login": "road", "password": demo::PASSWORD } } });
    let answer = reqwest::Client::new().post(url).json(&body).send().await.map_err(|fault| fault.to_string())?;
    let answer: Value = answer.json().await.map_err(|fault| fault.to_string())?;
    answer["data"]["signIn"]["token"].as_str().map(str::to_owned).ok_or_else(|| answer.to_string())
}

/// Kills, counts and prints; whether nothing was lost or done twice.
///
/// # Errors
/// When the house cannot be worked in.
pub async fn run(program: &Path, data: &Path, kills: u32) -> Result<bool, String> {
    let words = |fault: api::store::StoreFault| fault.to_string();
    let database = Database::open(&format!("sqlite:{}", data.join("xinxiu.sqlite").display())).await.map_err(words)?;
    let before = killing::registered(&database).await;
    let (mut server, url) = serve(program, data);
    let token = token(&url).await;
    server.kill().and_then(|()| server.wait()).map_err(|fault| fault.to_string())?;
    let tally = match killing::killed(|| serve(program, data), &token?, record, 100_000, kills, 29).await {
        Ok(tally) => tally,
        Err(faults) => {
            faults.iter().take(20).for_each(|fault| println!("  {fault}"));
            return Ok(false);
        }
    };
    let mut lost = 0;
    for entry in tally.entries.values() {
        lost += u32::from(!trail::entry(&database, *entry).await.map_err(words)?.is_some_and(|(entry, _)| entry.accepted()));
    }
    let (acts, distinct) = (tally.entries.len(), tally.entries.values().collect::<BTreeSet<_>>().len());
    let doubled = (killing::registered(&database).await - before).abs_diff(acts) + (acts - distinct);
    let verified = Command::new(program).arg("--data").arg(data).args(["audit", "verify"]).status().is_ok_and(|status| status.success());
    println!(
        "{} kills, {} with {} acts in flight; {acts} acts, {} asked again; {lost} lost, {doubled} doubled; the trail verifies: {verified}",
        tally.kills,
        tally.full,
        killing::WORKERS,
        tally.repeated
    );
    Ok(lost == 0 && doubled == 0 && verified && tally.full * FULL.1 >= tally.kills * FULL.0)
}
