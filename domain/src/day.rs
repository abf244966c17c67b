//! Legal days as text: YYYY-MM-DD and nothing else, read and written without allocation. For `#[serde(with)]` too.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};
use time::{Date, Month};

/// The day that `text` spells, if it is one: ten characters, a real day, no year 0.
pub fn parse(text: &str) -> Option<Date> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let number = |range: std::ops::Range<usize>| {
        bytes[range].iter().try_fold(0_u16, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u16::from(byte - b'0')))
    };
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    if bytes[4] != b'-' || bytes[7] != b'-' || year == 0 {
        return None;
    }
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()
}

/// The day as ten ASCII characters.
pub fn print(day: Date) -> [u8; 10] {
    let (year, month, day) = day.to_calendar_date();
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or_default();
    let (year, month, day) = (year.unsigned_abs(), u32::from(u8::from(month)), u32::from(day));
    [
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ]
}

/// The day in Chinese: 2026年4月1日.
pub fn chinese(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), u8::from(day.month()), day.day())
}

/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(std::str::from_utf8(&print(*day)).unwrap_or_default())
}

struct Iso;

impl Visitor<'_> for Iso {
    type Value = Date;

    fn expecting(&self, words: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        words.write_str("a day like 2026-04-01")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Date, E> {
        parse(text).ok_or_else(|| E::custom(format_args!("{IMPOSSIBLE}: “{text}” is no day like 2026-04-01")))
    }
}

/// How the message of a text that is no day begins.
pub const IMPOSSIBLE: &str = "impossible day";

/// # Errors
/// When the text is no day.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    deserializer.deserialize_str(Iso)
}

/// A day in a list or an option.
#[derive(Deserialize, Serialize)]
#[serde(transparent)]
struct Day(#[serde(with = "crate::day")] Date);

/// The same where a day may be missing.
pub mod optional {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use time::Date;

    use super::Day;

    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        day.map(Day).serialize(serializer)
    }

    /// # Errors
    /// When the text is no day.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        Ok(Option::<Day>::deserialize(deserializer)?.map(|day| day.0))
    }
}

/// A list of days.
pub mod list {
    use serde::{Deserialize, Deserializer, Serializer};
    use time::Date;

    use super::Day;

    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(days: &[Date], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(days.iter().copied().map(Day))
    }

    /// # Errors
    /// When a text is no day.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Date>, D::Error> {
        Ok(Vec::<Day>::deserialize(deserializer)?.into_iter().map(|day| day.0).collect())
    }
}
