//! Reading every row without holding them all.

/// Rows of one read.
pub(super) const PAGE: i64 = 1_000;
