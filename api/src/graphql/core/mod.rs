//! What every type and every mutation stands on.
//!
//! | module | holds |
//! |---|---|
//! | `act`, `input`, `named` | typed input into a command, whom it names; one call of the door, one payload |
//! | `signing` | a draft of the house that an act signs off: set, kept and numbered |
//! | `bulk` | the same act on many cases, each decided alone |
//! | `audit`, `given`, `document` | entries of the trail, what was brought with an act, papers |
//! | `shown`, `action`, `openings` | refusals, citations; acts on a case, and acts that open one |
//! | `asks`, `forms`, `known` | what an act has to bring, the fields of the forms, the lists that fields take keys of |
//! | `words`, `deadline` | words for people in both languages; a deadline as a client shows it |
//! | `yuan`, `kinds` | sums of money; what a value of each scalar type has to be |
//! | `find`, `viewer`, `loaders` | a case that the viewer may see, who asks, one read for a whole page |
//! | `office`, `person` | offices and people with their names, wherever a key would stand alone |
//! | `page`, `total` | pages of a list both ways, and how many entries it has |
//! | `node`, `enums`, `fault` | global ids and cursors, closed words, faults |
//! | `told` | descriptions that are the same wherever a name stands, and those that the tables give |

pub mod act;
pub mod action;
pub mod asks;
pub mod audit;
pub mod bulk;
pub mod deadline;
pub mod document;
pub mod enums;
pub mod fault;
pub mod find;
pub mod forms;
pub mod given;
pub mod input;
pub mod kinds;
mod known;
pub mod loaders;
mod named;
pub mod node;
pub mod office;
pub mod openings;
pub mod page;
pub mod person;
pub mod shown;
pub(in crate::graphql) mod signing;
pub mod told;
pub mod total;
pub mod viewer;
pub mod words;
pub mod yuan;
