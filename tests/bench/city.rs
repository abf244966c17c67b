//! The house that is measured: the release program as it ships, a demo city, and records to repair.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use api::{
    city::demo::{PASSWORD, invented_uscc},
    files::penalties::LAYOUT,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    client::{Client, field},
    machine, rival,
};

/// Rows in one file.
const FILE: usize = 5_000;

/// Tokens and papers of the accounts that act.
#[derive(Clone, Debug, Default)]
pub struct People {
    pub counter: String,
    pub officer: String,
    pub policy: String,
    pub head: String,
    pub letter: String,
    pub record: String,
    pub decision: String,
}

pub struct City {
    pub folder: PathBuf,
    pub postgres: Option<String>,
    database: String,
    server: Child,
    pub host: String,
    pub people: People,
    /// Global ids of records that nobody has applied for.
    pub records: Vec<String>,
    /// Acts that were acknowledged.
    pub acknowledged: u64,
    entries: u64,
    pub first_answer: Duration,
}

impl Drop for City {
    fn drop(&mut self) {
        let _ = self.server.kill(); // it may have ended already
        let _ = self.server.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub fn program() -> PathBuf {
    std::env::var_os("BENCH_PROGRAM").map_or_else(|| PathBuf::from("xinxiu"), PathBuf::from)
}

fn command(folder: &Path, database: &str) -> Command {
    let mut command = Command::new(program());
    command.arg("--data").arg(folder).args(["--database", database]);
    command
}

impl City {
    pub async fn build(postgres: Option<&str>, records: usize) -> Result<Self, String> {
        let mut city = Self::bare(postgres).await?;
        if let Some(url) = postgres {
            rival::prepare(url, &city.folder)?;
        }
        city.fill(records).await?;
        city.restart().await?;
        city.quiet().await?;
        city.entries = city.size().await?;
        Ok(city)
    }

    /// A demo city with the accounts that act, and no records to repair yet.
    pub async fn bare(postgres: Option<&str>) -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("xinxiu-bench-{}", Uuid::new_v4()));
        std::fs::create_dir_all(&folder).map_err(|fault| fault.to_string())?;
        let database = postgres.map_or_else(|| format!("sqlite:{}", folder.join("house.sqlite").display()), str::to_owned);
        let built = command(&folder, &database).arg("demo").output().map_err(|fault| fault.to_string())?;
        if !built.status.success() {
            return Err(String::from_utf8_lossy(&built.stderr).into_owned());
        }
        let (server, host, first_answer) = serve(&folder, &database).await?;
        let postgres = postgres.map(str::to_owned);
        let mut city = Self {
            folder,
            postgres,
            database,
            server,
            host,
            people: People::default(),
            records: Vec::new(),
            acknowledged: 0,
            entries: 0,
            first_answer,
        };
        city.people().await?;
        Ok(city)
    }

    /// The program before this house.
    pub fn command(&self) -> Command {
        command(&self.folder, &self.database)
    }

    /// The server that is measured has done nothing else before.
    async fn restart(&mut self) -> Result<(), String> {
        self.stop();
        self.start().await
    }

