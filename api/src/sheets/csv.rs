//! CSV in UTF-8 or GBK, as spreadsheet programs save it on Chinese Windows.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::{
    fault::SheetFault,
    layout::Layout,
    raw::{Limits, Raw, RawRow, RawSheet},
    read::HEADER_WITHIN,
};

/// The one sheet of a CSV file.
pub(super) fn sheet(bytes: &[u8], layout: &Layout, limits: &Limits) -> Result<RawSheet, SheetFault> {
    let text = text(bytes)?;
    if text.contains('\0') || text.trim_start().starts_with('<') || text.starts_with("%PDF") {
        return Err(SheetFault::NotATable);
    }
    // The reader counts a line when it has read its \n: each row has to end in exactly one.
    let text = text.replace("\r\n", "\n").replace('\r', "\n") + "\n";
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter(&text, layout)).from_reader(text.as_bytes());
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
    if said_separator(&text).is_some() && !rows.is_empty() {
        rows.remove(0);
    }
    Ok(RawSheet { name: "CSV".to_owned(), rows, ..RawSheet::default() })
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

/// Separators that spreadsheet programs write.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// The separator under which most columns of the layout are named in one of the first rows; what else the cells hold does
/// not count. Where none is named, the one that stands most often outside quotes in the first line.
fn delimiter(text: &str, layout: &Layout) -> u8 {
    if let Some(said) = said_separator(text) {
        return said;
    }
    let named = |separator: u8| {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
        let rows = reader.into_records().take(HEADER_WITHIN).flatten();
        rows.map(|row| row.iter().filter(|cell| layout.column(cell).is_some()).count()).max().unwrap_or(0)
    };
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let outside =
        |separator: u8| first.split('"').step_by(2).map(|part| part.bytes().filter(|byte| *byte == separator).count()).sum::<usize>();
    SEPARATORS.into_iter().rev().max_by_key(|separator| (named(*separator), outside(*separator))).unwrap_or(b',')
}

/// `sep=;`, which some programs write as the first line to say what separates the cells.
fn said_separator(text: &str) -> Option<u8> {
    let said = text.lines().next()?.trim().trim_matches('"').strip_prefix("sep=")?;
    SEPARATORS.into_iter().find(|separator| said.as_bytes() == [*separator])
}
