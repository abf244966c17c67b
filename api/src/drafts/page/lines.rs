//! A text broken into lines by Chinese rules: no line begins with a mark that closes or ends with one that opens, and no number
//! is torn apart.

use super::{Face, fonts::Set};

/// Marks that begin no line.
const CLOSES: &str = "，。、；：？！）》〕”’」』】…·％%,.;:?!)]}";
/// Marks that end no line.
const OPENS: &str = "（《〔“‘「『【([{";

/// Whether a line may end between two characters.
fn may_part(before: char, after: char) -> bool {
    let joined = |letter: char| letter.is_ascii_alphanumeric() || "-./@_".contains(letter);
    let together = CLOSES.contains(after) || OPENS.contains(before) || (joined(before) && joined(after));
    !together
}

/// The lines of a text; the first is shorter by `indent`, all are as long as `room` at most, both in full characters.
pub(super) fn broken(set: &Set<'_>, face: Face, text: &str, room: f32, indent: f32) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let (mut lines, mut begin) = (Vec::new(), 0);
    while begin < letters.len() {
        let room = if lines.is_empty() { room - indent } else { room };
        let (mut end, mut used) = (begin, 0.0);
        while end < letters.len() {
            used += set.cells(face, letters[end]);
            if used > room + 0.01 && end > begin {
                break;
            }
            end += 1;
        }
        let fits = |place: usize| place >= letters.len() || may_part(letters[place - 1], letters[place]);
        // Where nothing may part, such as in a number longer than the line, it parts where the line is full.
        let end = (begin + 1..=end).rev().find(|place| fits(*place)).unwrap_or(end);
        lines.push(letters[begin..end].iter().collect());
        begin = end;
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}
