//! What is special to one process: its own conditions and effects.
//!
//! | module | holds |
//! |---|---|
//! | `record_guards`, `shield` | the record and its publication |
//! | `list_type`, `ground_count` | list types and grounds that count, for proposals and listings |
//! | `proposal`, `listing`, `objection` | conditions and effects of these processes |
//! | `made` | cases that an act makes |

pub(crate) mod ground_count;
pub(crate) mod list_type;
pub(crate) mod listing;
pub(crate) mod made;
pub(crate) mod objection;
pub(crate) mod proposal;
pub(crate) mod record_guards;
pub(crate) mod shield;
