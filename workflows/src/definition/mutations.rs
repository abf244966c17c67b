//! The GraphQL mutations of every process, as Rust text: input, payload and resolver of each act that a person does on an
//! existing case without a form. What they take is the union over all versions, non-null only where every version asks.
//!
//! `make generate` writes the text; a test holds what is checked in against it.

use std::{collections::BTreeMap, fmt::Write};

use domain::{
    paper::{ChoiceKey, ItemList},
    process::{Process, Verb},
};

use super::{
    Catalogue, Definition, asked,
    file::Transition,
    header::camel,
    mutation_words::{self, is_written, on_a_case, versions},
    words::{Ask, Effect, NameKey},
};
use crate::law::Law;

/// A field of a mutation's input.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    name: String,
    ask: Ask,
    required: bool,
    /// Points that are settled, not opened.
    settles: bool,
}

/// An act of a process as all its versions have it.
struct Act<'a> {
    verb: Verb,
    /// The newest version that has it.
    definition: &'a Definition,
    rows: Vec<&'a Transition>,
    fields: Vec<Field>,
}

/// `repair_application` as `RepairApplication`.
pub fn pascal(key: &str) -> String {
    let text = camel(key);
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

/// The GraphQL input type of a mutation.
pub fn input_type(mutation: &str) -> String {
    format!("{}Input", pascal(&snake(mutation)))
}

/// The input field of what is asked; none of a form, whose fields stand in it.
pub fn field(definition: &Definition, row: &Transition, ask: &Ask) -> Option<String> {
    let key = ask.key()?;
    if let Some(name) = definition.field(row.verb, key) {
        return Some(name.to_owned());
    }
    Some(match ask {
        Ask::Items(list) if settles(row, *list) => "points".to_owned(),
        _ => camel(key),
    })
}

fn settles(row: &Transition, list: ItemList) -> bool {
    row.effects.contains(&Effect::SettleItems(list))
}

/// The acts of a process whose mutation is written from the table.
fn acts(catalogue: &Catalogue, process: Process) -> Vec<Act<'_>> {
    let versions = versions(catalogue, process);
    let mut verbs: Vec<Verb> = Vec::new();
    for definition in versions.iter().rev() {
        verbs.extend(definition.transition.iter().filter(|row| on_a_case(row)).map(|row| row.verb));
    }
    let mut seen = std::collections::BTreeSet::new();
    verbs.retain(|verb| seen.insert(*verb));
    let act = |verb: Verb| {
        let rows: Vec<_> = versions.iter().flat_map(|definition| definition.rows_of(verb)).filter(|row| on_a_case(row)).collect();
        let definition = versions.iter().rev().find(|definition| definition.rows_of(verb).next().is_some())?;
        is_written(&versions, verb).then(|| Act { verb, definition, fields: fields(&versions, verb), rows })
    };
    verbs.into_iter().filter_map(act).collect()
}

/// The union of what every row of every version asks, in the order in which it is asked first.
fn fields(versions: &[&Definition], verb: Verb) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    let rows: Vec<_> = versions
        .iter()
        .flat_map(|definition| definition.rows_of(verb).filter(|row| on_a_case(row)).map(|row| (*definition, row)))
        .collect();
    for (definition, row) in &rows {
        for ask in &row.asks {
            let Some(name) = field(definition, row, ask) else { continue };
            let settles = matches!(ask, Ask::Items(list) if settles(row, *list));
            if !found.iter().any(|field| field.name == name) {
                found.push(Field { name, ask: ask.clone(), required: true, settles });
            }
        }
    }
    for field in &mut found {
        let asked = |(definition, row): &(&Definition, &Transition)| {
            row.asks.iter().any(|ask| ask.required() && self::field(definition, row, ask).as_deref() == Some(&field.name))
        };
        field.required = rows.iter().all(asked);
    }
    found
}

