//! Which columns of a sheet are read: its header, and what is said of those that are not.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    fault::letter,
    layout::{Column, Layout},
    raw::{Raw, RawRow, RawSheet},
    read::{HEADER_WITHIN, Read, SheetRead, at},
};

/// Headers that count rows and say nothing of them.
const COUNTERS: [&str; 5] = ["序号", "编号", "行号", "no", "#"];

/// The columns of one sheet.
pub(super) struct Table {
    pub columns: Vec<(usize, &'static Column)>,
    pub places: Arc<BTreeMap<&'static str, (usize, String)>>,
    /// Columns that stand under a header almost right.
    pub misnamed: Arc<BTreeSet<&'static str>>,
}

/// The text of a cell as a header.
pub(super) fn shown(cell: &Raw) -> &str {
    match cell.inner() {
        Raw::Text(text) => text.trim(),
        _ => "",
    }
}

/// The row among the first that names most columns, at least two.
pub(super) fn header(sheet: &RawSheet, layout: &Layout) -> Option<usize> {
    let named = |row: &RawRow| row.cells.iter().filter(|cell| layout.column(shown(cell)).is_some()).count();
    let counts = sheet.rows.iter().take(HEADER_WITHIN).map(named).enumerate();
    counts.filter(|(_, count)| *count >= 2).max_by_key(|(index, count)| (*count, usize::MAX - index)).map(|(index, _)| index)
}

/// Whether a row says the headers once more, as tables do that were printed on several pages.
pub(super) fn is_header_again(header: &RawRow, row: &RawRow) -> bool {
    let filled = row.cells.iter().enumerate().filter(|(_, cell)| !matches!(cell, Raw::Empty));
    let same = filled
        .filter(|(at, cell)| !shown(cell).is_empty() && header.cells.get(*at).is_some_and(|header| shown(header) == shown(cell)))
        .count();
    same >= 2 && same == row.cells.iter().filter(|cell| !matches!(cell, Raw::Empty | Raw::Beside)).count()
}

/// The layout of the family that names clearly more of the headers than the one that was asked for.
pub(super) fn looks_like<'a>(sheets: &[RawSheet], layout: &Layout, family: &[&'a Layout]) -> Option<&'a Layout> {
    let named = |layout: &Layout| {
        let rows = sheets.iter().filter(|sheet| !sheet.hidden).flat_map(|sheet| sheet.rows.iter().take(HEADER_WITHIN));
        rows.map(|row| layout.named(row.cells.iter().map(shown))).max().unwrap_or(0)
    };
    let (own, others) = (named(layout), family.iter().filter(|other| other.key != layout.key));
    others
        .map(|other| (named(other), *other))
        .filter(|(count, _)| *count >= 3 && *count > own)
        .max_by_key(|(count, _)| *count)
        .map(|(_, other)| other)
}

/// The columns under a header; what stands in the others is told.
pub(super) fn table(sheet: &RawSheet, header: usize, layout: &Layout, read: &mut Read, told: &mut SheetRead) -> Table {
    let row = &sheet.rows[header];
    let (mut columns, mut places) = (Vec::new(), BTreeMap::new());
    told.header_row = Some(row.number);
    for above in &sheet.rows[..header] {
        told.skip(above.number, "表头以上", "above the headers");
    }
    for (place, cell) in row.cells.iter().enumerate() {
        let name = shown(cell);
        match layout.column(name) {
            Some(column) if places.contains_key(column.key) => {
                let (zh, en) = (format!("列“{name}”出现两次，请删去一列"), format!("the column “{name}” stands twice; delete one"));
                read.faults.push(at(sheet, row.number, place, name, "COLUMN_TWICE", zh, en));
            }
            Some(column) => {
                places.insert(column.key, (place, name.to_owned()));
                columns.push((place, column));
                told.columns.push(name.to_owned());
            }
            None => {}
        }
    }
    let mut table = Table { columns, places: Arc::new(places), misnamed: Arc::default() };
    table.misnamed = Arc::new(unknown(sheet, header, layout, &table, read, told));
    let free = row.cells.iter().rposition(|cell| !shown(cell).is_empty()).map_or(0, |last| last + 1);
    let missing = layout.columns.iter().filter(|column| column.required && !table.places.contains_key(column.key));
    for (free, column) in (free..).zip(missing) {
        let (zh, en) = (format!("缺少必需的列“{}”", column.zh), format!("the required column “{}” ({}) is missing", column.zh, column.en));
        read.faults.push(at(sheet, row.number, free, column.zh, "COLUMN_MISSING", zh, en));
    }
    hidden(sheet, row.number, &table, read);
    table
}

