//! Template, drop-downs and notes are those of the checker: what they allow passes.

use api::{
    files::{Kind, proposals},
    sheets::{self, CellKind, Column, Layout, Limits, Read},
};
use std::io::{Cursor, Read as _};

/// One row under the template's own headers, with a value in one column.
fn row(layout: &Layout, column: &Column, value: &str) -> Read {
    let headers: Vec<String> = layout.columns.iter().map(Column::header).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let cells = layout.columns.iter().map(|one| if one.key == column.key { value.to_owned() } else { String::new() });
    let bytes = sheets::write_xlsx(layout.zh, &headers, &[cells.collect()]).expect("a workbook");
    sheets::read(&bytes, layout, &Limits::default(), |_, _| {}).expect("a table")
}

fn passes(layout: &Layout, column: &Column, value: &str) {
    let read = row(layout, column, value);
    let wrong: Vec<_> = read.faults.iter().filter(|fault| fault.header == column.header()).collect();
    assert!(wrong.is_empty() && read.warnings.is_empty(), "{} {}: “{value}” {wrong:?} {:?}", layout.key, column.key, read.warnings);
    assert!(read.rows[0].values.contains_key(column.key), "{} {}: “{value}” is read", layout.key, column.key);
}

fn fails(layout: &Layout, column: &Column, value: &str) {
    let read = row(layout, column, value);
    assert!(read.faults.iter().any(|fault| fault.header == column.header()), "{} {}: “{value}” is refused", layout.key, column.key);
}

#[test]
fn whatever_a_note_allows_passes() {
    for layout in Kind::OF_CASES.map(Kind::layout) {
        for column in layout.columns {
            if !column.example.is_empty() {
                passes(layout, column, column.example);
            }
            match column.kind {
                CellKind::Text(longest) => {
                    passes(layout, column, &"甲".repeat(longest));
                    fails(layout, column, &"甲".repeat(longest + 1));
                }
                CellKind::Code(longest) => passes(layout, column, &"9".repeat(longest)),
                CellKind::Date => ["2026-04-01", "2099-12-31"].iter().for_each(|day| passes(layout, column, day)),
                CellKind::Money { .. } => {
                    for sum in ["0", "1", "0.000001", "12345.678900"] {
                        passes(layout, column, sum);
                    }
                    fails(layout, column, "0.0000001");
                }
                CellKind::Choice(list) => list.iter().for_each(|(word, key)| {
                    passes(layout, column, word);
                    passes(layout, column, key);
                }),
                CellKind::Choices(list) => {
                    for separator in ["、", "，", ",", ";", "；", "/", "\n"] {
                        let all: Vec<_> = list.iter().map(|(word, _)| *word).collect();
                        passes(layout, column, &all.join(separator));
                    }
                    for (word, _) in list {
                        passes(layout, column, word);
                    }
                }
            }
        }
    }
}

#[test]
fn every_word_of_a_drop_down_passes() {
    for layout in Kind::OF_CASES.map(Kind::layout) {
        let bytes = sheets::template(layout).expect("a template");
        let mut page = String::new();
        zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut page).unwrap();
        let mut found = 0;
        for rule in page.split("<dataValidation ").skip(1) {
            let place = rule.split("sqref=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a place");
            let letters: String = place.chars().take_while(char::is_ascii_uppercase).collect();
            let column = letters.bytes().fold(0_usize, |sum, byte| sum * 26 + usize::from(byte - b'A') + 1) - 1;
            let list = rule.split("<formula1>\"").nth(1).and_then(|rest| rest.split("\"</formula1>").next()).expect("a list");
            for word in list.split(',') {
                passes(layout, &layout.columns[column], word);
                found += 1;
            }
        }
        let choices = layout.columns.iter().filter(|column| matches!(column.kind, CellKind::Choice(_))).count();
        assert!(found >= choices * 2, "{}: {found} words of {choices} lists", layout.key);
    }
}

#[test]
fn grounds_and_measures_are_known_by_name_or_key_with_any_separator_of_the_note() {
    let rules = api::app::rules().expect("the rules");
    for list_type in rules.list_types.all() {
        for separator in ["、", "；", ";"] {
            let keys: Vec<_> = list_type.ground.iter().map(|ground| ground.key.clone()).collect();
            for name in
                [|ground: &workflows::list_types::Ground| ground.zh.clone(), |ground: &workflows::list_types::Ground| ground.key.clone()]
            {
                let cell = list_type.ground.iter().map(name).collect::<Vec<_>>().join(separator);
                assert_eq!(proposals::grounds(list_type, &cell), keys, "{}: {cell}", list_type.key);
            }
        }
    }
    let keys: Vec<_> = rules.measures.all().iter().map(|measure| measure.key.clone()).collect();
    for separator in ["、", "；"] {
        let cell = rules.measures.all().iter().map(|measure| measure.zh.clone()).collect::<Vec<_>>().join(separator);
        assert_eq!(proposals::measures(&rules, &cell), keys, "{cell}");
    }
}
