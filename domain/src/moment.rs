//! Time as the house keeps it: microseconds since 1970 UTC, and legal days in Asia/Shanghai (UTC+8, no summer time since 1991).

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime, UtcOffset, macros::offset};

const SHANGHAI: UtcOffset = offset!(+8);

/// A point in time, whole microseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Micros(pub i64);

impl Micros {
    /// 00:00 in Asia/Shanghai at the beginning of `day`.
    pub fn start_of(day: Date) -> Self {
        Self(day.midnight().assume_offset(SHANGHAI).unix_timestamp() * 1_000_000)
    }

    /// Nine o'clock of `day` in Asia/Shanghai, when offices open.
    pub fn offices_open(day: Date) -> Self {
        Self(Self::start_of(day).0 + 9 * 3_600_000_000)
    }

    /// The legal day in Asia/Shanghai.
    pub fn day(self) -> Date {
        self.shanghai().date()
    }

    /// The same instant with the offset of Asia/Shanghai; the epoch where out of range.
    pub fn shanghai(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1000).unwrap_or(OffsetDateTime::UNIX_EPOCH).to_offset(SHANGHAI)
    }
}

impl From<OffsetDateTime> for Micros {
    fn from(at: OffsetDateTime) -> Self {
        Self(i64::try_from(at.unix_timestamp_nanos() / 1000).unwrap_or(i64::MAX))
    }
}
