//! `workflows prove`: the process tables before a model checker.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    process::ExitCode,
    sync::Mutex,
    thread,
};

use anyhow::{Context, Result, anyhow};
use clap::Args;
use domain::process::Process;
use serde_json::{Value, json};
use workflows::{
    definition::Definition,
    prove::{Irrelevant, Property, Script, Told, list, sent_to},
};

use super::{args::PlaceArgs, run::say};
use crate::{
    app,
    spin::{self, Checker},
};

/// What is to be proved.
#[derive(Debug, Args)]
pub struct ProveArgs {
    /// Only this process.
    process: Option<String>,
    /// A definition file that stands in for the built-in one of its process; may be given several times.
    #[arg(long = "file")]
    files: Vec<PathBuf>,
    /// Removes every guard, one by one, and shows which property breaks; one that breaks none must stand on the list of
    /// irrelevant ones.
    #[arg(long)]
    without_each_guard: bool,
    /// Keeps the models (.pml) in this folder.
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,
}

/// One line of the answer.
struct Line {
    good: bool,
    value: Value,
    words: String,
}

/// Proves every named property of every process table; exit code 1 where one does not hold.
pub(super) fn prove(args: &PlaceArgs, asked: &ProveArgs) -> Result<ExitCode> {
    let wanted = match &asked.process {
        Some(key) => Some(Process::from_key(key).with_context(|| {
            let allowed: Vec<_> = Process::ALL.iter().map(|process| process.key()).collect();
            format!("there is no process “{key}”; allowed: {}", allowed.join(", "))
        })?),
        None => None,
    };
    let definitions = definitions(asked)?;
    let irrelevant = if asked.without_each_guard { list().context("workflows/proofs/irrelevant")? } else { Vec::new() };
    let waiting: Vec<_> = definitions.iter().filter(|definition| wanted.is_none_or(|process| definition.key == process)).collect();
    let scripts: Vec<_> = waiting.into_iter().map(|definition| Script::of(definition, &sent_to(&definitions, definition))).collect();
    for script in &scripts {
        if let Some(folder) = &asked.write {
            spin::keep(script, folder).with_context(|| format!("cannot write to {}", folder.display()))?;
        }
    }
    let lines = each(&scripts, |script| if asked.without_each_guard { without_each(script, &irrelevant) } else { properties(script) })?;
    let mut good = true;
    for line in lines.iter().flatten() {
        good &= line.good;
        say(args, &line.value, &line.words);
    }
    if asked.without_each_guard && asked.process.is_none() {
        good &= stale(args, &scripts, &irrelevant);
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The newest definition of every process, with the files given in their place.
fn definitions(asked: &ProveArgs) -> Result<Vec<Definition>> {
    let rules = app::rules()?;
    let mut newest: BTreeMap<_, Definition> =
        rules.catalogue.newest().map(|version| (version.definition.key, version.definition.clone())).collect();
    for path in &asked.files {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let definition: Definition = toml::from_str(&text).with_context(|| path.display().to_string())?;
        newest.insert(definition.key, definition);
    }
    Ok(newest.into_values().collect())
}

/// Does the work for every script, as many at once as there are cores; answers in the order of the scripts.
fn each<'a, T: Send>(scripts: &[Script<'a>], work: impl Fn(&Script<'a>) -> Result<T> + Sync) -> Result<Vec<T>> {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(scripts.len().max(1));
    let next = Mutex::new(0..scripts.len());
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(number) = next.lock().ok().and_then(|mut next| next.next()) {
                    let answer = work(&scripts[number]);
                    if let Ok(mut done) = done.lock() {
                        done.push((number, answer));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().map_err(|_| anyhow!("a thread of the proof stopped"))?;
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, answer)| answer).collect()
}

fn heading(script: &Script<'_>) -> String {
    format!("{} {}", script.definition.key, script.definition.version())
}

fn indented(told: &[Told], of: impl Fn(&Told) -> &str) -> String {
    told.iter().map(|line| format!("\n    {}", of(line))).collect()
}

fn properties(script: &Script<'_>) -> Result<Vec<Line>> {
    let checker = Checker::compile(script)?;
    let mut lines = Vec::new();
    for property in &script.properties {
        let answer = checker.ask(*property, None)?;
        let told = answer.broken.as_ref().map(|replay| script.tell(*property, replay)).unwrap_or_default();
        let holds = answer.broken.is_none();
        let (zh, en) = property.title();
        let value = json!({
            "process": script.definition.key, "version": script.definition.version(), "property": property.key(),
            "zh": zh, "en": en, "holds": holds, "states": answer.states, "counterExample": told,
        });
        let verdict = if holds { "成立 holds" } else { "不成立 fails" };
        let mut words = format!("{}: {zh} {en}: {verdict}, {} states", heading(script), answer.states);
        if !holds {
            words += &indented(&told, |line| &line.zh);
            words += &indented(&told, |line| &line.en);
        }
        lines.push(Line { good: holds, value, words });
    }
    Ok(lines)
}

fn without_each(script: &Script<'_>, irrelevant: &[Irrelevant]) -> Result<Vec<Line>> {
    let checker = Checker::compile(script)?;
    let mut lines = Vec::new();
    for place in 0..script.places.len() {
        let mut broken: Vec<Property> = Vec::new();
        let mut states = 0;
        for property in script.properties.iter().filter(|_| script.reads(place)) {
            let answer = checker.ask(*property, Some(place))?;
            states += answer.states;
            broken.extend(answer.broken.is_some().then_some(*property));
        }
        let reason = irrelevant.iter().find(|entry| entry.names(script, place)).map(|entry| entry.reason.as_str());
        let keys: Vec<_> = broken.iter().map(|property| property.key()).collect();
        let (good, verdict) = match (keys.is_empty(), reason) {
            (false, None) => (true, format!("去掉即违反 its removal breaks {}", keys.join(", "))),
            (true, Some(reason)) => (true, format!("不涉及 irrelevant: {reason}")),
            (true, None) => (false, "既不违反、也未列入 its removal breaks nothing, and no list says why".to_owned()),
            (false, Some(_)) => {
                (false, format!("列为不涉及，但去掉即违反 listed as irrelevant, but its removal breaks {}", keys.join(", ")))
            }
        };
        let value = json!({
            "process": script.definition.key, "version": script.definition.version(), "without": script.place(place),
            "breaks": keys, "irrelevant": reason, "good": good, "states": states,
        });
        lines.push(Line { good, value, words: format!("{}: {}: {verdict}", heading(script), script.place(place)) });
    }
    Ok(lines)
}

/// Entries of the list that name no guard are shown; whether there are none.
fn stale(args: &PlaceArgs, scripts: &[Script<'_>], irrelevant: &[Irrelevant]) -> bool {
    let mut good = true;
    for entry in irrelevant {
        let rows: BTreeSet<_> = entry.rows.iter().copied().collect();
        for verb in rows {
            let one = Irrelevant { rows: vec![verb], ..entry.clone() };
            if !scripts.iter().any(|script| (0..script.places.len()).any(|place| one.names(script, place))) {
                good = false;
                let value = json!({ "process": entry.process, "guard": entry.guard, "verb": verb, "good": false });
                say(
                    args,
                    &value,
                    &format!("{}: {verb}: {}: 名单有误 on the list of irrelevant guards, but no such guard", entry.process, entry.guard),
                );
            }
        }
    }
    good
}
