use serde_json::{Value, json};

use super::{
    city::{Done, Walk, text, told, words},
    proposal::Entry,
};

impl Walk {
    /// Notice, defence, decision, service; the listing's published record is its id's.
    pub async fn listed(&mut self, entry: &Entry) -> Done<String> {
        let id = &entry.listing;
        self.notified(id).await?;
        let statement = self.paper("new-company", "陈述申辩书.txt").await?;
        let variables = json!({ "id": id, "points": ["三次均因车辆故障，并非拒绝检查"], "statement": statement });
        let filed = self.act("new-company", 40, variables, "states its defence").await?;
        let answer = self.paper("yanjiang", "申辩意见复核表.txt").await?;
        let points = open_points(&filed["listingCase"], "DEFENCE_POINTS");
        self.act("yanjiang", 42, json!({ "id": id, "points": points, "answer": answer }), "answers it point by point").await?;
        if let Err(early) = self.act("yanjiang", 43, json!({ "id": id }), "hands the case up").await {
            println!("      not before the defence period is over: {early}");
        }
        let case = self.query("yanjiang", 53, json!({ "id": id })).await?;
        let over = open_deadline(&case["case"], "陈述申辩").ok_or("the defence period should run")?;
        self.clock_after(&over).await?;
        self.act("yanjiang", 43, json!({ "id": id }), "hands the case to deliberation").await?;
        self.decided(id).await?;
        let record = self.served(id).await?;
        self.act("yanjiang", 7, json!({ "id": record }), "publishes the listing").await?;
        Ok(record)
    }

    /// A listing without a defence; then its penalty is annulled, and the listing, its record and the entry fall with it.
    pub async fn annulled(&mut self, entry: &Entry, penalty: &str) -> Done<()> {
        let id = &entry.listing;
        self.notified(id).await?;
        let waiver = self.paper("counter", "放弃陈述申辩声明.txt").await?;
        self.act("counter", 41, json!({ "id": id, "waiver": waiver }), "registers the other company's written waiver").await?;
        self.decided(id).await?;
        self.served(id).await?;
        let today = self.today().await?;
        let order = self.paper("yanjiang", "行政复议决定书.txt").await?;
        let variables = json!({ "id": penalty, "reason": "行政复议决定撤销该处罚", "on": today, "order": order });
        let fallen = self.act("yanjiang", 50, variables, "retracts the penalty that the review annulled").await?;
        told(&fallen);
        for deadline in fallen["publicationRecord"]["deadlines"].as_array().into_iter().flatten() {
            println!("      {}: {}", words(&deadline["title"]), text(&deadline["dueOn"]));
        }
        let points = open_points(&fallen["publicationRecord"], "RETRACTION_ORDERS");
        self.act("yanjiang", 51, json!({ "id": penalty, "points": points }), "confirms that platform and credit office are told").await?;
        let notice = self.paper("policy", "更正函.txt").await?;
        self.act("policy", 52, json!({ "id": entry.id, "notice": notice }), "sends the province the correction").await?;
        let case = self.query("auditor", 53, json!({ "id": id })).await?["case"].clone();
        println!("      {}: {}", text(&case["number"]), text(&case["state"]["zh"]));
        Ok(())
    }

    async fn notified(&mut self, id: &str) -> Done<()> {
        let today = self.today().await?;
        let evidence = self.paper("yanjiang", "现场检查记录.txt").await?;
        self.act("yanjiang", 36, json!({ "id": id, "evidence": evidence }), "hands the listing case in for its legal check").await?;
        self.act("policy-2", 37, json!({ "id": id }), "finds no fault").await?;
        let notice = self.paper("yanjiang-head", "列入事先告知书.txt").await?;
        self.act("yanjiang-head", 38, json!({ "id": id, "notice": notice }), "signs the prior notice").await?;
        let proof = self.paper("yanjiang", "送达回证.txt").await?;
        self.act("yanjiang", 39, json!({ "id": id, "on": today, "proof": proof }), "serves it; the defence period runs").await.map(|_| ())
    }

    async fn decided(&mut self, id: &str) -> Done<()> {
        let decision = self.paper("leader", "列入决定书.txt").await?;
        let meeting = self.paper("leader", "集体讨论记录.txt").await?;
        let variables =
            json!({ "id": id, "grounds": ["refused_inspection"], "measures": ["talk_to"], "decision": decision, "meeting": meeting });
        let decided = self.act("leader", 44, variables, "decides after collective deliberation, no heavier than notified").await?;
        println!("      {}", text(&decided["listingCase"]["decision"]["number"]));
        Ok(())
    }

    /// Serves the decision with the repair guidance; the id of the record that it makes.
    async fn served(&mut self, id: &str) -> Done<String> {
        let today = self.today().await?;
        let proof = self.paper("yanjiang", "送达回证.txt").await?;
        let guidance = self.paper("yanjiang", "信用修复告知书.txt").await?;
        let variables = json!({ "id": id, "on": today, "proof": proof, "guidance": guidance });
        let served = self.act("yanjiang", 45, variables, "serves the decision together with the repair guidance").await?;
        told(&served);
        let record = &served["listingCase"]["records"][0];
        println!(
            "      record {}: class {}, repair possible from {}",
            text(&record["number"]),
            text(&record["class"]),
            text(&record["earliestRepair"])
        );
        Ok(text(&record["id"]).to_owned())
    }
}

fn open_points(case: &Value, list: &str) -> Vec<Value> {
    let open = case["points"].as_array().into_iter().flatten().filter(|point| point["list"] == list && point["status"] == "OPEN");
    open.map(|point| point["key"].clone()).collect()
}

fn open_deadline(case: &Value, title: &str) -> Option<String> {
    let mut deadlines = case["deadlines"].as_array()?.iter();
    deadlines
        .find(|deadline| words(&deadline["title"]).contains(title) && deadline["status"] == "OPEN")
        .map(|deadline| text(&deadline["dueOn"]).to_owned())
}
