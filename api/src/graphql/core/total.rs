//! How many there are of what a list shows: exact to a thousand, since more are not worth the reading of all of them.

use async_graphql::SimpleObject;

/// Up to this many are counted.
const COUNTED: u64 = 1_000;
/// What is read to know that there are more.
pub const READ: u64 = COUNTED + 1;

/// How many there are: exact to 1,000.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct Total {
    /// How many there are, at most 1,000.
    pub count: i32,
    /// Whether there are more than `count` says.
    pub more: bool,
    /// As a page shows it: `37`, or `1,000+`.
    pub shown: String,
}

impl Total {
    /// Of so many that were found, where at most [`READ`] were looked for.
    pub fn of(found: u64) -> Self {
        let more = found > COUNTED;
        let count = i32::try_from(found.min(COUNTED)).unwrap_or_default();
        Self { count, more, shown: if more { "1,000+".to_owned() } else { count.to_string() } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_is_exact_and_one_more_is_not() {
        let shown = |found| (Total::of(found).count, Total::of(found).shown);
        assert_eq!(shown(0), (0, "0".to_owned()));
        assert_eq!(shown(1_000), (1_000, "1000".to_owned()));
        assert_eq!(shown(READ), (1_000, "1,000+".to_owned()));
    }
}
