//! What is wrong with a law file, and where: file, line, column, and the words that are allowed.

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};

/// One fault. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileFault {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub what: String,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}, column {}: {}", self.file, self.line, self.column, self.what)
    }
}

/// Everything that is wrong with a set of law files.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct RulesFault(pub Vec<FileFault>);

impl FileFault {
    /// A fault in words, placed where its text names what it is about.
    pub fn at(file: &str, text: &str, what: &str) -> Self {
        let (line, column) = position(text, named(text, what));
        Self { file: file.to_owned(), line, column, what: what.to_owned() }
    }

    /// A fault of the form.
    pub fn toml(file: &str, text: &str, fault: &toml::de::Error) -> Self {
        let (line, column) = position(text, fault.span().map_or(0, |span| span.start));
        Self { file: file.to_owned(), line, column, what: fault.message().replace('\n', " ") }
    }

    /// A fault of the form of a calendar.
    pub fn json(file: &str, fault: &serde_json::Error) -> Self {
        Self { file: file.to_owned(), line: fault.line().max(1), column: fault.column().max(1), what: fault.to_string() }
    }
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// The offset of the first thing that a sentence about a text names: a “quoted” word, else the word before its colon.
fn named(text: &str, what: &str) -> usize {
    let quoted = what.split('“').skip(1).filter_map(|rest| rest.split('”').next());
    let before = what.split(':').next().into_iter().flat_map(|head| head.split_whitespace().rev());
    let found = quoted.chain(before).find_map(|word| text.find(&format!("\"{word}\"")).map(|at| at + 1).or_else(|| key(text, word)));
    found.unwrap_or_default()
}

/// A word that stands as a key at the beginning of a line.
fn key(text: &str, word: &str) -> Option<usize> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if line.strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with('=')) {
            return Some(offset);
        }
        offset += line.len();
    }
    None
}

/// Reads a text as `T`. Where it cannot be read every block of `P` – a `[[table]]` by itself – is read too, so that not only
/// the first wrong word is told.
///
/// # Errors
/// Every fault that was found.
pub fn read<T: DeserializeOwned, P: DeserializeOwned>(file: &str, text: &str) -> Result<T, Vec<FileFault>> {
    let whole = match toml::from_str(text) {
        Ok(value) => return Ok(value),
        Err(fault) => FileFault::toml(file, text, &fault),
    };
    let mut faults = vec![whole];
    for block in blocks(text).into_iter().chain(rows(text)) {
        if let Err(fault) = toml::from_str::<P>(&block) {
            faults.push(FileFault::toml(file, &block, &fault));
        }
    }
    faults.sort_by_key(|fault| (fault.line, fault.column));
    faults.dedup_by_key(|fault| (fault.line, fault.column));
    Err(faults)
}

/// Each `[[table]]` by itself, on the lines where it stands; those within another one are part of it.
fn blocks(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if line.starts_with("[[") && !line.split(']').next().unwrap_or_default().contains('.') {
            found.push("\n".repeat(number));
            open = true;
        }
        if let Some(block) = found.last_mut().filter(|_| open) {
            block.push_str(line);
        }
    }
    found
}

/// Each row of an array in the heading that is written a row a line, on the line where it stands.
fn rows(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut array = None;
    for (number, line) in text.lines().take_while(|line| !line.starts_with("[[")).enumerate() {
        match (array, line) {
            (None, _) => array = line.strip_suffix(" = [").filter(|name| !name.starts_with(' ')),
            (Some(_), "]") => array = None,
            (Some(name), row) => found.push(format!("{}{name} = [\n{row}\n]", "\n".repeat(number.saturating_sub(1)))),
        }
    }
    found
}
