//! Header, rows, values and faults of a file.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    columns::{self, Table},
    fault::{CellFault, SheetFault, letter},
    layout::Layout,
    raw::{self, Limits, Raw, RawRow, RawSheet},
    value::{Value, value},
};

/// A header stands in one of the first rows; offices put titles above it.
pub(super) const HEADER_WITHIN: usize = 10;
/// Faults that are kept; a file with more is wrong as a whole.
pub const MOST_FAULTS: usize = 5_000;
/// Sheets of our own that hold no rows to read.
pub(super) const GUIDE: &str = "填写说明 Guide";
pub(super) const PROBLEMS: &str = "问题 Problems";

/// One row with the values that could be read.
#[derive(Clone, Debug)]
pub struct Row {
    pub sheet: String,
    /// As the spreadsheet numbers it.
    pub number: u32,
    pub values: BTreeMap<&'static str, Value>,
    /// Whether every cell could be read and every required one is there.
    pub whole: bool,
    /// Where each column stands, so that later faults find their cell.
    columns: std::sync::Arc<BTreeMap<&'static str, (usize, String)>>,
    /// Columns that are there under a header almost right, and so were not read.
    misnamed: std::sync::Arc<std::collections::BTreeSet<&'static str>>,
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Read {
    pub rows: Vec<Row>,
    /// What keeps the file from being committed.
    pub faults: Vec<CellFault>,
    /// What somebody should look at before it is.
    pub warnings: Vec<CellFault>,
    pub sheets: Vec<SheetRead>,
}

/// What of a sheet was read, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SheetRead {
    pub sheet: String,
    /// Number of the row with the headers; none where the sheet was not read.
    pub header_row: Option<u32>,
    /// Rows that were read.
    pub rows: usize,
    /// Headers of the columns that were read.
    pub columns: Vec<String>,
    pub skipped: Vec<Skipped>,
}

/// A part of a sheet that was not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Letter of a column, or number of a row; empty for the whole sheet.
    pub place: String,
    pub zh: String,
    pub en: String,
}

impl SheetRead {
    pub(super) fn skip(&mut self, place: impl ToString, zh: impl Into<String>, en: impl Into<String>) {
        self.skipped.push(Skipped { place: place.to_string(), zh: zh.into(), en: en.into() });
    }
}

impl Row {
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.values.get(key) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub fn date(&self, key: &str) -> Option<time::Date> {
        match self.values.get(key) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    pub fn cents(&self, key: &str) -> Option<i64> {
        match self.values.get(key) {
            Some(Value::Cents(cents)) => Some(*cents),
            _ => None,
        }
    }

    pub fn key(&self, key: &str) -> Option<&'static str> {
        match self.values.get(key) {
            Some(Value::Key(word)) => Some(word),
            _ => None,
        }
    }

    pub fn keys(&self, key: &str) -> &[&'static str] {
        match self.values.get(key) {
            Some(Value::Keys(words)) => words,
            _ => &[],
        }
    }

    /// Whether the column that fills `field` is there under a header almost right: what it holds is not known.
    pub fn is_misnamed(&self, field: &str) -> bool {
        self.misnamed.contains(field)
    }

