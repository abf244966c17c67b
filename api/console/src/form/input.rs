//! The input of a mutation, from what was typed.

use serde_json::{Map, Value, json};

use super::Typed;
use crate::ask::WrongField;

/// Puts what was typed into the input, and collects what is missing or cannot be read.
pub fn of(asks: &Value, prefix: &str, typed: &Typed, input: &mut Map<String, Value>, wrong: &mut Vec<WrongField>) {
    for ask in asks.as_array().into_iter().flatten() {
        let field = ask["field"].as_str().unwrap_or_default();
        let name = if prefix.is_empty() { field.to_owned() } else { format!("{prefix}.{field}") };
        match value(ask, &name, typed, wrong) {
            Some(value) => {
                input.insert(field.to_owned(), value);
            }
            None if ask["required"] == true => wrong.push(missing(ask, &name)),
            None => {}
        }
    }
}

fn missing(ask: &Value, name: &str) -> WrongField {
    let title = |language: &str| ask["title"][language].as_str().unwrap_or_default().to_owned();
    let choose = matches!(ask["kind"].as_str(), Some("CHOICE" | "REASON_CODE" | "POINTS" | "KEYS" | "YES_NO"));
    let attach = ask["kind"] == "DOCUMENT";
    let (zh, en) = match (choose, attach) {
        (true, _) => ("请选择", "Choose"),
        (_, true) => ("请提交", "Attach"),
        _ => ("请填写", "Fill in"),
    };
    WrongField::new(name, format!("{zh}“{}”", title("zh")), format!("{en}: {}", title("en")))
}

fn value(ask: &Value, name: &str, typed: &Typed, wrong: &mut Vec<WrongField>) -> Option<Value> {
    let text = typed.one(name);
    let given = || (!text.is_empty()).then(|| Value::from(text));
    match ask["kind"].as_str().unwrap_or_default() {
        "DOCUMENT" => {
            let part = |part: &str| typed.one(&format!("{name}.{part}"));
            let (upload, named, draft) = (part("upload"), part("name"), part("draft"));
            match (ask["signsOff"] == true && !draft.is_empty(), upload.is_empty()) {
                (true, _) => Some(json!({ "draft": draft })),
                (false, false) => Some(json!({ "upload": upload, "name": named })),
                (false, true) => None,
            }
        }
        "POINTS" => list(typed.many(name)),
        "KEYS" | "NEW_POINTS" => {
            list(typed.many(name).into_iter().flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty()).collect())
        }
        "YES_NO" => match text {
            "yes" => Some(true.into()),
            "no" => Some(false.into()),
            _ => None,
        },
        "NUMBER" => {
            if let Ok(number) = text.parse::<i32>()
                && number >= 0
            {
                return Some(number.into());
            }
            if !text.is_empty() {
                let zh = format!("“{text}”不是0以上的整数，或者过大");
                wrong.push(WrongField::new(name, zh, format!("“{text}” is not a whole number of 0 or more, or it is too large")));
            }
            None
        }
        "FORM" => {
            let mut inner = Map::new();
            of(&ask["form"], name, typed, &mut inner, wrong);
            Some(inner.into())
        }
        "ROWS" => {
            let rows = typed.rows(name).into_iter().filter_map(|row| one_row(&ask["form"], &format!("{name}.{row}"), typed, wrong));
            let rows: Vec<Value> = rows.collect();
            (!rows.is_empty()).then(|| rows.into())
        }
        _ => given(),
    }
}

/// A row in which nothing was typed counts as not there.
fn one_row(asks: &Value, name: &str, typed: &Typed, wrong: &mut Vec<WrongField>) -> Option<Value> {
    let (mut row, mut inside) = (Map::new(), Vec::new());
    of(asks, name, typed, &mut row, &mut inside);
    if row.is_empty() {
        return None;
    }
    wrong.append(&mut inside);
    Some(row.into())
}

fn list(values: Vec<&str>) -> Option<Value> {
    (!values.is_empty()).then(|| values.into_iter().map(Value::from).collect())
}
