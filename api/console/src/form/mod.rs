//! From what an act asks for to the fields of a form, and from what was typed back to the input of the mutation.
//!
//! | module | holds |
//! |---|---|
//! | `typed` | what a browser sent |
//! | `fields` | fields as the template draws them |
//! | `input` | the input of the mutation |

pub mod fields;
pub mod input;
pub mod typed;

pub use typed::{Typed, TypedFile};
