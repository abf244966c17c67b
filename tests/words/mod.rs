//! Words of the house: days, identifiers, names.

mod calendar;
mod canonical;
mod identifiers;
