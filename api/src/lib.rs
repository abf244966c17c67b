pub mod clock;
pub mod door;
pub mod keys;
pub mod people;
pub mod store;
