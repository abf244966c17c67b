//! Settings of a server: where each value comes from, and what is refused.
//!
//! | module | holds |
//! |---|---|
//! | `settings` | every setting with its default |
//! | `layers` | defaults, then file, then environment, then options; unknown names are refused |

mod layers;
mod settings;

pub use layers::{ConfigFault, Layered, has_password, hidden, layered};
pub use settings::{Settings, TlsWord};
