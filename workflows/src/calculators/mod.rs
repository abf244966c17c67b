//! What anyone may ask of the law without a case: one question, one answer.
//!
//! | module | holds |
//! |---|---|
//! | `due` | last days of limits |
//! | `assess` | class and terms of a record |
//! | `id` | identifiers |
//! | `line` | the three as JSON, a line in, a line out |
//! | `refused` | why a question has no answer |

pub mod assess;
pub mod due;
pub mod id;
mod line;
mod refused;

pub use line::{Question, answer};
pub use refused::Refused;
