//! Legal days: which days are working days, and how limits are counted.
//!
//! | module | holds |
//! |---|---|
//! | `year` | a year's notice and the days it moves; the table of all loaded years |
//! | `limit` | limits in working days, days, months and years, with how each was counted |

mod limit;
mod year;

pub use limit::{DayMark, Derivation, Limit, LimitFault, Pause, Unit, due};
pub use year::{CalendarFault, Calendars, DayReason, DayStatus, YearFile};
