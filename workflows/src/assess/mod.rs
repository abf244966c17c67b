//! Class and terms of a record from its facts (Order 36 arts. 7–12).
//!
//! | module | holds |
//! |---|---|
//! | `class` | which class the facts admit |
//! | `terms` | first and last days, under the law that the policy picks |

mod class;
mod terms;

pub use terms::{Alternative, AssessFault, Assessment, assess};
