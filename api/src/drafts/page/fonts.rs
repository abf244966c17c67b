//! The faces: office fonts in a folder that the settings name, else Noto CJK of the system.

use std::path::{Path, PathBuf};

use ttf_parser::{Face as Parsed, fonts_in_collection, name_id};

use super::{Face, PageFault};

/// Where Debian and others keep the fonts of fonts-noto-cjk.
pub(super) const SYSTEM: [&str; 3] = ["/usr/share/fonts/opentype/noto", "/usr/share/fonts/noto-cjk", "/usr/share/fonts/google-noto-cjk"];
/// How the file of a font may be called, without its ending.
const ENDINGS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

/// Names of the office fonts' files, in small letters, the best first; any of them may stand in the folder.
const fn office(face: Face) -> &'static [&'static str] {
    match face {
        Face::Text => &["仿宋_gb2312", "fangsong_gb2312", "simfang", "fangsong", "仿宋", "fzfsjw", "stfangso"],
        Face::Title => &["方正小标宋简体", "方正小标宋_gbk", "fzxbsjw", "fzxbsjw--gb1-0", "xiaobiaosong", "小标宋"],
        Face::Heading => &["黑体", "simhei", "heiti", "fzhtjw"],
    }
}

/// The file of the system for a face.
const fn noto(face: Face) -> &'static str {
    match face {
        Face::Text => "notoserifcjk-regular",
        Face::Title => "notoserifcjk-bold",
        Face::Heading => "notosanscjk-regular",
    }
}

/// Where each face was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub file: PathBuf,
    /// An office font of the folder; else it stands in for one.
    pub office: bool,
}

fn in_folder(folder: &Path, stem: &str) -> Option<PathBuf> {
    let fits = |path: &PathBuf| {
        let small = |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().to_lowercase()).unwrap_or_default();
        small(path.file_stem()) == stem && ENDINGS.contains(&small(path.extension()).as_str())
    };
    let mut files: Vec<_> = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).filter(fits).collect();
    files.sort();
    files.into_iter().next()
}

/// The file of a face; none where neither the folder nor the system has one. A face that is missing is set in that of the text.
fn of(face: Face, folder: Option<&Path>, system: &[&str]) -> Option<Found> {
    let own = folder.and_then(|folder| office(face).iter().find_map(|stem| in_folder(folder, stem)));
    let own = own.map(|file| Found { file, office: true });
    let system = || {
        let mut places = folder.into_iter().chain(system.iter().map(Path::new));
        places.find_map(|place| in_folder(place, noto(face))).map(|file| Found { file, office: false })
    };
    own.or_else(system)
}

/// The file of each face; none where there is no font for the text, so that nothing can be set.
pub(super) fn found(folder: Option<&Path>, system: &[&str]) -> Option<[Found; 3]> {
    let text = of(Face::Text, folder, system)?;
    let or_text = |face: Face| of(face, folder, system).unwrap_or_else(|| Found { office: false, ..text.clone() });
    Some([text.clone(), or_text(Face::Title), or_text(Face::Heading)])
}

/// The fonts of one paper, read from their files.
#[derive(Debug)]
pub(super) struct Fonts {
    files: Vec<(PathBuf, Vec<u8>)>,
    /// Of each face the place of its file.
    faces: [usize; 3],
}

impl Fonts {
    /// # Errors
    /// When there is no font, or a file cannot be read.
    pub fn read(folder: Option<&Path>, system: &[&str]) -> Result<Self, PageFault> {
        let mut fonts = Self { files: Vec::new(), faces: [0; 3] };
        for (place, Found { file, .. }) in found(folder, system).ok_or(PageFault::NoFont)?.into_iter().enumerate() {
            let known = fonts.files.iter().position(|(known, _)| *known == file);
            fonts.faces[place] = match known {
                Some(known) => known,
                None => {
                    let bytes = std::fs::read(&file).map_err(|fault| broken(&file, &fault))?;
                    fonts.files.push((file, bytes));
                    fonts.files.len() - 1
                }
            };
        }
        Ok(fonts)
    }

    /// The faces, parsed.
    ///
    /// # Errors
    /// When a file is no font.
    pub fn set(&self) -> Result<Set<'_>, PageFault> {
        let mut faces = Vec::new();
        for place in self.faces {
            let (file, bytes) = &self.files[place];
            let index = simplified(bytes);
            let parsed = Parsed::parse(bytes, index).map_err(|fault| broken(file, &fault))?;
            faces.push(Cut { file, bytes, index, parsed });
        }
        let [text, title, heading]: [Cut<'_>; 3] = faces.try_into().map_err(|_| PageFault::NoFont)?;
        Ok(Set { text, title, heading })
    }
}

fn broken(file: &Path, why: &dyn std::fmt::Display) -> PageFault {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    PageFault::Font { file: name, why: why.to_string() }
}

/// In a collection the font of simplified Chinese, else the first.
fn simplified(bytes: &[u8]) -> u32 {
    let count = fonts_in_collection(bytes).unwrap_or(1);
    let is_simplified = |index: &u32| {
        let Ok(face) = Parsed::parse(bytes, *index) else { return false };
        let mut names = face.names().into_iter().filter(|name| matches!(name.name_id, name_id::FAMILY | name_id::FULL_NAME));
        names.any(|name| name.to_string().is_some_and(|text| text.contains(" SC")))
    };
    (0..count).find(is_simplified).unwrap_or(0)
}

/// One face of a font's file.
pub(super) struct Cut<'a> {
    file: &'a Path,
    pub bytes: &'a [u8],
    pub index: u32,
    pub parsed: Parsed<'a>,
}

impl Cut<'_> {
    /// Width of a character in parts of the font's size; of one that it lacks a full one.
    fn width(&self, letter: char) -> f32 {
        let advance = self.parsed.glyph_index(letter).and_then(|glyph| self.parsed.glyph_hor_advance(glyph));
        advance.map_or(1.0, |advance| f32::from(advance) / f32::from(self.parsed.units_per_em()))
    }

    pub fn fault(&self, why: &dyn std::fmt::Display) -> PageFault {
        broken(self.file, why)
    }
}

/// The three faces of a paper.
pub(super) struct Set<'a> {
    text: Cut<'a>,
    title: Cut<'a>,
    heading: Cut<'a>,
}

impl<'a> Set<'a> {
    pub fn face(&self, face: Face) -> &Cut<'a> {
        match face {
            Face::Text => &self.text,
            Face::Title => &self.title,
            Face::Heading => &self.heading,
        }
    }

    /// Width of a character in full characters: Chinese ones stand on the grid, others take their share.
    pub fn cells(&self, face: Face, letter: char) -> f32 {
        let width = self.face(face).width(letter);
        if width > 0.9 { 1.0 } else { width }
    }

    /// Width of a text in full characters.
    pub fn wide(&self, face: Face, text: &str) -> f32 {
        text.chars().map(|letter| self.cells(face, letter)).sum()
    }
}
