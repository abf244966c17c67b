//! A file of offices, TOML or CSV: a row an office, every fault at its row and column. A row that cannot be read keeps the whole
//! file out.

use std::collections::BTreeMap;

use domain::{
    office::{OfficeDetails, OfficeDraft, OfficeKind},
    record::Sector,
};

/// Columns of an office besides its particulars.
const COLUMNS: [&str; 7] = ["key", "zh", "en", "kind", "division_code", "number_word", "sector"];
/// Columns that may be left out.
const OPTIONAL: [&str; 2] = ["division_code", "sector"];

/// What is wrong with a row, as the spreadsheet or the list counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The first office is row 1; 0 for the file itself.
    pub row: usize,
    pub column: String,
    pub zh: String,
    pub en: String,
}

/// An office as texts under the names of its columns.
pub type Row = BTreeMap<String, String>;

/// The offices of a file whose name ends in .toml or .csv.
///
/// # Errors
/// Everything that is wrong in it.
pub fn read(name: &str, text: &str) -> Result<Vec<OfficeDraft>, Vec<RowFault>> {
    let is_csv = name.to_lowercase().ends_with(".csv");
    let rows = if is_csv { csv_rows(text) } else { toml_rows(text) }.map_err(|fault| vec![fault])?;
    if rows.is_empty() {
        return Err(vec![at(0, "office", "文件中没有单位", "the file holds no office")]);
    }
    drafts(&rows)
}

/// The offices of rows, each a text under the name of its column.
///
/// # Errors
/// Everything that is wrong in them.
pub fn drafts(rows: &[Row]) -> Result<Vec<OfficeDraft>, Vec<RowFault>> {
    let mut faults = Vec::new();
    let drafts: Vec<_> = rows.iter().enumerate().filter_map(|(number, row)| draft(number + 1, row, &mut faults)).collect();
    if faults.is_empty() { Ok(drafts) } else { Err(faults) }
}

fn at(row: usize, column: &str, zh: impl Into<String>, en: impl Into<String>) -> RowFault {
    RowFault { row, column: column.to_owned(), zh: zh.into(), en: en.into() }
}

fn csv_rows(text: &str) -> Result<Vec<Row>, RowFault> {
    let broken = |row: usize, fault: csv::Error| at(row, "", format!("无法读取：{fault}"), format!("it cannot be read: {fault}"));
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().map_err(|fault| broken(0, fault))?.clone();
    let mut rows = Vec::new();
    for (number, record) in reader.records().enumerate() {
        let record = record.map_err(|fault| broken(number + 1, fault))?;
        let cells = headers.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        rows.push(cells.map(|(header, cell)| (header.to_owned(), cell.to_owned())).collect());
    }
    Ok(rows)
}

fn toml_rows(text: &str) -> Result<Vec<Row>, RowFault> {
    let table: toml::Table = text.parse().map_err(|fault: toml::de::Error| {
        let line = fault.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
        at(0, "", format!("第{line}行：{}", fault.message()), format!("line {line}: {}", fault.message()))
    })?;
    if let Some(other) = table.keys().find(|key| *key != "office") {
        return Err(at(0, other, "只能有 [[office]]", "only [[office]] may stand here"));
    }
    let Some(toml::Value::Array(offices)) = table.get("office") else { return Ok(Vec::new()) };
    let row = |(number, office): (usize, &toml::Value)| {
        let cells = office.as_table().ok_or_else(|| at(number + 1, "office", "应为 [[office]]", "it has to be a table [[office]]"))?;
        let cell = |(key, value): (&String, &toml::Value)| {
            let text = value.as_str().ok_or_else(|| at(number + 1, key, "应为文字", "it has to be a text in quotation marks"))?;
            Ok((key.clone(), text.trim().to_owned()))
        };
        cells.iter().map(cell).collect()
    };
    offices.iter().enumerate().map(row).collect()
}

/// One office; none where a column of it is wrong.
fn draft(number: usize, row: &Row, faults: &mut Vec<RowFault>) -> Option<OfficeDraft> {
    let before = faults.len();
    let details = OfficeDetails::of_texts(|name| row.get(name).cloned());
    let known: Vec<&str> = COLUMNS.into_iter().chain(details.texts().into_iter().map(|(name, _)| name)).collect();
    for column in row.keys().filter(|column| !known.contains(&column.as_str())) {
        let list = known.join(", ");
        faults.push(at(number, column, format!("没有此列，可用：{list}"), format!("there is no such column; known: {list}")));
    }
    let mut text = |column: &str| {
        let cell = row.get(column).filter(|cell| !cell.is_empty()).cloned();
        if cell.is_none() && !OPTIONAL.contains(&column) {
            faults.push(at(number, column, "不能为空", "it must not be empty"));
        }
        cell
    };
    let [key, zh, en, kind, division_code, number_word, sector] = COLUMNS.map(&mut text);
    let words = [OfficeKind::ALL.iter().map(|kind| kind.key()).collect(), Sector::ALL.iter().map(|sector| sector.key()).collect()];
    let kind = kind.and_then(|word| closed(number, ("kind", &words[0]), OfficeKind::from_key(&word), faults));
    let sector = sector.and_then(|word| closed(number, ("sector", &words[1]), Sector::from_key(&word), faults));
    let draft = OfficeDraft { key: key?, zh: zh?, en: en?, kind: kind?, division_code, number_word: number_word?, sector, details };
    faults.extend(draft.faults().into_iter().map(|(field, (zh, en))| at(number, field, zh, en)));
    (faults.len() == before).then_some(draft)
}

/// A word of a closed set, or the fault that names those that are known.
fn closed<T>(number: usize, (column, known): (&str, &Vec<&str>), found: Option<T>, faults: &mut Vec<RowFault>) -> Option<T> {
    if found.is_none() {
        let list = known.join(", ");
        faults.push(at(number, column, format!("可选：{list}"), format!("allowed: {list}")));
    }
    found
}
