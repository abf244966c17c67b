//! Receipts of hand-overs: made from the entry of the act, signed by the office that gave and by the office that took,
//! checked by both sides with nothing of the house.
//!
//! | module | holds |
//! |---|---|
//! | `text` | what a receipt says, written and read |
//! | `check` | the offline check: signatures, list, entry |
//! | `made` | receipts of cases, from the trail |

mod check;
mod made;
mod text;

pub use check::{Checked, ReceiptFault, check};
pub use made::{Receipt, of_batch, publish_keys, ready};
pub use text::handed_over;
