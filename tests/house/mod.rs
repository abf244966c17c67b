//! The house itself: the trail, the door, sign-in, administration.

mod door;
mod people;
mod trail;
