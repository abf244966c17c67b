//! .xlsx: it is weighed before anything is parsed, and cells are streamed, so that no declared dimension allocates
//! anything.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use time::{Date, Month, macros::format_description};

use super::{
    fault::SheetFault,
    pack::{damaged, weigh},
    raw::{Limits, Raw, RawRow, RawSheet},
    read::HEADER_WITHIN,
    shape::{Area, Shape, shapes},
};

/// Most cells that merged areas may cover, so that areas over areas cost no time.
const COVERED: usize = 8_000_000;

/// The sheets; of those that are hidden only the first rows.
pub(super) fn sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<RawSheet>, SheetFault> {
    weigh(bytes, limits)?;
    // A damaged file may hit a panic inside the parser; it must not end the process.
    let parsed = catch_unwind(AssertUnwindSafe(|| parse(bytes, limits)));
    parsed.unwrap_or_else(|_| Err(damaged("the parser gave up")))
}

fn parse(bytes: &[u8], limits: &Limits) -> Result<Vec<RawSheet>, SheetFault> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let tables = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<_> = tables.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect();
    let mut shapes = shapes(bytes, limits.unpacked)?;
    let (mut sheets, mut rows, mut text) = (Vec::new(), 0, limits.text);
    for (name, hidden) in names {
        let left = if hidden { HEADER_WITHIN } else { limits.rows - rows };
        let shape = shapes.remove(&name).unwrap_or_default();
        let mut sheet = sheet(&mut workbook, name, limits, (left, hidden), &mut text)?;
        if !hidden {
            rows += sheet.rows.len();
        }
        shaped(&mut sheet, shape)?;
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Puts what merged cells and formats show where the cells are.
fn shaped(sheet: &mut RawSheet, shape: Shape) -> Result<(), SheetFault> {
    for ((row, column), format) in &shape.formats {
        if let Some(cell) = cell(sheet, *row, *column)
            && matches!(cell, Raw::Number(_))
        {
            *cell = Raw::Shown(Box::new(std::mem::take(cell)), *format);
        }
    }
    let mut left = COVERED;
    let width = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    for area in &shape.merged {
        left = left.checked_sub(spread(sheet, *area, width)).ok_or_else(|| damaged("its merged areas cover one another"))?;
    }
    sheet.rows.retain(|row| !row.is_blank());
    sheet.hidden_rows = sheet.rows.iter().map(|row| row.number).filter(|number| shape.hidden_rows.contains(&(number - 1))).collect();
    sheet.hidden_columns =
        (0..width).filter(|column| shape.hidden_columns.iter().any(|(first, last)| (first..=last).contains(&column))).collect();
    Ok(())
}

fn cell(sheet: &mut RawSheet, row: u32, column: usize) -> Option<&mut Raw> {
    let at = sheet.rows.binary_search_by_key(&(row + 1), |row| row.number).ok()?;
    sheet.rows[at].cells.get_mut(column)
}

/// A merged cell shows its first value in all of its rows; how many cells it covers, of the columns that the sheet has.
fn spread(sheet: &mut RawSheet, area: Area, width: usize) -> usize {
    let Some(value) = cell(sheet, area.rows.0, area.columns.0).cloned().filter(|value| *value != Raw::Empty) else { return 0 };
    let mut covered = 0;
    let from = sheet.rows.partition_point(|row| row.number <= area.rows.0);
    for row in sheet.rows[from..].iter_mut().take_while(|row| row.number <= area.rows.1 + 1) {
        let last = area.columns.1.min(width.max(area.columns.0 + 1) - 1);
        if row.cells.len() <= last {
            row.cells.resize(last + 1, Raw::Empty);
        }
        for column in area.columns.0..=last {
            covered += 1;
            let is_first = row.number == area.rows.0 + 1 && column == area.columns.0;
            if is_first {
                continue;
            }
            row.cells[column] = if column == area.columns.0 { Raw::Below(Box::new(value.clone())) } else { Raw::Beside };
        }
    }
    covered
}

fn sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: String,
    limits: &Limits,
    (left, hidden): (usize, bool),
    text: &mut usize,
) -> Result<RawSheet, SheetFault> {
    let mut rows: Vec<RawRow> = Vec::new();
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
    // The reader of plain formulas sizes a table by an index of the file's choosing; that of their metadata does not.
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
        let ((row, column), mut value) = (cell.pos, raw(&cell.value));
        if let Raw::Text(held) = &value {
            *text = text.checked_sub(held.len()).ok_or(SheetFault::TooMuchText { most: limits.text })?;
        }
        if cell.formula.is_some() {
            value = Raw::Formula(Box::new(value));
        }
        if value == Raw::Empty {
            continue;
        }
        let (number, column) = (row + 1, column as usize);
        if column >= limits.columns {
            return Err(SheetFault::TooManyColumns { most: limits.columns });
        }
        if rows.last().is_none_or(|last| last.number != number) {
            if rows.last().is_some_and(|last| last.number > number) {
                return Err(damaged("its rows are not in order"));
            }
            if rows.len() == left && hidden {
                break;
            }
            if rows.len() == left {
                return Err(SheetFault::TooManyRows { most: limits.rows });
            }
            rows.push(RawRow { number, cells: Vec::new() });
        }
        if let Some(last) = rows.last_mut() {
            if last.cells.len() <= column {
                last.cells.resize(column + 1, Raw::Empty);
            }
            last.cells[column] = value;
        }
    }
    Ok(RawSheet { name, rows, hidden, ..RawSheet::default() })
}

fn raw(value: &DataRef<'_>) -> Raw {
    match value {
        DataRef::Empty => Raw::Empty,
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's numbers are floats anyway")]
        DataRef::Int(number) => Raw::Number(*number as f64),
        DataRef::Float(number) => Raw::Number(*number),
        DataRef::String(text) => Raw::Text(text.clone()),
        DataRef::SharedString(text) => Raw::Text((*text).to_owned()),
        DataRef::Bool(yes) => Raw::Text(if *yes { "是" } else { "否" }.to_owned()),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            let date = Month::try_from(month).ok().and_then(|month| Date::from_calendar_date(i32::from(year), month, day).ok());
            date.map_or_else(|| Raw::Number(at.as_f64()), Raw::Date)
        }
        DataRef::DateTime(at) => Raw::Number(at.as_f64()),
        DataRef::DateTimeIso(text) => iso(text).map_or_else(|| Raw::Text(text.clone()), Raw::Date),
        DataRef::DurationIso(text) => Raw::Text(text.clone()),
        DataRef::Error(error) => Raw::Error(error.to_string()),
    }
}

/// The day of a cell that the file marks as a date (ISO 8601); the time of day and its zone say nothing about it.
fn iso(text: &str) -> Option<Date> {
    let day = text.trim().split(['T', 't', ' ']).next().unwrap_or_default().trim_end_matches(['Z', 'z']);
    Date::parse(day, format_description!("[year]-[month]-[day]")).ok()
}
