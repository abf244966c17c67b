//! A counter-example in the words of the definition.

use serde_json::Value;

use super::model::{Actor, Step};
use super::{Script, property::Property};
use crate::definition::{
    file::{Definition, Transition},
    words::Guard,
};

/// One line of a counter-example.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Told {
    pub zh: String,
    pub en: String,
}

/// A guard as it stands in the file.
pub fn guard(guard: &Guard) -> String {
    fn text(value: &Value) -> String {
        match value {
            Value::Object(map) => {
                let parts: Vec<_> =
                    map.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| format!("{key} = {}", text(value))).collect();
                format!("{{ {} }}", parts.join(", "))
            }
            Value::Array(all) => format!("[{}]", all.iter().map(text).collect::<Vec<_>>().join(", ")),
            other => other.to_string(),
        }
    }
    match serde_json::to_value(guard) {
        Ok(Value::String(word)) => word,
        Ok(value) => text(&value),
        Err(fault) => fault.to_string(),
    }
}

/// The first word of a guard: what the list of irrelevant guards names it by.
pub fn guard_key(guard: &Guard) -> String {
    match serde_json::to_value(guard) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(map)) => map.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

fn state(definition: &Definition, key: &str) -> (String, String) {
    match definition.state(key) {
        Some(state) => (state.zh.clone(), state.en.clone()),
        None => ("新".to_owned(), "new".to_owned()),
    }
}

fn actor(definition: &Definition, step: &Step, row: &Transition) -> (String, String) {
    let persons: Vec<_> = row.who.iter().filter(|role| **role != domain::office::Role::System).map(|role| role.title()).collect();
    let roles = (
        persons.iter().map(|title| title.0).collect::<Vec<_>>().join("、"),
        persons.iter().map(|title| title.1).collect::<Vec<_>>().join(", "),
    );
    match &step.actor {
        Actor::Somebody => roles,
        Actor::SomebodyElse => (format!("另一人（{}）", roles.0), format!("somebody else ({})", roles.1)),
        Actor::Watched => (format!("甲（{}）", roles.0), format!("person A ({})", roles.1)),
        Actor::Timer(key) => {
            let rule = definition.deadline(key);
            rule.map_or_else(Default::default, |rule| (format!("期限“{}”届满", rule.zh), format!("the deadline “{}” has passed", rule.en)))
        }
        Actor::FollowUp => ("随前一步".to_owned(), "follows the act before".to_owned()),
        Actor::OtherCase => ("由另一事项发来".to_owned(), "sent by another case".to_owned()),
    }
}

fn conditions(row: &Transition) -> (String, String) {
    if row.guards.is_empty() {
        return ("无条件".to_owned(), "no guard".to_owned());
    }
    let all = row.guards.iter().map(guard).collect::<Vec<_>>().join(", ");
    (format!("条件 {all}"), format!("if {all}"))
}

/// What the compiled model printed while it replayed a counter-example, told step by step; `broken` is the property.
pub(super) fn tell(script: &Script<'_>, broken: Property, replay: &str) -> Vec<Told> {
    let definition = script.definition;
    let mut at = "new".to_owned();
    let mut told = Vec::new();
    let mut say = |zh: String, en: String| told.push(Told { zh, en });
    for line in replay.lines() {
        let Some((word, rest)) = line.trim().strip_prefix('@').and_then(|line| line.split_once(' ').or(Some((line, "")))) else { continue };
        let fact = || script.facts.get(rest).cloned().unwrap_or_default();
        match word {
            "start" => say(format!("起初：{}", fact().0), format!("at the start: {}", fact().1)),
            "rises" => say(format!("此时：{}", fact().0), format!("now: {}", fact().1)),
            "falls" => say(format!("不再成立：{}", fact().0), format!("no longer: {}", fact().1)),
            "hurry" => say("问：由此能否继续？".to_owned(), "asked: does anything lead on from here?".to_owned()),
            "passes" => {
                let Some(rule) = definition.deadline(rest) else { continue };
                say(format!("期限“{}”届满", rule.zh), format!("the deadline “{}” passes", rule.en));
            }
            "step" => {
                let Some(step) = rest.parse::<usize>().ok().and_then(|number| script.steps.get(number)) else { continue };
                let row = &definition.transition[step.row];
                let (from, who, when) = (state(definition, &at), actor(definition, step, row), conditions(row));
                if row.to != "same" {
                    at.clone_from(&row.to);
                }
                let (to, verb) = (state(definition, &at), definition.act_title(row.verb));
                say(
                    format!("{}：{} → {}（{}；{}；{}）", from.0, verb.0, to.0, row.verb, who.0, when.0),
                    format!("{}: {} → {} ({}; {}; {})", from.1, verb.1, to.1, row.verb, who.1, when.1),
                );
            }
            _ => {}
        }
    }
    if matches!(broken, Property::NoDeadEnd | Property::EveryOpenCaseCanEnd) {
        stuck(definition, &at, &mut say);
    }
    let (zh, en) = broken.title();
    say(format!("违反：{zh}"), format!("broken: {en}"));
    told
}

/// What would lead out of the state where the case is stuck, and under which guards.
fn stuck(definition: &Definition, at: &str, say: &mut impl FnMut(String, String)) {
    let here = state(definition, at);
    let rows: Vec<_> = definition.transition.iter().filter(|row| row.from.iter().any(|from| from == at)).collect();
    say(format!("停在：{}", here.0), format!("stuck in: {}", here.1));
    for row in &rows {
        let (verb, when) = (definition.act_title(row.verb), conditions(row));
        say(format!("走不通：{}（{}；{}）", verb.0, row.verb, when.0), format!("leads nowhere: {} ({}; {})", verb.1, row.verb, when.1));
    }
    if rows.is_empty() {
        say("没有任何事项从此出发".to_owned(), "no row starts here".to_owned());
    }
}
