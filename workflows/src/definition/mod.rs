//! What a definition file may say, how it is read and checked, and the catalogue of all versions.
//!
//! | module | holds |
//! |---|---|
//! | `file` | the form of a file: states, parameters, deadlines, transitions |
//! | `words` | guards, effects and relations: the closed vocabulary |
//! | `bounds` | between which days a date may lie |
//! | `check`, `check_dates` | load checks over one file |
//! | `catalogue` | all versions of all processes, chosen by legal date |
//! | `draw` | a process as a picture and as a table |

pub mod bounds;
pub mod catalogue;
pub mod check;
mod check_dates;
pub mod draw;
pub mod file;
pub mod words;

pub use catalogue::{Catalogue, Version};
pub use file::Definition;
