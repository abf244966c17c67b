//! Definitions with a mistake planted in them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use toml::{Table, Value};

/// A definition as it is in the house, to be spoilt.
pub struct Planted(Table);

impl Planted {
    pub fn in_process(process: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../workflows/definitions").join(process);
        let mut files: Vec<_> = fs::read_dir(&folder).expect("a folder of definitions").map(|file| file.expect("a file").path()).collect();
        files.sort();
        let text = fs::read_to_string(files.last().expect("a definition")).expect("a text");
        Self(text.parse().expect("a table"))
    }

    fn rows(&mut self) -> impl Iterator<Item = &mut Table> {
        self.0["transition"].as_array_mut().expect("rows").iter_mut().map(|row| row.as_table_mut().expect("a row"))
    }

    fn rows_of<'a>(&'a mut self, verb: &'a str) -> impl Iterator<Item = &'a mut Table> {
        self.rows().filter(move |row| row["verb"].as_str() == Some(verb))
    }

    /// Takes every guard of that name out of the rows of a verb.
    pub fn without_guard(mut self, verb: &str, guard: &str) -> Self {
        let mut taken = 0;
        for row in self.rows_of(verb) {
            let Some(guards) = row.get_mut("if").and_then(Value::as_array_mut) else { continue };
            let before = guards.len();
            guards.retain(|one| one.as_str() != Some(guard) && one.get(guard).is_none());
            taken += before - guards.len();
        }
        assert!(taken > 0, "{verb} has no guard {guard}");
        self
    }

    /// Adds a guard to the rows of a verb, as it would stand in the file.
    pub fn with_guard(mut self, verb: &str, guard: &str) -> Self {
        let text: Table = format!("guard = {guard}").parse().expect("a guard");
        for row in self.rows_of(verb) {
            let guards = row.entry("if").or_insert_with(|| Value::Array(Vec::new()));
            guards.as_array_mut().expect("guards").push(text["guard"].clone());
        }
        self
    }

    /// Lets no row but those of the verbs named leave a state.
    pub fn leaving_only(mut self, state: &str, verbs: &[&str]) -> Self {
        for row in self.rows() {
            let stays = row["to"].as_str() == Some("same");
            if !stays && !verbs.contains(&row["verb"].as_str().expect("a verb")) {
                row["from"].as_array_mut().expect("states").retain(|from| from.as_str() != Some(state));
            }
        }
        self.0["transition"].as_array_mut().expect("rows").retain(|row| !row["from"].as_array().expect("states").is_empty());
        self
    }

    /// Sends the rows of a verb to another state.
    pub fn leading(mut self, verb: &str, to: &str) -> Self {
        for row in self.rows_of(verb) {
            row.insert("to".to_owned(), Value::String(to.to_owned()));
        }
        self
    }

    /// Writes it where the program can read it.
    pub fn file(&self) -> PathBuf {
        let path = std::env::temp_dir().join(format!("xinxiu-planted-{}.toml", uuid::Uuid::new_v4()));
        fs::write(&path, self.0.to_string()).expect("the temporary folder takes a file");
        path
    }
}
