//! What several rooms of the proof use.

pub mod chance;
pub mod hostile;
pub mod judge;
pub mod kills;
pub mod observed;
pub mod smtp;
pub mod world;
