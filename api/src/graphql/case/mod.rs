//! What every case shows.
//!
//! | module | holds |
//! |---|---|
//! | `parts` | state, actions with why-not, deadlines, history |
//! | `around` | whose desk it lies on, letters that it sent, cases that it is linked to |
//! | `written` | what was written in forms, as far as the viewer may read it |
//! | `point`, `subject`, `receipt` | points, the subject, what one office handed over to another |
//! | `notes` | what offices write to each other in it |
//! | `plan` | how much of what a task of a plan asks is there |
//! | `route` | what was done, what comes next, who does it and until when |
//! | `terms`, `plain`, `ground` | class and terms of a record, a record in plain words, grounds that count |

pub mod around;
pub mod ground;
pub mod notes;
pub mod parts;
pub mod plain;
pub mod plan;
pub mod point;
pub mod receipt;
pub mod route;
pub mod subject;
pub mod terms;
pub mod written;
