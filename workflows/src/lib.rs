//! LAW: what a definition file may say, the law as data, and the engine that decides. Pure, like `domain`.
//!
//! | module | holds |
//! |---|---|
//! | `definition` | process tables: form, vocabulary, load checks, catalogue by legal date, pictures |
//! | `law` | instruments, rulebooks, settings, calendars |
//! | `measures` | the closed list of punishment measures |
//! | `list_types` | severe lists: basis, grounds, measures, terms |
//! | `assess` | class and terms of a record |
//! | `calculators` | what anyone may ask of the law without a case |
//! | `rules` | all of it together, checked as a whole |
//! | `engine` | `decide` and `offer` |

pub mod assess;
pub mod calculators;
pub mod definition;
pub mod engine;
pub mod law;
pub mod list_types;
pub mod measures;
mod rules;

pub use rules::Rules;
