//! CSV in UTF-8 or GBK, as spreadsheet programs save it on Chinese Windows.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::{fault::SheetFault, raw::{Limits, Raw, RawRow, RawSheet}};

/// The one sheet of a CSV file.
pub(super) fn sheet(bytes: &[u8], limits: &Limits) -> Result<RawSheet, SheetFault> {
    let text = text(bytes)?;
    if text.contains('\0') || text.trim_start().starts_with('<') || text.starts_with("%PDF") {
        return Err(SheetFault::NotATable);
    }
    // The reader counts a line when it has read its \n: each row has to end in exactly one.
    let text = text.replace("\r\n", "\n").replace('\r', "\n") + "\n";
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let (mut rows, mut broken) = (Vec::new(), None);
    let (mut number, mut line) = (0, 1);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|fault| SheetFault::Damaged(fault.to_string()))? {
        // The reader skips blank lines, the spreadsheet counts them; a line break inside a cell starts no row.
        let inside: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        number += (reader.position().line() - line).saturating_sub(inside as u64).max(1);
        line = reader.position().line();
        if inside > 0 {
            broken = u32::try_from(number).ok();
        }
        if record.len() > limits.columns {
            return Err(SheetFault::TooManyColumns { most: limits.columns });
        }
        let cell = |text: &str| if text.is_empty() { Raw::Empty } else { Raw::Text(text.to_owned()) };
        let row = RawRow { number: u32::try_from(number).unwrap_or(u32::MAX), cells: record.iter().map(cell).collect() };
        if row.is_blank() {
            continue;
        }
        if rows.len() == limits.rows {
            return Err(SheetFault::TooManyRows { most: limits.rows });
        }
        rows.push(row);
    }
    // Where quotes do not pair, the last cell with line breaks in it holds the rows that came after the open one.
    let odd = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    if let Some(row) = broken.filter(|_| odd) {
        return Err(SheetFault::OpenQuote { row });
    }
    Ok(RawSheet { name: "CSV".to_owned(), rows })
}

/// A byte order mark decides; else what is valid UTF-8 is UTF-8, and the rest must be GB18030, which holds GBK.
fn text(bytes: &[u8]) -> Result<String, SheetFault> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => GB18030,
    };
    let (text, _, wrong) = encoding.decode(bytes);
    if wrong { Err(SheetFault::Encoding) } else { Ok(text.into_owned()) }
}

/// The separator that the first lines use most.
fn delimiter(text: &str) -> u8 {
    let head: String = text.lines().take(10).collect();
    let count = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}
