//! What a state asks of people, and which row of the law leaves it.

use std::sync::Arc;

use domain::{process::Verb, rows::Case};

use crate::{
    definition::file::{Rest, Transition},
    engine::Rules,
};

/// Whether somebody must act in the case's state.
pub fn is_open(rules: &Rules, case: &Case) -> bool {
    rest(rules, case) == Some(Rest::Open)
}

/// What the case's state asks for; none where its law is not here.
pub(crate) fn rest(rules: &Rules, case: &Case) -> Option<Rest> {
    let version = rules.catalogue.of_case(case)?;
    version.definition.state(&case.state).map(|state| state.rest)
}

/// The row of `verb` in the case's state, with its version.
pub fn row_of(rules: &Rules, case: &Case, verb: Verb) -> Option<Arc<Transition>> {
    rules.catalogue.of_case(case)?.definition.transition(&case.state, verb).cloned()
}
