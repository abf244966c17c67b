//! Who is told of what: each event with its letter and its addressees, and letters that recur.

mod defences;
mod digest;
mod rounds;
mod scenes;
mod signed;
pub mod table;
mod turns;
