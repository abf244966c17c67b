//! Records and their publication.

mod annulment;
mod classes;
mod days;
mod refusals;
mod same;
mod terms;
mod ways;
