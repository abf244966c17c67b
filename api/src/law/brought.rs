//! A law file that somebody brings: where it belongs, what is wrong with it, what it changes. Nothing is written.

use workflows::{
    engine::Rules,
    law::{Difference, FileFault, Kind, diff, path_of},
};

/// What was found out about a file.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// Where it belongs among the files; none where it is of no known kind.
    pub path: Option<String>,
    /// Why it cannot be loaded; empty of a good file.
    pub faults: Vec<FileFault>,
    /// What looks wrong and holds nothing up.
    pub warnings: Vec<String>,
    /// The file in use that it is compared with; none of the first of its kind.
    pub against: Option<String>,
    pub differences: Vec<Difference>,
}

/// Looks a file over with all other law.
pub fn look(rules: &Rules, name: &str, text: &str) -> Brought {
    let path = match path_of(name, text) {
        Ok(path) => path,
        Err(fault) => return Brought { faults: vec![fault], ..Brought::default() },
    };
    let given = [(name.to_owned(), text.to_owned())];
    let faults = rules.over(&given).err().map(|fault| fault.0).unwrap_or_default();
    let against = before(rules, &path);
    let old = against.as_deref().and_then(|path| rules.files().get(path));
    let differences = old.and_then(|old| diff([&path, name], [old, text]).ok()).unwrap_or_default();
    let warnings = if Kind::of_path(&path) == Some(Kind::Calendar) { rules.law.calendar_warnings(text) } else { Vec::new() };
    Brought { path: Some(path), faults, warnings, against, differences }
}

/// The file that a new one takes the place of: the one at its own path, else the newest beside it.
fn before(rules: &Rules, path: &str) -> Option<String> {
    if rules.files().get(path).is_some() {
        return Some(path.to_owned());
    }
    let (folder, _) = path.rsplit_once('/')?;
    // Only versions of a process table stand side by side; rulebooks and years are each of their own.
    let beside = rules
        .files()
        .iter()
        .filter(|(other, _)| folder.starts_with("definitions/") && other.rsplit_once('/').is_some_and(|(own, _)| own == folder));
    beside.map(|(other, _)| other).max_by_key(|other| version(other)).map(str::to_owned)
}

/// Day and revision of a process table, as its path says them.
fn version(path: &str) -> (String, u32) {
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".toml");
    let (day, revision) = stem.rsplit_once('.').unwrap_or((stem, ""));
    (day.to_owned(), revision.parse().unwrap_or_default())
}
