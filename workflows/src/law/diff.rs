//! What changes from one law file to another, in words: terms, times, transitions, who may act.

use std::collections::BTreeMap;

use domain::{calendar::YearFile, office::Role};
use serde::Serialize;
use toml::{Table, Value};

use super::{
    FileFault,
    diff_words::{attribute, table, unit},
};

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Terms,
    Times,
    Transitions,
    Who,
    Days,
    Other,
}

/// One difference, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub about: About,
    pub zh: String,
    pub en: String,
}

/// Chinese and English.
pub(super) type Said = (String, String);

/// A place in a file: which table, which of its rows, which attribute.
type Place = (String, String, String);

/// Table, row, attribute, what it said and what it says.
type Changed = (String, Said, String, Option<Said>, Option<Said>);

/// One thing that a file says; `state` keeps rows apart that say the same of several states.
#[derive(Clone, Debug)]
struct Fact {
    row: Said,
    state: Option<String>,
    value: Said,
}

/// Every difference between two files of a kind; `names` are for messages.
///
/// # Errors
/// When one of them cannot be read.
pub fn diff(names: [&str; 2], texts: [&str; 2]) -> Result<Vec<Difference>, FileFault> {
    let (old, new) = (facts(names[0], texts[0])?, facts(names[1], texts[1])?);
    let mut found: BTreeMap<Changed, Vec<String>> = BTreeMap::new(); // with the states of which it holds
    let places: std::collections::BTreeSet<&Place> = old.keys().chain(new.keys()).collect();
    let rows = |facts: &BTreeMap<Place, Fact>| -> std::collections::BTreeSet<(String, String)> {
        facts.keys().map(|(table, row, _)| (table.clone(), row.clone())).collect()
    };
    let (old_rows, new_rows) = (rows(&old), rows(&new));
    let mut whole = std::collections::BTreeSet::new();
    for place in places {
        let (before, after) = (old.get(place), new.get(place));
        let value = |fact: Option<&Fact>| fact.map(|fact| fact.value.clone());
        let Some(one) = after.or(before) else { continue };
        if value(before) == value(after) {
            continue;
        }
        // A row that is there on one side only is told once, whole.
        let id = (place.0.clone(), place.1.clone());
        if !place.0.is_empty() && place.0 != "day" && old_rows.contains(&id) != new_rows.contains(&id) {
            if whole.insert(id.clone()) {
                let (there, is_new) = if new_rows.contains(&id) { (&new, true) } else { (&old, false) };
                let told = Some(all_of(there, &id));
                let key = (place.0.clone(), one.row.clone(), "row".to_owned(), told.clone().filter(|_| !is_new), told.filter(|_| is_new));
                found.entry(key).or_default().extend(one.state.clone());
            }
            continue;
        }
        let states = found.entry((place.0.clone(), one.row.clone(), place.2.clone(), value(before), value(after))).or_default();
        states.extend(one.state.clone());
    }
    Ok(found.into_iter().map(|((name, row, attribute, old, new), states)| said(&name, &row, &attribute, old, new, &states)).collect())
}

/// Everything that a row says, in one sentence.
fn all_of(facts: &BTreeMap<Place, Fact>, (table, row): &(String, String)) -> Said {
    let of_row = facts.iter().filter(|(place, _)| place.0 == *table && place.1 == *row && !matches!(place.2.as_str(), "zh" | "en"));
    let one = |(place, fact): (&Place, &Fact)| {
        let (zh, en) = attribute(&place.2);
        (format!("{zh} {}", fact.value.0), format!("{en} {}", fact.value.1))
    };
    let (zh, en): (Vec<_>, Vec<_>) = of_row.map(one).unzip();
    (zh.join("；"), en.join("; "))
}

fn said(name: &str, row: &Said, attribute: &str, old: Option<Said>, new: Option<Said>, states: &[String]) -> Difference {
    let ((table_zh, table_en), (what_zh, what_en)) = (table(name), self::attribute(attribute));
    let within = if states.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("（状态 {}）", states.join("、")), format!(" (in {})", states.join(", ")))
    };
    let head = if row.0.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("{table_zh}“{}”{}：", row.0, within.0), format!("{table_en} “{}”{}: ", row.1, within.1))
    };
    let (zh, en) = match (old, new) {
        (Some(old), Some(new)) => {
            (format!("{what_zh}由“{}”改为“{}”", old.0, new.0), format!("{what_en} changes from “{}” to “{}”", old.1, new.1))
        }
        (None, Some(new)) => (format!("新增{what_zh}“{}”", new.0), format!("{what_en} is added: “{}”", new.1)),
        (Some(old), None) => (format!("取消{what_zh}“{}”", old.0), format!("{what_en} is dropped: “{}”", old.1)),
        (None, None) => (String::new(), String::new()),
    };
    Difference { about: about(name, attribute), zh: head.0 + &zh, en: head.1 + &en }
}

fn about(name: &str, attribute: &str) -> About {
    match (name, attribute) {
        (_, "who" | "owner") => About::Who,
        ("grade" | "rule" | "special" | "list_type", _) => About::Terms,
        ("parameter" | "deadline" | "limit", _) => About::Times,
        ("transition" | "state" | "state_map", _) => About::Transitions,
        ("day", _) => About::Days,
        _ => About::Other,
    }
}

/// What a file calls its acts, by their keys.
type Titles = BTreeMap<String, Said>;

fn acts(file: &Table) -> Titles {
    let acts = file.get("act").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table);
    let text = |row: &Table, key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    acts.filter_map(|row| Some((text(row, "verb")?, (text(row, "zh")?, text(row, "en")?)))).collect()
}

