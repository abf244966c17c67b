//! Hostile questions made from the schema's own text: right and wrong values of every type, broken documents, other people's
//! ids; the same for the same number in every run.

use std::collections::BTreeMap;

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, Type, TypeKind, TypeSystemDefinition},
};
use serde_json::{Value, json};

use super::chance::Chance;
pub use super::question::{ASKERS, FACT, Question};

const SCHEMA: &str = include_str!("../../api/schema.graphql");

/// Mutations that would move the house's clock, or end the sessions of those who ask.
const LEFT_OUT: [&str; 3] = ["advanceDemoClock", "signOut", "changePassword"];

#[derive(Clone, Debug)]
struct Field {
    name: String,
    arguments: Vec<(String, Type)>,
    kind: Type,
}

/// The schema, as questions are made from it.
pub struct Hostile {
    outputs: BTreeMap<String, Vec<Field>>,
    members: BTreeMap<String, Vec<String>>,
    inputs: BTreeMap<String, Vec<(String, Type)>>,
    enums: BTreeMap<String, Vec<String>>,
}

fn named(kind: &Type) -> &str {
    match &kind.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(of) => named(of),
    }
}

impl Default for Hostile {
    fn default() -> Self {
        let mut all = Self { outputs: BTreeMap::new(), members: BTreeMap::new(), inputs: BTreeMap::new(), enums: BTreeMap::new() };
        for definition in parse_schema(SCHEMA).expect("the schema").definitions {
            let TypeSystemDefinition::Type(found) = definition else { continue };
            let name = found.node.name.node.to_string();
            let outputs = |fields: &[async_graphql::Positioned<async_graphql::parser::types::FieldDefinition>]| {
                let arguments = |field: &async_graphql::parser::types::FieldDefinition| {
                    field.arguments.iter().map(|one| (one.node.name.node.to_string(), one.node.ty.node.clone())).collect()
                };
                fields
                    .iter()
                    .map(|field| Field {
                        name: field.node.name.node.to_string(),
                        arguments: arguments(&field.node),
                        kind: field.node.ty.node.clone(),
                    })
                    .collect::<Vec<_>>()
            };
            match &found.node.kind {
                TypeKind::Object(object) => {
                    for interface in &object.implements {
                        all.members.entry(interface.node.to_string()).or_default().push(name.clone());
                    }
                    all.outputs.insert(name, outputs(&object.fields));
                }
                TypeKind::Interface(interface) => drop(all.outputs.insert(name, outputs(&interface.fields))),
                TypeKind::InputObject(object) => {
                    all.inputs.insert(
                        name,
                        object.fields.iter().map(|field| (field.node.name.node.to_string(), field.node.ty.node.clone())).collect(),
                    );
                }
                TypeKind::Enum(words) => {
                    drop(all.enums.insert(name, words.values.iter().map(|word| word.node.value.node.to_string()).collect()));
                }
                _ => {}
            }
        }
        all
    }
}

/// One question while it is made.
struct Making<'a> {
    all: &'a Hostile,
    chance: Chance,
    heads: Vec<String>,
    variables: serde_json::Map<String, Value>,
    fields: usize,
}

impl Hostile {
    /// The question of a number.
    pub fn question(&self, number: u64) -> Question {
        let mut making = Making {
            all: self,
            chance: Chance(number.wrapping_mul(0x5851_f42d_4c95_7f2d)),
            heads: Vec::new(),
            variables: serde_json::Map::new(),
            fields: 0,
        };
        let asker = making.chance.below(ASKERS.len());
        let root = if making.chance.below(3) == 0 { "Mutation" } else { "Query" };
        let roots: Vec<_> = self.outputs[root].iter().filter(|field| !LEFT_OUT.contains(&field.name.as_str())).collect();
        let mut body = String::new();
        for _ in 0..=making.chance.below(3) / 2 {
            let field = roots[making.chance.below(roots.len())];
            body.push_str(&making.field(field, 0));
            body.push(' ');
        }
        let heads = if making.heads.is_empty() { String::new() } else { format!("({})", making.heads.join(", ")) };
        let mut query = format!("{}{heads} {{ {body}}}", if root == "Mutation" { "mutation" } else { "query" });
        let variables = making.worse_variables();
        if making.chance.below(12) == 0 {
            query = making.broken(query);
        }
        Question { asker, query, variables }
    }
}

