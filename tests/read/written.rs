//! Every input field has an output field that shows what was written, or a line that says why not.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::schema::Schema;

/// The kept list: which output type shows an input type, where a field goes by another name, and what nobody reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// Input type to the type that shows its fields under the same names.
    types: BTreeMap<String, String>,
    /// `Input.field`, or `*.field` of every input, to `Type.field`.
    fields: BTreeMap<String, String>,
    /// Kinds of values that an act brings, to where its entry shows them.
    kinds: BTreeMap<String, String>,
    /// `Input`, `Input.field` or `*.field`, to the reason why it is not read.
    unread: BTreeMap<String, String>,
}

#[test]
fn everything_written_can_be_read() {
    let kept: Kept = toml::from_str(include_str!("written.toml")).expect("the kept list");
    let schema = Schema::served();
    let (mut unshown, mut used) = (Vec::new(), BTreeSet::new());
    for (input, fields) in &schema.inputs {
        for (field, (kind, _)) in fields {
            let names = [format!("{input}.{field}"), format!("*.{field}"), input.clone()];
            if let Some(name) = names.iter().find(|name| kept.unread.contains_key(*name)) {
                used.insert(name.clone());
                continue;
            }
            let named = names.iter().find(|name| kept.fields.contains_key(*name));
            let same = kept.types.get(input).map(|shown| format!("{shown}.{field}")).filter(|path| schema.shows(path));
            let shown = match (names.iter().take(1).find(|name| kept.fields.contains_key(*name)), same) {
                (Some(exact), _) => {
                    used.insert(exact.clone());
                    kept.fields.get(exact).cloned()
                }
                (None, Some(same)) => {
                    used.insert(input.clone());
                    Some(same)
                }
                (None, None) => match named {
                    Some(name) => {
                        used.insert(name.clone());
                        kept.fields.get(name).cloned()
                    }
                    None if schema.inputs.contains_key(kind) && !kept.kinds.contains_key(kind) => continue, // its own fields are looked at
                    None => {
                        used.insert(kind.clone());
                        kept.kinds.get(kind).cloned()
                    }
                },
            };
            match shown {
                Some(path) if schema.shows(&path) => {}
                Some(path) => unshown.push(format!("{input}.{field}: there is no {path}")),
                None => unshown.push(format!("{input}.{field}: {kind}")),
            }
        }
    }
    assert!(unshown.is_empty(), "written and read nowhere, nor in tests/read/written.toml with a reason: {unshown:#?}");
    let lines = kept.types.keys().chain(kept.fields.keys()).chain(kept.kinds.keys()).chain(kept.unread.keys());
    let idle: Vec<_> = lines.filter(|line| !used.contains(*line)).collect();
    assert!(idle.is_empty(), "lines of tests/read/written.toml that speak of nothing: {idle:#?}");
    let bare: Vec<_> = kept.unread.iter().filter(|(_, why)| why.trim().len() < 12).collect();
    assert!(bare.is_empty(), "reasons are written out: {bare:?}");
}

/// Questions whose fault stands at an argument, not at the viewer: of an office that is not the caller's.
const AT_THEIR_ARGUMENT: [&str; 2] = ["fileCheck", "fileImports"];

/// What may be forbidden is nullable: a page that asks for it keeps its other parts.
#[test]
fn what_may_be_forbidden_may_be_empty() {
    let schema = Schema::served();
    let kept = include_str!("../permissions/questions.md");
    let forbidden: BTreeSet<_> = kept
        .lines()
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>())
        .filter(|cells| cells.len() > 10 && cells[2..].contains(&"no"))
        .filter_map(|cells| cells[0].split(' ').next())
        .filter(|name| !AT_THEIR_ARGUMENT.contains(name))
        .collect();
    assert!(forbidden.contains("signIns"), "the table is read: {forbidden:?}");
    let hard: Vec<_> = forbidden.into_iter().filter(|name| schema.outputs["Query"].get(*name).is_some_and(|(_, needed)| *needed)).collect();
    assert!(hard.is_empty(), "forbidden to some, and their answer cannot be empty: {hard:?}");
}
