//! Papers of a case as the house drafts them: decision, notice, receipt, return of service, list. Their words are made from
//! what stands in the case, in one template a kind, `zh/<kind>.txt`. What is not known is said in its place and named; nothing
//! is guessed. A preview carries no number and is marked 草稿.
//!
//! | file | holds |
//! |---|---|
//! | `sheet` | [`Sheet`]: title, number, parts in order |
//! | `offer` | which papers of a case somebody may read, and which of them were issued |
//! | `facts` | what a template may say, and what it says of a fact that is not known |
//! | `known` | what every paper reads of a case: party, offices, base document, remedies |
//! | `listing`, `repair`, `objection`, `proposal` | what the papers of one process say beside it |
//! | `render` | from template and facts to parts |
//! | `signing` | the words that an act would sign off, and the same with number and day |
//! | `page` | the parts on paper: the grid of GB/T 9704, and the PDF |

mod facts;
mod known;
mod listing;
mod objection;
mod offer;
pub mod page;
mod proposal;
mod render;
mod repair;
mod sheet;
mod signing;

use domain::{rows::Case, sheet::SheetKind};

use crate::{app::App, people::Viewer, store::StoreFault};

pub use offer::{Offer, Proposed, drafted_for, offers, signed_off_by};
pub use render::{DraftFault, template_faults};
pub use sheet::{Part, Sheet};
pub use signing::{file_name, issued, proposed};

/// The words of a paper of a case; none where the viewer may not read it, the case is not at it, or it was signed off in the
/// house: then its words are those of the document that was kept, not what would be drafted today.
///
/// # Errors
/// When the database fails, or a template of this build is broken.
pub async fn sheet(app: &App, viewer: &Viewer, case: &Case, kind: SheetKind) -> Result<Option<Sheet>, DraftFault> {
    let Some(offer) = offers(app, viewer, case).await?.into_iter().find(|offer| offer.kind == kind && offer.kept.is_none()) else {
        return Ok(None);
    };
    let facts = gathered(app, case, &offer).await?;
    render::sheet(&offer, &facts, app.clock.simulated()).map(Some)
}

async fn gathered(app: &App, case: &Case, offer: &Offer) -> Result<facts::Facts, StoreFault> {
    let known = known::Known::read(app, case).await?;
    let mut facts = known.facts(app, case, offer).await?;
    match offer.kind {
        SheetKind::PriorNotice | SheetKind::ListingDecision | SheetKind::RepairGuidance => {
            listing::add(app, case, offer, &mut facts).await?;
        }
        SheetKind::RepairGrant | SheetKind::RepairRefusal => repair::add(app, offer, &mut facts).await?,
        SheetKind::ObjectionAnswer => objection::add(app, case, offer, &mut facts).await?,
        SheetKind::ProposalList => proposal::add(app, case, &mut facts).await?,
        SheetKind::FilingReceipt | SheetKind::AcceptanceNotice => repair::add_filing(app, case, offer, &mut facts).await?,
        SheetKind::ServiceReturn => listing::add_served(case, offer, &mut facts),
    }
    Ok(facts)
}