    pub fn stop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }

    pub async fn start(&mut self) -> Result<(), String> {
        (self.server, self.host, self.first_answer) = serve(&self.folder, &self.database).await?;
        Ok(())
    }

    /// The same people before another database of the same house.
    pub async fn beside(&self, url: &str) -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("xinxiu-bench-{}", Uuid::new_v4()));
        std::fs::create_dir_all(&folder).map_err(|fault| fault.to_string())?;
        let copied = Command::new("cp").arg("-r").arg(self.folder.join("keys")).arg(self.folder.join("documents")).arg(&folder).status();
        copied.map_err(|fault| fault.to_string())?;
        let (server, host, first_answer) = serve(&folder, url).await?;
        Ok(Self {
            folder,
            postgres: Some(url.to_owned()),
            database: url.to_owned(),
            server,
            host,
            people: self.people.clone(),
            records: Vec::new(),
            acknowledged: 0,
            entries: 0,
            first_answer,
        })
    }

    /// Waits until what the preparation left behind is done: timers that are due, letters that wait.
    pub async fn quiet(&self) -> Result<(), String> {
        let db = api::store::Database::open(&self.database).await.map_err(|fault| fault.to_string())?;
        let sql = "SELECT (SELECT count(*) FROM notice WHERE status = 'waiting' AND (next_at IS NULL OR next_at <= (SELECT now FROM demo_clock))) + \
             (SELECT count(*) FROM deadline WHERE fires_at <= (SELECT now FROM demo_clock) OR remind_at <= (SELECT now FROM demo_clock))";
        for _ in 0..600 {
            let row = sea_orm::ConnectionTrait::query_one_raw(db.pool(), db.statement(sql, Vec::new()))
                .await
                .map_err(|fault| fault.to_string())?;
            let left: i64 = row.ok_or("no count")?.try_get_by_index(0).map_err(|fault| fault.to_string())?;
            if left == 0 {
                return db.close().await.map_err(|fault| fault.to_string());
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        Err("timers and letters of the preparation do not end".to_owned())
    }

    pub fn pid(&self) -> u32 {
        self.server.id()
    }

    /// Seconds of processor time of server and database so far.
    pub fn processor(&self) -> f64 {
        let database = self.postgres.as_ref().and_then(|_| machine::postmaster()).map_or(0.0, machine::seconds_of_family);
        machine::seconds(self.pid()) + database
    }

    /// Commits that `PostgreSQL` has counted in the house's database.
    pub async fn commits(&self) -> Result<u64, String> {
        let Some(url) = &self.postgres else { return Ok(0) };
        let db = sea_orm::Database::connect(url.as_str()).await.map_err(|fault| fault.to_string())?;
        let sql = "SELECT pg_stat_clear_snapshot()::text, xact_commit FROM pg_stat_database WHERE datname = current_database()";
        let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, sql);
        let row = sea_orm::ConnectionTrait::query_one_raw(&db, statement).await.map_err(|fault| fault.to_string())?;
        let commits: i64 = row.ok_or("no statistics")?.try_get_by_index(1).map_err(|fault| fault.to_string())?;
        db.close().await.map_err(|fault| fault.to_string())?;
        Ok(u64::try_from(commits).unwrap_or_default())
    }

    /// Entries in the tree.
    async fn size(&self) -> Result<u64, String> {
        let db = api::store::Database::open(&self.database).await.map_err(|fault| fault.to_string())?;
        let (frontier, _) = api::store::write::head(db.pool()).await.map_err(|fault| fault.to_string())?;
        db.close().await.map_err(|fault| fault.to_string())?;
        Ok(frontier.size())
    }

    async fn people(&mut self) -> Result<(), String> {
        let mut client = Client::connect(&self.host).await?;
        let mut tokens = Vec::new();
        for login in ["counter", "yanjiang", "policy", "yanjiang-head"] {
            tokens.push(sign_in(&mut client, login).await?);
        }
        let [counter, officer, policy, head] = <[String; 4]>::try_from(tokens).map_err(|_| "four accounts".to_owned())?;
        let mut papers = Vec::new();
        for (token, name) in [(&counter, "信用承诺书"), (&officer, "核查记录"), (&head, "准予修复决定书")] {
            let answer = client.post("/documents", Some(token), "text/plain", name.as_bytes()).await?;
            papers.push(field(&answer, "id").ok_or(answer)?);
        }
        let [letter, record, decision] = <[String; 3]>::try_from(papers).map_err(|_| "three papers".to_owned())?;
        self.people = People { counter, officer, policy, head, letter, record, decision };
        Ok(())
    }

    /// Imports records whose minimum term is over and whose duties are done.
    pub async fn fill(&mut self, records: usize) -> Result<(), String> {
        self.fill_from(0, records, 1).await
    }

    /// The same, with records from a number on and so many of each company.
    pub async fn fill_from(&mut self, first: usize, records: usize, each: usize) -> Result<(), String> {
        let mut client = Client::connect(&self.host).await?;
        let today = api_day(&mut client, &self.people.officer).await?;
        let mut done = 0;
        while done < records {
            let count = FILE.min(records - done);
            let text = table(first + done, count, each, today);
            let answer = client.post("/files", Some(&self.people.officer), "text/csv", text.as_bytes()).await?;
            let upload = field(&answer, "id").ok_or(answer)?;
            let input = json!({ "layout": "PENALTY_RECORDS", "office": "yanjiang", "upload": upload, "idempotencyKey": Uuid::new_v4() });
            let body = json!({ "query": "mutation($input: CommitFileInput!) { commitFile(input: $input) { opened check { ended problems { code zh row } } } }", "variables": { "input": input } });
            let mut answer = Value::Null;
            while answer.is_null() || answer["data"]["commitFile"]["check"]["ended"] == false {
                let text = client.ask(Some(&self.people.officer), &body.to_string()).await?;
                answer = serde_json::from_str(&text).map_err(|fault| fault.to_string())?;
            }
            if answer["data"]["commitFile"]["opened"] != count {
                return Err(answer.to_string().chars().take(600).collect());
            }
            done += count;
        }
        self.records = self.imported().await?;
        Ok(())
    }

    async fn imported(&self) -> Result<Vec<String>, String> {
        use api::store::entities::cases::{Column, Entity};
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
        let db = api::store::Database::open(&self.database).await.map_err(|fault| fault.to_string())?;
        let query = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::FindingOffice.eq("yanjiang"))
            .filter(Column::State.eq("scheduled"))
            .filter(Column::Data.contains("基准罚"));
        let ids: Vec<String> = query.into_tuple().all(db.pool()).await.map_err(|fault| fault.to_string())?;
        db.close().await.map_err(|fault| fault.to_string())?;
        Ok(ids.into_iter().map(|id| api::graphql::core::node::global("Case", &id).to_string()).collect())
    }

    /// The run counts only if the entries that clients caused equal the acts that were acknowledged, and the trail verifies.
    pub async fn finish(mut self) -> Result<(), String> {
        let caused = self.caused().await?;
        if caused != self.acknowledged {
            return Err(format!(
                "{} acts were acknowledged, {caused} entries were caused by clients: the run does not count",
                self.acknowledged
            ));
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
        let verified = command(&self.folder, &self.database).args(["audit", "verify"]).output().map_err(|fault| fault.to_string())?;
        println!("{}", String::from_utf8_lossy(&verified.stdout).trim());
        if verified.status.success() { Ok(()) } else { Err("the trail does not verify: the run does not count".to_owned()) }
    }

    /// Entries since the preparation that a person's command caused, that is no timers and no follow-ups.
    async fn caused(&self) -> Result<u64, String> {
        let db = api::store::Database::open(&self.database).await.map_err(|fault| fault.to_string())?;
        let sql = format!(
            "SELECT count(*) FROM audit_entry WHERE idx >= {} AND actor IS NOT NULL AND cause IS NULL AND accepted = 1",
            self.entries
        );
        let row =
            sea_orm::ConnectionTrait::query_one_raw(db.pool(), db.statement(&sql, Vec::new())).await.map_err(|fault| fault.to_string())?;
        let count: i64 = row.ok_or("no count")?.try_get_by_index(0).map_err(|fault| fault.to_string())?;
        db.close().await.map_err(|fault| fault.to_string())?;
        Ok(u64::try_from(count).unwrap_or_default())
    }
}

