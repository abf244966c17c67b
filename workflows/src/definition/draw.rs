//! Processes as pictures (Mermaid) and tables (Markdown), drawn from their definitions alone.

use std::{collections::BTreeMap, fmt::Write};

use domain::{
    office::Role,
    process::{Process, Verb},
};

use super::{
    Version,
    catalogue::Catalogue,
    file::{DeadlineRule, Definition, RecordDate, Rest, Transition},
    words::Effect,
};
use crate::law::{Law, Mark};

/// The process as a Mermaid state diagram, which Markdown viewers show as a picture.
pub fn mermaid(definition: &Definition) -> String {
    let mut out = String::from("stateDiagram-v2\n");
    for state in &definition.state {
        let _ = writeln!(out, "  {} : {} {}", state.key, state.zh, state.en);
    }
    for row in &definition.transition {
        for from in &row.from {
            let to = if row.to == "same" { from } else { &row.to };
            let from = if from == "new" { "[*]" } else { from.as_str() };
            let _ = writeln!(out, "  {from} --> {to} : {}", row.verb.title().0);
        }
    }
    for state in definition.state.iter().filter(|state| state.rest == Rest::Final) {
        let _ = writeln!(out, "  {} --> [*]", state.key);
    }
    out
}

/// How the newest versions of all processes move each other: an edge for every follow-up, with what it does there.
pub fn map(catalogue: &Catalogue) -> String {
    let mut edges: BTreeMap<(Process, Process), Vec<Verb>> = BTreeMap::new();
    for version in catalogue.newest() {
        let process = version.definition.key;
        for effect in version.definition.transition.iter().flat_map(|row| &row.effects) {
            let (Effect::MustDo(follow) | Effect::MayDo(follow)) = effect else { continue };
            let verbs = edges.entry((process, follow.on.process(process))).or_default();
            verbs.extend(follow.verbs.iter().filter(|verb| !verbs.contains(verb)).copied().collect::<Vec<_>>());
        }
    }
    let mut out = String::from("flowchart LR\n");
    for version in catalogue.newest() {
        let definition = &version.definition;
        let _ = writeln!(out, "  {}[\"{}<br>{}\"]", definition.key, definition.title.zh, definition.title.en);
    }
    for ((from, to), verbs) in edges.iter().filter(|((from, to), _)| from != to) {
        let titles: Vec<_> = verbs.iter().map(|verb| verb.title().0).collect();
        let _ = writeln!(out, "  {from} -->|\"{}\"| {to}", titles.join("<br>"));
    }
    out
}

/// Who may do what, from where to where, under which article; with `words`, its words as a fold beside the row.
pub fn table(definition: &Definition, law: &Law, words: bool) -> String {
    let mut out = String::from("| 事项 | act | 从 from | 到 to | 谁 who | 依据 why |\n|---|---|---|---|---|---|\n");
    for row in &definition.transition {
        let from: Vec<_> = row.from.iter().map(|key| state(definition, key)).collect();
        let to = if row.to == "same" { "–".to_owned() } else { state(definition, &row.to) };
        let who: Vec<_> = row.who.iter().map(|role| role.title()).map(|(zh, en)| format!("{zh} {en}")).collect();
        let (zh, en) = row.verb.title();
        let _ = writeln!(
            out,
            "| {zh} | `{}` {en} | {} | {to} | {} | {} |",
            row.verb,
            from.join("<br>"),
            who.join("<br>"),
            why(row, law, words)
        );
    }
    out
}

/// A process on a page: its picture, its table, its time limits; with `words`, the words of the articles folded beside them.
pub fn page(version: &Version, law: &Law, words: bool) -> String {
    let definition = &version.definition;
    let mut out = format!("# {} {}\n\n", definition.title.zh, definition.title.en);
    let _ = writeln!(out, "`{}` {}, SHA-256 `{}`\n", definition.key, definition.version(), version.digest);
    let _ = writeln!(out, "```mermaid\n{}```\n", mermaid(definition));
    let _ = writeln!(out, "{}", table(definition, law, words));
    if !definition.deadline.is_empty() {
        let _ = writeln!(
            out,
            "| 期限 | time limit | 起算 begins with | 长度 length | 届满 at its end | 谁 who | 依据 why |\n|---|---|---|---|---|---|---|"
        );
    }
    for rule in &definition.deadline {
        let at_end = titles(&rule.at_end);
        let who = rule.owner.map_or("–", |role: Role| role.title().0);
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {who} | {} |",
            rule.zh,
            rule.en,
            titles(&rule.starts),
            length(definition, rule, law),
            if at_end.is_empty() { "–" } else { &at_end },
            cited(&rule.cites, &[], rule.house.as_deref(), law, words)
        );
    }
    out
}

