//! What several rooms of the proof use.

pub mod chance;
pub mod hostile;
pub mod judge;
pub mod kills;
pub mod letters;
pub mod observed;
pub mod openid;
pub mod patience;
pub mod question;
pub mod relay;
pub mod room;
pub mod smtp;
pub mod sources;
pub mod world;
