//! Header, rows, values and faults of a file.

use std::collections::BTreeMap;

use super::{
    fault::{CellFault, SheetFault, letter},
    layout::{Column, Layout},
    raw::{self, Limits, RawRow, RawSheet},
    value::{Value, value},
};

/// A header stands in one of the first rows; offices put titles above it.
const HEADER_WITHIN: usize = 10;
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
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Read {
    pub rows: Vec<Row>,
    pub faults: Vec<CellFault>,
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

    /// A fault of this row at the column that fills `field`, or of the whole row where none does.
    pub fn fault(&self, field: &str, code: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> CellFault {
        let (column, header) = match self.columns.get(field) {
            Some((column, header)) => (letter(*column), header.clone()),
            None => (String::new(), String::new()),
        };
        CellFault { sheet: self.sheet.clone(), row: self.number, column, header, code: code.into(), zh: zh.into(), en: en.into() }
    }
}

/// Reads a file under a layout. `progress` hears of rows done and rows in all.
///
/// # Errors
/// [`SheetFault`] when the file cannot be read at all; what is wrong inside it stands in [`Read::faults`].
pub fn read(bytes: &[u8], layout: &Layout, limits: &Limits, mut progress: impl FnMut(usize, usize)) -> Result<Read, SheetFault> {
    let sheets = raw::sheets(bytes, limits)?;
    let all: usize = sheets.iter().map(|sheet| sheet.rows.len()).sum();
    let (mut read, mut done, mut headers) = (Read::default(), 0, 0);
    for sheet in sheets.iter().filter(|sheet| sheet.name != GUIDE && sheet.name != PROBLEMS) {
        let Some(header) = header(sheet, layout) else { continue };
        headers += 1;
        let table = table(sheet, header, layout, &mut read.faults);
        for row in &sheet.rows[header + 1..] {
            let row = one(sheet, row, &table, &mut read.faults);
            read.rows.push(row);
            done += 1;
            progress(done, all);
        }
    }
    if headers == 0 {
        let names: Vec<_> = layout.columns.iter().filter(|column| column.required).map(|column| column.zh).collect();
        read.faults.push(of_file(
            "HEADER_NOT_FOUND",
            format!("前{HEADER_WITHIN}行内未找到表头；必需的列：{}", names.join("、")),
            format!("no header was found in the first {HEADER_WITHIN} rows; required columns: {}", names.join(", ")),
        ));
    } else if read.rows.is_empty() {
        read.faults.push(of_file("NO_ROWS", "表头之下没有数据", "there are no rows below the header"));
    }
    if read.faults.len() > MOST_FAULTS {
        read.faults.truncate(MOST_FAULTS);
        read.faults.push(of_file("TOO_MANY_FAULTS", "问题过多，其余未列出", "there are more faults than are listed"));
    }
    Ok(read)
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

fn shown(cell: &raw::Raw) -> String {
    match cell {
        raw::Raw::Text(text) => text.trim().to_owned(),
        _ => String::new(),
    }
}

/// The row among the first that names most columns, at least two.
fn header(sheet: &RawSheet, layout: &Layout) -> Option<usize> {
    let named = |row: &RawRow| row.cells.iter().filter(|cell| layout.column(&shown(cell)).is_some()).count();
    let counts = sheet.rows.iter().take(HEADER_WITHIN).map(named).enumerate();
    counts.filter(|(_, count)| *count >= 2).max_by_key(|(index, count)| (*count, usize::MAX - index)).map(|(index, _)| index)
}

/// The columns of one sheet.
struct Table {
    columns: Vec<(usize, &'static Column)>,
    places: std::sync::Arc<BTreeMap<&'static str, (usize, String)>>,
}

fn table(sheet: &RawSheet, header: usize, layout: &Layout, faults: &mut Vec<CellFault>) -> Table {
    let row = &sheet.rows[header];
    let at = |place: usize, code: &str, zh: String, en: String| CellFault {
        sheet: sheet.name.clone(),
        row: row.number,
        column: letter(place),
        header: shown(&row.cells[place]),
        code: code.to_owned(),
        zh,
        en,
    };
    let (mut columns, mut places) = (Vec::new(), BTreeMap::new());
    for (place, cell) in row.cells.iter().enumerate() {
        let name = shown(cell);
        match layout.column(&name) {
            Some(column) if places.contains_key(column.key) => {
                faults.push(at(place, "COLUMN_TWICE", format!("列“{name}”出现两次，请删去一列"), format!("the column “{name}” stands twice; delete one")));
            }
            Some(column) => {
                places.insert(column.key, (place, name));
                columns.push((place, column));
            }
            None => {}
        }
    }
    for column in layout.columns.iter().filter(|column| column.required && !places.contains_key(column.key)) {
        let mut fault = of_file("COLUMN_MISSING", format!("缺少必需的列“{}”", column.zh), format!("the required column “{}” ({}) is missing", column.zh, column.en));
        (fault.sheet, fault.row) = (sheet.name.clone(), row.number);
        faults.push(fault);
    }
    Table { columns, places: std::sync::Arc::new(places) }
}

fn one(sheet: &RawSheet, raw: &RawRow, table: &Table, faults: &mut Vec<CellFault>) -> Row {
    let mut row = Row { sheet: sheet.name.clone(), number: raw.number, values: BTreeMap::new(), whole: true, columns: table.places.clone() };
    for (place, column) in &table.columns {
        match value(raw.cells.get(*place).unwrap_or(&raw::Raw::Empty), column) {
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
