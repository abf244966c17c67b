//! Erasing: nothing of a person can be found anywhere, and everything that was ever proven still is.

mod everywhere;
mod refusals;
mod whole;
