//! Everything in the schema says what it is, in words that add something to its name; what takes only certain words is an enum.

use std::collections::BTreeSet;

use api::graphql::{processes, schema::schema};
use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, InputValueDefinition, ServiceDocument, Type, TypeDefinition, TypeKind, TypeSystemDefinition},
};
use domain::process::Process;
use workflows::engine::Rules;

fn document() -> ServiceDocument {
    parse_schema(schema().sdl()).expect("the schema is its own language")
}

fn types(document: &ServiceDocument) -> impl Iterator<Item = &TypeDefinition> {
    document.definitions.iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(found) => Some(&found.node),
        _ => None,
    })
}

/// A thing of the schema with its description.
struct Told {
    path: String,
    words: Option<String>,
    /// An input field or an argument that takes free text.
    free: bool,
}

fn takes_text(kind: &Type) -> bool {
    match &kind.base {
        BaseType::Named(name) => name == "String",
        BaseType::List(of) => takes_text(of),
    }
}

fn input(owner: &str, value: &InputValueDefinition) -> Told {
    let words = value.description.as_ref().map(|text| text.node.clone());
    Told { path: format!("{owner}.{}", value.name.node), words, free: takes_text(&value.ty.node) }
}

fn field(owner: &str, field: &FieldDefinition, all: &mut Vec<Told>) {
    let path = format!("{owner}.{}", field.name.node);
    all.extend(field.arguments.iter().map(|argument| input(&path, &argument.node)));
    all.push(Told { path, words: field.description.as_ref().map(|text| text.node.clone()), free: false });
}

fn everything(document: &ServiceDocument) -> Vec<Told> {
    let mut all = Vec::new();
    for found in types(document) {
        let name = found.name.node.as_str();
        all.push(Told { path: name.to_owned(), words: found.description.as_ref().map(|text| text.node.clone()), free: false });
        match &found.kind {
            TypeKind::Object(object) => object.fields.iter().for_each(|one| field(name, &one.node, &mut all)),
            TypeKind::Interface(interface) => interface.fields.iter().for_each(|one| field(name, &one.node, &mut all)),
            TypeKind::InputObject(object) => all.extend(object.fields.iter().map(|one| input(name, &one.node))),
            TypeKind::Enum(words) => all.extend(words.values.iter().map(|word| Told {
                path: format!("{name}.{}", word.node.value.node),
                words: word.node.description.as_ref().map(|text| text.node.clone()),
                free: false,
            })),
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
    }
    all
}

/// Words of a text or a name, in small letters: `decidedOn` is two.
fn words(text: &str) -> BTreeSet<String> {
    let mut spaced = String::new();
    for letter in text.chars() {
        if letter.is_uppercase() {
            spaced.push(' ');
        }
        spaced.extend(letter.to_lowercase());
    }
    let caps = text.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase);
    spaced.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).chain(caps).filter(|word| word.len() > 1).collect()
}

const FILLERS: [&str; 9] = ["the", "of", "its", "it", "is", "an", "this", "list", "input"];

/// What is wrong with a description, if anything is.
fn wrong(told: &Told, fields: &BTreeSet<String>) -> Option<&'static str> {
    let text = told.words.as_deref().unwrap_or_default().trim();
    if text.is_empty() {
        return Some("says nothing");
    }
    if !text.ends_with(['.', '。']) {
        return Some("has no full stop");
    }
    let name = words(&told.path);
    if words(text).iter().all(|word| name.contains(word) || FILLERS.contains(&word.as_str())) {
        return Some("repeats its name");
    }
    (told.free && closed(text, fields)).then_some("takes certain words only: make it an enum")
}

