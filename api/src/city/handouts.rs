//! What a visitor of the demo city gets besides its cases: a spreadsheet to send, one with mistakes, and numbered GraphQL
//! documents.

use std::path::{Path, PathBuf};

use include_dir::{Dir, File, include_dir};
use time::{Date, Duration};

use super::demo::invented_uscc;
use crate::{
    files::{penalties::LAYOUT, proposals},
    sheets,
};

static DOCUMENTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/city/documents");

/// The numbered documents, in their order: file name and text.
pub fn documents() -> Vec<(&'static str, &'static str)> {
    let named = |file: &'static File<'_>| Some((file.path().file_name()?.to_str()?, file.contents_utf8()?));
    let mut all: Vec<_> = DOCUMENTS.files().filter_map(named).collect();
    all.sort_unstable();
    all
}

/// The company that row `number` of the good spreadsheet is about, from 1.
pub fn walked_company(number: u32) -> String {
    invented_uscc("512002", 800_000 + number)
}

/// Why the files could not be written.
#[derive(Debug, thiserror::Error)]
pub enum HandoutFault {
    #[error("{}: {}", .0.display(), .1)]
    Io(PathBuf, std::io::Error),
    #[error(transparent)]
    Sheet(#[from] sheets::SheetFault),
}

/// Writes everything into a data folder; the paths that were written, documents as their folder.
///
/// # Errors
/// When a file cannot be written.
pub fn write(folder: &Path, today: Date) -> Result<Vec<PathBuf>, HandoutFault> {
    let (tables, documents_folder) = (folder.join("files"), folder.join("graphql"));
    for folder in [&tables, &documents_folder] {
        std::fs::create_dir_all(folder).map_err(|fault| HandoutFault::Io(folder.clone(), fault))?;
    }
    let put =
        |path: PathBuf, bytes: &[u8]| std::fs::write(&path, bytes).map(|()| path.clone()).map_err(|fault| HandoutFault::Io(path, fault));
    let headers: Vec<_> = LAYOUT.columns.iter().map(|column| column.zh).collect();
    let good: Vec<_> = (1..=5).map(|number| row(number, today)).collect();
    let proposed: Vec<_> = (1..=3).map(|number| proposed(number, today)).collect();
    let proposed_headers: Vec<_> = proposals::LAYOUT.columns.iter().map(|column| column.zh).collect();
    let written = vec![
        put(tables.join("penalties-yanjiang.xlsx"), &sheets::write_xlsx(LAYOUT.zh, &headers, &good)?)?,
        put(tables.join("penalties-yanjiang-with-mistakes.xlsx"), &sheets::write_xlsx(LAYOUT.zh, &headers, &mistaken(today))?)?,
        put(tables.join("proposals-yanjiang.xlsx"), &sheets::write_xlsx(proposals::LAYOUT.zh, &proposed_headers, &proposed)?)?,
        documents_folder.clone(),
    ];
    for (name, text) in documents() {
        put(documents_folder.join(name), text.as_bytes())?;
    }
    Ok(written)
}

/// The good spreadsheet's first row as (key of the column, cell), for the day on which it was written.
pub fn walked_row(today: Date) -> Vec<(&'static str, String)> {
    LAYOUT.columns.iter().map(|column| column.key).zip(row(1, today)).collect()
}

fn decision_number(number: u32, today: Date) -> String {
    format!("雁交罚〔{}〕8{number:03}号", today.year())
}

/// An entry of Yanjiang County's proposed list, about the subject of row `number` of its penalties.
fn proposed(number: u32, today: Date) -> Vec<String> {
    let cell = |key: &str| match key {
        "subjectName" => subject_name(number),
        "uscc" => walked_company(number),
        "decisionNumber" => decision_number(number, today),
        "listType" => "严重违法失信超限超载运输名单".to_owned(),
        "grounds" => "拒绝检查或无正当理由不如实说明情况".to_owned(),
        "measures" => "talk_to、key_inspection".to_owned(),
        "facts" => "一年内三次无正当理由拒绝检查".to_owned(),
        _ => String::new(),
    };
    proposals::LAYOUT.columns.iter().map(|column| cell(column.key)).collect()
}

fn subject_name(number: u32) -> String {
    format!("雁江示例{number:02}（物流）有限公司")
}

/// A decision of Yanjiang County, decided three days ago.
fn row(number: u32, today: Date) -> Vec<String> {
    let body = invented_uscc("512002", 900_001);
    let cell = |key: &str| match key {
        "subjectName" => subject_name(number),
        "subjectKind" => "法人及非法人组织".to_owned(),
        "uscc" => walked_company(number),
        "decisionNumber" => decision_number(number, today),
        "violation" => "超限运输".to_owned(),
        "facts" => format!("示例事实：第{number}号车辆超过核定载质量行驶"),
        "basis" => "《公路安全保护条例》第六十四条".to_owned(),
        "penalties" => "罚款".to_owned(),
        "content" => "罚款人民币壹万元".to_owned(),
        "fine" => "1.000000".to_owned(),
        "decisionDate" => (today - Duration::days(3)).to_string(),
        "validUntil" => "2099-12-31".to_owned(),
        "bodyName" | "sourceName" => "雁江区交通运输局".to_owned(),
        "bodyUscc" | "sourceUscc" => body.clone(),
        "procedure" => "普通程序".to_owned(),
        "fineSize" => "较大数额".to_owned(),
        "sector" => "道路运输".to_owned(),
        _ => String::new(),
    };
    LAYOUT.columns.iter().map(|column| cell(column.key)).collect()
}

/// Six rows, five of them with the mistakes that offices really make.
fn mistaken(today: Date) -> Vec<Vec<String>> {
    let place = |key: &str| LAYOUT.columns.iter().position(|column| column.key == key).unwrap_or(0);
    let mut rows: Vec<_> = (11..=16).map(|number| row(number, today)).collect();
    let mut mistake = |row: usize, key: &str, text: &str| text.clone_into(&mut rows[row][place(key)]);
    mistake(1, "uscc", "9.15E+17");
    mistake(2, "uscc", &format!("{}I", &invented_uscc("512002", 800_013)[..17]));
    mistake(3, "decisionDate", "2026-02-30");
    mistake(4, "penalties", "罚款、扣分");
    mistake(5, "bodyName", "安岳县交通运输局");
    rows
}
