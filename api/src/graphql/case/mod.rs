//! What every case shows.
//!
//! | module | holds |
//! |---|---|
//! | `parts` | state, actions with why-not, deadlines, history |
//! | `document`, `point`, `subject`, `receipt` | papers, points, the subject, what one office handed over to another |
//! | `terms`, `plain`, `ground` | class and terms of a record, a record in plain words, grounds that count |

pub mod document;
pub mod ground;
pub mod parts;
pub mod plain;
pub mod point;
pub mod receipt;
pub mod subject;
pub mod terms;
