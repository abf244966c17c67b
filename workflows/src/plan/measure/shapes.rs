//! The shape of each question, read into what the measure counts.

use std::collections::HashMap;

use domain::record::Sector;

use super::{
    fault::{Code, Fault, Place},
    members::{Object, items, members, text, word},
    node::Node,
};
use crate::plan::{
    cells::CellType,
    completeness::{Completeness, Field, Line, LineKind, Required, completeness},
    coverage::{Collected, Operator, UnknownOperator, coverage},
    dual_publication::{Answer, Asked, Decision, DualFault, DualPublication, Kind, Outcome, Sent, dual_publication},
    share::{Counted, Share},
};
use domain::calendar::Calendars;

/// Every item of a list, read by one function.
fn each<'n, 'a, T>(
    object: &Object<'_, 'n, 'a>,
    list: &'static str,
    read: impl Fn(&'n Node<'a>, &Place<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let place = object.at(list);
    object.list(list)?.iter().enumerate().map(|(index, node)| read(node, &Place::Item(&place, index))).collect()
}

/// The place of a member of an item of a list at the top.
fn at(list: &str, index: usize, member: &str) -> String {
    format!("/{list}/{index}/{member}")
}

pub fn percent(node: &Node<'_>) -> Result<Counted, Fault> {
    let object = Object::of(node, &Place::Whole, &["measure", "num", "den"])?;
    let (num, den) = (object.number("num")?, object.number("den")?);
    if num > den {
        return Err(object.at("num").fault(Code::BadNumber));
    }
    Ok(Counted::of(Share::new(num, den), 0, Vec::new()))
}

pub fn covered(node: &Node<'_>) -> Result<Counted, Fault> {
    let object = Object::of(node, &Place::Whole, &["measure", "asOf", "field", "operators", "information"])?;
    let (as_of, field) = (object.day("asOf")?, object.word_if_any("field", Sector::from_key)?);
    let operators = each(&object, "operators", operator)?;
    let information = each(&object, "information", collected)?;
    coverage(as_of, field, &operators, &information)
        .map_err(|UnknownOperator(index)| Fault::new(Code::UnknownKey, at("information", index, "operator")))
}

fn operator<'n>(node: &'n Node<'_>, place: &Place<'_>) -> Result<Operator<'n>, Fault> {
    let object = Object::of(node, place, &["key", "fields", "from", "until", "valid"])?;
    let key = object.text("key")?;
    let fields = each(&object, "fields", |node, place| word(node, place, Sector::from_key))?;
    let (from, until) = (object.day("from")?, object.day_if_any("until")?);
    Ok(Operator { key, fields, from, until, valid: object.flag("valid")? })
}

fn collected<'n>(node: &'n Node<'_>, place: &Place<'_>) -> Result<Collected<'n>, Fault> {
    let object = Object::of(node, place, &["operator", "item", "counts", "collectedOn", "endedOn"])?;
    let operator = object.text("operator")?;
    object.text("item")?;
    let counts = object.flag("counts")?;
    Ok(Collected { operator, counts, collected_on: object.day("collectedOn")?, ended_on: object.day_if_any("endedOn")? })
}

fn kind(word: &str) -> Option<Kind> {
    match word {
        "LICENCE" => Some(Kind::Licence),
        "PENALTY" => Some(Kind::Penalty),
        _ => None,
    }
}

pub fn published(node: &Node<'_>, calendars: &Calendars, days: u32) -> Result<DualPublication, Fault> {
    let object = Object::of(node, &Place::Whole, &["measure", "asOf", "kind", "decisions", "sent"])?;
    let asked = Asked { as_of: object.day("asOf")?, kind: object.word_if_any("kind", kind)?, days };
    let decisions = each(&object, "decisions", decision)?;
    let sent = each(&object, "sent", sent_line)?;
    dual_publication(calendars, asked, &decisions, &sent).map_err(|fault| match fault {
        DualFault::SameDecision(index) => Fault::new(Code::DuplicateKey, at("decisions", index, "key")),
        DualFault::UnknownDecision(index) => Fault::new(Code::UnknownKey, at("sent", index, "key")),
        DualFault::OutOfRange(index) => Fault::new(Code::BadDate, at("decisions", index, "decidedOn")),
    })
}

fn decision<'n>(node: &'n Node<'_>, place: &Place<'_>) -> Result<Decision<'n>, Fault> {
    let object = Object::of(node, place, &["key", "kind", "decidedOn", "annulledOn", "omission"])?;
    let (key, kind) = (object.text("key")?, object.word("kind", kind)?);
    let (decided_on, annulled_on) = (object.day("decidedOn")?, object.day_if_any("annulledOn")?);
    Ok(Decision { key, kind, decided_on, annulled_on, omission: object.flag("omission")? })
}

