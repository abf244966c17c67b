//! TOML dates as legal days.

use serde::{Deserialize, Deserializer, de::Error};
use time::{Date, Month};

fn convert<E: Error>(value: &toml::value::Datetime) -> Result<Date, E> {
    let day = value.date.filter(|_| value.time.is_none()).ok_or_else(|| E::custom("a day is needed, like 2026-04-01"))?;
    let month = Month::try_from(day.month).map_err(E::custom)?;
    Date::from_calendar_date(i32::from(day.year), month, day.day).map_err(E::custom)
}

/// # Errors
/// When the value is no day.
pub fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    convert(&toml::value::Datetime::deserialize(deserializer)?)
}

/// # Errors
/// When the value is no day.
pub fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    Option::<toml::value::Datetime>::deserialize(deserializer)?.as_ref().map(convert).transpose()
}
