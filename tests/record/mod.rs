//! Records and their publication.

mod classes;
mod refusals;
mod same;
mod terms;
mod ways;
