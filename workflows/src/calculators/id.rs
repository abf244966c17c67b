//! Identifiers.

use domain::identifier::{IdentifierFault, ResidentId, Uscc};
use serde::{Deserialize, Serialize};
use time::Date;

/// Kinds of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// 统一社会信用代码
    Uscc,
    /// 公民身份号码
    ResidentId,
}

/// An identifier to be checked.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    pub kind: Kind,
    pub value: String,
}

/// Whether it is right; if not, why and where.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub enum Answer {
    Right {
        ok: bool,
        normalised: String,
    },
    Wrong {
        ok: bool,
        reason: &'static str,
        /// The wrong character, counted from 1; none where it is the whole that is wrong.
        position: Option<usize>,
    },
}

/// An identifier as it is kept; `today` bounds birth dates.
///
/// # Errors
/// What is wrong with it, in words and with its place.
pub fn checked(asked: &Asked, today: Date) -> Result<String, IdentifierFault> {
    match asked.kind {
        Kind::Uscc => Uscc::parse(&asked.value).map(String::from),
        Kind::ResidentId => ResidentId::parse(&asked.value, today).map(|number| number.expose().to_owned()),
    }
}

/// Checks an identifier; `today` bounds birth dates.
pub fn id(asked: &Asked, today: Date) -> Answer {
    match checked(asked, today) {
        Ok(normalised) => Answer::Right { ok: true, normalised },
        Err(fault) => Answer::Wrong { ok: false, reason: fault.code, position: fault.position },
    }
}
