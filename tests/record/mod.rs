//! Records and their publication.

mod annulment;
mod classes;
mod days;
mod plausible;
mod refusals;
mod room;
mod same;
mod terms;
mod ways;

pub use room::PublicationRecord;
