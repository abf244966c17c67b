//! The GraphQL door: what gets in, what is refused, and that nothing stops the process.

mod gate;
mod judge;
mod toy;
mod transport;
