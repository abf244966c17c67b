//! Imports point down only: no circle between rooms, no look upwards, no state beside the application's.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::sources;

/// Rooms that look at each other on purpose.
const TOGETHER: [(&str, &str, &str); 1] = [("engine::decide", "engine::admin", "the rows of an import are decided one by one")];

/// Rooms from the lowest up; those of one line do not look at each other.
const ENGINE: [&[&str]; 4] = [&["engine::sight"], &["engine::act"], &["processes"], &["engine::decide", "engine::admin"]];
const GRAPHQL: [&[&str]; 5] = [&["core"], &["request", "case"], &["processes"], &["office", "open"], &["schema"]];

/// What a `static` in the shell may be, and why: none of these is state of a house.
const STATICS: [(&str, &str); 7] = [
    ("files/information.rs LAYOUTS", "layouts of the catalogue, made once a version: they say nothing of a house"),
    ("main.rs ALLOCATOR", "the allocator of a program is one"),
    ("lock/holder.rs COMMAND", "the word by which this process was started, said once"),
    ("letters/render.rs DESK", "templates that are built in, compiled once"),
    ("letters/render.rs ZH", "files that are built in"),
    ("letters/render.rs EN", "files that are built in"),
    ("city/handouts.rs DOCUMENTS", "files that are built in"),
];

/// A look from a file into another module: file and line, its module, the module that it names.
#[derive(Clone, Debug)]
struct Look {
    at: String,
    from: Vec<String>,
    into: Vec<String>,
}

/// Every path of a use tree, such as `a::{b, c::{d, e}}`.
fn leaves(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, inside)) = tree.split_once('{') else { return vec![tree.to_owned()] };
    let inside = inside.trim_end().strip_suffix('}').unwrap_or(inside);
    let (mut depth, mut part, mut parts) = (0, String::new(), Vec::new());
    for letter in inside.chars() {
        match letter {
            ',' if depth == 0 => parts.push(std::mem::take(&mut part)),
            _ => {
                depth += i32::from(letter == '{') - i32::from(letter == '}');
                part.push(letter);
            }
        }
    }
    parts.push(part);
    let all = parts.iter().filter(|part| !part.trim().is_empty()).flat_map(|part| leaves(part));
    all.map(|leaf| format!("{before}{leaf}")).collect()
}

/// The text without comments, line for line.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The use trees of a text, and paths that begin at the crate or above: the place where each begins, and it.
fn paths(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(at) = ["use ", "crate::", "super::"].iter().filter_map(|word| text[rest..].find(word)).min().map(|at| rest + at) {
        let begins = text[..at].chars().next_back().is_none_or(|letter| !letter.is_alphanumeric() && letter != '_' && letter != ':');
        let tree = text[at..].strip_prefix("use ");
        let end = match tree {
            Some(tree) => at + 4 + tree.find(';').unwrap_or_default(),
            None => at + text[at..].find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':').unwrap_or_default(),
        };
        if begins {
            found.extend(leaves(&text[at + tree.map_or(0, |_| 4)..end]).into_iter().map(|leaf| (at, leaf)));
        }
        rest = end.max(at + 4);
    }
    found
}

/// Every look of the files of a package into modules of its own; those of other packages have their name alone.
fn looks(package: &str) -> Vec<Look> {
    let folder = format!("{package}/src/");
    let mut found = Vec::new();
    for (name, text) in sources::of(&[package]) {
        let Some(inside) = name.strip_prefix(&folder).and_then(|inside| inside.strip_suffix(".rs")) else { continue };
        let mut own: Vec<String> = inside.split('/').map(str::to_owned).collect();
        if own.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
            own.pop();
        }
        let text = code(&text);
        for (at, path) in paths(&text) {
            let mut parts: Vec<&str> = path.split("::").map(|part| part.split(" as ").next().unwrap_or_default().trim()).collect();
            let mut into = own.clone();
            match parts[0] {
                "crate" => into.clear(),
                "super" => {
                    while parts.first() == Some(&"super") {
                        into.pop();
                        parts.remove(0);
                    }
                    parts.insert(0, "");
                }
                "self" => {}
                other => into = vec![format!("::{other}")],
            }
            into.extend(parts[1..].iter().map(|part| (*part).to_owned()));
            let line = text[..at].lines().count().max(1);
            found.push(Look { at: format!("{name}:{line}: {path}"), from: own.clone(), into });
        }
    }
    found
}

