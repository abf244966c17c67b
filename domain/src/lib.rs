//! WORDS: what the house talks about. Pure: no clock, no randomness, no database.
//!
//! | module | holds |
//! |---|---|
//! | `ids`, `moment`, `day` | typed ids; microseconds and legal days in Asia/Shanghai; days as text |
//! | `processes` | the list of processes, and the room of each: what its cases carry, its forms |
//! | `form` | what a field of a form is and takes |
//! | `process`, `office`, `paper` | phases and verbs; offices and roles; documents, dates, points, choices |
//! | `identifier` | USCC and resident identity number |
//! | `canonical`, `name` | the one key under which two writings are the same; names as they are searched |
//! | `calendar` | working days, limits and how each was counted |
//! | `record` | facts of a record from which its class and terms follow |
//! | `receipt` | what one office hands over to another |
//! | `published` | the published list as a map: its keys, its rows, what the house says of it |
//! | `collection` | rows by the city's catalogue, platforms, rates |
//! | `ground` | grounds that count, and what was found |
//! | `column` | values that stand as JSON in one text column |
//! | `rows` | the rows that guards read and replay rebuilds |
//! | `standing` | whether a row holds, waits or has ended |
//! | `command`, `admin` | an act on a case; an administrative act |
//! | `refusal`, `refusal_words` | lawful no: code, article, remedy, first day; its sentences |
//! | `sign_in` | what becomes of a try to sign in |
//! | `setting` | whose a setting is, and what it is counted in |
//! | `sheet` | papers that the house drafts, and the series in which it numbers papers |
//! | `letter`, `digest` | the letters that are sent; what a day's digest lists |
//! | `entry`, `merkle`, `personal` | audit entries and their tree; what is kept out of it |
//! | `erasure` | what personal values may be erased of, and on which ground |
//! | `import` | a file whose rows become cases |
//!
//! # Glossary
//!
//! | word | in this house |
//! |---|---|
//! | house | one installation: its database, data folder, keys and log; also the administration of it (`AdminAct`) |
//! | door | the one place through which every change goes: it takes commands in turn and writes what was decided |
//! | lane | a database connection that the door keeps for itself, so that its order is the order of writes |
//! | head | the row that says how far the trail has come; whoever writes wins it first. Also an office's head, a person |
//! | trail, entry | the append-only log of all acts; one act in it |
//! | tree, checkpoint | the Merkle tree over the entries (RFC 6962); a signature over it at a size |
//! | row | a line of a process table: from, verb, to, who, under which article; or of a database table that guards read |
//! | act, verb | something that a person or the house does on a case; its name |
//! | guard, effect | a condition of a row; what else happens when it is taken |
//! | follow-up | an act on another case that an act sets going |
//! | snapshot | the rows that one decision may see |
//! | seat | a rank that an account holds in an office; a deputy holds it for somebody |
//! | desk | the place of an office at which work waits; a claim takes it to one person |
//! | viewer | who looks, with everything that decides what may be seen |
//! | told | to be sent a letter, or listed in a day's digest |
//! | outbox, relay | letters that wait to be sent; the mail server that takes them |
//! | sealed | a personal text under the house's keys; the trail holds a commitment to it alone |
//! | receipt | signed by both offices when one hands over to another |
//! | rounds | what the server does by itself, every second and once a day |
//! | mark | a word of a closed set by which a state counts in conditions of other processes |
//! | room | a module with one subject; a process has one in `workflows` and one in `api` |

pub mod admin;
pub mod calendar;
pub mod canonical;
pub mod collection;
pub mod column;
pub mod command;
pub mod day;
pub mod digest;
pub mod entry;
pub mod erasure;
pub mod form;
pub mod ground;
pub mod identifier;
pub mod ids;
pub mod import;
pub mod letter;
pub mod merkle;
pub mod moment;
pub mod name;
pub mod office;
pub mod paper;
pub mod personal;
pub mod process;
pub mod processes;
pub mod published;
pub mod receipt;
pub mod record;
pub mod refusal;
mod refusal_words;
pub mod rows;
pub mod setting;
pub mod sheet;
pub mod sign_in;
pub mod standing;

// A further process is reached as `domain::processes::<process>`; these are called as they were before they had rooms.
pub use processes::{benefit, binding, check, commitment, data, ledger, listing, objection, plan, proposal, publicity, repair, submission};
