//! Settings of a server: where each value comes from, and what is refused.
//!
//! | module | holds |
//! |---|---|
//! | `settings` | every setting with its default |
//! | `ways_in` | what settings say of ways in beside the password |
//! | `layers` | defaults, then file, then environment, then options; unknown names are refused |

mod layers;
mod settings;
mod ways_in;

pub use layers::{ConfigFault, Layered, has_password, hidden, layered};
pub use settings::{Settings, TlsWord};
