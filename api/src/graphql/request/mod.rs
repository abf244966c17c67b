//! What a document is judged by before it runs: its inputs, what it costs, its shape.

pub mod cost;
pub mod inputs;
pub mod shape;
