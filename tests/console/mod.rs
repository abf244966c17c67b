//! The console over HTTP: pages, forms, and what another site could send. `tests/browser.sh` tries them in a real browser.

mod deeds;
mod documents;
mod doors;
mod forms;
mod open;
