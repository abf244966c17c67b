use api::city::handouts;
use serde_json::json;

use super::city::{Done, Walk, text};

impl Walk {
    /// From the spreadsheet to the published record; the ids of the records in the order of its rows.
    pub async fn recorded(&mut self) -> Done<Vec<String>> {
        let (_, bad) = self.check("penalties-yanjiang-with-mistakes.xlsx", "PENALTY_RECORDS").await?;
        for problem in bad["problems"].as_array().into_iter().flatten() {
            println!("      {}{} {}: {}", text(&problem["column"]), problem["row"], text(&problem["code"]), text(&problem["zh"]));
        }
        let upload = self.checked("penalties-yanjiang.xlsx", "PENALTY_RECORDS").await?;
        self.committed("PENALTY_RECORDS", upload, "commits the very file that was checked: five records").await?;
        let mut records = Vec::new();
        for number in 1..=3 {
            let found = self.query("yanjiang", 5, json!({ "search": handouts::walked_company(number) })).await?;
            let record = &found["cases"]["nodes"][0];
            println!("      {} {}: {}", text(&record["number"]), text(&record["class"]), text(&record["explanation"]["zh"]));
            records.push(text(&record["id"]).to_owned());
        }
        self.act("yanjiang", 7, json!({ "id": records[0] }), "publishes the record of the first company").await?;
        let shown = self.ask(None, 8, json!({ "search": handouts::walked_company(1) })).await?;
        let entry = &shown["published"]["nodes"][0];
        self.reads("the public", &format!("reads {} in the published list, to {}", text(&entry["name"]), text(&entry["lastDay"])));
        Ok(records)
    }

    /// The company's account gets the right to act for it.
    pub async fn bound(&mut self) -> Done<()> {
        let papers = self.paper("new-company", "营业执照.txt").await?;
        let variables = json!({ "uscc": handouts::walked_company(1), "papers": papers });
        let binding = self.act("new-company", 9, variables, "asks for the right to act for the company").await?;
        self.act("counter", 10, json!({ "id": binding["accountBinding"]["id"] }), "has compared the papers and approves").await?;
        let own = self.query("new-company", 5, json!({ "search": handouts::walked_company(1) })).await?;
        self.reads("new-company", &format!("reads: {}", text(&own["cases"]["nodes"][0]["explanation"]["en"])));
        Ok(())
    }

    /// Waits for the first day of repair of a record and has its duties recorded as done.
    pub async fn repairable(&mut self, record: &str) -> Done<()> {
        let shown = self.query("yanjiang", 56, json!({ "id": record })).await?["case"].clone();
        let day = text(&shown["earliestRepair"]).to_owned();
        if day.is_empty() {
            return Err("the record names no first day of repair".to_owned());
        }
        println!("      {}", text(&shown["explanation"]["en"]));
        self.clock(&day).await?;
        let proof = self.paper("yanjiang", "整改验收单.txt").await?;
        self.act(
            "yanjiang",
            11,
            json!({ "id": record, "on": day, "proof": proof }),
            "records that the breach is corrected and every duty done",
        )
        .await
        .map(|_| ())
    }
}
