//! The lock of the house. Whoever works in it holds it shared; whoever puts other files or tables in its place holds it alone.
//!
//! | module | holds |
//! |---|---|
//! | `house` | the lock as a whole: folder, database file, database server |
//! | `folder` | flock on a file that nothing ever replaces |
//! | `advisory` | `PostgreSQL`'s advisory lock on a connection of its own, and what happens when that is lost |
//! | `holder` | who holds it, told to whoever is refused |
//! | `fault` | why it could not be taken |

mod advisory;
mod fault;
mod folder;
mod holder;
mod house;

pub use fault::LockFault;
pub use folder::FOLDER;
pub use holder::{line, this_is, told};
pub use house::{Hold, HouseLock};
