//! The city: its offices, and a demo of it built through the same door as real work.
//!
//! | module | holds |
//! |---|---|
//! | `offices` | the bureau's real offices and the counties |
//! | `acts` | administrative acts by the operator |
//! | `demo` | invented operators and penalties, one account per role |
//! | `handouts` | spreadsheets and GraphQL documents to try |
//! | `scenes` | cases of every process in their states |
//! | `stage` | the demo's people, acting through the door |

pub mod acts;
pub mod demo;
pub mod handouts;
pub mod offices;
mod scenes;
mod stage;
