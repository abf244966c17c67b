//! The city's plan: what it asks, and how its numbers are counted. Pure functions, for board, freezing, recount and the command line alike.
//!
//! | module | holds |
//! |---|---|
//! | `share` | a number of a number, how its percent is shown, the records that fail it and their digest |
//! | `coverage` | operators about whom something is collected |
//! | `dual_publication` | licences and penalties, reported in time and accepted |
//! | `completeness`, `cells` | lines whose required cells are filled and of their type; one cell |
//! | `frozen` | all rates of a day with the lists of what fails them, as they are frozen |
//! | `months` | full months of a period |
//! | `board` | how much of what each line asks is there, with its light |
//! | `file` | the plan as a dated file of the law: form, closed words, load checks |
//! | `measure` | the measures as JSON, a line in, a line out |
//! | `lots` | the draw of inspections that anyone can draw again |

pub mod board;
pub mod cells;
pub mod completeness;
pub mod coverage;
pub mod dual_publication;
pub mod file;
pub mod frozen;
pub mod lots;
pub mod measure;
pub mod months;
pub mod share;
