//! Words of the house: days, identifiers, names, the tree.

mod calendar;
mod identifiers;
mod tree;