fn facts(name: &str, text: &str) -> Result<BTreeMap<Place, Fact>, FileFault> {
    let mut facts = BTreeMap::new();
    if text.trim_start().starts_with('{') {
        let file = name.rsplit('/').next().unwrap_or(name);
        let year: serde_json::Value = serde_json::from_str(text).map_err(|fault| FileFault::json(name, &fault))?;
        // Two years' files are compared whatever they are called.
        let called = format!("{}.json", year["year"]);
        let year = YearFile::read(&called, text).map_err(|fault| FileFault::at(file, text, &fault.to_string()))?;
        for (day, title, off) in year.days {
            let (zh, en) = if off { ("放假", "off") } else { ("上班", "worked") };
            let value = (format!("{zh}（{title}）"), format!("{en} ({title})"));
            facts.insert(
                ("day".into(), day.to_string(), "day".into()),
                Fact { row: (day.to_string(), day.to_string()), state: None, value },
            );
        }
        return Ok(facts);
    }
    // Two instruments that say the same under the same article say the same.
    let heading: Table = toml::from_str(text).map_err(|fault| FileFault::toml(name, text, &fault))?;
    let own = heading.get("instrument").and_then(Value::as_str).map(|key| format!("\"{key}/"));
    let text = own.map_or_else(|| text.to_owned(), |own| text.replace(&own, "\""));
    let file: Table = toml::from_str(&text).map_err(|fault| FileFault::toml(name, &text, &fault))?;
    let titles = acts(&file);
    for (key, value) in &file {
        match value {
            Value::Array(rows) if rows.iter().all(Value::is_table) && !rows.is_empty() => {
                for (place, row) in rows.iter().filter_map(Value::as_table).enumerate() {
                    of_row(key, place, row, &titles, &mut facts);
                }
            }
            Value::Table(inner) => {
                for (attribute, value) in inner {
                    let row = (attribute.clone(), attribute.clone());
                    facts.insert(
                        (key.clone(), attribute.clone(), "value".into()),
                        Fact { row, state: None, value: words("value", value, &titles) },
                    );
                }
            }
            other => {
                let nobody = (String::new(), String::new());
                facts.insert(
                    (String::new(), String::new(), key.clone()),
                    Fact { row: nobody, state: None, value: words(key, other, &titles) },
                );
            }
        }
    }
    Ok(facts)
}

fn of_row(name: &str, place: usize, row: &Table, titles: &Titles, facts: &mut BTreeMap<Place, Fact>) {
    let text = |key: &str| row.get(key).and_then(Value::as_str);
    let states: Vec<Option<&str>> = match row.get("from").and_then(Value::as_array) {
        Some(from) if name == "transition" => from.iter().map(Value::as_str).collect(),
        _ => vec![None],
    };
    let id = match text("verb").or_else(|| text("key")) {
        Some(id) => id.to_owned(),
        None if name == "rule" => ["kinds", "procedure", "size", "listing"]
            .iter()
            .filter_map(|key| Some((key, row.get(*key)?)))
            .map(|(key, value)| if value.is_bool() { (*key).to_owned() } else { words("kinds", value, titles).1 })
            .collect::<Vec<_>>()
            .join(" "),
        None => text("zh").map_or_else(|| place.to_string(), str::to_owned),
    };
    let title = match (text("verb").and_then(|verb| titles.get(verb)), text("zh"), text("en")) {
        (Some(title), _, _) => title.clone(),
        (None, Some(zh), Some(en)) => (zh.to_owned(), en.to_owned()),
        _ => (id.clone(), id.clone()),
    };
    for state in states {
        for (attribute, value) in row.iter().filter(|(attribute, _)| !matches!(attribute.as_str(), "key" | "verb" | "from" | "mark")) {
            let row = (name.to_owned(), format!("{id}@{}", state.unwrap_or_default()), attribute.clone());
            facts.insert(row, Fact { row: title.clone(), state: state.map(str::to_owned), value: words(attribute, value, titles) });
        }
    }
}

/// A value as people write it.
fn words(attribute: &str, value: &Value, titles: &Titles) -> Said {
    let plain = |text: &str| match attribute {
        "who" | "owner" | "desk" => Role::from_key(text).map(Role::title),
        "starts" | "met_by" | "dropped_by" | "at_end" => titles.get(text).map(|(zh, en)| (zh.as_str(), en.as_str())),
        _ => None,
    };
    match value {
        Value::String(text) => plain(text).map_or_else(|| (text.clone(), text.clone()), |(zh, en)| (zh.to_owned(), en.to_owned())),
        Value::Array(all) => {
            let all: Vec<_> = all.iter().map(|one| words(attribute, one, titles)).collect();
            let join = |pick: fn(&Said) -> &str, with: &str| all.iter().map(pick).collect::<Vec<_>>().join(with);
            (join(|one| &one.0, "、"), join(|one| &one.1, ", "))
        }
        Value::Table(inner) => match (inner.get("value").and_then(Value::as_integer), inner.get("unit").and_then(Value::as_str)) {
            (Some(count), Some(counted)) => {
                let (zh, en) = unit(counted);
                let one = if count == 1 { en.trim_end_matches('s') } else { en.as_str() };
                (format!("{count}{zh}"), format!("{count} {one}"))
            }
            _ => match (inner.get("zh").and_then(Value::as_str), inner.get("en").and_then(Value::as_str)) {
                (Some(zh), Some(en)) if inner.len() == 2 => (zh.to_owned(), en.to_owned()),
                _ => (value.to_string(), value.to_string()),
            },
        },
        other => (other.to_string(), other.to_string()),
    }
}
