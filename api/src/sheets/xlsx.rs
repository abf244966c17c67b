//! .xlsx: it is weighed before anything is parsed, and cells are streamed, so that no declared dimension allocates
//! anything.

use std::{io::Cursor, panic::{AssertUnwindSafe, catch_unwind}};

use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use time::{Date, Month};

use super::{fault::SheetFault, pack::{damaged, weigh}, raw::{Limits, Raw, RawRow, RawSheet}};

/// The visible sheets.
pub(super) fn sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<RawSheet>, SheetFault> {
    weigh(bytes, limits)?;
    // A damaged file may hit a panic inside the parser; it must not end the process.
    let parsed = catch_unwind(AssertUnwindSafe(|| parse(bytes, limits)));
    parsed.unwrap_or_else(|_| Err(damaged("the parser gave up")))
}

fn parse(bytes: &[u8], limits: &Limits) -> Result<Vec<RawSheet>, SheetFault> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let visible = workbook.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<_> = visible.map(|sheet| sheet.name.clone()).collect();
    let (mut sheets, mut rows, mut text) = (Vec::new(), 0, limits.text);
    for name in names {
        let sheet = sheet(&mut workbook, name, limits, limits.rows - rows, &mut text)?;
        rows += sheet.rows.len();
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: String, limits: &Limits, left: usize, text: &mut usize) -> Result<RawSheet, SheetFault> {
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
