//! Steps at which a proof may end the program as a power cut would: in a debug build only, where the environment names the
//! step. A release has no such place.

use super::request::Work;

/// The variable that names the step.
const ARMED: &str = "XINXIU_TEST_CRASH";

/// Ends the program here if this step is armed; nothing is flushed, closed or told.
pub(crate) fn at(step: &str) {
    if cfg!(debug_assertions) && std::env::var_os(ARMED).is_some_and(|armed| armed == step) {
        std::process::abort();
    }
}

/// As [`at`], for a batch that holds a person's act; what the house does by itself at its start does not count.
pub(super) fn with(works: &[Work], step: &str) {
    if works.iter().any(|work| matches!(work, Work::Act { receipt: Some(_), .. })) {
        at(step);
    }
}
