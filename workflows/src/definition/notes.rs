//! Notes between offices: the acts, the rows and the time limit that a table gets by `notes = true`, so that none repeats them.

use domain::process::Phase;
use serde::Deserialize;

use super::{
    file::{DeadlineRule, Definition, Parameter, Rest, State, Transition},
    header::ActWords,
    mutations::pascal,
};

/// Key of the time limit for an answer; one runs for every question.
pub const OFFICE_ANSWER: &str = "office_answer";

const TEXT: &str = include_str!("notes.toml");

/// What is the same in every process.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notes {
    act: Vec<ActWords>,
    parameter: Vec<Parameter>,
    deadline: Vec<DeadlineRule>,
    transition: Vec<Transition>,
}

impl State {
    /// Whether offices may write to each other in it: the case is no draft, and has not come to its end.
    pub fn lives(&self) -> bool {
        self.rest != Rest::Final && self.phase != Phase::Draft
    }
}

/// Gives a table that says so its notes.
///
/// # Errors
/// What cannot be read of them.
pub(super) fn expand(definition: &mut Definition) -> Result<(), String> {
    if !definition.notes {
        return Ok(());
    }
    let mut notes: Notes = toml::from_str(TEXT).map_err(|fault| format!("notes: {fault}"))?;
    let of = pascal(definition.key.key());
    for act in &mut notes.act {
        act.mutation = act.mutation.as_ref().map(|stem| format!("{stem}{of}"));
    }
    let live: Vec<_> = definition.state.iter().filter(|state| state.lives()).map(|state| state.key.clone()).collect();
    for row in &mut notes.transition {
        row.from.clone_from(&live);
    }
    definition.act.extend(notes.act);
    definition.parameter.extend(notes.parameter);
    definition.deadline.extend(notes.deadline);
    definition.transition.extend(notes.transition);
    Ok(())
}
