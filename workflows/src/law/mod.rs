//! The law as data: instruments, rulebooks, settings and calendars, all dated and digested.
//!
//! | module | holds |
//! |---|---|
//! | `bilingual` | a text in both languages |
//! | `sources` | instruments, their articles, and whether a citation was in force on a day |
//! | `words` | the words of cited articles: where they were read, with their digest |
//! | `figure` | a number with unit, article and how sure it is |
//! | `rulebook` | grades, terms and time limits of one instrument |
//! | `refusal_checks` | what has to be so for a reason that is given as a code; refusals by a rule of the house |
//! | `sector_rules` | rules by which publication goes on after its maximum |
//! | `retention` | how long personal values are kept |
//! | `settings` | what no instrument settles |
//! | `holidays` | what a year's notice has to leave off |
//! | `files` | the law as a set of files: built into the program, and loaded since |
//! | `fault` | what is wrong with a file, with its line and column |
//! | `diff`, `diff_words` | what changes from one file to another, in words |
//! | `dates` | days as files write them |
//! | `book` | all of it together |

mod bilingual;
mod book;
pub mod dates;
mod diff;
mod diff_words;
mod fault;
mod figure;
mod files;
mod holidays;
mod refusal_checks;
mod retention;
mod rulebook;
mod sector_rules;
mod settings;
mod sources;
mod words;

pub use bilingual::Words;
pub use book::Law;
pub(crate) use book::single;
pub use diff::{About, Difference, diff};
pub(crate) use fault::read;
pub use fault::{FileFault, RulesFault};
pub use figure::{Figure, Mark, Measured};
pub use files::{Kind, LawFiles, Reach, path_of, sha256};
pub use holidays::{Holiday, Holidays};
pub use refusal_checks::{Check, HouseRule, RefusalCheck};
pub use retention::Retention;
pub use rulebook::{General, Grade, Rule, Rulebook, Special, TimeLimit};
pub use sector_rules::SectorRule;
pub use settings::{Bounds, Relation, Setting, Settings};
pub use sources::{CitationFault, Rank, Source, Sources};
pub use words::{Both, Quote, numeral};
