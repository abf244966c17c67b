//! For everybody.
//!
//! | module | holds |
//! |---|---|
//! | `public` | the published list |
//! | `column` | the bureau's column |
//! | `list_types` | the list types and their grounds |
//! | `schemes` | schemes and types of commitments; whether a subject can use a scheme |
//! | `calculator` | the calculators of the law |
//! | `words` | titles of the closed words |
//! | `process_law` | the law of a process: states, acts, time limits, text, versions |
//! | `reasons` | the reasons of refusals |
//! | `proof` | proof files that are brought, checked |

pub mod calculator;
pub mod column;
pub mod list_types;
pub mod process_law;
pub mod proof;
pub mod public;
pub mod reasons;
pub mod schemes;
pub mod words;
