//! Legal days: which days are working days, and how limits are counted.
//!
//! | module | holds |
//! |---|---|
//! | `year` | a year's notice and the days it moves; the table of all loaded years |
//! | `limit` | limits in working days, days, months and years, with how each was counted |
//! | `derived` | how a day was found: counted, named, or taken of several |

mod derived;
mod limit;
mod year;

pub use derived::{Chosen, Counted, DayName, Derived, Parameter, Why};
pub use limit::{DayMark, Derivation, Limit, LimitFault, Pause, Unit, due};
pub use year::{CalendarFault, Calendars, DayReason, DayStatus, YearFile};
