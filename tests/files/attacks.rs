//! Files that are no tables, or that would cost more than they say.

use std::io::{Cursor, Write};

use api::{
    files::penalties::LAYOUT,
    sheets::{self, Limits, SheetFault},
};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::tables::{HEADERS, good, xlsx};

fn refused(bytes: &[u8], limits: &Limits) -> &'static str {
    match sheets::read(bytes, &LAYOUT, limits, |_, _| {}) {
        Err(fault) => fault.code(),
        Ok(read) => panic!("it was read: {:?}", read.faults),
    }
}

/// A workbook's skeleton with one sheet of the given XML.
fn made(sheet: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 5] = [
        ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#),
        ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_table_is_refused_by_its_content() {
    let all = Limits::default();
    assert_eq!(refused(b"", &all), "FILE_EMPTY");
    assert_eq!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old or encrypted", &all), "FILE_OLD_OR_ENCRYPTED");
    assert_eq!(refused(b"<html><table>a table in disguise</table></html>", &all), "FILE_NOT_A_TABLE");
    assert_eq!(refused(b"%PDF-1.7 \n", &all), "FILE_NOT_A_TABLE");
    assert_eq!(refused(&[0xFF, 0xFF, 0xFF, 0x81], &all), "FILE_ENCODING");
    assert_eq!(refused(b"PK\x03\x04 and then nothing", &all), "FILE_DAMAGED");
    let mut cut = xlsx(&HEADERS, &[good(1)]);
    cut.truncate(cut.len() / 2);
    assert_eq!(refused(&cut, &all), "FILE_DAMAGED");
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_parsed() {
    let bomb = made(&vec![b' '; 8 * 1024 * 1024]);
    assert!(bomb.len() < 64 * 1024, "it is small as long as it is packed");
    let limits = Limits { unpacked: 1024 * 1024, ..Limits::default() };
    assert_eq!(refused(&bomb, &limits), "FILE_UNPACKS_TOO_LARGE");
    assert_eq!(refused(&bomb, &Limits { bytes: 1024, ..limits }), "FILE_TOO_LARGE");
}

#[test]
fn limits_of_rows_and_columns_hold() {
    let rows: Vec<_> = (0..10).map(good).collect();
    assert_eq!(refused(&xlsx(&HEADERS, &rows), &Limits { rows: 5, ..Limits::default() }), "FILE_TOO_MANY_ROWS");
    assert_eq!(refused(&xlsx(&HEADERS, &rows), &Limits { columns: 5, ..Limits::default() }), "FILE_TOO_MANY_COLUMNS");
}

#[test]
fn a_declared_dimension_allocates_nothing() {
    let sheet = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"#;
    let read = sheets::read(&made(sheet), &LAYOUT, &Limits::default(), |_, _| {}).expect("a table without a header");
    assert_eq!(read.faults[0].code, "HEADER_NOT_FOUND");
}

#[test]
fn entities_are_not_expanded() {
    let sheet = br#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"#;
    match sheets::read(&made(sheet), &LAYOUT, &Limits::default(), |_, _| {}) {
        Err(SheetFault::Damaged(_)) => {}
        Ok(read) => assert!(read.rows.is_empty()),
        Err(other) => panic!("{other}"),
    }
}
