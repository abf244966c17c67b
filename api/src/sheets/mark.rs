//! The file handed back: every cell as it was sent, the wrong ones red with a note, and a sheet that lists all faults.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Color, Format, Note, Workbook, Worksheet, XlsxError};

use super::{
    fault::{CellFault, SheetFault, place},
    layout::Layout,
    raw::{self, Limits, Raw},
    read::{PROBLEMS, SheetRead},
    write::{held, is_formula, sheet_name},
};

/// What a check found, to be marked.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// What blocks the file: red.
    pub faults: &'a [CellFault],
    /// What does not: yellow.
    pub warnings: &'a [CellFault],
    pub sheets: &'a [SheetRead],
}

impl Found<'_> {
    /// Everything, each with whether it blocks.
    fn all(&self) -> impl Iterator<Item = (bool, &CellFault)> {
        self.faults.iter().map(|fault| (true, fault)).chain(self.warnings.iter().map(|fault| (false, fault)))
    }
}

/// What is said of one cell.
#[derive(Debug, Default)]
struct Marked {
    blocks: bool,
    words: Vec<String>,
}

/// Parts of one sheet that are listed as not read.
const SKIPPED: usize = 200;
/// Notes in one sheet; beyond, the list of problems says the rest.
const NOTES: usize = 2_000;

pub(super) fn unwritten(fault: XlsxError) -> SheetFault {
    SheetFault::Unwritten(fault.to_string())
}

/// Marks the faults in a file that was sent as .xlsx or CSV; the answer is always .xlsx.
///
/// # Errors
/// [`SheetFault`] when the file cannot be read or the answer not be written.
pub fn mark(bytes: &[u8], layout: &Layout, found: &Found<'_>, limits: &Limits) -> Result<Vec<u8>, SheetFault> {
    let sheets = raw::sheets(bytes, layout, limits)?;
    let mut wrong: BTreeMap<(&str, u32), BTreeMap<usize, Marked>> = BTreeMap::new();
    for (blocks, fault) in found.all() {
        // A fault of the whole row is shown at its first cell.
        let column = place(&fault.column).unwrap_or(0);
        let marked = wrong.entry((&fault.sheet, fault.row)).or_default().entry(column).or_default();
        marked.blocks |= blocks;
        marked.words.push(format!("{}。{}.", fault.zh, fault.en));
    }
    let mut book = Workbook::new();
    problems(book.add_worksheet(), found).map_err(unwritten)?;
    let none = BTreeMap::new();
    let mut names = BTreeSet::from([PROBLEMS.to_lowercase()]);
    for sheet in sheets.iter().filter(|sheet| sheet.name != PROBLEMS && !sheet.hidden) {
        let page = book.add_worksheet();
        page.set_name(free(&sheet.name, &mut names)).map_err(unwritten)?;
        let mut notes = 0;
        for row in &sheet.rows {
            let wrong = wrong.get(&(sheet.name.as_str(), row.number)).unwrap_or(&none);
            let last = wrong.keys().next_back().map_or(0, |last| last + 1);
            for column in 0..row.cells.len().max(last) {
                let marked = wrong.get(&column);
                let words = marked.map(|marked| marked.words.join("\n"));
                notes += usize::from(words.is_some());
                let note = words.as_deref().filter(|_| notes <= NOTES);
                let cell = row.cells.get(column).unwrap_or(&Raw::Empty);
                put(page, (row.number - 1, column), cell, marked.map(|marked| marked.blocks), note).map_err(unwritten)?;
            }
        }
    }
    book.save_to_buffer().map_err(unwritten)
}

/// A name that Excel takes and that no sheet before has; case makes no difference.
fn free(wanted: &str, names: &mut BTreeSet<String>) -> String {
    let base = sheet_name(wanted);
    let (mut name, mut number) = (base.clone(), 1);
    while !names.insert(name.to_lowercase()) {
        number += 1;
        name = format!("{} {number}", base.chars().take(12).collect::<String>());
    }
    name
}

fn put(page: &mut Worksheet, at: (u32, usize), cell: &Raw, blocks: Option<bool>, note: Option<&str>) -> Result<(), XlsxError> {
    let mut format = Format::new();
    if let Some(blocks) = blocks {
        let (ground, ink) = if blocks { (0x00FF_C7CE, 0x009C_0006) } else { (0x00FF_EB9C, 0x007F_6000) };
        format = format.set_background_color(Color::RGB(ground)).set_font_color(Color::RGB(ink));
    }
    let (row, column) = (at.0, u16::try_from(at.1).unwrap_or(u16::MAX));
    match cell {
        Raw::Empty | Raw::Beside => page.write_blank(row, column, &format)?,
        // As text format, so that a code typed over it stays text.
        Raw::Text(text) | Raw::Error(text) => {
            let format = if is_formula(text) { format.set_quote_prefix() } else { format };
            page.write_string_with_format(row, column, held(text), &format.set_num_format("@"))?
        }
        // The result alone: what is handed back calculates nothing.
        Raw::Formula(result) | Raw::Below(result) | Raw::Shown(result, _) => return put(page, at, result, blocks, note),
        Raw::Number(number) => page.write_number_with_format(row, column, *number, &format)?,
        Raw::Date(date) => page.write_string_with_format(row, column, date.to_string(), &format.set_num_format("@"))?,
    };
    if let Some(note) = note {
        page.insert_note(row, column, &Note::new(note).set_author("信修 Xinxiu"))?;
    }
    Ok(())
}

fn problems(page: &mut Worksheet, found: &Found<'_>) -> Result<(), XlsxError> {
    page.set_name(PROBLEMS)?;
    let bold = Format::new().set_bold();
    for (column, title) in
        (0_u16..).zip(["工作表 Sheet", "行 Row", "列 Column", "表头 Header", "代码 Code", "问题", "Problem", "级别 Level"])
    {
        page.write_string_with_format(0, column, title, &bold)?;
    }
    let mut row = 0_u32;
    for (blocks, fault) in found.all() {
        row += 1;
        page.write_string(row, 0, &fault.sheet)?;
        if fault.row > 0 {
            page.write_number(row, 1, fault.row)?;
        }
        page.write_string(row, 2, &fault.column)?;
        page.write_string(row, 3, &fault.header)?;
        page.write_string(row, 4, &fault.code)?;
        page.write_string(row, 5, &fault.zh)?;
        page.write_string(row, 6, &fault.en)?;
        page.write_string(row, 7, if blocks { "问题 problem" } else { "提醒 warning" })?;
    }
    row += 1;
    for told in found.sheets {
        row += 1;
        page.write_string(row, 0, &told.sheet)?;
        page.write_string(row, 5, format!("读入{}行、{}列", told.rows, told.columns.len()))?;
        page.write_string(row, 6, format!("{} rows and {} columns were read", told.rows, told.columns.len()))?;
        for skipped in told.skipped.iter().take(SKIPPED) {
            row += 1;
            page.write_string(row, 0, &told.sheet)?;
            page.write_string(row, 2, &skipped.place)?;
            page.write_string(row, 5, format!("没有读入：{}", skipped.zh))?;
            page.write_string(row, 6, format!("not read: {}", skipped.en))?;
        }
    }
    page.set_column_width(5, 60)?;
    page.set_column_width(6, 60)?;
    page.set_freeze_panes(1, 0)?;
    Ok(())
}
