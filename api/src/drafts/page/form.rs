//! A form: body, title, number, then rows with ruled cells, as papers of enforcement have them.

use domain::sheet::SheetPart;

use super::{
    super::sheet::{Part, Sheet},
    AREA, Face, LINE, Page, Rule, Run,
    flow::{self, Item, baseline},
    fonts::Set,
    lines,
    official::{marks, note, said},
};

/// Between the edge of a cell and its text.
const INSET: f32 = 5.0;

/// How the rows of a table are set: size of the text, height of its lines, least height of a row, widths of the cells.
struct Look {
    size: f32,
    line: f32,
    least: f32,
    widths: Vec<f32>,
}

impl Look {
    fn of(cells: usize) -> Self {
        if cells <= 2 {
            return Self { size: 14.0, line: 20.0, least: 38.0, widths: vec![AREA.0 * 0.32, AREA.0 * 0.68] };
        }
        // Number, name, code, list, document, grounds, state; what comes beyond gets its share.
        let shares = [1.6, 4.2, 6.3, 3.6, 4.6, 5.0, 2.6];
        let shares: Vec<f32> = (0..cells).map(|place| shares.get(place).copied().unwrap_or(3.0)).collect();
        let all: f32 = shares.iter().sum();
        Self { size: 9.0, line: 13.0, least: 22.0, widths: shares.iter().map(|share| AREA.0 * share / all).collect() }
    }

    fn row(&self, set: &Set<'_>, cells: &[String], labels: bool) -> Item {
        let face = |place: usize| if labels || (place == 0 && cells.len() == 2) { Face::Heading } else { Face::Text };
        let room = |place: usize| (self.widths[place] - 2.0 * INSET) / self.size;
        let broken: Vec<_> =
            cells.iter().enumerate().map(|(place, cell)| lines::broken(set, face(place), cell, room(place), 0.0)).collect();
        let most = broken.iter().map(Vec::len).max().unwrap_or(1);
        let height = (self.line * f32::from(u16::try_from(most).unwrap_or(1)) + 2.0 * INSET).max(self.least);
        let mut item = Item { height, ..Item::default() };
        let mut x = 0.0;
        for (place, lines) in broken.iter().enumerate() {
            let used = self.line * f32::from(u16::try_from(lines.len()).unwrap_or(1));
            let mut y = (height - used) / 2.0;
            for text in lines.iter().filter(|text| !text.is_empty()) {
                let below = y + baseline(self.line, self.size);
                item.runs.push(Run {
                    face: face(place),
                    size: self.size,
                    x: x + INSET,
                    y: below,
                    pitch: self.size,
                    red: false,
                    text: text.clone(),
                });
                y += self.line;
            }
            item.rules.push(upright(x, height));
            x += self.widths[place];
        }
        item.rules.push(upright(x, height));
        item.rules.extend([level(0.0, x), level(height, x)]);
        item
    }
}

fn upright(x: f32, height: f32) -> Rule {
    Rule { from: (x, 0.0), to: (x, height), thick: 0.7, red: false }
}

fn level(y: f32, width: f32) -> Rule {
    Rule { from: (0.0, y), to: (width, y), thick: 0.7, red: false }
}

fn centred(set: &Set<'_>, face: Face, size: f32, height: f32, text: &str) -> Item {
    let x = (AREA.0 - set.wide(face, text) * size) / 2.0;
    Item::line(height, Run { face, size, x, y: 0.0, pitch: size, red: false, text: text.to_owned() })
}

fn right(set: &Set<'_>, size: f32, text: &str) -> Item {
    let x = AREA.0 - set.wide(Face::Text, text) * size;
    Item::line(LINE, Run { face: Face::Text, size, x, y: 0.0, pitch: size, red: false, text: text.to_owned() })
}

pub(super) fn pages(sheet: &Sheet, set: &Set<'_>) -> Vec<Page> {
    let columns: Option<&Part> = sheet.parts.iter().find(|part| part.part == SheetPart::Columns);
    let cells = columns.map_or(2, |part| part.cells.len());
    let look = Look::of(cells);
    let head = columns.map(|part| look.row(set, &part.cells, true));
    let mut items = Vec::new();
    let size = |face: Face, text: &str, most: f32| (AREA.0 / set.wide(face, text).max(1.0)).min(most);
    if let Some(body) = said(sheet, SheetPart::Header) {
        items.push(centred(set, Face::Title, size(Face::Title, &body, 22.0), LINE * 1.3, &body));
    }
    for part in &sheet.parts {
        let words = part.text();
        match part.part {
            SheetPart::Title => {
                items.push(centred(set, Face::Title, size(Face::Title, &words, 22.0), LINE * 1.3, &words));
                items.extend(said(sheet, SheetPart::Number).map(|number| right(set, 14.0, &number)));
            }
            SheetPart::Row => items.push(look.row(set, &part.cells, false)),
            SheetPart::Columns => items.extend(head.clone().map(|item| Item { with_next: true, ..item })),
            SheetPart::Addressee | SheetPart::Heading | SheetPart::Paragraph => {
                let lines = lines::broken(set, Face::Text, &words, AREA.0 / 12.0, 0.0);
                let run = |text: &String| Run { face: Face::Text, size: 12.0, x: 0.0, y: 0.0, pitch: 12.0, red: false, text: text.clone() };
                items.extend(lines.iter().map(|text| Item::line(20.0, run(text))));
            }
            SheetPart::Mark | SheetPart::Header | SheetPart::Number | SheetPart::Signature | SheetPart::Date | SheetPart::Note => {}
        }
    }
    if let (Some(body), Some(date)) = (said(sheet, SheetPart::Signature), said(sheet, SheetPart::Date)) {
        items.push(Item { with_next: true, ..Item::blank(LINE) });
        items.push(Item { with_next: true, ..right(set, 14.0, &body) });
        items.push(right(set, 14.0, &date));
    }
    for part in sheet.parts.iter().filter(|part| part.part == SheetPart::Note) {
        items.extend(note(set, &part.text()));
    }
    flow::numbered(flow::marked(flow::pages(items, head.as_ref()), &marks(sheet)), set)
}
