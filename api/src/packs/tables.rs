//! The tables of a pack. Their numbers are the board's; the program that goes with them counts them again.

use serde_json::{Value, json};
use workflows::plan::{
    board::{self, Board, Counted, Line, Of},
    file::Plan,
};

use super::Shown;
use crate::store::StoreFault;

/// A table with its heading.
fn table(heading: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, StoreFault> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(heading).map_err(StoreFault::broken)?;
    for row in rows {
        csv.write_record(row).map_err(StoreFault::broken)?;
    }
    csv.into_inner().map_err(StoreFault::broken)
}

/// How much of a measure there is: of a rate so many of so many.
fn have(measure: &Counted) -> String {
    match measure.share {
        Some(share) => format!("{}/{}", share.num, share.den),
        None => measure.have.to_string(),
    }
}

/// A line each: key, last day, light, how much counts.
pub fn board(plan: &Plan, board: &Board) -> Result<Vec<u8>, StoreFault> {
    let rows = board.lines.iter().map(|line| {
        let title = plan.line_title(&line.key).map(|title| title.zh).unwrap_or_default();
        let counted: Vec<_> = line.measures.iter().map(have).collect();
        vec![line.key.clone(), title, line.due.to_string(), line.light.key().to_owned(), counted.join("+")]
    });
    table(&["line", "title", "due", "light", "counted"], rows)
}

/// Points of each section as they stand.
pub fn score(plan: &Plan, board: &Board) -> Result<Vec<u8>, StoreFault> {
    let rows = board.scored.iter().map(|scored| {
        let section = plan.section.iter().find(|section| section.no == scored.section);
        let title = section.map(|section| section.zh.clone()).unwrap_or_default();
        let points = section.and_then(|section| section.points).map_or_else(String::new, |points| points.to_string());
        vec![scored.section.to_string(), title, scored.got.to_string(), scored.unsplit.to_string(), points]
    });
    table(&["section", "title", "got", "unsplit", "points"], rows)
}

/// What is missing, line by line, in both languages.
pub fn gaps(plan: &Plan, board: &Board) -> String {
    let mut text = "# 未达到的任务 / What is missing\n".to_owned();
    for line in board.lines.iter().filter(|line| line.met != Some(true)) {
        let parts = line.measures.iter().flat_map(|one| one.parts.iter().filter(|part| !part.met()).map(|part| (one.count, part.clone())));
        let parts: Vec<_> = parts.collect();
        let (zh, en) = board::gap(plan, &parts);
        let (zh, en) = if zh.is_empty() { ("无数据".to_owned(), "no data".to_owned()) } else { (zh, en) };
        let title = plan.line_title(&line.key).map(|title| title.zh).unwrap_or_default();
        text.push_str(&format!("\n## {} {title}\n\n{zh}\n\n{en}\n", line.key));
    }
    text
}

/// Measures of a line with their parts.
pub fn measures(plan: &Plan, line: &Line) -> Value {
    let of = |of: &Of| match of {
        Of::All => "all".to_owned(),
        Of::Office(key) => format!("office:{key}"),
        Of::Month(month) => format!("month:{month}"),
        Of::Field(field) => format!("field:{}", field.key()),
        Of::Kind(kind) => format!("kind:{kind}"),
    };
    let one = |one: &Counted| {
        let parts: Vec<_> = one.parts.iter().map(|part| json!({ "of": of(&part.of), "have": part.have, "need": part.need })).collect();
        let frozen: Vec<_> = one
            .frozen
            .iter()
            .map(|line| json!({ "measure": line.measure.key(), "asOf": line.as_of.to_string(), "num": line.num, "den": line.den, "list": line.list_sha256 }))
            .collect();
        json!({ "count": one.count.key(), "counted": have(one), "met": one.met, "parts": parts, "frozen": frozen })
    };
    let shares: Vec<_> = line
        .shares
        .iter()
        .map(|share| json!({ "office": share.office, "name": plan.office(&share.office).0, "light": share.light.key() }))
        .collect();
    let measures: Vec<_> = line.measures.iter().map(one).collect();
    json!({ "line": line.key, "due": line.due.to_string(), "light": line.light.key(), "measures": measures, "shares": shares })
}

/// What a line counts: a thing each, with the entry that shows it.
pub fn counted(shown: &[Shown]) -> Result<Vec<u8>, StoreFault> {
    let rows = shown.iter().map(|one| {
        let fact = &one.fact;
        vec![
            fact.id.to_string(),
            one.number.clone(),
            fact.counted.split('|').next().unwrap_or_default().to_owned(),
            fact.kind.clone().unwrap_or_default(),
            fact.on_day.to_string(),
            fact.office.clone(),
            fact.field.map(|field| field.key().to_owned()).unwrap_or_default(),
            one.entry.to_string(),
        ]
    });
    table(&["fact", "number", "counts", "kind", "on", "office", "field", "entry"], rows)
}
