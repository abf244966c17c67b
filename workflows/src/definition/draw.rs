//! Processes as pictures (Mermaid) and pages (Markdown), drawn from their definitions and the law alone.

use std::{collections::BTreeMap, fmt::Write};

use domain::process::{Process, Verb};

use super::{
    Version,
    catalogue::Catalogue,
    draw_tables::{common, form_dates, limits, reasons, rests},
    file::{Definition, Rest},
    titles::Reader,
    words::Effect,
};
use crate::law::Law;

pub use super::draw_tables::table;

/// How a page is to be read: what holds on every page, and stands in no row.
pub const NOTES: [(&str, &str); 13] = [
    ("“–”表示没有。", "A dash stands for none."),
    (
        "须提交的材料齐全、条件同时具备的，方可办理。",
        "An act is done only where everything that is asked is brought and every condition holds.",
    ),
    (
        "系统随其他案件的事项办理的，无须提交材料，条件仍须具备。",
        "What the system does because of an act in another case brings nothing; its conditions have to hold all the same.",
    ),
    (
        "“同时”办理的事项不能办理的，本事项也不能办理；“条件具备时”办理的事项不影响本事项；已终结的案件不在其内。",
        "Where what an act “must do” is refused, the act is refused; what it “does where it can” refuses nothing. Cases that are over are left out.",
    ),
    (
        "日期所依之日案件中尚无的，以办理之日为准。",
        "Where the case does not know the day that bounds a date, the day of the act stands for it.",
    ),
    ("代理岗位的，代理人与被代理人视为同一人。", "A deputy and whoever the deputy stands in for count as one person."),
    (
        "须由不同的人办理的，写在条件中；未写明的，同一人可以办理。",
        "Where two acts need two persons, a condition says so; else one person may do both.",
    ),
    (
        "期限起算之日不计入；由系统因另一期限届满而办理的，自该届满日起算。",
        "The day from which a time limit counts is not counted itself. Where the system begins it at the end of another one, it counts from that last day.",
    ),
    (
        "案件了结的，未完成的期限取消，另有注明的除外。",
        "Where a case comes to rest, its open time limits are dropped, unless the row says otherwise.",
    ),
    (
        "数值取自设置的，为设置文件所载；管理员可以在其界限内更改，更改后以更改为准。",
        "A number of a setting is that of the settings file. An administrator may change it within its bounds, and then the change counts.",
    ),
    (
        "认领、退回待办由待办岗位的人办理，转派由单位负责人办理，回避由办案人员写明理由后办理；各类案件均同，不列入表中。",
        "Whoever holds the seat of a work item claims it and gives it back, the head of the office reassigns it, and whoever handles cases steps aside with a reason: the same in every process, and in no table.",
    ),
    (
        "单位之间的记事和征求意见在办理规则中只写一行（notes），各类案件均同，不改变状态，故不画入图中；当事人和公众看不到。",
        "Notes between offices are one line of a definition (notes), the same in every process; they change no state and are not in the picture. Neither the party nor the public sees them.",
    ),
    ("条件所说的文书和事实，以登记为准。", "What a condition says of documents and facts is what the register says of them."),
];

/// The process as a Mermaid state diagram, which Markdown viewers show as a picture.
pub fn mermaid(definition: &Definition) -> String {
    let mut out = String::from("stateDiagram-v2\n");
    for state in &definition.state {
        let _ = writeln!(out, "  {} : {} {}", state.key, state.zh, state.en);
    }
    for row in definition.transition.iter().filter(|row| !row.verb.is_between_offices()) {
        let (zh, en) = definition.act_title(row.verb);
        for from in &row.from {
            let to = if row.to == "same" { from } else { &row.to };
            let from = if from == "new" { "[*]" } else { from.as_str() };
            let _ = writeln!(out, "  {from} --> {to} : {zh} {en}");
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
        let titles: Vec<_> = verbs.iter().map(|verb| catalogue.act_title(*to, *verb)).map(|(zh, en)| format!("{zh} {en}")).collect();
        let _ = writeln!(out, "  {from} -->|\"{}\"| {to}", titles.join("<br>"));
    }
    out
}

/// A process on a page: its header, its picture, its tables, and how they are read; with `words`, the words of the articles folded
/// beside them.
pub fn page(version: &Version, catalogue: &Catalogue, law: &Law, words: bool) -> String {
    let definition = &version.definition;
    let reader = Reader { definition, catalogue, law };
    let mut out = format!("# {} {}\n\n", definition.title.zh, definition.title.en);
    let _ = writeln!(out, "`{}` {}, SHA-256 `{}`\n", definition.key, definition.version(), version.digest);
    let _ = writeln!(out, "{}\n", newest(definition));
    let _ = writeln!(out, "{}\n", header(definition));
    let _ = writeln!(out, "```mermaid\n{}```\n", mermaid(definition));
    let _ = writeln!(out, "{}", table(reader, words));
    out.push_str(&common(reader, words));
    out.push_str(&reasons(reader, words));
    out.push_str(&form_dates(reader));
    out.push_str(&rests(definition));
    out.push_str(&limits(reader, words));
    let _ = write!(out, "\n## 怎样读本页 How to read this page\n\n");
    for (zh, en) in NOTES {
        let _ = writeln!(out, "- {zh} {en}");
    }
    out
}

/// That a page shows the newest text, and what that means for cases that are open.
fn newest(definition: &Definition) -> String {
    let (zh, en) = definition.of_open_cases();
    let from = definition.in_force_from;
    format!(
        "本页为办理规则的最新文本，自{from}起施行；案件适用其所载版本，{zh}。怎样读本页，见页末。\n\
         This page shows the newest text of the definition, in force from {from}. A case is under the version that it names; {en}. \
         How to read this page stands at its end."
    )
}

/// What the header of a definition says, in sentences.
fn header(definition: &Definition) -> String {
    definition.header().iter().fold(String::new(), |mut out, (zh, en)| {
        let _ = writeln!(out, "- {zh} {en}");
        out
    })
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
