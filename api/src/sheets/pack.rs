//! The zip of an .xlsx, weighed before anything of it is parsed.

use std::io::{self, Cursor, Read, copy, sink};

use zip::{ZipArchive, read::ZipFile};

use super::{fault::SheetFault, raw::Limits};

/// Parts in one workbook.
const PARTS: usize = 2_000;
/// Unpacked bytes for each packed byte of one part, and from which size on it is asked: small parts of equal lines pack
/// very well.
const RATIO: u64 = 200;
const RATIO_FROM: u64 = 4 * 1024 * 1024;

pub(super) fn damaged(fault: impl ToString) -> SheetFault {
    SheetFault::Damaged(fault.to_string())
}

/// Refuses what is encrypted or no workbook, and what unpacks beyond the limits: by the sizes that it declares before
/// anything is unpacked, then by those that come out.
pub(super) fn weigh(bytes: &[u8], limits: &Limits) -> Result<(), SheetFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > PARTS {
        return Err(damaged("it has too many parts"));
    }
    if let Some(fault) = other_kind(&mut archive)? {
        return Err(fault);
    }
    unpacked(&mut archive, limits.unpacked, |name| name.ends_with("sharedstrings.xml"), claims)
}

/// Unpacks every part of an archive within a limit of bytes, by the sizes that it declares before anything is unpacked, then
/// by those that come out; shows the content of the parts that are wanted.
fn unpacked(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    most: u64,
    wanted: impl Fn(&str) -> bool,
    see: impl Fn(&[u8]) -> Result<(), SheetFault>,
) -> Result<(), SheetFault> {
    let bomb = || SheetFault::Bomb { most };
    let mut left = most;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(damaged)?;
        if part.encrypted() {
            return Err(SheetFault::OldOrEncrypted);
        }
        if too_dense(part.size(), part.compressed_size()) {
            return Err(bomb());
        }
        left = left.checked_sub(part.size()).ok_or_else(bomb)?;
    }
    let mut left = most;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        let packed = part.compressed_size();
        let wanted = wanted(&name(&part));
        let mut content = Vec::new();
        // One byte more than is left is read, so that a part that lies about its size is seen.
        let mut source = (&mut part).take(left + 1);
        let size: io::Result<u64> = if wanted { copy(&mut source, &mut content) } else { copy(&mut source, &mut sink()) };
        let size = size.map_err(damaged)?;
        left = left.checked_sub(size).filter(|_| !too_dense(size, packed)).ok_or_else(bomb)?;
        if wanted {
            see(&content)?;
        }
    }
    Ok(())
}

/// A document of many parts in one zip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packed {
    /// 版式文件, GB/T 33190.
    Ofd,
    /// A word processor's document, ECMA-376.
    Docx,
}

/// Which document of many parts a zip is; none where it is another thing or could harm whoever opens it: it is encrypted,
/// unpacks beyond the limits of a workbook, holds macros, declares entities, or names a part outside of itself.
pub fn document(bytes: &[u8]) -> Option<Packed> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok().filter(|archive| archive.len() <= PARTS)?;
    let mut names = Vec::new();
    for index in 0..archive.len() {
        names.push(name(&archive.by_index_raw(index).ok()?));
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let found = if has("ofd.xml") {
        Packed::Ofd
    } else if has("[content_types].xml") && has("word/document.xml") {
        Packed::Docx
    } else {
        return None;
    };
    let outside = |name: &String| name.starts_with('/') || name.contains(':') || name.split('/').any(|step| step == "..");
    if names.iter().any(outside) || names.iter().any(|name| name.ends_with("vbaproject.bin")) {
        return None;
    }
    let xml = |name: &str| [".xml", ".rels"].iter().any(|ending| name.ends_with(ending));
    unpacked(&mut archive, Limits::default().unpacked, xml, declares_nothing).ok().map(|()| found)
}

/// Refuses XML that declares a document type, and with it entities: both formats forbid it. A text in another encoding
/// than UTF-8 could hide one.
fn declares_nothing(xml: &[u8]) -> Result<(), SheetFault> {
    let text = std::str::from_utf8(xml).map_err(damaged)?;
    let declares = text.contains('\0') || text.contains("<!DOCTYPE") || text.contains("<!ENTITY");
    if declares { Err(damaged("it declares entities")) } else { Ok(()) }
}

/// What else than a workbook of cells a zip is; none where it is one, whatever slashes and cases its parts are named with.
fn other_kind(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Option<SheetFault>, SheetFault> {
    let mut names = Vec::new();
    for index in 0..archive.len() {
        names.push(name(&archive.by_index_raw(index).map_err(damaged)?));
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    Ok(match () {
        () if has("xl/workbook.xml") => None,
        () if has("xl/workbook.bin") => Some(SheetFault::OtherProgram { what: ".xlsb" }),
        () if has("content.xml") && has("mimetype") => Some(SheetFault::OtherProgram { what: ".ods" }),
        () if has("word/document.xml") => Some(SheetFault::OtherProgram { what: ".docx" }),
        () => Some(SheetFault::NotATable),
    })
}

/// Whether a zip is a workbook, and not a parcel that holds one.
pub fn is_workbook(bytes: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    !matches!(other_kind(&mut archive), Ok(Some(SheetFault::NotATable)) | Err(_))
}

const fn too_dense(size: u64, packed: u64) -> bool {
    size > RATIO_FROM && size / RATIO > packed
}

/// calamine reserves as many strings as `uniqueCount` claims, and a failed reservation ends the process uncaught: no
/// claim may exceed the bytes that are there. calamine also decodes other encodings, in which a claim could hide.
fn claims(xml: &[u8]) -> Result<(), SheetFault> {
    let Ok(text) = std::str::from_utf8(xml) else { return Err(damaged("its strings are not UTF-8")) };
    let declaration = text.split_once("?>").map(|(start, _)| start.to_ascii_lowercase()).unwrap_or_default();
    if text.contains('\0') || (declaration.contains("encoding") && !declaration.contains("utf-8")) {
        return Err(damaged("its strings are not UTF-8"));
    }
    for (at, word) in text.match_indices("uniqueCount") {
        let rest = text[at + word.len()..].trim_start_matches(|c: char| c.is_whitespace() || "=\"'+".contains(c));
        let digits = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
        if !digits.is_empty() && digits.parse::<usize>().map_or(true, |claimed| claimed > xml.len()) {
            return Err(damaged("it claims more strings than it holds"));
        }
    }
    Ok(())
}

/// The name under which calamine looks a part up: it takes either slash and any case.
pub(super) fn name(part: &ZipFile<'_, Cursor<&[u8]>>) -> String {
    part.name().unwrap_or_default().replace('\\', "/").to_ascii_lowercase()
}
