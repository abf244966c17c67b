//! A drafted paper as a PDF: an official document on the grid of GB/T 9704 (22 lines of 28 characters, margins of 37, 28, 26
//! and 35 mm), or a form with ruled cells. The same words and fonts always give the same bytes.
//!
//! | file | holds |
//! |---|---|
//! | `fonts` | the faces: a folder's, else those of the system |
//! | `lines` | a text broken into lines by Chinese rules |
//! | `official`, `form` | what stands where, part by part |
//! | `flow` | items one below another, page by page |
//! | `pdf` | pages as a PDF with its fonts embedded |

mod flow;
mod fonts;
mod form;
mod lines;
mod official;
mod pdf;

use std::path::Path;

use thiserror::Error;

use fonts::Fonts;
pub use fonts::Found;

use super::sheet::Sheet;

/// Why a paper is not set.
#[derive(Debug, Error)]
pub enum PageFault {
    /// Neither the folder of the settings nor the system has a font for Chinese.
    #[error("no font for Chinese was found; name a folder in the setting `fonts`, or install fonts-noto-cjk")]
    NoFont,
    #[error("the font {file} cannot be used: {why}")]
    Font { file: String, why: String },
    /// A character that none of the fonts has.
    #[error("no font has the character “{0}”; put one that has it into the folder of the setting `fonts`")]
    NoGlyph(char),
}

impl PageFault {
    /// Chinese and English: cause and cure.
    pub fn words(&self) -> (String, String) {
        let zh = match self {
            Self::NoFont => {
                "服务器上没有中文字体，不能生成 PDF；请管理员在设置 fonts 中指明字体文件夹，或者安装 fonts-noto-cjk。仍可用浏览器打印。"
                    .to_owned()
            }
            Self::Font { file, .. } => format!("字体文件 {file} 不能使用；请管理员更换。仍可用浏览器打印。"),
            Self::NoGlyph(letter) => {
                format!("字体中没有“{letter}”字；请管理员在设置 fonts 指明的文件夹中放入有此字的字体。仍可用浏览器打印。")
            }
        };
        let en = match self {
            Self::NoFont => {
                "The server has no font for Chinese, so no PDF is made; an administrator names a folder in the setting `fonts`, or installs fonts-noto-cjk. The page can still be printed."
                    .to_owned()
            }
            Self::Font { file, .. } => format!("The font {file} cannot be used; an administrator replaces it. The page can still be printed."),
            Self::NoGlyph(letter) => {
                format!("No font has the character “{letter}”; an administrator adds one to the folder of the setting `fonts`. The page can still be printed.")
            }
        };
        (zh, en)
    }
}

/// The faces of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// 仿宋: the text.
    Text,
    /// 小标宋: heads and titles.
    Title,
    /// 黑体: headings of the first level, labels.
    Heading,
}

impl Face {
    pub const ALL: [Self; 3] = [Self::Text, Self::Title, Self::Heading];
}

const MM: f32 = 72.0 / 25.4;
const WIDTH: f32 = 210.0 * MM;
const HEIGHT: f32 = 297.0 * MM;
const TOP: f32 = 37.0 * MM;
const LEFT: f32 = 28.0 * MM;
/// The type area: 156 by 225 mm.
const AREA: (f32, f32) = (156.0 * MM, 225.0 * MM);
/// Characters of a line.
const ROOM: f32 = 28.0;
/// Width of a character on the grid, and height of a line: 22 of them on a page.
const PITCH: f32 = AREA.0 / ROOM;
const LINE: f32 = AREA.1 / 22.0;
/// 三号.
const SIZE: f32 = 16.0;

/// Text in one face and size; the places are of its left end and of its baseline, from the upper left corner of the page.
#[derive(Clone, Debug)]
struct Run {
    face: Face,
    size: f32,
    x: f32,
    y: f32,
    /// Width of a full character; narrow ones take their share of it.
    pitch: f32,
    red: bool,
    text: String,
}

/// A line that is drawn.
#[derive(Clone, Debug)]
struct Rule {
    from: (f32, f32),
    to: (f32, f32),
    thick: f32,
    red: bool,
}

/// One page.
#[derive(Clone, Debug, Default)]
struct Page {
    runs: Vec<Run>,
    rules: Vec<Rule>,
}

/// A paper as a PDF, with the fonts of a folder, else of the system.
///
/// # Errors
/// When there is no font, or one lacks a character.
pub fn pdf(sheet: &Sheet, folder: Option<&Path>) -> Result<Vec<u8>, PageFault> {
    pdf_of(sheet, folder, &fonts::SYSTEM)
}

/// A paper that is kept, with an identifier that nobody can guess: without it the digest of the bytes, which stays in the trail,
/// would confirm a guess at words that were erased.
///
/// # Errors
/// As [`pdf`].
pub fn to_keep(sheet: &Sheet, folder: Option<&Path>, id: [u8; 16]) -> Result<Vec<u8>, PageFault> {
    set(sheet, folder, &fonts::SYSTEM, Some(id))
}

/// The same, where the system keeps its fonts in these folders.
///
/// # Errors
/// As [`pdf`].
pub fn pdf_of(sheet: &Sheet, folder: Option<&Path>, system: &[&str]) -> Result<Vec<u8>, PageFault> {
    set(sheet, folder, system, None)
}

fn set(sheet: &Sheet, folder: Option<&Path>, system: &[&str], id: Option<[u8; 16]>) -> Result<Vec<u8>, PageFault> {
    let fonts = Fonts::read(folder, system)?;
    let set = fonts.set()?;
    let pages = if sheet.kind.is_form() { form::pages(sheet, &set) } else { official::pages(sheet, &set) };
    pdf::write(&sheet.title, &pages, &set, id)
}

/// The file of each face with the fonts of a folder, else of the system; none where nothing can be set.
pub fn found(folder: Option<&Path>) -> Option<[Found; 3]> {
    fonts::found(folder, &fonts::SYSTEM)
}
