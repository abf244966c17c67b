//! Files that offices send and get.

mod applications;
mod attacks;
mod penalties;
mod sheet;
mod tables;