impl Field {
    /// Rust type, and how the input's value is taken in.
    fn rust(&self) -> (String, String) {
        let or = |kind: &str, required: String, optional: String| {
            if self.required { (kind.to_owned(), required) } else { (format!("Option<{kind}>"), optional) }
        };
        match &self.ask {
            Ask::Reason => or("String", "i.reason(v)".into(), "i.may_reason(v)".into()),
            Ask::ReasonCode => or("EnumOf<ReasonWord>", "i.reason_code(v)".into(), "i.may_reason_code(v)".into()),
            Ask::Document(kind) | Ask::MayAdd(kind) => {
                or("DocumentInput", format!("i.document(DocumentKind::{kind:?}, v)"), format!("i.may_add(DocumentKind::{kind:?}, v)"))
            }
            Ask::Date(asked) | Ask::MayDate(asked) => {
                or("Date", format!("i.date(DateKey::{:?}, v)", asked.key), format!("i.may_date(DateKey::{:?}, v)", asked.key))
            }
            Ask::Items(list) => {
                let does = if self.settles { "settle(".to_owned() } else { format!("open({:?}, ", self.name) };
                or("Vec<String>", format!("i.{does}ItemList::{list:?}, v)"), format!("i.{does}ItemList::{list:?}, v.unwrap_or_default())"))
            }
            Ask::Choice(ChoiceKey::Confirmed) => ("bool".to_owned(), "i.confirmed(v)".to_owned()),
            Ask::Choice(key) => or(
                &format!("EnumOf<{key:?}>"),
                format!("i.choice(ChoiceKey::{key:?}, v.0.key())"),
                format!("i.may_choice(ChoiceKey::{key:?}, v.map(|v| v.0.key()))"),
            ),
            Ask::MayName(NameKey::SectorRule) => ("Option<String>".to_owned(), "i.rule(v)".to_owned()),
            Ask::MayName(NameKey::Measures) => ("Option<Vec<String>>".to_owned(), "i.measures(v)".to_owned()),
            Ask::Text(key) => ("String".to_owned(), format!("i.text({:?}, v)", key.key())),
            Ask::Office => ("String".to_owned(), "i.office(v)".to_owned()),
            Ask::Form(_) => (String::new(), String::new()),
        }
    }

    /// What the field is, for people: more than its name says.
    fn words(&self) -> String {
        let pair = |(zh, en): (&str, &str)| format!("{zh}: {en}");
        match &self.ask {
            Ask::Reason => "理由: the reasons in words; they are sealed, and stand in the letter and the entry.".to_owned(),
            Ask::ReasonCode => "理由代号: the reason as a word of the closed set; it must agree with the register.".to_owned(),
            Ask::Document(kind) | Ask::MayAdd(kind) => format!("{}; the id of an upload.", pair(kind.title())),
            Ask::Date(asked) | Ask::MayDate(asked) => {
                if self.required {
                    format!("{}.", pair(asked.key.title()))
                } else {
                    format!("{}; the day of the act where none is given.", pair(asked.key.title()))
                }
            }
            Ask::Items(list) if self.settles => format!("{}: keys of open points, as `points` of the case shows them.", list.title().0),
            Ask::Items(list) => format!("{}; one text a point.", pair(list.title())),
            Ask::Choice(ChoiceKey::Confirmed) => "确认: true where it was checked.".to_owned(),
            Ask::Choice(key) => format!("{}.", pair(key.title())),
            Ask::MayName(NameKey::SectorRule) => format!("{}: a key of the law's data, not free text.", pair(NameKey::SectorRule.title())),
            Ask::MayName(NameKey::Measures) => format!("{}: keys of the law's data, not free text.", pair(NameKey::Measures.title())),
            Ask::Text(key) => format!("{}; it is sealed, and stands in no letter.", pair(key.title())),
            Ask::Office => format!("{}: the key of an office.", pair(asked::OFFICE_TITLE)),
            Ask::Form(_) => String::new(),
        }
    }
}

impl Act<'_> {
    /// Its input fields in the macro's words, and the end of its line.
    fn write_fields(&self, out: &mut String) {
        for field in &self.fields {
            let (kind, take) = field.rust();
            let _ = write!(out, "\n        /// {}\n        {}: {kind} => |i, v| {take},", field.words(), snake(&field.name));
        }
        out.push_str(if self.fields.is_empty() { "}\n" } else { "\n    }\n" });
    }

    /// What the act is, who may do it, from which states, under which article, whom it tells.
    fn words(&self, law: &Law) -> Vec<String> {
        let definition = self.definition;
        let (zh, en) = definition.act_title(self.verb);
        let mut lines = vec![format!("{en}. {zh}。")];
        if let Some(help) = definition.act_words(self.verb).and_then(|act| act.help.as_ref()) {
            lines.push(format!("{}. {}。", help.en, help.zh));
        }
        lines.extend(mutation_words::lines(definition, &self.rows, law));
        lines
    }
}

/// The file of a process: `acts.rs` in its folder.
pub fn file(catalogue: &Catalogue, law: &Law, process: Process) -> String {
    let acts = acts(catalogue, process);
    let (kind, key) = (pascal(process.key()), process.key());
    let mut out = format!("//! Acts on cases of the process `{key}`. Written from the law by `make generate`; not edited by hand.\n\n");
    let (body, many) = (body(&acts, law), many(&acts));
    out.push_str(&imports(&body, &kind));
    let _ = writeln!(out, "/// Acts of the table that ask for no form.\n#[derive(Debug, Default)]\npub struct {kind}Acts;\n");
    let _ = writeln!(out, "crate::case_mutations!({kind}Acts, {kind}, {key}, {{\n{body}}} many {{\n{many}}});\n");
    out.push_str("/// What the table says of the mutations that are written by hand: who may, from which states, under which article, which\n/// letters they send.\npub const TOLD: &[(&str, &str)] = &[\n");
    for (mutation, lines) in mutation_words::by_hand(catalogue, law, process) {
        let _ = writeln!(out, "    ({mutation:?}, {:?}),", lines.join("\n"));
    }
    out.push_str("];\n");
    out
}

