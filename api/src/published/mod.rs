//! The published list as a map that the house binds itself to: every row under its code and under its name, so that an outsider
//! sees that nothing stands under another code and name. The map of a day is made with salts of that day, which the open data
//! prints: whoever has the file makes the map anew.
//!
//! | module | holds |
//! |---|---|
//! | `map` | the map of some rows, and what the open data prints beside each |
//! | `examine` | whether the maps that the house noted follow from its trail |

mod examine;
mod map;

pub use examine::{decide_again, examine};
pub use map::{key_and_salt, map, map_of};
