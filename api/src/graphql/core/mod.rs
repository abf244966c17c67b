//! What every type and every mutation stands on.
//!
//! | module | holds |
//! |---|---|
//! | `act`, `input` | typed input into a command, one call of the door, one payload |
//! | `audit`, `shown` | entries of the trail; refusals, citations, deadlines, actions |
//! | `find`, `viewer`, `loaders` | a case that the viewer may see, who asks, one read for a whole page |
//! | `office`, `person` | offices and people with their names, wherever a key would stand alone |
//! | `node`, `enums`, `fault` | global ids and cursors, closed words, faults |

pub mod act;
pub mod action;
pub mod asks;
pub mod audit;
pub mod deadline;
pub mod enums;
pub mod fault;
pub mod find;
pub mod forms;
pub mod input;
pub mod loaders;
pub mod node;
pub mod office;
pub mod person;
pub mod shown;
pub mod viewer;
pub mod words;