fn sent_line<'n>(node: &'n Node<'_>, place: &Place<'_>) -> Result<Sent<'n>, Fault> {
    let object = Object::of(node, place, &["key", "sentOn", "ownCheck", "outcome", "code", "answeredOn"])?;
    let (key, sent_on, own_check) = (object.text("key")?, object.day("sentOn")?, object.text_if_any("ownCheck")?);
    let outcome = object.word_if_any("outcome", |word| match word {
        "ACCEPTED" => Some(Outcome::Accepted),
        "RETURNED" => Some(Outcome::Returned),
        _ => None,
    })?;
    let (code, answered_on) = (object.text_if_any("code")?, object.day_if_any("answeredOn")?);
    let answer = match (outcome, answered_on) {
        (None, None) => None,
        (Some(outcome), Some(on)) => Some(Answer { outcome, code, on }),
        // What was answered and when are known together or not at all.
        (None, Some(_)) => return Err(object.at("outcome").fault(Code::MissingField)),
        (Some(_), None) => return Err(object.at("answeredOn").fault(Code::MissingField)),
    };
    Ok(Sent { key, sent_on, own_check, answer })
}

fn line_kind(word: &str) -> Option<LineKind> {
    match word {
        "ORG" => Some(LineKind::Org),
        "SOLE" => Some(LineKind::Sole),
        "PERSON" => Some(LineKind::Person),
        _ => None,
    }
}

pub fn complete(node: &Node<'_>) -> Result<Completeness, Fault> {
    let object = Object::of(node, &Place::Whole, &["measure", "fields", "lines"])?;
    let place = object.at("fields");
    let mut keys = HashMap::new();
    for (index, node) in object.list("fields")?.iter().enumerate() {
        let here = Place::Item(&place, index);
        let field = Object::of(node, &here, &FIELD)?;
        if keys.insert(field.text("key")?, index).is_some() {
            return Err(field.at("key").fault(Code::DuplicateKey));
        }
    }
    let fields = each(&object, "fields", |node, place| field(node, place, &keys))?;
    let lines = each(&object, "lines", |node, place| line(node, place, &keys))?;
    Ok(completeness(&fields, &lines))
}

/// Members of a field, as the catalogue has them.
const FIELD: [&str; 7] = ["key", "zh", "en", "type", "longest", "options", "required"];

fn field<'n>(node: &'n Node<'_>, place: &Place<'_>, keys: &HashMap<&str, usize>) -> Result<Field<'n>, Fault> {
    let object = Object::of(node, place, &FIELD)?;
    let key = object.text("key")?;
    object.text_if_any("zh")?;
    object.text_if_any("en")?;
    let longest = object.number_if_any("longest")?;
    let options = object.find("options").map(|_| each(&object, "options", |node, place| text(node, place))).transpose()?;
    let cell = match object.word("type", |word| Some(word.to_owned()))?.as_str() {
        "text" => CellType::Text(longest),
        "code" => CellType::Code(longest),
        "uscc" => CellType::Uscc,
        "resident_id" => CellType::ResidentId,
        "date" => CellType::Date,
        "money" => CellType::Money,
        "choice" => CellType::Choice(options.ok_or_else(|| object.at("options").fault(Code::MissingField))?),
        _ => return Err(object.at("type").fault(Code::BadWord)),
    };
    Ok(Field { key, cell, required: required(&object, keys)? })
}

/// `"always"`, `{"kinds": […]}` or `{"with": "another field"}`; a field without it may stay empty.
fn required(field: &Object<'_, '_, '_>, keys: &HashMap<&str, usize>) -> Result<Required, Fault> {
    let place = field.at("required");
    let Some(node) = field.find("required") else { return Ok(Required::Never) };
    if matches!(node, Node::Text(_)) {
        return word(node, &place, |word| (word == "always").then_some(Required::Always));
    }
    let object = Object::of(node, &place, &["kinds", "with"])?;
    match (object.find("kinds"), object.find("with")) {
        (Some(kinds), None) => {
            let inside = object.at("kinds");
            let kinds = items(kinds, &inside)?.iter().enumerate();
            let kinds = kinds.map(|(index, node)| word(node, &Place::Item(&inside, index), line_kind));
            Ok(Required::Kinds(kinds.collect::<Result<_, _>>()?))
        }
        (None, Some(_)) => {
            let other = keys.get(object.text("with")?);
            other.map(|index| Required::With(*index)).ok_or_else(|| object.at("with").fault(Code::UnknownKey))
        }
        (Some(_), Some(_)) => Err(object.at("with").fault(Code::UnknownField)),
        (None, None) => Err(object.at("kinds").fault(Code::MissingField)),
    }
}

fn line<'n>(node: &'n Node<'_>, place: &Place<'_>, keys: &HashMap<&str, usize>) -> Result<Line<'n>, Fault> {
    let object = Object::of(node, place, &["key", "kind", "values"])?;
    let (key, kind) = (object.text("key")?, object.word("kind", line_kind)?);
    let inside = object.at("values");
    let mut values = vec![""; keys.len()];
    let mut seen = vec![false; keys.len()];
    for (name, node) in members(object.need("values")?, &inside)? {
        let here = Place::Member(&inside, name);
        let index = *keys.get(name.as_ref()).ok_or_else(|| here.fault(Code::UnknownField))?;
        if std::mem::replace(&mut seen[index], true) {
            return Err(here.fault(Code::DuplicateKey));
        }
        values[index] = match node {
            Node::Null => "",
            Node::Text(text) => text,
            _ => return Err(here.fault(Code::BadWord)),
        };
    }
    Ok(Line { key, kind, values })
}
