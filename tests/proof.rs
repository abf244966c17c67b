//! Every proof of the product, one binary: what a room of the house promises is tested under the room's own name.

mod cli;
mod engine;
mod erasure;
mod files;
mod hostile;
mod house;
mod http;
mod law;
mod listing;
mod mail;
mod objection;
mod permissions;
mod proposal;
mod prove;
mod read;
mod record;
mod repair;
mod sheets;
mod support;
mod told;
mod trail;
mod words;
