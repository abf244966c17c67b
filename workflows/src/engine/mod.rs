//! The engine: one pure `decide` over a snapshot, and `offer`, which asks the same guards in advance.
//!
//! | room | holds | may look at |
//! |---|---|---|
//! | `sight` | what a decision sees and what it gives | |
//! | `act` | one act on one case: what all processes have in common | `sight` |
//! | `crate::processes` | what is special to one process | `act`, `sight` |
//! | `decide` | a command and its follow-ups; the same guards asked in advance | all above, `admin` |
//! | `ahead` | what lies ahead of a case and behind it; decides nothing | `sight`, `act`, `decide` |
//! | `admin` | administrative acts; rows of an import are decided one by one | all above, `decide` |

pub(crate) mod act;
pub mod admin;
pub mod ahead;
pub mod decide;
pub mod sight;

pub use admin::{
    erasure::keeps,
    imports::{rehearse, rehearse_rows},
    law_files::recounted_from,
    recount::counted_again,
};
pub use ahead::{Route, route};
pub use decide::{
    decide,
    moves::move_over,
    offer::{Offered, offer},
    openings::{Matter, Opened, openings},
    timers::{ring, rings_as_of},
};
pub use sight::{
    decision::{Decision, Draft, NoticeDraft, Outcome, Recipient},
    profile::eligibility,
    snapshot::{Change, Done, Reach, Snapshot},
};

pub use crate::{
    Rules,
    processes::{
        forms_of,
        ground_count::{Claim, ground_counts},
        proposal_batch::forwardable,
        terms::terms_on,
    },
};
