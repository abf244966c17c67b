//! What a decision sees and what it gives.
//!
//! | module | holds |
//! |---|---|
//! | `snapshot` | rows and history that a decision sees, with undo and the changes it made |
//! | `roles` | whether an actor holds a role towards a case |
//! | `profile` | what the house knows of a subject on a day |
//! | `questions` | questions that offices ask each other in a case |
//! | `decision` | what a decision is: entries with their changes and notices |

pub mod decision;
pub mod profile;
pub(crate) mod questions;
pub mod roles;
pub mod snapshot;
