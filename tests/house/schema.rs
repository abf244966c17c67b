//! The checked-in schema is the one that is served, and foreign judges find nothing in it.

use std::{path::Path, process::Command};

use crate::support::judge;

#[test]
fn the_schema_in_the_repository_is_current() {
    let kept = include_str!("../../api/schema.graphql");
    let built = api::graphql::schema::schema().sdl();
    let differs = kept.trim().lines().zip(built.trim().lines()).position(|(kept, built)| kept != built);
    assert!(kept.trim() == built.trim(), "run `make generate`; first difference at line {:?}", differs.map(|line| line + 1));
}

/// graphql-eslint's relay rules, and graphql-inspector: every document of the walk is valid, and nothing breaks a client of the
/// last release.
#[test]
fn the_schema_and_the_documents_pass_their_judges() {
    let home = judge::install(
        "schema",
        &[
            ("package.json", include_str!("../judges/schema/package.json")),
            ("package-lock.json", include_str!("../judges/schema/package-lock.json")),
            (".npmrc", include_str!("../judges/schema/.npmrc")),
            ("judge.mjs", include_str!("../judges/schema/judge.mjs")),
        ],
    );
    let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api");
    let mut node = Command::new("node");
    node.arg("judge.mjs").arg(api.join("schema.graphql")).arg(api.join("src/city/documents")).arg(api.join("schema.released.graphql"));
    let output = node.current_dir(home).output().expect("node starts");
    let words = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && words.contains("not valid: 0"), "{words}{}", String::from_utf8_lossy(&output.stderr));
    println!("{words}");
}
