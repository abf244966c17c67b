//! What was sent: a table alone, or a .zip that holds one table together with the papers that it names.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::{Cursor, Read as _},
};

use axum::body::Bytes;
use domain::canonical;
use encoding_rs::GB18030;
use zip::ZipArchive;

use super::{check::FileFault, kind::Kind};
use crate::sheets::{self, CellFault, Limits, Row, SheetFault};

/// Columns that name papers.
const PAPERS: [&str; 2] = ["commitmentLetter", "proofOfPerformance"];
/// Parts of one .zip.
const PARTS: usize = 20_000;

/// A table with the papers that came with it, by their whole path.
#[derive(Debug, Default)]
pub(super) struct Bundle {
    pub table: Bytes,
    pub papers: BTreeMap<String, Bytes>,
}

/// What a name leads to.
#[derive(Debug)]
pub(super) enum Found<'a> {
    One(&'a Bytes),
    None,
    /// Paths of papers that all bear the name.
    Several(Vec<String>),
}

impl Bundle {
    /// The paper of a name, with or without its folders: the very path, else the only one that is written so.
    pub fn paper(&self, name: &str) -> Found<'_> {
        match self.paths(name).as_slice() {
            [] => Found::None,
            [path] => self.papers.get(path).map_or(Found::None, Found::One),
            paths => Found::Several(paths.to_vec()),
        }
    }

    fn paths(&self, name: &str) -> Vec<String> {
        let wanted = plain(name);
        if self.papers.contains_key(&wanted) {
            // A bare name may stand at the top and in a folder too.
            let others = self.papers.keys().filter(|path| **path != wanted && !wanted.contains('/') && last(path) == wanted).cloned();
            return std::iter::once(wanted.clone()).chain(others).collect();
        }
        let key = canonical::name(&wanted);
        let bears = |path: &&String| canonical::name(path) == key || (!wanted.contains('/') && canonical::name(last(path)) == key);
        self.papers.keys().filter(bears).cloned().collect()
    }

    /// Papers that no row names, and papers that several rows name.
    pub fn unnamed(&self, rows: &[Row]) -> Vec<CellFault> {
        let Some(first) = rows.first() else { return Vec::new() };
        let (mut named, mut warnings) = (HashMap::<String, &Row>::new(), Vec::new());
        for row in rows {
            for (field, name) in PAPERS.iter().filter_map(|field| Some((*field, row.text(field)?))) {
                let mut paths = self.paths(name);
                let Some(path) = paths.pop().filter(|_| paths.is_empty()) else { continue };
                match named.get(&path) {
                    Some(other) if other.number != row.number => warnings.push(row.fault(
                        field,
                        "PAPER_TWICE",
                        format!("“{name}”也用于第{}行，请核对是否放错", other.number),
                        format!("“{name}” is named in row {} too; check that it belongs to both", other.number),
                    )),
                    _ => drop(named.insert(path, row)),
                }
            }
        }
        let left: Vec<_> = self.papers.keys().filter(|path| !named.contains_key(*path)).map(String::as_str).collect();
        if !left.is_empty() {
            let shown = left.iter().take(20).copied().collect::<Vec<_>>();
            let (zh, en) = (shown.join("、"), shown.join(", "));
            warnings.push(first.fault(
                "commitmentLetter",
                "PAPERS_NOT_NAMED",
                format!("压缩包内有{}个文件没有被任何一行引用：{zh}", left.len()),
                format!("{} files of the .zip are named by no row: {en}", left.len()),
            ));
        }
        warnings
    }
}

fn damaged(fault: impl ToString) -> FileFault {
    SheetFault::Damaged(fault.to_string()).into()
}

/// A path with one kind of slash and without `.` and empty parts.
fn plain(path: &str) -> String {
    path.split(['/', '\\']).map(str::trim).filter(|part| !part.is_empty() && *part != ".").collect::<Vec<_>>().join("/")
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What systems put into a .zip by themselves.
fn is_litter(path: &str) -> bool {
    let name = last(path);
    path.split('/').any(|part| part == "__MACOSX")
        || name.starts_with("~$")
        || name.starts_with("._")
        || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// The table of a push, and its papers where it came as a .zip; any other file is its own table.
pub(super) fn unpack(kind: Kind, bytes: &Bytes) -> Result<Bundle, FileFault> {
    let alone = || Bundle { table: bytes.clone(), papers: BTreeMap::new() };
    if kind != Kind::RepairApplications || !bytes.starts_with(b"PK\x03\x04") || sheets::is_workbook(bytes) {
        return Ok(alone());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > PARTS {
        return Err(damaged("it has too many parts"));
    }
    let limits = Limits::default();
    let (mut left, mut parts) = (limits.unpacked, BTreeMap::new());
    for index in 0..archive.len() {
        if archive.by_index_raw(index).map_err(damaged)?.encrypted() {
            return Err(SheetFault::OldOrEncrypted.into());
        }
        let entry = archive.by_index(index).map_err(damaged)?;
        let path = path(entry.name_raw());
        if entry.is_dir() || path.is_empty() || is_litter(&path) {
            continue;
        }
        let mut content = Vec::new();
        entry.take(left + 1).read_to_end(&mut content).map_err(damaged)?;
        left = left.checked_sub(content.len() as u64).ok_or(SheetFault::Bomb { most: limits.unpacked })?;
        if parts.insert(path.clone(), Bytes::from(content)).is_some() {
            return Err(SheetFault::NameTwice { path }.into());
        }
    }
    parted(kind, parts)
}

/// One of the parts is the table: the one that has its headers, or the only one that could.
fn parted(kind: Kind, mut parts: BTreeMap<String, Bytes>) -> Result<Bundle, FileFault> {
    let is_table = |path: &str| [".xlsx", ".csv", ".xls", ".et", ".xlsm"].iter().any(|ending| path.to_lowercase().ends_with(ending));
    let could: Vec<String> = parts.keys().filter(|path| is_table(path)).cloned().collect();
    let mut tables: BTreeSet<String> = BTreeSet::new();
    for path in &could {
        let read = sheets::has_header(&parts[path], kind.layout(), &Limits::default());
        if read {
            tables.insert(path.clone());
        }
    }
    let candidates: Vec<String> = if tables.is_empty() { could } else { tables.into_iter().collect() };
    match candidates.as_slice() {
        [] => Err(SheetFault::NotATable.into()),
        [table] => {
            let table = parts.remove(table).unwrap_or_default();
            Ok(Bundle { table, papers: parts })
        }
        several => Err(SheetFault::SeveralTables { paths: several.join("、") }.into()),
    }
}

/// The path of a name in a .zip; Chinese Windows writes names in GBK.
fn path(raw: &[u8]) -> String {
    let text = std::str::from_utf8(raw).map_or_else(|_| GB18030.decode(raw).0.into_owned(), str::to_owned);
    plain(&text)
}
