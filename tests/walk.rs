//! `make walk`: plays the main job against a demo city that `make run` serves, from a county's spreadsheet to the
//! released company, with the numbered documents and the accounts that the demo prints.

use std::{path::PathBuf, process::ExitCode};

use api::city::{demo::PASSWORD, handouts};
use reqwest::Client;
use serde_json::{Value, json};
use uuid::Uuid;

type Done<T> = Result<T, String>;

struct Walk {
    client: Client,
    url: String,
    data: PathBuf,
    step: u32,
}

fn document(number: u32) -> &'static str {
    let wanted = format!("{number:02}-");
    handouts::DOCUMENTS.iter().find(|(name, _)| name.starts_with(&wanted)).map_or("", |(_, text)| *text)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Who did what, under which article, on which day.
fn say(step: u32, who: &str, what: &str, entry: &Value) {
    let articles: Vec<_> = entry["articles"].as_array().into_iter().flatten().map(|article| text(&article["zh"])).collect();
    let mut line = format!("{step:2}. {who:12} {what}");
    if let Some(number) = entry["number"].as_str() {
        line += &format!("\n    entry {number}, {}, {}", text(&entry["title"]), text(&entry["effectiveOn"]));
    }
    if !articles.is_empty() {
        line += &format!("\n    {}", articles.join("；"));
    }
    println!("{line}");
}

