//! Whether a case counts is asked in one place: a reader of cases, of work or of deadlines without the clause fails here.

use crate::support::sources;

/// Readers that must see every case, each with its reason.
const WITHOUT: [(&str, &str); 9] = [
    ("api/src/store/counting.rs", "the clause itself"),
    ("api/src/store/dialect.rs", "loads what decisions see; the snapshot asks there"),
    ("api/src/store/load.rs", "a year's calendar counts deadlines of arriving cases again too"),
    ("api/src/store/side.rs", "no case may lose its law"),
    ("api/src/erasure/scope.rs", "values are erased wherever they stand"),
    ("api/src/erasure/sweep.rs", "papers are kept while any case names them"),
    ("api/src/files/ended.rs", "takes away what an import has left"),
    ("api/src/files/letters.rs", "lets letters go whose file is whole"),
    ("api/src/receipts/made.rs", "hand-overs of a batch and its entries, of which an arriving entry has none"),
];

fn reads(line: &str) -> bool {
    let tables = ["cases", "work_item", "deadline"];
    let sql = tables.iter().any(|table| {
        ["FROM ", "JOIN "].iter().any(|word| {
            line.contains(&format!("{word}{table} "))
                || line.contains(&format!("{word}{table}\""))
                || line.contains(&format!("{word}{table})"))
        })
    });
    let entity =
        line.contains("cases::Entity::find") || line.contains("work_item::Entity::find") || line.contains("deadline::Entity::find");
    let import = line.contains("entities::cases::{") && line.contains("Entity");
    sql || entity || import
}

#[test]
fn who_reads_cases_asks_whether_they_count() {
    let (mut faults, mut used) = (Vec::new(), Vec::new());
    for (name, text) in sources::of(&["api/src"]) {
        if !text.lines().any(reads) {
            continue;
        }
        if let Some((known, _)) = WITHOUT.iter().find(|(known, _)| *known == name) {
            used.push(*known);
        } else if text.contains("cases::Entity::find") || (!text.contains("counting::") && !KEYED.contains(&name.as_str())) {
            faults.push(name);
        }
    }
    assert!(faults.is_empty(), "these read cases, work or deadlines without store::counting: {faults:?}");
    let stale: Vec<_> = WITHOUT.iter().filter(|(known, _)| !used.contains(known)).collect();
    assert!(stale.is_empty(), "these read none: {stale:?}");
}

/// Readers of what belongs to a case that their caller has found by the clause.
const KEYED: [&str; 1] = ["api/src/viewers/viewer.rs"];

#[test]
fn decisions_see_cases_through_the_snapshot() {
    let files = sources::of(&["workflows/src/engine", "workflows/src/processes"]);
    for (name, text) in files.iter().filter(|(name, _)| !name.ends_with("snapshot.rs") && !name.ends_with("imports.rs")) {
        for word in ["of::<Case>", ".cases.values()", ".cases.iter()"] {
            assert!(!text.contains(word), "{name}: {word} lists cases that do not count; ask the snapshot");
        }
    }
}
