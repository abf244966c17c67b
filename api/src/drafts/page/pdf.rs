//! Pages as a PDF: every face embedded with the characters that it shows, and each of them with what it means.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
};

use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{
    Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr,
    types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap},
};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;
use ttf_parser::{GlyphId, RawFace, Tag};

use super::{
    Face, HEIGHT, Page, PageFault, Run, WIDTH,
    fonts::{Cut, Set},
};

const CATALOG: Ref = Ref::new(1);
const TREE: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
/// Objects of one face: the font, its characters, its description, its file, its meanings.
const PER_FACE: i32 = 5;
const FIRST_FACE: i32 = 10;
const FIRST_PAGE: i32 = 40;
const IDENTITY: SystemInfo<'_> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
const RED: (f32, f32, f32) = (0.85, 0.0, 0.0);

/// The characters of one face with their places in the part of the font that is embedded.
struct Used {
    map: GlyphRemapper,
    glyphs: BTreeMap<char, (GlyphId, u16)>,
}

impl Used {
    fn of(cut: &Cut<'_>, letters: &BTreeSet<char>) -> Result<Self, PageFault> {
        let (mut map, mut glyphs) = (GlyphRemapper::new(), BTreeMap::new());
        for letter in letters {
            let glyph = cut.parsed.glyph_index(*letter).ok_or(PageFault::NoGlyph(*letter))?;
            glyphs.insert(*letter, (glyph, map.remap(glyph.0)));
        }
        Ok(Self { map, glyphs })
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(bytes);
    debug_assert!(written.is_ok(), "memory takes every byte");
    encoder.finish().unwrap_or_default()
}

/// A name that tells parts of one font apart: six letters of its digest before the font's own.
fn tagged(bytes: &[u8], cut: &Cut<'_>) -> String {
    let letters = Sha256::digest(bytes).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect::<String>();
    let named = |name: &ttf_parser::name::Name<'_>| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME;
    let own = cut.parsed.names().into_iter().filter(named).find_map(|name| name.to_string());
    let own: String = own.unwrap_or_else(|| "Font".to_owned()).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    format!("{letters}+{own}")
}

/// Writes one face; its objects begin at `first`.
fn face(pdf: &mut Pdf, cut: &Cut<'_>, used: &Used, first: i32) -> Result<(), PageFault> {
    let [font, characters, description, file, meanings] = [0, 1, 2, 3, 4].map(|place| Ref::new(first + place));
    let subset = subsetter::subset(cut.bytes, cut.index, &used.map).map_err(|fault| cut.fault(&fault))?;
    let name = tagged(&subset, cut);
    // An OpenType font with PostScript outlines is embedded by that table alone.
    let outlines = RawFace::parse(&subset, 0).ok().and_then(|raw| raw.table(Tag::from_bytes(b"CFF ")).map(<[u8]>::to_vec));
    let is_postscript = outlines.is_some();
    pdf.type0_font(font)
        .base_font(Name(name.as_bytes()))
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(characters)
        .to_unicode(meanings);
    let scale = 1000.0 / f32::from(cut.parsed.units_per_em());
    let mut cid = pdf.cid_font(characters);
    cid.subtype(if is_postscript { CidFontType::Type0 } else { CidFontType::Type2 });
    cid.base_font(Name(name.as_bytes())).system_info(IDENTITY).font_descriptor(description).default_width(1000.0);
    if !is_postscript {
        cid.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let mut widths: Vec<_> = used.glyphs.values().collect();
    widths.sort_by_key(|(_, place)| *place);
    widths.dedup();
    let mut table = cid.widths();
    for (glyph, place) in widths {
        let advance = cut.parsed.glyph_hor_advance(*glyph).unwrap_or_default();
        table.consecutive(*place, [f32::from(advance) * scale]);
    }
    table.finish();
    cid.finish();
    let bounds = cut.parsed.global_bounding_box();
    let at = |value: i16| f32::from(value) * scale;
    let mut told = pdf.font_descriptor(description);
    told.name(Name(name.as_bytes())).flags(FontFlags::SYMBOLIC);
    told.bbox(Rect::new(at(bounds.x_min), at(bounds.y_min), at(bounds.x_max), at(bounds.y_max)));
    told.italic_angle(0.0).ascent(at(cut.parsed.ascender())).descent(at(cut.parsed.descender()));
    told.cap_height(at(cut.parsed.capital_height().unwrap_or_else(|| cut.parsed.ascender()))).stem_v(80.0);
    if is_postscript {
        told.font_file3(file)
    } else {
        told.font_file2(file)
    };
    told.finish();
    let bytes = packed(outlines.as_deref().unwrap_or(&subset));
    let mut stream = pdf.stream(file, &bytes);
    stream.filter(Filter::FlateDecode);
    if is_postscript {
        stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
    }
    stream.finish();
    let mut cmap = UnicodeCmap::<u16>::new(Name(b"Meanings"), IDENTITY);
    for (letter, (_, place)) in &used.glyphs {
        cmap.pair(*place, *letter);
    }
    let cmap = packed(&cmap.finish());
    pdf.cmap(meanings, &cmap).filter(Filter::FlateDecode);
    Ok(())
}

/// Draws a run: every character at its own place, so that the grid holds whatever the font's widths are.
fn draw(content: &mut Content, run: &Run, set: &Set<'_>, used: &Used) {
    if run.red {
        content.set_fill_rgb(RED.0, RED.1, RED.2);
    } else {
        content.set_fill_gray(0.0);
    }
    let name = name_of(run.face);
    content.begin_text().set_font(Name(name.as_bytes()), run.size).set_text_matrix([1.0, 0.0, 0.0, 1.0, run.x, HEIGHT - run.y]);
    let mut positioned = content.show_positioned();
    let mut items = positioned.items();
    for letter in run.text.chars() {
        let Some((glyph, place)) = used.glyphs.get(&letter) else { continue };
        items.show(Str(&place.to_be_bytes()));
        let cut = set.face(run.face);
        let own = f32::from(cut.parsed.glyph_hor_advance(*glyph).unwrap_or_default()) * 1000.0 / f32::from(cut.parsed.units_per_em());
        let wanted = set.cells(run.face, letter) * run.pitch * 1000.0 / run.size;
        if (own - wanted).abs() > 0.5 {
            items.adjust(own - wanted);
        }
    }
    items.finish();
    positioned.finish();
    content.end_text();
}

const fn name_of(face: Face) -> &'static str {
    match face {
        Face::Text => "F1",
        Face::Title => "F2",
        Face::Heading => "F3",
    }
}

/// Writes the pages with the fonts that they use.
///
/// # Errors
/// When a font lacks a character, or cannot be embedded.
pub(super) fn write(title: &str, pages: &[Page], set: &Set<'_>, id: Option<[u8; 16]>) -> Result<Vec<u8>, PageFault> {
    let mut letters: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for run in pages.iter().flat_map(|page| &page.runs) {
        letters.entry(run.face).or_default().extend(run.text.chars());
    }
    let used = letters.iter().map(|(face, letters)| Ok((*face, Used::of(set.face(*face), letters)?)));
    let used: BTreeMap<Face, Used> = used.collect::<Result<_, PageFault>>()?;
    let mut pdf = Pdf::new();
    pdf.set_version(1, 7);
    if let Some(id) = id {
        pdf.set_file_id((id.to_vec(), id.to_vec()));
    }
    let mut catalog = pdf.catalog(CATALOG);
    catalog.pages(TREE).lang(TextStr("zh-CN"));
    catalog.viewer_preferences().display_doc_title(true);
    catalog.finish();
    pdf.document_info(INFO).title(TextStr(title)).producer(TextStr("Xinxiu"));
    let font_of = |face: Face| {
        FIRST_FACE + PER_FACE * i32::try_from(Face::ALL.iter().position(|one| *one == face).unwrap_or_default()).unwrap_or_default()
    };
    for (name, used) in &used {
        face(&mut pdf, set.face(*name), used, font_of(*name))?;
    }
    let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
    pdf.pages(TREE).kids((0..count).map(|place| Ref::new(FIRST_PAGE + 2 * place))).count(count);
    for (place, page) in (0_i32..).zip(pages) {
        let (id, body) = (Ref::new(FIRST_PAGE + 2 * place), Ref::new(FIRST_PAGE + 2 * place + 1));
        let mut written = pdf.page(id);
        written.parent(TREE).media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).contents(body);
        let mut resources = written.resources();
        let mut fonts = resources.fonts();
        for name in used.keys() {
            fonts.pair(Name(name_of(*name).as_bytes()), Ref::new(font_of(*name)));
        }
        fonts.finish();
        resources.finish();
        written.finish();
        let mut content = Content::new();
        for rule in &page.rules {
            if rule.red {
                content.set_stroke_rgb(RED.0, RED.1, RED.2);
            } else {
                content.set_stroke_gray(0.0);
            }
            content.set_line_width(rule.thick).move_to(rule.from.0, HEIGHT - rule.from.1).line_to(rule.to.0, HEIGHT - rule.to.1).stroke();
        }
        for run in &page.runs {
            if let Some(used) = used.get(&run.face) {
                draw(&mut content, run, set, used);
            }
        }
        let content = packed(&content.finish());
        pdf.stream(body, &content).filter(Filter::FlateDecode);
    }
    Ok(pdf.finish())
}
