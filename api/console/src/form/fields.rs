//! Fields as the template draws them: what is asked, what was typed, what is wrong.

use serde_json::{Value, json};

use super::Typed;
use crate::{ask::WrongField, visit::Language};

/// What surrounds the fields of one form.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    pub typed: &'a Typed,
    pub wrong: &'a [WrongField],
    pub language: Language,
    /// Open points of the case: what `POINTS` may choose.
    pub points: &'a Value,
}

/// The fields of what an act asks for, under a prefix.
pub fn of(asks: &Value, prefix: &str, around: Around<'_>) -> Vec<Value> {
    asks.as_array().into_iter().flatten().map(|ask| one(ask, prefix, around)).collect()
}

fn one(ask: &Value, prefix: &str, around: Around<'_>) -> Value {
    let field = ask["field"].as_str().unwrap_or_default();
    let name = if prefix.is_empty() { field.to_owned() } else { format!("{prefix}.{field}") };
    let typed = around.typed;
    let wrong: Vec<&str> = around
        .wrong
        .iter()
        .filter(|wrong| wrong.field == name || (ask["kind"] == "DOCUMENT" && wrong.field.starts_with(&format!("{name}."))))
        .map(|wrong| around.language.of_both(&wrong.words))
        .collect();
    let mut drawn = json!({
        "name": name, "field": field, "kind": ask["kind"], "title": ask["title"], "help": ask["help"], "required": ask["required"],
        "options": ask["options"], "accept": ask["accept"], "sheet": ask["sheet"], "signsOff": ask["signsOff"], "value": typed.one(&name), "values": typed.many(&name), "wrong": wrong,
    });
    match ask["kind"].as_str().unwrap_or_default() {
        "FORM" => drawn["fields"] = of(&ask["form"], &name, around).into(),
        "ROWS" => {
            let mut rows = typed.rows(&name);
            if rows.is_empty() && ask["required"] == true {
                rows.insert(0);
            }
            if typed.one("more") == name {
                rows.insert(rows.last().map_or(0, |last| last + 1));
            }
            let drawn_rows = rows.iter().map(|row| of(&ask["form"], &format!("{name}.{row}"), around));
            drawn["rows"] = drawn_rows.map(Value::from).collect();
        }
        "DOCUMENT" => {
            drawn["kept"] = json!({ "id": typed.one(&format!("{name}.upload")), "name": typed.one(&format!("{name}.name")) });
            drawn["draft"] = (!typed.one(&format!("{name}.draft")).is_empty()).into();
        }
        "POINTS" => drawn["options"] = points(ask, around),
        // One word to choose from is chosen already.
        "CHOICE" if typed.one(&name).is_empty() && ask["options"].as_array().is_some_and(|all| all.len() == 1) => {
            drawn["value"] = ask["options"][0]["key"].clone();
            drawn["values"] = json!([ask["options"][0]["key"]]);
        }
        _ => {}
    }
    drawn
}

/// Open points of the case; of a list with points of its own only these.
fn points(ask: &Value, around: Around<'_>) -> Value {
    let known = ask["options"].as_array().map(Vec::as_slice).unwrap_or_default();
    let open = around.points.as_array().into_iter().flatten().filter(|point| point["status"] == "OPEN");
    let fits = |point: &&Value| known.is_empty() || known.iter().any(|option| option["key"] == point["key"]);
    let shown = |point: &Value| {
        let own = point["text"].is_string();
        let title = if own { json!({ "zh": point["text"], "en": point["text"] }) } else { point["title"].clone() };
        json!({ "key": point["key"], "title": title, "own": own })
    };
    open.filter(fits).map(shown).collect()
}

/// What is wrong in the fields under a prefix, each with the title of its field where the words do not name it.
pub fn named(asks: &Value, prefix: &str, wrong: &[WrongField]) -> Value {
    let one = |one: &WrongField| {
        let field = one.field.strip_prefix(prefix).unwrap_or(&one.field).trim_start_matches('.');
        let title = title(asks, field.split('.').filter(|part| part.parse::<usize>().is_err()));
        let title = title.filter(|title| title["zh"].as_str().is_some_and(|text| !text.is_empty() && !one.words.zh.contains(text)));
        json!({ "field": one.field, "words": one.words, "title": title })
    };
    wrong.iter().map(one).collect()
}

fn title<'a>(asks: &Value, mut path: impl Iterator<Item = &'a str>) -> Option<Value> {
    let next = path.next()?;
    let ask = asks.as_array()?.iter().find(|ask| ask["field"] == next)?;
    title(&ask["form"], path).or_else(|| Some(ask["title"].clone()))
}
