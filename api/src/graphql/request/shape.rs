//! The shape of a document: what its operation asks at the root, and selections that may come out empty.

use async_graphql::{
    Name, Positioned, Value,
    parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet},
};

/// The key under which a selection that may come out empty holds something; taken out of the answer again.
const FILLER: &str = "__filler";

/// The operation that a request names, or the only one.
pub fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let mut all = document.operations.iter();
    match name {
        Some(name) => all.find(|(key, _)| key.is_some_and(|key| key.as_str() == name)).map(|(_, operation)| &operation.node),
        None => all.next().map(|(_, operation)| &operation.node),
    }
}

/// Names of the fields that an operation asks at the root, whatever fragments they stand in.
pub fn root_fields<'a>(document: &'a ExecutableDocument, operation: &'a OperationDefinition) -> Vec<&'a str> {
    let mut names = Vec::new();
    gather(document, &operation.selection_set.node, &mut names, 0);
    names
}

fn gather<'a>(document: &'a ExecutableDocument, set: &'a SelectionSet, names: &mut Vec<&'a str>, depth: usize) {
    if depth > 64 {
        return; // fragments in a circle; validation says so
    }
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => names.push(field.node.name.node.as_str()),
            Selection::InlineFragment(part) => gather(document, &part.node.selection_set.node, names, depth + 1),
            Selection::FragmentSpread(spread) => {
                if let Some(part) = document.fragments.get(&spread.node.fragment_name.node) {
                    gather(document, &part.node.selection_set.node, names, depth + 1);
                }
            }
        }
    }
}

/// Lets every selection that may come out empty hold its type's name: async-graphql answers an empty object with null.
/// Whether there was any.
pub fn fill(document: &mut ExecutableDocument) -> bool {
    let operations: &mut dyn Iterator<Item = &mut OperationDefinition> = match &mut document.operations {
        async_graphql::parser::types::DocumentOperations::Single(one) => &mut std::iter::once(&mut one.node),
        async_graphql::parser::types::DocumentOperations::Multiple(many) => &mut many.values_mut().map(|one| &mut one.node),
    };
    let mut filled = false;
    for operation in operations {
        filled |= fill_set(&mut operation.selection_set);
    }
    for fragment in document.fragments.values_mut() {
        filled |= fill_set(&mut fragment.node.selection_set);
    }
    filled
}

fn fill_set(set: &mut Positioned<SelectionSet>) -> bool {
    if set.node.items.is_empty() {
        return false; // a field without a selection
    }
    let (mut filled, mut certain) = (false, false);
    for item in &mut set.node.items {
        match &mut item.node {
            Selection::Field(field) => {
                certain |= field.node.directives.is_empty();
                filled |= fill_set(&mut field.node.selection_set);
            }
            Selection::InlineFragment(part) => filled |= fill_set(&mut part.node.selection_set),
            Selection::FragmentSpread(_) => {}
        }
    }
    if certain {
        return filled;
    }
    let pos = set.pos;
    let field = Field {
        alias: Some(Positioned::new(Name::new(FILLER), pos)),
        name: Positioned::new(Name::new("__typename"), pos),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet::default(), pos),
    };
    set.node.items.push(Positioned::new(Selection::Field(Positioned::new(field, pos)), pos));
    true
}

/// Takes out of an answer what [`fill`] put into it.
pub fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|name, _| name.as_str() != FILLER);
            map.values_mut().for_each(strip);
        }
        Value::List(values) => values.iter_mut().for_each(strip),
        _ => {}
    }
}
