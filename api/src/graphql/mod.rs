//! The typed GraphQL surface: one folder per process, one mutation per process and verb.
//!
//! | room | holds | may look at |
//! |---|---|---|
//! | `core` | ids, enums, faults, entries, loaders; typed input into a command, one call of the door, one payload | |
//! | `request` | what a document is judged by before it runs | `core` |
//! | `case` | what every case shows | `core` |
//! | `processes` | one file a process: its type, its forms; its acts | `core`, `case` |
//! | `office` | for those signed in: work, accounts, offices, files, settings | `core`, `case`, `processes` |
//! | `open` | for everybody: the published list, the calculators | `core`, `case`, `processes` |
//! | `schema` | the schema, and how a request is run in it | all |

pub mod case;
pub mod core;
pub mod office;
pub mod open;
pub mod processes;
pub mod request;
pub mod schema;
