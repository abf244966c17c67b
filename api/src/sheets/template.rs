//! An empty file to fill in: codes as text, closed lists to choose from, a guide on a second sheet.

use rust_xlsxwriter::{DataValidation, Format, Note, Workbook, Worksheet, XlsxError};

use super::{
    fault::SheetFault,
    layout::{CellKind, Column, Layout},
    mark::unwritten,
    read::GUIDE,
    write::sheet_name,
};

/// Rows that are prepared for filling in.
const ROWS: u32 = 2_000;
/// A list written into a validation has to be shorter than this (OOXML).
const LIST: usize = 255;

/// A template of a layout.
///
/// # Errors
/// [`SheetFault::Unwritten`] when it cannot be made.
pub fn template(layout: &Layout) -> Result<Vec<u8>, SheetFault> {
    let mut book = Workbook::new();
    table(book.add_worksheet(), layout).map_err(unwritten)?;
    guide(book.add_worksheet(), layout).map_err(unwritten)?;
    book.save_to_buffer().map_err(unwritten)
}

fn table(page: &mut Worksheet, layout: &Layout) -> Result<(), XlsxError> {
    page.set_name(sheet_name(layout.zh))?;
    let (bold, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (at, column) in (0_u16..).zip(layout.columns) {
        page.write_string_with_format(0, at, column.header(), &bold)?;
        page.insert_note(0, at, &Note::new(format!("{}\n{}", column.note_zh, column.note_en)).set_author("信修 Xinxiu"))?;
        page.set_column_width(at, 18)?;
        match column.kind {
            CellKind::Text(_) | CellKind::Code(_) | CellKind::Choices(_) => {
                page.set_column_format(at, &text)?;
            }
            CellKind::Date => {
                page.set_column_format(at, &day)?;
            }
            CellKind::Money { .. } => {}
            CellKind::Choice(list) => {
                let words: Vec<_> = list.iter().map(|(word, _)| *word).collect();
                if words.join(",").chars().count() < LIST {
                    let rule = DataValidation::new().allow_list_strings(&words)?;
                    page.add_data_validation(1, at, ROWS, at, &rule)?;
                }
            }
        }
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

fn kind(column: &Column) -> String {
    match column.kind {
        CellKind::Text(longest) => format!("文本，不超过{longest}字 text, at most {longest} characters"),
        CellKind::Code(_) => "代码，文本格式 code, as text".to_owned(),
        CellKind::Date => "日期 date, 2026-04-01".to_owned(),
        CellKind::Money { .. } => "金额 amount".to_owned(),
        CellKind::Choice(list) => format!("选一 one of: {}", list.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("、")),
        CellKind::Choices(list) => format!("可选多个 any of: {}", list.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("、")),
    }
}

fn guide(page: &mut Worksheet, layout: &Layout) -> Result<(), XlsxError> {
    page.set_name(GUIDE)?;
    let bold = Format::new().set_bold();
    for (at, title) in (0_u16..).zip(["列", "Column", "必填 Required", "内容 Content", "说明", "Note", "示例 Example"]) {
        page.write_string_with_format(0, at, title, &bold)?;
    }
    for (row, column) in (1_u32..).zip(layout.columns) {
        let cells = [column.zh, column.en, if column.required { "是 yes" } else { "" }];
        for (at, cell) in (0_u16..).zip(cells) {
            page.write_string(row, at, cell)?;
        }
        page.write_string(row, 3, kind(column))?;
        page.write_string(row, 4, column.note_zh)?;
        page.write_string(row, 5, column.note_en)?;
        page.write_string(row, 6, column.example)?;
    }
    for at in 3..7 {
        page.set_column_width(at, 40)?;
    }
    Ok(())
}
