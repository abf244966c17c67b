//! What a definition file may say, how it is read and checked, and the catalogue of all versions.
//!
//! | module | holds |
//! |---|---|
//! | `file` | the form of a file: states, parameters, deadlines, transitions |
//! | `steps` | the rows of a table, which acts share |
//! | `header` | whose a process is, who sees it, what its acts are called |
//! | `which` | closed words that say which of a few things is meant |
//! | `words` | guards, effects and relations: the closed vocabulary |
//! | `asked` | what an act asks by words of its own |
//! | `notes` | notes between offices: rows that tables get and do not repeat |
//! | `common` | conditions that bind every act, whatever its row says |
//! | `bounds` | between which days a date may lie |
//! | `titles`, `titles_asks`, `titles_numbers`, `titles_words` | guards, effects and asks in sentences; lengths, days and relations in them |
//! | `told` | rows, time limits and the header in sentences |
//! | `check`, `check_dates`, `check_header`, `check_follow` | load checks: of a file, and of what files set going in each other |
//! | `check_carried` | whether the program's inputs carry what a loaded file asks |
//! | `catalogue` | all versions of all processes, chosen by legal date |
//! | `mutations`, `mutation_words` | the GraphQL mutations of a process, as text, and what the table says of each |
//! | `draw`, `draw_tables` | a process as a picture and on a page; its tables |

pub mod asked;
pub mod bounds;
pub mod catalogue;
pub mod check;
pub(crate) mod check_carried;
mod check_dates;
mod check_follow;
mod check_header;
pub mod common;
pub mod draw;
mod draw_tables;
pub mod file;
pub mod header;
mod mutation_words;
pub mod mutations;
pub mod notes;
pub mod steps;
pub mod titles;
mod titles_asks;
mod titles_numbers;
mod titles_words;
pub mod told;
mod which;
pub mod words;

pub use catalogue::{Catalogue, FormsOf, Version};
pub use check_follow::MAX_DEPTH;
pub use file::Definition;
pub use header::{PartySees, Seen};
