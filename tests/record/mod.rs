//! Records and their publication.

mod classes;
mod days;
mod refusals;
mod same;
mod terms;
mod ways;
