//! The typed GraphQL surface: one file per process, one mutation per process and verb.
//!
//! | module | holds |
//! |---|---|
//! | `schema` | the schema, and how a request is run in it |
//! | `inputs`, `cost`, `shape` | what a document is judged by before it runs |
//! | `record`, `repair`, `binding`, `proposal`, `listing`, `objection` | the processes: types, forms, mutations |
//! | `case`, `point`, `document`, `subject`, `shown`, `audit` | what every case shows |
//! | `receipt` | what one office handed over to another |
//! | `ground` | grounds that count |
//! | `public` | the published list |
//! | `calculator` | limits, records, identifiers by the law alone |
//! | `reporting` | on-time rates of counties and units |
//! | `files` | files checked and committed |
//! | `setting` | what no instrument settles, with its bounds |
//! | `imports` | how far the rows of a file have arrived |
//! | `office` | where each office is found, and who reviews its acts |
//! | `seat` | who holds which rank where, for whom |
//! | `sign_in` | signing in and out, one's own password, who signed in |
//! | `queries`, `house`, `desk` | for those signed in; administration; claim, return, reassign |
//! | `terms` | class and terms of a record with how they were found |
//! | `plain` | a record in plain words |
//! | `batch` | one read for a whole page |
//! | `act`, `input` | typed input into a command, one call of the door, one payload |
//! | `node`, `words`, `fault` | global ids, enums, faults |

pub mod act;
pub mod audit;
pub mod batch;
pub mod binding;
pub mod calculator;
pub mod case;
pub mod cost;
pub mod desk;
pub mod document;
pub mod fault;
pub mod files;
pub mod ground;
pub mod house;
pub mod imports;
pub mod input;
pub mod inputs;
pub mod listing;
pub mod node;
pub mod objection;
pub mod office;
pub mod plain;
pub mod point;
pub mod proposal;
pub mod public;
pub mod queries;
pub mod receipt;
pub mod record;
pub mod repair;
pub mod reporting;
pub mod schema;
pub mod seat;
pub mod setting;
pub mod shape;
pub mod shown;
pub mod sign_in;
pub mod subject;
pub mod terms;
pub mod words;
