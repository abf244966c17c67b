//! What the parser of cells does not tell: merged areas, hidden rows and columns, and number formats that show another
//! value than the cell holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read},
};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use super::{
    fault::SheetFault,
    pack::{self, damaged},
    raw::Format,
};

/// Most merged areas of a sheet that are looked at.
const AREAS: usize = 50_000;

/// Cells that are merged into one, all counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub rows: (u32, u32),
    pub columns: (usize, usize),
}

/// The shape of one sheet, all counted from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    pub merged: Vec<Area>,
    pub hidden_rows: BTreeSet<u32>,
    /// First and last of each range.
    pub hidden_columns: Vec<(usize, usize)>,
    /// Number cells that are shown otherwise than they are held.
    pub formats: BTreeMap<(u32, usize), Format>,
}

/// The parts of a workbook by their names as every reader looks them up: one kind of slash, any case.
struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    places: BTreeMap<String, usize>,
}

impl<'a> Parts<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, SheetFault> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        let mut places = BTreeMap::new();
        for index in 0..archive.len() {
            places.insert(pack::name(&archive.by_index_raw(index).map_err(damaged)?), index);
        }
        Ok(Self { archive, places })
    }

    /// A part as text; none where it is not there or not UTF-8.
    fn text(&mut self, name: &str, most: u64) -> Option<String> {
        let index = *self.places.get(name)?;
        let mut text = String::new();
        self.archive.by_index(index).ok()?.take(most).read_to_string(&mut text).ok()?;
        Some(text)
    }
}

/// The shapes of all sheets, by the names of the sheets. What cannot be read is left to the reader of cells.
pub(super) fn shapes(bytes: &[u8], most: u64) -> Result<BTreeMap<String, Shape>, SheetFault> {
    let mut parts = Parts::open(bytes)?;
    let relations = parts.text("xl/_rels/workbook.xml.rels", most).map(|text| relations(&text)).unwrap_or_default();
    let named = parts.text("xl/workbook.xml", most).map(|text| sheets(&text)).unwrap_or_default();
    let formats = parts.text("xl/styles.xml", most).map(|text| formats(&text)).unwrap_or_default();
    let mut shapes = BTreeMap::new();
    for (name, id) in named {
        let Some(text) = relations.get(&id).and_then(|target| parts.text(target, most)) else { continue };
        shapes.insert(name, shape(&text, &formats)?);
    }
    Ok(shapes)
}

fn each(text: &str, mut heard: impl FnMut(&BytesStart<'_>, bool)) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => heard(&tag, false),
            Ok(Event::Empty(tag)) => heard(&tag, true),
            // The reader of cells says what is damaged.
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// An attribute by its name without a namespace.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    let text = found.value.into_owned();
    quick_xml::escape::unescape(&text).map(std::borrow::Cow::into_owned).ok()
}

fn is_yes(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|text| text == "1" || text == "true")
}

/// Targets by relation id, as whole names of parts.
fn relations(text: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    each(text, |tag, _| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            let target = target.replace('\\', "/").to_ascii_lowercase();
            let whole = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            found.insert(id, whole);
        }
    });
    found
}

/// Names of sheets with their relation ids.
fn sheets(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    each(text, |tag, _| {
        if tag.local_name().as_ref() == "sheet" {
            found.extend(attribute(tag, "name").zip(attribute(tag, "id")));
        }
    });
    found
}

/// Of the cell styles in their order, what their number format shows.
fn formats(text: &str) -> Vec<Option<Format>> {
    let (mut own, mut styles, mut in_cells) = (BTreeMap::new(), Vec::new(), false);
    let mut numbers = Vec::new();
    each(text, |tag, empty| match tag.local_name().as_ref() {
        "numFmt" => {
            if let (Some(id), Some(code)) = (attribute(tag, "numFmtId"), attribute(tag, "formatCode")) {
                own.insert(id, code);
            }
        }
        "cellXfs" => in_cells = !empty,
        "cellStyles" | "dxfs" => in_cells = false,
        "xf" if in_cells => numbers.push(attribute(tag, "numFmtId").unwrap_or_default()),
        _ => {}
    });
    for number in numbers {
        styles.push(match number.as_str() {
            "9" | "10" => Some(Format::Percent),
            _ => own.get(&number).and_then(|code| shown(code)),
        });
    }
    styles
}

/// What a format code makes of a number, where a reader of the cell alone would be misled.
fn shown(code: &str) -> Option<Format> {
    let first = code.split(';').next().unwrap_or_default();
    let mut literal = String::new();
    let (mut quoted, mut escaped, mut bare) = (false, false, String::new());
    for sign in first.chars() {
        match sign {
            _ if escaped => {
                literal.push(sign);
                escaped = false;
            }
            '"' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            _ if quoted || !sign.is_ascii() => literal.push(sign),
            _ => bare.push(sign),
        }
    }
    if bare.contains('%') {
        return Some(Format::Percent);
    }
    let unit = ["亿元", "万元", "千元", "元", "亿", "万", "千"].into_iter().find(|unit| literal.contains(unit));
    if let Some(unit) = unit {
        return Some(Format::Unit(unit));
    }
    // A comma after the last digit divides by a thousand; zeros alone fill up with zeros.
    if bare.trim_end_matches(['_', ' ', ')']).ends_with(',') {
        return Some(Format::Scaled);
    }
    (bare.len() > 1 && bare.bytes().all(|byte| byte == b'0')).then_some(Format::Padded(bare.len()))
}

/// `B7`: row and column counted from 0.
fn place(text: &str) -> Option<(u32, usize)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at(letters);
    let column = super::fault::place(&letters.to_ascii_uppercase())?;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column))
}

fn shape(text: &str, formats: &[Option<Format>]) -> Result<Shape, SheetFault> {
    let mut shape = Shape::default();
    let (mut row, mut column) = (None::<u32>, 0_usize);
    let mut areas = 0;
    each(text, |tag, _| match tag.local_name().as_ref() {
        "col" if is_yes(tag, "hidden") => {
            let edge = |name| attribute(tag, name).and_then(|text| text.parse::<usize>().ok()?.checked_sub(1));
            shape.hidden_columns.extend(edge("min").zip(edge("max")));
        }
        "row" => {
            let number = attribute(tag, "r").and_then(|text| text.parse::<u32>().ok()?.checked_sub(1));
            let number = number.unwrap_or_else(|| row.map_or(0, |row| row.saturating_add(1)));
            (row, column) = (Some(number), 0);
            if is_yes(tag, "hidden") {
                shape.hidden_rows.insert(number);
            }
        }
        "c" => {
            let at = attribute(tag, "r").and_then(|text| place(&text)).unwrap_or((row.unwrap_or(0), column));
            column = at.1 + 1;
            let is_number = attribute(tag, "t").is_none_or(|kind| kind == "n");
            let style = attribute(tag, "s").and_then(|text| text.parse::<usize>().ok());
            if let Some(Some(format)) = style.filter(|_| is_number).and_then(|style| formats.get(style)) {
                shape.formats.insert(at, *format);
            }
        }
        "mergeCell" => {
            areas += 1;
            let ends = attribute(tag, "ref").and_then(|text| text.split_once(':').and_then(|(from, to)| Some((place(from)?, place(to)?))));
            shape.merged.extend(ends.filter(|_| areas <= AREAS).map(|(from, to)| Area { rows: (from.0, to.0), columns: (from.1, to.1) }));
        }
        _ => {}
    });
    if areas > AREAS {
        return Err(damaged("it has too many merged areas"));
    }
    Ok(shape)
}
