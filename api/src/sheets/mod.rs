//! Spreadsheets as offices really send them, in and out; which columns there are is the caller's layout.
//!
//! | module | holds |
//! |---|---|
//! | `layout` | columns and what their cells may hold |
//! | `fault` | what is wrong with a cell, a row or a file, in Chinese and English |
//! | `columns` | which columns are read, and what is said of the others |
//! | `numerals` | numbers as papers spell them, and sums that a text names |
//! | `shape` | merged areas, what is hidden, number formats that mislead |
//! | `raw` | a file as cells, before any meaning |
//! | `pack` | the zip of an .xlsx, a .docx or an .ofd, weighed before anybody opens it |
//! | `xlsx`, `csv` | the two kinds of file, with their limits |
//! | `value` | a cell as the value of its column |
//! | `read` | header, rows, values and faults of a file |
//! | `mark` | the file handed back with the wrong cells marked |
//! | `template` | an empty file to fill in |
//! | `write` | exports that no spreadsheet takes for formulas |

mod columns;
mod csv;
pub mod fault;
pub mod layout;
mod mark;
pub mod numerals;
mod pack;
mod raw;
mod read;
mod shape;
mod template;
mod value;
mod write;
mod xlsx;

pub use fault::{CellFault, SheetFault};
pub use layout::{CellKind, Column, Layout};
pub use mark::{Found, mark};
pub use pack::{Packed, document, is_workbook};
pub use raw::Limits;
pub use read::{Read, Row, SheetRead, Skipped, has_header, of_file, read, read_among};
pub use template::template;
pub use value::Value;
pub use write::{csv as write_csv, xlsx as write_xlsx};
