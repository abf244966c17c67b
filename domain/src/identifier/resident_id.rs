//! Citizen identity number (公民身份号码), GB 11643-1999. Never shown whole by `Debug`.

use std::fmt;

use time::{Date, Month};

use super::{IdentifierFault, is_no_division, length, normalised, placeholder, wrong_check};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &str = "10X98765432";

/// A number whose form, birth date and check character are right.
#[derive(Clone, PartialEq, Eq)]
pub struct ResidentId(String);

/// The check character of the first 17 digits.
pub fn check_character(first: &str) -> Option<char> {
    let mut sum = 0;
    let mut count = 0;
    for (character, weight) in first.chars().zip(WEIGHTS) {
        sum += character.to_digit(10)? * weight;
        count += 1;
    }
    (count == 17).then_some(())?;
    CHECKS.chars().nth((sum % 11) as usize)
}

/// Characters of a number.
const LENGTH: usize = 18;

impl ResidentId {
    /// # Errors
    /// Which character is wrong, and why; `today` bounds the birth date.
    pub fn parse(text: &str, today: Date) -> Result<Self, IdentifierFault> {
        let characters = normalised(text);
        if characters.len() == 15 {
            return Err(IdentifierFault::new(
                "OBSOLETE_15_DIGITS",
                None,
                "15位号码已停用，请使用18位号码",
                "15-digit numbers are obsolete; give the 18-character number",
            ));
        }
        if characters.len() != 18 {
            return Err(length(characters.len()));
        }
        if let Some(index) = characters[..17].iter().position(|character| !character.is_ascii_digit()) {
            let (position, found) = (index + 1, characters[index]);
            return Err(IdentifierFault::new(
                "NOT_A_DIGIT",
                Some(position),
                format!("第{position}位应为数字，实为“{found}”"),
                format!("character {position} must be a digit, it is “{found}”"),
            ));
        }
        if is_no_division(&characters[..6]) {
            return Err(placeholder(1, &characters[..6], "行政区划码", "division code"));
        }
        let first: String = characters[..17].iter().collect();
        check_birth(&first, today)?;
        match check_character(&first) {
            Some(expected) if expected == characters[17] => Ok(Self(characters.into_iter().collect())),
            expected => Err(wrong_check(expected.unwrap_or('?'), characters[17])),
        }
    }

    /// Whether such a number stands somewhere in a text, between signs that are no digits.
    pub fn stands_in(text: &str, today: Date) -> bool {
        let signs: Vec<char> = crate::canonical::half_width(text).chars().collect();
        let digit = |place: Option<usize>| place.and_then(|place| signs.get(place)).is_some_and(char::is_ascii_digit);
        let alone = |start: usize| !digit(start.checked_sub(1)) && !digit(Some(start + LENGTH));
        let numbers = signs.windows(LENGTH).enumerate().filter(|(start, _)| alone(*start));
        numbers.map(|(_, part)| part.iter().collect::<String>()).any(|part| Self::parse(&part, today).is_ok())
    }

    /// The whole number. Every use is a reading that has to be logged.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The first and last characters kept, the rest starred.
    pub fn masked(&self, first: usize, last: usize) -> String {
        let hidden = 18_usize.saturating_sub(first + last);
        format!("{}{}{}", &self.0[..first.min(18)], "*".repeat(hidden), &self.0[18 - last.min(18)..])
    }
}

fn check_birth(first: &str, today: Date) -> Result<(), IdentifierFault> {
    let number = |range: std::ops::Range<usize>| first[range].parse::<u16>().unwrap_or(0);
    let month = u8::try_from(number(10..12)).ok().and_then(|month| Month::try_from(month).ok());
    let birth = month.and_then(|month| Date::from_calendar_date(i32::from(number(6..10)), month, u8::try_from(number(12..14)).ok()?).ok());
    match birth {
        None => Err(IdentifierFault::new("IMPOSSIBLE_BIRTH_DATE", Some(7), "第7至14位不是真实日期", "characters 7 to 14 are no real date")),
        Some(day) if day > today => {
            Err(IdentifierFault::new("BIRTH_DATE_IN_FUTURE", Some(7), "出生日期晚于今日", "the birth date lies in the future"))
        }
        Some(_) => Ok(()),
    }
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResidentId({})", self.masked(4, 2))
    }
}
