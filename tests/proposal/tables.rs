//! A county's proposed list from its own spreadsheet.

use serde_json::{Value, json};
use uuid::Uuid;

use super::steps;
use crate::{
    on_both,
    support::{
        patience::whole,
        world::{World, record},
    },
};

on_both!(a_list_from_a_spreadsheet);

const CHECK: &str = "query($upload: UUID!) { fileCheck(layout: PROPOSAL_ENTRIES, office: \"yanjiang\", upload: $upload) { ended good rows problems { row column code } } }";

async fn problems(world: &World, text: &str) -> Vec<(i64, String)> {
    let upload = world.file("yanjiang", text.as_bytes().to_vec()).await["id"].clone();
    let check = whole(world, "yanjiang", CHECK, json!({ "upload": upload })).await;
    let found = check["problems"].as_array().cloned().unwrap_or_default();
    found.iter().map(|one| (one["row"].as_i64().unwrap_or_default(), one["code"].as_str().unwrap_or_default().to_owned())).collect()
}

fn row(number: u32, list: &str, ground: &str) -> String {
    let code = record(number)["uscc"].as_str().unwrap_or_default().to_owned();
    format!(
        "资阳示例{number:03}（运输）有限公司,{code},资交罚〔2026〕{number}号,{list},{ground},约谈、key_inspection,一年内三次拒绝检查\r\n"
    )
}

async fn a_list_from_a_spreadsheet(world: World) {
    steps::basis(&world).await;
    for number in [1, 2] {
        steps::county_record(&world, number).await;
    }
    let header = "主体名称,统一社会信用代码,依据文书文号,名单类型,列入情形,建议惩戒措施,主要事实\r\n";
    let list = "严重违法失信超限超载运输名单";
    let good = format!("{header}{}{}", row(1, list, "refused_inspection"), row(2, "overloading", "拒绝检查或无正当理由不如实说明情况"));
    assert_eq!(problems(&world, &good).await, [(2, "DRAFT_BATCH".to_owned()), (3, "DRAFT_BATCH".to_owned())]);
    let batch = steps::batch(&world).await;
    let bad = format!(
        "{header}{}{}{}{}{}",
        row(1, "朋友名单", "refused_inspection"),
        row(2, list, "rudeness"),
        row(3, list, "refused_inspection"),
        row(2, list, "refused_inspection"),
        row(1, list, "vehicle_over_3")
    );
    let expected =
        [(2, "LIST_TYPE_UNKNOWN"), (3, "GROUND_NOT_OF_LIST_TYPE"), (4, "RECORD_UNKNOWN"), (5, "ROW_REPEATS"), (6, "GROUND_NOT_MET")]
            .map(|(row, code)| (row, code.to_owned()));
    let found = problems(&world, &bad).await;
    for problem in &expected {
        assert!(found.contains(problem), "{problem:?} is not in {found:?}");
    }
    assert!(problems(&world, &good).await.is_empty());
    let upload = world.file("yanjiang", good.into_bytes()).await["id"].clone();
    let query = "mutation($input: CommitFileInput!) { commitFile(input: $input) { opened check { ended problems { code } } refusal { reasons { code } } } }";
    let input = json!({ "layout": "PROPOSAL_ENTRIES", "office": "yanjiang", "upload": upload, "idempotencyKey": Uuid::new_v4() });
    let done = whole(&world, "yanjiang", query, json!({ "input": input })).await;
    assert_eq!(done["opened"], 2, "{done}");
    let entries = world
        .query(
            "yanjiang",
            "query($id: ID!) { case(id: $id) { ... on ProposalBatch { entries { grounds measures base { decisionNumber } facts } } } }",
            json!({ "id": batch }),
        )
        .await;
    let expected: Value = json!({ "grounds": ["refused_inspection"], "measures": ["talk_to", "key_inspection"], "base": { "decisionNumber": "资交罚〔2026〕1号" }, "facts": "一年内三次拒绝检查" });
    assert_eq!(entries["case"]["entries"][0], expected);
    world.done("yanjiang-head", "submitProposalBatch", json!({ "id": batch })).await;
    world.finish().await;
}
