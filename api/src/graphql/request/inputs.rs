//! Variables against the types that the document gives them: what is missing or of another type is named, down to the field.

use std::collections::HashMap;

use async_graphql::{
    Value, Variables,
    parser::types::{BaseType, OperationDefinition, ServiceDocument, Type, TypeKind, TypeSystemDefinition},
};
use uuid::Uuid;

use crate::graphql::core::{kinds, words::Words, yuan::Yuan};

/// A variable that cannot be used: the name of its field, and why.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    pub field: String,
    pub words: Words,
}

/// The input types of a schema.
#[derive(Debug, Default)]
pub struct Inputs {
    objects: HashMap<String, Vec<(String, Type, bool)>>,
    enums: HashMap<String, Vec<String>>,
}

fn wrong(field: &str, words: impl Into<Words>) -> Wrong {
    Wrong { field: field.to_owned(), words: words.into() }
}

impl Inputs {
    pub fn of(schema: &ServiceDocument) -> Self {
        let mut inputs = Self::default();
        for definition in &schema.definitions {
            let TypeSystemDefinition::Type(found) = definition else { continue };
            let name = found.node.name.node.to_string();
            match &found.node.kind {
                TypeKind::InputObject(object) => {
                    let field = |field: &async_graphql::Positioned<async_graphql::parser::types::InputValueDefinition>| {
                        (field.node.name.node.to_string(), field.node.ty.node.clone(), field.node.default_value.is_some())
                    };
                    inputs.objects.insert(name, object.fields.iter().map(field).collect());
                }
                TypeKind::Enum(words) => {
                    inputs.enums.insert(name, words.values.iter().map(|word| word.node.value.node.to_string()).collect());
                }
                _ => {}
            }
        }
        inputs
    }

    /// Looks at every variable of an operation.
    ///
    /// # Errors
    /// The first [`Wrong`] one.
    pub fn check(&self, operation: &OperationDefinition, given: &Variables) -> Result<(), Wrong> {
        for variable in &operation.variable_definitions {
            let (name, kind) = (variable.node.name.node.as_str(), &variable.node.var_type.node);
            match given.get(&variable.node.name.node) {
                Some(value) => self.fits(name, kind, value)?,
                None if kind.nullable || variable.node.default_value.is_some() => {}
                None => return Err(wrong(name, self.missing(kind))),
            }
        }
        Ok(())
    }

    /// (zh, en) what a value of a type has to be.
    fn asked(&self, kind: &Type) -> (String, String) {
        let name = match &kind.base {
            BaseType::List(of) => {
                let (zh, en) = self.asked(of);
                return (format!("列表，其中每一项为{zh}"), format!("a list, each part of it {en}"));
            }
            BaseType::Named(name) => name.as_str(),
        };
        if let Some(words) = self.enums.get(name) {
            let words = words.join(", ");
            return (format!("下列之一：{words}"), format!("one of: {words}"));
        }
        let (zh, en) = kinds::words(name).unwrap_or(("带有各字段的对象", "an object with its fields"));
        (zh.to_owned(), en.to_owned())
    }

    /// What is said where a value is missing.
    fn missing(&self, kind: &Type) -> Words {
        let (zh, en) = self.asked(kind);
        Words { zh: format!("缺少值，应为{zh}"), en: format!("A value is missing; it has to be {en}") }
    }

    fn fits(&self, path: &str, kind: &Type, value: &Value) -> Result<(), Wrong> {
        let unfit = || {
            let (zh, en) = self.asked(kind);
            wrong(path, kinds::has_to_be(&zh, &en))
        };
        match (&kind.base, value) {
            (_, Value::Null) if kind.nullable => Ok(()),
            (_, Value::Null) => Err(wrong(path, self.missing(kind))),
            (BaseType::List(of), Value::List(values)) => {
                values.iter().enumerate().try_for_each(|(number, value)| self.fits(&format!("{path}.{number}"), of, value))
            }
            // One value stands for a list of it.
            (BaseType::List(of), value) => self.fits(path, of, value),
            (BaseType::Named(name), value) => match (self.objects.get(name.as_str()), self.enums.get(name.as_str())) {
                (Some(fields), _) => self.object(path, fields, value).unwrap_or_else(|| Err(unfit())),
                (_, Some(words)) => {
                    let word = match value {
                        Value::String(text) => text.as_str(),
                        Value::Enum(name) => name.as_str(),
                        _ => return Err(unfit()),
                    };
                    if words.iter().any(|known| known == word) { Ok(()) } else { Err(unfit()) }
                }
                (None, None) if scalar(name, value) => Ok(()),
                (None, None) => Err(unfit()),
            },
        }
    }

    /// None where the value is no object.
    fn object(&self, path: &str, fields: &[(String, Type, bool)], value: &Value) -> Option<Result<(), Wrong>> {
        let Value::Object(given) = value else { return None };
        let at = |name: &str| format!("{path}.{name}");
        if let Some(name) = given.keys().find(|name| !fields.iter().any(|(known, ..)| known == name.as_str())) {
            let known = fields.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>().join(", ");
            let words = (format!("没有此字段；可填：{known}"), format!("There is no such field; known: {known}"));
            return Some(Err(wrong(&at(name), words)));
        }
        let one = |(name, kind, default): &(String, Type, bool)| match given.get(name.as_str()) {
            Some(value) => self.fits(&at(name), kind, value),
            None if kind.nullable || *default => Ok(()),
            None => Err(wrong(&at(name), self.missing(kind))),
        };
        Some(fields.iter().try_for_each(one))
    }
}

/// Whether a value is one of a scalar type.
fn scalar(name: &str, value: &Value) -> bool {
    match (name, value) {
        ("Int", Value::Number(number)) => number.is_i64() || number.is_u64(),
        ("Float", Value::Number(_)) | ("Boolean", Value::Boolean(_)) | ("String" | "ID", Value::String(_)) => true,
        ("ID", Value::Number(number)) => number.is_i64() || number.is_u64(),
        ("UUID", Value::String(text)) => Uuid::parse_str(text).is_ok(),
        ("Yuan", Value::String(text)) => Yuan::read(text).is_some(),
        ("Date", Value::String(text)) => domain::day::parse(text).is_some(),
        _ => false,
    }
}
