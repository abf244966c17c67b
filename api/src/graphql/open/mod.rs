//! For everybody.
//!
//! | module | holds |
//! |---|---|
//! | `public` | the published list |
//! | `list_types` | the list types and their grounds |
//! | `calculator` | the calculators of the law |
//! | `words` | titles of the closed words |

pub mod calculator;
pub mod list_types;
pub mod public;
pub mod words;
