//! The database: connections, the one write, the one load, the trail. What only one room asks stands as SQL in that room; the
//! trail and the rows of cases are written here alone.
//!
//! | module | holds |
//! |---|---|
//! | `again` | deciding every entry again |
//! | `counting` | which cases count, as one clause |
//! | `connect` | connections with their pragmas, migrations |
//! | `desk` | what waits at desks |
//! | `tallies` | how much there is of what a board shows |
//! | `dialect` | the few differences between SQLite and PostgreSQL: hot statements as constants |
//! | `entities` | sea-orm entities of the row tables, made from the one list in `domain` |
//! | `listed` | the published list as it stands, and as it stood after so many entries |
//! | `names` | subjects by part of their name |
//! | `information` | collected information: its newest rows, what is to be handed over, what rates are counted on |
//! | `identity` | what a house says of itself: which one it is, which build made it |
//! | `kind` | kinds of fault, by the database's codes |
//! | `load` | one statement that loads what a batch of commands needs |
//! | `plans` | plans that run, their lines and what they count |
//! | `pool` | connections that answer one statement after the other |
//! | `witness` | when the clock was last witnessed |
//! | `write` | the one write |
//! | `cells` | rows on their way into a table |
//! | `side` | tables outside the trail: credentials, tokens, uploads, notices |
//! | `sought` | entries by what they are about, checkpoints |
//! | `trail` | reading the entries |
//! | `verify` | checking the trail and the rows |
//! | `tree` | the audit tree over them |

pub mod again;
pub mod cells;
pub mod connect;
pub mod counting;
pub mod desk;
pub mod dialect;
pub mod entities;
pub(crate) mod identity;
pub mod information;
pub mod kind;
pub mod listed;
pub mod load;
pub mod names;
pub mod plans;
pub mod pool;
pub mod side;
pub mod sought;
pub mod tallies;
pub mod trail;
pub mod tree;
pub mod verify;
pub mod witness;
pub mod write;

pub use connect::{Database, Lane, StoreFault};
