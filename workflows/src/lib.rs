//! LAW: what a definition file may say, the law as data, and the engine that decides. Pure, like `domain`.
//!
//! | module | holds |
//! |---|---|
//! | `definition` | process tables: form, vocabulary, load checks, catalogue by legal date, pictures |
//! | `law` | instruments, rulebooks, settings, calendars |
//! | `collection` | the city's catalogue of credit information: its items, and a row of each |
//! | `commitment_types`, `schemes` | types of commitments; advantages for the trustworthy and what each asks |
//! | `profile` | what the house knows of a subject on a day |
//! | `measures` | the closed list of punishment measures |
//! | `ledger_kinds` | kinds of ledger entries: what each needs and what a plan counts by it |
//! | `list_types` | severe lists: basis, grounds, measures, terms |
//! | `grounds` | grounds that count: penalties in a rolling year, shares of a fleet, fines |
//! | `assess` | class and terms of a record |
//! | `explain` | derivations in plain words |
//! | `calculators` | what anyone may ask of the law without a case |
//! | `plan` | the numbers of the city's plan: rates, months, the draw of inspections |
//! | `rules` | all of it together, checked as a whole |
//! | `engine` | `decide` and `offer` |
//! | `processes` | what is special to one process |
//! | `prove` | process tables as models for a model checker |

pub mod assess;
pub mod calculators;
pub mod collection;
pub mod commitment_types;
pub mod definition;
pub mod engine;
pub mod explain;
pub mod grounds;
pub mod law;
pub mod ledger_kinds;
pub mod list_types;
pub mod measures;
pub mod plan;
mod processes;
pub mod profile;
pub mod prove;
mod rules;
pub mod schemes;

pub use rules::Rules;
