//! Who looks, and what it may see. Below the application, which keeps the viewers that were read lately.
//!
//! | module | holds |
//! |---|---|
//! | `viewer` | who looks, and the condition on cases that follows |
//! | `recent` | viewers read lately |

pub mod recent;
pub mod viewer;

pub use recent::Viewers;
pub use viewer::{Viewer, published_on};
