use serde_json::{Value, json};

use super::city::{Done, Walk, text};

/// An entry of the proposed list with what came of it.
pub struct Entry {
    pub id: String,
    pub listing: String,
}

impl Walk {
    /// From the county's spreadsheet to the province's answer; the second entry is rejected on the way.
    pub async fn proposed(&mut self) -> Done<Vec<Entry>> {
        let today = self.today().await?;
        let period = format!("{}-Q{}", &today[..4], today[5..7].parse::<u32>().map_err(|fault| fault.to_string())?.div_ceil(3));
        let opened = self
            .act("yanjiang", 26, json!({ "office": "yanjiang", "period": period }), &format!("opens the proposed list of {period}"))
            .await?;
        let batch = text(&opened["proposalBatch"]["id"]).to_owned();
        let upload = self.checked("proposals-yanjiang.xlsx", "PROPOSAL_ENTRIES").await?;
        self.committed("PROPOSAL_ENTRIES", upload, "commits it: three entries").await?;
        let handed = self.act("yanjiang-head", 28, json!({ "id": batch }), "hands the list over; the receipt is signed").await?;
        println!("      {}", text(&handed["proposalBatch"]["receipt"]).lines().next().unwrap_or_default());
        self.act("policy", 29, json!({ "id": batch }), "takes it up and countersigns").await?;
        let entries = self.batch(&batch).await?;
        self.reviewed(&entries).await?;
        let letter = self.paper("policy-head", "报送函.txt").await?;
        let sent = self
            .act("policy-head", 34, json!({ "id": batch, "letter": letter }), "signs and sends the confirmed entries to the province")
            .await?;
        for list in sent["proposalBatch"]["exports"].as_array().into_iter().flatten() {
            println!("      {} SHA-256 {}", text(&list["mediaType"]), text(&list["sha256"]));
        }
        for place in [super::LISTED, super::ANNULLED] {
            let answer = self.paper("policy", "省厅答复.txt").await?;
            let variables = json!({ "id": entries[place]["id"], "on": today, "answer": answer });
            self.act("policy", 35, variables, "records that the province accepts; the listing case opens with it").await?;
        }
        let entries = self.batch(&batch).await?;
        Ok(entries
            .iter()
            .map(|entry| Entry { id: text(&entry["id"]).to_owned(), listing: text(&entry["listing"]["id"]).to_owned() })
            .collect())
    }

    async fn batch(&self, id: &str) -> Done<Vec<Value>> {
        let batch = self.query("yanjiang", 27, json!({ "id": id })).await?;
        let mut entries = batch["case"]["entries"].as_array().cloned().unwrap_or_default();
        entries.sort_by_key(|entry| text(&entry["subject"]["name"]).to_owned());
        match entries.len() {
            3 => Ok(entries),
            count => Err(format!("the list should have three entries, it has {count}")),
        }
    }

    async fn reviewed(&mut self, entries: &[Value]) -> Done<()> {
        for (place, entry) in entries.iter().enumerate() {
            let (id, name) = (&entry["id"], text(&entry["subject"]["name"]));
            if place != super::LISTED && place != super::ANNULLED {
                let variables = json!({ "id": id, "code": "GROUNDS_NOT_MET", "reason": "检查记录不能证明拒绝检查" });
                self.act("policy", 33, variables, &format!("rejects {name}, with the reason; the others go on")).await?;
                continue;
            }
            self.act("policy", 30, json!({ "id": id }), &format!("asks the road transport centre about {name}")).await?;
            let paper = self.paper("road", "业务意见.txt").await?;
            self.act("road", 31, json!({ "id": id, "opinion": "AGREE", "paper": paper }), "agrees").await?;
            self.act("policy", 32, json!({ "id": id }), "confirms the entry").await?;
        }
        Ok(())
    }
}
