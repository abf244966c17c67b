//! The data a case would have after the act: its form taken in, and what follows from it.

use domain::{command::Command, process::CaseData, rows::Case};

use crate::{
    definition::{Version, file::Transition},
    engine::{Rules, sight::snapshot::Snapshot},
    processes::{self, Proposed},
};

/// The case's data with this act's form and, where the row fixes them, its class and terms.
pub(crate) fn proposed(
    rules: &Rules,
    snapshot: &Snapshot,
    version: &Version,
    row: &Transition,
    case: &Case,
    command: &Command,
) -> CaseData {
    let mut data = case.data.0.clone();
    if let Some(form) = &command.arguments.form {
        processes::amend(rules, &mut data, form);
    }
    processes::propose(&Proposed { rules, snapshot, version, row, command }, &mut data);
    data
}
