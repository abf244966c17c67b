//! Whether a case counts is asked in one place: a reader of cases, of work or of deadlines without the clause fails here.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Readers that must see every case, each with its reason.
const WITHOUT: [(&str, &str); 9] = [
    ("api/src/store/counting.rs", "the clause itself"),
    ("api/src/store/dialect.rs", "loads what decisions see; the snapshot asks there"),
    ("api/src/store/load.rs", "a year's calendar counts deadlines of arriving cases again too"),
    ("api/src/store/side.rs", "no case may lose its law"),
    ("api/src/erasure/scope.rs", "values are erased wherever they stand"),
    ("api/src/erasure/sweep.rs", "papers are kept while any case names them"),
    ("api/src/files/ended.rs", "takes away what an import has left"),
    ("api/src/work/held.rs", "lets letters go whose file is whole"),
    ("api/src/receipts/made.rs", "hand-overs of a batch and its entries, of which an arriving entry has none"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let (mut files, mut faults, mut used) = (Vec::new(), Vec::new(), Vec::new());
    sources(&root.join("api/src"), &mut files);
    for path in files {
        let name = path.strip_prefix(root).expect("inside").display().to_string();
        let text = fs::read_to_string(&path).expect("a source");
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
const KEYED: [&str; 1] = ["api/src/people/viewer.rs"];

#[test]
fn decisions_see_cases_through_the_snapshot() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut files = Vec::new();
    sources(&root.join("workflows/src/engine"), &mut files);
    for path in files.iter().filter(|path| !path.ends_with("snapshot.rs") && !path.ends_with("imports.rs")) {
        let text = fs::read_to_string(path).expect("a source");
        for word in ["of::<Case>", ".cases.values()", ".cases.iter()"] {
            assert!(!text.contains(word), "{}: {word} lists cases that do not count; ask the snapshot", path.display());
        }
    }
}
