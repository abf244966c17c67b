//! An annulled penalty with hundreds of dependants: one act, while others go on working.

use std::time::{Duration, Instant};

use api::city::demo::invented_uscc;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    acts,
    city::{City, api_day, sign_in},
    client::{Client, field},
    rival,
};

/// Persons related to the listed company; with the listing and its own record they make 501 dependants.
const RELATED: u32 = 499;
/// Clients that go on repairing meanwhile.
const OTHERS: usize = 4;
const WINDOW: Duration = Duration::from_secs(5);

/// The people of the act: tokens, and a paper that each of them has uploaded.
struct Desk {
    client: Client,
    today: String,
}

impl Desk {
    async fn paper(&mut self, token: &str) -> Result<Value, String> {
        let answer = self.client.post("/documents", Some(token), "text/plain", "基准文书".as_bytes()).await?;
        Ok(json!({ "upload": field(&answer, "id").ok_or(answer)?, "name": "基准文书.txt" }))
    }

    /// A mutation; the id of its case, and how long it took.
    async fn act(&mut self, token: &str, name: &str, mut input: Value, case: &str) -> Result<(String, Duration), String> {
        input["idempotencyKey"] = json!(Uuid::new_v4());
        let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let query = format!("mutation($input: {kind}!) {{ {name}(input: $input) {{ {case} {{ id }} refusal {{ reasons {{ code }} }} }} }}");
        let request = json!({ "query": query, "variables": { "input": input } }).to_string();
        let start = Instant::now();
        let answer = self.client.ask(Some(token), &request).await?;
        let took = start.elapsed();
        let id = field(&answer, "id").filter(|_| answer.contains("\"refusal\":null"));
        Ok((id.ok_or_else(|| format!("{name}: {}", answer.chars().take(400).collect::<String>()))?, took))
    }

    /// A listing of the company behind a record, decided and waiting to be served.
    async fn decided(&mut self, base: &str) -> Result<String, String> {
        let officer = sign_in(&mut self.client, "yanjiang").await?;
        let related: Vec<_> = (0..RELATED)
            .map(|number| json!({ "capacity": "LEGAL_REPRESENTATIVE", "kind": "LEGAL_PERSON", "name": format!("基准关联{number:03}"), "uscc": invented_uscc("512021", 700_000 + number) }))
            .collect();
        let listing = json!({ "listType": "overloading", "grounds": ["refused_inspection"], "measures": ["talk_to"], "facts": "一年内三次拒绝检查", "related": related });
        let (id, _) = self.act(&officer, "openListingCase", json!({ "base": base, "listing": listing }), "listingCase").await?;
        let paper = self.paper(&officer).await?;
        self.act(&officer, "submitListingCase", json!({ "id": id, "evidence": paper }), "listingCase").await?;
        let policy = sign_in(&mut self.client, "policy").await?;
        self.act(&policy, "passLegalCheck", json!({ "id": id }), "listingCase").await?;
        let head = sign_in(&mut self.client, "yanjiang-head").await?;
        let paper = self.paper(&head).await?;
        self.act(&head, "signPriorNotice", json!({ "id": id, "priorNotice": paper }), "listingCase").await?;
        let paper = self.paper(&officer).await?;
        self.act(
            &officer,
            "servePriorNotice",
            json!({ "id": id, "serviceMethod": "DIRECT", "servedOn": self.today, "proofOfService": paper }),
            "listingCase",
        )
        .await?;
        let counter = sign_in(&mut self.client, "counter").await?;
        let paper = self.paper(&counter).await?;
        self.act(&counter, "waiveDefence", json!({ "id": id, "waiver": paper }), "listingCase").await?;
        let leader = sign_in(&mut self.client, "leader").await?;
        let (decision, meeting) = (self.paper(&leader).await?, self.paper(&leader).await?);
        let input = json!({ "id": id, "grounds": ["refused_inspection"], "measures": ["talk_to"], "listingDecision": decision, "meetingRecord": meeting });
        self.act(&leader, "decideToList", input, "listingCase").await?;
        Ok(id)
    }
}

/// Measures and prints.
pub async fn measure(url: &str) -> Result<(), String> {
    let (server, _) = url.rsplit_once('/').ok_or("a url with a database")?;
    rival::psql(&format!("{server}/postgres"), &["-c", "CREATE DATABASE dependants"])?;
    let mut city = City::bare(Some(&format!("{server}/dependants"))).await?;
    city.fill(5_000).await?;
    city.quiet().await?;
    let base = city.records.pop().ok_or("no record")?;
    let mut client = Client::connect(&city.host).await?;
    let today = api_day(&mut client, &city.people.officer).await?.to_string();
    let mut desk = Desk { client, today: today.clone() };
    let listing = desk.decided(&base).await?;
    let officer = sign_in(&mut desk.client, "yanjiang").await?;
    let alone = acts::window(&mut city, OTHERS, WINDOW).await?;
    println!(
        "\n| one act with {} dependants, {OTHERS} clients repair meanwhile | the act, ms | the others' slowest, ms (aim 1,000) | their p99, ms | acts/s |",
        RELATED + 2
    );
    println!("|---|---|---|---|---|");
    println!("| none | – | {:.0} | {:.1} | {:.0} |", alone.slowest, alone.p99, alone.rate);
    let (proof, guidance, order) = (desk.paper(&officer).await?, desk.paper(&officer).await?, desk.paper(&officer).await?);
    let served =
        json!({ "id": listing, "serviceMethod": "DIRECT", "servedOn": today, "proofOfService": proof, "repairGuidance": guidance });
    let fallen = json!({ "id": base, "reason": "复议撤销", "knownOn": today, "annullingDocument": order });
    for (title, name, input, case) in [
        ("the decision is served: every related record is made", "serveListingDecision", served, "listingCase"),
        ("the penalty is annulled: listing and records fall", "retractPublicationRecord", fallen, "publicationRecord"),
    ] {
        let heavy = async {
            tokio::time::sleep(WINDOW / 4).await;
            desk.act(&officer, name, input, case).await
        };
        let (others, heavy) = tokio::join!(acts::window(&mut city, OTHERS, WINDOW), heavy);
        let (others, (_, took)) = (others?, heavy?);
        city.acknowledged += 1;
        println!("| {title} | {:.0} | {:.0} | {:.1} | {:.0} |", took.as_secs_f64() * 1000.0, others.slowest, others.p99, others.rate);
    }
    Ok(())
}
