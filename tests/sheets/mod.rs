//! The room of spreadsheets without any of its layouts: what is taken, what is refused and why, what attacks come to.

mod attacks;
mod cells;
mod told;

use std::io::{Cursor, Read as _, Write as _};

use api::sheets::{self, CellKind, Column, Layout, Limits, Read, SheetFault};
use rust_xlsxwriter::{Workbook, Worksheet};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const LAYOUT: Layout = Layout {
    key: "toy",
    zh: "处罚",
    en: "Penalties",
    columns: &[
        Column::new("code", "编号", "Code", &[], CellKind::Code(18), true),
        Column::new("name", "名称", "Name", &[], CellKind::Text(100), false),
        Column::new("fine", "罚款（元）", "Fine", &[], CellKind::Money { cents_per_unit: 100 }, false),
    ],
};
const HEADERS: [&str; 3] = ["编号", "名称", "罚款（元）"];
const CODE: &str = "91512000MA00000000";

/// A workbook with the headers, a good code in row 2, and what `fill` adds.
fn filled(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("数据").unwrap();
    page.write_row(0, 0, HEADERS).unwrap();
    page.write_string(1, 0, CODE).unwrap();
    fill(page);
    book.save_to_buffer().unwrap()
}

fn lines(lines: &[&str]) -> Vec<u8> {
    format!("{}\r\n{}\r\n", HEADERS.join(","), lines.join("\r\n")).into_bytes()
}

fn sheet(bytes: &[u8]) -> Read {
    sheets::read(bytes, &LAYOUT, &Limits::default(), |_, _| {}).unwrap()
}

fn refused(bytes: &[u8]) -> SheetFault {
    match sheets::read(bytes, &LAYOUT, &Limits::default(), |_, _| {}) {
        Err(fault) => fault,
        Ok(read) => panic!("taken: {read:?}"),
    }
}

fn found(read: &Read) -> sheets::Found<'_> {
    sheets::Found { faults: &read.faults, warnings: &read.warnings, sheets: &read.sheets }
}

/// (row, column, code) of all faults.
fn faults(read: &Read) -> Vec<(u32, &str, &str)> {
    read.faults.iter().map(|fault| (fault.row, fault.column.as_str(), fault.code.as_str())).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The same zip with each part passed through `change`.
fn repacked(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let names: Vec<String> = ZipArchive::new(Cursor::new(bytes)).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut target = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        let content = change(&name, part(bytes, &name));
        target.start_file(name, SimpleFileOptions::default()).unwrap();
        target.write_all(content.as_bytes()).unwrap();
    }
    target.finish().unwrap().into_inner()
}
