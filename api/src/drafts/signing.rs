//! Signing off: the words that an act would sign off, and the same words with number and day.

use domain::{
    rows::Case,
    sheet::{SheetKind, SheetPart},
};
use time::Date;

use super::{
    gathered,
    offer::{Offer, Proposed, acts, signed_off_by},
    render::{self, DRAFT, DraftFault},
    sheet::{Part, Sheet},
};
use crate::app::App;

/// The words that an act would sign off, with what somebody typed for it; none where it signs off nothing that the house drafts,
/// or the case is not at it.
///
/// # Errors
/// When the database fails, or a template of this build is broken.
pub async fn proposed(app: &App, case: &Case, proposed: Proposed) -> Result<Option<Sheet>, DraftFault> {
    let Some(kind) = signed_off_by(case.process, proposed.verb) else { return Ok(None) };
    let rules = app.rules();
    let here = |version: &workflows::definition::Version| version.definition.transition(&case.state, proposed.verb).is_some();
    if !rules.catalogue.of_case(case).is_some_and(|version| here(&version)) {
        return Ok(None);
    }
    let offer = Offer { kind, issued: None, acts: acts(app, case).await?, proposed: Some(proposed), kept: None };
    let facts = gathered(app, case, &offer).await?;
    render::sheet(&offer, &facts, app.clock.simulated()).map(Some)
}

/// The same words with the number and the day that they get: nothing else may differ from what was read.
#[must_use]
pub fn issued(draft: Sheet, number: &str, on: Date) -> Sheet {
    let filled = |part: Part| match part.part {
        SheetPart::Mark if part.text() == DRAFT => None,
        SheetPart::Number => Some(Part::of(SheetPart::Number, number)),
        SheetPart::Date => Some(Part::of(SheetPart::Date, domain::day::chinese(on))),
        _ => Some(part),
    };
    let parts = draft.parts.into_iter().filter_map(filled).collect();
    Sheet { number: Some(number.to_owned()), draft: false, parts, ..draft }
}

/// The name of the file of a paper: what it is, and its number.
pub fn file_name(kind: SheetKind, number: &str) -> String {
    format!("{} {number}.pdf", kind.title().0)
}
