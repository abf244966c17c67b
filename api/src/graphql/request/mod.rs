//! What a document is judged by before it runs.
//!
//! | module | holds |
//! |---|---|
//! | `inputs` | its inputs |
//! | `cost` | what it costs |
//! | `shape` | its shape |

pub mod cost;
pub mod inputs;
pub mod shape;
