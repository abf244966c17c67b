//! The served schema as tests look at it.

use std::collections::BTreeMap;

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, Type, TypeKind, TypeSystemDefinition},
};

/// Fields by name: the bare type, and whether a value has to be there.
pub type Fields = BTreeMap<String, (String, bool)>;

/// Input types, output types, and the input type of each mutation.
pub struct Schema {
    pub inputs: BTreeMap<String, Fields>,
    pub outputs: BTreeMap<String, Fields>,
    pub mutations: BTreeMap<String, String>,
}

fn bare(kind: &Type) -> String {
    match &kind.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(of) => bare(of),
    }
}

impl Schema {
    pub fn served() -> Self {
        let text = parse_schema(api::graphql::schema::schema().sdl()).expect("the schema is its own language");
        let (mut inputs, mut outputs, mut mutations) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for definition in text.definitions {
            let TypeSystemDefinition::Type(found) = definition else { continue };
            let name = found.node.name.node.to_string();
            let fields = match found.node.kind {
                TypeKind::InputObject(object) => {
                    let field = |field: async_graphql::parser::types::InputValueDefinition| {
                        let needed = !field.ty.node.nullable && field.default_value.is_none();
                        (field.name.node.to_string(), (bare(&field.ty.node), needed))
                    };
                    inputs.insert(name, object.fields.into_iter().map(|one| field(one.node)).collect());
                    continue;
                }
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            if name == "Mutation" {
                let input = |field: &async_graphql::parser::types::FieldDefinition| {
                    let found = field.arguments.iter().find(|argument| argument.node.name.node == "input");
                    found.map(|argument| (field.name.node.to_string(), bare(&argument.node.ty.node)))
                };
                mutations.extend(fields.iter().filter_map(|field| input(&field.node)));
            }
            let field = |field: async_graphql::parser::types::FieldDefinition| {
                (field.name.node.to_string(), (bare(&field.ty.node), !field.ty.node.nullable))
            };
            outputs.insert(name, fields.into_iter().map(|one| field(one.node)).collect());
        }
        Self { inputs, outputs, mutations }
    }

    /// Whether `Type.field` is an output.
    pub fn shows(&self, path: &str) -> bool {
        path.split_once('.').is_some_and(|(kind, field)| self.outputs.get(kind).is_some_and(|fields| fields.contains_key(field)))
    }
}
