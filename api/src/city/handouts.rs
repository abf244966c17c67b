//! What a visitor of the demo city gets besides its cases: a spreadsheet to send, one with mistakes, and numbered GraphQL
//! documents.

use std::path::{Path, PathBuf};

use time::{Date, Duration};

use super::demo::invented_uscc;
use crate::{files::penalties::LAYOUT, sheets};

macro_rules! document {
    ($name:literal) => {
        ($name, include_str!(concat!("documents/", $name)))
    };
}

/// The numbered documents: file name and text.
pub const DOCUMENTS: [(&str, &str); 25] = [
    document!("01-sign-in.graphql"),
    document!("02-work-list.graphql"),
    document!("03-check-file.graphql"),
    document!("04-commit-file.graphql"),
    document!("05-find-records.graphql"),
    document!("06-case.graphql"),
    document!("07-publish.graphql"),
    document!("08-published.graphql"),
    document!("09-request-binding.graphql"),
    document!("10-approve-binding.graphql"),
    document!("11-duties-done.graphql"),
    document!("12-open-application.graphql"),
    document!("13-apply.graphql"),
    document!("14-ask-supplement.graphql"),
    document!("15-resubmit.graphql"),
    document!("16-accept.graphql"),
    document!("17-check-conditions.graphql"),
    document!("18-extend.graphql"),
    document!("19-hand-up.graphql"),
    document!("20-endorse.graphql"),
    document!("21-grant.graphql"),
    document!("22-confirm-release.graphql"),
    document!("23-advance-demo-clock.graphql"),
    document!("24-process.graphql"),
    document!("25-entry.graphql"),
];

/// The company that the good spreadsheet's first row is about.
pub fn walked_company() -> String {
    invented_uscc("512002", 800_001)
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
    let (tables, documents) = (folder.join("files"), folder.join("graphql"));
    for folder in [&tables, &documents] {
        std::fs::create_dir_all(folder).map_err(|fault| HandoutFault::Io(folder.clone(), fault))?;
    }
    let put = |path: PathBuf, bytes: &[u8]| std::fs::write(&path, bytes).map(|()| path.clone()).map_err(|fault| HandoutFault::Io(path, fault));
    let headers: Vec<_> = LAYOUT.columns.iter().map(|column| column.zh).collect();
    let good: Vec<_> = (1..=5).map(|number| row(number, today)).collect();
    let written = vec![
        put(tables.join("penalties-yanjiang.xlsx"), &sheets::write_xlsx(LAYOUT.zh, &headers, &good)?)?,
        put(tables.join("penalties-yanjiang-with-mistakes.xlsx"), &sheets::write_xlsx(LAYOUT.zh, &headers, &mistaken(today))?)?,
        documents.clone(),
    ];
    for (name, text) in DOCUMENTS {
        put(documents.join(name), text.as_bytes())?;
    }
    Ok(written)
}

/// A decision of Yanjiang County, decided three days ago.
fn row(number: u32, today: Date) -> Vec<String> {
    let body = invented_uscc("512002", 900_001);
    let cell = |key: &str| match key {
        "subjectName" => format!("雁江示例{number:02}（物流）有限公司"),
        "subjectKind" => "法人及非法人组织".to_owned(),
        "uscc" => invented_uscc("512002", 800_000 + number),
        "decisionNumber" => format!("雁交罚〔{}〕8{number:03}号", today.year()),
        "violation" => "超限运输".to_owned(),
        "facts" => format!("示例事实：第{number}号车辆超过核定载质量行驶"),
        "basis" => "《公路安全保护条例》第六十四条".to_owned(),
        "penalties" => "罚款".to_owned(),
        "content" => "罚款人民币壹万元".to_owned(),
        "fineCents" => "1.000000".to_owned(),
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
