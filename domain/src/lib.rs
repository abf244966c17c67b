//! WORDS: what the house talks about. Pure: no clock, no randomness, no database.
//!
//! | module | holds |
//! |---|---|
