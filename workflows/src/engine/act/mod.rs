//! One act on one case: what it must bring, and what every process has in common.
//!
//! | module | holds |
//! |---|---|
//! | `transition` | one transition of one case while it is decided |
//! | `asks`, `bounds` | what an act must bring, and between which days its dates lie |
//! | `items` | lists of points: opened, settled, dropped |
//! | `deadlines`, `named_days` | clocks: started, met, paused, moved; days that a case itself names |
//! | `reminders` | the office is told before a deadline ends, on its last day and when it was missed |
//! | `desks` | work items, claim, return, reassign, stepping aside |
//! | `notes` | notes between offices: written, asked, answered |
//! | `numbers` | numbers of cases and documents, without gaps |
//! | `standing` | what a state asks of people, and which row leaves it |

pub(crate) mod asks;
pub(crate) mod bounds;
pub(crate) mod deadlines;
pub(crate) mod desks;
pub(crate) mod items;
mod named_days;
pub(crate) mod notes;
pub(crate) mod numbers;
pub(crate) mod reminders;
pub(crate) mod standing;
mod transition;

pub(crate) use transition::{Act, setting, setting_number};
