//! Coverage (归集覆盖率): operators about whom something is collected, of all that are in business on a day.

use std::collections::HashMap;

use domain::record::Sector;
use time::Date;

use super::share::{Counted, Failing, Share};

/// A line of the register of operators; lines of one key are one operator.
#[derive(Clone, Debug)]
pub struct Operator<'a> {
    pub key: &'a str,
    pub fields: Vec<Sector>,
    pub from: Date,
    /// The last day in business; none while there is no end.
    pub until: Option<Date>,
    /// Whether it has a valid code: without one it counts and can never be covered.
    pub valid: bool,
}

/// A piece of information about an operator.
#[derive(Clone, Debug)]
pub struct Collected<'a> {
    pub operator: &'a str,
    /// Whether its item counts for coverage; else it is not looked at.
    pub counts: bool,
    pub collected_on: Date,
    /// The first day on which it no longer stands.
    pub ended_on: Option<Date>,
}

/// The information at this place is about an operator who is not in the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the information at place {0} names no operator of the register")]
pub struct UnknownOperator(pub usize);

/// An operator, put together from its lines and what was collected.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct One {
    in_business: bool,
    /// Whether a line in business is of the field that is asked for.
    in_field: bool,
    /// Whether any line is of that field.
    of_field: bool,
    valid: bool,
    covered: bool,
    retracted: bool,
    later: bool,
}

impl One {
    /// The first reason that holds; none where it is covered.
    fn reason(self) -> Option<&'static str> {
        let reasons = [
            (!self.valid, "NO_VALID_CODE"),
            (self.covered, ""),
            (self.retracted, "ONLY_RETRACTED"),
            (self.later, "COLLECTED_LATER"),
            (true, "NOTHING_COLLECTED"),
        ];
        reasons.into_iter().find_map(|(holds, reason)| holds.then_some(reason)).filter(|reason| !reason.is_empty())
    }
}

/// Counts the operators of a field, or of all fields. The fields do not add up: an operator may be in several.
///
/// # Errors
/// Where a piece of information is about nobody in the register.
pub fn coverage(
    as_of: Date,
    field: Option<Sector>,
    operators: &[Operator<'_>],
    information: &[Collected<'_>],
) -> Result<Counted, UnknownOperator> {
    let mut all: HashMap<&str, One> = HashMap::with_capacity(operators.len());
    for line in operators {
        let one = all.entry(line.key).or_default();
        let in_business = line.from <= as_of && line.until.is_none_or(|last| as_of <= last);
        let of_field = field.is_none_or(|field| line.fields.contains(&field));
        one.in_business |= in_business;
        one.in_field |= in_business && of_field;
        one.of_field |= of_field;
        one.valid |= line.valid;
    }
    for (place, piece) in information.iter().enumerate() {
        let one = all.get_mut(piece.operator).ok_or(UnknownOperator(place))?;
        if !piece.counts {
            continue;
        }
        let stands = piece.ended_on.is_none_or(|ended| as_of < ended);
        one.later |= piece.collected_on > as_of;
        one.covered |= piece.collected_on <= as_of && stands;
        one.retracted |= piece.collected_on <= as_of && !stands;
    }
    let (mut share, mut excluded, mut failing) = (Share::default(), 0, Vec::new());
    for (key, one) in all {
        if !one.in_business {
            excluded += u64::from(one.of_field);
        } else if one.in_field {
            let reason = one.reason();
            share.count(reason.is_none());
            failing.extend(reason.map(|reason| Failing { key: key.to_owned(), reasons: vec![reason.to_owned()], of: Vec::new() }));
        }
    }
    Ok(Counted::of(share, excluded, failing))
}
