//! .xlsx: unpacked sizes are counted before anything is parsed, and cells are streamed, so that no declared dimension
//! allocates anything.

use std::{io::{Cursor, Read, copy, sink}, panic::{AssertUnwindSafe, catch_unwind}};

use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use time::{Date, Month};
use zip::ZipArchive;

use super::{fault::SheetFault, raw::{Limits, Raw, RawRow, RawSheet}};

/// Parts in one workbook.
const PARTS: usize = 2_000;

fn damaged(fault: impl ToString) -> SheetFault {
    SheetFault::Damaged(fault.to_string())
}

/// The visible sheets.
pub(super) fn sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<RawSheet>, SheetFault> {
    weigh(bytes, limits)?;
    // A damaged file may hit a panic inside the parser; it must not end the process.
    let parsed = catch_unwind(AssertUnwindSafe(|| parse(bytes, limits)));
    parsed.unwrap_or_else(|_| Err(damaged("the parser gave up")))
}

/// Unpacks every part into nothing and counts, since declared sizes may lie.
fn weigh(bytes: &[u8], limits: &Limits) -> Result<(), SheetFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > PARTS {
        return Err(damaged("it has too many parts"));
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(SheetFault::NotATable);
    }
    let mut left = limits.unpacked;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(damaged)?;
        let size = copy(&mut part.take(left + 1), &mut sink()).map_err(damaged)?;
        left = left.checked_sub(size).ok_or(SheetFault::Bomb { most: limits.unpacked })?;
    }
    Ok(())
}

fn parse(bytes: &[u8], limits: &Limits) -> Result<Vec<RawSheet>, SheetFault> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let visible = workbook.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<_> = visible.map(|sheet| sheet.name.clone()).collect();
    let (mut sheets, mut rows) = (Vec::new(), 0);
    for name in names {
        let sheet = sheet(&mut workbook, name, limits, limits.rows - rows)?;
        rows += sheet.rows.len();
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: String, limits: &Limits, left: usize) -> Result<RawSheet, SheetFault> {
    let mut rows: Vec<RawRow> = Vec::new();
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let ((row, column), value) = (cell.get_position(), raw(cell.get_value()));
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
    rows.retain(|row| !row.is_blank());
    Ok(RawSheet { name, rows })
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
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Raw::Text(text.clone()),
        DataRef::Error(error) => Raw::Error(error.to_string()),
    }
}
