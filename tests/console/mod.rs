//! The console over HTTP: pages, forms, and what another site could send. `tests/browser.sh` tries them in a real browser.

mod absence;
mod bulk;
mod deeds;
mod documents;
mod doors;
mod files;
mod forms;
mod gaps;
pub mod hand;
mod new_law;
mod open;
mod plan;
