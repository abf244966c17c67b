//! The schema as the checked-in text says it: what can be asked and done, and an input of every shape it takes.

use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../../api/schema.graphql");

/// A field with its arguments and type.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    /// First line of its description.
    pub about: String,
    pub arguments: Vec<(String, String)>,
    pub kind: String,
}

/// The name of a type without lists and exclamation marks.
pub fn bare(kind: &str) -> &str {
    kind.trim_matches(|mark| matches!(mark, '[' | ']' | '!'))
}

fn body(keyword: &str, name: &str) -> Option<&'static str> {
    let start = ["", " "].iter().find_map(|end| {
        let head = if end.is_empty() { format!("\n{keyword} {name} {{") } else { format!("\n{keyword} {name} implements ") };
        SCHEMA.find(&head)
    })?;
    let open = start + SCHEMA[start..].find('{')?;
    let text = &SCHEMA[open + 1..];
    text.find("\n}").map(|end| &text[..end])
}

fn line(text: &str, about: String) -> Option<Field> {
    let (name, rest) = text.split_once([':', '('])?;
    let (arguments, kind) = match rest.strip_suffix('!').unwrap_or(rest).rsplit_once("): ") {
        Some((arguments, _)) if text.contains('(') => (arguments, text.rsplit_once("): ")?.1),
        _ => ("", text.split_once(": ")?.1),
    };
    let arguments =
        arguments.split(", ").filter_map(|one| one.split_once(": ")).map(|(name, kind)| (name.to_owned(), kind.to_owned())).collect();
    Some(Field { name: name.to_owned(), about, arguments, kind: kind.to_owned() })
}

/// The fields of an object or an input; none where there is no such type.
pub fn fields(keyword: &str, name: &str) -> Vec<Field> {
    let (mut found, mut about, mut inside) = (Vec::new(), Vec::new(), false);
    // Arguments that are described stand in lines of their own: the field as far as it was read.
    let mut open: Option<String> = None;
    for text in body(keyword, name).unwrap_or_default().lines().map(str::trim) {
        match (text, &mut open) {
            ("\"\"\"", _) => inside = !inside,
            (_, None) if inside => about.push(text),
            (_, Some(_)) if inside => {}
            ("", _) => {}
            (_, None) if text.ends_with('(') => open = Some(text.to_owned()),
            (_, Some(field)) if !text.starts_with(')') => {
                field.push_str(if field.ends_with('(') { "" } else { ", " });
                field.push_str(text.trim_end_matches(','));
            }
            _ => {
                let whole = open.take().unwrap_or_default() + text;
                let words = std::mem::take(&mut about).first().copied().unwrap_or_default().to_owned();
                found.push(line(&whole, words).unwrap_or_else(|| panic!("{name}: {whole}")));
            }
        }
    }
    found
}

/// Every field of an input, and every argument, of a type: (the input, or nothing; the name).
pub fn inputs_of(kind: &str) -> Vec<(String, String)> {
    let names = SCHEMA.lines().filter_map(|line| line.strip_prefix("input ")?.split([' ', '{']).next());
    let mut found: Vec<_> = names
        .flat_map(|name| {
            let named = fields("input", name).into_iter().filter(|field| bare(&field.kind) == kind);
            named.map(|field| (name.to_owned(), field.name)).collect::<Vec<_>>()
        })
        .collect();
    let arguments = ["Mutation", "Query"].iter().flat_map(|root| fields("type", root)).flat_map(|field| field.arguments);
    found.extend(arguments.filter(|(_, of)| bare(of) == kind).map(|(name, _)| (String::new(), name)));
    found
}

/// The first word of a closed set.
fn first_word(name: &str) -> Option<Value> {
    let words = body("enum", name)?;
    words
        .lines()
        .map(str::trim)
        .find(|word| !word.is_empty() && word.chars().all(|sign| sign.is_ascii_uppercase() || sign == '_'))
        .map(|word| json!(word))
}

/// An input of a type: `given` says the fields that need a meaning, the rest is made up from their types.
pub fn input(kind: &str, given: &dyn Fn(&str, &str) -> Option<Value>) -> Value {
    let mut made = serde_json::Map::new();
    for field in fields("input", bare(kind)) {
        let value = match given(&field.name, &field.kind) {
            Some(value) => value,
            None if !field.kind.ends_with('!') => continue,
            None => value(&field.name, &field.kind, given),
        };
        made.insert(field.name, value);
    }
    Value::Object(made)
}

/// A value for an argument or a field that must be there.
pub fn value(name: &str, kind: &str, given: &dyn Fn(&str, &str) -> Option<Value>) -> Value {
    if let Some(value) = given(name, kind) {
        return value;
    }
    if kind.starts_with('[') {
        return json!([value("", &format!("{}!", bare(kind)), given)]);
    }
    match bare(kind) {
        "String" => json!("说明"),
        "Boolean" => json!(true),
        "Date" => json!("2026-04-01"),
        "UUID" => json!(uuid::Uuid::new_v4()),
        "Int" => json!(1),
        "Yuan" => json!("1.00"),
        other => first_word(other).unwrap_or_else(|| input(other, given)),
    }
}

/// The scalar and closed-set fields of a type, which can be selected without more ado.
pub fn plain(name: &str) -> Vec<String> {
    fields("type", name)
        .into_iter()
        .filter(|field| body("type", bare(&field.kind)).is_none() && body("interface", bare(&field.kind)).is_none())
        .map(|field| field.name)
        .collect()
}
