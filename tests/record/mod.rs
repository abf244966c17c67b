//! Records and their publication.

mod classes;
mod terms;
mod ways;