/// Every page by its file's name, with the map as the first.
pub fn book(catalogue: &Catalogue, law: &Law) -> Vec<(String, String)> {
    let mut first = format!("# 流程总图 The processes and what they set going\n\n```mermaid\n{}```\n\n", map(catalogue));
    for version in catalogue.newest() {
        let definition = &version.definition;
        let _ = writeln!(first, "- [{} {}]({}.md)", definition.title.zh, definition.title.en, definition.key);
    }
    let pages = catalogue.newest().map(|version| (format!("{}.md", version.definition.key), page(version, law, true)));
    std::iter::once(("README.md".to_owned(), first)).chain(pages).collect()
}

fn state(definition: &Definition, key: &str) -> String {
    let (zh, _) = definition.state_title(key);
    if key == "new" { "新案".to_owned() } else { zh }
}

fn titles(verbs: &[Verb]) -> String {
    verbs.iter().map(|verb| verb.title().0).collect::<Vec<_>>().join("<br>")
}

fn why(row: &Transition, law: &Law, words: bool) -> String {
    cited(&row.cites, &row.like, row.house.as_deref(), law, words)
}

/// The law of a row, the reason of a house rule, and the law that it is like but does not rest on.
fn cited(cites: &[String], like: &[String], house: Option<&str>, law: &Law, words: bool) -> String {
    let article =
        |before: &str, cite: &String| if words { folded(before, cite, law) } else { format!("{before}{}", law.sources().title(cite).0) };
    let mut parts: Vec<_> = cites.iter().map(|cite| article("", cite)).collect();
    parts.extend(house.map(|house| format!("house rule: {house}")));
    parts.extend(like.iter().map(|cite| article("参照 like ", cite)));
    if words { parts.concat() } else { parts.join("；") }
}

/// An article as a fold in a cell: its title, and inside its words with where and when they were read, or why they are absent.
fn folded(before: &str, cite: &str, law: &Law) -> String {
    let title = law.sources().title(cite).0;
    let inside = match law.sources().quote(cite) {
        Some(quote) => {
            let note = quote.note.as_ref().map(|note| format!("<br><i>{}</i>", cell(&note.said()))).unwrap_or_default();
            let partly = if quote.mark == Mark::Confirmed { "" } else { "（节录 excerpt）" };
            format!("{}{note}<br><a href=\"{}\">来源 source</a>{partly}，{}", cell(&quote.words), cell(&quote.link), quote.read_on)
        }
        None => law.sources().absent(cite).map(|why| format!("<i>{}</i>", cell(&why.said()))).unwrap_or_default(),
    };
    format!("<details><summary>{before}{title}</summary>{inside}</details>")
}

/// A text inside a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('|', "&#124;").replace('\n', "<br>")
}

fn length(definition: &Definition, rule: &DeadlineRule, law: &Law) -> String {
    let Some(key) = &rule.length else { return rule.due_on.map(|due| format!("至{}", day(due))).unwrap_or_default() };
    let Some(parameter) = definition.parameter.iter().find(|parameter| parameter.key == *key) else { return key.clone() };
    let (setting, note) = match &parameter.setting {
        Some(setting) => (law.settings().number(setting), format!("（设置 `{setting}`）")),
        None => (parameter.value, String::new()),
    };
    format!("{}{}{note}", setting.map_or_else(String::new, |count| count.to_string()), parameter.unit.map_or("", |unit| unit.title().0))
}

const fn day(date: RecordDate) -> &'static str {
    match date {
        RecordDate::MinTermEnd => "最短公示期届满日",
        RecordDate::MinTermNear => "最短公示期届满前若干日",
        RecordDate::MaxTermEnd => "最长公示期届满日",
        RecordDate::PublicationStart => "公示开始前一日",
        RecordDate::ContinuedUntil => "继续公示截止日",
        RecordDate::PeriodEnd => "报送期末日",
        RecordDate::AuthorityEnd => "授权截止日",
    }
}
