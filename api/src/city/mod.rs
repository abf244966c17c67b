//! The city: its offices, and a demo of it built through the same door as real work.
//!
//! | module | holds |
//! |---|---|
//! | `offices` | the bureau's real offices and the counties |
//! | `acts` | administrative acts by the operator |
//! | `demo` | invented operators and penalties, one account per role |

pub mod acts;
pub mod demo;
pub mod offices;
