//! No file and no function is too long to be read in one go.

use std::{collections::BTreeMap, fs, path::Path};

use crate::support::sources;

/// Most lines of a file of Rust, without exception.
const FILE: usize = 400;
/// Most lines of code in a function; a list of words says so with a reason, and clippy hears it too.
const FUNCTION: usize = 70;
const LIST: &str = "clippy::too_many_lines, reason = \"a list";

/// Every folder of packages; the console stands in the one of `api`.
const ROOMS: [&str; 5] = ["domain", "workflows", "migrations", "api", "tests"];

/// Name and lines of code of each function, by the columns at which `rustfmt` lets it begin and end.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<_> = text.lines().collect();
    let mut found = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let column = line.len() - line.trim_start().len();
        let words: Vec<_> = line.split(['(', '<', ' ']).filter(|word| !word.is_empty()).collect();
        let Some(name) = words.iter().position(|word| *word == "fn").and_then(|at| words.get(at + 1)) else { continue };
        // A type such as `fn() -> T` is no function.
        if line.contains("fn(") {
            continue;
        }
        if line.trim_start().starts_with("//") || line.trim_end().ends_with(';') || line.trim_end().ends_with('}') {
            continue;
        }
        let above = lines[..place].iter().rev().take_while(|line| line.trim_start().starts_with(['#', '/']));
        if above.into_iter().any(|line| line.contains(LIST)) {
            continue;
        }
        let end = format!("{}}}", " ".repeat(column));
        let body = lines[place + 1..].iter().take_while(|line| **line != end);
        let code = body.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).count();
        found.push(((*name).to_owned(), code));
    }
    found
}

#[test]
fn files_and_functions_are_short() {
    let workspace = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml")).expect("the workspace");
    let members = workspace.lines().find(|line| line.starts_with("members")).expect("its members");
    let packages: Vec<_> = members.split('"').skip(1).step_by(2).collect();
    assert!(
        packages.iter().all(|package| ROOMS.contains(&package.split('/').next().unwrap_or_default())),
        "{members}: every package is measured"
    );
    let sources = sources::of(&ROOMS);
    let files: BTreeMap<_, _> =
        sources.iter().map(|(name, text)| (name, text.lines().count())).filter(|(_, lines)| *lines > FILE).collect();
    assert!(files.is_empty(), "longer than {FILE} lines: {files:#?}");
    let long = |name: &String, text: &String| {
        functions(text)
            .into_iter()
            .filter(|(_, lines)| *lines > FUNCTION)
            .map(|(function, lines)| format!("{name} {function}: {lines}"))
            .collect::<Vec<_>>()
    };
    let functions: Vec<_> = sources.iter().flat_map(|(name, text)| long(name, text)).collect();
    assert!(functions.is_empty(), "longer than {FUNCTION} lines: {functions:#?}");
}

#[test]
fn lines_are_counted_as_they_stand() {
    let body = "        step();\n\n        // a word\n".repeat(71);
    let text = format!("impl It {{\n    pub(crate) async fn long<T>(of: T) {{\n{body}    }}\n\n    fn short() {{}}\n}}\n");
    assert_eq!(functions(&text), [("long".to_owned(), 71)]);
    assert_eq!(functions(&format!("#[expect({LIST} of words\")]\n{text}")).len(), 1, "only the function below it is a list");
    assert_eq!(functions(&format!("#[expect({LIST} of words\")]\nfn words() {{\n{body}}}\n")), []);
}