impl Walk {
    async fn ask(&self, token: Option<&str>, number: u32, variables: Value) -> Done<Value> {
        let mut request = self.client.post(format!("{}/graphql", self.url)).json(&json!({ "query": document(number), "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer: Value = request.send().await.map_err(|fault| fault.to_string())?.json().await.map_err(|fault| fault.to_string())?;
        match answer["errors"].as_array() {
            Some(errors) if !errors.is_empty() => Err(format!("document {number}: {}", text(&errors[0]["message"]))),
            _ => Ok(answer["data"].clone()),
        }
    }

    async fn token(&self, login: &str) -> Done<String> {
        let answer = self.ask(None, 1, json!({ "login": login, "password": PASSWORD })).await?;
        answer["signIn"]["token"].as_str().map(str::to_owned).ok_or_else(|| format!("{login} cannot sign in: {}", text(&answer["signIn"]["problem"])))
    }

    async fn query(&self, login: &str, number: u32, variables: Value) -> Done<Value> {
        let token = self.token(login).await?;
        self.ask(Some(&token), number, variables).await
    }

    /// A mutation; its payload. A refusal ends the walk.
    async fn act(&mut self, login: &str, number: u32, mut variables: Value, what: &str) -> Done<Value> {
        variables["key"] = json!(Uuid::new_v4());
        let answer = self.query(login, number, variables).await?;
        let payload = answer.as_object().and_then(|fields| fields.values().next()).cloned().unwrap_or_default();
        if let Some(reason) = payload["refusal"]["reasons"].get(0) {
            return Err(format!("{login} was refused: {} {}", text(&reason["code"]), text(&reason["message"])));
        }
        self.step += 1;
        say(self.step, login, what, &payload["entry"]);
        Ok(payload)
    }

    async fn send(&self, login: &str, path: &str, body: Vec<u8>) -> Done<String> {
        let token = self.token(login).await?;
        let answer = self.client.post(format!("{}{path}", self.url)).bearer_auth(token).body(body).send().await.map_err(|fault| fault.to_string())?;
        let answer: Value = answer.json().await.map_err(|fault| fault.to_string())?;
        answer["id"].as_str().map(str::to_owned).ok_or_else(|| answer.to_string())
    }

    async fn paper(&self, login: &str, name: &str) -> Done<Value> {
        let upload = self.send(login, "/documents", format!("演示文书 demo paper: {name}\n").into_bytes()).await?;
        Ok(json!({ "upload": upload, "name": name }))
    }

    async fn clock(&mut self, to: &str) -> Done<()> {
        self.act("admin", 23, json!({ "to": to }), &format!("the demo's clock moves to {to}; everything that falls due until then is done")).await.map(|_| ())
    }

    async fn check(&mut self, file: &str) -> Done<(String, Value)> {
        let path = self.data.join("files").join(file);
        let bytes = std::fs::read(&path).map_err(|fault| format!("{}: {fault}", path.display()))?;
        let upload = self.send("yanjiang", "/files", bytes).await?;
        let variables = json!({ "layout": "PENALTY_RECORDS", "office": "yanjiang", "upload": upload });
        loop {
            let check = self.query("yanjiang", 3, variables.clone()).await?["fileCheck"].clone();
            if check["ended"] == true {
                self.step += 1;
                say(self.step, "yanjiang", &format!("checks {file}: {} rows, {} problems, nothing is written", check["rows"], check["problemCount"]), &Value::Null);
                return Ok((upload, check));
            }
        }
    }

    /// From the spreadsheet to the published record; its id.
    async fn recorded(&mut self) -> Done<(String, Value)> {
        let (_, bad) = self.check("penalties-yanjiang-with-mistakes.xlsx").await?;
        for problem in bad["problems"].as_array().into_iter().flatten() {
            println!("      {}{} {}: {}", text(&problem["column"]), problem["row"], text(&problem["code"]), text(&problem["zh"]));
        }
        let (upload, good) = self.check("penalties-yanjiang.xlsx").await?;
        if good["good"] != true {
            return Err(format!("the file was committed before, as in an earlier walk: {}; remove the folder and run again", text(&good["problems"][0]["zh"])));
        }
        let variables = json!({ "layout": "PENALTY_RECORDS", "office": "yanjiang", "upload": upload });
        self.act("yanjiang", 4, variables, "commits the very file that was checked: five records").await?;
        let found = self.query("yanjiang", 5, json!({ "search": handouts::walked_company() })).await?;
        let record = found["cases"]["nodes"][0].clone();
        let id = text(&record["id"]).to_owned();
        println!("      {} {}: {}", text(&record["number"]), text(&record["class"]), text(&record["explanation"]));
        self.act("yanjiang", 7, json!({ "id": id }), "publishes the record of the first company").await?;
        let shown = self.ask(None, 8, json!({ "search": handouts::walked_company() })).await?;
        self.step += 1;
        say(self.step, "the public", &format!("reads {} in the published list, to {}", text(&shown["published"]["nodes"][0]["name"]), text(&shown["published"]["nodes"][0]["lastDay"])), &Value::Null);
        Ok((id, record))
    }

    /// The company gets the right to act, and the duties are done; the day on which repair is possible.
    async fn prepared(&mut self, id: &str, record: &Value) -> Done<()> {
        let papers = self.paper("new-company", "营业执照.txt").await?;
        let binding = self.act("new-company", 9, json!({ "uscc": handouts::walked_company(), "papers": papers }), "asks for the right to act for the company").await?;
        self.act("counter", 10, json!({ "id": binding["accountBinding"]["id"] }), "has compared the papers and approves").await?;
        let own = self.query("new-company", 5, json!({ "search": handouts::walked_company() })).await?;
        self.step += 1;
        say(self.step, "new-company", &format!("reads: {}", text(&own["cases"]["nodes"][0]["english"])), &Value::Null);
        let first = text(&record["earliestRepair"]).to_owned();
        let day = if first.is_empty() { return Err("the record names no first day of repair".to_owned()) } else { first };
        self.clock(&day).await?;
        let proof = self.paper("yanjiang", "缴款凭证.txt").await?;
        self.act("yanjiang", 11, json!({ "id": id, "on": day, "proof": proof }), "records that the fine is paid and the breach corrected").await.map(|_| ())
    }

    /// Application, supplement, acceptance.
    async fn accepted(&mut self, record: &str) -> Done<String> {
        let application = json!({ "contactName": "企业经办人", "contactPhone": "0000000", "commitment": true });
        let opened = self.act("new-company", 12, json!({ "record": record, "application": application }), "drafts an application for repair").await?;
        let id = text(&opened["repairApplication"]["id"]).to_owned();
        let letter = self.paper("new-company", "信用承诺书.txt").await?;
        let applied = self.act("new-company", 13, json!({ "id": id, "letter": letter }), "hands it in").await?;
        for deadline in applied["repairApplication"]["deadlines"].as_array().into_iter().flatten() {
            println!("      {}: {}", text(&deadline["title"]), text(&deadline["dueOn"]));
        }
        let asked = self.act("yanjiang", 14, json!({ "id": id, "missing": ["承诺书须加盖公章"] }), "tells once what is missing").await?;
        let points: Vec<_> = asked["repairApplication"]["points"].as_array().into_iter().flatten().filter(|point| point["list"] == "MISSING_PAPERS").map(|point| point["key"].clone()).collect();
        let letter = self.paper("new-company", "盖章的信用承诺书.txt").await?;
        self.act("new-company", 15, json!({ "id": id, "points": points, "letter": letter }), "brings it").await?;
        self.act("yanjiang", 16, json!({ "id": id }), "accepts").await?;
        Ok(id)
    }

    /// Review, decision and release.
    async fn released(&mut self, id: &str) -> Done<()> {
        let record = self.paper("yanjiang", "核查记录.txt").await?;
        let points = json!(["min_term_reached", "duties_done", "commitment_given", "other_law"]);
        self.act("yanjiang", 17, json!({ "id": id, "points": points, "record": record }), "verifies the conditions").await?;
        let extended = self.act("yanjiang-head", 18, json!({ "id": id, "reason": "需要向税务部门核实缴款" }), "extends the time for the result").await?;
        for deadline in extended["repairApplication"]["deadlines"].as_array().into_iter().flatten().filter(|deadline| deadline["status"] == "open") {
            println!("      {}: {}", text(&deadline["title"]), text(&deadline["dueOn"]));
        }
        self.act("yanjiang", 19, json!({ "id": id }), "hands the file up").await?;
        self.act("policy", 20, json!({ "id": id }), "endorses it for the policy office").await?;
        let decision = self.paper("yanjiang-head", "准予修复决定书.txt").await?;
        let granted = self.act("yanjiang-head", 21, json!({ "id": id, "decision": decision }), "grants: publication, sharing and measures stop together").await?;
        println!("      {}", text(&granted["repairApplication"]["decisionNumber"]));
        let shown = self.ask(None, 8, json!({ "search": handouts::walked_company() })).await?;
        self.step += 1;
        say(self.step, "the public", &format!("finds {} entries of the company in the published list", shown["published"]["nodes"].as_array().map_or(0, Vec::len)), &Value::Null);
        let points = json!(["stop_publication", "stop_sharing", "lift_measures", "update_evaluation", "report_credit_china"]);
        let closed = self.act("yanjiang", 22, json!({ "id": id, "points": points }), "confirms each place where the release has arrived").await?;
        match text(&closed["repairApplication"]["state"]["zh"]) {
            "办结" => Ok(()),
            other => Err(format!("the case should be closed, it is {other}")),
        }
    }

    async fn go(&mut self) -> Done<()> {
        let (record, shown) = self.recorded().await?;
        self.prepared(&record, &shown).await?;
        let application = self.accepted(&record).await?;
        self.released(&application).await
    }
}

fn option(name: &str, default: &str) -> String {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1).unwrap_or_else(|| default.to_owned())
}

#[tokio::main]
async fn main() -> ExitCode {
    let (url, data) = (option("--url", "http://127.0.0.1:8080"), option("--data", "demo"));
    let mut walk = Walk { client: Client::new(), url, data: data.into(), step: 0 };
    match walk.go().await {
        Ok(()) => {
            println!("released. Now the trail:");
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("the walk ended at step {}: {fault}", walk.step + 1);
            ExitCode::FAILURE
        }
    }
}