/// Columns that hold something and that no header of the layout names; which columns are probably meant.
fn unknown(
    sheet: &RawSheet,
    header: usize,
    layout: &Layout,
    table: &Table,
    read: &mut Read,
    told: &mut SheetRead,
) -> BTreeSet<&'static str> {
    let mut meant = BTreeSet::new();
    let rows = &sheet.rows[header + 1..];
    let row = &sheet.rows[header];
    let width = sheet.rows[header..].iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let is_filled = |place: usize| rows.iter().any(|row| row.cells.get(place).is_some_and(holds));
    for place in (0..width).filter(|place| is_filled(*place)) {
        let name = row.cells.get(place).map(shown).unwrap_or_default();
        if layout.column(name).is_some() {
            continue;
        }
        let near = layout.nearest(name, |column| !table.places.contains_key(column.key));
        if let Some(near) = near {
            meant.insert(near.key);
            let (zh, en) = (
                format!("表头“{name}”不认识，本列有内容却没有读入；最接近的是“{}”，请改名，或者删去本列", near.zh),
                format!(
                    "the header “{name}” is not known, so the column was not read though it is filled; the nearest is “{}” ({}): rename it, or delete the column",
                    near.zh, near.en
                ),
            );
            read.faults.push(at(sheet, row.number, place, name, "COLUMN_UNKNOWN", zh, en));
        } else if !COUNTERS.iter().any(|counter| domain::canonical::same_name(name, counter)) {
            let named = if name.is_empty() { "（无表头）" } else { name };
            let (zh, en) = (
                format!("“{named}”不是本模板的列，其内容没有读入"),
                format!("“{named}” is no column of this template; what it holds was not read"),
            );
            read.warnings.push(at(sheet, row.number, place, name, "COLUMN_NOT_READ", zh, en));
        }
        told.skip(letter(place), format!("不认识的列“{name}”"), format!("the unknown column “{name}”"));
    }
    meant
}

fn holds(cell: &Raw) -> bool {
    match cell {
        Raw::Empty | Raw::Beside => false,
        Raw::Text(text) => !text.trim().is_empty(),
        Raw::Formula(value) | Raw::Below(value) | Raw::Shown(value, _) => holds(value),
        _ => true,
    }
}

/// Rows and columns that nobody sees are read, and named.
fn hidden(sheet: &RawSheet, header: u32, table: &Table, read: &mut Read) {
    let rows: Vec<_> = sheet.hidden_rows.iter().filter(|number| **number > header).collect();
    if let Some(first) = rows.first() {
        let shown: Vec<_> = rows.iter().take(20).map(ToString::to_string).collect();
        let (zh, en) = (
            format!("有{}行被隐藏或筛选掉，已一并读入：第{}行{}", rows.len(), shown.join("、"), if rows.len() > 20 { "等" } else { "" }),
            format!(
                "{} rows are hidden or filtered out and were read all the same: {}{}",
                rows.len(),
                shown.join(", "),
                if rows.len() > 20 { ", …" } else { "" }
            ),
        );
        read.warnings.push(at(sheet, **first, 0, "", "ROWS_HIDDEN", zh, en));
    }
    for (place, column) in table.columns.iter().filter(|(place, _)| sheet.hidden_columns.contains(place)) {
        let (zh, en) =
            (format!("列“{}”被隐藏，已一并读入", column.zh), format!("the column “{}” is hidden and was read all the same", column.zh));
        read.warnings.push(at(sheet, header, *place, column.zh, "COLUMN_HIDDEN", zh, en));
    }
}
