//! For those who are signed in.
//!
//! | module | holds |
//! |---|---|
//! | `me` | who is signed in |
//! | `cases`, `work` | lists of cases, what waits at desks |
//! | `queries` | anything by its id or number, the pinned law, an entry of the trail |
//! | `desk` | claim, return, reassign, step aside |
//! | `board` | how things stand in the bureau and in an office |
//! | `plan` | the city's plan: its board, what each number counts, starting and closing it |
//! | `registers`, `rates` | collected information by the catalogue, and the rates that are counted on it |
//! | `accounts`, `seat`, `sign_in` | accounts, who holds which rank where, signing in and out |
//! | `identity` | signing in by an identity that another house vouches for, and linking one |
//! | `registration` | an account of one's own |
//! | `offices`, `setting` | where each office is found; what no instrument settles, with its bounds |
//! | `people`, `trail`, `law_data` | accounts and letters, entries and checkpoints, law files and calendars |
//! | `law_change` | new law: looked over, tried, loaded |
//! | `absence` | that nothing is published about somebody |
//! | `uploads` | which documents are taken |
//! | `files`, `imports` | files checked and committed, and how far their rows have arrived |
//! | `sheets`, `numbers` | papers of a case as the house drafts them; the register of their numbers |
//! | `reporting` | on-time rates of counties and units |

pub mod absence;
pub mod accounts;
pub mod board;
pub mod cases;
pub mod desk;
pub mod files;
pub mod identity;
pub mod imports;
pub mod law_change;
pub mod law_data;
pub mod me;
pub mod numbers;
pub mod offices;
pub mod people;
pub mod plan;
pub mod queries;
pub mod rates;
pub mod registers;
pub mod registration;
pub mod reporting;
pub mod seat;
pub mod setting;
pub mod sheets;
pub mod sign_in;
pub mod trail;
pub mod uploads;
pub mod work;