fn body(acts: &[Act<'_>], law: &Law) -> String {
    let mut out = String::new();
    for act in acts {
        let mutation = act.definition.mutation(act.verb);
        for line in act.words(law) {
            let _ = writeln!(out, "    /// {line}");
        }
        let pascal = pascal(&snake(&mutation));
        let _ = write!(out, "    {} {pascal}Input {pascal}Payload {:?} {{", snake(&mutation), act.verb);
        act.write_fields(&mut out);
    }
    out
}

/// The acts that are done on many cases at once.
fn many(acts: &[Act<'_>]) -> String {
    let mut out = String::new();
    for act in acts {
        let Some(mutation) = act.definition.bulk(act.verb) else { continue };
        let (zh, en) = act.definition.act_title(act.verb);
        let alone = act.definition.mutation(act.verb);
        let _ = writeln!(out, "    /// {en}, on many cases at once. 批量{zh}。");
        let _ = writeln!(
            out,
            "    /// Each is decided alone, as `{alone}` would decide it, with its own key, entry and answer; one that is refused or"
        );
        let _ = writeln!(out, "    /// wrong holds up none of the others. 逐件独立作出，一件不成不影响其他各件。");
        let pascal = pascal(&snake(mutation));
        let _ = write!(out, "    {} {pascal}Input {pascal}Payload {pascal}Result {:?} {{", snake(mutation), act.verb);
        act.write_fields(&mut out);
    }
    out
}

/// The end of a path, as a formatter leaves it: several in braces, one without.
fn grouped(names: &[String]) -> String {
    if let [one] = names { one.clone() } else { format!("{{{}}}", names.join(", ")) }
}

/// Only what the file uses.
fn imports(body: &str, kind: &str) -> String {
    let uses = |word: &str| body.contains(word);
    let mut paper: Vec<String> = ["ChoiceKey", "DateKey", "DocumentKind", "ItemList"]
        .iter()
        .filter(|name| uses(&format!("{name}::")))
        .map(|name| (*name).to_owned())
        .collect();
    for key in ChoiceKey::ALL.iter().filter(|key| **key != ChoiceKey::RecordClass) {
        if uses(&format!("EnumOf<{key:?}>")) {
            paper.push(format!("{key:?}"));
        }
    }
    if uses("ReasonWord") {
        paper.push("ReasonWord".to_owned());
    }
    paper.sort();
    let mut domain: BTreeMap<&str, String> = BTreeMap::new();
    if !paper.is_empty() {
        domain.insert("paper", format!("paper::{}", grouped(&paper)));
    }
    if uses("EnumOf<RecordClass>") {
        domain.insert("record", "record::RecordClass".to_owned());
    }
    let mut out = String::new();
    if !domain.is_empty() {
        let _ = writeln!(out, "use domain::{};", grouped(&domain.into_values().collect::<Vec<_>>()));
    }
    if uses("Date =>") || uses("Option<Date>") {
        out.push_str("use time::Date;\n");
    }
    let _ = writeln!(out, "\nuse super::{kind};");
    let core: Vec<_> = [("enums::EnumOf", "EnumOf<"), ("input::DocumentInput", "DocumentInput")]
        .iter()
        .filter(|(_, word)| uses(word))
        .map(|(path, _)| (*path).to_owned())
        .collect();
    if !core.is_empty() {
        let _ = writeln!(out, "use crate::graphql::core::{};", grouped(&core));
    }
    out.push('\n');
    out
}

/// The list of processes as GraphQL has them: `mod.rs` of the folder.
pub fn list() -> String {
    let mut out = String::from(
        "//! The processes: a folder each, with its type and its forms by hand and its acts from the law. Written by `make\n//! generate`; not edited by hand.\n\n",
    );
    let mut rooms: Vec<_> = Process::ALL.iter().map(|process| process.key()).chain(["any"]).collect();
    rooms.sort_unstable();
    for room in rooms {
        let _ = writeln!(out, "pub mod {room};");
    }
    out.push_str("\ncrate::every_process! {\n");
    for process in Process::ALL {
        let (key, kind) = (process.key(), pascal(process.key()));
        let _ = writeln!(out, "    {key}: {kind}, {kind}Forms, {kind}Acts, {kind}Mutations;");
    }
    out.push_str("}\n");
    out
}
