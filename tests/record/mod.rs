//! Records and their publication.

mod classes;
mod refusals;
mod terms;
mod ways;
