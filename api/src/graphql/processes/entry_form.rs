//! What an entry of a proposed list says, as a client writes it.

use async_graphql::{InputObject, Result};
use domain::{command::Form, proposal::EntryForm};

use crate::{
    app::App,
    graphql::{
        case::ground::{self, GroundFactsInput},
        core::input::Intake,
    },
};

/// What an entry proposes.
#[derive(Clone, Debug, InputObject)]
pub struct EntryInput {
    /// Key of a list type.
    pub list_type: String,
    /// Keys of its grounds.
    pub grounds: Vec<String>,
    pub measures: Option<Vec<String>>,
    /// What the counting grounds among them rest on.
    pub counts: Option<Vec<GroundFactsInput>>,
    pub facts: String,
    pub remark: Option<String>,
}

/// The form of an entry, with its personal texts sealed.
pub(super) fn entry(app: &App, intake: &mut Intake, input: EntryInput) -> Result<Form> {
    intake.words("input.entry", [&input.list_type].into_iter().chain(&input.grounds).chain(input.measures.iter().flatten()));
    intake.trace.push_str(&format!("{}{:?}{:?}", input.list_type, input.grounds, input.measures));
    let counts = ground::take(intake, "input.entry.counts", input.counts)?;
    let facts = intake.seal(app, "input.entry.facts", &input.facts)?;
    let remark =
        input.remark.filter(|text| !text.trim().is_empty()).map(|text| intake.seal(app, "input.entry.remark", &text)).transpose()?;
    Ok(Form::EntryDraft(Box::new(EntryForm {
        list_type: input.list_type,
        grounds: input.grounds,
        measures: input.measures.unwrap_or_default(),
        counts,
        facts,
        remark,
    })))
}
