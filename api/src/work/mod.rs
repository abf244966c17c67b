//! Work beside the door: letters that wait to be sent, and what the house tells by the calendar.
//!
//! | module | holds |
//! |---|---|
//! | `rounds` | what comes round: timers, the day's digests, a missing calendar |
//! | `guard` | whether the machine's clock can be believed |
//! | `digest` | the letter of what waits at each officer's desks |
//! | `desks` | what waits, desk by desk |
//! | `days` | how urgent it is |
//! | `moving` | cases that a newer law takes over |
//! | `held` | letters about cases of a file that still arrives |
//! | `outbox` | sends what waits; retries, dead letters |
//! | `address` | who a notice goes to, and what its letter says |

mod address;
mod days;
mod desks;
mod digest;
pub mod guard;
pub mod held;
pub mod moving;
pub mod outbox;
pub mod rounds;