/// Between the rooms that `room` tells of modules: who looks at whom, and where.
fn arrows(looks: &[Look], room: impl Fn(&[String]) -> Option<String>) -> BTreeMap<(String, String), Vec<String>> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for look in looks {
        if let (Some(from), Some(into)) = (room(&look.from), room(&look.into))
            && from != into
        {
            found.entry((from, into)).or_default().push(look.at.clone());
        }
    }
    found
}

/// Arrows that are part of a circle, beside those that are meant.
fn circles(arrows: &BTreeMap<(String, String), Vec<String>>) -> Vec<String> {
    let meant = |a: &str, b: &str| TOGETHER.iter().any(|(one, other, _)| (a, b) == (*one, *other) || (a, b) == (*other, *one));
    let reached = |from: &str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(room) = next.pop() {
            for (_, into) in arrows.keys().filter(|(one, other)| *one == room && !meant(one, other)) {
                if seen.insert(into.clone()) {
                    next.push(into.clone());
                }
            }
        }
        seen
    };
    let round = arrows.iter().filter(|((from, into), _)| !meant(from, into) && reached(into).contains(from));
    round.map(|((from, into), at)| format!("{from} → {into}: {}", at.join(", "))).collect()
}

/// Looks from a room to one of its own floor or above.
fn upwards(looks: &[Look], floors: &[&[&str]], room: impl Fn(&[String]) -> Option<String>) -> Vec<String> {
    let floor = |room: &str| floors.iter().position(|rooms| rooms.contains(&room));
    let up = arrows(looks, room).into_iter().filter(|((from, into), _)| {
        let meant = TOGETHER.iter().any(|(one, other, _)| [one, other].contains(&&from.as_str()) && [one, other].contains(&&into.as_str()));
        !meant && floor(from).zip(floor(into)).is_some_and(|(from, into)| into >= from)
    });
    up.map(|((from, into), at)| format!("{from} looks up at {into}: {}", at.join(", "))).collect()
}

/// The first module; of the engine the room in it.
fn of_law(module: &[String]) -> Option<String> {
    match module.first()?.as_str() {
        first if first.starts_with("::") => None,
        "engine" => {
            module.get(1).filter(|room| ["sight", "act", "decide", "admin"].contains(&room.as_str())).map(|room| format!("engine::{room}"))
        }
        first => Some(first.to_owned()),
    }
}

fn of_shell(module: &[String]) -> Option<String> {
    module.first().filter(|first| !first.starts_with("::")).cloned()
}

fn of_graphql(module: &[String]) -> Option<String> {
    module.get(1).filter(|_| module[0] == "graphql").cloned()
}

#[test]
fn no_circle_runs_between_rooms() {
    let (law, shell) = (looks("workflows"), looks("api"));
    assert!(law.len() > 500 && shell.len() > 1_000, "{} and {} looks: the sources are read", law.len(), shell.len());
    assert_eq!(circles(&arrows(&law, of_law)), Vec::<String>::new());
    assert_eq!(circles(&arrows(&shell, of_shell)), Vec::<String>::new());
    assert_eq!(circles(&arrows(&shell, of_graphql)), Vec::<String>::new());
}

#[test]
fn nobody_looks_up() {
    let (law, shell) = (looks("workflows"), looks("api"));
    assert_eq!(upwards(&law, &ENGINE, of_law), Vec::<String>::new());
    assert_eq!(upwards(&shell, &GRAPHQL, of_graphql), Vec::<String>::new());
    let rooms: BTreeSet<_> = shell.iter().filter_map(|look| of_graphql(&look.from)).collect();
    let known: BTreeSet<_> = GRAPHQL.iter().flat_map(|floor| floor.iter().map(|room| (*room).to_owned())).collect();
    assert_eq!(rooms, known, "every room of graphql has its floor");
    for (package, above) in
        [("domain", &["workflows", "api", "migrations"][..]), ("workflows", &["api", "migrations"]), ("migrations", &["api"])]
    {
        let up: Vec<_> = looks(package).into_iter().filter(|look| above.iter().any(|name| look.into[0] == format!("::{name}"))).collect();
        assert!(up.is_empty(), "{package}: {up:#?}");
    }
}

