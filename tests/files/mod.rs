//! Files that offices send and get.

mod again;
mod alone;
mod applications;
pub mod arriving;
mod asked;
mod attacks;
mod clause;
mod penalties;
mod pushes;
mod sheet;
mod stopped;
pub mod tables;
mod template;
mod trouble;
