//! Files that offices send and get.

mod applications;
pub mod arriving;
mod attacks;
mod clause;
mod penalties;
mod pushes;
mod sheet;
mod stopped;
mod tables;
mod template;
mod trouble;
