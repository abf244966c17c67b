//! The house itself: the trail, the door, sign-in, administration.

mod addresses;
mod claims;
mod clocks;
pub mod crash;
mod deputies;
mod desk;
mod doctor;
mod door;
mod evidence;
mod faults;
mod generated;
mod kill;
mod letters;
mod lock;
mod offices;
mod one_sender;
mod papers;
mod people;
mod persons;
mod proofs;
mod reading;
mod reminders;
mod rooms;
mod schema;
mod sign_in;
mod sizes;
mod trail;
