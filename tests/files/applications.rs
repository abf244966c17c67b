//! What Credit China pushes comes in as a file with its papers, and the answers go back as a file.

use std::io::{Cursor, Write};

use api::city::demo::invented_uscc;
use domain::rows::Table;
use serde_json::{Value, json};
use uuid::Uuid;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{penalties::sent, tables::csv};
use crate::{
    on_both,
    repair::steps,
    support::{
        patience::whole,
        world::{World, record},
    },
    trail::tampering::every_column_is_named,
};

on_both!(a_push_is_registered_decided_and_answered a_push_with_problems_registers_nothing);

pub(super) const HEADERS: [&str; 11] = [
    "申请编号",
    "信用主体名称",
    "统一社会信用代码",
    "行政处罚决定书文号",
    "收到日期",
    "联系人",
    "联系电话",
    "电子邮箱",
    "是否作出信用承诺",
    "信用承诺书文件名",
    "履行义务证明文件名",
];

pub(super) fn row(number: u32) -> Vec<String> {
    let cells = [
        &format!("XYZG{number:06}"),
        &format!("资阳示例{number:03}（运输）有限公司"),
        &invented_uscc("512002", number),
        &format!("资交罚〔2026〕{number}号"),
        "2026-06-22",
        "经办人",
        "0000000",
        "applicant@example.invalid",
        "是",
        "承诺书.pdf",
        "缴款凭证.pdf",
    ];
    cells.map(str::to_owned).to_vec()
}

/// A .zip as Chinese Windows makes it: the names in GBK.
pub(super) fn push(rows: &[Vec<String>]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, content: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    };
    put("applications.csv", &encoding_rs::GBK.encode(&csv(&HEADERS, rows)).0);
    put("承诺书.pdf", b"%PDF-1.4\ncommitment");
    put("缴款凭证.pdf", b"%PDF-1.4\nreceipt");
    zip.finish().unwrap().into_inner()
}

pub(super) async fn committed(world: &World, upload: &Value) -> Value {
    let query = "mutation($input: CommitFileInput!) { commitFile(input: $input) { opened check { ended problems { code row column zh } repeats { row number } } entry { verb } refusal { reasons { code } } } }";
    let input = json!({ "layout": "REPAIR_APPLICATIONS", "office": "policy_office", "upload": upload, "idempotencyKey": Uuid::new_v4() });
    whole(world, "platform", query, json!({ "input": input })).await
}

async fn a_push_is_registered_decided_and_answered(world: World) {
    let id = steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    steps::duties_done(&world, &id, "2026-05-10").await;
    let upload = sent(&world, "platform", push(&[row(1)])).await;
    let done = committed(&world, &upload).await;
    assert_eq!(done["opened"], 1, "{done}");
    let cases = world
        .query(
            "auditor",
            "{ cases(process: REPAIR_APPLICATION, first: 5) { edges { node { id number ... on RepairApplication { channel } } } } }",
            json!({}),
        )
        .await;
    let case = cases["cases"]["edges"][0]["node"].clone();
    assert_eq!(case["channel"], "CREDIT_CHINA", "{cases}");
    let application = case["id"].as_str().unwrap().to_owned();
    assert_eq!(world.post("platform", "/files/answers.csv").await.0, 409, "nothing is decided yet");
    steps::reviewed(&world, &application).await;
    steps::granted(&world, &application).await;
    assert_eq!(world.post("road", "/files/answers.csv").await.0, 403, "only the Credit China clerk answers");
    let (status, body) = world.post("platform", "/files/answers.csv").await;
    let text = String::from_utf8(body).unwrap();
    assert!(status == 200 && text.contains("XYZG000001") && text.contains("准予修复"), "{status} {text}");
    assert_eq!(world.post("platform", "/files/answers.csv").await.0, 409, "told once");
    for table in [Table::ImportFile, Table::PlatformAnswered] {
        assert!(every_column_is_named(&world, table).await, "{table:?} has a row");
    }
    world.finish().await;
}

async fn a_push_with_problems_registers_nothing(world: World) {
    steps::registered(&world, record(1)).await;
    world.on("2026-06-22").await;
    let mut rows = vec![row(1), row(2), row(1)];
    "别的.pdf".clone_into(&mut rows[0][9]);
    "9.15E+17".clone_into(&mut rows[2][2]);
    let upload = sent(&world, "platform", push(&rows)).await;
    let done = committed(&world, &upload).await;
    let mut codes: Vec<_> =
        done["check"]["problems"].as_array().unwrap().iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    assert_eq!(codes, ["CELL_NUMBER_NOT_TEXT", "PAPER_NOT_IN_FILE", "RECORD_UNKNOWN", "ROW_REPEATS"], "{done}");
    assert_eq!(done["opened"], 0);
    world.finish().await;
}
