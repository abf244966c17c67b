//! Work beside the door: letters that wait to be sent.
//!
//! | module | holds |
//! |---|---|
//! | `outbox` | sends what waits; retries, dead letters |
//! | `address` | who a notice goes to, and what its letter says |

mod address;
pub mod outbox;
