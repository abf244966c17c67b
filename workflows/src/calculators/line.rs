//! The calculators as JSON: a line in, a line out.

use domain::record::RecordFacts;
use serde::{Deserialize, Serialize};
use time::Date;

use super::{Refused, assess, due, id};
use crate::law::Law;

/// Which calculator is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Due,
    /// `Due`, with how it was counted, as data and in words.
    DueExplained,
    Assess,
    /// `Assess`, with how each term was found, as data and in words.
    AssessExplained,
    Id,
}

#[derive(Serialize)]
struct Failed {
    error: Refused,
}

/// Answers one line; the answer and its line feed are added to `out`.
pub fn answer(question: Question, law: &Law, today: Date, line: &[u8], out: &mut Vec<u8>) {
    let answered = match question {
        Question::Due => read::<due::Asked>(line).and_then(|asked| write(out, &due::due(law.calendars(), &asked)?)),
        Question::DueExplained => read::<due::Asked>(line).and_then(|asked| write(out, &due::explained(law, &asked)?)),
        Question::AssessExplained => read::<RecordFacts>(line).and_then(|facts| write(out, &assess::explained(law, &facts, today)?)),
        Question::Assess => read::<RecordFacts>(line).and_then(|facts| write(out, &assess::assess(law, &facts, today)?)),
        Question::Id => read::<id::Asked>(line).and_then(|asked| write(out, &id::id(&asked, today))),
    };
    if let Err(error) = answered {
        serde_json::to_writer(&mut *out, &Failed { error }).unwrap_or_default();
    }
    out.push(b'\n');
}

fn write(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), Refused> {
    let start = out.len();
    serde_json::to_writer(&mut *out, value).map_err(|fault| {
        out.truncate(start);
        Refused::parsed(".", &fault)
    })
}

fn read<'a, T: Deserialize<'a>>(line: &'a [u8]) -> Result<T, Refused> {
    if line.trim_ascii_start().first() != Some(&b'{') {
        return Err(Refused::new("NOT_JSON", None, "不是JSON对象", "a JSON object is needed"));
    }
    serde_json::from_slice(line).or_else(|_| located(line))
}

/// Reads once more, to say where it went wrong.
#[cold]
fn located<'a, T: Deserialize<'a>>(line: &'a [u8]) -> Result<T, Refused> {
    let mut reader = serde_json::Deserializer::from_slice(line);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|fault| {
        let path = fault.path().to_string();
        Refused::parsed(&path, fault.inner())
    })?;
    reader.end().map_err(|fault| Refused::parsed(".", &fault))?;
    Ok(value)
}
