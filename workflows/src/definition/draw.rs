//! A process as a picture (Graphviz DOT) and as a table (Markdown), drawn from its definition alone.

use std::fmt::Write;

use super::file::{Definition, Rest};

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

/// Who may do what, from where to where, under which article.
pub fn table(definition: &Definition) -> String {
    let mut out = String::from("| verb | 事项 | from | to | who | article |\n|---|---|---|---|---|---|\n");
    for row in &definition.transition {
        let who: Vec<_> = row.who.iter().map(|role| role.key()).collect();
        let law = row.house.as_ref().map_or_else(|| row.cites.join(", "), |house| format!("house: {house}"));
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {law} |",
            row.verb,
            row.verb.title().0,
            row.from.join(", "),
            row.to,
            who.join(", ")
        );
    }
    out
}
