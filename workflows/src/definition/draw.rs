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
    header::{About, Keeper, PartySees},
    titles::Reader,
    words::{Effect, Point},
};
use crate::law::{Law, Mark, Words};

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
            let _ = writeln!(out, "  {from} --> {to} : {}", definition.act_title(row.verb).0);
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
        let titles: Vec<_> = verbs.iter().map(|verb| catalogue.act_title(*to, *verb).0).collect();
        let _ = writeln!(out, "  {from} -->|\"{}\"| {to}", titles.join("<br>"));
    }
    out
}

/// The whole law of a process as a table: who may do what, from where to where, what is brought, what has to hold, what
/// follows, under which article; with `words`, its words as a fold beside the row.
pub fn table(reader: Reader<'_>, law: &Law, words: bool) -> String {
    let definition = reader.definition;
    let mut out = String::from(
        "| 事项 | act | 从 from | 到 to | 谁 who | 须提交 asks | 条件 if | 结果 then | 依据 why |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in &definition.transition {
        let from: Vec<_> = row.from.iter().map(|key| state(definition, key)).collect();
        let to = if row.to == "same" { "–".to_owned() } else { state(definition, &row.to) };
        let who: Vec<_> = row.who.iter().map(|role| role.title()).map(|(zh, en)| format!("{zh} {en}")).collect();
        let (zh, en) = definition.act_title(row.verb);
        let mut guards: Vec<_> = row.guards.iter().map(|guard| reader.guard(guard)).collect();
        if row.decides {
            guards.insert(0, ("须由第二人决定".to_owned(), "decides: a second person".to_owned()));
        }
        if let Some(why) = &row.more_than_once {
            guards.push((format!("可以多次办理：{}", why.zh), format!("more than once: {}", why.en)));
        }
        let _ = writeln!(
            out,
            "| {zh} | `{}` {en} | {} | {to} | {} | {} | {} | {} | {} |",
            row.verb,
            from.join("<br>"),
            who.join("<br>"),
            lines(row.asks.iter().map(|ask| reader.ask(ask))),
            lines(guards),
            lines(row.effects.iter().map(|effect| reader.effect(effect))),
            why(row, law, words)
        );
    }
    out
}

/// Sentences of a cell, Chinese and English in a line each.
fn lines(all: impl IntoIterator<Item = (String, String)>) -> String {
    let lines: Vec<_> = all.into_iter().map(|(zh, en)| cell(&format!("{zh} {en}"))).collect();
    if lines.is_empty() { "–".to_owned() } else { lines.join("<br>") }
}

/// Every time limit: what begins, meets, drops and pauses it, how long it is by which article or setting.
fn limits(definition: &Definition, law: &Law, words: bool) -> String {
    if definition.deadline.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "| 期限 | time limit | 起算 begins with | 长度 length | 完成 met by | 取消 dropped by | 中止 paused in | 届满 at its end | 谁 who | 依据 why |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for rule in &definition.deadline {
        let or = |text: String| if text.is_empty() { "–".to_owned() } else { text };
        let paused: Vec<_> = rule.paused_in.iter().map(|key| state(definition, key)).collect();
        let point =
            |point: &Option<Point>| point.as_ref().map_or_else(String::new, |point| format!("“{}”", point.list.point_title(&point.item).0));
        let begins: Vec<_> =
            [titles(definition, &rule.starts), point(&rule.starts_at)].into_iter().filter(|text| !text.is_empty()).collect();
        let met: Vec<_> = [titles(definition, &rule.met_by), point(&rule.met_at)].into_iter().filter(|text| !text.is_empty()).collect();
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            rule.zh,
            rule.en,
            begins.join("<br>"),
            length(definition, rule, law),
            or(met.join("<br>")),
            or(titles(definition, &rule.dropped_by)),
            or(paused.join("<br>")),
            or(titles(definition, &rule.at_end)),
            rule.owner.map_or("–", |role: Role| role.title().0),
            cited(&rule.cites, &[], rule.house.as_ref(), law, words)
        );
    }
    out
}

/// A process on a page: its header, its picture, its table, its time limits; with `words`, the words of the articles folded
/// beside them.
pub fn page(version: &Version, catalogue: &Catalogue, law: &Law, words: bool) -> String {
    let definition = &version.definition;
    let mut out = format!("# {} {}\n\n", definition.title.zh, definition.title.en);
    let _ = writeln!(out, "`{}` {}, SHA-256 `{}`\n", definition.key, definition.version(), version.digest);
    let _ = writeln!(out, "{}\n", header(definition));
    let _ = writeln!(out, "```mermaid\n{}```\n", mermaid(definition));
    let _ = writeln!(out, "{}", table(Reader { definition, catalogue }, law, words));
    out.push_str(&rests(definition));
    out.push_str(&limits(definition, law, words));
    out
}

