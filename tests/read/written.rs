//! Every input field has an output field that shows what was written, or a line that says why not.

use std::collections::{BTreeMap, BTreeSet};

use domain::process::FormKey;
use serde::Deserialize;
use workflows::definition::{mutations, words::Ask};

use super::{forms::type_of, schema::Schema};
use crate::support::sources;

/// The kept lists, a file for each process and one for the house: which output type shows an input type, where a field goes by
/// another name, and what nobody reads. The test fails where a field has no line, and where a line speaks of nothing.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
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

impl Kept {
    fn read() -> Self {
        let mut all = Self::default();
        for (name, text) in sources::tables("tests/read/written") {
            let file: Self = toml::from_str(&text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
            all.types.extend(file.types);
            all.fields.extend(file.fields);
            all.kinds.extend(file.kinds);
            all.unread.extend(file.unread);
        }
        all
    }

    /// Its lines, and what follows from the tables: a form is read at the case of its process, under the same names, and what
    /// a case is opened about is what the opening names.
    fn with_tables(&self, schema: &Schema) -> (BTreeMap<String, String>, BTreeSet<String>) {
        let (mut types, mut targets) = (BTreeMap::new(), BTreeSet::new());
        for key in FormKey::ALL {
            let kind = key.input().and_then(|field| type_of(schema, field));
            types.extend(kind.map(|kind| (kind, mutations::pascal(key.home().key()))));
        }
        let rules = workflows::Rules::embedded().expect("the law of the house");
        for version in rules.catalogue.all() {
            for row in version.definition.transition.iter().filter(|row| row.by_a_person()) {
                let input = mutations::input_type(&version.definition.mutation(row.verb));
                if row.asks.iter().any(|ask| matches!(ask, Ask::Form(key) if key.input().is_none())) {
                    types.insert(input.clone(), mutations::pascal(version.definition.key.key()));
                }
                let target = version.definition.target(row.verb).filter(|_| row.from.iter().any(|from| from == "new"));
                targets.extend(target.map(|field| format!("{input}.{field}")));
            }
        }
        types.extend(self.types.clone());
        (types, targets)
    }
}

#[test]
fn everything_written_can_be_read() {
    let kept = Kept::read();
    let schema = Schema::served();
    let (types, targets) = kept.with_tables(&schema);
    let (mut unshown, mut used) = (Vec::new(), BTreeSet::new());
    for (input, fields) in &schema.inputs {
        for (field, (kind, _)) in fields {
            let names = [format!("{input}.{field}"), format!("*.{field}"), input.clone()];
            if targets.contains(&names[0]) {
                continue;
            }
            if let Some(name) = names.iter().find(|name| kept.unread.contains_key(*name)) {
                used.insert(name.clone());
                continue;
            }
            let named = names.iter().find(|name| kept.fields.contains_key(*name));
            let same = types.get(input).map(|shown| format!("{shown}.{field}")).filter(|path| schema.shows(path));
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
    assert!(unshown.is_empty(), "written and read nowhere, nor in tests/read/written with a reason: {unshown:#?}");
    let lines = kept.types.keys().chain(kept.fields.keys()).chain(kept.kinds.keys()).chain(kept.unread.keys());
    let idle: Vec<_> = lines.filter(|line| !used.contains(*line)).collect();
    assert!(idle.is_empty(), "lines of tests/read/written that speak of nothing: {idle:#?}");
    let bare: Vec<_> = kept.unread.iter().filter(|(_, why)| why.trim().len() < 12).collect();
    assert!(bare.is_empty(), "reasons are written out: {bare:?}");
}

/// The column of an account that registered itself.
const REGISTERED: usize = 5;

/// Questions whose fault stands at an argument, not at the viewer: of an office or a subject that is not the caller's.
const AT_THEIR_ARGUMENT: [&str; 3] = ["absence", "fileCheck", "fileImports"];

/// What may be forbidden is nullable: a page that asks for it keeps its other parts.
#[test]
fn what_may_be_forbidden_may_be_empty() {
    let schema = Schema::served();
    let kept = include_str!("../permissions/questions.md");
    let forbidden: BTreeSet<_> = kept
        .lines()
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>())
        // Of whoever registered itself the whole request is refused, not a field of it.
        .filter(|cells| cells.len() > 10 && (2..cells.len()).any(|place| place != REGISTERED && cells[place] == "no"))
        .filter_map(|cells| cells[0].split(' ').next())
        .filter(|name| !AT_THEIR_ARGUMENT.contains(name))
        .collect();
    assert!(forbidden.contains("signIns"), "the table is read: {forbidden:?}");
    let hard: Vec<_> = forbidden.into_iter().filter(|name| schema.outputs["Query"].get(*name).is_some_and(|(_, needed)| *needed)).collect();
    assert!(hard.is_empty(), "forbidden to some, and their answer cannot be empty: {hard:?}");
}