/// Starts the server and waits for its first answer.
async fn serve(folder: &Path, database: &str) -> Result<(Child, String, Duration), String> {
    let start = Instant::now();
    let mut child = command(folder, database)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|fault| fault.to_string())?;
    let mut line = String::new();
    let out = child.stdout.take().ok_or("no output")?;
    BufReader::new(out).read_line(&mut line).map_err(|fault| fault.to_string())?;
    let host = line.trim().trim_start_matches("http://").trim_end_matches("/graphql").to_owned();
    let mut client = Client::connect(&host).await?;
    client.ask(None, "{\"query\":\"{ published(first: 1) { nodes { number } } }\"}").await?;
    Ok((child, host, start.elapsed()))
}

/// The token of one of the demo's accounts.
pub async fn sign_in(client: &mut Client, login: &str) -> Result<String, String> {
    let query = "mutation($input: SignInInput!) { signIn(input: $input) { token } }";
    let request = json!({ "query": query, "variables": { "input": { "login": login, "password": PASSWORD } } });
    let answer = client.ask(None, &request.to_string()).await?;
    field(&answer, "token").ok_or(answer)
}

pub async fn api_day(client: &mut Client, token: &str) -> Result<time::Date, String> {
    let answer = client.ask(Some(token), "{\"query\":\"{ me { today } }\"}").await?;
    let day = field(&answer, "today").ok_or(answer)?;
    domain::day::parse(&day).ok_or(day)
}

/// A table of penalty records, so many of each company.
pub fn table(first: usize, count: usize, each: usize, today: time::Date) -> String {
    let body = invented_uscc("512002", 900_001);
    let decided = today - time::Duration::days(120);
    let mut text = LAYOUT.columns.iter().map(|column| column.zh).collect::<Vec<_>>().join(",") + "\n";
    for number in first..first + count {
        let cell = |key: &str| match key {
            "subjectName" => format!("雁江基准{:06}运输有限公司", number / each),
            "subjectKind" => "法人及非法人组织".to_owned(),
            "uscc" => invented_uscc("512021", u32::try_from(number / each).unwrap_or_default()),
            "decisionNumber" => format!("雁基准罚〔{}〕{number}号", decided.year()),
            "violation" => "超限运输".to_owned(),
            "facts" => "车辆超过核定载质量".to_owned(),
            "basis" => "《公路安全保护条例》".to_owned(),
            "penalties" => "罚款".to_owned(),
            "content" => "罚款壹万元".to_owned(),
            "fine" => "1".to_owned(),
            "decisionDate" => decided.to_string(),
            "validUntil" => "2099-12-31".to_owned(),
            "bodyName" | "sourceName" => "雁江区交通运输局".to_owned(),
            "bodyUscc" | "sourceUscc" => body.clone(),
            "procedure" => "普通程序".to_owned(),
            "fineSize" => "较大数额".to_owned(),
            "dutiesDoneOn" => (decided + time::Duration::days(10)).to_string(),
            _ => String::new(),
        };
        text += &(LAYOUT.columns.iter().map(|column| cell(column.key)).collect::<Vec<_>>().join(",") + "\n");
    }
    text
}
