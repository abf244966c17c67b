//! What several rooms of the proof use.

pub mod smtp;
pub mod world;
