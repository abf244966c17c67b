//! An official document by GB/T 9704: red head, number, red rule, title, text on the grid, signature and day.

use domain::sheet::SheetPart;

use super::{
    super::sheet::{Part, Sheet},
    AREA, Face, LINE, MM, PITCH, Page, ROOM, Rule, Run, SIZE,
    flow::{self, Item},
    fonts::Set,
    lines,
};

/// 二号, of the title.
const TITLE: f32 = 22.0;
/// The largest head.
const HEAD: f32 = 40.0;

fn run(face: Face, size: f32, x: f32, pitch: f32, text: impl Into<String>) -> Run {
    Run { face, size, x, y: 0.0, pitch, red: false, text: text.into() }
}

/// A line in the middle of the type area.
fn centred(set: &Set<'_>, face: Face, size: f32, text: &str) -> Run {
    let wide = set.wide(face, text) * size;
    run(face, size, (AREA.0 - wide) / 2.0, size, text)
}

/// The head in red, as large as the width allows, over four lines; the number below it, and the rule.
fn head(set: &Set<'_>, body: &str, number: Option<&str>) -> Vec<Item> {
    let size = (AREA.0 / set.wide(Face::Title, body).max(1.0)).min(HEAD);
    let name = Run { red: true, ..centred(set, Face::Title, size, body) };
    let mut items = vec![Item::line(LINE * 3.0, name), Item::blank(LINE)];
    let mut last = Item { height: LINE, ..Item::default() };
    if let Some(number) = number {
        last = Item::line(LINE, centred(set, Face::Text, SIZE, number));
    }
    // 4 mm under the number.
    let y = LINE + 4.0 * MM;
    last.rules.push(Rule { from: (0.0, y), to: (AREA.0, y), thick: 1.5, red: true });
    items.push(last);
    items.extend([Item::blank(LINE), Item::blank(LINE)]);
    items
}

fn title(set: &Set<'_>, text: &str) -> Vec<Item> {
    let lines = lines::broken(set, Face::Title, text, AREA.0 / TITLE - 2.0, 0.0);
    let mut items: Vec<_> = lines.iter().map(|line| Item::line(LINE, centred(set, Face::Title, TITLE, line))).collect();
    items.push(Item::blank(LINE));
    items
}

/// A text on the grid, its first line two characters in.
fn text(set: &Set<'_>, face: Face, words: &str, indent: f32) -> Vec<Item> {
    let lines = lines::broken(set, face, words, ROOM, indent);
    let item = |(place, line): (usize, &String)| {
        let x = if place == 0 { indent * PITCH } else { 0.0 };
        Item::line(LINE, run(face, SIZE, x, PITCH, line.as_str()))
    };
    lines.iter().enumerate().map(item).collect()
}

/// Body and day: the day four characters from the right, the body in the middle over it; the seal goes over both.
fn signed(set: &Set<'_>, body: &str, date: &str) -> Vec<Item> {
    let (wide_body, wide_date) = (set.wide(Face::Text, body), set.wide(Face::Text, date));
    let date_x = ROOM - 4.0 - wide_date;
    let body_x = (date_x + (wide_date - wide_body) / 2.0).min(ROOM - 2.0 - wide_body).max(0.0);
    let mut items = vec![Item::blank(LINE)];
    items.push(Item::line(LINE, run(Face::Text, SIZE, body_x * PITCH, PITCH, body)));
    items.push(Item::line(LINE, run(Face::Text, SIZE, date_x * PITCH, PITCH, date)));
    items
}

/// A note in small type below everything.
pub(super) fn note(set: &Set<'_>, words: &str) -> Vec<Item> {
    let size = 10.5;
    let lines = lines::broken(set, Face::Text, words, AREA.0 / size, 0.0);
    lines.iter().map(|line| Item::line(16.0, run(Face::Text, size, 0.0, size, line.as_str()))).collect()
}

/// What a part says, where the paper has it.
pub(super) fn said(sheet: &Sheet, part: SheetPart) -> Option<String> {
    sheet.parts.iter().find(|found| found.part == part).map(Part::text)
}

/// The marks of a paper.
pub(super) fn marks(sheet: &Sheet) -> Vec<String> {
    sheet.parts.iter().filter(|part| part.part == SheetPart::Mark).map(Part::text).collect()
}

pub(super) fn pages(sheet: &Sheet, set: &Set<'_>) -> Vec<Page> {
    let mut items = match said(sheet, SheetPart::Header) {
        Some(body) => head(set, &body, said(sheet, SheetPart::Number).as_deref()),
        None => Vec::new(),
    };
    for part in &sheet.parts {
        let words = part.text();
        match part.part {
            SheetPart::Title => items.extend(title(set, &words)),
            SheetPart::Addressee => items.extend(text(set, Face::Text, &words, 0.0)),
            SheetPart::Heading => {
                let from = items.len();
                items.extend(text(set, Face::Heading, &words, 2.0));
                items[from..].iter_mut().for_each(|item| item.with_next = true);
            }
            SheetPart::Paragraph | SheetPart::Row | SheetPart::Columns => items.extend(text(set, Face::Text, &words, 2.0)),
            SheetPart::Mark | SheetPart::Header | SheetPart::Number | SheetPart::Signature | SheetPart::Date | SheetPart::Note => {}
        }
    }
    if let (Some(body), Some(date)) = (said(sheet, SheetPart::Signature), said(sheet, SheetPart::Date)) {
        // The seal stands on a page with text.
        let from = items.len().saturating_sub(1);
        items.extend(signed(set, &body, &date));
        let last = items.len() - 1;
        items[from..last].iter_mut().for_each(|item| item.with_next = true);
    }
    for part in sheet.parts.iter().filter(|part| part.part == SheetPart::Note) {
        items.extend(note(set, &part.text()));
    }
    flow::numbered(flow::marked(flow::pages(items, None), &marks(sheet)), set)
}