#[test]
fn state_stands_in_the_application() {
    let mut found = BTreeSet::new();
    for (name, text) in sources::of(&["api/src"]) {
        for line in code(&text).lines().map(|line| line.trim().trim_start_matches("pub ").trim_start_matches("pub(super) ")) {
            if let Some(name_of) = line.strip_prefix("static ").and_then(|rest| rest.split(':').next()) {
                found.insert(format!("{} {name_of}", name.trim_start_matches("api/src/")));
            }
        }
    }
    let allowed: BTreeSet<_> = STATICS.iter().map(|(place, _)| (*place).to_owned()).collect();
    assert_eq!(found, allowed, "state belongs to App, or to what serve holds");
}

/// Modules that the head of their room does not name, of rooms with files of more than one kind.
fn unnamed(text: &str) -> Vec<&str> {
    let head: String = text.lines().filter(|line| line.starts_with("//!")).collect();
    let module =
        |line: &'_ str| line.trim_end().strip_suffix(';').and_then(|line| line.rsplit_once("mod ")).map(|(_, name)| name.to_owned());
    let named = |line: &&str| {
        module(line).is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit()))
    };
    let lines: Vec<_> = text.lines().filter(|line| !line.starts_with("//") && !line.starts_with(' ')).filter(named).collect();
    let only_generated = |line: &&str| !line.ends_with("mod acts;") && !line.ends_with("mod forms;");
    lines.into_iter().filter(only_generated).filter(|line| module(line).is_some_and(|name| !head.contains(&format!("`{name}`")))).collect()
}

#[test]
fn the_head_of_a_room_names_its_files() {
    let mut found = Vec::new();
    for (name, text) in sources::of(&["api/src", "domain/src", "workflows/src"]) {
        if name.ends_with("/mod.rs") || name.ends_with("/lib.rs") {
            found.extend(unnamed(&text).into_iter().map(|line| format!("{name}: {line}")));
        }
    }
    // A process each, and what all of them share: its own head says so.
    found.retain(|line| !line.starts_with("api/src/graphql/processes/mod.rs"));
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(unnamed("//! | `a` | one |\n\npub mod a;\nmod b;\n"), ["mod b;"]);
}

#[test]
fn a_circle_and_a_look_upwards_are_found() {
    let look = |from: &str, into: &str| {
        let module = |path: &str| path.split("::").map(str::to_owned).collect::<Vec<_>>();
        Look { at: format!("{from} uses {into}"), from: module(from), into: module(into) }
    };
    let round = [look("a::one", "b::two"), look("b::two", "c"), look("c::three", "a::four"), look("a", "d")];
    assert_eq!(circles(&arrows(&round, of_shell)).len(), 3);
    let meant = [look("engine::decide::command", "engine::admin"), look("engine::admin::imports", "engine::decide")];
    assert_eq!(circles(&arrows(&meant, of_law)), Vec::<String>::new());
    assert_eq!(upwards(&meant, &ENGINE, of_law), Vec::<String>::new());
    let up = [look("engine::act::asks", "processes::terms"), look("processes::terms", "engine::act::Act")];
    let found = upwards(&up, &ENGINE, of_law);
    assert_eq!(found, ["engine::act looks up at processes: engine::act::asks uses processes::terms"]);
    let text = "use crate::{\n    a::B,\n    c::{D, e},\n};\nfn f() { crate::g::h() }\n";
    let found: Vec<_> = paths(text).into_iter().map(|(_, path)| path.split_whitespace().collect::<String>()).collect();
    assert_eq!(found, ["crate::a::B", "crate::c::D", "crate::c::e", "crate::g::h"]);
}