    /// A fault of this row at the column that fills `field`; at its first column where the file has none that does.
    pub fn fault(&self, field: &str, code: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> CellFault {
        let place = self.columns.get(field).or_else(|| self.columns.values().min_by_key(|(column, _)| *column));
        let (column, header) = place.map_or_else(|| (letter(0), String::new()), |(column, header)| (letter(*column), header.clone()));
        CellFault { sheet: self.sheet.clone(), row: self.number, column, header, code: code.into(), zh: zh.into(), en: en.into() }
    }
}

/// Reads a file under a layout. `progress` hears of rows done and rows in all.
///
/// # Errors
/// [`SheetFault`] when the file cannot be read at all; what is wrong inside it stands in [`Read::faults`].
pub fn read(bytes: &[u8], layout: &Layout, limits: &Limits, progress: impl FnMut(usize, usize)) -> Result<Read, SheetFault> {
    read_among(bytes, layout, &[], limits, progress)
}

/// As [`read`]; `family` are the layouts that the file may have been made for instead.
///
/// # Errors
/// [`SheetFault`] when the file cannot be read at all; what is wrong inside it stands in [`Read::faults`].
pub fn read_among(
    bytes: &[u8],
    layout: &Layout,
    family: &[&Layout],
    limits: &Limits,
    mut progress: impl FnMut(usize, usize),
) -> Result<Read, SheetFault> {
    let sheets = raw::sheets(bytes, layout, limits)?;
    let all: usize = sheets.iter().map(|sheet| sheet.rows.len()).sum();
    let (mut read, mut done) = (Read::default(), 0);
    for sheet in sheets.iter().filter(|sheet| sheet.name != GUIDE && sheet.name != PROBLEMS) {
        let mut told = SheetRead { sheet: sheet.name.clone(), ..SheetRead::default() };
        let header = columns::header(sheet, layout);
        if let Some(header) = header.filter(|_| !sheet.hidden) {
            let table = columns::table(sheet, header, layout, &mut read, &mut told);
            for raw in &sheet.rows[header + 1..] {
                done += 1;
                progress(done, all);
                if columns::is_header_again(&sheet.rows[header], raw) {
                    told.skip(raw.number, "重复的表头", "the headers once more");
                    continue;
                }
                let row = one(sheet, raw, &table, &mut read.faults);
                read.rows.push(row);
                told.rows += 1;
            }
        } else {
            unread(sheet, header.is_some(), &mut read.warnings, &mut told);
        }
        read.sheets.push(told);
    }
    whole(&mut read, &sheets, layout, family);
    Ok(read)
}

/// Whether a file can be read and a sheet of it has headers of the layout.
pub fn has_header(bytes: &[u8], layout: &Layout, limits: &Limits) -> bool {
    let sheets = raw::sheets(bytes, layout, limits).unwrap_or_default();
    sheets.iter().any(|sheet| !sheet.hidden && columns::header(sheet, layout).is_some())
}

/// Says of a sheet that was not read why.
fn unread(sheet: &RawSheet, named: bool, warnings: &mut Vec<CellFault>, told: &mut SheetRead) {
    match (sheet.hidden, named, sheet.rows.first()) {
        (true, true, Some(row)) => {
            told.skip("", "隐藏的工作表", "a hidden sheet");
            let (zh, en) =
                ("隐藏的工作表没有读入；需要导入的，请取消隐藏", "a hidden sheet was not read; show it if its rows are to be imported");
            warnings.push(at(sheet, row.number, 0, "", "SHEET_HIDDEN", zh, en));
        }
        (true, ..) => told.skip("", "隐藏的工作表", "a hidden sheet"),
        (false, _, None) => told.skip("", "空白工作表", "an empty sheet"),
        (false, _, Some(_)) => told.skip("", "没有找到表头", "no header was found"),
    }
}

/// A fault at a cell.
pub(super) fn at(
    sheet: &RawSheet,
    row: u32,
    column: usize,
    header: &str,
    code: &str,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> CellFault {
    CellFault {
        sheet: sheet.name.clone(),
        row,
        column: letter(column),
        header: header.to_owned(),
        code: code.to_owned(),
        zh: zh.into(),
        en: en.into(),
    }
}

/// What is wrong with the file as a whole; told at its first cell.
fn whole(read: &mut Read, sheets: &[RawSheet], layout: &Layout, family: &[&Layout]) {
    let first = sheets.iter().find(|sheet| !sheet.hidden).or(sheets.first());
    let Some(sheet) = first else { return };
    let row = sheet.rows.first().map_or(1, |row| row.number);
    let headers = read.sheets.iter().filter_map(|told| told.header_row).count();
    let missing = read.faults.iter().any(|fault| fault.code == "COLUMN_MISSING");
    if let Some(other) = columns::looks_like(sheets, layout, family).filter(|_| headers == 0 || missing) {
        let (zh, en) = (
            format!("这像是“{}”模板，不是“{}”；请选择对应的文件种类", other.zh, layout.zh),
            format!("this looks like the template “{}”, not “{}”; choose that kind of file", other.en, layout.en),
        );
        // Whatever else would be said of it is said of the wrong columns.
        (read.faults, read.warnings, read.rows) = (vec![at(sheet, row, 0, "", "FILE_OF_ANOTHER_KIND", zh, en)], Vec::new(), Vec::new());
    } else if headers == 0 {
        let names: Vec<_> = layout.columns.iter().filter(|column| column.required).map(|column| column.zh).collect();
        let (zh, en) = (
            format!("前{HEADER_WITHIN}行内未找到表头；必需的列：{}", names.join("、")),
            format!("no header was found in the first {HEADER_WITHIN} rows; required columns: {}", names.join(", ")),
        );
        read.faults.push(at(sheet, row, 0, "", "HEADER_NOT_FOUND", zh, en));
    } else if read.rows.is_empty() {
        read.faults.push(at(sheet, row + 1, 0, "", "NO_ROWS", "表头之下没有数据", "there are no rows below the header"));
    }
    for faults in [&mut read.faults, &mut read.warnings] {
        if faults.len() > MOST_FAULTS {
            faults.truncate(MOST_FAULTS);
            faults.push(at(sheet, row, 0, "", "TOO_MANY_FAULTS", "问题过多，其余未列出", "there are more faults than are listed"));
        }
    }
}

/// A fault of a whole file.
pub fn of_file(code: &str, zh: impl Into<String>, en: impl Into<String>) -> CellFault {
    CellFault {
        sheet: String::new(),
        row: 0,
        column: String::new(),
        header: String::new(),
        code: code.to_owned(),
        zh: zh.into(),
        en: en.into(),
    }
}

fn one(sheet: &RawSheet, raw: &RawRow, table: &Table, faults: &mut Vec<CellFault>) -> Row {
    let mut row = Row {
        sheet: sheet.name.clone(),
        number: raw.number,
        values: BTreeMap::new(),
        whole: true,
        columns: table.places.clone(),
        misnamed: table.misnamed.clone(),
    };
    for (place, column) in &table.columns {
        match value(raw.cells.get(*place).unwrap_or(&Raw::Empty), column) {
            Ok(Some(value)) => {
                row.values.insert(column.key, value);
            }
            Ok(None) if column.required => {
                row.whole = false;
                faults.push(row.fault(column.key, "CELL_EMPTY", format!("{}为必填项", column.zh), format!("{} is required", column.en)));
            }
            Ok(None) => {}
            Err(wrong) => {
                row.whole = false;
                faults.push(row.fault(column.key, wrong.code, wrong.zh, wrong.en));
            }
        }
    }
    row
}
