//! Who is told of what: the table of `domain.md` 4.7, and what comes round by itself.

mod digest;
mod rounds;
mod scenes;
mod signed;
pub mod table;
