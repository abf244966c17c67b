//! The law as data: instruments, rulebooks, settings and calendars, all dated and digested.
//!
//! | module | holds |
//! |---|---|
//! | `sources` | instruments, their articles, and whether a citation was in force on a day |
//! | `figure` | a number with unit, article and how sure it is |
//! | `rulebook` | grades, terms and time limits of one instrument |
//! | `retention` | how long personal values are kept |
//! | `settings` | what no instrument settles |
//! | `book` | all of it together, as embedded in the program |

mod book;
pub mod dates;
mod figure;
mod retention;
mod rulebook;
mod settings;
mod sources;

pub use book::{Law, LawFault};
pub use figure::{Figure, Mark, Measured};
pub use retention::Retention;
pub use rulebook::{Grade, Rule, Rulebook, Special, TimeLimit};
pub use settings::{Setting, Settings};
pub use sources::{CitationFault, Source, Sources};
