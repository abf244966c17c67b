//! Forms that a client draws are those of the inputs: name by name, and required as there.

use std::collections::{BTreeMap, BTreeSet};

use api::graphql::core::{
    asks::AskShown,
    forms::{beside, of},
};
use domain::process::FormKey;
use workflows::definition::{Definition, Version, file::Transition, mutations, words::Ask};

use super::schema::{Fields, Schema};

/// Fields of every input that no form shows.
const NOT_DRAWN: [&str; 3] = ["id", "expectedVersion", "idempotencyKey"];

fn differences(schema: &Schema, at: &str, drawn: &[AskShown], fields: &Fields, wrong: &mut Vec<String>) {
    for ask in drawn {
        let Some((kind, needed)) = fields.get(&ask.field) else {
            wrong.push(format!("{at}: “{}” is drawn and no field of the input", ask.field));
            continue;
        };
        if ask.required != *needed {
            wrong.push(format!("{at}.{}: drawn as required = {}, in the input {needed}", ask.field, ask.required));
        }
        if let Some(inner) = schema.inputs.get(kind).filter(|_| !ask.form.is_empty()) {
            differences(schema, kind, &ask.form, inner, wrong);
        }
    }
}

/// The input type that a form stands for, as the inputs that hold it name it.
pub fn type_of(schema: &Schema, field: &str) -> Option<String> {
    let holders = schema.inputs.values().filter_map(|fields| fields.get(field));
    holders.map(|(kind, _)| kind.clone()).find(|kind| schema.inputs.contains_key(kind))
}

#[test]
fn forms_are_those_of_their_inputs() {
    let schema = Schema::served();
    let mut wrong = Vec::new();
    for key in FormKey::ALL {
        let (Some(field), drawn) = of(*key) else { continue };
        let Some(kind) = type_of(&schema, field) else {
            wrong.push(format!("{key}: no input holds a form as “{field}”"));
            continue;
        };
        let fields = &schema.inputs[&kind];
        differences(&schema, &kind, &drawn, fields, &mut wrong);
        let names: BTreeSet<_> = drawn.iter().map(|ask| ask.field.as_str()).collect();
        wrong.extend(fields.keys().filter(|name| !names.contains(name.as_str())).map(|name| format!("{kind}.{name} is not drawn")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What a row asks, by the names of its input's fields; whether each has to be there.
fn asked(definition: &Definition, row: &Transition) -> BTreeMap<String, bool> {
    let mut names = BTreeMap::new();
    for ask in &row.asks {
        match ask {
            Ask::Document(kind) if kind.is_made_by_the_house() => {}
            Ask::Form(key) => match of(*key) {
                (Some(field), _) => drop(names.insert(field.to_owned(), true)),
                (None, drawn) => names.extend(drawn.into_iter().map(|ask| (ask.field, ask.required))),
            },
            other => names.extend(mutations::field(definition, row, other).map(|field| (field, other.required()))),
        }
    }
    names
}

/// What every version of the law asks of a person is a field of the input, and every field there is asked.
#[test]
fn asks_are_fields_and_fields_are_asks() {
    let rules = workflows::Rules::embedded().expect("the law of the house");
    let schema = Schema::served();
    let mut by_mutation: BTreeMap<String, Vec<(&Version, &Transition)>> = BTreeMap::new();
    let versions: Vec<_> = rules.catalogue.all().collect();
    for version in &versions {
        for row in version.definition.transition.iter().filter(|row| row.by_a_person()) {
            by_mutation.entry(version.definition.mutation(row.verb)).or_default().push((version, row));
        }
    }
    assert!(by_mutation.len() > 80, "the tables were walked");
    let mut wrong = Vec::new();
    for (mutation, rows) in by_mutation {
        let kind = mutations::input_type(&mutation);
        if schema.mutations.get(&mutation) != Some(&kind) {
            wrong.push(format!("{mutation}: takes {:?}, its acts say {kind}", schema.mutations.get(&mutation)));
            continue;
        }
        let fields = &schema.inputs[&kind];
        let mut known: BTreeSet<String> = NOT_DRAWN.iter().map(|name| (*name).to_owned()).collect();
        known.extend(beside(&mutation).into_iter().map(|ask| ask.field));
        for (version, row) in rows {
            let opens = row.from.iter().any(|from| from == "new");
            let target = if opens { version.definition.target(row.verb) } else { Some("id") };
            wrong.extend(
                target.filter(|name| !fields.contains_key(*name)).map(|name| format!("{kind}: no “{name}” takes what it is about")),
            );
            known.extend(target.map(str::to_owned));
            for (name, needed) in asked(&version.definition, row) {
                match fields.get(&name) {
                    None => wrong.push(format!("{kind}: {} asks for “{name}”, which is no field", row.verb)),
                    Some((_, true)) if !needed => wrong.push(format!("{kind}.{name} has to be there and {} does not ask for it", row.verb)),
                    Some(_) => {}
                }
                known.insert(name);
            }
        }
        wrong.extend(fields.keys().filter(|name| !known.contains(*name)).map(|name| format!("{kind}.{name}: no row asks for it")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
