//! What is written from the law stands checked in as the law says it: `make generate`.

use std::path::Path;

use domain::process::Process;
use workflows::{definition::mutations, engine::Rules};

/// Without what a formatter may move: white space, and a comma before a bracket that closes.
fn bare(text: &str) -> String {
    let bare: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    bare.replace(",}", "}").replace(",)", ")").replace(",]", "]")
}

#[test]
fn mutations_follow_from_the_tables() {
    let rules = Rules::embedded().expect("the law loads");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/src/graphql/processes");
    let kept = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    let mut stale = Vec::new();
    for process in Process::ALL {
        let name = format!("{process}/acts.rs");
        if bare(&kept(&name)) != bare(&mutations::file(&rules.catalogue, &rules.law, *process)) {
            stale.push(name);
        }
    }
    if bare(&kept("mod.rs")) != bare(&mutations::list()) {
        stale.push("mod.rs".to_owned());
    }
    assert!(stale.is_empty(), "not as the tables are; run `make generate`: {stale:?}");
}
