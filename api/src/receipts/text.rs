//! What a receipt says: one `key value` a line, so that it can be read, and rebuilt from the entry byte by byte.

use domain::{
    entry::Entry,
    merkle::Hash,
    process::Process,
    receipt::{HandedOver, Party, line_digest, line_text},
};

/// The first line; whoever reads it knows the rest.
pub(super) const FORMAT: &str = "xinxiu receipt v1";

/// What an entry says was handed over, if it is an act that hands over.
pub fn handed_over(entry: &Entry) -> Option<HandedOver> {
    serde_json::from_value(entry.facts.get("handed_over")?.clone()).ok()
}

/// The lines of the list, one JSON text an entry.
pub(super) fn list(handed: &HandedOver) -> Option<Vec<String>> {
    handed.lines.iter().map(|line| line_text(line).ok()).collect()
}

fn party(word: &str, party: &Party) -> String {
    let key = party.key.as_ref().map(|key| format!("{word}-key {key}\n")).unwrap_or_default();
    format!("{word} {} {}\n{key}", party.office, party.zh)
}

/// The text that is signed; none where the entry hands nothing over.
pub(super) fn text(origin: &str, entry: &Entry, leaf: &Hash) -> Option<String> {
    let handed = handed_over(entry)?;
    let process = entry.process.as_deref().and_then(Process::from_key).map_or("", Process::key);
    let recorded = entry.recorded_at.shanghai().format(&time::format_description::well_known::Rfc3339).ok()?;
    let lines = list(&handed)?;
    let mut text = format!("{FORMAT}\nlog {origin}\nentry {}\nleaf {leaf}\n", entry.index);
    text += &format!("batch {}\nperiod {}\n", handed.batch, handed.period);
    text += &format!("act {process}/{} {}\n", entry.verb, handed.act);
    text += &party("from", &handed.from);
    text += &party("to", &handed.to);
    text += &format!("on {}\nrecorded {recorded}\n", entry.effective_on);
    if let Some(day) = handed.received_on {
        text += &format!("received {day}\n");
    }
    if !handed.said.is_null() {
        text += &format!("said {}\n", line_digest(&line_text(&handed.said).ok()?));
    }
    for (kind, sha256) in &handed.papers {
        text += &format!("paper {kind} {sha256}\n");
    }
    text += &format!("entries {}\n", lines.len());
    for (line, json) in handed.lines.iter().zip(&lines) {
        text += &format!("{} {} {}\n", line["number"].as_str()?, line["version"].as_i64()?, line_digest(json));
    }
    Some(text)
}

/// The value of a line of the head, as `log` or `entry`.
pub(super) fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines().take_while(|line| !line.starts_with("entries ")).find_map(|line| line.strip_prefix(key)?.strip_prefix(' '))
}

/// The digests of the list, in its order; none where the count is another.
pub(super) fn digests(text: &str) -> Option<Vec<&str>> {
    let mut lines = text.lines().skip_while(|line| !line.starts_with("entries "));
    let count: usize = lines.next()?.strip_prefix("entries ")?.parse().ok()?;
    let digests: Vec<_> = lines.map(|line| line.rsplit(' ').next().unwrap_or_default()).collect();
    (digests.len() == count).then_some(digests)
}
