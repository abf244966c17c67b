//! The sources of the product and tables of the tests, for tests that read them.

use std::{fs, path::Path};

/// The Rust files of these folders and of those below them: name from the top of the checkout, text; by name.
///
/// # Panics
/// Where a folder holds none.
pub fn of(folders: &[&str]) -> Vec<(String, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut found = Vec::new();
    for folder in folders {
        let before = found.len();
        gather(top, &top.join(folder), &mut found);
        assert!(found.len() > before, "{folder} holds no source");
    }
    found.sort();
    found
}

fn gather(top: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(top, &path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(top).expect("inside").display().to_string();
            found.push((name, fs::read_to_string(&path).expect("a source")));
        }
    }
}

/// The tables of a folder: the name of each file without its ending, and its text; by name.
///
/// # Panics
/// Where the folder holds none.
pub fn tables(folder: &str) -> Vec<(String, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let files = fs::read_dir(top.join(folder)).expect("a folder of tables").map(|entry| entry.expect("an entry").path());
    let mut found: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| (path.file_stem().expect("a name").display().to_string(), fs::read_to_string(&path).expect("a table")))
        .collect();
    assert!(!found.is_empty(), "{folder} holds no table");
    found.sort();
    found
}
