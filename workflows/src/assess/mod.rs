//! Class and terms of a record from its facts (Order 36 arts. 7–12).
//!
//! | module | holds |
//! |---|---|
//! | `class` | which grades of a book the facts fall into |
//! | `terms` | first and last days under one book |
//! | `outcome` | under the law that the policy picks, and what other law would say |
//! | `derived` | the same with every count behind it |

mod class;
mod derived;
mod outcome;
mod terms;

pub use derived::derive;
pub use outcome::{Alternative, AssessFault, Assessment, assess};