/// Why nothing presses in a state: it rests and may still move, or it is open and no day runs.
fn rests(definition: &Definition) -> String {
    let mut lines = definition.state.iter().filter_map(|state| Some((state, state.why.as_ref()?))).peekable();
    if lines.peek().is_none() {
        return String::new();
    }
    let mut out = String::from("| 状态 | state | 为何没有期限 why no day runs |\n|---|---|---|\n");
    for (state, why) in lines {
        let _ = writeln!(out, "| {} | {} | {} |", state.zh, state.en, cell(&format!("{} {}", why.zh, why.en)));
    }
    out.push('\n');
    out
}

/// What the header of a definition says, in sentences.
fn header(definition: &Definition) -> String {
    let about = match definition.about {
        About::Record => "针对一条失信信息 about one publication record",
        About::Subject => "针对一个信用主体 about a credit subject",
        About::None => "不针对单个主体 about no single subject",
    };
    let kept = match definition.kept_by {
        Keeper::Opener => "由提出的单位办理 kept by the office that opens it",
        Keeper::FindingOffice => "由作出认定的单位办理 kept by the office that made the finding",
    };
    let sees = match &definition.party_sees {
        PartySees::All => "当事人可见 its subject sees it".to_owned(),
        PartySees::Never => "当事人不可见 its subject does not see it".to_owned(),
        PartySees::AllBut(states) => {
            let states: Vec<_> = states.iter().map(|key| state(definition, key)).collect();
            format!("除下列状态外当事人可见 its subject sees it but in: {}", states.join("、"))
        }
    };
    let imported = definition.imported_by.map(|rank| format!("- 可由文件导入 opened by files of: {} {}\n", rank.title().0, rank.title().1));
    format!("- 案号 numbers: {}…\n- {about}\n- {kept}\n- {sees}\n{}", definition.number, imported.unwrap_or_default())
}

/// Every page by its file's name, with the map as the first.
pub fn book(catalogue: &Catalogue, law: &Law) -> Vec<(String, String)> {
    let mut first = format!("# 流程总图 The processes and what they set going\n\n```mermaid\n{}```\n\n", map(catalogue));
    for version in catalogue.newest() {
        let definition = &version.definition;
        let _ = writeln!(first, "- [{} {}]({}.md)", definition.title.zh, definition.title.en, definition.key);
    }
    let pages = catalogue.newest().map(|version| (format!("{}.md", version.definition.key), page(version, catalogue, law, true)));
    std::iter::once(("README.md".to_owned(), first)).chain(pages).collect()
}

fn state(definition: &Definition, key: &str) -> String {
    let (zh, _) = definition.state_title(key);
    if key == "new" { "新案".to_owned() } else { zh }
}

fn titles(definition: &Definition, verbs: &[Verb]) -> String {
    verbs.iter().map(|verb| definition.act_title(*verb).0).collect::<Vec<_>>().join("<br>")
}

fn why(row: &Transition, law: &Law, words: bool) -> String {
    cited(&row.cites, &row.like, row.house.as_ref(), law, words)
}

/// The law of a row, the reason of a house rule, and the law that it is like but does not rest on.
fn cited(cites: &[String], like: &[String], house: Option<&Words>, law: &Law, words: bool) -> String {
    let article =
        |before: &str, cite: &String| if words { folded(before, cite, law) } else { format!("{before}{}", law.sources().title(cite).0) };
    let mut parts: Vec<_> = cites.iter().map(|cite| article("", cite)).collect();
    parts.extend(house.map(|house| cell(&format!("本单位规定：{} house rule: {}", house.zh, house.en))));
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
        Some(setting) => (law.settings().number(setting), setting_note(setting, law)),
        None => (parameter.value, format!("（{}）", articles(&parameter.law, law))),
    };
    format!("{}{}{note}", setting.map_or_else(String::new, |count| count.to_string()), parameter.unit.map_or("", |unit| unit.title().0))
}

/// A setting beside its value: its key, and since when and by whom it is so.
fn setting_note(key: &str, law: &Law) -> String {
    let known = law.settings().get(key);
    let source = known.map(|setting| format!("，自{}：{}", setting.dated, source(&setting.source, law))).unwrap_or_default();
    format!("（设置 `{key}`{source}）")
}

fn source(source: &str, law: &Law) -> String {
    if law.sources().exists(source).is_ok() { law.sources().title(source).0 } else { "本单位自定 house".to_owned() }
}

fn articles(cites: &[String], law: &Law) -> String {
    cites.iter().map(|cite| law.sources().title(cite).0).collect::<Vec<_>>().join("、")
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
