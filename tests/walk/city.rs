//! The running demo city as the walk reaches it: sign-in, numbered documents, uploads, and the clock.

use std::path::PathBuf;

use api::city::{demo::PASSWORD, handouts};
use reqwest::Client;
use serde_json::{Value, json};
use uuid::Uuid;

pub type Done<T> = Result<T, String>;

pub struct Walk {
    client: Client,
    url: String,
    data: PathBuf,
    pub step: u32,
}

fn document(number: u32) -> &'static str {
    let wanted = format!("{number:02}-");
    handouts::documents().into_iter().find(|(name, _)| name.starts_with(&wanted)).map_or("", |(_, text)| text)
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Words of the house, as the counter reads them.
pub fn words(value: &Value) -> &str {
    text(&value["zh"])
}

/// Who did what, under which article, on which day.
pub fn say(step: u32, who: &str, what: &str, entry: &Value) {
    let articles: Vec<_> = entry["articles"].as_array().into_iter().flatten().map(|article| text(&article["zh"])).collect();
    let mut line = format!("{step:2}. {who:12} {what}");
    if let Some(number) = entry["number"].as_str() {
        line += &format!("\n    entry {number}, {}, {}", words(&entry["title"]), text(&entry["effectiveOn"]));
    }
    if !articles.is_empty() {
        line += &format!("\n    {}", articles.join("；"));
    }
    println!("{line}");
}

/// The acts that followed of themselves.
pub fn told(payload: &Value) {
    for entry in payload["followUps"].as_array().into_iter().flatten() {
        println!("      with it, entry {}: {}", text(&entry["number"]), words(&entry["title"]));
    }
}

impl Walk {
    pub fn new(url: String, data: String) -> Self {
        Self { client: Client::new(), url, data: data.into(), step: 0 }
    }

    pub async fn ask(&self, token: Option<&str>, number: u32, variables: Value) -> Done<Value> {
        let mut request =
            self.client.post(format!("{}/graphql", self.url)).json(&json!({ "query": document(number), "variables": variables }));
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
        answer["signIn"]["token"]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| format!("{login} cannot sign in: {}", words(&answer["signIn"]["problem"])))
    }

    pub async fn query(&self, login: &str, number: u32, variables: Value) -> Done<Value> {
        let token = self.token(login).await?;
        self.ask(Some(&token), number, variables).await
    }

    /// A mutation; its payload. A refusal ends the walk.
    pub async fn act(&mut self, login: &str, number: u32, mut variables: Value, what: &str) -> Done<Value> {
        variables["key"] = json!(Uuid::new_v4());
        let answer = self.query(login, number, variables).await?;
        let payload = answer.as_object().and_then(|fields| fields.values().next()).cloned().unwrap_or_default();
        if let Some(reason) = payload["refusal"]["reasons"].get(0) {
            return Err(format!("{login} was refused: {} {}", text(&reason["code"]), words(&reason["message"])));
        }
        self.step += 1;
        say(self.step, login, what, &payload["entry"]);
        Ok(payload)
    }

    async fn send(&self, login: &str, path: &str, body: Vec<u8>) -> Done<String> {
        let token = self.token(login).await?;
        let answer = self
            .client
            .post(format!("{}{path}", self.url))
            .bearer_auth(token)
            .body(body)
            .send()
            .await
            .map_err(|fault| fault.to_string())?;
        let answer: Value = answer.json().await.map_err(|fault| fault.to_string())?;
        answer["id"].as_str().map(str::to_owned).ok_or_else(|| answer.to_string())
    }

    pub async fn paper(&self, login: &str, name: &str) -> Done<Value> {
        let upload = self.send(login, "/documents", format!("演示文书 demo paper: {name}\n").into_bytes()).await?;
        Ok(json!({ "upload": upload, "name": name }))
    }

    /// Moves the clock past a day.
    pub async fn clock_after(&mut self, day: &str) -> Done<()> {
        let next = domain::day::parse(day).and_then(time::Date::next_day).ok_or_else(|| format!("“{day}” is no day"))?;
        self.clock(&next.to_string()).await
    }

    pub async fn clock(&mut self, to: &str) -> Done<()> {
        self.act("admin", 23, json!({ "to": to }), &format!("the demo's clock moves to {to}; everything that falls due until then is done"))
            .await
            .map(|_| ())
    }

    /// The legal date in the demo.
    pub async fn today(&self) -> Done<String> {
        Ok(text(&self.query("auditor", 55, json!({})).await?["me"]["today"]).to_owned())
    }

    /// Says what nobody sends: what somebody reads.
    pub fn reads(&mut self, who: &str, what: &str) {
        self.step += 1;
        say(self.step, who, what, &Value::Null);
    }

    /// A dry run of one of Yanjiang County's files; the upload and what was found.
    pub async fn check(&mut self, file: &str, layout: &str) -> Done<(String, Value)> {
        let path = self.data.join("files").join(file);
        let bytes = std::fs::read(&path).map_err(|fault| format!("{}: {fault}", path.display()))?;
        let upload = self.send("yanjiang", "/files", bytes).await?;
        let variables = json!({ "layout": layout, "office": "yanjiang", "upload": upload });
        loop {
            let check = self.query("yanjiang", 3, variables.clone()).await?["fileCheck"].clone();
            if check["ended"] == true {
                self.reads(
                    "yanjiang",
                    &format!("checks {file}: {} rows, {} problems, nothing is written", check["rows"], check["problemCount"]),
                );
                return Ok((upload, check));
            }
        }
    }

    /// The upload of a file without faults.
    pub async fn checked(&mut self, file: &str, layout: &str) -> Done<String> {
        let (upload, check) = self.check(file, layout).await?;
        if check["good"] == true {
            Ok(upload)
        } else {
            Err(format!("{file}: {}; after an earlier walk remove the folder and run again", text(&check["problems"][0]["zh"])))
        }
    }

    pub async fn committed(&mut self, layout: &str, upload: String, what: &str) -> Done<()> {
        self.act("yanjiang", 4, json!({ "layout": layout, "office": "yanjiang", "upload": upload }), what).await.map(|_| ())
    }
}
