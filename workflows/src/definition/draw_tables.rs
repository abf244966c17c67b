//! The tables of a process in Markdown, every cell in both languages: rows, time limits, dates of forms, reasons, what binds every
//! act, and why nothing presses in a state.

use std::fmt::Write;

use super::{
    common::Common,
    file::{Definition, Transition},
    titles::{Reader, Said, owned},
    told::state,
    words::Ask,
};
use crate::law::{Mark, Words};

/// What a cell says that has nothing to say.
const NONE: &str = "–";

/// Chinese and English beside each other, in a cell.
fn both((zh, en): Said) -> String {
    cell(&format!("{zh} {en}"))
}

/// Sentences of a cell, Chinese and English in a line each.
fn lines(all: impl IntoIterator<Item = Said>) -> String {
    let lines: Vec<_> = all.into_iter().map(both).collect();
    if lines.is_empty() { NONE.to_owned() } else { lines.join("<br>") }
}

/// The whole law of a process as a table: who may do what, from where to where, what is brought, what has to hold, what
/// follows, under which article; with `words`, its words as a fold beside the row.
pub fn table(reader: Reader<'_>, words: bool) -> String {
    let definition = reader.definition;
    let mut out = String::from(
        "| 事项 | act | 从 from | 到 to | 谁 who | 须提交 asks | 条件 if | 结果 then | 依据 why |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for row in &definition.transition {
        let to = if row.to == "same" { owned(("不变", "the same")) } else { state(definition, &row.to) };
        let (zh, en) = definition.act_title(row.verb);
        let told = reader.row(row);
        let mut guards = told.conditions;
        if guards.is_empty() {
            guards.push(owned(("无另设条件", "no further condition")));
        }
        let _ = writeln!(
            out,
            "| {zh} | `{}` {en} | {} | {} | {} | {} | {} | {} | {} |",
            row.verb,
            lines(row.from.iter().map(|key| state(definition, key))),
            both(to),
            lines(row.who.iter().map(|role| owned(role.title()))),
            lines(told.asks),
            lines(guards),
            lines(told.effects),
            why(reader, row, words)
        );
    }
    out
}

/// Every time limit: what begins, meets, drops and pauses it, from which day it counts, how long it is by which article or setting.
pub(super) fn limits(reader: Reader<'_>, words: bool) -> String {
    let definition = reader.definition;
    if definition.deadline.is_empty() {
        return String::new();
    }
    let mut out = String::from(
        "| 期限 | time limit | 起算 begins with | 长度 length | 完成 met by | 取消 dropped by | 中止 paused in | 届满 at its end | 谁 who | 依据 why |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for rule in &definition.deadline {
        let told = reader.limit(rule);
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            cell(&rule.zh),
            cell(&rule.en),
            lines(told.begins),
            lines(told.length),
            lines(told.met_by),
            lines(told.dropped_by),
            lines(told.paused_in),
            lines(told.at_end),
            lines(rule.owner.map(|role| owned(role.title()))),
            cited(reader, &rule.cites, &[], rule.house.as_ref(), words)
        );
    }
    out
}

/// Between which days the dates of the process's forms lie.
pub(super) fn form_dates(reader: Reader<'_>) -> String {
    if reader.definition.form_date.is_empty() {
        return String::new();
    }
    let mut out = String::from("| 表单中的日期 a date of a form | 最早 first day | 最晚 last day |\n|---|---|---|\n");
    for rule in &reader.definition.form_date {
        let [key, from, to] = [owned(rule.key.title()), reader.floor(&rule.from), reader.ceiling(&rule.to)].map(both);
        let _ = writeln!(out, "| {key} | {from} | {to} |");
    }
    out.push('\n');
    out
}

/// The reasons that may be given as a code in this process, with what the register has to say for each.
pub(super) fn reasons(reader: Reader<'_>, words: bool) -> String {
    let definition = reader.definition;
    if !definition.transition.iter().any(|row| row.asks.contains(&Ask::ReasonCode)) {
        return String::new();
    }
    let mut out = String::from("| 理由代号 reason code | 登记须有 what the register has to say | 依据 why |\n|---|---|---|\n");
    for check in reader.law.refusal_checks() {
        if check.processes.is_empty() || check.processes.contains(&definition.key) {
            let why = cited(reader, &check.cites, &[], check.house.as_ref(), words);
            let _ = writeln!(out, "| {} | {} | {why} |", both(owned(check.code.title())), both(owned(check.check.title())));
        }
    }
    out.push('\n');
    out
}

/// What binds every act by a person, although no row says it.
pub(super) fn common(reader: Reader<'_>, words: bool) -> String {
    let mut out = String::from("| 对每一事项均适用 in every act by a person | 依据 why |\n|---|---|\n");
    for rule in Common::ALL.iter().filter(|rule| rule.concerns(reader.definition)) {
        let cites: Vec<_> = rule.article().map(str::to_owned).into_iter().collect();
        let house = rule.house().map(|(zh, en)| Words::new(zh, en));
        let _ = writeln!(out, "| {} | {} |", both(owned(rule.title())), cited(reader, &cites, &[], house.as_ref(), words));
    }
    out.push('\n');
    out
}

/// Why nothing presses in a state: it rests and may still move, or it is open and no day runs.
pub(super) fn rests(definition: &Definition) -> String {
    let mut lines = definition.state.iter().filter_map(|state| Some((state, state.why.as_ref()?))).peekable();
    if lines.peek().is_none() {
        return String::new();
    }
    let mut out = String::from("| 状态 | state | 为何没有期限 why no day runs |\n|---|---|---|\n");
    for (state, why) in lines {
        let _ = writeln!(out, "| {} | {} | {} |", cell(&state.zh), cell(&state.en), cell(&format!("{} {}", why.zh, why.en)));
    }
    out.push('\n');
    out
}

fn why(reader: Reader<'_>, row: &Transition, words: bool) -> String {
    cited(reader, &row.cites, &row.like, row.house.as_ref(), words)
}

/// The law of a row, the reason of a house rule, and the law that it is like but does not rest on.
fn cited(reader: Reader<'_>, cites: &[String], like: &[String], house: Option<&Words>, words: bool) -> String {
    let article = |before: &str, cite: &String| {
        if words { folded(reader, before, cite) } else { format!("{before}{}", both(reader.law.sources().title(cite))) }
    };
    let mut parts: Vec<_> = cites.iter().map(|cite| article("", cite)).collect();
    parts.extend(house.map(|house| cell(&format!("本单位规定：{} house rule: {}", house.zh, house.en))));
    parts.extend(like.iter().map(|cite| article("参照 like ", cite)));
    if words { parts.concat() } else { parts.join("；") }
}

/// An article as a fold in a cell: its title, and inside its words with where and when they were read, or why they are absent.
fn folded(reader: Reader<'_>, before: &str, cite: &str) -> String {
    let sources = reader.law.sources();
    let inside = match sources.quote(cite) {
        Some(quote) => {
            let note = quote.note.as_ref().map(|note| format!("<br><i>{}</i>", cell(&note.said()))).unwrap_or_default();
            let partly = if quote.mark == Mark::Confirmed { "" } else { "（节录 excerpt）" };
            format!("{}{note}<br><a href=\"{}\">来源 source</a>{partly}，{}", cell(&quote.words), cell(&quote.link), quote.read_on)
        }
        None => sources.absent(cite).map(|why| format!("<i>{}</i>", cell(&why.said()))).unwrap_or_default(),
    };
    format!("<details><summary>{before}{}</summary>{inside}</details>", both(sources.title(cite)))
}

/// A text inside a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('|', "&#124;").replace('\n', "<br>")
}
