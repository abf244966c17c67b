//! Reading every row without holding them all.

use crate::store::StoreFault;

/// Rows of one read.
pub(super) const PAGE: i64 = 1_000;

pub(super) fn broken(fault: impl ToString) -> StoreFault {
    StoreFault::Broken(fault.to_string())
}
