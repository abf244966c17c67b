//! WORDS: what the house talks about. Pure: no clock, no randomness, no database.
//!
//! | module | holds |
//! |---|---|
//! | `ids`, `moment`, `day` | typed ids; microseconds and legal days in Asia/Shanghai; days as text |
//! | `process`, `office`, `paper` | the list of processes, phases and verbs; offices and roles; documents, dates, points, choices |
//! | `identifier` | USCC and resident identity number |
//! | `canonical`, `name` | the one key under which two writings are the same; names as they are searched |
//! | `calendar` | working days, limits and how each was counted |
//! | `record` | facts of a record from which its class and terms follow |
//! | `receipt` | what one office hands over to another |
//! | `ground` | grounds that count, and what was found |
//! | `data`, `repair`, `binding`, `listing`, `proposal`, `objection` | what a case of that process carries: the record, … |
//! | `column` | values that stand as JSON in one text column |
//! | `rows` | the rows that guards read and replay rebuilds |
//! | `command`, `admin` | an act on a case; an administrative act |
//! | `refusal` | lawful no: code, article, remedy, first day |
//! | `sign_in` | what becomes of a try to sign in |
//! | `letter`, `digest` | the letters that are sent; what a day's digest lists |
//! | `entry`, `merkle`, `personal` | audit entries and their tree; what is kept out of it |
//! | `erasure` | what personal values may be erased of, and on which ground |
//! | `import` | a file whose rows become cases |

pub mod admin;
pub mod binding;
pub mod calendar;
pub mod canonical;
pub mod column;
pub mod command;
pub mod data;
pub mod day;
pub mod digest;
pub mod entry;
pub mod erasure;
pub mod ground;
pub mod identifier;
pub mod ids;
pub mod import;
pub mod letter;
pub mod listing;
pub mod merkle;
pub mod moment;
pub mod name;
pub mod objection;
pub mod office;
pub mod paper;
pub mod personal;
pub mod process;
pub mod proposal;
pub mod receipt;
pub mod record;
pub mod refusal;
mod refusal_words;
pub mod repair;
pub mod rows;
pub mod sign_in;
