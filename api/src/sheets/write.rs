//! Exports: every cell is text, and none is taken for a formula when somebody opens the file.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{fault::SheetFault, mark::unwritten};

/// First characters that make a spreadsheet program take a CSV cell for a formula (OWASP), their full-width forms too.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Characters that a cell holds.
const CELL: usize = 32_767;

/// A CSV file in UTF-8 with a byte order mark, which spreadsheet programs need to see the encoding.
///
/// # Errors
/// [`SheetFault::Unwritten`] when it cannot be made.
pub fn csv(headers: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, SheetFault> {
    let unwritten = |fault: csv::Error| SheetFault::Unwritten(fault.to_string());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![0xEF, 0xBB, 0xBF]);
    writer.write_record(headers.iter().map(|header| harmless(header))).map_err(unwritten)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(unwritten)?;
    }
    writer.into_inner().map_err(|fault| SheetFault::Unwritten(fault.to_string()))
}

/// A leading apostrophe keeps the program from calculating; reading takes it off again.
fn harmless(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// Whether a spreadsheet program could take the text for a formula; spaces before it do not make it safe.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(FORMULA) || text.trim_start().starts_with(FORMULA)
}

/// At most what a cell holds.
pub(super) fn held(text: &str) -> &str {
    text.char_indices().nth(CELL).map_or(text, |(end, _)| &text[..end])
}

/// A name that Excel takes: none of `[]:*?/\`, at most 31 characters as UTF-16 counts them, no apostrophe at the ends.
pub(super) fn sheet_name(name: &str) -> String {
    let kept = name.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c });
    let mut units = 0;
    let short: String = kept
        .take_while(|c| {
            units += c.len_utf16();
            units <= 31
        })
        .collect();
    let short = short.trim().trim_matches('\'').trim();
    if short.is_empty() { "Sheet".to_owned() } else { short.to_owned() }
}

/// An .xlsx with one sheet; its cells are strings by type, which no program calculates.
///
/// # Errors
/// [`SheetFault::Unwritten`] when it cannot be made.
pub fn xlsx(name: &str, headers: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, SheetFault> {
    let mut book = Workbook::new();
    let mut write = || -> Result<(), XlsxError> {
        let page = book.add_worksheet();
        page.set_name(sheet_name(name))?;
        let (bold, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
        // Keeps a text a text even when somebody edits the cell.
        let guarded = text.clone().set_quote_prefix();
        for (column, header) in (0_u16..).zip(headers) {
            page.write_string_with_format(0, column, *header, &bold)?;
        }
        for (line, row) in (1_u32..).zip(rows) {
            for (column, cell) in (0_u16..).zip(row) {
                page.write_string_with_format(line, column, held(cell), if is_formula(cell) { &guarded } else { &text })?;
            }
        }
        page.set_freeze_panes(1, 0)?;
        Ok(())
    };
    write().map_err(unwritten)?;
    book.save_to_buffer().map_err(unwritten)
}
