//! What a document would cost: fields times the sizes of the pages in which they are asked for.

use std::collections::HashMap;

use async_graphql::{
    Value, Variables,
    parser::types::{
        BaseType, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet, ServiceDocument, Type, TypeKind,
        TypeSystemDefinition,
    },
};

/// Most that a document may cost: a page of a hundred cases with two hundred fields each.
pub const MOST: u64 = 20_000;
/// Entries of a page where neither `first` nor `last` is given.
const PAGE: u64 = 20;
const LARGEST_PAGE: u64 = 100;
/// What a list without pages is taken to hold.
const LIST: u64 = 5;
/// A text is one field, also where both its languages are asked for.
const LANGUAGES: u64 = 2;
/// The answers of an act on many cases, one an item of its input.
const RESULTS: &str = "results";
/// Fields that are long texts, or that are read one by one.
const HEAVY: [(&str, u64); 18] = [
    ("text", 300),
    ("totalCount", 50),
    ("workCounts", 100),
    ("leaf", 5),
    ("diagram", 100),
    ("transitions", 400),
    ("derivation", 10),
    ("bytes", 20),
    ("proof", 20),
    ("articles", 5),
    ("desk", 5),
    ("letters", 10),
    ("links", 10),
    ("openings", 50),
    ("acts", 200),
    ("reasonCodes", 400),
    ("listTypes", 100),
    ("proofCheck", 50),
];

/// The output types of a schema: of each field the type, and whether it is a list.
#[derive(Debug, Default)]
pub struct Outputs {
    fields: HashMap<String, HashMap<String, (String, bool)>>,
}

/// The name of a type, and whether it is a list of it.
fn named(kind: &Type) -> (String, bool) {
    match &kind.base {
        BaseType::Named(name) => (name.to_string(), false),
        BaseType::List(of) => (named(of).0, true),
    }
}

impl Outputs {
    pub fn of(schema: &ServiceDocument) -> Self {
        let mut fields = HashMap::new();
        for definition in &schema.definitions {
            let TypeSystemDefinition::Type(found) = definition else { continue };
            let own = match &found.node.kind {
                TypeKind::Object(object) => &object.fields,
                TypeKind::Interface(interface) => &interface.fields,
                _ => continue,
            };
            let of = own.iter().map(|field| (field.node.name.node.to_string(), named(&field.node.ty.node))).collect();
            fields.insert(found.node.name.node.to_string(), of);
        }
        Self { fields }
    }

    /// What an operation would cost.
    pub fn cost(&self, document: &ExecutableDocument, operation: &OperationDefinition, root: &str, variables: &Variables) -> u64 {
        Walk { outputs: self, document, variables }.set(&operation.selection_set.node, root, 0)
    }
}

struct Walk<'a> {
    outputs: &'a Outputs,
    document: &'a ExecutableDocument,
    variables: &'a Variables,
}

impl Walk<'_> {
    fn set(&self, set: &SelectionSet, of: &str, depth: usize) -> u64 {
        if depth > 64 {
            return MOST + 1; // fragments in a circle; validation says so
        }
        let parts = set.items.iter().map(|item| match &item.node {
            Selection::Field(field) => self.field(&field.node, of, depth),
            Selection::InlineFragment(part) => {
                let of = part.node.type_condition.as_ref().map_or(of, |on| on.node.on.node.as_str());
                self.set(&part.node.selection_set.node, of, depth + 1)
            }
            Selection::FragmentSpread(spread) => match self.document.fragments.get(&spread.node.fragment_name.node) {
                Some(part) => self.set(&part.node.selection_set.node, part.node.type_condition.node.on.node.as_str(), depth + 1),
                None => 0,
            },
        });
        parts.fold(0, u64::saturating_add)
    }

    fn field(&self, field: &Field, of: &str, depth: usize) -> u64 {
        let name = field.name.node.as_str();
        let (kind, list) =
            self.outputs.fields.get(of).and_then(|fields| fields.get(name)).map_or(("", false), |(kind, list)| (kind.as_str(), *list));
        let both = if kind == "Words" { LANGUAGES } else { 0 };
        let inside = self.set(&field.selection_set.node, kind, depth + 1).saturating_sub(both);
        let weight = HEAVY.iter().find(|(heavy, _)| *heavy == name).map_or(1, |(_, weight)| *weight);
        // What a connection holds was counted with its page, and results with the items that they answer.
        let times = if of.ends_with("Connection") || name == RESULTS { 1 } else { self.times(field, kind, list) };
        weight.saturating_add(times.saturating_mul(inside))
    }

    /// How many there may be of what a field brings.
    fn times(&self, field: &Field, kind: &str, list: bool) -> u64 {
        let argument = |name: &str| {
            field
                .arguments
                .iter()
                .find(|(found, _)| found.node.as_str() == name)
                .map(|(_, value)| value.node.clone().into_const_with(|name| self.variables.get(&name).cloned().ok_or(())).ok())
        };
        if let Some(ids) = argument("ids") {
            return match ids {
                Some(Value::List(ids)) => ids.len() as u64,
                _ => 1,
            };
        }
        if let Some(Some(Value::Object(input))) = argument("input")
            && let Some(Value::List(items)) = input.get("items")
        {
            return items.len() as u64;
        }
        if let Some(Some(Value::String(_))) = argument("mutation") {
            return 1;
        }
        let size = ["first", "last"].into_iter().find_map(|name| match argument(name) {
            Some(Some(Value::Number(number))) => Some(number),
            _ => None,
        });
        match (size, kind.ends_with("Connection")) {
            (Some(number), _) => number.as_u64().unwrap_or(PAGE).clamp(1, LARGEST_PAGE),
            (_, true) => PAGE,
            _ if list => LIST,
            _ => 1,
        }
    }
}
