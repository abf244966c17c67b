//! Unified social credit code (统一社会信用代码), GB 32100-2015.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{IdentifierFault, is_filler, is_no_division, length, normalised, placeholder, wrong_check};

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// First characters: the registering authorities of GB 32100-2015 and its amendments.
const AUTHORITIES: &str = "123456789ANY";

/// A code whose form and check character are right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uscc(String);

/// The check character of the first 17 characters; none where one is outside the alphabet. Any of the 31 can occur.
pub fn check_character(first: &str) -> Option<char> {
    let mut sum = 0;
    let mut count = 0;
    for (character, weight) in first.chars().zip(WEIGHTS) {
        sum += u32::try_from(ALPHABET.find(character)?).ok()? * weight;
        count += 1;
    }
    (count == 17).then_some(())?;
    ALPHABET.chars().nth(((31 - sum % 31) % 31) as usize)
}

impl Uscc {
    /// # Errors
    /// Which character is wrong, and why.
    pub fn parse(text: &str) -> Result<Self, IdentifierFault> {
        let characters = normalised(text);
        if characters.len() != 18 {
            return Err(length(characters.len()));
        }
        for (index, character) in characters.iter().enumerate() {
            check_place(index + 1, *character)?;
        }
        if is_no_division(&characters[2..8]) {
            return Err(placeholder(3, &characters[2..8], "登记机关行政区划码", "division code"));
        }
        if is_filler(&characters[8..17]) {
            return Err(placeholder(9, &characters[8..17], "主体标识码", "organisation code"));
        }
        if !AUTHORITIES.contains(characters[0]) {
            let found = characters[0];
            return Err(IdentifierFault::new(
                "UNKNOWN_AUTHORITY",
                Some(1),
                format!("第1位“{found}”不是登记管理部门代码（可为{AUTHORITIES}）"),
                format!("character 1 is “{found}”, which stands for no registering authority (known: {AUTHORITIES})"),
            ));
        }
        let first: String = characters[..17].iter().collect();
        match check_character(&first) {
            Some(expected) if expected == characters[17] => Ok(Self(characters.into_iter().collect())),
            expected => Err(wrong_check(expected.unwrap_or('?'), characters[17])),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check_place(position: usize, character: char) -> Result<(), IdentifierFault> {
    if "IOSVZ".contains(character) {
        return Err(IdentifierFault::new(
            "LOOK_ALIKE_LETTER",
            Some(position),
            format!("第{position}位“{character}”不用于统一社会信用代码（易与数字混淆）"),
            format!("character {position} is “{character}”, which the code never uses since it looks like a digit"),
        ));
    }
    if !ALPHABET.contains(character) {
        return Err(IdentifierFault::new(
            "CHARACTER_NOT_ALLOWED",
            Some(position),
            format!("第{position}位“{character}”不是允许的字符"),
            format!("character {position} is “{character}”, which is not allowed"),
        ));
    }
    if (3..=8).contains(&position) && !character.is_ascii_digit() {
        return Err(IdentifierFault::new(
            "NOT_A_DIGIT",
            Some(position),
            format!("第{position}位（登记机关行政区划码）应为数字，实为“{character}”"),
            format!("character {position} belongs to the division code and must be a digit, it is “{character}”"),
        ));
    }
    Ok(())
}

impl TryFrom<String> for Uscc {
    type Error = IdentifierFault;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Uscc> for String {
    fn from(code: Uscc) -> Self {
        code.0
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
