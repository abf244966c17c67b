//! The measures as JSON: a question a line, an answer a line.
//!
//! | module | holds |
//! |---|---|
//! | `node` | JSON as it stands, with what stands twice |
//! | `members` | members of an object, each read as what it has to be |
//! | `shapes` | the shape of each question |
//! | `fault` | why a question has no answer: code, JSON pointer, sentence |

mod fault;
mod members;
mod node;
mod shapes;

use domain::calendar::Calendars;
use serde::Serialize;

use fault::Place;
pub use fault::{Code, Fault};
use node::Node;

/// Most bytes of a line. Longer ones are refused unread, so that no line takes the memory of the machine.
pub const LINE: usize = 128 << 20;

#[derive(Serialize)]
struct Failed {
    error: Fault,
}

/// Answers one line; the answer and its line feed are added to `out`. `days` is the setting
/// [`DAYS`](super::dual_publication::DAYS).
pub fn answer(calendars: &Calendars, days: u32, line: &[u8], out: &mut Vec<u8>) {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    if let Err(error) = answered(calendars, days, line, out) {
        write(out, &Failed { error });
    }
    out.push(b'\n');
}

/// Answers a line that is longer than [`LINE`].
pub fn too_long(out: &mut Vec<u8>) {
    write(out, &Failed { error: Place::Whole.fault(Code::TooLong) });
    out.push(b'\n');
}

fn answered(calendars: &Calendars, days: u32, line: &[u8], out: &mut Vec<u8>) -> Result<(), Fault> {
    if line.len() > LINE {
        return Err(Place::Whole.fault(Code::TooLong));
    }
    let node: Node<'_> = serde_json::from_slice(line).map_err(|_| Place::Whole.fault(Code::BadJson))?;
    let members = members::members(&node, &Place::Whole)?;
    let place = Place::Member(&Place::Whole, "measure");
    let measure = members.iter().find(|(name, _)| name == "measure").map(|(_, measure)| measure);
    match measure {
        None | Some(Node::Null) => return Err(place.fault(Code::MissingField)),
        Some(Node::Text(word)) => match word.as_ref() {
            "percent" => write(out, &shapes::percent(&node)?),
            "coverage" => write(out, &shapes::covered(&node)?),
            "dual_publication" => write(out, &shapes::published(&node, calendars, days)?),
            "completeness" => write(out, &shapes::complete(&node)?),
            _ => return Err(place.fault(Code::UnknownMeasure)),
        },
        Some(_) => return Err(place.fault(Code::UnknownMeasure)),
    }
    Ok(())
}

/// Adds a value; writing into memory cannot fail.
fn write(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(out, value).unwrap_or_default();
}