impl Making<'_> {
    fn field(&mut self, field: &Field, depth: usize) -> String {
        self.fields += 1;
        let mut text = String::new();
        if self.chance.below(20) == 0 {
            let alias = self.chance.below(9);
            text.push_str(&format!("a{alias}: "));
        }
        text.push_str(&field.name);
        let mut passed = Vec::new();
        for (name, kind) in &field.arguments {
            if kind.nullable && self.chance.below(3) == 0 || self.chance.below(60) == 0 {
                continue;
            }
            let value = self.value(name, kind, 0);
            if self.chance.below(2) == 0 {
                let variable = format!("v{}", self.heads.len());
                self.heads.push(format!("${variable}: {kind}"));
                self.variables.insert(variable.clone(), value);
                passed.push(format!("{name}: ${variable}"));
            } else {
                passed.push(format!("{name}: {}", self.literal(named(kind), &value)));
            }
        }
        if !passed.is_empty() {
            text.push_str(&format!("({})", passed.join(", ")));
        }
        if self.chance.below(30) == 0 {
            text.push_str(self.chance.one(&[" @skip(if: true)", " @include(if: false)", " @skip(if: false)", " @nothing"]));
        }
        let of = named(&field.kind).to_owned();
        if self.all.outputs.contains_key(&of) {
            let selected = self.selection(&of, depth + 1);
            text.push_str(&format!(" {{ {selected}}}"));
        }
        text
    }

    fn selection(&mut self, of: &str, depth: usize) -> String {
        let all = self.all;
        let (fields, members) = (&all.outputs[of], all.members.get(of));
        let mut text = String::new();
        for _ in 0..=self.chance.below(4) {
            if let Some(members) = members.filter(|_| self.chance.below(2) == 0) {
                let member = members[self.chance.below(members.len())].clone();
                let inside = if depth < 5 { self.selection(&member, depth + 1) } else { "__typename ".to_owned() };
                text.push_str(&format!("... on {member} {{ {inside}}} "));
                continue;
            }
            let field = fields[self.chance.below(fields.len())].clone();
            let leaf = !all.outputs.contains_key(named(&field.kind));
            if leaf || (depth < 6 && self.fields < 60) {
                text.push_str(&self.field(&field, depth));
                text.push(' ');
            }
        }
        if text.is_empty() { "__typename ".to_owned() } else { text }
    }

    /// A value of a type: most often one that fits, sometimes one that does not.
    fn value(&mut self, name: &str, kind: &Type, depth: usize) -> Value {
        if self.chance.below(14) == 0 {
            return self.anything(depth);
        }
        if kind.nullable && self.chance.below(8) == 0 {
            return Value::Null;
        }
        match &kind.base {
            BaseType::List(of) => {
                let length = [0, 1, 1, 2, 3, 120][self.chance.below(6)];
                let length = if depth > 1 { length.min(3) } else { length };
                (0..length).map(|_| self.value(name, of, depth + 1)).collect()
            }
            BaseType::Named(of) => self.named(name, of.as_str(), depth),
        }
    }

    fn named(&mut self, name: &str, of: &str, depth: usize) -> Value {
        let all = self.all;
        if let Some(words) = all.enums.get(of) {
            return json!(words[self.chance.below(words.len())]);
        }
        if let Some(fields) = all.inputs.get(of) {
            let mut made = serde_json::Map::new();
            for (name, kind) in fields {
                if (kind.nullable && self.chance.below(2) == 0) || self.chance.below(80) == 0 || depth > 6 {
                    continue;
                }
                let value = self.value(name, kind, depth + 1);
                made.insert(name.clone(), value);
            }
            if self.chance.below(40) == 0 {
                made.insert("unheardOf".to_owned(), json!(1));
            }
            return Value::Object(made);
        }
        match of {
            "Int" | "Float" => json!(
                *[1_i64, 2, 5, 20, 100, 0, -1, 101, i64::from(i32::MAX), i64::from(i32::MAX) + 1, i64::MIN, 3660, 3661]
                    .get(self.chance.below(13))
                    .unwrap_or(&1)
            ),
            "Boolean" => json!(self.chance.below(2) == 0),
            "Date" => json!(self.chance.one(&[
                "2026-04-01",
                "2026-08-20",
                "2026-02-30",
                "0000-01-01",
                "9999-12-31",
                "+10000-01-01",
                "2026-4-1",
                "26-04-01",
                "2026-04-01T00:00:00",
                "",
                "-2026-04-01",
                "２０２６-０４-０１"
            ])),
            "Yuan" => json!(self.chance.one(&["10000.00", "0", "12.5", "-1.00", "1.005", "1e3", "一万", "92233720368547758.08", ""])),
            "UUID" if self.chance.below(5) > 0 => json!(format!("00000000-0000-4000-8000-{:012}", self.chance.below(1_000_000))),
            "UUID" => {
                json!(self.chance.one(&["", "not one", "00000000000000000000000000000000", "{00000000-0000-0000-0000-000000000000}", FACT]))
            }
            _ if self.chance.below(3) == 0 => json!(FACT),
            _ => self.text(name),
        }
    }

    fn text(&mut self, name: &str) -> Value {
        if self.chance.below(2) == 0 {
            let fits = match name {
                "office" => "road_transport_centre",
                "login" => "road",
                "password" | "current" | "new" => "four words nobody thinks of",
                "period" => "2026-Q2",
                "state" => "published",
                "number" => "JL2026-000001",
                "key" => "notice_sign_days",
                "value" => "4",
                "listType" => "overloading",
                _ => "说明",
            };
            return json!(fits);
        }
        let long = "长".repeat(self.chance.below(5000));
        json!(self.chance.one(&[
            "",
            " ",
            "\u{0}",
            "a\u{0}b",
            "'; DROP TABLE cases; --",
            "\"",
            "\\",
            "%",
            "_",
            "%%%",
            "../../etc/passwd",
            "{{7*7}}",
            "${x}",
            "\u{202e}txet",
            "\u{200b}",
            "\u{feff}",
            "\u{1f600}",
            "e\u{301}",
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "99999999999999999999",
            "Q2FzZTo",
            "Q2FzZTp4",
            "Q3Vyc29yOng",
            "U3ViamVjdDo",
            "\r\n",
            "\t",
            "\u{7f}",
            "\u{ffff}",
            "<script>",
            "〔2026〕1号",
            "ＡＢＣ",
            "١٢٣",
            "a|b",
            "|",
            ":",
            "2026-13",
            "2026-Q9",
            "9999-12",
            &long,
        ]))
    }

    /// A value of no type in particular.
    fn anything(&mut self, depth: usize) -> Value {
        match self.chance.below(9) {
            0 => Value::Null,
            1 => json!(true),
            2 => json!(-1),
            3 => json!(1.5),
            4 => json!(u64::MAX),
            5 => json!([]),
            6 => json!({}),
            7 if depth < 3 => json!([[[{ "a": [null, 1, "x"] }]]]),
            _ => self.text(""),
        }
    }

    fn literal(&self, of: &str, value: &Value) -> String {
        match value {
            Value::String(text) if self.all.enums.get(of).is_some_and(|words| words.contains(text)) => text.clone(),
            Value::Array(values) => format!("[{}]", values.iter().map(|value| self.literal(of, value)).collect::<Vec<_>>().join(", ")),
            Value::Object(map) => {
                let kind = |name: &str| {
                    self.all
                        .inputs
                        .get(of)
                        .and_then(|fields| fields.iter().find(|(known, _)| known == name))
                        .map_or(String::new(), |(_, kind)| named(kind).to_owned())
                };
                let fields: Vec<_> = map.iter().map(|(name, value)| format!("{name}: {}", self.literal(&kind(name), value))).collect();
                format!("{{{}}}", fields.join(", "))
            }
            other => other.to_string(),
        }
    }

    /// The variables, now and then without one, with one of another type, or as something else altogether.
    fn worse_variables(&mut self) -> Value {
        let names: Vec<_> = self.variables.keys().cloned().collect();
        if !names.is_empty() && self.chance.below(6) == 0 {
            let name = &names[self.chance.below(names.len())];
            if self.chance.below(2) == 0 {
                self.variables.remove(name);
            } else {
                let value = self.anything(0);
                self.variables.insert(name.clone(), value);
            }
        }
        match self.chance.below(60) {
            0 => Value::Null,
            1 => json!([]),
            2 => json!("text"),
            _ => Value::Object(std::mem::take(&mut self.variables)),
        }
    }

    /// A document with something wrong in its text.
    fn broken(&mut self, query: String) -> String {
        let mut letters: Vec<char> = query.chars().collect();
        let place = self.chance.below(letters.len());
        match self.chance.below(6) {
            0 => drop(letters.remove(place)),
            1 => letters.insert(place, '{'),
            2 => letters.insert(place, '"'),
            3 => letters.truncate(place),
            4 => letters.insert(place, '\u{0}'),
            _ => return query.replacen("first:", "second:", 1).replacen("id ", "ident ", 1),
        }
        letters.into_iter().collect()
    }
}
