//! The board of a plan: how much of what each line asks is there, by things that were done and noted. Nothing of it is stored; the
//! guard of a task, the pages and the pack call the same functions.
//!
//! | module | holds |
//! |---|---|
//! | `facts` | the things that count towards a measure on a day, and whose each is |
//! | `quota` | how much of a measure is there: in all, and by owner, month, field and kind |
//! | `lines` | the lines of a plan with their lights, points and watched numbers |
//! | `said` | what is missing, in words |

mod facts;
mod lines;
mod quota;
mod said;

pub use facts::{Facts, counted_in, years_of};
pub use lines::{Asked, Board, Line, Scored, Share, Watched, board, line};
pub use quota::{Counted, Of, Part};
pub use said::gap;
