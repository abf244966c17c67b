//! Items one below another, page by page; items that belong together are not parted.

use super::{AREA, Face, LEFT, LINE, MM, Page, Rule, Run, TOP, fonts::Set};

/// What takes some height of a page. Its runs and rules lie below its own upper edge, measured from the left edge of the type area.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub height: f32,
    /// It stands on the page of the item after it.
    pub with_next: bool,
    pub runs: Vec<Run>,
    pub rules: Vec<Rule>,
}

impl Item {
    /// An empty line.
    pub fn blank(height: f32) -> Self {
        Self { height, ..Self::default() }
    }

    /// A line of text in a height, centred in it from above to below.
    pub fn line(height: f32, run: Run) -> Self {
        Self { height, runs: vec![Run { y: baseline(height, run.size), ..run }], ..Self::default() }
    }
}

/// Where the baseline of a line of this height lies, below its upper edge.
pub(super) fn baseline(height: f32, size: f32) -> f32 {
    f32::midpoint(height, size) - size * 0.12
}

/// Pages of items; `head` stands again at the top of every page after the first on which an item of it stood.
pub(super) fn pages(items: Vec<Item>, head: Option<&Item>) -> Vec<Page> {
    let (mut pages, mut page, mut y) = (Vec::new(), Page::default(), 0.0_f32);
    let mut rest = items.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut group = vec![first];
        while group.last().is_some_and(|item| item.with_next) {
            let Some(next) = rest.next() else { break };
            group.push(next);
        }
        let height: f32 = group.iter().map(|item| item.height).sum();
        // Parts of a point do not push a line to the next page.
        if y > 0.0 && y + height > AREA.1 + 0.5 {
            pages.push(std::mem::take(&mut page));
            y = 0.0;
            if let Some(head) = head {
                put(&mut page, head, y);
                y += head.height;
            }
        }
        for item in &group {
            // A blank line at the top of a page is none.
            if y == 0.0 && !pages.is_empty() && item.runs.is_empty() && item.rules.is_empty() {
                continue;
            }
            put(&mut page, item, y);
            y += item.height;
        }
    }
    pages.push(page);
    pages
}

fn put(page: &mut Page, item: &Item, y: f32) {
    let (dx, dy) = (LEFT, TOP + y);
    page.runs.extend(item.runs.iter().map(|run| Run { x: run.x + dx, y: run.y + dy, ..run.clone() }));
    let moved = |(x, y): (f32, f32)| (x + dx, y + dy);
    page.rules.extend(item.rules.iter().map(|rule| Rule { from: moved(rule.from), to: moved(rule.to), ..rule.clone() }));
}

/// Page numbers as GB/T 9704 has them: 四号 between dashes, 7 mm below the type area, odd ones right and even ones left.
pub(super) fn numbered(mut pages: Vec<Page>, set: &Set<'_>) -> Vec<Page> {
    let size = 14.0;
    for (place, page) in pages.iter_mut().enumerate() {
        let text = format!("— {} —", place + 1);
        let wide = set.wide(Face::Text, &text) * size;
        let x = if place % 2 == 0 { LEFT + AREA.0 - size - wide } else { LEFT + size };
        let y = TOP + AREA.1 + 7.0 * MM + size * 0.7;
        page.runs.push(Run { face: Face::Text, size, x, y, pitch: size, red: false, text });
    }
    pages
}

/// Marks in the upper margin of the first page: 草稿, or that the house is a demonstration.
pub(super) fn marked(mut pages: Vec<Page>, marks: &[String]) -> Vec<Page> {
    let size = 12.0;
    if let Some(page) = pages.first_mut() {
        for (place, text) in marks.iter().enumerate() {
            let y = TOP - LINE - f32::from(u8::try_from(marks.len() - place).unwrap_or(1)) * size * 1.5 + LINE;
            page.runs.push(Run { face: Face::Heading, size, x: LEFT, y, pitch: size, red: false, text: text.clone() });
        }
    }
    pages
}
