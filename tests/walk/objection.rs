use std::collections::BTreeMap;

use api::city::handouts;
use serde_json::{Value, json};

use super::city::{Done, Walk, text, told};

impl Walk {
    /// The company objects to the content of its record, is right, and the record is corrected.
    pub async fn objected(&mut self, record: &str) -> Done<()> {
        let today = self.today().await?;
        let objection = json!({ "ground": "CONTENT_WRONG", "statement": "违法事实所记车辆不是本公司车辆，应为第7号车辆" });
        let evidence = self.paper("new-company", "行驶证.txt").await?;
        let variables = json!({ "challenged": record, "objection": objection, "evidence": evidence });
        let filed = self.act("new-company", 46, variables, "objects: the record names the wrong vehicle").await?;
        let id = text(&filed["objection"]["id"]).to_owned();
        self.act("yanjiang", 47, json!({ "id": id }), "accepts the objection and verifies").await?;
        let answer = self.paper("yanjiang-head", "异议答复书.txt").await?;
        let variables =
            json!({ "id": id, "reason": "经核对行驶证，异议成立", "extent": "FULL", "answer": answer, "record": corrected(&today)? });
        let upheld = self.act("yanjiang-head", 48, variables, "upholds it: the record is corrected with the same act").await?;
        told(&upheld);
        let proof = self.paper("yanjiang", "送达回证.txt").await?;
        self.act("yanjiang", 49, json!({ "id": id, "on": today, "proof": proof }), "serves the answer").await?;
        let evidence = self.paper("yanjiang", "平台更正回执.txt").await?;
        self.act("yanjiang", 54, json!({ "id": record, "evidence": evidence }), "confirms that the platform has the correction")
            .await
            .map(|_| ())
    }
}

/// The first row of the county's spreadsheet, as it should have read.
fn corrected(today: &str) -> Done<Value> {
    let today = domain::day::parse(today).ok_or("the house should name its day")?;
    let row: BTreeMap<_, _> = handouts::walked_row(today).into_iter().collect();
    let cell = |key: &str| row.get(key).cloned().unwrap_or_default();
    Ok(json!({
        "subjectKind": "LEGAL_PERSON",
        "subjectName": cell("subjectName"),
        "uscc": cell("uscc"),
        "procedure": "ORDINARY",
        "decisionDate": cell("decisionDate"),
        "decisionNumber": cell("decisionNumber"),
        "sector": "ROAD_TRANSPORT",
        "penalties": [{ "kind": "FINE", "size": "LARGER" }],
        "violation": cell("violation"),
        "facts": "示例事实：第7号车辆超过核定载质量行驶",
        "basis": cell("basis"),
        "content": cell("content"),
        "fine": "10000.00",
        "validUntil": cell("validUntil"),
        "bodyName": cell("bodyName"),
        "bodyUscc": cell("bodyUscc"),
        "sourceName": cell("sourceName"),
        "sourceUscc": cell("sourceUscc"),
    }))
}