/// Whether a text lists the words that are allowed: two or more in backticks or in capitals that are no fields, joined by “or”.
fn closed(text: &str, fields: &BTreeSet<String>) -> bool {
    let quoted: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let is_word = |word: &&str| word.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '_') && !fields.contains(*word);
    let capitals = text.split(|letter: char| !letter.is_ascii_uppercase() && letter != '_').filter(|word| word.len() > 3).count();
    let said = ["zh or en", "one of the words", "only these words"].iter().any(|phrase| text.contains(phrase));
    said || (text.contains(" or ") && (quoted.iter().filter(|word| is_word(word)).count() > 1 || capitals > 1))
}

#[test]
fn everything_in_the_schema_says_what_it_is() {
    let document = document();
    let all = everything(&document);
    let fields: BTreeSet<String> = all.iter().filter_map(|told| Some(told.path.rsplit_once('.')?.1.to_owned())).collect();
    let found: Vec<_> = all.iter().filter_map(|told| Some(format!("{}: {}", told.path, wrong(told, &fields)?))).collect();
    println!("described: {} of {}", all.len() - found.len(), all.len());
    assert!(all.len() > 2_500, "the schema was read: {}", all.len());
    assert!(found.is_empty(), "{} of {} are not described:\n{}", found.len(), all.len(), found.join("\n"));
}

#[test]
fn the_lint_finds_what_is_wrong() {
    let told = |path: &str, words: &str, free| Told { path: path.to_owned(), words: Some(words.to_owned()), free };
    let fields = BTreeSet::from(["seats".to_owned(), "pendingSeats".to_owned()]);
    assert_eq!(wrong(&Told { path: "A.b".to_owned(), words: None, free: false }, &fields), Some("says nothing"));
    assert_eq!(wrong(&told("Record.decidedOn", "Day of the decision", false), &fields), Some("has no full stop"));
    assert_eq!(wrong(&told("Record.decidedOn", "Decided on.", false), &fields), Some("repeats its name"));
    assert_eq!(wrong(&told("BatchConnection.edges", "A list of edges.", false), &fields), Some("repeats its name"));
    let shut = Some("takes certain words only: make it an enum");
    assert_eq!(wrong(&told("AddAccountInput.language", "How letters are written: zh or en.", true), &fields), shut);
    assert_eq!(wrong(&told("I.channel", "Where it came from: `counter` or `portal`.", true), &fields), shut);
    assert_eq!(wrong(&told("I.channel", "Where it came from: COUNTER or PORTAL.", true), &fields), shut);
    assert_eq!(wrong(&told("I.seat", "As `seats` or `pendingSeats` show it.", true), &fields), None);
    assert_eq!(wrong(&told("Record.decidedOn", "Day of the decision: terms run from it.", false), &fields), None);
}

/// The mutations of a process say who may, from which states, under which article and since when, written by hand or not.
#[test]
fn every_mutation_of_a_process_says_what_the_table_says() {
    let document = document();
    let told: Vec<_> = everything(&document).into_iter().filter(|told| told.path.starts_with("Mutation.")).collect();
    let of = |name: &str| told.iter().find(|told| told.path == format!("Mutation.{name}")).and_then(|told| told.words.clone());
    let mut by_hand = 0;
    for process in Process::ALL {
        for (mutation, lines) in processes::told(*process) {
            let words = of(mutation).unwrap_or_else(|| panic!("{process}: the table has {mutation}, GraphQL has not"));
            assert!(words.contains(lines) && words.len() > lines.len(), "{mutation}: {words}");
            by_hand += 1;
        }
    }
    assert!(by_hand > 10, "{by_hand}");
    let rules = Rules::embedded().expect("the law loads");
    for version in rules.catalogue.all() {
        let definition = &version.definition;
        for row in definition.transition.iter().filter(|row| row.by_a_person()) {
            let mutation = definition.mutation(row.verb);
            let words = of(&mutation).unwrap_or_else(|| panic!("{}: nobody can {}", definition.key, row.verb));
            for part in ["Who: ", "Since release "] {
                assert!(words.contains(part), "{mutation} does not say “{part}”: {words}");
            }
            assert!(words.contains("Law: ") || words.contains("A rule of the house."), "{mutation}: {words}");
        }
    }
}
