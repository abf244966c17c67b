//! The law as data: instruments, rulebooks, settings and calendars, all dated and digested.
//!
//! | module | holds |
//! |---|---|
//! | `sources` | instruments, their articles, and whether a citation was in force on a day |
//! | `rulebook` | classes and terms of one order |
//! | `retention` | how long personal values are kept |
//! | `settings` | what no instrument settles |
//! | `book` | all of it together, as embedded in the program |

mod book;
pub mod dates;
mod retention;
mod rulebook;
mod settings;
mod sources;

pub use book::{Law, LawFault};
pub use retention::Retention;
pub use rulebook::{ClassTerms, Figure, Rulebook};
pub use settings::{Setting, Settings};
pub use sources::{CitationFault, Source, Sources};
