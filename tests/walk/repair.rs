use api::city::handouts;
use serde_json::json;

use super::city::{Done, Walk, text, told, words};

impl Walk {
    /// Application, supplement, acceptance.
    pub async fn applied(&mut self, record: &str) -> Done<String> {
        self.repairable(record).await?;
        let application = json!({ "contactName": "企业经办人", "contactPhone": "0000000", "commitment": true });
        let opened = self
            .act("new-company", 12, json!({ "record": record, "application": application }), "drafts an application for repair")
            .await?;
        let id = text(&opened["repairApplication"]["id"]).to_owned();
        let letter = self.paper("new-company", "信用承诺书.txt").await?;
        let applied = self.act("new-company", 13, json!({ "id": id, "letter": letter }), "hands it in").await?;
        for deadline in applied["repairApplication"]["deadlines"].as_array().into_iter().flatten() {
            println!("      {}: {}", words(&deadline["title"]), text(&deadline["dueOn"]));
        }
        let asked = self.act("yanjiang", 14, json!({ "id": id, "missing": ["承诺书须加盖公章"] }), "tells once what is missing").await?;
        let points: Vec<_> = asked["repairApplication"]["points"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|point| point["list"] == "MISSING_PAPERS")
            .map(|point| point["key"].clone())
            .collect();
        let letter = self.paper("new-company", "盖章的信用承诺书.txt").await?;
        self.act("new-company", 15, json!({ "id": id, "points": points, "letter": letter }), "brings it").await?;
        self.act("yanjiang", 16, json!({ "id": id }), "accepts").await?;
        Ok(id)
    }

    /// Review, decision and release.
    pub async fn released(&mut self, id: &str, listing: &str) -> Done<()> {
        let record = self.paper("yanjiang", "核查记录.txt").await?;
        let points = json!(["min_term_reached", "duties_done", "commitment_given", "other_law"]);
        self.act("yanjiang", 17, json!({ "id": id, "points": points, "record": record }), "verifies the conditions").await?;
        let extended = self
            .act("yanjiang-head", 18, json!({ "id": id, "reason": "需要向税务部门核实缴款" }), "extends the time for the result")
            .await?;
        for deadline in
            extended["repairApplication"]["deadlines"].as_array().into_iter().flatten().filter(|deadline| deadline["status"] == "OPEN")
        {
            println!("      {}: {}", words(&deadline["title"]), text(&deadline["dueOn"]));
        }
        self.act("yanjiang", 19, json!({ "id": id }), "hands the file up").await?;
        self.act("policy", 20, json!({ "id": id }), "endorses it for the policy office").await?;
        let decision = self.paper("yanjiang-head", "准予修复决定书.txt").await?;
        let granted = self
            .act("yanjiang-head", 21, json!({ "id": id, "decision": decision }), "grants: publication, sharing and measures stop together")
            .await?;
        println!("      {}", text(&granted["repairApplication"]["decisionNumber"]));
        told(&granted);
        let shown = self.ask(None, 8, json!({ "search": handouts::walked_company(1) })).await?;
        let count = shown["published"]["nodes"].as_array().map_or(0, Vec::len);
        self.reads("the public", &format!("finds {count} entries of the company in the published list"));
        let points = json!(["stop_publication", "stop_sharing", "lift_measures", "update_evaluation", "report_credit_china"]);
        let closed =
            self.act("yanjiang", 22, json!({ "id": id, "points": points }), "confirms each place where the release has arrived").await?;
        let state = text(&closed["repairApplication"]["state"]["zh"]);
        let case = self.query("auditor", 53, json!({ "id": listing })).await?["case"].clone();
        println!("      {}: {}", text(&case["number"]), text(&case["state"]["zh"]));
        match (state, count, text(&case["state"]["key"])) {
            ("办结", 0, "ended") => Ok(()),
            (state, count, listing) => Err(format!(
                "the company should be released; its application is {state}, its listing {listing}, {count} entries are published"
            )),
        }
    }
}
